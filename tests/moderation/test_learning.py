"""What a decision teaches the matcher."""

from sqlmodel import select

from knowledge.learning import exemplars
from moderation import decisions
from moderation.rulings import DecisionKind, Ruling
from moderation.tables import Officer
from reports.tables import AuditEntry, Tip
from tests.moderation.judging import NINE, JudgingDesk

WORDS = "桥头镇有人说交八百就能修复征信，打13800138000。张建国也交了。我叫李小花"


async def _decide(
    desk: JudgingDesk, tip: Tip, officer: Officer, kind: DecisionKind, **fields: object
) -> None:
    async with desk.transaction() as session:
        await decisions.decide(
            session,
            tip.id,
            Ruling(kind, "与窗口核对过", **fields),  # type: ignore[arg-type]
            officer=officer,
            departments={},
            schemes={"credit_repair"},
            at=NINE,
        )


async def _known(desk: JudgingDesk) -> list[tuple[str, str | None]]:
    async with desk.database.reading() as session:
        return [(row.text, row.scheme) for row in await exemplars.that_count(session)]


async def test_recognised_tip_teaches_its_scheme_and_nothing_of_its_reporter(
    judging_desk: JudgingDesk,
) -> None:
    officer, tip = await judging_desk.officer("li"), await judging_desk.tip(WORDS, place="桥头镇")
    await _decide(judging_desk, tip, officer, DecisionKind.accept)
    assert await _known(judging_desk) == []
    await _decide(judging_desk, tip, officer, DecisionKind.recognise, scheme="credit_repair")
    ((text, scheme),) = await _known(judging_desk)
    assert scheme == "credit_repair"
    assert "修复征信" in text
    assert not any(own in text for own in ("李小花", "张建国", "桥头", "13800138000"))
    async with judging_desk.database.reading() as session:
        acts = (await session.exec(select(AuditEntry.act))).all()
    assert "exemplar.learnt" in acts


async def test_refusal_teaches_nothing_unless_it_is_ticked(judging_desk: JudgingDesk) -> None:
    officer = await judging_desk.officer("li")
    silent, ticked = (
        await judging_desk.tip("群里有人说能修复征信"),
        await judging_desk.tip("社区通知老人体检"),
    )
    await _decide(judging_desk, silent, officer, DecisionKind.screen_out)
    assert await _known(judging_desk) == []
    await _decide(judging_desk, ticked, officer, DecisionKind.screen_out, is_honest=True)
    assert await _known(judging_desk) == [("社区通知老人体检", None)]


async def test_tip_that_is_taken_up_again_takes_back_what_it_taught(judging_desk: JudgingDesk) -> None:
    officer, tip = await judging_desk.officer("li"), await judging_desk.tip("社区通知老人体检")
    await _decide(judging_desk, tip, officer, DecisionKind.screen_out, is_honest=True)
    await _decide(judging_desk, tip, officer, DecisionKind.accept)
    assert await _known(judging_desk) == []
