"""Telegram's door: whose call it is, and what goes back."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from aiogram.methods import SendMessage
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.channels import Arrival
from bot.conversation.messages import Chose, Said, Unsupported
from bot.conversation.replies import Choice, Reply
from bot.telegram.buttons import STALE
from bot.telegram.channel import TelegramChannel
from bot.telegram.door import MOST_BODY_BYTES, build_door
from foundation.errors import SettingWrong
from foundation.settings import TelegramSettings
from tests.bot.front_desk import RecordingDesk
from tests.bot.telegram.conftest import AT, CHAT, SECRET, Webhook, door_of, settings
from tests.peers.telegram import TelegramPeer

STANDING = (Choice("back", "返回"), Choice("human", "人工"))


def refused(answer: httpx.Response) -> bool:
    """Whether the answer is a 403 that says nothing."""
    return answer.status_code == 403 and answer.content == b""


# ---- whose call it is -------------------------------------------------------------------------------------


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], SECRET.upper()])
async def test_call_without_the_secret_is_refused_in_silence(webhook: Webhook, secret: str | None) -> None:
    update = json.dumps(webhook.peer.text(CHAT, "你好")).encode()
    assert refused(await webhook.post(update, secret))
    assert webhook.desk.arrivals == []


async def test_secret_of_other_signs_is_refused_and_no_fault(webhook: Webhook) -> None:
    header = {b"X-Telegram-Bot-Api-Secret-Token": "密".encode()}
    assert refused(await webhook.http.post("/telegram", content=b"{}", headers=header))


@pytest.mark.parametrize("shown", ["", "anything"])
async def test_bot_without_a_secret_refuses_every_call(
    peer: TelegramPeer, channel: TelegramChannel, shown: str
) -> None:
    desk = RecordingDesk()
    async with door_of(desk, settings(peer, webhook_secret=SecretStr("")), channel) as http:
        webhook = Webhook(peer, desk, http, channel.buttons)
        assert refused(await webhook.post(json.dumps(peer.text(CHAT, "你好")).encode(), shown))
    async with door_of(desk, TelegramSettings(), None) as http:
        assert refused(await Webhook(peer, desk, http, channel.buttons).post(b"{}", shown))
    assert desk.arrivals == []


@pytest.mark.parametrize("token", ["no-token", "123 456:abc", ":", "abc:def"])
def test_token_that_is_none_stops_the_start_without_being_told(token: str) -> None:
    bot = TelegramSettings(token=SecretStr(token), webhook_secret=SecretStr(SECRET))
    with pytest.raises(SettingWrong) as refusal:
        build_door(RecordingDesk(), bot)
    assert "QIANSHAO_TELEGRAM__TOKEN" in str(refusal.value)
    assert str(refusal.value).count(token) == (
        1 if token == ":" else 0
    )  # the sentence has a colon of its own


# ---- bodies that are none ---------------------------------------------------------------------------------

BROKEN = {
    "nothing": b"",
    "words": "你好".encode(),
    "cut short": b'{"update_id": 1, "message": {"message_id"',
    "a list": b"[]",
    "a number": b"1",
    "null": b"null",
    "no id": b'{"message": null}',
    "id of words": b'{"update_id": "one"}',
    "not utf-8": b'{"update_id": 1, "x": "\xff\xfe"}',
    "too deep": b'{"update_id": 1, "x": ' + b"[" * 5000 + b"]" * 5000 + b"}",
}  # fmt: skip


async def test_message_with_something_that_telegram_made_since_is_answered_all_the_same(
    webhook: Webhook,
) -> None:
    beside = {
        "forward_origin": {"type": "thought", "date": 1},
        "reply_to_message": {"message_id": "?"},
        "gift": {"gift": {"id": 1}},
    }
    update = webhook.peer.text(CHAT, "你好")
    update["message"] |= beside
    answer = await webhook.post(json.dumps(update).encode())
    assert answer.status_code == 200
    assert webhook.desk.only.incoming == Said("你好")
    assert "thought" in webhook.desk.only.raw.decode()  # kept as it came


async def test_message_that_cannot_be_read_is_told_to_its_sender_and_not_pushed_for_a_day(
    webhook: Webhook,
) -> None:
    update = webhook.peer.text(CHAT, "你好")
    update["message"]["text"] = {"of": "tomorrow"}
    answer = await webhook.post(json.dumps(update).encode())
    assert json.loads(answer.content)["chat_id"] == CHAT
    assert webhook.desk.only.incoming == Unsupported("unknown")
    assert "tomorrow" in webhook.desk.only.raw.decode()


@pytest.mark.parametrize(
    "content",
    [
        {"message": {"message_id": 1, "date": 1}},
        {"message": 1},
        {
            "my_chat_member": {
                "chat": {"id": CHAT, "type": "private"},
                "new_chat_member": {"status": "asleep"},
            }
        },
        {"edited_message": {"message_id": 1, "text": 2}},
        {"message_reaction": {"chat": {"id": CHAT, "type": "private"}, "new_reaction": 1}},
        {"poll_answer": {}},
    ],
)
async def test_update_that_cannot_be_read_and_that_nobody_waits_for_is_not_pushed_again(
    webhook: Webhook, content: dict[str, Any]
) -> None:
    answer = await webhook.post(json.dumps({"update_id": 1, **content}).encode())
    assert (answer.status_code, answer.content) == (200, b"")
    assert webhook.desk.arrivals == []


@pytest.mark.parametrize("name", BROKEN)
async def test_broken_update_is_called_bad_and_not_a_fault_of_ours(webhook: Webhook, name: str) -> None:
    answer = await webhook.post(BROKEN[name])
    assert (answer.status_code, answer.content) == (400, b"")
    assert webhook.desk.arrivals == []


@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    body=st.one_of(
        st.binary(max_size=200),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=9),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["update_id", "message", "chat", "id", "type", "date", "text", "from"]),
                    inner,
                )
            ),
            max_leaves=12,
        ).map(lambda value: json.dumps(value).encode()),
    )
)
async def test_no_body_whatever_is_a_fault_of_ours(webhook: Webhook, body: bytes) -> None:
    assert (await webhook.post(body)).status_code in (200, 400)


async def test_body_over_the_limit_is_refused_announced_or_not(webhook: Webhook) -> None:
    large = json.dumps(webhook.peer.text(CHAT, "a" * MOST_BODY_BYTES)).encode()

    async def unannounced() -> AsyncIterator[bytes]:
        for start in range(0, len(large), 8192):
            yield large[start : start + 8192]

    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    for content in (large, unannounced()):
        answer = await webhook.http.post("/telegram", content=content, headers=headers)
        assert answer.status_code == 413


# ---- what goes back ---------------------------------------------------------------------------------------


async def test_answer_to_the_call_is_one_message_with_buttons(webhook: Webhook) -> None:
    webhook.desk.answer = lambda _: (
        Reply("照片收到了。"),
        Reply("在哪儿看到的？", (Choice("medium.wall", "墙上"), Choice("medium.sms", "短信")), STANDING),
    )
    update = webhook.peer.text(CHAT, "在墙上看到的 🙏")
    answer = await webhook.deliver(update)
    call = answer.json()
    assert call.pop("method") == "sendMessage"
    method = SendMessage.model_validate(call)
    assert method.text == "照片收到了。\n\n在哪儿看到的？"
    assert method.parse_mode is not None  # aiogram's default marker: nothing was said about it
    assert "parse_mode" not in call
    assert call["link_preview_options"] == {"is_disabled": True}
    (message,) = webhook.shown
    assert list(webhook.peer.buttons_of(message)) == ["墙上", "短信", "返回", "人工"]
    assert message.reply_markup is not None
    assert [len(row) for row in message.reply_markup.inline_keyboard] == [1, 1, 2]
    arrival = webhook.desk.only
    assert arrival.incoming == Said("在墙上看到的 🙏")
    assert (arrival.channel, arrival.address, arrival.received_at) == ("telegram", str(CHAT), AT)
    assert arrival.external_id == str(update["update_id"])
    assert json.loads(arrival.raw) == update


async def test_words_with_markup_are_shown_as_they_are(webhook: Webhook) -> None:
    words = "*_[<b>]&amp;\\`"
    webhook.desk.answer = lambda _: (Reply(words),)
    await webhook.deliver(webhook.peer.text(CHAT, "1"))
    assert [message.text for message in webhook.shown] == [words]


async def test_no_reply_is_an_empty_answer(webhook: Webhook) -> None:
    webhook.desk.answer = lambda _: ()
    answer = await webhook.deliver(webhook.peer.text(CHAT, "1"))
    assert (answer.status_code, answer.content) == (200, b"")


async def test_second_delivery_gets_the_same_words(webhook: Webhook) -> None:
    said = iter("甲乙")
    webhook.desk.answer = lambda _: (Reply(next(said), (Choice("a", "一"),)),)
    update = webhook.peer.text(CHAT, "1")
    first, second = await webhook.deliver(update), await webhook.deliver(update)
    assert first.content == second.content
    assert [message.text for message in webhook.shown] == ["甲", "甲"]


WALL = Choice("medium.wall", "墙上")


async def test_pressed_button_is_answered_and_means_its_choice(webhook: Webhook) -> None:
    webhook.desk.answer = lambda _: (Reply("好的。"),)
    update = webhook.press(WALL)
    await webhook.deliver(update)
    assert webhook.desk.only.incoming == Chose("medium.wall", as_shown=WALL.mark)
    assert webhook.desk.only.address == str(CHAT)
    assert webhook.peer.answered == [update["callback_query"]["id"]]
    assert [message.text for message in webhook.shown] == ["好的。"]


async def test_button_stops_waiting_before_its_answer_is_ready(webhook: Webhook) -> None:
    def slow(_: Arrival) -> tuple[Reply]:
        assert webhook.peer.answered == [update["callback_query"]["id"]]
        return (Reply("好的。"),)

    webhook.desk.answer, webhook.desk.seconds = slow, 0.3
    update = webhook.press(WALL)
    assert (await webhook.deliver(update)).status_code == 200


async def test_button_data_tells_nobody_what_it_means(webhook: Webhook) -> None:
    webhook.desk.answer = lambda _: (Reply("?", (WALL, Choice("tip.qs-abcd-efgh-j", "甲"))),)
    await webhook.deliver(webhook.peer.text(CHAT, "1"))
    data = webhook.peer.buttons_of(webhook.shown[0]).values()
    assert all(one.isascii() and len(one) <= 64 for one in data)
    assert not any("wall" in one or "qs" in one.lower()[:4] for one in data)


@pytest.mark.parametrize("data", ["medium.wall", "x", "墙上", "A" * 64, "=" * 9, "\x00"])
async def test_button_that_nobody_made_is_an_old_one(webhook: Webhook, data: str) -> None:
    await webhook.deliver(webhook.peer.press(CHAT, data))
    assert webhook.desk.only.incoming == STALE


async def test_button_pressed_by_another_person_is_an_old_one(webhook: Webhook) -> None:
    await webhook.deliver(webhook.press(WALL, by=CHAT + 1))
    assert webhook.desk.only.incoming == STALE


async def test_button_works_for_three_days_and_not_for_a_week(webhook: Webhook) -> None:
    await webhook.deliver(webhook.press(WALL, at=AT - timedelta(hours=71)))
    await webhook.deliver(webhook.press(WALL, at=AT - timedelta(days=7)))
    assert [arrival.incoming for arrival in webhook.desk.arrivals] == [Chose("medium.wall", WALL.mark), STALE]


async def test_button_of_a_message_that_telegram_forgot_still_works(webhook: Webhook) -> None:
    update = webhook.press(WALL)
    chat = update["callback_query"]["message"]["chat"]
    update["callback_query"]["message"] = {"chat": chat, "message_id": 5, "date": 0}
    await webhook.deliver(update)
    del update["callback_query"]["message"]
    update["update_id"] += 10**9
    await webhook.deliver(update)
    assert [arrival.incoming for arrival in webhook.desk.arrivals] == [Chose("medium.wall", WALL.mark)] * 2


async def test_button_that_can_no_longer_be_answered_spoils_nothing(webhook: Webhook) -> None:
    webhook.peer.refuse("answerCallbackQuery", 400, "Bad Request: query is too old")
    answer = await webhook.deliver(webhook.press(WALL))
    assert answer.status_code == 200
    assert len(webhook.shown) == 1


async def test_button_without_meaning_is_answered_all_the_same(webhook: Webhook) -> None:
    update = webhook.peer.press(CHAT, "x")
    del update["callback_query"]["data"]
    update["callback_query"]["game_short_name"] = "g"
    await webhook.deliver(update)
    assert webhook.desk.arrivals == []
    assert webhook.peer.answered == [update["callback_query"]["id"]]


async def test_fault_of_ours_makes_telegram_call_again(webhook: Webhook) -> None:
    webhook.desk.faults = 1
    update = webhook.peer.text(CHAT, "1")
    assert (await webhook.deliver(update)).status_code == 500
    assert (await webhook.deliver(update)).status_code == 200
    assert [message.text for message in webhook.shown] == ["收到。"]


def test_nothing_else_of_the_bot_loads_aiogram() -> None:
    names = (
        "import bot.channels, bot.inbox, bot.delivery, bot.talking, bot.outbox, bot.cutting, bot.bodies,"
        " bot.webchat.door, bot.wechat.door, entrypoints.console, entrypoints.web, sys;"
        " print('aiogram' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {names}"], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "False", done.stderr
