"""Whatever somebody sends to the bot, the real inbox has an answer that fits it."""

from typing import Any

import pytest

from bot.channels import ChannelName
from bot.telegram.channel import TelegramChannel
from entrypoints.desk import Desk
from tests.bot.telegram.conftest import CHAT, Webhook, door_of, settings
from tests.bot.telegram.test_arrivals import FILE, MOVING, PLACE, POLL
from tests.peers.telegram import TelegramPeer

ANSWERS: dict[str, tuple[dict[str, Any], str]] = {
    "text": ({"text": "你好"}, "您好"),
    "photo": ({"photo": [FILE | {"width": 640, "height": 480}]}, "收到 1 张照片"),
    "picture as a file": ({"document": FILE | {"mime_type": "image/png"}}, "收到 1 张照片"),
    "leaflet as a document": ({"document": FILE | {"mime_type": "application/pdf"}}, "收到 1 张照片"),
    "document": ({"document": FILE | {"mime_type": "application/zip"}}, "收到 1 份文件"),
    "voice": ({"voice": FILE | {"duration": 3}}, "给工作人员留着"),
    "video": ({"video": MOVING}, "给工作人员留着"),
    "round video": ({"video_note": FILE | {"length": 240, "duration": 3}}, "给工作人员留着"),
    "animation": ({"animation": MOVING, "document": FILE | {"mime_type": "image/gif"}}, "给工作人员留着"),
    "location": ({"location": PLACE}, "位置记下了"),
    "venue": (
        {"location": PLACE, "venue": {"location": PLACE, "title": "人民广场", "address": "路1号"}},
        "位置记下了",
    ),
    "card of one's own": (
        {"contact": {"phone_number": "13800138000", "first_name": "测", "user_id": CHAT}},
        "提醒一下",
    ),
    "checklist": ({"checklist": {"title": "贷款先交保证金", "tasks": [{"id": 1, "text": "加微信"}]}}, "疑似"),
    "poll": ({"poll": POLL}, "打不开"),
    "dice": ({"dice": {"emoji": "🎲", "value": 3}}, "打不开"),
    "document whose name cries": ({"document": FILE | {"file_name": "遗书.docx"}}, "120"),
    "too large a film whose name cries": (
        {"video": MOVING | {"file_name": "我不想活了.mp4", "file_size": 20 * 1024 * 1024 + 1}},
        "120",
    ),
    "song whose title cries": (
        {"audio": FILE | {"duration": 3, "title": "永别", "performer": "活不下去了"}},
        "120",
    ),
    "card of one's own that cries": (
        {
            "contact": {
                "phone_number": "13800138000",
                "first_name": "不想",
                "last_name": "活了",
                "user_id": CHAT,
            }
        },
        "120",
    ),
    "card whose note cries": (
        {
            "contact": {
                "phone_number": "13800138000",
                "first_name": "测",
                "vcard": "BEGIN:VCARD\r\nNOTE:我不想活了\r\nEND:VCARD",
            }
        },
        "120",
    ),
    "poll that is explained by a cry": ({"poll": POLL | {"explanation": "我不想活了"}}, "120"),
    "venue whose name cries": (
        {"location": PLACE, "venue": {"location": PLACE, "title": "我要从这里跳下去", "address": "桥"}},
        "120",
    ),
    "too large a file": ({"document": FILE | {"file_size": 20 * 1024 * 1024 + 1}}, "太大"),
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ANSWERS)
async def test_every_kind_has_an_answer_that_fits_it(
    desk: Desk, peer: TelegramPeer, channel: TelegramChannel, name: str
) -> None:
    desk.channels[ChannelName.telegram] = channel
    content, expected = ANSWERS[name]
    async with door_of(desk.inbox, settings(peer), channel) as http:  # type: ignore[arg-type]
        hook = Webhook(peer, desk.inbox, http, channel.buttons)  # type: ignore[arg-type]
        await hook.deliver(peer.update(message=peer.message(CHAT, **content)))
    assert expected in hook.shown[-1].text + "".join(peer.buttons_of(hook.shown[-1]))
