"""Which known phrases could be meant: an index of character bigrams and words over all phrases, in numpy
arrays."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_NOT_TEXT = re.compile(r"[^0-9a-z一-鿿㐀-䶿]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that shares terms with the query. `coverage`: the share of the phrase's weight found in
    the query (0..1); `weight`: the summed weight of what is shared (rarer terms weigh more)."""

    index: int
    coverage: float
    weight: float


class CandidateIndex:
    """Postings from term to phrases. Building is linear in the text; a query touches only the postings of
    its terms."""

    def __init__(self, texts: Sequence[str], cut: Callable[[str], Sequence[str]] | None = None) -> None:
        """`texts` are normalised; `cut` gives a text's words (for words of three characters or more,
        which bigrams blur)."""
        self._cut = cut
        postings: dict[str, list[int]] = {}
        per_text = [self._terms(text) for text in texts]
        for index, terms in enumerate(per_text):
            for term in terms:
                postings.setdefault(term, []).append(index)
        count = max(1, len(texts))
        self._postings = {term: np.asarray(found, dtype=np.int32) for term, found in postings.items()}
        self._idf = {term: float(np.log1p(count / len(found))) for term, found in postings.items()}
        self._total: NDArray[np.float64] = np.array(
            [max(1e-9, sum(self._idf[t] for t in terms)) for terms in per_text], dtype=np.float64
        )
        self._size = len(texts)

    def _terms(self, text: str) -> set[str]:
        terms: set[str] = set()
        for piece in _NOT_TEXT.split(text):
            terms.update(piece[i : i + 2] for i in range(len(piece) - 1))
        if self._cut is not None:
            terms.update(word for word in self._cut(text) if len(word) >= 3)
        return terms

    def nearest(self, text: str, limit: int = 40) -> list[Candidate]:
        """At most `limit` candidates, best first: those whose own words are found most completely."""
        found = [(p, self._idf[t]) for t in self._terms(text) if (p := self._postings.get(t)) is not None]
        if not found or not self._size:
            return []
        which = np.concatenate([p for p, _ in found])
        weights = np.repeat([w for _, w in found], [len(p) for p, _ in found])
        shared = np.bincount(which, weights=weights, minlength=self._size)
        coverage = shared / self._total
        rank = shared * coverage
        count = min(limit, self._size)
        best = np.argpartition(-rank, count - 1)[:count]
        best = best[np.lexsort((best, -rank[best]))]
        return [Candidate(int(i), float(coverage[i]), float(shared[i])) for i in best if shared[i] > 0]
