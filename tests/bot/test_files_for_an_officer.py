"""Photos and recordings sent in a talk with an officer: beside the words, under the rules of evidence, taken into a tip."""

import pytest
from sqlmodel import select

from bot.channels import ChannelName
from bot.conversation.messages import Said
from entrypoints.desk import Desk
from foundation.clock import now
from moderation import help_desk, help_files
from moderation.officers import NotAllowed, Role
from moderation.tables import Officer
from reports import evidence
from reports.tables import AuditEntry, Evidence, Tip
from tests.bot.chatting import NINE, Person, ScriptedChannel
from tests.bot.test_private_pictures import AD, CARD
from tests.jobs import Jobs

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def the_files(desk: Desk) -> list[Evidence]:
    async with desk.reading() as session:
        [request] = await help_desk.waiting_list(session)
        return (await help_files.of_requests(session, [request.id])).get(request.id, [])


async def an_officer(desk: Desk, role: Role = Role.reviewer) -> Officer:
    officer = Officer(
        id="off_1", login="li.na", name="李娜", role=role.value, password_hash="", created_at=NINE
    )
    async with desk.transaction() as session:
        session.add(officer)
    return officer


async def takes(desk: Desk, officer: Officer, tip_id: str = "") -> Tip:
    async with desk.transaction() as session:
        [request] = await help_desk.waiting_list(session)
        ids = [row.id for row in (await help_files.of_requests(session, [request.id]))[request.id]]
        return await help_files.take(
            session, request.id, ids, tip_id=tip_id, officer=officer, at=now(), jurisdiction="demo-county"
        )


@ONE_DATABASE
@pytest.mark.parametrize("channel", [ChannelName.telegram, ChannelName.wechat, ChannelName.webchat])
async def test_a_photo_in_a_talk_lies_beside_the_words_whatever_the_channel(
    desk: Desk, platform: ScriptedChannel, channel: ChannelName
) -> None:
    desk.channels[channel] = platform
    person = Person(desk, channel=channel)
    await person.says("9", "您看这张")
    if channel is ChannelName.webchat:
        assert "转给工作人员了" in await person.shows(AD)
    else:
        assert "转给工作人员了" in await person.sends_file("photo-1")
        assert "能看能听" in await person.sends_file("voice-1", "voice")
    assert [row.kind for row in await the_files(desk)] == ["picture", "voice"][
        : 1 + (channel is not ChannelName.webchat)
    ]
    async with desk.reading() as session:
        [request] = await help_desk.waiting_list(session)
    assert request.words.startswith("您看这张\n【发来照片】")


async def test_files_become_a_tip_of_their_own_and_its_reporter_is_told(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    officer = await an_officer(desk)
    await person.says("9", "楼下贴的，您看看")
    await person.shows(AD)
    tip = await takes(desk, officer)
    assert tip.words == "楼下贴的，您看看"
    await jobs.run_all()
    assert f"回执号：{tip.receipt}" in platform.sent[-1][1]
    async with desk.reading() as session:
        assert [row.kind for row in await evidence.of_tip(session, tip.id)] == ["picture"]
        taken = (await session.exec(select(AuditEntry).where(AuditEntry.act == "help.files_taken"))).all()
    assert [row.actor for row in taken] == ["officer:off_1"]
    assert tip.receipt in await person.says("0", "我的举报")


@ONE_DATABASE
async def test_files_join_a_tip_of_the_same_reporter_and_of_nobody_else(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    officer = await an_officer(desk)
    stranger = Person(desk)
    await stranger.reports()
    receipt = await person.reports()
    async with desk.reading() as session:
        tips = {tip.receipt: tip for tip in (await session.exec(select(Tip))).all()}
    await person.says("9")
    await person.shows(AD)
    foreign = next(tip for code, tip in tips.items() if code != receipt)
    with pytest.raises(help_files.TipTakesNoFiles):
        await takes(desk, officer, foreign.id)
    await takes(desk, officer, tips[receipt].id)
    with pytest.raises(help_files.NoFilesChosen):
        await takes(desk, officer, tips[receipt].id)
    await jobs.run_all()
    assert f"加到线索 {receipt}" in platform.sent[-1][1]


@ONE_DATABASE
async def test_only_who_judges_takes_files_into_a_tip(desk: Desk, person: Person) -> None:
    officer = await an_officer(desk, Role.finance)
    await person.says("9")
    await person.shows(AD)
    with pytest.raises(NotAllowed):
        await takes(desk, officer)


@ONE_DATABASE
async def test_a_card_of_ones_own_is_asked_about_before_the_officer_sees_it(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    await person.says("9")
    await person.shows(CARD)
    await jobs.run_all()
    assert "像是身份证" in platform.sent[-1][1]
    [row] = await the_files(desk)
    assert evidence.is_withheld(row, now())
    await person.says("不发")
    await jobs.run_all()
    [row] = await the_files(desk)
    assert row.wrapped_key is None
    assert "打在这里" in await person.says("9")


@ONE_DATABASE
async def test_whoever_is_forgotten_leaves_no_file_with_the_officers(
    desk: Desk, jobs: Jobs, person: Person
) -> None:
    await person.says("9")
    await person.shows(AD)
    [row] = await the_files(desk)
    await person.says("删除我的资料", "都删掉")
    await jobs.run_all()
    async with desk.reading() as session:
        assert (await evidence.find(session, row.id)).wrapped_key is None


@ONE_DATABASE
async def test_a_caption_under_the_photo_goes_with_it(desk: Desk, person: Person) -> None:
    await person.says("9")
    assert "转" in await person.shows(AD, "这是他们发的")
    async with desk.reading() as session:
        [request] = await help_desk.waiting_list(session)
    assert request.words == "【发来照片】\n这是他们发的"
    assert len(await the_files(desk)) == 1
    assert (await person.does(Said("0"))).replies
