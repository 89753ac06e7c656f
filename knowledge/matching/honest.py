"""Texts that people have said are honest: whoever sends one again is not told otherwise."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from knowledge.matching.candidates import CandidateIndex
from knowledge.matching.normalize import normalize

ALIKE: Final = 92.0
"""Similarity (0..100) of the Chinese characters from which two texts count as one: a misread character in
ten passes, another sentence does not. Numbers are left out, because what was judged is kept without them."""
_PART: Final = 0.85
"""How much of a text must stand in another one, in order, for it to be what is left of that."""
SHORTEST: Final = 6
"""Chinese characters; a shorter text is a phrase that swindlers write too."""
_NOT_CHINESE = re.compile(r"[^一-鿿]+")


class HonestTexts:
    """Knows a set of texts, and recognises one with small changes."""

    def __init__(self, texts: Iterable[str], as_kept: Callable[[str], Iterable[str]] | None = None) -> None:
        """`as_kept` says what is kept of a text as sent when it is judged, where that is less than the whole."""
        spoken = (_spoken(normalize(text).text) for text in texts)
        self._texts = list(dict.fromkeys(text for text in spoken if len(text) >= SHORTEST))
        self._all = frozenset(self._texts)
        self._index = CandidateIndex(self._texts)
        self._as_kept = as_kept

    def __len__(self) -> int:
        return len(self._texts)

    def knows(self, folded: str, sent: str = "") -> bool:
        """Whether a normalised text is one of them, or only one of them would be kept of it as it was `sent`."""
        spoken = _spoken(folded)
        if not self._texts or len(spoken) < SHORTEST:
            return False
        if spoken in self._all:
            return True
        near = [self._texts[candidate.index] for candidate in self._index.nearest(spoken, limit=4)]
        if _is_any(spoken, near):
            return True
        # To ask what would be kept takes a while: only where one of them may be what is left.
        near = [text for text in near if LCSseq.similarity(text, spoken) >= _PART * len(text)]
        return self._as_kept is not None and any(
            _is_any(_spoken(normalize(kept).text), near) for kept in (self._as_kept(sent) if near else ())
        )


def _is_any(spoken: str, texts: Iterable[str]) -> bool:
    return any(fuzz.ratio(spoken, text, score_cutoff=ALIKE) > 0 for text in texts)


def _spoken(folded: str) -> str:
    return _NOT_CHINESE.sub("", folded)
