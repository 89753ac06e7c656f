"""A judged text cut at its clues, so that a template can underline them; the template escapes every piece."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of the text; `why` names the clues that stand on them, empty for plain text."""

    text: str
    why: str = ""
    against: bool = False
    """Every clue here speaks against the scheme."""


def marked(text: str, clues: Sequence[Mapping[str, Any]]) -> list[Piece]:
    """The whole text in order. A clue whose span does not show its words (the tip says more by now) is left out."""
    spans = [
        (start, end, clue)
        for clue in clues
        if (span := clue.get("span"))
        and 0 <= (start := int(span[0])) < (end := int(span[1])) <= len(text)
        and text[start:end] == clue.get("query")
    ]
    borders = sorted({0, len(text), *(at for start, end, _ in spans for at in (start, end))})
    pieces = []
    for start, end in itertools.pairwise(borders):
        here = [clue for first, last, clue in spans if first <= start and end <= last]
        why = "；".join(dict.fromkeys(f"{c['reason']} {c['weight']:+.2f}" for c in here))
        pieces.append(Piece(text[start:end], why, bool(here) and all(c["weight"] < 0 for c in here)))
    return pieces
