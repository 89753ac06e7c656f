"""9 人工 from the citizen's message to the officer's answer, in each language; and a draft that is reminded of."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.channels import RemoteMedia
from bot.conversation.messages import Arrived, Said, SentPlace
from bot.reminders import remind_all
from bot.tables import OutboxMessage
from entrypoints.desk import Desk
from foundation.clock import now
from moderation import help_desk
from moderation.officers import Role
from moderation.tables import HelpRequest, Officer
from reports import notices
from reports.notices import NoticeKind
from reports.tables import AuditEntry
from tests.bot.chatting import NINE, Person, ScriptedChannel, heard
from tests.jobs import Jobs

SPOKEN = {
    "zh-Hans": ("简体", "已经叫工作人员了", "这会儿他们下班了", "工作人员回复您"),
    "zh-Hant": ("繁體", "已經叫工作人員了", "這會兒他們下班了", "工作人員回覆您"),
    "en": ("English", "I have called our staff", "They are off duty now", "Our staff answer"),
}


async def _waiting(desk: Desk) -> list[HelpRequest]:
    async with desk.reading() as session:
        return await help_desk.waiting_list(session)


@pytest.mark.parametrize("language", SPOKEN)
async def test_a_word_with_an_officer_goes_there_and_back(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel, language: str
) -> None:
    name, called, closed, answered = SPOKEN[language]
    await person.says(name)
    assert called in await person.says("9")
    await person.says("我听不清电话")
    [request] = await _waiting(desk)
    assert request.words == "我听不清电话"
    assert not request.urgent
    officer = Officer(
        id="off_1", login="li.na", name="李娜", role=Role.reviewer.value, password_hash="", created_at=NINE
    )
    async with desk.transaction() as session:
        session.add(officer)
        await session.flush()
        await help_desk.answer(session, request.id, text="可以来服务站。", officer=officer, at=now())
    await jobs.run_all()
    assert platform.sent[-1][1] == f"{answered}{':' if language == 'en' else '：'}\n可以来服务站。"
    await person.says("0")
    person.at += timedelta(hours=12)
    assert closed in await person.says("9")


@pytest.mark.parametrize(
    "cry", ["钱都没了，活不下去了", "錢都沒了，活不下去了", "I don't want to live any more"]
)
async def test_somebody_in_distress_is_put_before_an_officer_as_urgent(
    desk: Desk, person: Person, cry: str
) -> None:
    await person.says("9", "在吗")
    answer = await person.says(cry)
    assert "110" in answer
    assert "120" in answer
    [request] = await _waiting(desk)
    assert request.urgent
    assert cry in request.words


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_despair_in_pieces_under_a_photo_and_where_they_are_lie_in_one_urgent_request(
    desk: Desk, person: Person
) -> None:
    await person.says("我要举报", "我", "不想")
    assert "120" in await person.says("活了")
    assert "110" in heard(await person.does(SentPlace(29.102031, 119.640012, "望江桥")))
    await person.sends_file("voice-1", "voice")
    other = Person(desk, at=person.at)
    media = (RemoteMedia("picture", "photo-1"),)
    taken = await desk.inbox.take_in(other.arrival(Said("这张照片留给孩子，我不想活了"), media=media))
    assert "120" in heard(taken)
    first, second = await _waiting(desk)
    assert first.urgent
    assert first.words == "我不想活了\n【发来位置】望江桥（纬度 29.102031，经度 119.640012）\n【发来语音】"
    assert second.urgent
    assert second.words == "这张照片留给孩子，我不想活了"


@pytest.mark.parametrize(
    "promise", ["我们保证追回您的钱", "我們保證追回您的錢", "We guarantee your money back"]
)
async def test_a_promise_that_came_in_by_another_way_is_not_delivered(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel, promise: str
) -> None:
    await person.says("9")
    [request] = await _waiting(desk)
    async with desk.transaction() as session:
        await notices.owe(
            session,
            NoticeKind.officer_answer,
            reporter_id=request.reporter_id,
            at=NINE,
            detail={"text": promise},
        )
    await jobs.run_all()
    assert promise not in platform.sent[-1][1]
    assert "请打" in platform.sent[-1][1]
    async with desk.reading() as session:
        acts = (await session.exec(select(AuditEntry.act))).all()
    assert "notice.promise_withheld" in acts


async def test_a_draft_is_reminded_of_once_after_a_day(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    await person.says("文字举报", "楼下有人说能修征信")
    assert await remind_all(desk, person.at + timedelta(hours=23)) == 0
    assert await remind_all(desk, person.at + timedelta(hours=25)) == 1
    assert await remind_all(desk, person.at + timedelta(hours=26)) == 0
    await jobs.run_all()
    assert [text for _, text in platform.sent if "还没报完" in text] == [platform.sent[-1][1]]
    person.at += timedelta(days=3)
    assert "哪里看到的" in await person.says("说完了")


async def test_who_has_no_draft_is_not_disturbed(desk: Desk, person: Person) -> None:
    await person.reports()
    assert await remind_all(desk, person.at + timedelta(hours=25)) == 0
    async with desk.reading() as session:
        assert (await session.exec(select(OutboxMessage))).all() == []


async def test_the_first_greeting_is_in_the_platforms_language_and_the_rest_in_the_persons_own(
    desk: Desk, person: Person
) -> None:
    first = heard(await desk.inbox.take_in(person.arrival(Arrived(), speaks="en-GB")))
    assert first.startswith("Hello")
    assert "中文" in first
    answer = heard(await desk.inbox.take_in(person.arrival(Said("我要举报"), speaks="en-GB")))
    assert "请拍张照片" in answer
    assert "photo" in await person.says("English")
