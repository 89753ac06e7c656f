"""Telegram as its peer plays it: a Bot API server that calls our webhook and takes our calls."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import pytest_asyncio
from aiogram.types import Message
from fastapi import FastAPI
from pydantic import SecretStr

from bot.conversation.replies import Choice
from bot.telegram.buttons import Buttons
from bot.telegram.channel import TelegramChannel
from bot.telegram.door import build_door
from foundation.settings import TelegramSettings
from tests.bot.front_desk import RecordingDesk
from tests.peers.telegram import TelegramPeer

SECRET = "a_secret-of-the-tests"
CHAT = 700000001
AT = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def settings(peer: TelegramPeer, **changes: Any) -> TelegramSettings:
    """A bot at the peer."""
    fields = {"token": SecretStr(peer.token), "webhook_secret": SecretStr(SECRET), "api_base": peer.address}
    return TelegramSettings(**(fields | changes))


def door_of(desk: RecordingDesk, bot: TelegramSettings, channel: TelegramChannel | None) -> httpx.AsyncClient:
    """A client of an app that has nothing but the door."""
    app = FastAPI()
    app.include_router(build_door(desk, bot, channel, clock=lambda: AT))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://qianshao.test")


@dataclass
class Webhook:
    """A bot whose updates go to our door."""

    peer: TelegramPeer
    desk: RecordingDesk
    http: httpx.AsyncClient
    buttons: Buttons

    def press(self, choice: Choice, by: int = CHAT, at: datetime = AT) -> dict[str, Any]:
        """Somebody presses the button of this choice, as it was sent to the chat at that time."""
        return self.peer.press(by, self.buttons.data(CHAT, choice, at))

    async def deliver(self, update: dict[str, Any]) -> httpx.Response:
        """The peer calls the webhook and does what the answer says."""
        return await self.peer.deliver(update, self.http)

    async def post(self, content: bytes, secret: str | None = SECRET) -> httpx.Response:
        """Any bytes at the webhook."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {}
        return await self.http.post("/telegram", content=content, headers=headers)

    @property
    def shown(self) -> list[Message]:
        """What the chat shows of us."""
        return self.peer.said_to(CHAT)


@pytest.fixture
def peer() -> Iterator[TelegramPeer]:
    """The Bot API, knowing our webhook."""
    with TelegramPeer(webhook_url="/telegram", webhook_secret=SECRET).running() as running:
        yield running


@pytest_asyncio.fixture
async def channel(peer: TelegramPeer) -> AsyncIterator[TelegramChannel]:
    """Our sending side."""
    channel = TelegramChannel(settings(peer), clock=lambda: AT)
    yield channel
    await channel.close()


@pytest_asyncio.fixture
async def webhook(peer: TelegramPeer, channel: TelegramChannel) -> AsyncIterator[Webhook]:
    """The bot in front of our door."""
    desk = RecordingDesk()
    async with door_of(desk, settings(peer), channel) as http:
        yield Webhook(peer, desk, http, channel.buttons)
