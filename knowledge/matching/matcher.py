"""The matcher: a text in, a verdict with its reasons out."""

import math
from collections.abc import Iterable

from knowledge.matching import features, rules
from knowledge.matching.evidence import EvidenceFinder, Found, SchemeEvidence
from knowledge.matching.indicators import Indicator, indicators_in
from knowledge.matching.known import KnownScheme
from knowledge.matching.normalize import Normalized, normalize
from knowledge.matching.result import Clue, MatchResult, SchemeMatch, Sense, Verdict
from knowledge.matching.sense import Reading, read_sense
from knowledge.matching.words import new_tokenizer

SCHEMES_SHOWN = 5
CLUES_SHOWN = 8
LIKELY = 0.75
POSSIBLE = 0.5
"""Scores from which the verdict is given: 0.5 is where an advertisement is as probable as not."""
_STATED = {Sense.VICTIM, Sense.WARNING, Sense.DISPUTE, Sense.QUESTION, Sense.NEGATION}
"""Senses in which nobody offers anything: the scheme is still named, but the verdict is none or at most
possible."""

_REASONS = {
    "alias": "套路名称", "variant": "变体写法", "topic": "话题词", "flag": "红旗词", "phrase": "广告话术",
    "lookalike": "相似的合法业务",
}  # fmt: skip


class Matcher:
    """Knows a set of schemes. Building takes about a second (dictionary, index); matching is thread-safe
    and pure."""

    def __init__(self, schemes: Iterable[KnownScheme]) -> None:
        known = tuple(schemes)
        words = {w for s in known for w in (*s.aliases, *s.topic_words, *s.variants)}
        self._tokenizer = new_tokenizer(sorted(words))
        self._evidence = EvidenceFinder(known, self._tokenizer.lcut)

    def match(self, text: str) -> MatchResult:
        """Judges one text. Any string is answered; of a very long one the beginning is read and `cut` is
        set."""
        folded = normalize(text)
        reading = read_sense(folded.text)
        indicators = indicators_in(folded, text)
        evidence = self._evidence.weigh(folded.text)
        row = features.row(folded, reading, evidence, indicators)
        ruled = rules.score(row)
        score = ruled
        return MatchResult(
            verdict=_verdict(score, reading, evidence),
            score=score,
            schemes=self._ranked(folded, evidence, reading, indicators),
            sense=reading.sense,
            indicators=indicators,
            disguise=folded.disguise,
            rules=ruled,
            cut=folded.cut,
        )

    def _ranked(
        self,
        folded: Normalized,
        evidence: list[SchemeEvidence],
        reading: Reading,
        indicators: tuple[Indicator, ...],
    ) -> tuple[SchemeMatch, ...]:
        order = sorted(range(len(evidence)), key=lambda n: (-evidence[n].strength, n))[:SCHEMES_SHOWN]
        matches = []
        for number in order:
            found = evidence[number]
            if found.strength <= 0.05:
                break
            scheme = self._evidence.schemes[number]
            matches.append(
                SchemeMatch(
                    code=scheme.code,
                    name=scheme.name,
                    score=1.0 - math.exp(-found.strength / 1.5),
                    clues=_clues(folded, found, scheme),
                )
            )
        return tuple(matches)


def _verdict(score: float, reading: Reading, evidence: list[SchemeEvidence]) -> Verdict:
    if max((e.strength for e in evidence), default=0.0) < 0.3 or (
        reading.sense in _STATED and score < LIKELY
    ):
        return Verdict.NONE
    if score >= LIKELY:
        return Verdict.POSSIBLE if reading.sense in _STATED else Verdict.LIKELY
    return Verdict.POSSIBLE if score >= POSSIBLE else Verdict.NONE


def _clues(folded: Normalized, found: SchemeEvidence, scheme: KnownScheme) -> tuple[Clue, ...]:
    clues = []
    best_phrase = False
    for item in sorted(found.found, key=lambda f: -abs(f.weight)):
        if item.kind == "phrase":
            if best_phrase:
                continue
            best_phrase = True
        clues.append(
            Clue(
                weight=item.weight,
                reason=_REASONS[item.kind],
                query=item.query,
                candidate=item.candidate,
                span=folded.raw_span(*item.span) if item.span else None,
                plain=_plain(item, scheme),
            )
        )
        if len(clues) == CLUES_SHOWN:
            break
    return tuple(clues)


def _plain(item: Found, scheme: KnownScheme) -> str:
    name = scheme.plain_name or scheme.name
    match item.kind:
        case "flag":
            return item.plain
        case "phrase":
            return f"和{name}常用的说法很像"
        case "lookalike":
            return f"也可能是正常的：{item.plain}"
        case "topic":
            return f"里面提到“{item.query}”"
        case _:
            return f"“{item.query}”是{name}常用的叫法"
