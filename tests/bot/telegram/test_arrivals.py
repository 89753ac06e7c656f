"""Every kind of update, through the door."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.channels import Before, RemoteMedia
from bot.conversation.messages import Arrived, Incoming, MediaRefused, Said, SentPlace, Unsupported
from tests.bot.telegram.conftest import CHAT, Webhook

FILE = {"file_id": "file-1", "file_unique_id": "u1"}
SIZE = {"width": 640, "height": 480}
MOVING = FILE | SIZE | {"duration": 3}
PERSON = {"id": CHAT, "is_bot": False, "first_name": "测试"}
PLACE = {"latitude": 23.13, "longitude": 113.36}

STICKER = FILE | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
GROUP = {"id": -100123, "type": "supergroup", "title": "群"}
CHANNEL = {"id": -100124, "type": "channel", "title": "频道"}
ELSEWHERE = {
    "origin": {"type": "channel", "chat": CHANNEL, "message_id": 1, "date": 1}, "chat": CHANNEL, "message_id": 1
}  # fmt: skip
PRESSED = "https://pianzi.example/a"
POLL = {
    "id": "1", "question": "投资吗", "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular",
    "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
    "options": [{"text": text, "voter_count": 0, "persistent_id": text} for text in ("投", "不投")],
}  # fmt: skip

UNDERSTOOD: dict[str, tuple[dict[str, Any], Incoming]] = {
    "text": ({"text": "1"}, Said("1")),
    "start": ({"text": "/start"}, Arrived("start")),
    "start by poster": ({"text": "/start village-07"}, Arrived("start", scene="village-07")),
    "start with words": ({"text": "/start 你好"}, Said("/start 你好")),
    "command": ({"text": "/mytips"}, Said("/mytips")),
    "command with the bot's name": ({"text": "/mytips@qianshao_bot"}, Said("/mytips")),
    "words with a sign": ({"text": "找 @someone /x@y"}, Said("找 @someone /x@y")),
    "location": ({"location": PLACE}, SentPlace(23.13, 113.36)),
    "venue": (
        {"location": PLACE, "venue": {"location": PLACE, "title": "人民广场", "address": "前哨县人民路1号"}},
        SentPlace(23.13, 113.36, "人民广场 前哨县人民路1号"),
    ),
    "sticker": (
        {"sticker": STICKER},
        Unsupported("sticker"),
    ),
    "somebody's card": (
        {"contact": {"phone_number": "13800138000", "first_name": "王", "last_name": "经理"}},
        Said("王 经理 13800138000"),
    ),
    "card of one's own": (
        {"contact": {"phone_number": "13800138000", "first_name": "测", "user_id": CHAT}},
        Unsupported("contact"),
    ),
    "poll": ({"poll": POLL}, Unsupported("poll", "投资吗\n投\n不投")),
    "gift": ({"gift": {"gift": {"id": "1", "sticker": STICKER, "star_count": 1}}}, Unsupported("gift")),
    "giveaway": (
        {"giveaway": {"chats": [CHANNEL], "winners_selection_date": 1900000000, "winner_count": 1}},
        Unsupported("giveaway"),
    ),
    "checklist": (
        {
            "checklist": {
                "title": "入会",
                "tasks": [{"id": 1, "text": "先交300元"}, {"id": 2, "text": "加微信"}],
            }
        },
        Said("入会\n先交300元\n加微信"),
    ),
    "rich message": (
        {
            "rich_message": {
                "blocks": [
                    {"type": "heading", "size": 1, "text": "稳赚项目"},
                    {
                        "type": "paragraph",
                        "text": [
                            "月息10%，",
                            {"type": "url", "text": "点这里", "url": "https://pianzi.example/a"},
                        ],
                    },
                ]
            }
        },
        Said("稳赚项目\n月息10%，点这里 https://pianzi.example/a"),
    ),
    "rich message of pictures alone": ({"rich_message": {"blocks": []}}, Unsupported("rich_message")),
    "address behind words": (
        {
            "text": "点这里领工资",
            "entities": [{"type": "text_link", "offset": 1, "length": 2, "url": PRESSED}],
        },
        Said(f"点这里领工资\n{PRESSED}"),
    ),
    "address behind a button": (
        {"text": "高收益项目", "reply_markup": {"inline_keyboard": [[{"text": "进群", "url": PRESSED}]]}},
        Said(f"高收益项目\n进群 {PRESSED}"),
    ),
    "address that is seen": (
        {"text": PRESSED, "entities": [{"type": "text_link", "offset": 0, "length": 9, "url": PRESSED}]},
        Said(PRESSED),
    ),
    "question about a line of another chat": (
        {"text": "这个靠谱吗", "external_reply": ELSEWHERE, "quote": {"text": "日息1%，稳赚", "position": 0}},
        Said("日息1%，稳赚\n这个靠谱吗"),
    ),
    "quote of this chat": (
        {"text": "好的", "quote": {"text": "在哪里看到的", "position": 0}},
        Said("好的"),
    ),
    "kind of tomorrow": ({"hologram": {"x": 1}}, Unsupported("unknown")),
    "dice": ({"dice": {"emoji": "🎲", "value": 3}}, Unsupported("dice")),
    "too large a file": ({"document": FILE | {"file_size": 20 * 1024 * 1024 + 1}}, MediaRefused("too_large")),
    "too large a file with words": (
        {"document": FILE | {"file_size": 20 * 1024 * 1024 + 1}, "caption": "我不想活了"},
        MediaRefused("too_large", "我不想活了"),
    ),
}


@pytest.mark.parametrize("name", UNDERSTOOD)
async def test_update_means_what_telegram_documents(webhook: Webhook, name: str) -> None:
    content, meaning = UNDERSTOOD[name]
    await webhook.deliver(webhook.peer.update(message=webhook.peer.message(CHAT, **content)))
    assert webhook.desk.only.incoming == meaning
    assert webhook.desk.only.media == ()
    assert len(webhook.shown) == 1


FILES: dict[str, tuple[dict[str, Any], str]] = {
    "voice": ({"voice": FILE | {"duration": 3}}, "voice"),
    "audio": ({"audio": FILE | {"duration": 3}}, "file"),
    "video": ({"video": MOVING}, "video"),
    "round video": ({"video_note": FILE | {"length": 240, "duration": 3}}, "video"),
    "animation": ({"animation": MOVING, "document": FILE | {"mime_type": "image/gif"}}, "video"),
    "picture as a file": ({"document": FILE | {"mime_type": "image/png"}}, "picture"),
    "picture as a file, from an iPhone": ({"document": FILE | {"mime_type": "image/heic"}}, "picture"),
    "picture of no kind": (
        {"document": FILE | {"mime_type": "application/octet-stream", "file_name": "IMG_0042.HEIC"}},
        "picture",
    ),
    "leaflet as a document": ({"document": FILE | {"mime_type": "application/pdf"}}, "picture"),
    "live photo": ({"live_photo": MOVING | {"file_id": "moving", "photo": [FILE | SIZE]}}, "picture"),
    "live photo, as older bots see it": (
        {"live_photo": MOVING | {"file_id": "moving"}, "photo": [FILE | SIZE]},
        "picture",
    ),
    "live photo without its still": ({"live_photo": MOVING}, "video"),
    "other document": ({"document": FILE | {"mime_type": "application/zip"}}, "file"),
    "document of no kind": ({"document": FILE}, "file"),
    "program that calls itself a picture": (
        {"document": FILE | {"mime_type": "application/zip", "file_name": "a.jpg"}},
        "file",
    ),
}


@pytest.mark.parametrize("name", FILES)
async def test_file_is_named_for_fetching(webhook: Webhook, name: str) -> None:
    content, kind = FILES[name]
    await webhook.deliver(webhook.peer.update(message=webhook.peer.message(CHAT, **content)))
    assert webhook.desk.only.media == (RemoteMedia(kind, "file-1"),)


async def test_largest_size_of_a_photo_is_taken_and_its_caption_kept(webhook: Webhook) -> None:
    update = webhook.peer.photo(CHAT, b"jpeg" * 100, caption="村口墙上")
    await webhook.deliver(update)
    largest = update["message"]["photo"][1]["file_id"]
    assert webhook.desk.only.media == (RemoteMedia("picture", largest),)
    assert webhook.desk.only.incoming == Said("村口墙上")


async def test_pieces_of_an_album_carry_its_name(webhook: Webhook) -> None:
    for words in ({"caption": "村口墙上"}, {}):
        await webhook.deliver(webhook.peer.photo(CHAT, b"jpeg", media_group_id="1357", **words))
    await webhook.deliver(webhook.peer.photo(CHAT, b"jpeg"))
    assert [arrival.album for arrival in webhook.desk.arrivals] == ["1357", "1357", ""]


async def test_edit_carries_its_new_words_and_finds_the_message_it_changes(webhook: Webhook) -> None:
    first = webhook.peer.message(CHAT, text="先前的话")
    other = webhook.peer.message(CHAT, text="别的话")
    for message in (first, other):
        await webhook.deliver(webhook.peer.update(message=message))
    edited = first | {"text": "改过的话", "edit_date": first["date"] + 60}
    answer = await webhook.deliver(webhook.peer.update(edited_message=edited))
    one, two, change = webhook.desk.arrivals
    assert (change.incoming, change.media, answer.content) == (None, (), b"")
    assert change.edit is not None
    assert (change.edit.text, change.edit.sent_at.timestamp()) == ("改过的话", first["date"])
    found = [change.edit.said_in(arrival.raw) for arrival in (one, two, change)]
    assert found == [Before("先前的话", False), None, Before("改过的话", False)]
    assert [change.edit.said_in(raw) for raw in (b"\xff", b"[]", b'{"message": 1}')] == [None] * 3


async def test_edit_that_exchanges_a_photo_brings_the_new_one(webhook: Webhook) -> None:
    first = webhook.peer.photo(CHAT, b"jpeg", caption="村口墙上")["message"]
    other = webhook.peer.photo(CHAT, b"jpeg")["message"]["photo"]
    for message in (first, first | {"caption": "村口墙上的广告"}, first | {"photo": other}):
        kind = "message" if message is first else "edited_message"
        await webhook.deliver(webhook.peer.update(**{kind: message}))
    came, worded, exchanged = webhook.desk.arrivals
    assert worded.edit is not None
    assert exchanged.edit is not None
    assert worded.edit.said_in(came.raw) == Before("村口墙上", has_file=True)
    assert exchanged.edit.said_in(came.raw) == Before("村口墙上", has_file=False)
    assert exchanged.edit.media == (RemoteMedia("picture", other[1]["file_id"]),)


async def test_block_is_recorded_and_not_answered(webhook: Webhook) -> None:
    answer = await webhook.deliver(webhook.peer.membership(CHAT, "member", "kicked"))
    assert webhook.desk.only.incoming is None
    assert webhook.desk.only.address == str(CHAT)
    assert answer.content == b""


def in_group(webhook: Webhook, **content: Any) -> dict[str, Any]:
    """A message in a group."""
    return webhook.peer.message(CHAT, **content) | {"chat": GROUP}


IGNORED: dict[str, Callable[[Webhook], dict[str, Any]]] = {
    "group": lambda hook: {"message": in_group(hook, text="大家好")},
    "edit in a group": lambda hook: {"edited_message": in_group(hook, text="大家好")},
    "button in a group": lambda hook: {
        "callback_query": {
            "id": "1", "from": PERSON, "chat_instance": "1", "data": "a", "message": in_group(hook, text="?")
        }
    },
    "group joined": lambda hook: {"message": in_group(hook, new_chat_members=[PERSON])},
    "another bot": lambda hook: {
        "message": hook.peer.message(CHAT, text="你好") | {"from": PERSON | {"is_bot": True}}
    },
    "pinned": lambda hook: {
        "message": hook.peer.message(CHAT, pinned_message=hook.peer.message(CHAT, text="好"))
    },
    "moving place": lambda hook: {"edited_message": hook.peer.message(CHAT, location=PLACE)},
    "post in a channel": lambda hook: {
        "channel_post": {"message_id": 1, "date": 1, "chat": CHANNEL, "text": "x"}
    },
    "inline question": lambda hook: {"inline_query": {"id": "1", "from": PERSON, "query": "", "offset": ""}},
    "vote": lambda hook: {
        "poll_answer": {"poll_id": "1", "user": PERSON, "option_ids": [0], "option_persistent_ids": ["0"]}
    },
    "edited post in a channel": lambda hook: {
        "edited_channel_post": {"message_id": 1, "date": 1, "edit_date": 2, "chat": CHANNEL, "text": "x"}
    },
    "reaction": lambda hook: {
        "message_reaction": {
            "chat": {"id": CHAT, "type": "private"}, "message_id": 1, "date": 1, "user": PERSON,
            "old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": "👍"}],
        }
    },
    "message to somebody's business": lambda hook: {
        "business_message": hook.peer.message(CHAT, text="你好") | {"business_connection_id": "b"}
    },
    "group that became a supergroup": lambda hook: {
        "message": in_group(hook, migrate_to_chat_id=-100125) | {"chat": GROUP | {"type": "group"}}
    },
    "topic made in a group": lambda hook: {
        "message": in_group(hook, forum_topic_created={"name": "题", "icon_color": 7322096}, message_thread_id=5)
    },
    "words in a group's topic": lambda hook: {
        "message": in_group(hook, text="大家好", message_thread_id=5, is_topic_message=True)
    },
    "kind of tomorrow": lambda hook: {"telepathy": {"thought": "…"}},
}  # fmt: skip


@pytest.mark.parametrize("name", IGNORED)
async def test_update_that_is_no_word_to_us_leaves_no_trace(webhook: Webhook, name: str) -> None:
    answer = await webhook.deliver(webhook.peer.update(**IGNORED[name](webhook)))
    assert (answer.status_code, answer.content) == (200, b"")
    assert webhook.desk.arrivals == []
