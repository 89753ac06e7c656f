"""The reward track: every step, who may take it, and what it may cost."""

import json
from datetime import datetime, timedelta
from itertools import product

import pytest
from sqlmodel import col, select

from foundation.clock import CHINA
from reports import custody, notices, receipts
from reports.jurisdictions.jurisdiction import RewardRules, read_jurisdiction
from reports.rewards import claim_window, track
from reports.rewards.track import (
    LABELS,
    MOVES,
    AmountOutsideTier,
    BudgetNotSet,
    BudgetSpent,
    ReferenceMissing,
    RewardExists,
    RewardState,
    SameOfficer,
    StepNotAllowed,
    TierUnknown,
    TipNotRecognised,
)
from reports.states import TipState, move
from reports.tables import Notice, Reward, Tip
from tests.reports.reporting import NINE, Office

R = RewardState
RULES: RewardRules = read_jurisdiction("demo-county").rewards
LEAD = next(tier for tier in RULES.tiers if tier.code == "lead")

ALLOWED = {
    R.proposed: "approved refused",
    R.approved: "notified claimed paid lapsed",
    R.notified: "claimed paid lapsed",
    R.claimed: "paid",
    R.paid: "",
    R.lapsed: "",
    R.refused: "proposed",
}


async def _recognised(office: Office) -> Tip:
    return await office.tip(state=TipState.recognised)


async def _propose(
    office: Office,
    tip: Tip,
    *,
    by: str = "off_a",
    tier: str = "lead",
    fen: int = LEAD.min_fen,
    at: datetime = NINE,
) -> Reward:
    async with office.transaction() as session:
        return await track.propose(
            session, tip, officer_id=by, tier=tier, amount_fen=fen, reason="线索清楚", rules=RULES, at=at
        )


async def _approve(
    office: Office, tip: Tip, *, by: str = "off_b", at: datetime = NINE, rules: RewardRules = RULES
) -> None:
    async with office.transaction() as session:
        await track.approve(session, await _locked(session, tip), tip, officer_id=by, rules=rules, at=at)


async def _pay(office: Office, tip: Tip, *, by: str = "off_c", reference: str = "2026-PZ-0001") -> None:
    async with office.transaction() as session:
        await track.mark_paid(
            session, await _locked(session, tip), tip, officer_id=by, reference=reference, at=NINE
        )


async def _tell(office: Office, tip: Tip, at: datetime) -> None:
    async with office.transaction() as session:
        await track.note_told(session, await _locked(session, tip), at, track.claim_until(at, RULES))


async def _locked(session: object, tip: Tip) -> Reward:
    reward = await track.reward_of(session, tip.id, lock=True)  # type: ignore[arg-type]
    assert reward is not None
    return reward


async def _state(office: Office, tip: Tip) -> RewardState:
    async with office.reading() as session:
        reward = await track.reward_of(session, tip.id)
    assert reward is not None
    return R(reward.state)


@pytest.mark.parametrize(("old", "new"), list(product(R, R)))
def test_a_step_is_allowed_exactly_where_the_rules_say_so(old: RewardState, new: RewardState) -> None:
    assert (new in MOVES[old]) is (new.value in ALLOWED[old].split())
    assert LABELS[old]


async def test_a_reward_is_proposed_approved_told_and_paid_and_every_step_is_on_record(
    office: Office,
) -> None:
    tip = await _recognised(office)
    await _propose(office, tip)
    await _approve(office, tip)
    told = NINE + timedelta(days=1)
    async with office.transaction() as session:
        await track.note_told(session, await _locked(session, tip), told, track.claim_until(told, RULES))
    assert await _state(office, tip) is R.notified
    await _pay(office, tip, reference=" 2026-PZ-0001 ")
    async with office.reading() as session:
        reward = await track.reward_of(session, tip.id)
        trail = [e for e in await custody.trail_of(session, [tip.id]) if e.act.startswith("reward.")]
        owed = (await session.exec(select(Notice).order_by(col(Notice.id)))).all()
    assert reward is not None
    assert (reward.state, reward.payment_reference, reward.rules_version) == (
        R.paid,
        "2026-PZ-0001",
        RULES.version,
    )
    assert (reward.proposed_by, reward.approved_by, reward.paid_by) == ("off_a", "off_b", "off_c")
    assert [(e.act, e.actor) for e in trail] == [
        ("reward.proposed", "officer:off_a"),
        ("reward.approved", "officer:off_b"),
        ("reward.notified", "system"),
        ("reward.paid", "officer:off_c"),
    ]
    assert json.loads(trail[0].detail)["fen"] == LEAD.min_fen
    assert [notice.kind for notice in owed] == [
        notices.NoticeKind.reward_approved, notices.NoticeKind.reward_paid,
    ]  # fmt: skip


async def test_being_told_twice_does_not_lengthen_the_window(office: Office) -> None:
    tip = await _recognised(office)
    await _propose(office, tip)
    await _approve(office, tip)
    for day in (1, 9):
        told = NINE + timedelta(days=day)
        async with office.transaction() as session:
            await track.note_told(session, await _locked(session, tip), told, track.claim_until(told, RULES))
    async with office.reading() as session:
        reward = await track.reward_of(session, tip.id)
    assert reward is not None
    assert reward.claim_until == track.claim_until(NINE + timedelta(days=1), RULES)


async def test_the_proposer_can_neither_approve_refuse_nor_pay(office: Office) -> None:
    tip = await _recognised(office)
    await _propose(office, tip)
    with pytest.raises(SameOfficer):
        await _approve(office, tip, by="off_a")
    with pytest.raises(SameOfficer):
        async with office.transaction() as session:
            await track.refuse(
                session, await _locked(session, tip), officer_id="off_a", reason="不妥", at=NINE
            )
    await _approve(office, tip)
    with pytest.raises(SameOfficer):
        await _pay(office, tip, by="off_a")
    assert await _state(office, tip) is R.approved


@pytest.mark.parametrize(
    "state",
    [TipState.submitted, TipState.verifying, TipState.not_recognised, TipState.merged, TipState.screened_out],
)
async def test_only_a_recognised_tip_is_rewarded(office: Office, state: TipState) -> None:
    tip = await office.tip()
    tip.state = state.value
    with pytest.raises(TipNotRecognised):
        await _propose(office, tip)


async def test_a_tip_that_was_closed_unrecognised_is_not_rewarded(office: Office) -> None:
    tip = await office.tip(state=TipState.not_recognised)
    async with office.transaction() as session:
        await move(session, tip, TipState.closed, actor="officer:off_1", reason="办结", at=NINE)
    with pytest.raises(TipNotRecognised):
        await _propose(office, tip)


@pytest.mark.parametrize("fen", [LEAD.min_fen - 1, LEAD.max_fen + 1, 0, -1])
async def test_an_amount_outside_its_tier_is_refused_with_the_bounds_in_yuan(
    office: Office, fen: int
) -> None:
    with pytest.raises(AmountOutsideTier, match=r"200 元到 500 元"):
        await _propose(office, await _recognised(office), fen=fen)


@pytest.mark.parametrize("fen", [LEAD.min_fen, LEAD.max_fen])
async def test_the_bounds_belong_to_the_tier(office: Office, fen: int) -> None:
    tip = await _recognised(office)
    await _propose(office, tip, fen=fen)
    assert await _state(office, tip) is R.proposed


async def test_an_unknown_tier_is_refused(office: Office) -> None:
    with pytest.raises(TierUnknown):
        await _propose(office, await _recognised(office), tier="gold")


async def test_a_tip_is_rewarded_once(office: Office) -> None:
    tip = await _recognised(office)
    await _propose(office, tip)
    with pytest.raises(RewardExists):
        await _propose(office, tip, by="off_b")
    await _approve(office, tip)
    await _pay(office, tip)
    with pytest.raises(RewardExists, match="已发放"):
        await _propose(office, tip)
    with pytest.raises(StepNotAllowed):
        await _pay(office, tip)
    with pytest.raises(StepNotAllowed):
        await _approve(office, tip)


async def test_a_refused_proposal_can_be_made_anew_and_forgets_the_refusal(office: Office) -> None:
    tip = await _recognised(office)
    await _propose(office, tip)
    async with office.transaction() as session:
        await track.refuse(
            session, await _locked(session, tip), officer_id="off_b", reason="金额偏高", at=NINE
        )
    with pytest.raises(StepNotAllowed):
        await _approve(office, tip)
    await _propose(office, tip, by="off_b", fen=LEAD.max_fen)
    async with office.reading() as session:
        reward = await track.reward_of(session, tip.id)
    assert reward is not None
    assert (reward.state, reward.proposed_by, reward.refused_by, reward.refusal) == (
        R.proposed,
        "off_b",
        None,
        "",
    )


async def test_no_payment_before_approval_and_none_without_a_voucher(office: Office) -> None:
    tip = await _recognised(office)
    await _propose(office, tip)
    with pytest.raises(StepNotAllowed):
        await _pay(office, tip)
    await _approve(office, tip)
    with pytest.raises(ReferenceMissing):
        await _pay(office, tip, reference=" ")


async def test_the_budget_can_be_spent_to_the_last_fen_and_no_further(office: Office) -> None:
    rules = RULES.model_copy(update={"budget_fen": 2 * LEAD.min_fen})
    tips = [await _recognised(office) for _ in range(3)]
    for tip in tips:
        await _propose(office, tip)
    for tip in tips[:2]:
        await _approve(office, tip, rules=rules)
    with pytest.raises(BudgetSpent, match="还可用 0 元"):
        await _approve(office, tips[2], rules=rules)
    assert await _state(office, tips[2]) is R.proposed


async def test_the_budget_is_that_of_the_year_in_china(office: Office) -> None:
    year = RULES.budget_year
    new_year = datetime(year, 1, 1, tzinfo=CHINA)
    for at, allowed in (
        (new_year - timedelta(seconds=1), False),
        (new_year, True),
        (datetime(year + 1, 1, 1, tzinfo=CHINA) - timedelta(seconds=1), True),
        (datetime(year + 1, 1, 1, tzinfo=CHINA), False),
    ):
        tip = await _recognised(office)
        await _propose(office, tip)
        if allowed:
            await _approve(office, tip, at=at)
        else:
            with pytest.raises(BudgetNotSet):
                await _approve(office, tip, at=at)
    async with office.reading() as session:
        assert await track.committed_fen(session, year) == 2 * LEAD.min_fen
        assert await track.committed_fen(session, year + 1) == 0


async def test_what_was_not_claimed_in_time_is_no_longer_committed(office: Office) -> None:
    tip = await _recognised(office)
    await _propose(office, tip)
    await _approve(office, tip)
    await _tell(office, tip, NINE)
    async with office.transaction() as session:
        assert await claim_window.lapse(session, track.claim_until(NINE, RULES) + timedelta(seconds=1)) == 1
    async with office.reading() as session:
        assert await track.committed_fen(session, RULES.budget_year) == 0


def test_the_claim_window_is_the_one_of_the_rules() -> None:
    until = track.claim_until(NINE, RULES).astimezone(CHINA)
    assert until.date() >= NINE.date() + timedelta(days=RULES.claim_days)
    assert (until.hour, until.minute) == (23, 59)


async def test_nobody_is_reminded_too_often_and_what_nobody_came_for_lapses(office: Office) -> None:
    """Day by day over the whole window, as the daily job goes: three reminders, and one end."""
    tip = await _recognised(office)
    await _propose(office, tip)
    await _approve(office, tip)
    await _tell(office, tip, NINE)
    until = track.claim_until(NINE, RULES)
    reminded, lapsed = [], []
    for day in range((until - NINE).days + 5):
        at = NINE + timedelta(days=day)
        async with office.transaction() as session:
            lapsed += [at] * await claim_window.lapse(session, at)
            reminded += [at] * await claim_window.remind(session, at)
    assert len(reminded) == 3
    assert [(until - at).days for at in reminded[1:]] == [6, 0]
    assert len(lapsed) == 1
    assert until < lapsed[0] <= until + timedelta(days=1)
    assert await _state(office, tip) is R.lapsed
    async with office.reading() as session:
        rows = (await session.exec(select(Notice).where(Notice.tip_id == tip.id).order_by(Notice.id))).all()
        told = [await receipts.as_told(session, row) for row in rows]
    assert [row.kind for row in rows] == ["reward_approved", *["reward_reminder"] * 3, "reward_lapsed"]
    assert (told[1].reward, told[1].claim_until) == (R.notified, until.astimezone(CHINA).date())
    assert told[-1].reward is R.lapsed


async def test_a_sweep_that_ran_late_reminds_once(office: Office) -> None:
    tip = await _recognised(office)
    await _propose(office, tip)
    await _approve(office, tip)
    await _tell(office, tip, NINE)
    late = track.claim_until(NINE, RULES) - timedelta(
        hours=3
    )  # half, a week and a day before: all three went by
    async with office.transaction() as session:
        assert [await claim_window.remind(session, late) for _ in range(2)] == [1, 0]


async def test_whoever_came_to_claim_is_neither_reminded_nor_timed_out(office: Office) -> None:
    tip = await _recognised(office)
    await _propose(office, tip)
    await _approve(office, tip)
    await _tell(office, tip, NINE)
    async with office.transaction() as session:
        await track.note_claimed(session, await _locked(session, tip), officer_id="off_c", at=NINE)
    async with office.transaction() as session:
        assert await claim_window.remind(session, track.claim_until(NINE, RULES) - timedelta(hours=1)) == 0
        assert await claim_window.lapse(session, track.claim_until(NINE, RULES) + timedelta(days=9)) == 0
    await _pay(office, tip)
    assert await _state(office, tip) is R.paid
