"""Texts that people have said are honest: whoever sends one again is not told otherwise."""

import re
from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz

from knowledge.matching.candidates import CandidateIndex
from knowledge.matching.normalize import normalize

ALIKE: Final = 92.0
"""Similarity (0..100) of the Chinese characters from which two texts count as one: a misread character in
ten passes, another sentence does not. Numbers are left out, because what was judged is kept without them."""
SHORTEST: Final = 6
"""Chinese characters; a shorter text is a phrase that swindlers write too."""
_NOT_CHINESE = re.compile(r"[^一-鿿]+")


class HonestTexts:
    """Knows a set of texts, and recognises one with small changes."""

    def __init__(self, texts: Iterable[str]) -> None:
        spoken = (_spoken(normalize(text).text) for text in texts)
        self._texts = list(dict.fromkeys(text for text in spoken if len(text) >= SHORTEST))
        self._all = frozenset(self._texts)
        self._index = CandidateIndex(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def knows(self, folded: str) -> bool:
        """Whether a normalised text is one of them."""
        spoken = _spoken(folded)
        if not self._texts or len(spoken) < SHORTEST:
            return False
        return spoken in self._all or any(
            fuzz.ratio(spoken, self._texts[candidate.index], score_cutoff=ALIKE) > 0
            for candidate in self._index.nearest(spoken, limit=4)
        )


def _spoken(folded: str) -> str:
    return _NOT_CHINESE.sub("", folded)
