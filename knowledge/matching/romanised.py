"""A text written wholly in pinyin: zheng xin xiu fu, jia wei xin.

Read are only finance words and what stands around them in advertisements, and only where several stand in a text with
hardly a Chinese character: two or three syllables alone are English words, and names, and what people type on foreign
keyboards to say good morning.
"""

import re
from collections.abc import Iterable
from typing import Final

from knowledge.matching.sounds import syllable

_LETTERS: Final = re.compile(r"[a-z]+")
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[!-~]*|[!-~]{1,64}@[!-~]{1,64}|[a-z0-9.-]{1,64}\.(?:com|cn|net|org)[!-~]*"
)
_BETWEEN: Final = re.compile(r"[ '-]?")
_CHINESE: Final = re.compile(r"[一-鿿]")
_MOST_CHINESE: Final = 0.2
"""The share of Chinese characters from which a text counts as written in them."""
_FEWEST_WORDS: Final = 2
_SHORTEST: Final = 5
"""Letters of a word that is read; shorter ones are English too often."""
_MOST_TOKENS: Final = 6


def is_chinese(text: str, most: float) -> bool:
    """Whether more than that share of its characters is Chinese."""
    return len(_CHINESE.findall(text)) > most * len(text)


class Romanised:
    """Knows how its words are spelled."""

    def __init__(self, finance: Iterable[str], around: Iterable[str]) -> None:
        """`finance`: one of these must be there; `around`: is read only beside them."""
        self._finance = frozenset(finance)
        self._spelled: dict[str, str] = {}
        for word in (*self._finance, *around):
            spelling = "".join(char if char.isascii() else syllable(char) for char in word)
            if len(spelling) >= _SHORTEST or word in ("加v", "加q"):
                self._spelled.setdefault(spelling, word)

    def words_in(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, word) of what is spelled in a text in small letters, in order and apart."""
        if is_chinese(text, _MOST_CHINESE):
            return []
        bare = _ADDRESS.sub(lambda address: "*" * len(address[0]), text)
        tokens = list(_LETTERS.finditer(bare))
        if len(tokens) < _FEWEST_WORDS:
            return []
        found: list[tuple[int, int, str]] = []
        at = 0
        while at < len(tokens):
            size = self._longest(text, tokens, at)
            if size:
                start, end = tokens[at].start(), tokens[at + size - 1].end()
                found.append((start, end, self._spelled[_letters(tokens, at, size)]))
            at += size or 1
        words = {word for _, _, word in found}
        return found if len(words) >= _FEWEST_WORDS and words & self._finance else []

    def _longest(self, text: str, tokens: list[re.Match[str]], at: int) -> int:
        """How many tokens from `at` on make the longest word; 0 where they make none."""
        best = 0
        for size in range(1, min(_MOST_TOKENS, len(tokens) - at) + 1):
            last = tokens[at + size - 1]
            if size > 1 and not _BETWEEN.fullmatch(text, tokens[at + size - 2].end(), last.start()):
                break
            if _letters(tokens, at, size) in self._spelled:
                best = size
        return best


def _letters(tokens: list[re.Match[str]], at: int, size: int) -> str:
    return "".join(token[0] for token in tokens[at : at + size])
