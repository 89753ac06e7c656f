"""The inbox: every message counts once, in order, whoever delivers it however often."""

import asyncio
from dataclasses import replace

import pytest
from sqlmodel import SQLModel, col, func, select

from bot import contacts
from bot.channels import ChannelName, Taken
from bot.conversation.messages import Said
from bot.inbox import Inbox
from bot.tables import Contact, Conversation, InboxMessage, OutboxMessage, WebchatLine
from entrypoints.desk import Desk
from foundation.statements import Write
from moderation.tables import HelpRequest
from reports import custody
from reports.tables import AuditEntry, Evidence, Reporter, Tip
from reports.vault import ReporterErased
from tests.bot.chatting import AD, Person, ScriptedChannel, heard, meanwhile_before_commit
from tests.jobs import Jobs
from tests.leaflets import draw_leaflet


async def _count(desk: Desk, table: type[SQLModel]) -> int:
    async with desk.reading() as session:
        return (await session.exec(select(func.count()).select_from(table))).one()


def _another_process(desk: Desk) -> Inbox:
    """An inbox that knows nothing of what the others are about: only the database keeps them apart."""
    return Inbox(desk)


async def _chain_holds(desk: Desk) -> bool:
    async with desk.reading() as session:
        return (await custody.verify(session, desk.vault.audit_secret)).fault is None


async def _before_submitting(person: Person) -> None:
    await person.says("文字举报", AD, "没有", "东街菜市场门口", "墙上", "没有了")


# ---- second deliveries ---------------------------------------------------------------------------


async def test_a_second_delivery_opens_no_second_tip_and_gets_the_same_replies(
    desk: Desk, person: Person
) -> None:
    await _before_submitting(person)
    submit = person.arrival(Said("提交"))
    first = await desk.inbox.take_in(submit)
    again = [await desk.inbox.take_in(submit) for _ in range(3)]
    assert "回执号：QS-" in heard(first)
    assert first.fresh
    for taken in again:
        assert (taken.replies, taken.contact_id, taken.fresh) == (first.replies, first.contact_id, False)
    assert await _count(desk, Tip) == 1
    assert await _chain_holds(desk)


async def test_deliveries_at_once_open_one_tip_and_all_get_the_same_replies(
    desk: Desk, person: Person
) -> None:
    await _before_submitting(person)
    submit = person.arrival(Said("提交"))
    taken = await asyncio.gather(*(_another_process(desk).take_in(submit) for _ in range(20)))
    assert sum(one.fresh for one in taken) == 1
    assert {one.replies for one in taken} == {taken[0].replies}
    assert "回执号：QS-" in heard(taken[0])
    assert await _count(desk, Tip) == 1


async def test_a_first_contact_from_deliveries_at_once_makes_one_contact(desk: Desk, person: Person) -> None:
    hello = person.arrival(Said("你好"))
    taken = await asyncio.gather(*(_another_process(desk).take_in(hello) for _ in range(20)))
    assert sum(one.fresh for one in taken) == 1
    assert {one.replies for one in taken} == {taken[0].replies}
    assert (await _count(desk, Contact), await _count(desk, Reporter), await _count(desk, InboxMessage)) == (
        1,
        1,
        1,
    )


async def test_first_messages_at_once_make_one_contact_and_are_all_heard(desk: Desk, person: Person) -> None:
    messages = [person.arrival(Said(text)) for text in ("你好", "今天的题", "风险提示", "我的举报", "举报")]
    taken = await asyncio.gather(*(_another_process(desk).take_in(message) for message in messages))
    assert all(one.fresh and one.replies for one in taken)
    assert (await _count(desk, Contact), await _count(desk, Conversation)) == (1, 1)
    assert await _steps(desk) == 5


async def _steps(desk: Desk) -> int:
    async with desk.reading() as session:
        return (await session.exec(select(Conversation.steps))).one()


async def test_messages_of_one_person_at_once_lose_no_step(desk: Desk, person: Person) -> None:
    await person.says("文字举报", "群里有人拉人投资")
    parts = [f"第{n}句：返利{n}成" for n in range(12)]
    messages = [person.arrival(Said(part)) for part in parts]
    await asyncio.gather(*(_another_process(desk).take_in(message) for message in messages))
    await person.says("没有", "东街菜市场门口", "墙上", "没有了", "提交")
    async with desk.reading() as session:
        words = (await session.exec(select(Tip.words))).one()
    assert all(part in words for part in parts)
    assert await _steps(desk) == 2 + 12 + 5


async def test_what_one_person_sends_at_once_takes_no_connections_from_others(
    desk: Desk, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await person.says("文字举报")
    monkeypatch.setattr(desk, "quick_transaction", None)  # where messages wait for a row that is locked
    parts = [f"第{n}句：返利{n}成" for n in range(30)]
    taken = await asyncio.gather(*(person.does(Said(part)) for part in parts))
    assert all(one.fresh for one in taken)
    assert await _steps(desk) == 1 + len(parts)


async def test_many_people_at_once_do_not_get_into_each_others_way(
    desk: Desk, platform: ScriptedChannel
) -> None:
    people = [Person(desk) for _ in range(12)]
    receipts = await asyncio.gather(*(someone.reports() for someone in people))
    assert len(set(receipts)) == len(people)
    assert await _count(desk, Tip) == len(people)
    assert await _chain_holds(desk)


async def test_the_same_id_on_another_channel_is_another_message(desk: Desk, person: Person) -> None:
    desk.channels[ChannelName.wechat] = ScriptedChannel(ChannelName.wechat)
    await person.does(Said("你好"), message_id="77")
    follower = Person(desk, address=person.address, channel=ChannelName.wechat)
    assert (await follower.does(Said("你好"), message_id="77")).fresh
    assert await _count(desk, Contact) == 2


async def test_an_event_without_meaning_is_on_record_and_answered_with_silence(
    desk: Desk, person: Person
) -> None:
    await person.arrives()
    assert (await person.does(None)).replies == ()
    assert await _count(desk, InboxMessage) == 2


async def test_a_message_that_breaks_something_leaves_nothing_behind(desk: Desk, person: Person) -> None:
    await person.says("文字举报")

    def break_it(*_: object) -> list[Write]:
        raise ConnectionError("the power went")

    message = person.arrival(Said(AD))
    with pytest.raises(ConnectionError):
        await desk.inbox.take_in(replace(message, beside=break_it))
    assert await _count(desk, InboxMessage) == 1
    assert (await desk.inbox.take_in(message)).fresh  # the platform delivers it again, and now it is heard
    assert await _steps(desk) == 2


async def test_what_does_not_fit_the_answer_follows_once(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    await _before_submitting(person)
    platform.most_now = 0
    submit = person.arrival(Said("提交"))
    for _ in range(3):
        assert (await desk.inbox.take_in(submit)).replies == ()
    await jobs.run_all()
    assert [address for address, text in platform.sent if "回执号：QS-" in text] == [person.address]


# ---- photos --------------------------------------------------------------------------------------


async def test_a_photo_with_words_under_it_is_heard_as_both(desk: Desk, jobs: Jobs, person: Person) -> None:
    await person.arrives()
    assert "收到 1 张照片" in await person.shows(draw_leaflet(), "在东街看到的")
    await person.says("举报它", "东街菜市场门口", "墙上", "没有了", "提交")
    async with desk.reading() as session:
        tip = (await session.exec(select(Tip))).one()
        row = (await session.exec(select(Evidence))).one()
    assert row.tip_id == tip.id
    assert "在东街看到的" in tip.words


async def _known(desk: Desk, person: Person) -> contacts.Known:
    async with desk.reading() as session:
        known = await contacts.find(session, desk.vault, channel=person.channel.value, address=person.address)
    assert known is not None
    return known


# ---- being forgotten -----------------------------------------------------------------------------


async def _forget(person: Person) -> Taken:
    await person.says("删除我的资料")
    return await person.does(Said("都删掉"))


async def test_a_forgotten_person_is_new_and_nothing_of_theirs_can_be_read(
    desk: Desk, jobs: Jobs, person: Person
) -> None:
    receipt = await person.reports()
    await person.shows(draw_leaflet())
    before = await _known(desk, person)
    farewell = await _forget(person)
    assert "删" in heard(farewell)

    async with desk.reading() as session:
        assert await contacts.find(session, desk.vault, channel="telegram", address=person.address) is None
        reporter = await session.get_one(Reporter, before.reporter_id)
        contact = await session.get_one(Contact, before.contact_id)
        assert await session.get(Conversation, before.contact_id) is None
        messages = (await session.exec(select(InboxMessage))).all()
    assert reporter.wrapped_key is None
    assert contact.address_sealed == b""
    assert person.address not in contact.address_hash
    with pytest.raises(ReporterErased):
        desk.vault.key_of(reporter)
    kept = b"".join(m.raw_sealed + m.replies_sealed for m in messages)
    for plain in (person.address, receipt, "东街", "原样"):
        assert plain.encode() not in kept

    assert "您好" in await person.says("你好")
    assert "没有" in await person.says("我的举报")
    fresh = await _known(desk, person)
    assert fresh.reporter_id != before.reporter_id
    async with desk.reading() as session:
        assert (await session.exec(select(Tip.receipt))).all() == [
            receipt
        ]  # kept under the law, with nobody behind it
    assert await _chain_holds(desk)


async def test_photos_that_were_never_submitted_go_with_the_person(
    desk: Desk, jobs: Jobs, person: Person
) -> None:
    await person.arrives()
    await person.shows(draw_leaflet())
    await _forget(person)
    await jobs.run_all()
    async with desk.reading() as session:
        row = (await session.exec(select(Evidence))).one()
        acts = [entry.act for entry in await custody.trail_of(session, [row.id])]
    assert (row.wrapped_key, row.reading) == (None, None)
    assert acts[-1] == "evidence.forgotten"


async def test_what_was_said_to_a_human_goes_with_the_person(desk: Desk, person: Person) -> None:
    other = Person(desk)
    for someone, words in ((person, "我叫张三，住在东街三号"), (other, "我住在西街")):
        await someone.says("人工", words)
    await _forget(person)
    async with desk.reading() as session:
        requests = (await session.exec(select(HelpRequest))).all()
    assert {(one.words, one.state) for one in requests} == {("", "closed"), ("我住在西街", "open")}


async def test_the_farewell_is_not_repeated_to_nobody(desk: Desk, person: Person) -> None:
    await person.says("删除我的资料")
    last = person.arrival(Said("都删掉"))
    await desk.inbox.take_in(last)
    again = await desk.inbox.take_in(last)
    assert (again.replies, again.fresh) == ((), False)
    assert await _count(desk, Contact) == 1


async def test_a_farewell_that_did_not_fit_the_answer_is_no_failed_job(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    await person.says("删除我的资料")
    platform.most_now = 0
    await person.does(Said("都删掉"))
    await jobs.run_all()
    assert platform.sent == []
    async with desk.reading() as session:
        assert (await session.exec(select(OutboxMessage.state))).one() == "failed"


async def test_being_forgotten_and_writing_on_at_once_ends_well(desk: Desk, person: Person) -> None:
    await person.says("删除我的资料")
    outcomes = await asyncio.gather(
        *(_another_process(desk).take_in(person.arrival(Said(text))) for text in ("都删掉", *["你好"] * 6)),
        return_exceptions=True,
    )
    assert [outcome for outcome in outcomes if isinstance(outcome, BaseException)] == []
    assert await person.says("你好")


async def test_a_message_that_arrives_during_the_farewell_is_a_new_persons(
    desk: Desk, person: Person
) -> None:
    await person.says("删除我的资料")
    before = await _known(desk, person)
    meanwhile: list[asyncio.Task[str]] = []

    async def writes_on() -> None:
        meanwhile.append(asyncio.create_task(person.shows(draw_leaflet())))
        await asyncio.sleep(0.3)

    with meanwhile_before_commit(desk, writes_on):
        await person.does(Said("都删掉"))
    assert "收到 1 张照片" in await meanwhile[0]
    after = await _known(desk, person)
    assert after.reporter_id != before.reporter_id
    async with desk.reading() as session:
        assert (await session.exec(select(Evidence.reporter_id))).all() == [after.reporter_id]


# ---- what is kept --------------------------------------------------------------------------------


async def test_no_word_of_a_chat_lies_open_in_the_database(desk: Desk, person: Person) -> None:
    await person.says("你好", "秘密暗号一二三", "举报", "算了")
    async with desk.reading() as session:
        for table in (Contact, Conversation, InboxMessage, OutboxMessage, WebchatLine, AuditEntry):
            for row in (await session.exec(select(table))).all():
                for value in row.model_dump().values():
                    shown = value if isinstance(value, bytes) else str(value).encode()
                    assert "秘密暗号".encode() not in shown
                    assert person.address.encode() not in shown


async def test_a_contact_is_found_by_a_hash_that_only_this_deployment_can_make(
    desk: Desk, person: Person
) -> None:
    await person.says("你好")
    async with desk.reading() as session:
        hashes = (await session.exec(select(col(Contact.address_hash)))).all()
    assert hashes == [desk.vault.lookup("contact:telegram", person.address)]
