"""The reward track of a tip: who may take which step, and the steps."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.clock import CHINA
from foundation.errors import Refusal
from foundation.ids import new_id
from reports import custody, notices
from reports.deadlines import end_of_span
from reports.jurisdictions.calendar import NONE_ANNOUNCED, WorkingCalendar
from reports.jurisdictions.jurisdiction import RewardRules
from reports.notices import NoticeKind
from reports.states import TipState
from reports.tables import Reward, Tip


class RewardState(StrEnum):
    """Where a reward stands."""

    proposed = "proposed"
    approved = "approved"
    """Approved by a second officer; the notice is on its way."""
    notified = "notified"
    """The reporter was told; the claim window runs."""
    claimed = "claimed"
    """The reporter came to claim it, outside the chat."""
    paid = "paid"
    lapsed = "lapsed"
    """Not claimed in time."""
    refused = "refused"


R = RewardState

MOVES: dict[RewardState, frozenset[RewardState]] = {
    R.proposed: frozenset({R.approved, R.refused}),
    R.approved: frozenset({R.notified, R.claimed, R.paid, R.lapsed}),
    R.notified: frozenset({R.claimed, R.paid, R.lapsed}),
    R.claimed: frozenset({R.paid}),
    R.paid: frozenset(),
    R.lapsed: frozenset(),
    R.refused: frozenset({R.proposed}),
}

_UNDER_WAY = frozenset({R.proposed, R.approved, R.notified, R.claimed})

LABELS = {
    R.proposed: "已提请，待审批",
    R.approved: "已批准，待通知",
    R.notified: "已通知，待领取",
    R.claimed: "已登记领取，待发放",
    R.paid: "已发放",
    R.lapsed: "逾期未领",
    R.refused: "未批准",
}


class TipNotRecognised(Refusal):
    """只有已核实属实的线索才能提请奖励。"""


class RewardExists(Refusal):
    """这条线索已经有一笔奖励在办理（{state}），同一线索只奖励一次。"""


class TierUnknown(Refusal):
    """本地奖励办法里没有“{tier}”这一档。"""


class AmountOutsideTier(Refusal):
    """“{label}”这一档的金额应在 {low} 元到 {high} 元之间。"""


class SameOfficer(Refusal):
    """提请和审批必须是两个人。"""


class ConsentByApprover(Refusal):
    """财务会签和审批必须是两个人。"""


class ConsentMissing(Refusal):
    """金额达到 {threshold} 元，须先由财务同意，再批准。"""


class ConsentNotNeeded(Refusal):
    """金额未达到 {threshold} 元，不需要财务会签。"""


class BudgetSpent(Refusal):
    """超出本年度奖励预算：还可用 {left} 元。"""


class BudgetNotSet(Refusal):
    """{year} 年的奖励预算还没有设定，请先更新本地奖励办法。"""


class StepNotAllowed(Refusal):
    """这笔奖励现在是“{old}”，不能改为“{new}”。"""


class ReferenceMissing(Refusal):
    """请填写付款凭证号，便于核对。"""


def in_yuan(fen: int) -> str:
    """An amount as people write it, without the unit."""
    return f"{fen / 100:.2f}".removesuffix(".00")


def is_under_way(reward: Reward) -> bool:
    """Whether somebody still has a step to take."""
    return R(reward.state) in _UNDER_WAY


async def reward_of(session: AsyncSession, tip_id: str, *, lock: bool = False) -> Reward | None:
    """The tip's reward, if any was ever proposed."""
    query = select(Reward).where(col(Reward.tip_id) == tip_id)
    return (await session.exec(query.with_for_update() if lock else query)).first()


async def is_any_open(session: AsyncSession, reporter_id: str) -> bool:
    """Whether a reward for a tip of this reporter's is on its way to them."""
    open_states = [R.proposed.value, R.approved.value, R.notified.value, R.claimed.value]
    found = await session.exec(
        select(Reward.id)
        .join(Tip, col(Tip.id) == col(Reward.tip_id))
        .where(col(Tip.reporter_id) == reporter_id, col(Reward.state).in_(open_states))
        .limit(1)
    )
    return found.first() is not None


async def committed_fen(session: AsyncSession, year: int) -> int:
    """What approved and paid rewards of the calendar year (China time) come to."""
    start = datetime(year, 1, 1, tzinfo=CHINA)
    end = datetime(year + 1, 1, 1, tzinfo=CHINA)
    states = [R.approved.value, R.notified.value, R.claimed.value, R.paid.value]
    amounts = await session.exec(
        select(Reward.amount_fen).where(
            col(Reward.state).in_(states), col(Reward.approved_at) >= start, col(Reward.approved_at) < end
        )
    )
    return sum(amounts.all())


async def propose(
    session: AsyncSession,
    tip: Tip,
    *,
    officer_id: str,
    tier: str,
    amount_fen: int,
    reason: str,
    rules: RewardRules,
    at: datetime,
) -> Reward:
    """Proposes a reward within a tier of the local rules."""
    if tip.state != TipState.recognised.value:  # a closed one may have been closed unrecognised
        raise TipNotRecognised
    chosen = next((t for t in rules.tiers if t.code == tier), None)
    if chosen is None:
        raise TierUnknown(tier=tier)
    if not chosen.min_fen <= amount_fen <= chosen.max_fen:
        raise AmountOutsideTier(label=chosen.label, low=in_yuan(chosen.min_fen), high=in_yuan(chosen.max_fen))
    reward = await reward_of(session, tip.id, lock=True)
    if reward is not None and R(reward.state) is not R.refused:
        raise RewardExists(state=LABELS[R(reward.state)])
    if reward is None:
        reward = Reward(
            id=new_id("rwd"),
            tip_id=tip.id,
            state=R.proposed.value,
            tier=tier,
            amount_fen=amount_fen,
            reason=reason,
            rules_version=rules.version,
            proposed_by=officer_id,
            proposed_at=at,
        )
    else:
        reward.state, reward.tier, reward.amount_fen, reward.reason = (
            R.proposed.value,
            tier,
            amount_fen,
            reason,
        )
        reward.proposed_by, reward.proposed_at, reward.refused_by, reward.refusal = officer_id, at, None, ""
        reward.rules_version = rules.version
        reward.consented_by, reward.consented_at = None, None
    session.add(reward)
    await session.flush()
    await _record(
        session, reward, "reward.proposed", officer_id, at, {"tier": tier, "fen": amount_fen, "why": reason}
    )
    return reward


def needs_consent(reward: Reward, rules: RewardRules) -> bool:
    """Whether the amount is one that finance agrees to as well, by the local rules."""
    return reward.amount_fen >= rules.approval_threshold_fen


async def consent(
    session: AsyncSession, reward: Reward, *, officer_id: str, rules: RewardRules, at: datetime
) -> None:
    """Writes down that finance agrees to a large amount. Who may speak for finance is asked by `moderation`."""
    if reward.proposed_by == officer_id:
        raise SameOfficer
    if R(reward.state) is not R.proposed:
        raise StepNotAllowed(old=LABELS[R(reward.state)], new="财务同意")
    if not needs_consent(reward, rules):
        raise ConsentNotNeeded(threshold=in_yuan(rules.approval_threshold_fen))
    reward.consented_by, reward.consented_at = officer_id, at
    session.add(reward)
    await _record(session, reward, "reward.consented", officer_id, at, {"fen": reward.amount_fen})


async def approve(
    session: AsyncSession, reward: Reward, tip: Tip, *, officer_id: str, rules: RewardRules, at: datetime
) -> None:
    """Approves a proposal as a different officer, within the year's budget, and owes the reporter a notice.

    From the rules' threshold on, finance must have agreed before, and that by yet another officer.
    """
    if reward.proposed_by == officer_id:
        raise SameOfficer
    if reward.consented_by == officer_id:
        raise ConsentByApprover
    if needs_consent(reward, rules) and reward.consented_by is None:
        raise ConsentMissing(threshold=in_yuan(rules.approval_threshold_fen))
    year = at.astimezone(CHINA).year
    if year != rules.budget_year:
        raise BudgetNotSet(year=year)
    _step(reward, R.approved)
    reward.approved_by, reward.approved_at = officer_id, at
    session.add(reward)
    await _record(session, reward, "reward.approved", officer_id, at, {"fen": reward.amount_fen})
    # Only now: the audit chain has put approvers in a line, so two at once cannot both take what is left.
    spent = await committed_fen(session, year)
    if spent > rules.budget_fen:
        raise BudgetSpent(left=in_yuan(max(0, rules.budget_fen - spent + reward.amount_fen)))
    await notices.owe(
        session,
        NoticeKind.reward_approved,
        reporter_id=tip.reporter_id,
        at=at,
        tip=tip,
        detail={"claim_days": rules.claim_days, "counted": rules.claim_days_counted.value},
    )


async def refuse(
    session: AsyncSession, reward: Reward, *, officer_id: str, reason: str, at: datetime
) -> None:
    """Refuses a proposal, with a reason; it can be proposed anew."""
    if reward.proposed_by == officer_id:
        raise SameOfficer
    _step(reward, R.refused)
    reward.refused_by, reward.refusal = officer_id, reason
    session.add(reward)
    await _record(session, reward, "reward.refused", officer_id, at, {"why": reason})


async def note_claimed(session: AsyncSession, reward: Reward, *, officer_id: str, at: datetime) -> None:
    """Writes down that the reporter came to claim it, which ends the claim window. The one who proposed it cannot."""
    if reward.proposed_by == officer_id:
        raise SameOfficer
    _step(reward, R.claimed)
    reward.claimed_by, reward.claimed_at = officer_id, at
    session.add(reward)
    await _record(session, reward, "reward.claimed", officer_id, at, {})


async def mark_paid(
    session: AsyncSession, reward: Reward, tip: Tip, *, officer_id: str, reference: str, at: datetime
) -> None:
    """Writes down that the transfer was made, under its voucher number. The one who proposed it cannot."""
    if not reference.strip():
        raise ReferenceMissing
    if reward.proposed_by == officer_id:
        raise SameOfficer
    _step(reward, R.paid)
    reward.paid_by, reward.paid_at, reward.payment_reference = officer_id, at, reference.strip()[:100]
    session.add(reward)
    await _record(session, reward, "reward.paid", officer_id, at, {"reference": reward.payment_reference})
    await notices.owe(session, NoticeKind.reward_paid, reporter_id=tip.reporter_id, at=at, tip=tip)


def claim_until(
    told_at: datetime, rules: RewardRules, calendar: WorkingCalendar = NONE_ANNOUNCED
) -> datetime:
    """The end of the claim window that opens when the reporter is told."""
    return end_of_span(told_at, rules.claim_days, rules.claim_days_counted, calendar)


async def note_told(session: AsyncSession, reward: Reward, at: datetime, claim_until: datetime) -> None:
    """Writes down that the reporter was told, which starts the claim window."""
    if R(reward.state) is not R.approved:
        return
    _step(reward, R.notified)
    reward.claim_until, reward.told_at = claim_until, at
    session.add(reward)
    await custody.record(session, actor=custody.SYSTEM, act="reward.notified", subject=reward.tip_id, at=at)


async def note_lapsed(session: AsyncSession, reward: Reward, at: datetime) -> None:
    """Writes down that the claim window ended and nobody came."""
    _step(reward, R.lapsed)
    session.add(reward)
    await custody.record(session, actor=custody.SYSTEM, act="reward.lapsed", subject=reward.tip_id, at=at)


def _step(reward: Reward, to: RewardState) -> None:
    old = R(reward.state)
    if to not in MOVES[old]:
        raise StepNotAllowed(old=LABELS[old], new=LABELS[to])
    reward.state = to.value


async def _record(
    session: AsyncSession, reward: Reward, act: str, officer_id: str, at: datetime, detail: dict[str, object]
) -> None:
    await custody.record(
        session,
        actor=custody.actor_of_officer(officer_id),
        act=act,
        subject=reward.tip_id,
        at=at,
        detail={"reward": reward.id, **detail},
    )
