"""A text written in English, heard word for word in the Chinese in which the schemes are described.

No translation: word order, tense and number stay as they are, for the judges count words and turns of phrase. Only a
text with hardly a Chinese character of which at least half is understood is heard so; whatever is not in the list of
words (english.toml) stays as it was sent, names, links and ways to be reached among it.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Final

import snowballstemmer

from knowledge.matching.romanised import is_chinese
from knowledge.matching.wordlists import by_way, shipped_words

_MOST_CHINESE: Final = 0.1
"""The share of Chinese characters from which a text counts as written in them."""
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S*|\S{1,64}@\S+|(?<![a-z0-9_-])[a-z0-9-]{1,64}(?:\.[a-z0-9-]{1,64})+\b"
)
"""Bounded and begun only where a name can begin: 10,000 characters of “a-a-a-” must not be gone through from each."""
_WORD: Final = re.compile(r"(?<![a-z0-9_])[a-z0-9]+(?:['.-][a-z0-9]+)*%?(?![a-z0-9_])|&")
_NUMBER: Final = re.compile(r"[0-9][0-9.-]*%?")
_BETWEEN: Final = re.compile(r"[ \n]*")
_FEWEST_WORDS: Final = 3
_UNDERSTOOD: Final = 0.5
"""The share of a text's words that must be in the list."""
_STOP: Final = re.compile(r"[ ]*([.,;!?:])+(?=\s|$)[ ]*")
_STEMMER: Final = snowballstemmer.stemmer("english")

Phrase = tuple[str, ...]
"""The words of a way to say it, or their stems."""


class English:
    """Knows a list of words."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """`words` has for each Chinese word its English ones, parted by "|". Raises ListedTwice."""
        self._chinese: dict[Phrase, str] = {}
        self._by_stems: dict[Phrase, str] = {}
        for way, chinese in by_way(words).items():
            phrase = tuple(word[0] for word in _WORD.finditer(way))
            self._chinese[phrase] = chinese
            # Of two ways with the same stems the first is heard where neither stands as it is listed.
            self._by_stems.setdefault(tuple(map(_stem, phrase)), chinese)
        self._longest = max(map(len, self._chinese), default=0)

    def words_in(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, Chinese) of what is understood in a text in small letters, in order and apart; nothing where it
        is not English."""
        if is_chinese(text, _MOST_CHINESE):
            return []
        bare = _ADDRESS.sub(lambda address: "*" * len(address[0]), text)
        words = list(_WORD.finditer(bare))
        spoken = sum(not _NUMBER.fullmatch(word[0]) for word in words)
        if spoken < _FEWEST_WORDS:
            return []
        found: list[tuple[int, int, str]] = []
        understood, at = 0, 0
        while at < len(words):
            size, chinese = self._longest_at(bare, words[at : at + self._longest])
            if size:
                found.append((words[at].start(), words[at + size - 1].end(), chinese))
            understood += size
            at += size or 1
        return _with_stops(bare, found) if understood >= _UNDERSTOOD * spoken else []

    def _longest_at(self, text: str, words: Sequence[re.Match[str]]) -> tuple[int, str]:
        """How many of the words, from the first on, make the longest phrase of the list, and its Chinese; 0 where they
        make none."""
        size = 1
        while size < len(words) and _BETWEEN.fullmatch(text, words[size - 1].end(), words[size].start()):
            size += 1
        phrase = tuple(word[0] for word in words[:size])
        stems = tuple(map(_stem, phrase))
        for length in range(size, 0, -1):
            chinese = self._chinese.get(phrase[:length], self._by_stems.get(stems[:length]))
            if chinese is not None:
                return length, chinese
        return 0, ""


def _with_stops(text: str, found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The same with the blanks and stops behind each in it: Chinese has no blanks, and stops of its own."""
    whole: list[tuple[int, int, str]] = []
    for number, (start, end, chinese) in enumerate(found):
        stop = _STOP.match(text, end)
        if stop:
            end, chinese = stop.end(), chinese + ("。" if stop[1] == "." else stop[1])
        elif number + 1 < len(found) and _BETWEEN.fullmatch(text, end, found[number + 1][0]):
            end = found[number + 1][0]
        whole.append((start, end, chinese))
    return whole


@functools.lru_cache(maxsize=1 << 14)
def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(word.removesuffix("'s")))


def shipped_english() -> English:
    """What ships with the project."""
    return English(shipped_words("english"))
