"""Nobody is flooded: a chat's pace holds over processes, the most urgent goes first, and 429 is obeyed."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import text

from bot import contacts, outbox
from bot.channels import Priority, TryLater
from bot.conversation.replies import Reply
from bot.telegram.channel import TelegramChannel
from bot.telegram.pace import AT_ONCE, Pace
from entrypoints.desk import Desk
from tests.bot.telegram.conftest import AT, CHAT, settings
from tests.peers.telegram import TelegramPeer

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Moment:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def moment() -> Moment:
    return Moment()


@pytest_asyncio.fixture
async def processes(
    desk: Desk, peer: TelegramPeer, moment: Moment
) -> AsyncIterator[tuple[TelegramChannel, TelegramChannel]]:
    """The sending sides of two processes over one database."""
    made = [
        TelegramChannel(settings(peer), pace=Pace(desk, peer.token, clock=moment), clock=moment)
        for _ in range(2)
    ]
    yield made[0], made[1]
    for channel in made:
        await channel.close()


async def test_chat_gets_a_few_at_once_and_then_one_a_second_over_all_processes(
    processes: tuple[TelegramChannel, TelegramChannel], peer: TelegramPeer, moment: Moment
) -> None:
    for n in range(AT_ONCE):
        await processes[n % 2].send(str(CHAT), (Reply(str(n)),), key=f"k{n}")
    for channel in processes:
        with pytest.raises(TryLater) as wait:
            await channel.send(str(CHAT), (Reply("again"),), key="again")
        assert wait.value.seconds == pytest.approx(1.0)
    await processes[0].send(str(CHAT + 1), (Reply("another chat"),), key="other")
    moment.at += timedelta(seconds=1.01)
    await processes[1].send(str(CHAT), (Reply("again"),), key="again")
    with pytest.raises(TryLater):
        await processes[0].send(str(CHAT), (Reply("once more"),), key="more")
    assert [message.text for message in peer.said_to(CHAT)] == ["0", "1", "2", "again"]


@ONE_DATABASE
async def test_chat_that_telegram_asked_us_to_leave_alone_is_left_alone(
    processes: tuple[TelegramChannel, TelegramChannel], peer: TelegramPeer, moment: Moment
) -> None:
    peer.flood("sendMessage", 17)
    with pytest.raises(TryLater) as wait:
        await processes[0].send(str(CHAT), (Reply("1"),), key="1")
    assert wait.value.seconds == 17
    with pytest.raises(TryLater) as wait:
        await processes[1].send(str(CHAT), (Reply("2"),), key="2")
    assert wait.value.seconds == pytest.approx(17)
    moment.at += timedelta(seconds=18)
    await processes[1].send(str(CHAT), (Reply("2"),), key="2")
    assert [call.name for call in peer.calls] == ["sendMessage"] * 2


@ONE_DATABASE
async def test_what_waits_is_queued_by_urgency(desk: Desk, peer: TelegramPeer) -> None:
    async with desk.transaction() as session:
        known = await contacts.recognise(session, desk.vault, channel="telegram", address=str(CHAT), at=AT)
        for priority in (Priority.campaign, Priority.notice, Priority.reply):
            await outbox.owe(session, known, [Reply("1")], cause=priority.name, priority=priority, at=AT)
        await outbox.owe(
            session, known, [Reply("110", urgent=True)], cause="stop", priority=Priority.reply, at=AT
        )
    async with desk.reading() as session:
        rows = (
            await (await session.connection()).execute(
                text("SELECT queue_name, priority FROM workflow_status ORDER BY created_at, workflow_uuid")
            )
        ).all()
    assert [tuple(row) for row in rows] == [("telegram", priority) for priority in (4, 3, 2, 1)]


async def test_chat_is_named_by_no_number(desk: Desk, peer: TelegramPeer) -> None:
    await Pace(desk, peer.token).take(CHAT)
    async with desk.reading() as session:
        (row,) = (await (await session.connection()).execute(text("SELECT chat FROM chat_pace"))).all()
    assert str(CHAT) not in row[0]
