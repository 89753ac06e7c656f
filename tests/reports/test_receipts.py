"""What a reporter sees of a tip, and what whoever found a receipt does not."""

from datetime import timedelta

from foundation.clock import CHINA
from reports import receipts
from reports.jurisdictions.jurisdiction import read_jurisdiction
from reports.receipts import SHOWN_AT_ONCE
from reports.rewards import track
from reports.states import TipState, move
from reports.tables import Reward, Tip
from tests.reports.reporting import NINE, Office

RULES = read_jurisdiction("demo-county").rewards


async def _rewarded(office: Office, reporter: str) -> tuple[Tip, Reward]:
    tip = await office.tip(reporter, state=TipState.recognised)
    async with office.transaction() as session:
        reward = await track.propose(
            session,
            tip,
            officer_id="off_a",
            tier="lead",
            amount_fen=20000,
            reason="查实",
            rules=RULES,
            at=NINE,
        )
        await track.approve(session, reward, tip, officer_id="off_b", rules=RULES, at=NINE)
    return tip, reward


async def test_the_reporter_sees_state_question_result_and_reward(office: Office) -> None:
    reporter = await office.reporter()
    tip, reward = await _rewarded(office, reporter)
    async with office.transaction() as session:
        until = track.claim_until(NINE, RULES)
        reward = await session.merge(reward)
        await track.note_told(session, reward, NINE, until)
    async with office.reading() as session:
        (card,) = await receipts.by_receipt(session, tip.receipt, reporter)
    assert (card.receipt, card.state) == (tip.receipt, TipState.recognised)
    assert card.reward is track.RewardState.notified
    assert card.claim_until == until.astimezone(CHINA).date()


async def test_a_stranger_with_the_receipt_sees_the_state_and_nothing_personal(office: Office) -> None:
    reporter, stranger = await office.reporter(), await office.reporter()
    tip, _ = await _rewarded(office, reporter)
    asked = await office.tip(reporter)
    async with office.transaction() as session:
        asked = await session.get_one(Tip, asked.id)
        asked.asked = "您家门牌号是多少？"
        await move(session, asked, TipState.need_more, actor="officer:off_1", reason="地点不清", at=NINE)
    async with office.reading() as session:
        (seen,) = await receipts.by_receipt(session, tip.receipt, stranger)
        (question,) = await receipts.by_receipt(session, asked.receipt, stranger)
        (own,) = await receipts.by_receipt(session, asked.receipt, reporter)
    assert (seen.state, seen.reward, seen.claim_until) == (TipState.recognised, None, None)
    assert (question.state, question.asked) == (TipState.need_more, "")
    assert own.asked == "您家门牌号是多少？"


async def test_an_unknown_receipt_shows_nothing(office: Office) -> None:
    async with office.reading() as session:
        assert await receipts.by_receipt(session, "QS-2222-2222-2", "rep_x") == []


async def test_an_old_question_is_not_shown_once_it_was_answered(office: Office) -> None:
    reporter = await office.reporter()
    tip = await office.tip(reporter)
    async with office.transaction() as session:
        tip = await session.get_one(Tip, tip.id)
        tip.asked = "是哪一栋楼？"
        await move(session, tip, TipState.accepted, actor="officer:off_1", reason="清楚", at=NINE)
    async with office.reading() as session:
        (card,) = await receipts.of_reporter(session, reporter)
    assert card.asked == ""


async def test_ones_own_tips_come_newest_first_and_nobody_elses(office: Office) -> None:
    reporter = await office.reporter()
    await office.tip(await office.reporter())
    tips = []
    for day in range(SHOWN_AT_ONCE + 2):
        tip = await office.tip(reporter)
        async with office.transaction() as session:
            tip = await session.get_one(Tip, tip.id)
            tip.submitted_at = NINE + timedelta(days=day)
            session.add(tip)
        tips.append(tip.receipt)
    async with office.reading() as session:
        cards = await receipts.of_reporter(session, reporter)
    assert [card.receipt for card in cards] == tips[::-1][:SHOWN_AT_ONCE]


async def test_every_state_can_be_shown(office: Office) -> None:
    reporter = await office.reporter()
    tip = await office.tip(reporter)
    for state in TipState:
        async with office.transaction() as session:
            fresh = await session.get_one(Tip, tip.id)
            fresh.state = state.value
            session.add(fresh)
        async with office.reading() as session:
            (card,) = await receipts.by_receipt(session, tip.receipt, reporter)
        assert card.state is state
