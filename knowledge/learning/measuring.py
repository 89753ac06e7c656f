"""How well a version judges texts that it has not learnt from, and whether that is worse than another's.

The share that both are measured on is small: a hundred texts, a dozen of them offers. So a difference is told
from chance: it counts when it is as large as its own standard error.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from knowledge.learning.exemplars import Judged
from knowledge.matching import Matcher, Verdict, normalize
from knowledge.matching.result import Sense
from knowledge.matching.sense import read_sense

FEWEST_KEPT_BACK: Final = 8
"""Offers, and as many honest texts, without which the kept-back share says nothing: the version stays a
candidate."""


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
    """Of the honest texts; all of them have been taken for offers by somebody, so they are hard ones."""
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


@dataclass(frozen=True, slots=True)
class Answers:
    """What a matcher said of each offer and of each honest text: scores, and 1 where it gave a verdict."""

    offers: NDArray[np.float64]
    found: NDArray[np.float64]
    right: NDArray[np.float64]
    honest: NDArray[np.float64]
    accused: NDArray[np.float64]

    def above_bar(self) -> NDArray[np.float64]:
        """1 for each offer that scores more than 98 % of the honest texts do."""
        others = np.sort(self.honest)
        bar = float(others[min(len(others) - 1, int(len(others) * 0.98))])
        return np.where(self.offers > bar, 1.0, 0.0)

    def placed(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """For each offer the share of honest texts below it, for each honest text the share of offers above; a tie
        counts half. The mean of either is the AUC."""
        up, down = np.sort(self.honest), np.sort(self.offers)
        below = np.searchsorted(up, self.offers, "left") + np.searchsorted(up, self.offers, "right")
        under = np.searchsorted(down, self.honest, "left") + np.searchsorted(down, self.honest, "right")
        return below / (2.0 * len(up)), 1.0 - under / (2.0 * len(down))

    def figures(self) -> Figures:
        """Counts; where one kind of text is missing the shares are 0."""
        if not len(self.offers) or not len(self.honest):
            return Figures(len(self.offers), len(self.honest), 0.0, 0.0, 0.0, 0.0, 0.0)
        return Figures(
            offers=len(self.offers),
            honest=len(self.honest),
            auc=float(self.placed()[0].mean()),
            recall=float(self.above_bar().mean()),
            verdict_recall=float(self.found.mean()),
            false_verdicts=float(self.accused.mean()),
            right_scheme=float(self.right.mean()),
        )


def offers(judged: Judged) -> bool | None:
    """True for an advertisement, False for a text of no scheme; None where a victim or a witness tells: such a
    text shows how a scheme is spoken of, and is no example of either."""
    if judged.scheme is None:
        return False
    reading = read_sense(normalize(judged.text).text)
    told = reading.told and reading.sense is not Sense.OFFER
    return None if told or reading.sense is Sense.VICTIM else True


def answers(matcher: Matcher, judged: Iterable[Judged]) -> Answers:
    """Judges every text."""
    told: dict[bool, list[tuple[float, float, float]]] = {True: [], False: []}
    for item in judged:
        if (offer := offers(item)) is None:
            continue
        result = matcher.match(item.text)
        right = bool(result.schemes and result.schemes[0].code == item.scheme)
        told[offer].append((result.score, float(result.verdict is not Verdict.NONE), float(right)))
    found = np.array(told[True], dtype=np.float64).reshape(-1, 3)
    honest = np.array(told[False], dtype=np.float64).reshape(-1, 3)
    return Answers(found[:, 0], found[:, 1], found[:, 2], honest[:, 0], honest[:, 1])


def measure(matcher: Matcher, judged: Iterable[Judged]) -> Figures:
    """Judges every text and counts."""
    return answers(matcher, judged).figures()


def worse_in(own: Answers, parent: Answers) -> tuple[str, ...]:
    """In which figures a version does worse than its parent on the same texts, by at least one standard error.

    Of counted things only the texts count that the two judge differently (McNemar 1947): as many lost as gained is
    chance, and the standard error of the net loss is the root of their number, so one lost and none gained is worse,
    two lost and one gained is not. For the AUC it is DeLong's (1988), from how each text is placed by either.
    """
    if not own.figures().tell:
        return ()
    lost = {
        "recall": parent.above_bar() - own.above_bar(),
        "verdict_recall": parent.found - own.found,
        "false_verdicts": own.accused - parent.accused,
    }
    found = [
        name
        for name, change in lost.items()
        if change.sum() > 0 and change.sum() >= np.abs(change).sum() ** 0.5
    ]
    gaps = [theirs - ours for theirs, ours in zip(parent.placed(), own.placed(), strict=True)]
    gap = float(gaps[0].mean())
    if gap > 0 and gap >= sum(float(np.var(g, ddof=1)) / len(g) for g in gaps) ** 0.5:
        found.insert(0, "auc")
    return tuple(found)
