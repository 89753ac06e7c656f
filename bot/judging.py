"""What the matcher found, in words for a citizen: 疑似, why, and what to do now."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from bot.conversation.messages import Finding
from knowledge.matching import MatchResult, Sense, Verdict
from knowledge.schemes.scheme import Scheme

_WORDS: Final[Mapping[Verdict, Literal["likely", "possible", "none"]]] = {
    Verdict.LIKELY: "likely",
    Verdict.POSSIBLE: "possible",
    Verdict.NONE: "none",
}

MOST_REASONS = 3
SEEN_AT_MOST = 60
"""Characters of what was read on a picture that are quoted back."""


def as_finding(
    result: MatchResult,
    catalogue: Mapping[str, Scheme],
    *,
    evidence_ids: Sequence[str] = (),
    text_seen: str = "",
) -> Finding:
    """The best scheme of a match with at most three plain reasons and the pack's advice."""
    best = result.schemes[0] if result.schemes else None
    scheme = catalogue.get(best.code) if best is not None else None
    seen = " ".join(text_seen.split())[:SEEN_AT_MOST]
    dispute = result.sense is Sense.DISPUTE
    if best is None or scheme is None or result.verdict is Verdict.NONE:
        return Finding(dispute=dispute, evidence_ids=tuple(evidence_ids), text_seen=seen)
    reasons = [clue.plain for clue in best.clues if clue.weight > 0 and clue.plain]
    return Finding(
        verdict=_WORDS[result.verdict],
        scheme_code=scheme.code,
        scheme_name=scheme.plain_name,
        why=tuple(dict.fromkeys(reasons))[:MOST_REASONS],
        advice_now=scheme.advice.now,
        advice_if_paid=scheme.advice.if_paid,
        dispute=dispute,
        evidence_ids=tuple(evidence_ids),
        text_seen=seen,
    )
