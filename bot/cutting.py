"""Cutting a long text into messages, at the ends of sentences where there are any."""

import re
from collections.abc import Callable

_SENTENCE_END = re.compile(r"(?:[。！？!?；;…]+[”’』」）)]*|\.(?=\s)|\n+)\s*")
_PAUSE = re.compile(r"[，,、：:\s]\s*")

Measure = Callable[[str], int]


def utf8_size(text: str) -> int:
    """Bytes in UTF-8, as WeChat counts."""
    return len(text.encode("utf-8", "surrogatepass"))


def utf16_size(text: str) -> int:
    """UTF-16 units, the larger of the two ways in which Telegram may count."""
    return len(text) + sum(c > "\uffff" for c in text)


def cut(text: str, limit: int, size: Measure) -> list[str]:
    """Pieces of at most `limit`, nothing lost but the spaces between them. An empty text gives no piece.

    A piece ends with a sentence; where a sentence alone is too long, with a comma; else anywhere. `limit` is
    at least the size of one character.
    """
    pieces: list[str] = []
    rest = text.strip()
    while rest:
        end = _end_of_piece(rest, limit, size)
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return pieces


def _end_of_piece(text: str, limit: int, size: Measure) -> int:
    if size(text) <= limit:
        return len(text)
    low, high = 1, len(text)  # text[:low] fits (or is one character), text[:high] does not
    while high - low > 1:
        middle = (low + high) // 2
        if size(text[:middle]) <= limit:
            low = middle
        else:
            high = middle
    for mark in (_SENTENCE_END, _PAUSE):
        # A piece of a few words followed by a full one reads badly: then the weaker mark is the better place.
        ends = [found.end() for found in mark.finditer(text, low // 3, low) if found.end() > 0]
        if ends:
            return ends[-1]
    return low
