"""Decisions: a ruling carried out, always with a reason, on record, with the notice it owes."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.clock import local_text
from foundation.ids import new_id, read_receipt
from moderation import learning, queue
from moderation.officers import May, require
from moderation.promises import refuse_promises
from moderation.rulings import (
    MAX_REASON,
    MAX_SAID,
    TO_STATE,
    AskedRecently,
    DecisionKind,
    DepartmentUnknown,
    DuplicateMissing,
    DuplicateOfItself,
    DuplicateUnknown,
    QuestionMissing,
    ReasonMissing,
    RewardUnderWay,
    Ruling,
    SchemeUnknown,
    TextTooLong,
    TipChanged,
)
from moderation.tables import Decision, Officer
from reports import custody, notices
from reports.notices import NoticeKind
from reports.rewards import track
from reports.states import TipState, move
from reports.tables import Tip

_MERGING = 7_305_001
"""The advisory lock of merges; any number that nothing else here takes."""

ASK_AGAIN_AFTER = timedelta(hours=24)
"""A reporter is asked for more at most once a day."""


_NOTICES: dict[DecisionKind, NoticeKind] = {
    DecisionKind.accept: NoticeKind.accepted,
    DecisionKind.need_more: NoticeKind.need_more,
    DecisionKind.route: NoticeKind.routed,
    DecisionKind.recognise: NoticeKind.recognised,
    DecisionKind.not_recognise: NoticeKind.not_recognised,
    DecisionKind.merge: NoticeKind.merged,
    DecisionKind.screen_out: NoticeKind.screened_out,
}
_NOTICES_WITH_WORDS: dict[DecisionKind, NoticeKind] = {
    DecisionKind.verify: NoticeKind.verifying,
    DecisionKind.close: NoticeKind.closed,
}
"""核实中 and 办结 bring the reporter nothing new by themselves: the one follows the notice of 转办, the other that of the
result, and what they ask of their tip shows both. What the officer has to add is sent."""


async def decide(
    session: AsyncSession,
    tip_id: str,
    ruling: Ruling,
    *,
    officer: Officer,
    departments: Mapping[str, str],
    schemes: Collection[str],
    at: datetime,
    seen: datetime | None = None,
) -> Decision:
    """Rules on a tip: moves it, keeps the decision, owes the reporter the notice and gives the claim back.

    `departments` maps the jurisdiction's keys to names of today; `schemes` are the catalogue's codes;
    `seen` is the tip's `updated_at` as the officer saw it. Raises HeldByAnother where a colleague holds the
    tip, TipChanged where it moved meanwhile, MoveNotAllowed, PromiseRefused, and the refusals above.
    """
    require(officer, May.judge)
    reason, said = ruling.reason.strip(), ruling.said.strip()
    _check_words(reason, said)
    if ruling.kind is DecisionKind.merge:
        await _one_merge_at_a_time(session)
    tip = await queue.lock_tip(session, tip_id)
    await queue.refuse_if_held(session, tip_id, officer=officer, at=at)
    if seen is not None and tip.updated_at != seen:
        raise TipChanged
    state_before, scheme_before = tip.state, tip.scheme_code
    detail = await _fill_in(session, tip, ruling, said=said, departments=departments, at=at)
    actor = custody.actor_of_officer(officer.id)
    await _correct_scheme(session, tip, ruling.scheme, schemes=schemes, actor=actor, at=at)
    await move(session, tip, TO_STATE[ruling.kind], actor=actor, reason=reason, at=at)
    decision = Decision(
        id=new_id("dec"),
        tip_id=tip.id,
        officer_id=officer.id,
        kind=ruling.kind.value,
        state_before=state_before,
        state_after=tip.state,
        reason=reason,
        said=said,
        department=tip.department if ruling.kind is DecisionKind.route else None,
        merged_into=tip.merged_into,
        scheme_before=scheme_before,
        scheme_after=tip.scheme_code,
        decided_at=at,
    )
    session.add(decision)
    await session.flush()
    await custody.record(
        session,
        actor=actor,
        act="tip.decided",
        subject=tip.id,
        at=at,
        detail={
            "decision": decision.id,
            "kind": ruling.kind.value,
            "reason": reason,
            "said": said,
            "department": decision.department,
            "merged_into": decision.merged_into,
        },
    )
    await _teach(session, tip, ruling, actor=actor, at=at)
    await queue.drop_claim(session, tip.id)
    notice = _NOTICES.get(ruling.kind) or (_NOTICES_WITH_WORDS.get(ruling.kind) if said else None)
    if tip.merged_into is not None and notice is NoticeKind.merged:
        notice = await _result_of(session, tip.merged_into) or notice
    if notice is not None:
        await notices.owe(session, notice, reporter_id=tip.reporter_id, at=at, tip=tip, detail=detail)
    if ruling.kind in (DecisionKind.recognise, DecisionKind.not_recognise):
        await _tell_who_reported_the_same(session, tip, _NOTICES[ruling.kind], at)
    return decision


async def _result_of(session: AsyncSession, tip_id: str) -> NoticeKind | None:
    """What came of a tip that others are merged into; None where that is open."""
    state = (await session.exec(select(Tip.state).where(col(Tip.id) == tip_id))).one()
    known = {TipState.recognised: NoticeKind.recognised, TipState.not_recognised: NoticeKind.not_recognised}
    return known.get(TipState(state))


async def _tell_who_reported_the_same(
    session: AsyncSession, tip: Tip, result: NoticeKind, at: datetime
) -> None:
    """Whoever's tip was merged into this one learns what came of it, once, without the officer's words to the other
    reporter. One person's own two tips are one piece of news."""
    told, into = {tip.reporter_id}, [tip.id]
    while into:  # what was merged into a tip that was merged later came along with it
        merged = await session.exec(
            select(Tip).where(col(Tip.merged_into).in_(into)).order_by(col(Tip.submitted_at))
        )
        others = merged.all()
        for other in others:
            if other.reporter_id not in told:
                told.add(other.reporter_id)
                await notices.owe(session, result, reporter_id=other.reporter_id, at=at, tip=other)
        into = [other.id for other in others]


async def _teach(session: AsyncSession, tip: Tip, ruling: Ruling, *, actor: str, at: datetime) -> None:
    """What the matcher learns of the decision."""
    if ruling.kind is DecisionKind.recognise and tip.scheme_code is not None:
        await learning.learn(session, tip, tip.scheme_code, actor=actor, at=at)
    elif ruling.kind in (DecisionKind.not_recognise, DecisionKind.screen_out) and ruling.is_honest:
        await learning.learn(session, tip, None, actor=actor, at=at)
    elif ruling.kind is DecisionKind.accept:
        await learning.unlearn(session, tip, actor=actor, at=at)


def _check_words(reason: str, said: str) -> None:
    if len(reason) < 4:
        raise ReasonMissing
    for what, text, most in (("理由", reason, MAX_REASON), ("给举报人的话", said, MAX_SAID)):
        if len(text) > most:
            raise TextTooLong(what=what, most=most)
    refuse_promises(said)


async def _fill_in(
    session: AsyncSession,
    tip: Tip,
    ruling: Ruling,
    *,
    said: str,
    departments: Mapping[str, str],
    at: datetime,
) -> dict[str, Any]:
    """Sets what belongs to the kind on the tip, and returns what the notice says beside its kind."""
    detail: dict[str, Any] = {"text": said} if said else {}
    if ruling.kind is DecisionKind.need_more:
        if not said:
            raise QuestionMissing
        await _refuse_second_question(session, tip, at)
        tip.asked = said
        return {"asked": said}
    tip.asked = ""
    if ruling.kind is DecisionKind.merge:
        # The notice says nothing of the other receipt: it belongs to somebody else.
        tip.merged_into = await _duplicate(session, tip, ruling.duplicate_of)
    elif ruling.kind is DecisionKind.accept:
        tip.merged_into = None
    elif ruling.kind is DecisionKind.close:
        await _refuse_while_rewarding(session, tip)
    elif ruling.kind is DecisionKind.route:
        name = departments.get(ruling.department)
        if name is None:
            raise DepartmentUnknown(department=ruling.department)
        tip.department = ruling.department
        detail["department"] = name
    return detail


async def _refuse_while_rewarding(session: AsyncSession, tip: Tip) -> None:
    reward = await track.reward_of(session, tip.id, lock=True)
    if reward is not None and track.is_under_way(reward):
        raise RewardUnderWay(state=track.LABELS[track.RewardState(reward.state)])


async def _refuse_second_question(session: AsyncSession, tip: Tip, at: datetime) -> None:
    last = (
        await session.exec(
            select(Decision.decided_at)
            .where(col(Decision.tip_id) == tip.id, col(Decision.kind) == DecisionKind.need_more.value)
            .order_by(col(Decision.decided_at).desc())
            .limit(1)
        )
    ).first()
    if last is not None and at < last + ASK_AGAIN_AFTER:
        raise AskedRecently(when=local_text(last + ASK_AGAIN_AFTER))


async def _one_merge_at_a_time(session: AsyncSession) -> None:
    """Two merges at once, A into B and B into A, would each see the other tip unmerged and close a circle.

    Taken before the tip is locked, so that whoever waits here holds nothing. SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(_MERGING)))


async def _duplicate(session: AsyncSession, tip: Tip, text: str) -> str:
    """The id of the tip that `text` names, or of the one which that one was merged into."""
    if not text.strip():
        raise DuplicateMissing
    receipt = read_receipt(text)
    other = None
    if receipt is not None:
        other = (await session.exec(select(Tip).where(col(Tip.receipt) == receipt))).first()
    if other is None:
        raise DuplicateUnknown(receipt=text.strip()[:40])
    passed = {tip.id}
    while other is not None:
        if other.id in passed:
            raise DuplicateOfItself
        passed.add(other.id)
        if other.merged_into is None:
            return other.id
        other = await session.get(Tip, other.merged_into)
    raise DuplicateUnknown(receipt=text.strip()[:40])


async def _correct_scheme(
    session: AsyncSession, tip: Tip, scheme: str | None, *, schemes: Collection[str], actor: str, at: datetime
) -> None:
    if scheme is None or scheme == tip.scheme_code:
        return
    if scheme not in schemes:
        raise SchemeUnknown(scheme=scheme)
    before, tip.scheme_code = tip.scheme_code, scheme
    await custody.record(
        session,
        actor=actor,
        act="tip.scheme_corrected",
        subject=tip.id,
        at=at,
        detail={"from": before, "to": scheme},
    )


async def of_tip(session: AsyncSession, tip_id: str) -> list[Decision]:
    """Every decision on the tip, oldest first."""
    rows = await session.exec(
        select(Decision)
        .where(col(Decision.tip_id) == tip_id)
        .order_by(col(Decision.decided_at), col(Decision.id))
    )
    return list(rows.all())


async def scheme_was_corrected(session: AsyncSession, tip_id: str) -> bool:
    """Whether an officer set the tip's scheme: the matcher must not set it back."""
    rows = await session.exec(
        select(Decision.id)
        .where(
            col(Decision.tip_id) == tip_id,
            col(Decision.scheme_after).is_not(None),
            col(Decision.scheme_before).is_distinct_from(col(Decision.scheme_after)),
        )
        .limit(1)
    )
    return rows.first() is not None


async def was_routed(session: AsyncSession, tip_id: str) -> bool:
    """Whether an officer chose the tip's department: no suggestion may replace it."""
    rows = await session.exec(
        select(Decision.id)
        .where(col(Decision.tip_id) == tip_id, col(Decision.kind) == DecisionKind.route.value)
        .limit(1)
    )
    return rows.first() is not None
