"""Rewards by role: large amounts need finance as well, and nobody stands on both sides."""

import pytest
from sqlmodel import select

from moderation import officers, rewarding
from moderation.officers import NotAllowed, Role
from moderation.tables import Officer
from reports.jurisdictions.jurisdiction import RewardRules, RewardTier, read_jurisdiction
from reports.rewards import track
from reports.rewards.track import (
    ConsentByApprover,
    ConsentMissing,
    ConsentNotNeeded,
    SameOfficer,
    StepNotAllowed,
)
from reports.states import TipState, move
from reports.tables import Reward, Tip
from tests.moderation.judging import NINE, JudgingDesk

RULES: RewardRules = read_jurisdiction("demo-county").rewards
THRESHOLD = RULES.approval_threshold_fen


def _tier(fen: int) -> RewardTier:
    return next(tier for tier in RULES.tiers if tier.min_fen <= fen <= tier.max_fen)


async def _proposed(desk: JudgingDesk, by: Officer, fen: int) -> Tip:
    tip = await desk.tip()
    async with desk.transaction() as session:
        row = await session.get(Tip, tip.id)
        assert row is not None
        await move(session, row, TipState.recognised, actor="officer:off_1", reason="核实", at=NINE)
        await track.propose(
            session,
            row,
            officer_id=by.id,
            tier=_tier(fen).code,
            amount_fen=fen,
            reason="线索清楚",
            rules=RULES,
            at=NINE,
        )
    return tip


async def _consent(desk: JudgingDesk, tip: Tip, by: Officer) -> None:
    async with desk.transaction() as session:
        reward = await track.reward_of(session, tip.id, lock=True)
        assert reward is not None
        await rewarding.consent(session, reward, officer=by, rules=RULES, at=NINE)


async def _approve(desk: JudgingDesk, tip: Tip, by: Officer) -> str:
    async with desk.transaction() as session:
        reward = await track.reward_of(session, tip.id, lock=True)
        row = await session.get(Tip, tip.id)
        assert reward is not None
        assert row is not None
        await rewarding.approve(session, reward, row, officer=by, rules=RULES, at=NINE)
        return reward.state


async def test_from_the_threshold_on_nobody_approves_before_finance_has_agreed(
    judging_desk: JudgingDesk,
) -> None:
    one = await judging_desk.officer("one")
    head, money = (
        await judging_desk.officer("head", Role.supervisor),
        await judging_desk.officer("money", Role.finance),
    )
    tip = await _proposed(judging_desk, one, THRESHOLD)
    with pytest.raises(ConsentMissing, match="5000 元"):
        await _approve(judging_desk, tip, head)
    for other in (one, head):
        with pytest.raises(NotAllowed):
            await _consent(judging_desk, tip, other)
    await _consent(judging_desk, tip, money)
    with pytest.raises(NotAllowed):
        await _approve(judging_desk, tip, money)
    assert await _approve(judging_desk, tip, head) == "approved"
    with pytest.raises(StepNotAllowed):
        await _consent(judging_desk, tip, money)


async def test_one_fen_below_it_a_supervisor_is_enough(judging_desk: JudgingDesk) -> None:
    one, head = await judging_desk.officer("one"), await judging_desk.officer("head", Role.supervisor)
    money = await judging_desk.officer("money", Role.finance)
    tip = await _proposed(judging_desk, one, THRESHOLD - 1)
    with pytest.raises(ConsentNotNeeded):
        await _consent(judging_desk, tip, money)
    assert await _approve(judging_desk, tip, head) == "approved"


async def _now(desk: JudgingDesk, officer: Officer, role: Role) -> Officer:
    async with desk.transaction() as session:
        row = (await session.exec(select(Officer).where(Officer.id == officer.id))).one()
        row.role = role.value
        session.add(row)
    return row


async def test_who_changed_their_role_does_not_stand_on_both_sides(judging_desk: JudgingDesk) -> None:
    one, two = await judging_desk.officer("one"), await judging_desk.officer("two", Role.finance)
    head = await judging_desk.officer("head", Role.supervisor)
    tip = await _proposed(judging_desk, one, THRESHOLD)
    with pytest.raises(SameOfficer):
        await _consent(judging_desk, tip, await _now(judging_desk, one, Role.finance))
    await _consent(judging_desk, tip, two)
    two = await _now(judging_desk, two, Role.supervisor)
    with pytest.raises(ConsentMissing):  # nobody of finance stands behind it any more
        await _approve(judging_desk, tip, head)
    async with judging_desk.transaction() as session:
        reward = await track.reward_of(session, tip.id)
        row = await session.get(Tip, tip.id)
        assert reward is not None
        assert row is not None
        with pytest.raises(ConsentByApprover):
            await track.approve(session, reward, row, officer_id=two.id, rules=RULES, at=NINE)


async def test_the_consent_of_somebody_switched_off_no_longer_counts(judging_desk: JudgingDesk) -> None:
    one, head = await judging_desk.officer("one"), await judging_desk.officer("head", Role.supervisor)
    money = await judging_desk.officer("money", Role.finance)
    tip = await _proposed(judging_desk, one, THRESHOLD)
    await _consent(judging_desk, tip, money)
    async with judging_desk.transaction() as session:
        await officers.switch_off(session, login="money", at=NINE)
    with pytest.raises(ConsentMissing):
        await _approve(judging_desk, tip, head)


async def test_a_new_proposal_needs_a_new_consent(judging_desk: JudgingDesk) -> None:
    one, head = await judging_desk.officer("one"), await judging_desk.officer("head", Role.supervisor)
    money = await judging_desk.officer("money", Role.finance)
    tip = await _proposed(judging_desk, one, THRESHOLD)
    await _consent(judging_desk, tip, money)
    async with judging_desk.transaction() as session:
        reward = await track.reward_of(session, tip.id)
        row = await session.get(Tip, tip.id)
        assert reward is not None
        assert row is not None
        await track.refuse(session, reward, officer_id=head.id, reason="金额偏高", at=NINE)
        tier = _tier(THRESHOLD)
        await track.propose(
            session,
            row,
            officer_id=one.id,
            tier=tier.code,
            amount_fen=THRESHOLD,
            reason="再提",
            rules=RULES,
            at=NINE,
        )
    with pytest.raises(ConsentMissing):
        await _approve(judging_desk, tip, head)


async def test_the_claim_is_taken_by_finance_alone(judging_desk: JudgingDesk) -> None:
    one, head = await judging_desk.officer("one"), await judging_desk.officer("head", Role.supervisor)
    money = await judging_desk.officer("money", Role.finance)
    tip = await _proposed(judging_desk, one, RULES.tiers[0].min_fen)
    await _approve(judging_desk, tip, head)
    async with judging_desk.transaction() as session:
        reward = await track.reward_of(session, tip.id)
        assert isinstance(reward, Reward)
        with pytest.raises(NotAllowed):
            await rewarding.take_claim(session, reward, officer=head, at=NINE)
        await rewarding.take_claim(session, reward, officer=money, at=NINE)
        assert reward.state == "claimed"
