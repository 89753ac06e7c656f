"""The end of the claim window: the reporter is reminded, and what nobody came for lapses."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from reports import custody, notices
from reports.notices import NoticeKind
from reports.rewards.track import RewardState, note_lapsed
from reports.tables import Reward, Tip

REMINDED_BEFORE = (timedelta(days=7), timedelta(days=1))
"""Before the end, besides once at half of the window. Our own choice: no rule we know of asks for any."""
AT_ONCE = 500


def reminder_owed(reward: Reward, at: datetime) -> bool:
    """Whether a moment for a reminder has passed since the last one, or since the reporter was told."""
    if reward.claim_until is None or reward.approved_at is None or at >= reward.claim_until:
        return False
    half = reward.approved_at + (reward.claim_until - reward.approved_at) / 2
    moments = (half, *(reward.claim_until - span for span in REMINDED_BEFORE))
    last = reward.told_at or reward.approved_at
    return any(last < moment <= at for moment in moments)


async def remind(session: AsyncSession, at: datetime) -> int:
    """Owes a notice to whoever should be reminded at `at`; how many there were. However late it runs, one each."""
    count = 0
    for reward, tip in await _notified(session):
        if not reminder_owed(reward, at):
            continue
        reward.told_at = at
        session.add(reward)
        await notices.owe(
            session,
            NoticeKind.reward_reminder,
            reporter_id=tip.reporter_id,
            at=at,
            tip=tip,
            detail={"claim_until": reward.claim_until.isoformat() if reward.claim_until else ""},
        )
        await custody.record(session, actor=custody.SYSTEM, act="reward.reminded", subject=tip.id, at=at)
        count += 1
    return count


async def lapse(session: AsyncSession, at: datetime) -> int:
    """Ends every claim window that is over at `at`, and tells the reporter; how many there were."""
    count = 0
    for reward, tip in await _notified(session, ended_by=at):
        await note_lapsed(session, reward, at)
        await notices.owe(session, NoticeKind.reward_lapsed, reporter_id=tip.reporter_id, at=at, tip=tip)
        count += 1
    return count


async def _notified(
    session: AsyncSession, *, ended_by: datetime | None = None
) -> Sequence[tuple[Reward, Tip]]:
    """Rewards whose window runs, the one that ends first in front, locked; `ended_by` narrows to those that are over."""
    query = (
        select(Reward, Tip)
        .join(Tip, col(Tip.id) == col(Reward.tip_id))
        .where(col(Reward.state) == RewardState.notified.value)
        .order_by(col(Reward.claim_until), col(Reward.id))
        .limit(AT_ONCE)
        .with_for_update(of=Reward)
    )
    if ended_by is not None:
        query = query.where(col(Reward.claim_until) < ended_by)
    return (await session.exec(query)).all()
