"""What we send through the Bot API and fetch from it."""

import logging
import traceback
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from bot.channels import MediaGone, RemoteMedia, TryLater, Unreachable
from bot.conversation.messages import Chose
from bot.conversation.replies import Choice, Reply
from bot.telegram.channel import TelegramChannel
from bot.telegram.texts import divide
from tests.bot.telegram.conftest import AT, CHAT, settings
from tests.peers.serving import served
from tests.peers.telegram import TelegramPeer

MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def token_is_told_nowhere(peer: TelegramPeer, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a test does, the token is in no line of the log."""
    caplog.set_level(logging.DEBUG)
    yield
    logged = [r.getMessage() + str(r.__dict__) for r in caplog.records if not r.name.startswith("asyncio")]
    assert peer.token not in "".join(logged)


def tells_token(fault: BaseException, token: str) -> bool:
    """Whether the exception, or anything that led to it, shows the token."""
    seen: list[str] = []
    link: BaseException | None = fault
    while link is not None:
        seen += ["".join(traceback.format_exception(link)), repr(link), str(vars(link))]
        link = link.__cause__ or link.__context__
    return token in "".join(seen)


async def say(channel: TelegramChannel, words: str = "您好") -> None:
    await channel.send(str(CHAT), (Reply(words),), key="k")


# ---- messages ---------------------------------------------------------------------------------------------


async def test_message_goes_out_with_its_buttons(peer: TelegramPeer, channel: TelegramChannel) -> None:
    standing = (Choice("back", "返回"), Choice("human", "人工"))
    await channel.send(str(CHAT), (Reply("查到了 {🙏}", (Choice("tips.1", "看看"),), standing),), key="k")
    (message,) = peer.said_to(CHAT)
    assert message.text == "查到了 {🙏}"
    assert list(peer.buttons_of(message)) == ["看看", "返回", "人工"]


async def test_replies_are_joined_until_one_has_buttons(peer: TelegramPeer, channel: TelegramChannel) -> None:
    replies = (Reply("一"), Reply("二", (Choice("a", "甲"),)), Reply("三"))
    assert divide(replies).now == replies[:2]
    await channel.send(str(CHAT), replies, key="k")
    assert [message.text for message in peer.said_to(CHAT)] == ["一\n\n二", "三"]


async def test_text_over_the_limit_is_cut_at_sentences_and_buttons_stay_last(
    peer: TelegramPeer, channel: TelegramChannel
) -> None:
    long = "这是一句话🙏。" * 1000
    await channel.send(str(CHAT), (Reply(long, (Choice("a", "甲"),)),), key="k")
    said = peer.said_to(CHAT)
    assert len(said) == 2
    assert "".join(message.text or "" for message in said) == long
    assert all((message.text or "").endswith("。") for message in said)
    assert [bool(message.reply_markup) for message in said] == [False, True]


async def test_option_of_any_length_fits_a_button(peer: TelegramPeer, channel: TelegramChannel) -> None:
    options = [Choice(option, "甲") for option in ("a", "题" * 22, "x" * 30, "read." + "x" * 200)]
    await channel.send(str(CHAT), [Reply("?", (one,)) for one in options], key="k")
    for choice, message in zip(options, peer.said_to(CHAT), strict=True):
        (data,) = peer.buttons_of(message).values()
        assert channel.buttons.pressed(CHAT, data, AT) == Chose(choice.key, choice.mark)


async def test_flood_is_waited_out_for_as_long_as_telegram_says(
    peer: TelegramPeer, channel: TelegramChannel
) -> None:
    peer.flood("sendMessage", 17)
    with pytest.raises(TryLater) as fault:
        await say(channel)
    assert fault.value.seconds == 17
    await say(channel)
    assert len(peer.said_to(CHAT)) == 1


async def test_person_who_blocked_the_bot_is_unreachable(
    peer: TelegramPeer, channel: TelegramChannel
) -> None:
    peer.block(CHAT)
    with pytest.raises(Unreachable):
        await say(channel)


@pytest.mark.parametrize(
    ("code", "words", "fault"),
    [
        (400, "Bad Request: chat not found", Unreachable),
        (403, "Forbidden: user is deactivated", Unreachable),
        (400, "Bad Request: PEER_ID_INVALID", Unreachable),
        (400, "Bad Request: can't parse something", TryLater),
        (401, "Unauthorized", TryLater),
        (404, "Not Found", TryLater),
        (409, "Conflict", TryLater),
        (500, "Internal Server Error", TryLater),
        (502, "Bad Gateway", TryLater),
    ],
)
async def test_each_error_has_its_action(
    peer: TelegramPeer, channel: TelegramChannel, code: int, words: str, fault: type[Exception]
) -> None:
    peer.refuse("sendMessage", code, words)
    with pytest.raises(fault) as raised:
        await say(channel)
    assert not tells_token(raised.value, peer.token)
    await say(channel)
    assert len(peer.said_to(CHAT)) == 1


async def test_address_that_is_no_chat_is_unreachable(channel: TelegramChannel) -> None:
    with pytest.raises(Unreachable):
        await channel.send("nobody", (Reply("1"),), key="k")


async def test_retry_after_half_a_delivery_does_not_repeat_the_first_half(
    peer: TelegramPeer, channel: TelegramChannel
) -> None:
    replies = (Reply("一", (Choice("a", "甲"),)), Reply("二", (Choice("b", "乙"),)))
    peer.let_through("sendMessage")
    peer.flood("sendMessage", 1)
    with pytest.raises(TryLater):
        await channel.send(str(CHAT), replies, key="k")
    await channel.send(str(CHAT), replies, key="k")
    assert [message.text for message in peer.said_to(CHAT)] == ["一", "二"]


async def test_telegram_out_of_reach_is_tried_later_and_the_token_is_not_told(peer: TelegramPeer) -> None:
    for base in ("http://127.0.0.1:9", "http://127.0.0.1:99999"):
        channel = TelegramChannel(settings(peer, api_base=base))
        for call in (say(channel), channel.fetch(RemoteMedia("picture", "f"))):
            with pytest.raises(TryLater) as fault:
                await call
            assert not tells_token(fault.value, peer.token)
        await channel.close()


async def test_answer_that_is_not_telegrams_is_tried_later(peer: TelegramPeer) -> None:
    strange = FastAPI()

    @strange.post("/{path:path}")
    def answer(path: str) -> list[str]:
        return [path]  # the path holds the token

    with served(strange) as address:
        channel = TelegramChannel(settings(peer, api_base=address))
        with pytest.raises(TryLater) as fault:
            await say(channel)
        await channel.close()
    assert not tells_token(fault.value, peer.token)


async def test_wrong_token_is_told_to_the_operator_without_it(
    peer: TelegramPeer, caplog: pytest.LogCaptureFixture
) -> None:
    other = "987654321:AAanother-token_of_the_tests_000000000"
    channel = TelegramChannel(settings(peer, token=SecretStr(other)))
    with pytest.raises(TryLater) as fault:
        await say(channel)
    await channel.close()
    assert fault.value.seconds == 600
    assert [record.levelno for record in caplog.records if record.name.startswith("bot.")] == [logging.ERROR]
    assert other not in caplog.text
    assert not tells_token(fault.value, other)


# ---- files ------------------------------------------------------------------------------------------------


async def test_picture_comes_as_the_user_sent_it(peer: TelegramPeer, channel: TelegramChannel) -> None:
    data = bytes(range(256)) * 4096
    assert await channel.fetch(RemoteMedia("picture", peer.keep(data))) == data


async def test_file_of_the_largest_size_is_fetched(peer: TelegramPeer, channel: TelegramChannel) -> None:
    data = b"x" * (20 * MEGABYTE)
    assert await channel.fetch(RemoteMedia("file", peer.keep(data))) == data


async def test_file_that_a_bot_may_not_fetch_is_gone(peer: TelegramPeer, channel: TelegramChannel) -> None:
    with pytest.raises(MediaGone, match="20 MB"):
        await channel.fetch(RemoteMedia("video", peer.keep(b"x", size=21 * MEGABYTE)))


async def test_file_larger_than_it_was_said_to_be_is_given_up(
    peer: TelegramPeer, channel: TelegramChannel
) -> None:
    with pytest.raises(MediaGone, match="20 MB"):
        await channel.fetch(RemoteMedia("video", peer.keep(b"x" * (20 * MEGABYTE + 1), size=5)))


async def test_file_that_telegram_does_not_know_is_gone(channel: TelegramChannel) -> None:
    with pytest.raises(MediaGone):
        await channel.fetch(RemoteMedia("picture", "forgotten"))


async def test_file_that_cannot_be_downloaded_is_gone_and_the_token_is_not_told(
    peer: TelegramPeer, channel: TelegramChannel
) -> None:
    file_id = peer.keep(b"x")
    peer.lose(file_id)
    with pytest.raises(MediaGone) as fault:
        await channel.fetch(RemoteMedia("picture", file_id))
    assert not tells_token(fault.value, peer.token)


async def test_flood_while_fetching_is_waited_out(peer: TelegramPeer, channel: TelegramChannel) -> None:
    media = RemoteMedia("picture", peer.keep(b"jpeg"))
    peer.flood("getFile", 3)
    with pytest.raises(TryLater) as fault:
        await channel.fetch(media)
    assert fault.value.seconds == 3
    assert await channel.fetch(media) == b"jpeg"
