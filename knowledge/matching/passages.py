"""A long text in passages, each short enough to be judged by itself: an offer at the end of a long chat is found, and
is not thinned by what stands around it."""

from dataclasses import dataclass
from typing import Final

from knowledge.matching.quotation import office_in_front

_WHOLE: Final = 1_500
"""Characters up to which a text is judged as one."""
_LONG: Final = 600
"""Characters of a passage of a longer one: a leaflet or a long message, and few enough that topics which have nothing
to do with one another do not add up."""
_OVERLAP: Final = 150
"""Characters that neighbours share, so that an offer at a seam stands whole in one of them."""
_SEAMS: Final = "\n。!?;,， "


@dataclass(frozen=True, slots=True)
class Passage:
    """text[start:start + len] of a normalised text; `opening` is who introduces themself at its very beginning."""

    text: str
    start: int = 0
    opening: str = ""


def passages_of(text: str) -> list[Passage]:
    """The passages of a normalised text in order; at least one."""
    if len(text) <= _WHOLE:
        return [Passage(text)]
    front = office_in_front(text)
    found, start = [], 0
    while True:
        end = _seam(text, start + _LONG) if start + _LONG < len(text) else len(text)
        found.append(Passage(text[start:end], start, front if start else ""))
        if end == len(text):
            return found
        start = _seam(text, end - _OVERLAP)


def _seam(text: str, before: int) -> int:
    """Behind the last seam of the sixty characters before, or there."""
    for at in range(before, before - 60, -1):
        if text[at - 1] in _SEAMS:
            return at
    return before
