"""What in a text speaks for each scheme: names, topic, red flags, phrases; and what speaks against."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from knowledge.matching.candidates import CandidateIndex
from knowledge.matching.contact_talk import without_contacts
from knowledge.matching.finder import StringFinder
from knowledge.matching.known import KnownScheme
from knowledge.matching.normalize import folded_text

Span = tuple[int, int]

_RERANKED = 24
"""Candidates that rapidfuzz looks at; more changed no first place and cost a millisecond."""
_PHRASE_SHARES = (1.0, 0.4, 0.2)
PHRASES_COUNT = len(_PHRASE_SHARES)
"""How many of a scheme's phrases count when several are alike."""
_ALIKE = 62.0
"""partial_ratio from which a phrase is shown as a clue: below, people see no likeness."""


@dataclass(slots=True)
class Found:
    """One thing found for a scheme: spans are in the normalised text."""

    kind: str
    weight: float
    query: str
    candidate: str
    span: Span | None
    plain: str


@dataclass(slots=True)
class SchemeEvidence:
    """All that was found for one scheme; `strength` sums it (0 and up; from about 2 on it is hardly
    anything else)."""

    strength: float = 0.0
    topic: float = 0.0
    flags: float = 0.0
    phrase: float = 0.0
    lookalike: float = 0.0
    found: list[Found] = field(default_factory=list)


class EvidenceFinder:
    """The known schemes, indexed for finding them in a text."""

    def __init__(
        self,
        schemes: Sequence[KnownScheme],
        cut: Callable[[str], Sequence[str]],
        fold: Callable[[str], str] = folded_text,
    ) -> None:
        """`fold` normalises; whoever needs what is folded for something else too passes one that remembers."""
        self.schemes = tuple(schemes)
        self._words: dict[str, list[tuple[int, str, float, str]]] = {}
        for number, scheme in enumerate(self.schemes):
            for alias in (*scheme.aliases, scheme.name, scheme.plain_name):
                self._add(fold(alias), number, "alias", 1.4, scheme.plain_name or scheme.name)
            for word in scheme.variants:
                # One that normalising undoes has become the plain word, which honest people write too.
                if fold(word) == word.lower():
                    self._add(fold(word), number, "variant", 0.7, word)
            for word in scheme.topic_words:
                self._add(fold(word), number, "topic", 0.6, word)
            for flag in scheme.red_flags:
                for cue in flag.cues:
                    self._add(fold(cue), number, "flag", flag.weight, flag.plain)
            for lookalike in scheme.lookalikes:
                for cue in lookalike.cues:
                    self._add(fold(cue), number, "lookalike", 0.8, lookalike.text)
        self._finder = StringFinder(self._words)
        self._entries: list[tuple[int, str, str]] = []
        seen: set[tuple[int, str]] = set()
        for number, scheme in enumerate(self.schemes):
            for phrase in scheme.phrases:
                folded = without_contacts(fold(phrase)).strip()
                if len(folded) >= 4 and (number, folded) not in seen:
                    seen.add((number, folded))
                    self._entries.append((number, folded, phrase))
        self._index = CandidateIndex([text for _, text, _ in self._entries], cut)

    def _add(self, folded: str, number: int, kind: str, weight: float, plain: str) -> None:
        folded = folded.strip()
        if len(folded) >= 2:
            self._words.setdefault(folded, []).append((number, kind, weight, plain))

    def vocabulary(self) -> Iterable[str]:
        """Every word that names or marks a scheme: for the segmenter's dictionary."""
        return self._words.keys()

    def weigh(self, text: str) -> list[SchemeEvidence]:
        """The evidence for each scheme, in the order of `schemes`, in a normalised text."""
        all_evidence = [SchemeEvidence() for _ in self.schemes]
        self._weigh_words(text, all_evidence)
        self._weigh_phrases(text, all_evidence)
        for evidence in all_evidence:
            evidence.strength = max(
                0.0,
                _soft(evidence.topic, 2.5) + _soft(evidence.flags, 2.0) + 1.3 * evidence.phrase
                - 0.5 * _soft(evidence.lookalike, 1.6),
            )  # fmt: skip
        return all_evidence

    def _weigh_words(self, text: str, all_evidence: list[SchemeEvidence]) -> None:
        done: set[tuple[str, int, str]] = set()
        flags_done: set[tuple[int, str]] = set()
        for start, word in self._finder.find(text):
            owners = self._words[word]
            # A word that many schemes share tells little about which one it is.
            rarity = 1.0 / math.sqrt(len({number for number, *_ in owners}))
            for number, kind, weight, plain in owners:
                if (word, number, kind) in done or (kind == "flag" and (number, plain) in flags_done):
                    continue
                done.add((word, number, kind))
                evidence = all_evidence[number]
                amount = weight * (rarity if kind != "lookalike" else 1.0)
                if kind == "flag":
                    flags_done.add((number, plain))
                    evidence.flags += amount
                elif kind == "lookalike":
                    evidence.lookalike += amount
                    amount = -amount
                else:
                    evidence.topic += amount
                evidence.found.append(Found(kind, amount, word, word, (start, start + len(word)), plain))

    def _weigh_phrases(self, text: str, all_evidence: list[SchemeEvidence]) -> None:
        text = without_contacts(text)
        hits: dict[int, list[float]] = {}
        for rank, candidate in enumerate(self._index.nearest(text)):
            number, folded, phrase = self._entries[candidate.index]
            hits.setdefault(number, []).append(candidate.coverage)
            if rank >= _RERANKED or candidate.coverage < 0.3:
                continue
            alignment = fuzz.partial_ratio_alignment(folded, text, score_cutoff=_ALIKE)
            if alignment is None or len(folded) > 3 * len(text):
                continue
            alike = alignment.score / 100.0
            hits[number].append(alike * alike)
            span = (alignment.dest_start, alignment.dest_end)
            all_evidence[number].found.append(
                Found("phrase", alike * candidate.coverage, text[span[0] : span[1]], phrase, span, phrase)
            )
        for number, coverages in hits.items():
            best = sorted(coverages, reverse=True)[:PHRASES_COUNT]
            all_evidence[number].phrase = sum(c * s for c, s in zip(best, _PHRASE_SHARES, strict=False))


def _soft(value: float, most: float) -> float:
    """Grows like the value at first and levels off at `most`."""
    return most * (1.0 - math.exp(-value / most)) if value > 0 else 0.0
