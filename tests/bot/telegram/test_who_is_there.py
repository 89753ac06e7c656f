"""Who can be reached over Telegram, and where the bot speaks at all: blocks, groups, the language of a chat."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot import contacts, outbox
from bot.channels import ChannelName, Priority
from bot.conversation.replies import Reply
from bot.telegram.channel import TelegramChannel
from bot.telegram.commands import COMMANDS
from bot.telegram.groups import ONLY_IN_PRIVATE
from entrypoints.desk import Desk
from tests.bot.telegram.conftest import AT, CHAT, Webhook, door_of, settings
from tests.jobs import Jobs
from tests.peers.telegram import TelegramPeer

GROUP = -1009876543210
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest_asyncio.fixture
async def bot(desk: Desk, peer: TelegramPeer, channel: TelegramChannel) -> AsyncIterator[Webhook]:
    """The bot as it runs: the door in front of the real inbox."""
    desk.channels[ChannelName.telegram] = channel
    async with door_of(desk.inbox, settings(peer), channel) as http:  # type: ignore[arg-type]
        yield Webhook(peer, desk.inbox, http, channel.buttons)  # type: ignore[arg-type]


async def owe(desk: Desk, words: str) -> None:
    async with desk.transaction() as session:
        known = await contacts.recognise(session, desk.vault, channel="telegram", address=str(CHAT), at=AT)
        await outbox.owe(session, known, [Reply(words)], cause=words, priority=Priority.notice, at=AT)


async def test_who_blocked_the_bot_is_not_knocked_at_until_they_let_it_in_again(
    bot: Webhook, desk: Desk, jobs: Jobs
) -> None:
    await bot.deliver(bot.peer.text(CHAT, "你好"))
    assert (await bot.deliver(bot.peer.membership(CHAT, "member", "kicked"))).content == b""
    await owe(desk, "第一件")
    await jobs.run_all()
    assert bot.peer.calls_of("sendMessage")[1:] == []  # after the greeting nobody tried
    back = bot.peer.membership(CHAT, "kicked", "member")
    for _ in range(2):  # delivered twice
        assert (await bot.deliver(back)).content == b""
    await owe(desk, "第二件")
    await jobs.run_all()
    assert [message.text for message in bot.shown][1:] == ["第二件"]
    await bot.deliver(bot.peer.text(CHAT, "/start"))
    assert "第一件" in bot.shown[-1].text


@ONE_DATABASE
async def test_somebody_who_blocks_a_bot_they_never_wrote_to_is_noted_all_the_same(
    bot: Webhook, desk: Desk, jobs: Jobs
) -> None:
    await bot.deliver(bot.peer.membership(CHAT, "member", "kicked"))
    await owe(desk, "一件")
    await jobs.run_all()
    assert bot.peer.calls_of("sendMessage") == []


@pytest.mark.parametrize("speaks", ["zh-hans", "zh-hant", "en"])
async def test_group_hears_one_line_when_the_bot_comes_in(webhook: Webhook, speaks: str) -> None:
    await webhook.deliver(webhook.peer.membership(GROUP, "left", "member", by=CHAT, speaks=speaks))
    (line,) = webhook.peer.said_to(GROUP)
    assert line.text.startswith(
        {"zh-hans": "您好，我只在私聊里", "zh-hant": "您好，我只在私聊裡"}.get(speaks, "Hello")
    )
    assert webhook.peer.buttons_of(line) == {}


async def test_group_hears_nothing_more_and_nothing_of_it_is_kept(webhook: Webhook) -> None:
    peer = webhook.peer
    await webhook.deliver(peer.membership(GROUP, "left", "member", by=CHAT))

    def said(**content: Any) -> dict[str, Any]:
        return peer.update(
            message=peer.message(CHAT, **content) | {"chat": {"id": GROUP, "type": "supergroup"}}
        )

    for update in (
        peer.membership(GROUP, "member", "administrator", by=CHAT),
        said(text="/tip@qianshao_bot 有人发传单"),
        said(location={"latitude": 23.1, "longitude": 113.3}),
        peer.membership(GROUP, "administrator", "left", by=CHAT),
    ):
        assert (await webhook.deliver(update)).content == b""
    assert [message.text for message in peer.said_to(GROUP)] == [ONLY_IN_PRIVATE.simplified]
    assert webhook.desk.arrivals == []


async def test_channel_hears_nothing(webhook: Webhook) -> None:
    update = webhook.peer.membership(GROUP, "left", "administrator", by=CHAT)
    update["my_chat_member"]["chat"]["type"] = "channel"
    assert (await webhook.deliver(update)).content == b""


@ONE_DATABASE
async def test_commands_beside_the_input_line_follow_the_language_of_the_chat(bot: Webhook) -> None:
    own = f"chat {CHAT}"

    async def says(words: str) -> None:
        assert (await bot.deliver(bot.peer.text(CHAT, words))).status_code == 200

    await says("你好")
    assert bot.peer.commands == {}  # simplified, which everybody has
    await says("/language")
    await says("English")
    assert bot.peer.commands[own] == dict(COMMANDS["en"])
    await says("/language")
    assert (await bot.deliver(bot.peer.press_shown(CHAT, "繁體中文"))).status_code == 200
    assert bot.peer.commands[own] == dict(COMMANDS["zh-Hant"])
    calls = len(bot.peer.calls_of("setMyCommands"))
    await says("你好")
    assert len(bot.peer.calls_of("setMyCommands")) == calls
    bot.peer.refuse("setMyCommands", 400, "Bad Request: chat not found")
    await says("/language")
    await says("简体中文")
    assert "简体" in bot.shown[-1].text or bot.shown[-1].text
