"""Nobody is flooded: a chat's pace holds over processes, the most urgent goes first, and 429 is obeyed."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import text

from bot import contacts, outbox
from bot.channels import ChannelName, Priority, TryLater
from bot.conversation.replies import Reply
from bot.telegram.channel import TelegramChannel
from bot.telegram.pace import A_SECOND, AT_ONCE, FORGET_QUIET, Pace
from entrypoints.desk import Desk
from foundation.clock import now
from foundation.job_queue import enqueue
from tests.bot.telegram.conftest import AT, CHAT, Webhook, door_of, settings
from tests.jobs import Jobs
from tests.peers.telegram import TelegramPeer

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Moment:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        return self.at

    async def pass_by(self, seconds: float) -> None:
        """Somebody waits: the clock goes on, and nothing else takes time."""
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def moment() -> Moment:
    return Moment()


@pytest_asyncio.fixture
async def processes(
    desk: Desk, peer: TelegramPeer, moment: Moment
) -> AsyncIterator[tuple[TelegramChannel, TelegramChannel]]:
    """The sending sides of two processes over one database."""
    made = [
        TelegramChannel(
            settings(peer),
            pace=Pace(desk, peer.token, clock=moment, pause=moment.pass_by),
            clock=moment,
        )
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
        assert wait.value.seconds == pytest.approx(1.0, abs=0.1)
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


async def test_everybody_waits_some_seconds_when_telegram_finds_one_chat_too_quick(
    processes: tuple[TelegramChannel, TelegramChannel], peer: TelegramPeer, moment: Moment
) -> None:
    peer.flood("sendMessage", 60)
    with pytest.raises(TryLater):
        await processes[0].send(str(CHAT), (Reply("1"),), key="1")
    with pytest.raises(TryLater) as wait:
        await processes[1].send(str(CHAT + 1), (Reply("2"),), key="2")
    assert wait.value.seconds == pytest.approx(5, abs=0.2)
    moment.at += timedelta(seconds=5)
    await processes[1].send(str(CHAT + 1), (Reply("2"),), key="2")
    assert len(peer.calls) == 2


async def test_answer_to_a_chat_that_telegram_wants_left_alone_is_not_lost_in_its_call_but_follows(
    desk: Desk,
    processes: tuple[TelegramChannel, TelegramChannel],
    peer: TelegramPeer,
    moment: Moment,
    jobs: Jobs,
) -> None:
    desk.channels[ChannelName.telegram] = processes[0]
    peer.flood("sendMessage", 17)
    with pytest.raises(TryLater):
        await processes[0].send(str(CHAT), (Reply("1"),), key="1")
    async with door_of(desk.inbox, settings(peer), processes[1]) as http:  # type: ignore[arg-type]
        for _ in range(2):
            assert (await peer.deliver(peer.text(CHAT, "你好"), http)).content == b""
        assert peer.said_to(CHAT) == []
        assert (await peer.deliver(peer.text(CHAT + 1, "你好"), http)).content == b""  # some seconds of it
        moment.at += timedelta(seconds=6)
        assert (await peer.deliver(peer.text(CHAT + 2, "你好"), http)).content != b""
        moment.at += timedelta(seconds=12)
        await jobs.run_all()
        assert [len(peer.said_to(chat)) for chat in (CHAT, CHAT + 1)] == [2, 1]
        assert (await peer.deliver(peer.text(CHAT, "你好"), http)).content != b""


@ONE_DATABASE
async def test_group_that_throws_the_bot_out_and_takes_it_in_again_is_greeted_once(
    desk: Desk, processes: tuple[TelegramChannel, TelegramChannel], peer: TelegramPeer, moment: Moment
) -> None:
    group = -1009876543210
    for channel in (*processes, *processes):
        async with door_of(desk.inbox, settings(peer), channel) as http:  # type: ignore[arg-type]
            await peer.deliver(peer.membership(group, "left", "member", by=CHAT), http)
            await peer.deliver(peer.membership(group, "member", "left", by=CHAT), http)
    assert len(peer.said_to(group)) == 1
    moment.at += timedelta(minutes=11)
    assert await processes[0].greets(group)


@ONE_DATABASE
async def test_call_that_says_nothing_takes_no_place_of_a_chat(
    desk: Desk, peer: TelegramPeer, moment: Moment
) -> None:
    pace = Pace(desk, peer.token, clock=moment, pause=moment.pass_by)
    for _ in range(60):
        await pace.take(None, Priority.campaign)
    assert moment.at - AT == pytest.approx(timedelta(seconds=59 / A_SECOND), abs=timedelta(seconds=0.1))
    async with desk.reading() as session:
        assert (await session.execute(text("SELECT count(*) FROM chat_pace"))).scalar_one() == 1


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
        rows = (await (await session.connection()).execute(text("SELECT chat FROM chat_pace"))).all()
    assert len(rows) == 2
    assert not any(str(CHAT) in row[0] for row in rows)


async def test_thirty_in_any_second_are_the_most_and_the_most_urgent_waits_least(
    desk: Desk, peer: TelegramPeer, moment: Moment
) -> None:
    """Two processes send as fast as they may, for two and a half seconds of a clock that only waiting moves."""
    paces = [Pace(desk, peer.token, clock=moment, pause=moment.pass_by) for _ in range(2)]
    gone: dict[Priority, list[float]] = {priority: [] for priority in Priority}

    async def send(number: int, priority: Priority) -> float:
        asked = moment.at
        await paces[number % 2].take(CHAT + number, priority)
        gone[priority].append(moment.at.timestamp())
        return (moment.at - asked).total_seconds()

    for number in range(65):
        await send(number, Priority.campaign if number % 2 else Priority.notice)
        if number == 40:  # in the midst of the burst
            waits = {priority: await send(100 + priority, priority) for priority in (Priority.reply,)}
            assert await send(200, Priority.emergency) == 0.0
            assert waits[Priority.reply] == 0.0
            assert await send(201, Priority.notice) > 0.0
    times = sorted(at for some in gone.values() for at in some)
    assert max(sum(1 for at in times if 0 <= at - first < 1.0) for first in times) <= 30
    assert times[-1] - times[0] == pytest.approx(len(times) / A_SECOND, abs=0.2)


async def test_whoever_finds_no_place_for_long_goes_back_into_the_queue(
    desk: Desk, peer: TelegramPeer, moment: Moment
) -> None:
    pace = Pace(desk, peer.token, clock=moment, pause=moment.pass_by)
    for _ in range(A_SECOND * 2):
        pace.answered()
    await pace.settle()
    with pytest.raises(TryLater) as wait:
        await pace.take(CHAT, Priority.campaign)
    assert wait.value.seconds == pytest.approx(2.0, abs=0.1)
    with pytest.raises(TryLater):
        await pace.take(CHAT, Priority.reply)


async def test_answers_within_telegrams_own_calls_wait_for_nothing_and_are_counted(
    desk: Desk, peer: TelegramPeer, moment: Moment
) -> None:
    pace = Pace(desk, peer.token, clock=moment, pause=moment.pass_by)
    channel = TelegramChannel(settings(peer), pace=pace, clock=moment)
    desk.channels[ChannelName.telegram] = channel
    async with door_of(desk.inbox, settings(peer), channel) as http:  # type: ignore[arg-type]
        hook = Webhook(peer, desk.inbox, http, channel.buttons)  # type: ignore[arg-type]
        for _ in range(2 * AT_ONCE):
            answer = await hook.deliver(peer.text(CHAT, "你好"))
            assert answer.json()["method"] == "sendMessage"
    await pace.settle()
    with pytest.raises(TryLater) as wait:
        await channel.send(str(CHAT), (Reply("有新进展"),), key="notice")
    # They chatted on and on; the notice waits two seconds after the last answer and no longer.
    assert wait.value.seconds == pytest.approx(2.0)
    before = moment.at
    await channel.send(str(CHAT + 1), (Reply("有新进展"),), key="other", priority=Priority.campaign)
    assert (moment.at - before).total_seconds() == pytest.approx(2 * AT_ONCE / A_SECOND, abs=0.01)
    await channel.close()


@ONE_DATABASE
async def test_chat_that_is_quiet_again_leaves_no_row(desk: Desk, jobs: Jobs, peer: TelegramPeer) -> None:
    pace = Pace(desk, peer.token)
    await Pace(desk, peer.token, clock=lambda: now() - timedelta(hours=2)).take(CHAT + 1)
    await pace.take(CHAT)
    async with desk.transaction() as session:
        await enqueue(session, FORGET_QUIET, "2026-11-22")
    await jobs.run_all()
    async with desk.reading() as session:
        rows = (await (await session.connection()).execute(text("SELECT chat FROM chat_pace"))).all()
    assert {row[0] for row in rows} == {pace._name(CHAT), "overall"}
