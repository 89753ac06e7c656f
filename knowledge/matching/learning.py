"""The learnt judge: a linear model over the features and the n-grams, fitted on texts that people have
judged.

It stands beside the rules. Its file names every weight, so that two versions can be compared line by line.
"""

import math
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.matching import rules
from knowledge.matching.features import NAMES
from knowledge.matching.grams import share

Row = tuple[Mapping[str, float], frozenset[str]]
"""A text for the model: its features by name, its n-grams."""
Floats = NDArray[np.float64]

_GRAM_SCALE = 4.0
"""How much the n-grams together count beside the features, before any weight is learnt."""
_FULL_BAG = 24
"""Different n-grams of about ten characters; the bag of a shorter text counts for less."""
_RARE = 2
"""An n-gram must stand in so many texts to get a weight."""
TRUSTS = (0.5, 0.6, 0.7, 0.8, 0.9)
"""Shares of the score that a version may give the learnt judge; the rules, which can be argued, never fall silent."""
FEWEST_TO_TRUST = 20
"""Offers, and as many honest texts, of the kind that will come, without which both judges count alike."""
LEARNT_NAMES = tuple(name for name in NAMES if name not in ("length", "lines", "masked"))
"""Length and layout say how the training texts were collected, not what a text is."""


@dataclass(frozen=True, slots=True)
class OfferModel:
    """Says how probable it is that a text offers an illegal-finance scheme."""

    version: str
    bias: float
    features: Mapping[str, float]
    grams: Mapping[str, float]
    slope: float = 1.0
    shift: float = 0.0
    trust: float = TRUSTS[0]
    """The share of the score that is this judge's; the rest is the rules'."""

    def margin(self, row: Row) -> float:
        """The raw sum of weights; 0 is the boundary before calibration."""
        features, bag = row
        total = self.bias + sum(weight * features[name] for name, weight in self.features.items())
        known = self.grams
        return total + _GRAM_SCALE * share(len(bag), _FULL_BAG) * sum(known[g] for g in bag if g in known)

    def score(self, row: Row) -> float:
        """The calibrated probability, 0..1."""
        return _sigmoid(self.slope * self.margin(row) + self.shift)

    def to_json(self) -> dict[str, Any]:
        """All that makes the model, with weights to four digits."""
        return {
            "version": self.version,
            "bias": round(self.bias, 4),
            "slope": round(self.slope, 4),
            "shift": round(self.shift, 4),
            "trust": self.trust,
            "features": {name: round(w, 4) for name, w in self.features.items()},
            "grams": {g: round(w, 4) for g, w in sorted(self.grams.items()) if abs(w) >= 0.01},
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "OfferModel":
        """The inverse; raises KeyError where a part is missing."""
        return cls(
            version=str(value["version"]),
            bias=float(value["bias"]),
            features={str(k): float(v) for k, v in value["features"].items()},
            grams={str(k): float(v) for k, v in value["grams"].items()},
            slope=float(value["slope"]),
            shift=float(value["shift"]),
            trust=float(value.get("trust", TRUSTS[0])),
        )


def fit(
    version: str,
    rows: Sequence[Row],
    offers: Sequence[bool],
    *,
    strength: float = 1.0,
    folds: int = 5,
    seed: int = 0,
    importance: Sequence[float] | None = None,
    from_the_street: Sequence[bool] | None = None,
) -> OfferModel:
    """Fits on judged texts and calibrates on the folds that each part did not see.

    `strength`: larger follows the texts more closely (C of a logistic regression); `importance`: how many
    texts each row counts for (1 where left out); `from_the_street`: which rows are of the kind that will be
    judged, by which it is chosen how far this judge is trusted beside the rules. Deterministic for a seed.
    """
    labels = np.asarray(offers, dtype=np.float64)
    counts = np.ones(len(rows)) if importance is None else np.asarray(importance, dtype=np.float64)
    held_out = np.zeros(len(rows))
    order = list(range(len(rows)))
    random.Random(seed).shuffle(order)  # noqa: S311  (repeatable, not secret)
    for fold in range(folds):
        test = order[fold::folds]
        train = sorted(set(order) - set(test))
        part = _fit_plain(version, [rows[i] for i in train], labels[train], counts[train], strength)
        for i in test:
            held_out[i] = part.margin(rows[i])
    slope, shift = _calibrate(held_out, labels, counts)
    whole = _fit_plain(version, rows, labels, counts, strength)
    street = np.zeros(len(rows), dtype=bool) if from_the_street is None else np.asarray(from_the_street)
    ruled = np.array([log_odds(rules.score(features)) for features, _ in rows])
    trust = _trusted(ruled[street], (slope * held_out + shift)[street], labels[street])
    return OfferModel(version, whole.bias, whole.features, whole.grams, slope, shift, trust)


def _trusted(ruled: Floats, learnt: Floats, labels: Floats) -> float:
    """The share with which the score, on texts that the learnt judge has not seen, is the better probability:
    the least logarithmic loss, offers and honest texts counting alike."""
    if min(labels.sum(), (1.0 - labels).sum()) < FEWEST_TO_TRUST:
        return TRUSTS[0]
    weight = _balanced(labels, np.ones(len(labels)))

    def loss(trust: float) -> float:
        margin = trust * learnt + (1.0 - trust) * ruled
        return float(weight @ np.logaddexp(0.0, np.where(labels > 0, -margin, margin)))

    return min(TRUSTS, key=loss)


def _fit_plain(
    version: str, rows: Sequence[Row], labels: Floats, counts: Floats, strength: float
) -> OfferModel:
    seen: Counter[str] = Counter(gram for _, bag in rows for gram in bag)
    column = {gram: i for i, gram in enumerate(sorted(g for g, n in seen.items() if n >= _RARE))}
    dense = np.array([[features[name] for name in LEARNT_NAMES] for features, _ in rows], dtype=np.float64)
    row_of: list[int] = []
    column_of: list[int] = []
    value_of: list[float] = []
    for number, (_, bag) in enumerate(rows):
        value = _GRAM_SCALE * share(len(bag), _FULL_BAG)
        for gram in sorted(bag):
            if gram in column:
                row_of.append(number)
                column_of.append(column[gram])
                value_of.append(value)
    at_row, at_column = np.array(row_of, dtype=np.int64), np.array(column_of, dtype=np.int64)
    values = np.array(value_of, dtype=np.float64)
    width, size = len(column), len(rows)
    weight = float(counts.sum()) * _balanced(labels, counts)

    def loss(theta: Floats) -> tuple[float, Floats]:
        sparse, thick, bias = theta[:width], theta[width:-1], theta[-1]
        margin = np.bincount(at_row, values * sparse[at_column], size) + dense @ thick + bias
        signed = np.where(labels > 0, margin, -margin)
        value = strength * float(weight @ np.logaddexp(0.0, -signed)) + 0.5 * float(theta[:-1] @ theta[:-1])
        pull = strength * weight * (1.0 / (1.0 + np.exp(-np.clip(margin, -50, 50))) - labels)
        gradient = np.concatenate(
            [
                np.bincount(at_column, values * pull[at_row], width) + sparse,
                dense.T @ pull + thick,
                [pull.sum()],
            ]
        )
        return value, gradient

    theta = _minimise(loss, np.zeros(width + dense.shape[1] + 1))
    return OfferModel(
        version,
        float(theta[-1]),
        {name: float(w) for name, w in zip(LEARNT_NAMES, theta[width:-1], strict=True)},
        {gram: float(theta[i]) for gram, i in column.items()},
    )


def _minimise(loss: Callable[[Floats], tuple[float, Floats]], start: Floats, rounds: int = 200) -> Floats:
    """Limited-memory BFGS with a backtracking line search (Nocedal and Wright, chapter 7)."""
    theta, (value, gradient) = start, loss(start)
    steps: list[tuple[Floats, Floats, float]] = []
    for _ in range(rounds):
        direction = gradient.copy()
        scales = []
        for step, change, curve in reversed(steps):
            scale = float(step @ direction) / curve
            scales.append(scale)
            direction -= scale * change
        if steps:
            step, change, curve = steps[-1]
            direction *= curve / float(change @ change)
        for (step, change, curve), scale in zip(steps, reversed(scales), strict=True):
            direction += (scale - float(change @ direction) / curve) * step
        slope = float(gradient @ direction)
        length = 1.0 if steps else 1.0 / max(1.0, float(np.abs(gradient).sum()))
        while length > 1e-10:
            trial = theta - length * direction
            trial_value, trial_gradient = loss(trial)
            if trial_value <= value - 1e-4 * length * slope:
                break
            length *= 0.5
        else:
            break
        step, change = trial - theta, trial_gradient - gradient
        curve = float(step @ change)
        if curve > 1e-10:
            steps = [*steps[-9:], (step, change, curve)]
        gained = value - trial_value
        theta, value, gradient = trial, trial_value, trial_gradient
        if gained < 1e-7 * max(1.0, abs(value)):
            break
    return theta


def _balanced(labels: Floats, counts: Floats) -> Floats:
    """Weights that add up to one, half of it on the offers, however many there are."""
    ones = max(1.0, float(counts @ labels))
    zeros = max(1.0, float(counts @ (1.0 - labels)))
    return counts * np.where(labels > 0, 0.5 / ones, 0.5 / zeros)


def _calibrate(margins: Floats, labels: Floats, counts: Floats) -> tuple[float, float]:
    """Platt's scaling: the slope and shift that make margins of unseen texts honest probabilities, for a
    world in which an offer is as frequent as an honest text."""
    weight = _balanced(labels, counts)

    def loss(theta: Floats) -> tuple[float, Floats]:
        margin = theta[0] * margins + theta[1]
        value = float(weight @ np.logaddexp(0.0, np.where(labels > 0, -margin, margin)))
        pull = weight * (1.0 / (1.0 + np.exp(-np.clip(margin, -50, 50))) - labels)
        return value, np.array([pull @ margins, pull.sum()])

    slope, shift = _minimise(loss, np.array([1.0, 0.0]))
    return float(slope), float(shift)


def log_odds(probability: float) -> float:
    """Capped on either side, so that no judge is ever wholly sure."""
    return math.log(max(1e-6, probability) / max(1e-6, 1.0 - probability))


def _sigmoid(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, value))))
