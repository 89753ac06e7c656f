"""A text in written Cantonese, heard in the written Chinese in which the schemes are described: 唔使還 as 不用还.

Only a text with a character that nobody writes but in Cantonese is heard so; the words of cantonese.toml are in
simplified characters, for traditional ones are folded before.
"""

import re
from collections.abc import Mapping
from typing import Final

from knowledge.matching.wordlists import by_way, shipped_words

_CANTONESE_ALONE: Final = re.compile("[佢唔嘅咗冇喺哋嚟啲嘢㗎咩𠮶嗰]")
_AS_IT_IS: Final = "="


class Cantonese:
    """Knows a list of words."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """`words` has for each word of written Chinese the Cantonese ones, parted by "|"; under "=" stand words that are
        the same in both. Raises ListedTwice."""
        self._chinese = {
            way: way if chinese == _AS_IT_IS else chinese for way, chinese in by_way(words).items()
        }
        longest_first = sorted(self._chinese, key=lambda way: (-len(way), way))
        self._ways = re.compile("|".join(map(re.escape, longest_first)))

    def words_in(self, text: str) -> list[tuple[int, int, str]]:
        """(start, end, written Chinese) of what is Cantonese in a simplified text, in order and apart."""
        if not _CANTONESE_ALONE.search(text):
            return []
        return [(way.start(), way.end(), self._chinese[way[0]]) for way in self._ways.finditer(text)]


def shipped_cantonese() -> Cantonese:
    """What ships with the project."""
    return Cantonese(shipped_words("cantonese"))
