"""What a reporter may see of a tip: state, what is asked, result, reward. Nothing else."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.clock import CHINA
from reports.jurisdictions.deadlines import Counting
from reports.notices import RESULTS, NoticeKind
from reports.rewards.track import RewardState, reward_of
from reports.states import TipState
from reports.tables import Notice, Tip

SHOWN_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class TipCard:
    """One tip as its reporter may see it: facts; the words for them are the bot's.

    `reward` is None where none is spoken of. `claim_until` is the last day to claim it, in China; the notice of an
    approved one has instead `claim_days`, `counted` from its arrival.
    """

    receipt: str
    state: TipState
    asked: str
    submitted_at: datetime
    result: NoticeKind | None = None
    """What came of it, as it was told last; it stays when the tip is closed."""
    reward: RewardState | None = None
    claim_until: date | None = None
    claim_days: int = 0
    counted: Counting | None = None


_TOLD = frozenset(RewardState) - {RewardState.refused}
"""A refused proposal is the officers' own matter: nothing had been said to the reporter of it."""


_NEWS = {
    NoticeKind.reward_approved: RewardState.approved,
    NoticeKind.reward_reminder: RewardState.notified,
    NoticeKind.reward_lapsed: RewardState.lapsed,
    NoticeKind.reward_paid: RewardState.paid,
}
"""Where a reward stood when its notice was written."""


async def of_reporter(session: AsyncSession, reporter_id: str) -> list[TipCard]:
    """The reporter's own tips, newest first."""
    tips = await session.exec(
        select(Tip)
        .where(col(Tip.reporter_id) == reporter_id)
        .order_by(col(Tip.submitted_at).desc())
        .limit(SHOWN_AT_ONCE)
    )
    return [await _card(session, tip, owner=True) for tip in tips.all()]


async def by_receipt(
    session: AsyncSession, receipt: str, reporter_id: str, *, shown: bool = False
) -> list[TipCard]:
    """The tip with this receipt. Whoever holds the receipt sees its state; what was asked and the reward are shown
    only to the one who reported, because a receipt may be overheard or found. `shown`: they showed the passphrase as well."""
    tip = (await session.exec(select(Tip).where(col(Tip.receipt) == receipt))).first()
    if tip is None:
        return []
    return [await _card(session, tip, owner=shown or tip.reporter_id == reporter_id)]


async def as_told(session: AsyncSession, notice: Notice) -> TipCard:
    """The card of a notice about a tip: as things stood when it was written, not when it is delivered."""
    tip = (await session.exec(select(Tip).where(col(Tip.id) == notice.tip_id))).one()
    card = await _card(session, tip, owner=True)
    state = TipState(notice.detail.get("state") or tip.state)
    approved = notice.kind == NoticeKind.reward_approved
    until = notice.detail.get("claim_until")
    return replace(
        card,
        state=state,
        result=await _result(session, tip, state, told=notice),
        asked=str(notice.detail.get("asked", "")) if state is TipState.need_more else "",
        reward=_NEWS.get(NoticeKind(notice.kind)),
        claim_until=datetime.fromisoformat(str(until)).astimezone(CHINA).date() if until else None,
        claim_days=int(notice.detail["claim_days"]) if approved else 0,
        counted=Counting(notice.detail["counted"]) if approved else None,
    )


async def _card(session: AsyncSession, tip: Tip, *, owner: bool) -> TipCard:
    state = TipState(tip.state)
    reward = await reward_of(session, tip.id) if owner else None
    stage = RewardState(reward.state) if reward is not None else None
    until = reward.claim_until if reward is not None else None
    return TipCard(
        receipt=tip.receipt,
        state=state,
        asked=tip.asked if owner and state is TipState.need_more else "",
        submitted_at=tip.submitted_at,
        result=await _result(session, tip, state),
        reward=stage if stage in _TOLD else None,
        claim_until=until.astimezone(CHINA).date() if until is not None else None,
    )


_HAS_RESULT = frozenset({TipState.closed} | {TipState(kind.value) for kind in RESULTS})


async def _result(
    session: AsyncSession, tip: Tip, state: TipState, *, told: Notice | None = None
) -> NoticeKind | None:
    """The result that `told` brings, or the last one that was told while the tip stands at one."""
    if told is not None and NoticeKind(told.kind) in RESULTS:
        return NoticeKind(told.kind)
    if state not in _HAS_RESULT:
        return None
    last = (
        await session.exec(
            select(Notice.kind)
            .where(col(Notice.tip_id) == tip.id, col(Notice.kind).in_(kind.value for kind in RESULTS))
            .order_by(col(Notice.created_at).desc(), col(Notice.id).desc())
            .limit(1)
        )
    ).first()
    if last is not None:
        return NoticeKind(last)
    return None if state is TipState.closed else NoticeKind(state.value)
