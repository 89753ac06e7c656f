"""A burst over Telegram through the real queue and its worker: what may not wait goes first, and the limits hold."""

import asyncio
import time
from collections.abc import Callable

import pytest
from pydantic import SecretStr

from bench.telegram_outbox import CAMPAIGN, REPLY, STOP, owe, seen_by
from bot.channels import ChannelName, Priority
from bot.delivery import Delivery
from bot.telegram.channel import TelegramChannel
from bot.telegram.pace import Pace
from entrypoints import worker
from entrypoints.desk import Desk
from foundation import job_queue
from foundation.job_queue import JobBook
from foundation.settings import TelegramSettings
from tests.peers.telegram import TelegramPeer

WAITING = 500
FIRST = 700_000_000


async def until(what: Callable[[], bool], seconds: float = 8) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never happened"
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_stop_loss_and_replies_overtake_five_hundred_campaign_messages_within_the_limits(
    desk: Desk,
) -> None:
    with TelegramPeer().running() as peer:
        settings = TelegramSettings(token=SecretStr(peer.token), api_base=peer.address)
        channel = TelegramChannel(settings, pace=Pace(desk, peer.token))
        desk.channels[ChannelName.telegram] = channel
        book = JobBook()
        Delivery(desk).register(book)
        await worker.start(desk, book, desk.settings)
        try:
            await owe(desk, range(FIRST, FIRST + WAITING), CAMPAIGN, Priority.campaign)
            await until(lambda: len(peer.calls) > 0)
            await owe(desk, range(FIRST + 10_000, FIRST + 10_004), REPLY, Priority.reply)
            await owe(desk, range(FIRST, FIRST + 1), STOP, Priority.emergency)
            owed = len(peer.calls)
            await until(lambda: sum(one.kind != CAMPAIGN for one in seen_by(peer)) == 5)
        finally:
            await job_queue.stop(0)
            await channel.close()
    kinds = [one.kind for one in sorted(seen_by(peer), key=lambda one: one.at)]
    before_stop = kinds[owed : kinds.index(STOP)]
    before_replies = kinds[owed : len(kinds) - kinds[::-1].index(REPLY)]
    # Sixteen were under way already, and had their place.
    assert before_stop.count(CAMPAIGN) <= 16
    assert before_replies.count(CAMPAIGN) <= 16 + 8
    assert kinds.count(CAMPAIGN) < WAITING / 4
    # Thirty by the buckets' own clock (tests/bot/telegram/test_pace.py); a machine that stalls lets through together what
    # had its place already, which is no more than a worker's sixteen.
    assert peer.busiest_second() <= 30 + 16
    assert peer.busiest_second(FIRST) <= 3
