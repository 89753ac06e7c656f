"""The matcher: a text in, a verdict with its reasons out."""

import copy
import functools
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from knowledge.matching import features, rules
from knowledge.matching.evidence import PHRASES_COUNT, EvidenceFinder, Found, SchemeEvidence
from knowledge.matching.grams import grams
from knowledge.matching.honest import HonestTexts
from knowledge.matching.indicators import Indicator, indicators_in
from knowledge.matching.known import KnownScheme
from knowledge.matching.learning import OfferModel, Row, log_odds
from knowledge.matching.normalize import Normalized, folded_text, normalize
from knowledge.matching.passages import Passage, passages_of
from knowledge.matching.ranking import SchemeRanker
from knowledge.matching.result import Clue, MatchResult, SchemeMatch, Sense, Verdict
from knowledge.matching.retelling import told_signs
from knowledge.matching.sense import Reading, read_sense
from knowledge.matching.words import new_tokenizer

SCHEMES_SHOWN = 5
LIKELY = 0.8
POSSIBLE = 0.72
"""Scores from which the verdict is given; above one half, because a false alarm about honest people costs
more than a tip that an officer reads without a verdict."""
_LIKE_ANY = 0.12
"""So much a text must be like the best of all schemes: one that is like none is some other trade's advertisement."""
_STATED = {Sense.VICTIM, Sense.WARNING, Sense.DISPUTE, Sense.QUESTION, Sense.NEGATION}
"""Senses in which nobody offers anything: the scheme is still named, but the verdict is at most possible."""
_BELOW = POSSIBLE - 0.02
"""What a score is worth of a text that names no scheme: never a verdict."""
_EVIDENCE_NEEDED = 0.3
"""Without so much evidence for any one scheme there is no verdict, whatever the tone."""
_NAMED = 0.3
"""A word of the scheme's own, or two that it shares with others."""
_LAWFUL = 0.8
"""A sign of a lawful lookalike."""
_SURE_AT = (0.9, 0.7, 0.2, 0.1)
"""How probable it must be that a telling is of a scheme, by how many parts of an offer are told of."""
_OFFICIAL = 2.5
"""Warning as strong as this is a newspaper's or an office's: what it quotes is no offer."""
_CLEAR = 1.0
"""Evidence from which a victim's story, or a question whether it is a swindle, is worth an officer's look."""
_HONEST = 0.3
"""The most that a text scores which people have said is honest."""

_REASONS = {
    "alias": "套路名称", "variant": "变体写法", "topic": "话题词", "flag": "红旗词", "phrase": "广告话术",
    "lookalike": "相似的合法业务",
}  # fmt: skip


class Matcher:
    """Knows a set of schemes. Building takes about a second (dictionary, index); matching is thread-safe
    and pure."""

    def __init__(
        self, schemes: Iterable[KnownScheme], model: OfferModel | None = None, told: OfferModel | None = None
    ) -> None:
        """With a `model` the score lies between its judgement and the rules', by the model's trust;
        without, the rules judge alone. `told` says whether what somebody tells of is a scheme."""
        known = tuple(schemes)
        self._model = model
        self._told = told
        words = {w for s in known for w in (*s.aliases, *s.topic_words, *s.variants)}
        self._tokenizer = new_tokenizer(sorted(words))
        fold = functools.cache(folded_text)  # much is wanted twice; forgotten when this is built
        self._evidence = EvidenceFinder(known, functools.partial(self._tokenizer.lcut, HMM=False), fold)
        self._ranker = SchemeRanker(known, fold)
        self._honest = HonestTexts(())

    @property
    def model(self) -> str:
        """The version of the learnt model; empty where the rules judge alone."""
        return self._model.version if self._model else ""

    def knowing_honest(
        self, texts: Iterable[str], as_kept: Callable[[str], Iterable[str]] | None = None
    ) -> Self:
        """The same matcher, which gives no verdict on these texts; quick, for all else is shared. `as_kept` says what
        is kept of a text that is judged, where that is less than the whole."""
        other = copy.copy(self)
        other._honest = HonestTexts(texts, as_kept)
        return other

    def match(self, text: str) -> MatchResult:
        """Judges one text. Any string is answered; of a very long one the beginning is read and `cut` is
        set."""
        folded = normalize(text)
        indicators = indicators_in(folded, text)
        judged = max(
            (self._judge(folded, passage, indicators) for passage in passages_of(folded.text)),
            key=lambda judged: judged.score,
        )
        honest = self._honest.knows(folded.text, text)
        schemes = self._ranked(text, folded, judged)
        score = min(judged.score, _HONEST) if honest else judged.score
        if not schemes or schemes[0].score < _LIKE_ANY:
            score *= _BELOW
        return MatchResult(
            verdict=_verdict(score),
            score=score,
            schemes=schemes,
            sense=judged.sense,
            indicators=indicators,
            disguise=folded.disguise,
            rules=judged.ruled,
            learnt=judged.learnt,
            cut=folded.cut,
            honest=honest,
            model=self.model,
        )

    def _judge(self, folded: Normalized, passage: Passage, indicators: tuple[Indicator, ...]) -> "_Judged":
        reading, evidence, row = self._seen(folded, passage, indicators)
        ruled = rules.score(row[0])
        learnt = self._model.score(row) if self._model else None
        score = _together(ruled, learnt, self._model.trust) if self._model and learnt is not None else ruled
        score, sense = _settled(score, reading, evidence), reading.sense
        if score < POSSIBLE or sense is not Sense.OFFER:
            sure = self._witnessed(reading, evidence, row)
            if sure:
                score, sense = min(max(score, _within(sure)), _within(1.0)), Sense.TOLD
        whole = passage.text == reading.said
        return _Judged(
            passage, sense, score, ruled, learnt, evidence if whole else self._evidence.weigh(passage.text)
        )

    def _seen(
        self, folded: Normalized, passage: Passage, indicators: tuple[Indicator, ...]
    ) -> tuple[Reading, list[SchemeEvidence], Row]:
        opening = passage.opening
        reading = read_sense(opening + passage.text)
        said = reading.said[len(opening) :]
        evidence = self._evidence.weigh(said)
        features_ = features.row(said, folded.disguise, reading, evidence, indicators)
        return replace(reading, said=said), evidence, (features_, grams(said))

    def _witnessed(self, reading: Reading, evidence: list[SchemeEvidence], row: Row) -> float:
        """How sure it is that somebody tells of an offer that another made, and it is a known scheme's; 0 where not
        sure enough: the fewer parts of an offer are told of, the surer the model must be."""
        if self._told is None or not reading.told or not evidence:
            return 0.0
        signs = told_signs(reading.said)
        sure = self._told.score(row)
        best = max(evidence, key=lambda e: e.strength)
        if best.strength < _EVIDENCE_NEEDED or best.lookalike >= _LAWFUL:
            return 0.0
        named = best.topic + best.flags >= _NAMED or best.phrase >= 0.5 or (signs >= 2 and sure >= 0.4)
        return sure if named and sure >= _SURE_AT[min(signs, len(_SURE_AT) - 1)] else 0.0

    def row(self, text: str) -> Row:
        """The text as the learnt model sees it: what `learning.fit` is fed. Of a long text the beginning."""
        folded = normalize(text)
        return self._seen(folded, passages_of(folded.text)[0], indicators_in(folded, text))[2]

    def _ranked(self, sent: str, folded: Normalized, judged: "_Judged") -> tuple[SchemeMatch, ...]:
        evidence, bag = judged.evidence, grams(judged.passage.text)
        strength = np.array([e.strength for e in evidence], dtype=np.float64)
        if not len(strength) or strength.max() <= 0.05:
            return ()
        wording = np.exp(self._ranker.log_likelihood(bag) + strength - strength.max())
        wording /= wording.sum()
        scores = wording * (1.0 - math.exp(-2.0 * float(strength.max())))
        matches: list[SchemeMatch] = []
        for number in np.lexsort((np.arange(len(scores)), -scores))[:SCHEMES_SHOWN]:
            scheme, score = self._evidence.schemes[number], float(scores[number])
            if score < 0.01 and matches:
                break
            clues = _clues(sent, folded, evidence[number], scheme, judged.passage.start)
            if score >= 0.2 or not clues:
                clues = (*clues, _wording_clue(score, scheme))
            matches.append(SchemeMatch(scheme.code, scheme.name, score, clues))
        return tuple(matches)


def _together(ruled: float, learnt: float, trust: float) -> float:
    """Between two judges, each capped so that neither's certainty drowns the other."""
    between = trust * log_odds(learnt) + (1.0 - trust) * log_odds(ruled)
    return 1.0 / (1.0 + math.exp(-between))


def _wording_clue(score: float, scheme: KnownScheme) -> Clue:
    name = scheme.plain_name or scheme.name
    return Clue(score, "整体措辞", "", scheme.name, None, f"整段话的口气和{name}很像")


@dataclass(frozen=True, slots=True)
class _Judged:
    """One passage, judged. `evidence` is of all that it says, denied and quoted words too: they name the scheme."""

    passage: Passage
    sense: Sense
    score: float
    ruled: float
    learnt: float | None
    evidence: list[SchemeEvidence]


def _verdict(score: float) -> Verdict:
    if score >= LIKELY:
        return Verdict.LIKELY
    return Verdict.POSSIBLE if score >= POSSIBLE else Verdict.NONE


def _settled(score: float, reading: Reading, evidence: list[SchemeEvidence]) -> float:
    """The score as far as who speaks, and of what, allows it to go. Nothing is cut off: what stands higher stays
    higher."""
    best = max((e.strength for e in evidence), default=0.0)
    if best < _EVIDENCE_NEEDED:
        return score * _BELOW
    if reading.sense is Sense.OTHER and max(evidence, key=lambda e: e.strength).lookalike >= _LAWFUL:
        return score * _BELOW
    if reading.sense not in _STATED:
        return score
    if reading.sense is Sense.WARNING and reading.strength["warning"] >= _OFFICIAL:
        return score * _BELOW
    story = reading.sense is Sense.VICTIM and any(
        e.flags >= 0.4 or e.phrase >= 0.5 or e.topic >= _CLEAR for e in evidence
    )
    doubt = reading.sense is Sense.QUESTION and reading.doubt
    stated = _within((score - LIKELY) / (1.0 - LIKELY)) if score >= LIKELY else score * POSSIBLE / LIKELY
    return max(stated, _within(best / 5.0)) if best >= _CLEAR and (story or doubt) else stated


def _within(share: float) -> float:
    """A score that says *possible*: at its lower end for 0, just below *likely* for 1."""
    return POSSIBLE + (LIKELY - POSSIBLE - 0.001) * min(1.0, share)


def _clues(
    sent: str, folded: Normalized, found: SchemeEvidence, scheme: KnownScheme, start: int
) -> tuple[Clue, ...]:
    """Everything that counts, the weightiest first; then what only repeats it, a word inside one that is named
    already and the second and third likeness of phrases."""
    clues: list[Clue] = []
    repeating: list[Clue] = []
    shown: list[tuple[int, int]] = []
    phrases = 0
    for item in sorted(found.found, key=lambda f: -abs(f.weight) - 0.5 * (f.kind == "flag")):
        if item.kind == "phrase":
            phrases += 1
            if phrases > PHRASES_COUNT:
                continue
            repeats = phrases > 1
        else:
            repeats = item.span is not None and any(
                first <= item.span[0] and item.span[1] <= last for first, last in shown
            )
            if item.span and not repeats:
                shown.append(item.span)
        span = folded.raw_span(start + item.span[0], start + item.span[1]) if item.span else None
        (repeating if repeats else clues).append(
            Clue(
                weight=item.weight,
                reason=_REASONS[item.kind],
                query=sent[span[0] : span[1]] if span else item.query,
                candidate=item.candidate,
                span=span,
                plain=_plain(item, scheme),
            )
        )
    return (*clues, *repeating)


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
