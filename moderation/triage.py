"""Triage: how soon a tip should be looked at, and who would be in charge. It only orders the queue; it judges nothing."""

from datetime import datetime

from knowledge.matching import MatchResult, Sense, Verdict
from knowledge.schemes.catalogue import Catalogue
from reports.deadlines import due
from reports.jurisdictions.jurisdiction import Jurisdiction
from reports.tables import Tip

# What each circumstance adds, out of 100. Our own proposal after the three keys of 清远市互联网金融风险专项整治方案（2016）
# (much money, many people, origin here); a jurisdiction's officers see the sum, and the clues behind it, not a verdict.
_MONEY_MOVING = 35
_LIKELY = 25
_POSSIBLE = 12
_VICTIM = 15
_EACH_LINKED_TIP = 6
_LINKED_AT_MOST = 18
_READABLE = 5
_PLACE = 2


def priority_of(
    tip: Tip, verdict: Verdict, sense: Sense, *, linked_tips: int, has_readable_evidence: bool
) -> int:
    """0–100; higher is looked at sooner."""
    total = 0
    if tip.paid == "yes":
        total += _MONEY_MOVING
    if verdict is Verdict.LIKELY:
        total += _LIKELY
    elif verdict is Verdict.POSSIBLE:
        total += _POSSIBLE
    if sense is Sense.VICTIM:
        total += _VICTIM
    total += min(_LINKED_AT_MOST, _EACH_LINKED_TIP * linked_tips)
    if has_readable_evidence:
        total += _READABLE
    if tip.place_text or tip.latitude is not None:
        total += _PLACE
    return min(100, total)


def place_in_queue(
    tip: Tip,
    result: MatchResult,
    *,
    linked_tips: int,
    has_readable_evidence: bool,
    catalogue: Catalogue,
    jurisdiction: Jurisdiction,
) -> None:
    """Sets the tip's priority, its suggested department and the day by which it must be answered."""
    tip.priority = priority_of(
        tip,
        result.verdict,
        result.sense,
        linked_tips=linked_tips,
        has_readable_evidence=has_readable_evidence,
    )
    scheme = catalogue.get(tip.scheme_code) if tip.scheme_code else None
    if tip.department is None and scheme is not None:
        tip.department = scheme.route.lead[0].value
    if tip.due_at is None:
        tip.due_at = answer_due(tip.submitted_at, jurisdiction)


def answer_due(submitted_at: datetime, jurisdiction: Jurisdiction) -> datetime:
    """The end of the last day on which the tip must be accepted or declined."""
    return due(submitted_at, jurisdiction.deadlines.accept, jurisdiction.calendar)
