"""Rewards as officers handle them: each step by the role it belongs to, large amounts with finance's consent."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from moderation.officers import May, may, require
from moderation.tables import Officer
from reports.jurisdictions.jurisdiction import RewardRules
from reports.rewards import track
from reports.rewards.track import ConsentMissing
from reports.tables import Reward, Tip


async def consent(
    session: AsyncSession, reward: Reward, *, officer: Officer, rules: RewardRules, at: datetime
) -> None:
    """Finance agrees to an amount from the local rules' threshold on. Raises NotAllowed for any other role."""
    require(officer, May.consent_reward)
    await track.consent(session, reward, officer_id=officer.id, rules=rules, at=at)


async def approve(
    session: AsyncSession, reward: Reward, tip: Tip, *, officer: Officer, rules: RewardRules, at: datetime
) -> None:
    """A supervisor approves. A consent counts only while the one who gave it still works for finance."""
    require(officer, May.approve_reward)
    if track.needs_consent(reward, rules) and reward.consented_by is not None:
        consenting = await session.get(Officer, reward.consented_by)
        if consenting is None or not (consenting.is_active and may(consenting, May.consent_reward)):
            raise ConsentMissing(threshold=track.in_yuan(rules.approval_threshold_fen))
    await track.approve(session, reward, tip, officer_id=officer.id, rules=rules, at=at)


async def take_claim(session: AsyncSession, reward: Reward, *, officer: Officer, at: datetime) -> None:
    """The reporter came to the desk with receipt and papers; the money follows."""
    require(officer, May.pay_reward)
    await track.note_claimed(session, reward, officer_id=officer.id, at=at)
