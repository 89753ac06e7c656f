"""The texts that matching is measured on, read from a folder outside the repository, and the figures made of them.

The folder holds `flyer_ads.jsonl` (id, text, category), `negatives.jsonl` (id, text, hard) and `families.json`
(category → the scheme codes that count as right). None of it is shipped.
"""

import bisect
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DEFAULT_FOLDER = Path(__file__).parents[2] / "shared" / "data"
"""Beside the repository."""
_NEEDED = ("flyer_ads.jsonl", "negatives.jsonl", "families.json")


class DataMissing(SystemExit):
    """The folder is not there, or not what it should be."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(
            f"There is no {name} in {folder}: matching is measured on real texts that the repository may not hold. "
            "Name the folder that has them with --data DIR."
        )


@dataclass(frozen=True, slots=True)
class Query:
    """One text to judge. `category` is set for a positive; `hard` says which kind of negative it is."""

    id: str
    text: str
    category: str | None
    hard: bool = False

    @property
    def positive(self) -> bool:
        return self.category is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a way of matching says of a text: a score (any scale, higher is likelier), the scheme codes best first,
    and whether it gave a verdict; None for ways that have none."""

    score: float
    codes: tuple[str, ...]
    flagged: bool | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """The queries and which codes are right for which category."""

    queries: tuple[Query, ...]
    right: Mapping[str, frozenset[str]]


def read_measured(folder: Path) -> Measured:
    """Raises DataMissing."""
    for name in _NEEDED:
        if not (folder / name).is_file():
            raise DataMissing(folder, name)
    families: dict[str, list[str]] = json.loads((folder / "families.json").read_text("utf-8"))
    right = {category: frozenset(codes) for category, codes in families.items()}
    queries = []
    for line in (folder / "flyer_ads.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["category"] in right:
            queries.append(Query(row["id"], row["text"], row["category"]))
        elif row["category"] == "none":
            queries.append(Query(row["id"], row["text"], None, hard=True))
    for line in (folder / "negatives.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        queries.append(Query(row["id"], row["text"], None, hard=bool(row["hard"])))
    return Measured(tuple(queries), right)


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares between 0 and 1; NaN where a way of matching gives no such answer."""

    auc_hard: float
    auc_easy: float
    recall_at_2: float
    recall_at_5: float
    family_1: float
    family_3: float
    verdict_recall: float
    verdict_hard: float
    verdict_easy: float


def figures(measured: Measured, answers: Sequence[Answer]) -> Figures:
    """The figures of answers given in the order of the queries."""
    pairs = list(zip(measured.queries, answers, strict=True))
    positives = [(q, a) for q, a in pairs if q.positive]
    hard = [a for q, a in pairs if not q.positive and q.hard]
    easy = [a for q, a in pairs if not q.positive and not q.hard]
    scores = [a.score for _, a in positives]
    return Figures(
        auc_hard=auc(scores, [a.score for a in hard]),
        auc_easy=auc(scores, [a.score for a in easy]),
        recall_at_2=recall_at(scores, [a.score for a in hard], 0.02),
        recall_at_5=recall_at(scores, [a.score for a in hard], 0.05),
        family_1=_family(measured, positives, 1),
        family_3=_family(measured, positives, 3),
        verdict_recall=_flagged([a for _, a in positives]),
        verdict_hard=_flagged(hard),
        verdict_easy=_flagged(easy),
    )


def auc(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """How often a positive scores above a negative; a tie counts half."""
    ordered = sorted(negatives)
    won = sum(
        (bisect.bisect_left(ordered, p) + bisect.bisect_right(ordered, p)) / 2.0 for p in positives
    )  # fmt: skip
    return won / (len(positives) * len(ordered))


def recall_at(positives: Sequence[float], negatives: Sequence[float], false: float) -> float:
    """The share of positives above the score that the given share of negatives exceeds."""
    threshold = sorted(negatives)[int(len(negatives) * (1.0 - false))]
    return sum(p > threshold for p in positives) / len(positives)


def _family(measured: Measured, positives: Sequence[tuple[Query, Answer]], among: int) -> float:
    hits = sum(
        any(code in measured.right[q.category or ""] for code in a.codes[:among]) for q, a in positives
    )  # fmt: skip
    return hits / len(positives)


def _flagged(answers: Sequence[Answer]) -> float:
    if any(a.flagged is None for a in answers):
        return float("nan")
    return sum(bool(a.flagged) for a in answers) / len(answers)
