"""WeChat as its peers play it: Node signs and seals the pushes, a server of ours stands for the API."""

import contextlib
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from pydantic import SecretStr

from bot import contacts
from bot.channels import TryLater, WindowClosed
from bot.conversation.replies import Reply
from bot.wechat.channel import WeChatChannel
from bot.wechat.client import WeChatClient
from bot.wechat.door import build_door
from bot.wechat.ledger import Act, opening
from entrypoints.desk import Desk
from foundation.settings import WeChatSettings
from tests.bot.front_desk import RecordingDesk
from tests.peers.wechat import WeChatPeer
from tests.peers.wechat_crypto import WeChatCrypto, wechat_crypto
from tests.postgres import PostgresServer

TOKEN = "a-token-of-the-tests"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
APP_ID = "wx0123456789abcdef"
OPENID = "oTest-openid_0000000000000001"
AT = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
SECONDS = int(AT.timestamp())


BOTH_DATABASES = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated SQLite; where a test asks for both databases, the one of its turn."""
    if getattr(request, "param", "sqlite") == "sqlite":
        path = tmp_path / "qianshao.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.fresh_database() as url:
        yield url


def settings(**changes: Any) -> WeChatSettings:
    """An account in secure mode that sends nothing."""
    fields: dict[str, Any] = {"app_id": APP_ID, "token": SecretStr(TOKEN), "encoding_aes_key": SecretStr(KEY)}
    return WeChatSettings(**(fields | changes))


def sending_settings(peer: WeChatPeer) -> WeChatSettings:
    """An account that sends through the peer."""
    return settings(app_secret=SecretStr(peer.app_secret), api_base=peer.address)


def xml(inside: str, *, sender: str = OPENID, created: int = SECONDS) -> str:
    """A push as WeChat writes it, around what differs by kind."""
    return (
        f"<xml><ToUserName><![CDATA[gh_demo0000000]]></ToUserName><FromUserName><![CDATA[{sender}]]></FromUserName>"
        f"<CreateTime>{created}</CreateTime>{inside}</xml>"
    )


def text_xml(words: str, message_id: int = 24000000000000001) -> str:
    """A typed message."""
    return xml(
        f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{words}]]></Content><MsgId>{message_id}</MsgId>"
    )


def event_xml(event: str, inside: str = "", **more: Any) -> str:
    """An event."""
    return xml(f"<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[{event}]]></Event>{inside}", **more)


@dataclass
class Account:
    """An Official Account whose pushes go to our door."""

    desk: RecordingDesk
    http: httpx.AsyncClient
    wechat: WeChatCrypto
    at: datetime = AT
    answers: list[httpx.Response] = field(default_factory=list)

    async def push(self, message: str) -> httpx.Response:
        """A push in secure mode."""
        query, body = self.wechat.secure(message, SECONDS)
        return await self.http.post("/wechat", params=query, content=body)

    async def push_plain(self, body: str | bytes) -> httpx.Response:
        """A push in plain mode, to the door of an account that has no key."""
        content = body.encode() if isinstance(body, str) else body
        async with door_of(self.desk, settings(encoding_aes_key=SecretStr(""))) as http:
            return await http.post("/wechat", params=self.wechat.plain(SECONDS), content=content)

    def shown(self, answer: httpx.Response) -> str:
        """The text that the user sees, from a sealed answer."""
        assert answer.status_code == 200, answer.text
        return read_reply(self.wechat.open(answer.content))


def read_reply(answer: str | bytes) -> str:
    """The text of a passive reply, which has to be one text message to the user."""
    reply = ElementTree.fromstring(answer)
    assert sorted(part.tag for part in reply) == [
        "Content",
        "CreateTime",
        "FromUserName",
        "MsgType",
        "ToUserName",
    ]
    assert reply.findtext("ToUserName") == OPENID
    assert reply.findtext("FromUserName") == "gh_demo0000000"
    assert reply.findtext("MsgType") == "text"
    assert reply.findtext("CreateTime") == str(SECONDS)
    return reply.findtext("Content") or ""


def door_of(desk: RecordingDesk, account: WeChatSettings, **more: Any) -> httpx.AsyncClient:
    """A client of an app that has nothing but the door."""
    app = FastAPI()
    app.include_router(build_door(desk, account, clock=lambda: AT, **more))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://qianshao.test")


class Clock:
    """A clock that both sides look at and a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Seconds since whenever."""
        return self.now

    def moment(self) -> datetime:
        """The same as a time of day."""
        return AT + timedelta(seconds=self.now - 1000)


@dataclass
class User:
    """Somebody whose acts WeChat and we hear of alike."""

    desk: Desk
    peer: WeChatPeer
    clock: Clock

    async def acts(self, act: str = "message", openid: str = OPENID) -> None:
        """Writes, taps (`click`), follows or scans; a second after whatever was before."""
        self.clock.now += 1
        self.peer.user_acts(openid, act)
        at = self.clock.moment()
        async with self.desk.transaction() as session:
            known = await contacts.recognise(
                session, self.desk.vault, channel="wechat", address=openid, at=at
            )
            open_window = opening(Act("menu" if act == "click" else act), at)
            for statement, values in open_window(known.contact_id, known.key, ()):
                await statement.run(session, values)


@pytest.fixture
def clock(peer: WeChatPeer) -> Clock:
    """The peer's clock too."""
    clock = Clock()
    peer.seconds = clock
    return clock


@pytest.fixture(scope="session")
def wechat() -> Iterator[WeChatCrypto]:
    """WeChat's side of the envelope."""
    with wechat_crypto(TOKEN, KEY, APP_ID) as peer:
        yield peer


@pytest.fixture
def peer() -> Iterator[WeChatPeer]:
    """WeChat's API."""
    with WeChatPeer(app_id=APP_ID).running() as running:
        yield running
    assert not running.overruns, "a message was sent although nothing was left of any window"


@pytest_asyncio.fixture
async def account(wechat: WeChatCrypto) -> AsyncIterator[Account]:
    """An account in front of a door that is not allowed to send on its own."""
    desk = RecordingDesk()
    async with door_of(desk, settings()) as http:
        yield Account(desk, http, wechat)


@pytest_asyncio.fixture
async def channel(peer: WeChatPeer, clock: Clock, desk: Desk) -> AsyncIterator[WeChatChannel]:
    account = sending_settings(peer)
    client = WeChatClient(account, seconds=clock)
    channel = WeChatChannel(account, desk, client=client, clock=clock.moment)
    yield channel
    await channel.close()


@pytest.fixture
def user(peer: WeChatPeer, clock: Clock, desk: Desk) -> User:
    return User(desk, peer, clock)


async def say(channel: WeChatChannel, words: str, key: str = "k", **more: Any) -> None:
    await channel.send(OPENID, (Reply(words),), key=key, **more)


async def says_numbers(channel: WeChatChannel, count: int) -> None:
    """Says 0, 1, 2… for which there has to be room."""
    for number in range(count):
        await say(channel, str(number))


async def may_not_say(channel: WeChatChannel, words: str, **more: Any) -> None:
    """The ledger, or WeChat, finds that nothing is left."""
    with pytest.raises(WindowClosed):
        await say(channel, words, **more)


async def says_in_vain(channel: WeChatChannel, words: str) -> None:
    """It did not go out, and is to be tried again."""
    with pytest.raises(TryLater):
        await say(channel, words)


async def spends_the_rest(channel: WeChatChannel) -> None:
    """Says things until the ledger allows nothing more; the peer counts whoever says too much."""
    with contextlib.suppress(WindowClosed):
        for number in range(9):
            await say(channel, str(number), key=str(number))
