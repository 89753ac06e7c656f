"""What we send through WeChat's API and fetch from it, against a server with its limits."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.channels import MediaGone, RemoteMedia, TryLater, Unreachable, WindowClosed
from bot.conversation.replies import Choice, Reply
from bot.wechat.channel import WeChatChannel
from bot.wechat.client import MOST_MEDIA_BYTES, WeChatClient
from tests.bot.wechat.conftest import OPENID, sending_settings, settings
from tests.peers.wechat import WeChatPeer

SEND = "/cgi-bin/message/custom/send"


class Clock:
    """A clock that both sides look at and a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(peer: WeChatPeer) -> Clock:
    clock = Clock()
    peer.seconds = clock
    return clock


@pytest_asyncio.fixture
async def channel(peer: WeChatPeer, clock: Clock) -> AsyncIterator[WeChatChannel]:
    account = sending_settings(peer)
    channel = WeChatChannel(account, WeChatClient(account, seconds=clock))
    yield channel
    await channel.close()


async def say(channel: WeChatChannel, words: str, key: str = "k") -> None:
    await channel.send(OPENID, (Reply(words),), key=key)


# ---- the token --------------------------------------------------------------------------------------------


async def test_token_is_fetched_once_however_many_send_at_once(
    peer: WeChatPeer, channel: WeChatChannel
) -> None:
    for number in range(20):
        peer.user_acts(f"o{number}")
    await asyncio.gather(*(channel.send(f"o{n}", (Reply("好"),), key=str(n)) for n in range(20)))
    assert len(peer.sent) == 20
    assert peer.token_fetches == 1


async def test_token_is_renewed_before_it_ends(
    peer: WeChatPeer, channel: WeChatChannel, clock: Clock
) -> None:
    peer.user_acts(OPENID)
    await say(channel, "一")
    clock.now += 6890
    await say(channel, "二")
    assert peer.token_fetches == 1
    clock.now += 20
    await say(channel, "三")
    assert peer.token_fetches == 2
    assert peer.texts_to(OPENID) == ["一", "二", "三"]


async def test_token_that_stopped_working_is_replaced_and_the_message_goes_out(
    peer: WeChatPeer, channel: WeChatChannel
) -> None:
    peer.user_acts(OPENID)
    await say(channel, "一")
    peer.expire_token()
    await say(channel, "二")
    assert peer.texts_to(OPENID) == ["一", "二"]
    assert peer.token_fetches == 2


@pytest.mark.parametrize("code", [40001, 40014, 41001, 42001])
async def test_token_that_is_never_accepted_ends_in_try_later_after_two_tries(
    peer: WeChatPeer, channel: WeChatChannel, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    peer.user_acts(OPENID)
    peer.fail(SEND, *[code] * 50)
    with pytest.raises(TryLater):
        await say(channel, "一")
    assert len(peer.calls_of(SEND)) == 2
    assert [r.levelno for r in caplog.records if r.name.startswith("bot.wechat")] == [logging.ERROR]


async def test_wrong_secret_is_told_to_the_operator_without_the_secret(
    peer: WeChatPeer, channel: WeChatChannel, caplog: pytest.LogCaptureFixture
) -> None:
    secret, peer.app_secret = peer.app_secret, "another"
    with pytest.raises(TryLater) as fault:
        await say(channel, "一")
    assert fault.value.seconds == 600
    assert caplog.records
    assert secret not in f"{fault.value!r}{caplog.text}"


# ---- messages ---------------------------------------------------------------------------------------------


async def test_message_goes_out_as_it_is_written(peer: WeChatPeer, channel: WeChatChannel) -> None:
    peer.user_acts(OPENID)
    reply = Reply(
        "查到了 🙏 “线索”", (Choice("a", "看看"),), (Choice("back", "返回"), Choice("human", "人工"))
    )
    await channel.send(OPENID, (Reply("您好。"), reply), key="k")
    assert peer.texts_to(OPENID) == ["您好。\n\n查到了 🙏 “线索”\n\n1 看看\n0 返回 · 9 人工"]


async def test_sixth_message_since_the_users_last_waits(peer: WeChatPeer, channel: WeChatChannel) -> None:
    peer.user_acts(OPENID)
    for number in range(5):
        await say(channel, str(number))
    with pytest.raises(WindowClosed, match="45047"):
        await say(channel, "5")
    peer.user_acts(OPENID)
    await say(channel, "5")
    assert peer.texts_to(OPENID) == ["0", "1", "2", "3", "4", "5"]


async def test_tap_on_the_menu_allows_three_in_a_minute(
    peer: WeChatPeer, channel: WeChatChannel, clock: Clock
) -> None:
    peer.user_acts(OPENID, "click")
    for number in range(3):
        await say(channel, str(number))
    with pytest.raises(WindowClosed, match="45047"):
        await say(channel, "3")
    clock.now += 61
    with pytest.raises(WindowClosed, match="45015"):
        await say(channel, "3")


async def test_window_closes_after_48_hours(peer: WeChatPeer, channel: WeChatChannel, clock: Clock) -> None:
    peer.user_acts(OPENID)
    clock.now += 48 * 3600 + 1
    with pytest.raises(WindowClosed, match="45015"):
        await say(channel, "还在吗")


async def test_stranger_cannot_be_reached(channel: WeChatChannel) -> None:
    with pytest.raises(Unreachable):
        await say(channel, "您好")


@pytest.mark.parametrize(
    ("code", "fault", "seconds"),
    [
        (-1, TryLater, None),
        (40003, Unreachable, None),
        (43101, Unreachable, None),
        (48002, Unreachable, None),
        (43004, WindowClosed, None),
        (45015, WindowClosed, None),
        (45047, WindowClosed, None),
        (48001, WindowClosed, None),
        (45009, TryLater, 3600),
        (45011, TryLater, 60),
        (40164, TryLater, 600),
        (89503, TryLater, 600),
        (61004, TryLater, 600),
        (99999, TryLater, None),
    ],
)
async def test_each_errcode_has_its_action(
    peer: WeChatPeer, channel: WeChatChannel, code: int, fault: type[Exception], seconds: float | None
) -> None:
    peer.user_acts(OPENID)
    peer.fail(SEND, code)
    with pytest.raises(fault) as raised:
        await say(channel, "您好")
    assert getattr(raised.value, "seconds", None) == seconds
    assert peer.sent == []
    await say(channel, "您好")
    assert peer.texts_to(OPENID) == ["您好"]


async def test_text_that_wechat_finds_too_long_goes_in_halves(
    peer: WeChatPeer, channel: WeChatChannel
) -> None:
    peer.user_acts(OPENID)
    peer.fail(SEND, 45002)
    words = "这是一句话。" * 60
    await say(channel, words)
    assert len(peer.texts_to(OPENID)) == 2
    assert "".join(peer.texts_to(OPENID)) == words


async def test_long_replies_use_as_few_messages_as_they_can(peer: WeChatPeer, channel: WeChatChannel) -> None:
    peer.user_acts(OPENID)
    replies = [Reply(f"第{number}段。" + "说得很长。" * 60) for number in range(4)]
    await channel.send(OPENID, replies, key="k")
    assert len(peer.sent) == 2
    assert "\n\n".join(peer.texts_to(OPENID)) == "\n\n".join(reply.text for reply in replies)


async def test_retry_after_half_a_delivery_does_not_repeat_the_first_half(
    peer: WeChatPeer, channel: WeChatChannel
) -> None:
    peer.user_acts(OPENID)
    replies = (Reply("甲。" * 300), Reply("乙。" * 300))
    peer.fail(SEND, None, -1)
    with pytest.raises(TryLater):
        await channel.send(OPENID, replies, key="k")
    assert peer.texts_to(OPENID) == ["甲。" * 300]
    await channel.send(OPENID, replies, key="k")
    assert peer.texts_to(OPENID) == ["甲。" * 300, "乙。" * 300]
    await channel.send(OPENID, replies, key="k2")
    assert len(peer.sent) == 4


async def test_account_without_a_secret_calls_nobody(peer: WeChatPeer) -> None:
    channel = WeChatChannel(settings(api_base=peer.address))
    with pytest.raises(WindowClosed):
        await say(channel, "您好")
    with pytest.raises(TryLater):
        await channel.fetch(RemoteMedia("picture", "m"))
    assert peer.calls == []
    await channel.close()


async def test_wechat_out_of_reach_is_tried_later_and_no_address_is_told(peer: WeChatPeer) -> None:
    account = sending_settings(peer).model_copy(update={"api_base": "http://127.0.0.1:9"})
    channel = WeChatChannel(account)
    with pytest.raises(TryLater) as fault:
        await say(channel, "您好")
    assert fault.value.__context__ is None
    assert "127.0.0.1" not in str(fault.value)
    assert peer.app_secret not in str(fault.value)
    await channel.close()


async def test_wechat_that_hangs_up_is_tried_later_and_the_token_is_not_told(
    peer: WeChatPeer, channel: WeChatChannel
) -> None:
    peer.user_acts(OPENID)
    await say(channel, "一")
    held = peer.calls[-1].query["access_token"]

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    channel._client._base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    with pytest.raises(TryLater) as fault:
        await say(channel, "二")
    server.close()
    assert held not in repr(fault.value)
    assert fault.value.__context__ is None


# ---- files ------------------------------------------------------------------------------------------------


async def test_picture_comes_as_the_user_sent_it(peer: WeChatPeer, channel: WeChatChannel) -> None:
    data = bytes(range(256)) * 1000
    assert await channel.fetch(RemoteMedia("picture", peer.keep(data))) == data


async def test_picture_that_looks_like_an_answer_is_still_a_picture(
    peer: WeChatPeer, channel: WeChatChannel
) -> None:
    data = b'{"errcode":40007,"errmsg":"invalid media_id"}'
    assert await channel.fetch(RemoteMedia("picture", peer.keep(data))) == data


async def test_error_in_place_of_a_file_is_no_file_although_it_says_200(channel: WeChatChannel) -> None:
    with pytest.raises(MediaGone, match="附件已过期"):
        await channel.fetch(RemoteMedia("picture", "forgotten"))


async def test_file_is_fetched_again_with_a_new_token(peer: WeChatPeer, channel: WeChatChannel) -> None:
    media = RemoteMedia("voice", peer.keep(b"#!AMR\n", "audio/amr"))
    assert await channel.fetch(media) == b"#!AMR\n"
    peer.expire_token()
    assert await channel.fetch(media) == b"#!AMR\n"


async def test_video_is_fetched_from_the_address_that_wechat_gives(
    peer: WeChatPeer, channel: WeChatChannel
) -> None:
    assert await channel.fetch(RemoteMedia("video", peer.keep_video(b"moving"))) == b"moving"


@pytest.mark.parametrize(
    "address",
    ["http://169.254.169.254/latest", "file:///etc/hostname", "http://qq.com.example.invalid/v", ""],
)
async def test_video_address_that_is_not_wechats_is_never_opened(
    peer: WeChatPeer, channel: WeChatChannel, address: str
) -> None:
    media_id = peer.keep(f'{{"video_url":"{address}"}}'.encode(), "application/json")
    with pytest.raises(TryLater):
        await channel.fetch(RemoteMedia("video", media_id))


def test_addresses_of_wechat_are_told_from_lookalikes(channel: WeChatChannel) -> None:
    ours = channel._client._is_wechats
    assert ours("http://mp.weixin.qq.com/v?x=1")
    assert ours("https://a.qpic.cn/v")
    for foreign in (
        "https://qq.com.example.invalid/",
        "https://notqq.com/",
        "https://x@example.invalid/.qq.com",
    ):
        assert not ours(foreign)


async def test_file_without_end_is_given_up(peer: WeChatPeer, channel: WeChatChannel) -> None:
    media_id = peer.keep(b"x" * (MOST_MEDIA_BYTES + 1), "video/mp4")
    with pytest.raises(MediaGone, match="太大"):
        await channel.fetch(RemoteMedia("video", media_id))


async def test_answer_that_cannot_be_read_is_tried_later(peer: WeChatPeer, channel: WeChatChannel) -> None:
    with pytest.raises(TryLater):
        await channel.fetch(RemoteMedia("picture", peer.keep(b"<html>busy</html>", "text/html")))
