"""Decisions: every ruling with its reason, its notice and its record."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from moderation import audit, decisions, queue, rulings
from moderation.officers import NotAllowed, Role
from moderation.promises import PromiseRefused
from moderation.queue import HeldByAnother
from moderation.rulings import (
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
from moderation.tables import Claim, Decision, Officer
from reports import custody, receipts
from reports.jurisdictions.jurisdiction import read_jurisdiction
from reports.notices import NoticeKind
from reports.rewards import track
from reports.states import MoveNotAllowed, TipState
from reports.tables import Notice, Tip
from tests.moderation.judging import NINE, JudgingDesk

DEPARTMENTS = {"CFB": "前哨县金融服务中心", "SAMR": "前哨县市场监督管理局"}
SCHEMES = ("credit_repair", "loan_broker")
REASON = "与窗口核对过，依据充分"


async def _decide(
    desk: JudgingDesk, tip: Tip, officer: Officer, kind: DecisionKind, *, at: datetime = NINE, **fields: Any
) -> Decision:
    seen = fields.pop("seen", None)
    ruling = Ruling(kind, fields.pop("reason", REASON), **fields)
    async with desk.transaction() as session:
        return await decisions.decide(
            session,
            tip.id,
            ruling,
            officer=officer,
            departments=DEPARTMENTS,
            schemes=SCHEMES,
            at=at,
            seen=seen,
        )


async def _tip(desk: JudgingDesk, tip: Tip) -> Tip:
    async with desk.database.reading() as session:
        return (await session.exec(select(Tip).where(Tip.id == tip.id))).one()


async def _notices(desk: JudgingDesk, tip: Tip) -> list[Notice]:
    async with desk.database.reading() as session:
        return list(
            (await session.exec(select(Notice).where(Notice.tip_id == tip.id).order_by(Notice.id))).all()
        )


@pytest.mark.parametrize(
    ("kind", "fields", "state", "notice"),
    [
        (DecisionKind.accept, {}, TipState.accepted, "accepted"),
        (DecisionKind.need_more, {"said": "请补拍门头"}, TipState.need_more, "need_more"),
        (DecisionKind.route, {"department": "SAMR"}, TipState.routed, "routed"),
        (DecisionKind.recognise, {}, TipState.recognised, "recognised"),
        (DecisionKind.not_recognise, {}, TipState.not_recognised, "not_recognised"),
        (DecisionKind.screen_out, {"said": "属于合同纠纷"}, TipState.screened_out, "screened_out"),
    ],
)
async def test_each_decision_moves_the_tip_and_owes_its_notice(
    judging_desk: JudgingDesk, kind: DecisionKind, fields: dict[str, Any], state: TipState, notice: str
) -> None:
    tip, one = await judging_desk.tip(), await judging_desk.officer("one")
    decision = await _decide(judging_desk, tip, one, kind, **fields)
    assert (decision.state_before, decision.state_after) == ("submitted", state.value)
    assert (await _tip(judging_desk, tip)).state == state.value
    owed = await _notices(judging_desk, tip)
    assert [n.kind for n in owed] == [notice]
    async with judging_desk.database.reading() as session:
        acts = [entry.act for entry in await custody.trail_of(session, [tip.id])]
        chain = await audit.check_chain(session, judging_desk.vault.audit_secret)
    assert acts == ["tip.submitted", "tip.moved", "tip.decided"]
    assert chain.holds


async def test_question_goes_to_the_reporter_and_the_reason_does_not(judging_desk: JudgingDesk) -> None:
    tip, one = await judging_desk.tip(), await judging_desk.officer("one")
    await _decide(
        judging_desk, tip, one, DecisionKind.need_more, said="请补拍门头招牌", reason="照片看不清店名"
    )
    assert (await _tip(judging_desk, tip)).asked == "请补拍门头招牌"
    [notice] = await _notices(judging_desk, tip)
    assert notice.detail == {"receipt": tip.receipt, "state": "need_more", "asked": "请补拍门头招牌"}


async def test_reporter_is_asked_at_most_once_a_day(judging_desk: JudgingDesk) -> None:
    tip, one = await judging_desk.tip(), await judging_desk.officer("one")
    await _decide(judging_desk, tip, one, DecisionKind.need_more, said="请补拍门头")
    await _decide(judging_desk, tip, one, DecisionKind.accept)
    with pytest.raises(AskedRecently):
        await _decide(
            judging_desk, tip, one, DecisionKind.need_more, said="再问", at=NINE + timedelta(hours=23)
        )
    await _decide(judging_desk, tip, one, DecisionKind.need_more, said="再问", at=NINE + timedelta(hours=24))


async def test_asking_without_a_question_is_refused_and_nothing_stays(judging_desk: JudgingDesk) -> None:
    tip, one = await judging_desk.tip(), await judging_desk.officer("one")
    with pytest.raises(QuestionMissing):
        await _decide(judging_desk, tip, one, DecisionKind.need_more)
    assert (await _tip(judging_desk, tip)).state == "submitted"
    assert await _notices(judging_desk, tip) == []


async def test_a_reason_is_never_optional(judging_desk: JudgingDesk) -> None:
    tip, one = await judging_desk.tip(), await judging_desk.officer("one")
    for kind in DecisionKind:
        with pytest.raises(ReasonMissing):
            await _decide(judging_desk, tip, one, kind, reason="  好 ", said="请补拍", department="CFB")
    with pytest.raises(TextTooLong):
        await _decide(judging_desk, tip, one, DecisionKind.accept, said="长" * 501)


async def test_promise_to_the_reporter_is_refused_but_may_stand_in_the_reason(
    judging_desk: JudgingDesk,
) -> None:
    tip, one = await judging_desk.tip(), await judging_desk.officer("one")
    with pytest.raises(PromiseRefused):
        await _decide(judging_desk, tip, one, DecisionKind.accept, said="您的钱一定追回")
    await _decide(judging_desk, tip, one, DecisionKind.accept, reason="广告写着一定追回，明显不实")


async def test_duplicate_joins_the_root_of_what_it_repeats(judging_desk: JudgingDesk) -> None:
    one = await judging_desk.officer("one")
    root, middle, last = [await judging_desk.tip() for _ in range(3)]
    await _decide(judging_desk, middle, one, DecisionKind.merge, duplicate_of=root.receipt)
    await _decide(
        judging_desk, last, one, DecisionKind.merge, duplicate_of=middle.receipt.lower().replace("-", " ")
    )
    merged = await _tip(judging_desk, last)
    assert (merged.state, merged.merged_into) == ("merged", root.id)
    [notice] = await _notices(judging_desk, last)
    assert root.receipt not in str(notice.detail)
    assert middle.receipt not in str(notice.detail)


async def test_duplicate_of_nothing_unknown_or_itself_is_refused(judging_desk: JudgingDesk) -> None:
    one, tip, other = await judging_desk.officer("one"), await judging_desk.tip(), await judging_desk.tip()
    with pytest.raises(DuplicateMissing):
        await _decide(judging_desk, tip, one, DecisionKind.merge)
    with pytest.raises(DuplicateUnknown):
        await _decide(judging_desk, tip, one, DecisionKind.merge, duplicate_of="QS-2222-2222-2")
    with pytest.raises(DuplicateOfItself):
        await _decide(judging_desk, tip, one, DecisionKind.merge, duplicate_of=tip.receipt)
    await _decide(judging_desk, other, one, DecisionKind.merge, duplicate_of=tip.receipt)
    with pytest.raises(DuplicateOfItself):
        await _decide(judging_desk, tip, one, DecisionKind.merge, duplicate_of=other.receipt)


async def test_route_names_a_department_of_this_place(judging_desk: JudgingDesk) -> None:
    one, tip = await judging_desk.officer("one"), await judging_desk.tip()
    with pytest.raises(DepartmentUnknown):
        await _decide(judging_desk, tip, one, DecisionKind.route, department="FBI")
    decision = await _decide(judging_desk, tip, one, DecisionKind.route, department="SAMR")
    assert decision.department == "SAMR"
    [notice] = await _notices(judging_desk, tip)
    assert notice.detail["department"] == DEPARTMENTS["SAMR"]


async def test_nobody_decides_on_a_tip_that_another_holds(judging_desk: JudgingDesk) -> None:
    tip = await judging_desk.tip()
    one, head = await judging_desk.officer("one"), await judging_desk.officer("head", Role.supervisor)
    async with judging_desk.transaction() as session:
        await queue.claim(session, tip.id, officer=one, at=NINE)
    with pytest.raises(HeldByAnother):  # a supervisor takes the claim off first, on record
        await _decide(judging_desk, tip, head, DecisionKind.accept)
    await _decide(judging_desk, tip, one, DecisionKind.accept)
    async with judging_desk.database.reading() as session:
        assert (await session.exec(select(Claim))).all() == []


async def test_finance_decides_nothing(judging_desk: JudgingDesk) -> None:
    tip, money = await judging_desk.tip(), await judging_desk.officer("money", Role.finance)
    with pytest.raises(NotAllowed):
        await _decide(judging_desk, tip, money, DecisionKind.recognise)


async def test_decision_on_an_outdated_page_is_refused(judging_desk: JudgingDesk) -> None:
    tip, one = await judging_desk.tip(), await judging_desk.officer("one")
    seen = tip.updated_at
    await _decide(judging_desk, tip, one, DecisionKind.accept, at=NINE + timedelta(minutes=1), seen=seen)
    with pytest.raises(TipChanged):
        await _decide(
            judging_desk, tip, one, DecisionKind.recognise, at=NINE + timedelta(minutes=2), seen=seen
        )


async def test_recognised_tip_is_not_decided_again(judging_desk: JudgingDesk) -> None:
    tip, one = await judging_desk.tip(), await judging_desk.officer("one")
    await _decide(judging_desk, tip, one, DecisionKind.recognise)
    assert rulings.possible(await _tip(judging_desk, tip)) == (DecisionKind.close,)
    with pytest.raises(MoveNotAllowed):
        await _decide(judging_desk, tip, one, DecisionKind.not_recognise)


async def test_refused_tip_can_be_taken_up_again(judging_desk: JudgingDesk) -> None:
    tip, root, one = await judging_desk.tip(), await judging_desk.tip(), await judging_desk.officer("one")
    await _decide(judging_desk, tip, one, DecisionKind.merge, duplicate_of=root.receipt)
    await _decide(judging_desk, tip, one, DecisionKind.accept)
    again = await _tip(judging_desk, tip)
    assert (again.state, again.merged_into) == ("accepted", None)


async def test_scheme_is_corrected_on_record_and_only_to_a_known_one(judging_desk: JudgingDesk) -> None:
    tip, one = await judging_desk.tip(), await judging_desk.officer("one")
    with pytest.raises(SchemeUnknown):
        await _decide(judging_desk, tip, one, DecisionKind.accept, scheme="perpetuum_mobile")
    async with judging_desk.database.reading() as session:
        assert not await decisions.scheme_was_corrected(session, tip.id)
    decision = await _decide(judging_desk, tip, one, DecisionKind.accept, scheme="credit_repair")
    assert (decision.scheme_before, decision.scheme_after) == (None, "credit_repair")
    async with judging_desk.database.reading() as session:
        assert await decisions.scheme_was_corrected(session, tip.id)
        acts = [entry.act for entry in await custody.trail_of(session, [tip.id])]
    assert "tip.scheme_corrected" in acts


async def test_trail_tells_in_sentences_who_did_what(judging_desk: JudgingDesk) -> None:
    tip, one = await judging_desk.tip(), await judging_desk.officer("one", name="李娜")
    async with judging_desk.transaction() as session:
        await queue.claim(session, tip.id, officer=one, at=NINE)
    await _decide(judging_desk, tip, one, DecisionKind.route, department="CFB", reason="属于地方金融监管范围")
    async with judging_desk.database.reading() as session:
        told = [(line.who, line.what, line.note) for line in await audit.trail_of_tip(session, tip)]
    assert [(who, what) for who, what, _ in told] == [
        ("举报人", "提交线索"),
        ("李娜", "领取线索"),
        ("李娜", "状态由“已收到，等待查看”变为“已转主管部门”"),
        ("李娜", "作出决定：转办"),
    ]
    assert told[-1][2] == "理由：属于地方金融监管范围；部门：CFB"


async def test_two_officers_who_merge_two_tips_into_each_other_at_once_close_no_circle(
    judging_desk: JudgingDesk,
) -> None:
    one, two = await judging_desk.officer("one"), await judging_desk.officer("two")
    first, second = await judging_desk.tip(), await judging_desk.tip()

    def ruling(into: Tip) -> Ruling:
        return Ruling(DecisionKind.merge, REASON, duplicate_of=into.receipt)

    common: dict[str, Any] = {"departments": DEPARTMENTS, "schemes": SCHEMES, "at": NINE}
    async with judging_desk.database.writing() as session:
        await decisions.decide(session, first.id, ruling(second), officer=one, **common)
        other = asyncio.create_task(
            _decide(judging_desk, second, two, DecisionKind.merge, duplicate_of=first.receipt)
        )
        done, _ = await asyncio.wait({other}, timeout=0.3)
        assert not done  # the second officer's transaction, on a connection of its own, waits for the first
        await session.commit()
    with pytest.raises(DuplicateOfItself):
        await other
    assert (await _tip(judging_desk, first)).merged_into == second.id
    assert (await _tip(judging_desk, second)).merged_into is None


async def test_a_tip_is_followed_to_its_end_and_its_reporter_is_told_of_the_result_alone(
    judging_desk: JudgingDesk,
) -> None:
    officer, tip = await judging_desk.officer("one"), await judging_desk.tip()
    kinds = (DecisionKind.route, DecisionKind.verify, DecisionKind.recognise, DecisionKind.close)
    states = []
    for kind in kinds:
        await _decide(judging_desk, tip, officer, kind, department="CFB")
        states.append((await _tip(judging_desk, tip)).state)
    assert states == ["routed", "verifying", "recognised", "closed"]
    async with judging_desk.database.reading() as session:
        told = (
            await session.exec(select(Notice.kind).where(Notice.tip_id == tip.id).order_by(Notice.id))
        ).all()
        trail = [line.what for line in await audit.trail_of_tip(session, tip)]
    assert told == ["routed", "recognised"]
    assert {"作出决定：核实中", "作出决定：办结"} <= set(trail)
    assert rulings.possible(await _tip(judging_desk, tip)) == ()


async def _told(desk: JudgingDesk, tip: Tip) -> list[tuple[str, str, str]]:
    """Kind of each notice of the tip, the result that its card tells, and the officer's words."""
    async with desk.database.reading() as session:
        rows = (await session.exec(select(Notice).where(Notice.tip_id == tip.id).order_by(Notice.id))).all()
        cards = [await receipts.as_told(session, row) for row in rows]
    return [
        (row.kind, card.result.value if card.result else "", row.detail.get("text", ""))
        for row, card in zip(rows, cards, strict=True)
    ]


async def test_what_an_officer_adds_to_a_silent_decision_is_sent_with_the_result(
    judging_desk: JudgingDesk,
) -> None:
    officer, tip = await judging_desk.officer("one"), await judging_desk.tip()
    await _decide(judging_desk, tip, officer, DecisionKind.accept)
    await _decide(judging_desk, tip, officer, DecisionKind.verify, said="正在核实，请等等")
    await _decide(judging_desk, tip, officer, DecisionKind.recognise)
    await _decide(judging_desk, tip, officer, DecisionKind.close, said="广告已经清掉了，谢谢您")
    assert await _told(judging_desk, tip) == [
        ("accepted", "", ""),
        ("verifying", "", "正在核实，请等等"),
        ("recognised", "recognised", ""),
        ("closed", "recognised", "广告已经清掉了，谢谢您"),
    ]


async def test_whoever_reported_the_same_learns_what_came_of_it_once(judging_desk: JudgingDesk) -> None:
    officer, first = await judging_desk.officer("one"), await judging_desk.tip()
    same, later = await judging_desk.tip(), await judging_desk.tip()
    await _decide(judging_desk, same, officer, DecisionKind.merge, duplicate_of=first.receipt)
    await _decide(judging_desk, first, officer, DecisionKind.recognise, said="只给头一位的话")
    await _decide(judging_desk, later, officer, DecisionKind.merge, duplicate_of=first.receipt)
    assert await _told(judging_desk, same) == [("merged", "merged", ""), ("recognised", "recognised", "")]
    assert await _told(judging_desk, later) == [("recognised", "recognised", "")]
    async with judging_desk.database.reading() as session:
        [card] = await receipts.of_reporter(session, same.reporter_id)
    assert (card.state, card.result) == (TipState.merged, NoticeKind.recognised)


async def test_a_tip_is_not_closed_while_its_reward_is_under_way(judging_desk: JudgingDesk) -> None:
    officer, tip = await judging_desk.officer("one"), await judging_desk.tip()
    await _decide(judging_desk, tip, officer, DecisionKind.recognise)
    rules = read_jurisdiction("demo-county").rewards
    tier = rules.tiers[0]
    async with judging_desk.transaction() as session:
        row = await session.get(Tip, tip.id)
        assert row is not None
        reward = await track.propose(
            session,
            row,
            officer_id=officer.id,
            tier=tier.code,
            amount_fen=tier.min_fen,
            reason="查实",
            rules=rules,
            at=NINE,
        )
    with pytest.raises(RewardUnderWay, match="待审批"):
        await _decide(judging_desk, tip, officer, DecisionKind.close)
    async with judging_desk.transaction() as session:
        await track.refuse(session, reward, officer_id="off_other", reason="不合条件", at=NINE)
    await _decide(judging_desk, tip, officer, DecisionKind.close)
    assert (await _tip(judging_desk, tip)).state == "closed"
