"""How a burst of notices goes out over Telegram: how many messages a second, what goes first, and whether the limits hold.

One `qianshao serve` with its worker, and the Bot API on the same cores. Notices for many chats are owed at one stroke;
when a third of them is out replies, and one message that may not wait, which goes to a chat that has just got a notice; all
the while other people write, and hear their answers within Telegram's own calls. What the Bot API saw is what is told.

    python -m bench.telegram_outbox [--notices 500] [--replies 50] [--texts 5] [--database SQLite]
"""

import argparse
import asyncio
import contextlib
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from aiogram.methods import SendMessage
from pydantic import SecretStr

from bench import servers
from bench.databases import KINDS, FreshUrl
from bot import contacts, outbox
from bot.channels import Priority
from bot.conversation.replies import Reply
from entrypoints.desk import Desk, open_desk
from entrypoints.setting_up import migrate
from foundation.clock import now
from foundation.settings import Settings, TelegramSettings, WeChatSettings
from tests.deployment import deployed
from tests.peers.telegram import TelegramPeer

SECRET = "bench-secret"
NOTICE, REPLY, STOP, CAMPAIGN = "notice", "reply", "stop", "campaign"
PATIENCE_SECONDS = 120
_AT_ONCE = 50
"""Rows that are written in one transaction."""


@dataclass(frozen=True, slots=True)
class Seen:
    """When the Bot API got a message, in seconds from the start, and what it was."""

    at: float
    chat: int
    kind: str


@dataclass(frozen=True, slots=True)
class Burst:
    """What came of it; times in seconds."""

    seen: list[Seen]
    replies_owed_at: float
    stop_owed_at: float
    busiest: int
    busiest_of_one: int
    """The most messages that any one second saw, over all chats and in the chat that got two."""

    def after(self, kind: str, owed_at: float) -> list[float]:
        """How long those of one kind took."""
        return sorted(one.at - owed_at for one in self.seen if one.kind == kind)

    def rate(self) -> float:
        """Messages a second of the notices' whole time."""
        times = [one.at for one in self.seen if one.kind == NOTICE]
        return len([one for one in self.seen if one.at <= max(times)]) / (max(times) - min(times))


def seen_by(peer: TelegramPeer, began: float = 0.0) -> list[Seen]:
    """What the Bot API got, told apart by its first word."""
    return [
        Seen(call.at - began, int(call.method.chat_id), call.method.text.partition(" ")[0])
        for call in list(peer.calls)
        if isinstance(call.method, SendMessage)
    ]


async def owe(desk: Desk, chats: range, kind: str, priority: Priority) -> None:
    """One message for each of these chats, a transaction for every fifty."""
    for begin in range(chats.start, chats.stop, _AT_ONCE):
        async with desk.transaction() as session:
            for chat in chats[begin - chats.start : begin - chats.start + _AT_ONCE]:
                known = await contacts.recognise(
                    session, desk.vault, channel="telegram", address=str(chat), at=now()
                )
                replies = [Reply(f"{kind} {chat}", urgent=kind == STOP)]
                await outbox.owe(session, known, replies, cause=kind, priority=priority, at=now())


async def burst(settings: Settings, peer: TelegramPeer, notices: int, replies: int, texts: float) -> Burst:
    """Owes everything and waits until it has gone out."""
    desk = await open_desk(settings)
    began = time.monotonic()
    done = asyncio.Event()

    async def others() -> None:
        number = 0
        while not done.is_set():
            number += 1
            await peer.deliver(peer.text(900_000_000 + number, "你好"))
            await asyncio.sleep(1 / texts)

    first = 700_000_000
    talking = asyncio.create_task(others()) if texts else None
    try:
        await owe(desk, range(first, first + notices), NOTICE, Priority.notice)
        while len(await asyncio.to_thread(peer.calls_of, "sendMessage")) < notices / 3:
            await asyncio.sleep(0.05)
        await owe(desk, range(first + 10_000, first + 10_000 + replies), REPLY, Priority.reply)
        replies_at = time.monotonic() - began
        await owe(desk, range(first, first + 1), STOP, Priority.emergency)
        stop_at = time.monotonic() - began
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            kinds = [call for call in peer.calls_of("sendMessage") if not call.via_webhook]
            if len(kinds) >= notices + replies + 1:
                break
            await asyncio.sleep(0.2)
    finally:
        done.set()
        if talking is not None:
            await talking
        await desk.close()
    return Burst(seen_by(peer, began), replies_at, stop_at, peer.busiest_second(), peer.busiest_second(first))


def measure(fresh: FreshUrl, notices: int, replies: int, texts: float) -> Burst:
    """One burst on a database of its own."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qianshao-bench-")))
        peer = stack.enter_context(TelegramPeer(webhook_secret=SECRET).running())
        settings = servers.settings_of(fresh("telegram_outbox"), folder, peer.address).model_copy(
            update={
                "wechat": WeChatSettings(),
                "telegram": TelegramSettings(
                    token=SecretStr(peer.token), webhook_secret=SecretStr(SECRET), api_base=peer.address
                ),
                "worker_embedded": True,
            }
        )
        migrate(settings)
        site = stack.enter_context(deployed(settings, folder))
        peer.webhook_url = f"{site.address}/telegram"
        return asyncio.run(burst(settings, peer, notices, replies, texts))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--notices", type=int, default=500)
    parser.add_argument("--replies", type=int, default=50)
    parser.add_argument("--texts", type=float, default=5, help="messages a second from other people")
    parser.add_argument("--database", choices=list(KINDS), action="append")
    asked = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start\n")
    print(
        "| database | notices | messages a second | in the busiest second | in one chat's | stop-loss after"
        " | replies, median | replies, last | notices, last |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for database in asked.database or list(KINDS):
        with KINDS[database]() as fresh:
            was = measure(fresh, asked.notices, asked.replies, asked.texts)
        stop = was.after(STOP, was.stop_owed_at)
        answered = was.after(REPLY, was.replies_owed_at)
        told = was.after(NOTICE, 0.0)
        print(
            f"| {database} | {len(told)} | {was.rate():.1f} | {was.busiest} | {was.busiest_of_one}"
            f" | {stop[0]:.2f} s | {answered[len(answered) // 2]:.2f} s | {answered[-1]:.2f} s | {told[-1]:.1f} s |",
            flush=True,
        )
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
