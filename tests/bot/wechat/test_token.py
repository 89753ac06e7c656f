"""The access token: fetched once by one process for all, renewed, replaced."""

import asyncio
import logging

import pytest
from pydantic import SecretStr
from sqlmodel import select

from bot.channels import RemoteMedia, TryLater
from bot.conversation.replies import Reply
from bot.wechat.channel import WeChatChannel
from bot.wechat.client import WeChatClient
from bot.wechat.tables import WeChatToken
from bot.wechat.tokens import SharedToken
from entrypoints.desk import Desk
from foundation import logs
from tests.bot.wechat.conftest import BOTH_DATABASES, OPENID, Clock, User, say, sending_settings
from tests.peers.wechat import WeChatPeer

SEND = "/cgi-bin/message/custom/send"


async def test_token_is_fetched_once_however_many_send_at_once(
    user: User, peer: WeChatPeer, channel: WeChatChannel
) -> None:
    for number in range(20):
        await user.acts(openid=f"o{number}")
    await asyncio.gather(*(channel.send(f"o{n}", (Reply("好"),), key=str(n)) for n in range(20)))
    assert len(peer.sent) == 20
    assert peer.token_fetches == 1


async def test_token_is_renewed_before_it_ends(
    user: User, peer: WeChatPeer, channel: WeChatChannel, clock: Clock
) -> None:
    await user.acts()
    await say(channel, "一")
    clock.now += 6890
    await say(channel, "二")
    assert peer.token_fetches == 1
    clock.now += 20
    await say(channel, "三")
    assert peer.token_fetches == 2
    assert peer.texts_to(OPENID) == ["一", "二", "三"]


async def test_token_that_stopped_working_is_replaced_and_the_message_goes_out(
    user: User, peer: WeChatPeer, channel: WeChatChannel
) -> None:
    await user.acts()
    await say(channel, "一")
    peer.expire_token()
    await say(channel, "二")
    assert peer.texts_to(OPENID) == ["一", "二"]
    assert peer.token_fetches == 2


@pytest.mark.parametrize("code", [40001, 40014, 41001, 42001])
async def test_token_that_is_never_accepted_ends_in_try_later_after_two_tries(
    user: User, peer: WeChatPeer, channel: WeChatChannel, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    await user.acts()
    peer.fail(SEND, *[code] * 50)
    with pytest.raises(TryLater):
        await say(channel, "一")
    assert len(peer.calls_of(SEND)) == 2
    assert [r.levelno for r in caplog.records if r.name.startswith("bot.wechat")] == [logging.ERROR]


async def test_token_that_is_given_no_more_today_puts_the_message_off_an_hour_and_costs_none(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    await user.acts()
    peer.fail("/cgi-bin/stable_token", 45009)
    with pytest.raises(TryLater) as fault:
        await say(channel, "一")
    assert fault.value.seconds == 3600
    for number in range(4):
        await say(channel, str(number))
    assert len(peer.sent) == 4


async def test_wrong_secret_is_told_to_the_operator_without_the_secret(
    user: User, peer: WeChatPeer, channel: WeChatChannel, caplog: pytest.LogCaptureFixture
) -> None:
    await user.acts()
    secret, peer.app_secret = peer.app_secret, "another"
    with pytest.raises(TryLater) as fault:
        await say(channel, "一")
    assert fault.value.seconds == 600
    assert caplog.records
    assert secret not in f"{fault.value!r}{caplog.text}"


@BOTH_DATABASES
async def test_token_is_fetched_by_one_process_for_all(
    peer: WeChatPeer, desk: Desk, clock: Clock, user: User
) -> None:
    account = sending_settings(peer)
    for number in range(6):
        await user.acts(openid=f"o{number}")
    peer.delay = 0.2

    def process() -> WeChatChannel:
        shared = SharedToken(desk, account, clock.moment)
        client = WeChatClient(account, shared=shared, seconds=clock)
        return WeChatChannel(account, desk, client=client, clock=clock.moment)

    processes = [process() for _ in range(6)]

    async def all_say(words: str) -> None:
        await asyncio.gather(
            *(one.send(f"o{number}", (Reply(words),), key=words) for number, one in enumerate(processes))
        )

    await all_say("一")
    assert peer.token_fetches == 1
    peer.expire_token()
    await all_say("二")
    assert peer.token_fetches == 2
    late_comer = process()
    await late_comer.send("o0", (Reply("三"),), key="三")
    assert peer.token_fetches == 2
    assert len(peer.sent) == 13
    for one in (*processes, late_comer):
        await one.close()


async def test_process_that_died_while_fetching_the_token_holds_nobody_up_for_long(
    peer: WeChatPeer, desk: Desk, clock: Clock
) -> None:
    account = sending_settings(peer)
    shared = SharedToken(desk, account, clock.moment)
    assert await shared.may_fetch()
    assert not await shared.may_fetch()
    clock.now += 16
    assert await shared.may_fetch()


async def test_token_does_not_stand_in_the_database_in_the_clear(
    peer: WeChatPeer, desk: Desk, clock: Clock
) -> None:
    account = sending_settings(peer)
    shared = SharedToken(desk, account, clock.moment)
    assert await shared.may_fetch()
    await shared.put("geheim-geheim", 7000)
    assert await shared.look() == ("geheim-geheim", 7000.0)
    async with desk.reading() as session:
        kept = (await session.exec(select(WeChatToken))).one()
    assert b"geheim" not in kept.sealed
    other = account.model_copy(update={"app_secret": SecretStr("another")})
    assert await SharedToken(desk, other, clock.moment).look() == ("", 0.0)


async def test_neither_token_nor_secret_is_in_a_log_at_any_level(
    user: User, peer: WeChatPeer, channel: WeChatChannel, capsys: pytest.CaptureFixture[str]
) -> None:
    """The HTTP client's own lines hold whole addresses."""
    root = logging.getLogger()
    before = root.level, root.handlers[:]
    try:
        logs.configure("DEBUG")
        await user.acts()
        await say(channel, "您好")
        await channel.fetch(RemoteMedia("picture", peer.keep(b"photo")))
        peer.fail("/cgi-bin/message/custom/send", -1)
        with pytest.raises(TryLater):
            await say(channel, "再见")
        logging.getLogger("bot.wechat").debug("this was heard")
    finally:
        root.setLevel(before[0])
        root.handlers[:] = before[1]
    told = capsys.readouterr().err
    assert "this was heard" in told
    tokens = {call.query["access_token"] for call in peer.calls if "access_token" in call.query}
    assert tokens
    assert not [secret for secret in (*tokens, peer.app_secret) if secret in told]
