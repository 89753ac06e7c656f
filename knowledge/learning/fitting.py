"""Fitting a version to the pack and to what people have judged, and measuring it on the kept-back share.

Pure and heavy (ten seconds and more): run it in a process of its own, never on the web's event loop.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, NamedTuple, Self

import numpy as np

from knowledge.learning.exemplars import Judged, kept_back
from knowledge.matching import Matcher, Verdict, normalize
from knowledge.matching.learning import OfferModel, Row, fit
from knowledge.matching.result import Sense
from knowledge.matching.sense import read_sense
from knowledge.schemes.catalogue import Catalogue
from knowledge.schemes.examples import Exemplar, Register, read_exemplars, read_negatives
from knowledge.schemes.training import FOLDS, known_schemes, pack_rows, read_model

OFFICERS_COUNT: Final = 3.0
"""A text from the street counts for as many of the pack's: it is what the model will meet."""
FEWEST_KEPT_BACK: Final = 8
"""Offers, and as many honest texts, without which the kept-back share says nothing: the version stays a
candidate."""
AUC_SLACK: Final = 0.005
"""The order of a few pairs among thousands; what is found and what is a false alarm is counted without slack."""
MOST_FITTED: Final = 20_000
"""Judged texts; of more the newest are taken. Fitting stays within minutes and half a gigabyte."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How a matcher does on texts it has not learnt from. Shares in [0, 1]; `auc` and `recall` speak of the
    score, the verdict shares of likely and possible together."""

    offers: int
    honest: int
    auc: float
    recall: float
    """Of the offers, at the score that 2 % of the honest texts pass."""
    verdict_recall: float
    false_verdicts: float
    right_scheme: float
    """The judged scheme comes first."""

    @property
    def tell(self) -> bool:
        """Whether there were texts enough to go by."""
        return min(self.offers, self.honest) >= FEWEST_KEPT_BACK

    def to_json(self) -> dict[str, Any]:
        """For the version's row."""
        return {name: round(v, 4) if isinstance(v, float) else v for name, v in asdict(self).items()}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """The inverse."""
        return cls(**value)


class Fitted(NamedTuple):
    """A fitted version and how it does beside the one in force, on the same texts."""

    model: dict[str, Any]
    own: Figures
    parent: Figures


def offers(judged: Judged) -> bool | None:
    """True for an advertisement, False for a text of no scheme; None where a victim tells: such a text shows
    how a scheme is spoken of, and is no example of either."""
    if judged.scheme is None:
        return False
    return None if read_sense(normalize(judged.text).text).sense is Sense.VICTIM else True


def as_exemplars(judged: Iterable[Judged], catalogue: Catalogue) -> list[Exemplar]:
    """The texts of a scheme, as further exemplars; what names a scheme of yesterday is left out."""
    return [Exemplar(j.scheme, Register.POST, j.text) for j in judged if j.scheme in catalogue and j.scheme]


def matcher_of(catalogue: Catalogue, learnt_from: Iterable[Judged], model: OfferModel) -> Matcher:
    """The matcher of a version: the pack, the judged texts that it knows, its weights."""
    return Matcher(
        known_schemes(catalogue, [*read_exemplars(), *as_exemplars(learnt_from, catalogue)]), model
    )


def shipped_matcher(catalogue: Catalogue) -> Matcher:
    """The matcher over a catalogue with the pack's own examples and the model that ships with them."""
    return Matcher(known_schemes(catalogue, read_exemplars()), read_model())


def fit_model(version: str, catalogue: Catalogue, judged: Sequence[Judged]) -> OfferModel:
    """Fits on the pack and on `judged`, of which each is seen by a matcher that does not know it."""
    pack = pack_rows(catalogue, read_exemplars(), read_negatives())
    rows: list[Row] = [row for row, _ in pack]
    labels = [offer for _, offer in pack]
    importance = [1.0] * len(rows)
    for fold in range(FOLDS):
        rest = [j for i, j in enumerate(judged) if i % FOLDS != fold]
        matcher = matcher_of(catalogue, rest, read_model())
        for item in judged[fold::FOLDS]:
            if (offer := offers(item)) is not None:
                rows.append(matcher.row(item.text))
                labels.append(offer)
                importance.append(OFFICERS_COUNT)
    return fit(version, rows, labels, importance=importance)


def measure(matcher: Matcher, judged: Iterable[Judged]) -> Figures:
    """Judges every text and counts. Where one kind is missing the shares are 0."""
    score: dict[bool, list[float]] = {True: [], False: []}
    verdicts: dict[bool, int] = {True: 0, False: 0}
    right = 0
    for item in judged:
        if (offer := offers(item)) is None:
            continue
        result = matcher.match(item.text)
        score[offer].append(result.score)
        verdicts[offer] += result.verdict is not Verdict.NONE
        right += bool(offer and result.schemes and result.schemes[0].code == item.scheme)
    found, honest = np.array(score[True]), np.sort(np.array(score[False]))
    if not len(found) or not len(honest):
        return Figures(len(found), len(honest), 0.0, 0.0, 0.0, 0.0, 0.0)
    below = np.searchsorted(honest, found, "left") + np.searchsorted(honest, found, "right")
    bar = honest[min(len(honest) - 1, int(len(honest) * 0.98))]
    return Figures(
        offers=len(found),
        honest=len(honest),
        auc=float(below.sum()) / (2.0 * len(found) * len(honest)),
        recall=float((found > bar).mean()),
        verdict_recall=verdicts[True] / len(found),
        false_verdicts=verdicts[False] / len(honest),
        right_scheme=right / len(found),
    )


def not_worse(own: Figures, parent: Figures) -> bool:
    """Whether a version may take over: it finds as much of the offers with no more false alarms."""
    return (
        own.auc >= parent.auc - AUC_SLACK
        and own.recall >= parent.recall
        and own.false_verdicts <= parent.false_verdicts
    )


def fit_and_measure(
    version: str,
    catalogue: Catalogue,
    judged: Sequence[Judged],
    parent: OfferModel,
    parent_learnt_from: Sequence[Judged],
) -> Fitted:
    """A new version fitted on all but the kept-back share, measured beside its parent on that share."""
    learnt_from = to_fit(judged)
    model = fit_model(version, catalogue, learnt_from)
    share = [item for item in judged if kept_back(item.digest)]
    return Fitted(
        model.to_json(),
        measure(matcher_of(catalogue, learnt_from, model), share),
        measure(matcher_of(catalogue, parent_learnt_from, parent), share),
    )


def to_fit(judged: Sequence[Judged]) -> list[Judged]:
    """What is learnt from: all but the kept-back share, of very many the newest."""
    return [item for item in judged if not kept_back(item.digest)][-MOST_FITTED:]
