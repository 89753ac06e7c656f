"""Finding many fixed strings in one text at once."""

from collections.abc import Iterable, Iterator


class StringFinder:
    """Finds every occurrence of any of a fixed set of strings of two characters or more.

    Keyed by the first two characters: for Chinese that leaves one or two words to try at a position,
    which for a few thousand words is faster than an alternation in a regular expression and needs no
    compiled extension.
    """

    __slots__ = ("_by_head",)

    def __init__(self, words: Iterable[str]) -> None:
        heads: dict[str, list[str]] = {}
        for word in {w for w in words if len(w) >= 2}:
            heads.setdefault(word[:2], []).append(word)
        self._by_head = {
            head: tuple(sorted(found, key=lambda w: (-len(w), w))) for head, found in heads.items()
        }

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Every (start, word), by start, the longer word first; occurrences may overlap."""
        by_head = self._by_head
        for start in range(len(text) - 1):
            words = by_head.get(text[start : start + 2])
            if words:
                for word in words:
                    if text.startswith(word, start):
                        yield start, word

    def find_apart(self, text: str) -> Iterator[tuple[int, str]]:
        """The same, but from left to right without overlap, the longest word at each place."""
        end = 0
        for start, word in self.find(text):
            if start >= end:
                yield start, word
                end = start + len(word)
