"""Which scheme is meant: the wording of all phrases and exemplars of each, as a naive Bayes model over
n-grams.

Counting is all its training, so it is built with the index and follows the pack and every officer's
decision at once.
"""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.grams import grams, share
from knowledge.matching.known import KnownScheme
from knowledge.matching.normalize import folded_text

_SMOOTHING = 0.01
"""Small, because rare pieces (刷脸, 包装流水) tell schemes apart best."""
_MOST_GRAMS = 60_000
"""The commonest pieces are kept: memory is this times the number of schemes, four bytes each."""


class SchemeRanker:
    """Knows how each scheme is worded."""

    def __init__(self, schemes: Sequence[KnownScheme], fold: Callable[[str], str] = folded_text) -> None:
        bags = [[grams(fold(text)) for text in (*s.phrases, *s.aliases)] for s in schemes]
        seen: Counter[str] = Counter(gram for found in bags for bag in found for gram in bag)
        kept = [gram for gram, _ in seen.most_common(_MOST_GRAMS)]
        self._row = {gram: row for row, gram in enumerate(kept)}
        counts = np.full((len(kept) + 1, len(schemes)), _SMOOTHING, dtype=np.float64)
        for column, found in enumerate(bags):
            for bag in found:
                rows = [self._row[gram] for gram in bag if gram in self._row]
                counts[rows, column] += share(len(bag))
        self._log: NDArray[np.float32] = np.log(counts / counts.sum(axis=0)).astype(np.float32)
        self._size = len(schemes)

    def log_likelihood(self, bag: frozenset[str]) -> NDArray[np.float64]:
        """For each scheme how well the pieces of a text fit it, with the best at 0. Zeros if nothing is
        known."""
        rows = [self._row[gram] for gram in bag if gram in self._row]
        if not rows or not self._size:
            return np.zeros(self._size)
        total = self._log[rows].sum(axis=0).astype(np.float64) * share(len(bag))
        return np.asarray(total - total.max(), dtype=np.float64)
