"""The help desk: asked, answered, closed."""

from datetime import timedelta

import pytest
from sqlmodel import select

from moderation import help_desk
from moderation.help_desk import AnswerEmpty, AnswerTooLong, HelpClosed, HelpState, HelpUnknown
from moderation.officers import NotAllowed, Role
from moderation.promises import PromiseRefused
from moderation.tables import HelpRequest
from reports import custody
from reports.tables import Notice
from tests.moderation.judging import NINE, JudgingDesk


async def _reporter(desk: JudgingDesk) -> str:
    async with desk.transaction() as session:
        row, _ = desk.vault.new_reporter(NINE)
        session.add(row)
    return row.id


async def _ask(desk: JudgingDesk, reporter_id: str, words: str, minutes: int = 0) -> HelpRequest:
    async with desk.transaction() as session:
        return await help_desk.ask(
            session, reporter_id=reporter_id, words=words, at=NINE + timedelta(minutes=minutes)
        )


async def test_longest_waiting_is_listed_first(judging_desk: JudgingDesk) -> None:
    second = await _ask(judging_desk, await _reporter(judging_desk), "我不会操作", minutes=3)
    first = await _ask(judging_desk, await _reporter(judging_desk), "我的钱转走了")
    async with judging_desk.database.reading() as session:
        assert [r.id for r in await help_desk.waiting_list(session)] == [first.id, second.id]


async def test_words_that_follow_join_the_open_request(judging_desk: JudgingDesk) -> None:
    who = await _reporter(judging_desk)
    first = await _ask(judging_desk, who, "喂")
    again = await _ask(judging_desk, who, "有人吗", minutes=1)
    same = await _ask(judging_desk, who, "有人吗", minutes=2)
    assert first.id == again.id == same.id
    assert same.words == "喂\n有人吗"


async def test_words_that_no_longer_fit_open_another_request(judging_desk: JudgingDesk) -> None:
    who = await _reporter(judging_desk)
    first = await _ask(judging_desk, who, "说" * (help_desk.MAX_WORDS - 2))
    second = await _ask(judging_desk, who, "我在河边", minutes=1)
    third = await _ask(judging_desk, who, "东桥", minutes=2)
    assert [len(first.words), second.id] == [help_desk.MAX_WORDS - 2, third.id]
    assert third.words == "我在河边\n东桥"


async def test_answer_owes_the_reporter_the_words(judging_desk: JudgingDesk) -> None:
    one = await judging_desk.officer("one")
    asked = await _ask(judging_desk, await _reporter(judging_desk), "怎么看进度")
    async with judging_desk.transaction() as session:
        answered = await help_desk.answer(
            session, asked.id, text=" 请回复“我的线索”。 ", officer=one, at=NINE
        )
    assert answered.state == HelpState.answered
    async with judging_desk.database.reading() as session:
        [notice] = (await session.exec(select(Notice))).all()
        acts = [entry.act for entry in await custody.trail_of(session, [asked.id])]
    assert (notice.kind, notice.reporter_id, notice.tip_id) == ("officer_answer", asked.reporter_id, None)
    assert notice.detail["text"] == "请回复“我的线索”。"
    assert acts == ["help.asked", "help.answered"]


async def test_promise_empty_or_endless_answer_is_refused(judging_desk: JudgingDesk) -> None:
    one = await judging_desk.officer("one")
    asked = await _ask(judging_desk, await _reporter(judging_desk), "能要回来吗")
    for text, refusal in (("保证还款", PromiseRefused), ("  ", AnswerEmpty), ("长" * 501, AnswerTooLong)):
        async with judging_desk.transaction() as session:
            with pytest.raises(refusal):
                await help_desk.answer(session, asked.id, text=text, officer=one, at=NINE)
    async with judging_desk.database.reading() as session:
        assert (await session.exec(select(Notice))).all() == []


async def test_closed_request_takes_no_answer_and_a_new_question_opens_a_new_one(
    judging_desk: JudgingDesk,
) -> None:
    one, who = await judging_desk.officer("one"), await _reporter(judging_desk)
    asked = await _ask(judging_desk, who, "你好")
    async with judging_desk.transaction() as session:
        await help_desk.close(session, asked.id, officer=one, at=NINE)
    async with judging_desk.transaction() as session:
        with pytest.raises(HelpClosed):
            await help_desk.answer(session, asked.id, text="您好", officer=one, at=NINE)
    new = await _ask(judging_desk, who, "还在吗", minutes=5)
    assert new.id != asked.id
    async with judging_desk.database.reading() as session:
        assert [r.id for r in await help_desk.earlier(session, new)] == [asked.id]


async def test_finance_answers_nobody_and_an_unknown_request_is_said_so(judging_desk: JudgingDesk) -> None:
    money = await judging_desk.officer("money", Role.finance)
    async with judging_desk.transaction() as session:
        with pytest.raises(NotAllowed):
            await help_desk.answer(session, "hlp_x", text="您好", officer=money, at=NINE)
        with pytest.raises(HelpUnknown):
            await help_desk.find(session, "hlp_x")
