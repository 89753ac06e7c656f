"""Pushes that cannot be answered in time, at the real inbox."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from sqlmodel import select

from bot.channels import Arrival, ChannelName, Taken
from bot.wechat.channel import WeChatChannel
from bot.wechat.client import WeChatClient
from bot.wechat.door import HANGS_UP, KEEPING_SECONDS, KNOWING_SECONDS, PATIENCE_SECONDS, build_door
from bot.wechat.late import ANSWER, LatePushes
from bot.wechat.own_words import IN_GOOD_HANDS
from bot.wechat.tables import LatePush
from entrypoints.desk import Desk
from tests.bot.chatting import AD
from tests.bot.wechat.conftest import (
    AT,
    BOTH_DATABASES,
    OPENID,
    SECONDS,
    Clock,
    event_xml,
    read_reply,
    sending_settings,
    text_xml,
    xml,
)  # fmt: skip
from tests.jobs import Jobs
from tests.peers.wechat import WeChatPeer
from tests.peers.wechat_crypto import WeChatCrypto

WAIT = IN_GOOD_HANDS.simplified


@dataclass
class SlowInbox:
    """The real inbox, reached later than WeChat waits."""

    desk: Desk
    seconds: float = 0.0
    dies: bool = False
    """The process ends before the message is taken in."""
    taken: list[Taken] = field(default_factory=list)
    lasts: timedelta = timedelta(0)
    """How long that is by the door's clock."""
    passed: timedelta = timedelta(0)

    async def take_in(self, arrival: Arrival) -> Taken:
        """Waits, then takes it in for real."""
        await asyncio.sleep(self.seconds)
        if self.dies:
            raise ConnectionError("the process was killed")
        taken = await self.desk.inbox.take_in(arrival)
        self.taken.append(taken)
        self.passed = self.lasts
        return taken


@dataclass
class Front:
    """The door of an account that may send, before the real desk."""

    http: httpx.AsyncClient
    inbox: SlowInbox
    wechat: WeChatCrypto
    peer: WeChatPeer

    async def push(self, message: str, act: str = "message") -> str:
        """One delivery; what the person sees."""
        self.peer.user_acts(OPENID, act)
        query, body = self.wechat.secure(message, SECONDS)
        answer = await self.http.post("/wechat", params=query, content=body)
        assert answer.status_code == 200
        return "" if answer.text == "success" else read_reply(self.wechat.open(answer.content))

    async def settled(self) -> None:
        """Waits until what was begun in the door is done."""
        async with asyncio.timeout(10):
            while not self.inbox.taken:
                await asyncio.sleep(0.02)


@pytest.fixture
def patience() -> float:
    """Seconds after which the door says that the answer comes later."""
    return 0.15


@pytest_asyncio.fixture
async def front(
    desk: Desk, peer: WeChatPeer, wechat: WeChatCrypto, clock: Clock, patience: float
) -> AsyncIterator[Front]:
    account = sending_settings(peer)
    client = WeChatClient(account, seconds=clock)
    desk.channels[ChannelName.wechat] = WeChatChannel(account, desk, client=client, clock=clock.moment)
    inbox = SlowInbox(desk)
    app = FastAPI()
    late = LatePushes(desk, clock.moment)
    app.include_router(
        build_door(inbox, account, late=late, clock=lambda: AT + inbox.passed, patience=patience)
    )
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://qianshao.test") as http:
        yield Front(http, inbox, wechat, peer)


@BOTH_DATABASES
async def test_late_answer_follows_as_a_message_once_however_often_wechat_pushes(
    front: Front, jobs: Jobs
) -> None:
    front.inbox.seconds = 0.4
    message = text_xml(AD)
    shown = await asyncio.gather(*(front.push(message) for _ in range(3)))
    assert shown == [WAIT] * 3
    await jobs.run_all()
    assert await front.push(message) == WAIT
    await front.settled()
    await jobs.run_all()
    (said,) = front.peer.texts_to(OPENID)
    assert "先别" in said


async def test_push_whose_process_dies_after_the_person_was_told_is_answered_all_the_same(
    front: Front, jobs: Jobs
) -> None:
    front.inbox.seconds, front.inbox.dies = 0.4, True
    assert await front.push(event_xml("subscribe"), "follow") == WAIT
    await jobs.run_all()
    (said,) = front.peer.texts_to(OPENID)
    assert "您好" in said


async def test_whoever_sends_a_photo_waits_in_their_own_language(front: Front, jobs: Jobs) -> None:
    await front.push(text_xml("I want to report a scam, can you help me"))
    front.inbox.seconds = 0.4
    photo = "<MsgType>image</MsgType><PicUrl></PicUrl><MediaId>media-1_x</MediaId><MsgId>24000000000000777</MsgId>"
    for _ in range(2):
        assert await front.push(xml(photo)) == IN_GOOD_HANDS.english


async def test_event_that_is_not_answered_promises_no_answer_however_slow_it_is(
    front: Front, jobs: Jobs
) -> None:
    front.inbox.seconds = 0.4
    assert await front.push(event_xml("hologram_shown"), "message") == ""
    assert await front.push(event_xml("unsubscribe"), "message") == ""


@pytest.mark.parametrize("patience", [PATIENCE_SECONDS])
async def test_quick_answer_is_shown_at_once_and_to_every_retry(front: Front, jobs: Jobs) -> None:
    shown = [await front.push(event_xml("subscribe"), "follow") for _ in range(3)]
    assert "您好" in shown[0]
    assert shown[0] == shown[1] == shown[2]
    assert await jobs.waiting() == []


async def test_push_that_cannot_be_put_on_record_is_left_to_wechat_to_push_again(
    front: Front, desk: Desk, jobs: Jobs
) -> None:
    async with desk.transaction() as session:  # another process writes for longer than the door may wait
        await session.exec(select(LatePush))
        held = asyncio.ensure_future(front.push(event_xml("subscribe"), "follow"))
        await asyncio.sleep(1.3)
    assert "您好" in await held
    assert not any(job_id.startswith(ANSWER) for job_id in await jobs.waiting())


@pytest.mark.parametrize(
    ("before", "lasts", "follows"), [(0, 15, True), (10, 6, True), (0, 14, False), (20, 4, False)]
)
async def test_answer_follows_as_a_message_where_wechat_has_hung_up_on_its_last_try(
    front: Front, desk: Desk, jobs: Jobs, before: int, lasts: int, follows: bool
) -> None:
    """`before`: seconds from the act to this try, which may be the third; `lasts`: until its answer is there."""
    front.inbox.lasts = timedelta(seconds=lasts)
    shown = await front.push(event_xml("subscribe", created=SECONDS - before), "follow")
    await jobs.run_all()
    assert [said.splitlines()[:3] for said in front.peer.texts_to(OPENID)] == [
        shown.splitlines()[:3]
    ] * follows


async def test_what_was_kept_is_sealed_and_goes_when_it_is_answered(
    front: Front, desk: Desk, jobs: Jobs
) -> None:
    front.inbox.seconds, front.inbox.dies = 0.4, True
    await front.push(text_xml("我叫什么不能说"))
    async with desk.reading() as session:
        (kept,) = (await session.exec(select(LatePush))).all()
    assert OPENID.encode() not in kept.sealed
    assert OPENID not in kept.id
    await jobs.run_all()
    async with desk.transaction() as session:
        answered = (await session.exec(select(LatePush))).one()
        assert answered.sealed == b""
        assert answered.answered_at is not None
        answered.answered_at -= timedelta(days=2)
        session.add(answered)
    await front.push(text_xml("第二天", 24000000000000999))
    await jobs.run_all()
    async with desk.reading() as session:
        (last,) = (await session.exec(select(LatePush))).all()
    assert last.id != kept.id


def test_person_hears_something_before_wechat_hangs_up() -> None:
    assert PATIENCE_SECONDS == 3.5
    assert HANGS_UP.total_seconds() > PATIENCE_SECONDS + KEEPING_SECONDS + KNOWING_SECONDS
