"""What a reporter may see of a tip: state, what is asked, result, reward. Nothing else."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.clock import CHINA
from reports.jurisdictions.deadlines import Counting
from reports.notices import NoticeKind
from reports.rewards.track import RewardState, reward_of
from reports.states import LABELS, TipState
from reports.tables import Notice, Reward, Tip

SHOWN_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class TipCard:
    """One tip as its reporter sees it; `reward` is a sentence or empty, and never a promise."""

    receipt: str
    state: TipState
    state_label: str
    asked: str
    result: str
    reward: str
    submitted_at: datetime


_DAYS = {Counting.WORKING: "工作日", Counting.CALENDAR: "自然日"}
_NEVER = "我们不会在聊天里要您的银行卡号和验证码。"

_RESULTS: dict[TipState, str] = {
    TipState.recognised: "主管部门已核实并认定。谢谢您。",
    TipState.not_recognised: "主管部门核实后未予认定。记错没关系，谢谢您留心。",
    TipState.merged: "与一条已有线索是同一件事，已合在一起办理。",
    TipState.screened_out: "不属于本系统受理的范围。",
}

_REWARDS: dict[RewardState, str] = {
    RewardState.proposed: "正在按当地办法审核是否奖励。",
    RewardState.approved: f"奖励已批准。请凭回执号到受理窗口登记领取，{_NEVER}",
    RewardState.notified: "奖励已批准。请在{until}前凭回执号到受理窗口登记领取，" + _NEVER,
    RewardState.claimed: "已登记领取，等待发放。",
    RewardState.paid: "奖励已发放。",
    RewardState.lapsed: "奖励已过领取期限。",
}


async def of_reporter(session: AsyncSession, reporter_id: str) -> list[TipCard]:
    """The reporter's own tips, newest first."""
    tips = await session.exec(
        select(Tip)
        .where(col(Tip.reporter_id) == reporter_id)
        .order_by(col(Tip.submitted_at).desc())
        .limit(SHOWN_AT_ONCE)
    )
    return [await _card(session, tip, owner=True) for tip in tips.all()]


async def by_receipt(session: AsyncSession, receipt: str, reporter_id: str) -> list[TipCard]:
    """The tip with this receipt. Whoever holds the receipt sees its state; what was asked and the reward are shown
    only to the one who reported, because a receipt may be overheard or found."""
    tip = (await session.exec(select(Tip).where(col(Tip.receipt) == receipt))).first()
    if tip is None:
        return []
    return [await _card(session, tip, owner=tip.reporter_id == reporter_id)]


async def as_told(session: AsyncSession, notice: Notice) -> TipCard:
    """The card of a notice about a tip: as things stood when it was written, not when it is delivered."""
    tip = (await session.exec(select(Tip).where(col(Tip.id) == notice.tip_id))).one()
    card = await _card(session, tip, owner=True)
    state = TipState(notice.detail.get("state") or tip.state)
    return replace(
        card,
        state=state,
        state_label=LABELS[state],
        asked=str(notice.detail.get("asked", "")) if state is TipState.need_more else "",
        result=_RESULTS.get(state, ""),
        reward=_reward_news(notice),
    )


def _reward_news(notice: Notice) -> str:
    if notice.kind == NoticeKind.reward_approved:
        days = f"{notice.detail['claim_days']} 个{_DAYS[Counting(notice.detail['counted'])]}"
        return f"奖励已批准。请在收到本消息后 {days}内凭回执号到受理窗口登记领取，{_NEVER}"
    return _REWARDS[RewardState.paid] if notice.kind == NoticeKind.reward_paid else ""


def _about(reward: Reward) -> str:
    sentence = _REWARDS.get(RewardState(reward.state), "")
    last = reward.claim_until.astimezone(CHINA) if reward.claim_until else None
    return sentence.replace("{until}", f" {last.month} 月 {last.day} 日" if last else "期限")


async def _card(session: AsyncSession, tip: Tip, *, owner: bool) -> TipCard:
    state = TipState(tip.state)
    reward = await reward_of(session, tip.id) if owner else None
    return TipCard(
        receipt=tip.receipt,
        state=state,
        state_label=LABELS[state],
        asked=tip.asked if owner and state is TipState.need_more else "",
        result=_RESULTS.get(state, ""),
        reward=_about(reward) if reward is not None else "",
        submitted_at=tip.submitted_at,
    )
