"""What the matcher found, in words for a citizen: 疑似, why, and what to do now."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from bot.conversation.messages import Finding
from knowledge.matching import Clue, MatchResult, Sense, Verdict
from knowledge.schemes.scheme import Scheme

_WORDS: Final[Mapping[Verdict, Literal["likely", "possible", "none"]]] = {
    Verdict.LIKELY: "likely",
    Verdict.POSSIBLE: "possible",
    Verdict.NONE: "none",
}

MOST_REASONS = 3
SEEN_AT_MOST = 60
"""Characters of what was read on a picture that are quoted back."""


_TOLD_AT_LEAST = 0.7
_TOLD_WITH_A_SIGN = 0.5
_ASKED_AT_LEAST = 0.9
"""From which likeness on a scheme is named to somebody who asks. The matcher's verdict is about advertisements; whoever
asks 是不是骗局 retells one in their own words and is better served by 有点像 than by silence. On 196 bank customers'
questions of the development data these bounds name a scheme once."""

_SIGNS = frozenset({"红旗词", "套路名称", "广告话术"})


def _verdict_for_who_asks(result: MatchResult) -> Verdict:
    """The matcher's verdict, or “possible” where somebody retells what is known without its advertiser's voice."""
    if result.verdict is not Verdict.NONE or not result.schemes:
        return result.verdict
    best = result.schemes[0]
    lawful = any(clue.weight < 0 for clue in best.clues)
    if lawful or result.sense in (Sense.DISPUTE, Sense.NEGATION):
        return Verdict.NONE
    has_sign = any(clue.reason in _SIGNS for clue in best.clues)
    if result.sense is Sense.QUESTION:
        return Verdict.POSSIBLE if has_sign and best.score >= _ASKED_AT_LEAST else Verdict.NONE
    enough = _TOLD_WITH_A_SIGN if has_sign else _TOLD_AT_LEAST
    return Verdict.POSSIBLE if best.score >= enough else Verdict.NONE


def _reasons(clues: Sequence[Clue]) -> tuple[str, ...]:
    """What the clues say in plain words, but of “征信” inside “修征信” nothing: to a citizen that is the same reason twice."""
    told: list[tuple[int, int]] = []
    reasons: dict[str, None] = {}
    for clue in clues:
        span = clue.span
        is_told = span is not None and any(first <= span[0] and span[1] <= last for first, last in told)
        if clue.weight > 0 and clue.plain and not is_told:
            reasons[clue.plain] = None
            told += [span] if span is not None else []
    return tuple(reasons)


def as_finding(
    result: MatchResult,
    catalogue: Mapping[str, Scheme],
    *,
    evidence_ids: Sequence[str] = (),
    text_seen: str = "",
    cut_off: bool = False,
) -> Finding:
    """The best scheme of a match with at most three plain reasons and the pack's advice. `cut_off`: writing runs off
    the edge of the pictures."""
    best = result.schemes[0] if result.schemes else None
    scheme = catalogue.get(best.code) if best is not None else None
    seen = " ".join(text_seen.split())[:SEEN_AT_MOST]
    dispute = result.sense is Sense.DISPUTE
    verdict = _verdict_for_who_asks(result)
    if best is None or scheme is None or verdict is Verdict.NONE:
        return Finding(dispute=dispute, evidence_ids=tuple(evidence_ids), text_seen=seen, cut_off=cut_off)
    return Finding(
        verdict=_WORDS[verdict],
        scheme_code=scheme.code,
        scheme_name=scheme.plain_name,
        why=_reasons(best.clues)[:MOST_REASONS],
        advice_now=scheme.advice.now,
        advice_if_paid=scheme.advice.if_paid,
        dispute=dispute,
        evidence_ids=tuple(evidence_ids),
        text_seen=seen,
        cut_off=cut_off,
    )
