"""Approvals at once and one budget."""

import asyncio
from datetime import UTC, datetime

from sqlmodel import col, select

from foundation.database import Database
from foundation.ids import new_id
from reports import intake
from reports.intake import Submission
from reports.jurisdictions.jurisdiction import RewardRules, read_jurisdiction
from reports.rewards import track
from reports.rewards.track import BudgetSpent, RewardState
from reports.states import TipState
from reports.tables import Reward, Tip
from reports.vault import Vault

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


async def _proposed(database: Database, vault: Vault, rules: RewardRules) -> str:
    async with database.writing() as session:
        reporter, _ = vault.new_reporter(AT)
        session.add(reporter)
        await session.flush()
        submission = Submission(
            reporter_id=reporter.id,
            channel="webchat",
            kind="words",
            submission_key=new_id("key"),
            words="楼道里贴的贷款广告",
        )
        tip = await intake.submit(session, submission, AT)
        tip.state = TipState.recognised.value
        tier = rules.tiers[0]
        await track.propose(
            session,
            tip,
            officer_id="off_a",
            tier=tier.code,
            amount_fen=tier.max_fen,
            reason="查实",
            rules=rules,
            at=AT,
        )
        await session.commit()
        return tip.id


async def test_two_approvals_at_once_do_not_both_take_the_last_of_the_budget(
    database: Database, vault: Vault
) -> None:
    rules = read_jurisdiction("demo-county").rewards
    rules = rules.model_copy(update={"budget_fen": rules.tiers[0].max_fen})
    tips = [await _proposed(database, vault, rules) for _ in range(4)]

    async def approve(tip_id: str) -> None:
        async with database.writing() as session:
            tip = await session.get_one(Tip, tip_id)
            reward = await track.reward_of(session, tip_id, lock=True)
            assert reward is not None
            await track.approve(session, reward, tip, officer_id="off_b", rules=rules, at=AT)
            await session.commit()

    outcomes = await asyncio.gather(*(approve(tip_id) for tip_id in tips), return_exceptions=True)
    assert sum(isinstance(outcome, BudgetSpent) for outcome in outcomes) == len(tips) - 1
    async with database.reading() as session:
        approved = await session.exec(
            select(Reward.amount_fen).where(col(Reward.state) == RewardState.approved.value)
        )
        assert sum(approved.all()) == rules.budget_fen
