"""Every kind of update that aiogram knows is answered or knowingly ignored, and the documents say so."""

import re
from pathlib import Path

from aiogram.enums import ContentType, UpdateType
from aiogram.types import Update

from bot.telegram.updates import ALLOWED, HEARD, NOTES, UNHEARD

PAGE = Path(__file__).parents[3] / "docs" / "telegram.md"


def test_every_kind_of_update_is_heard_or_knowingly_ignored() -> None:
    kinds = set(Update.model_fields) - {"update_id"}
    assert kinds == {kind.value for kind in UpdateType}
    assert {kind.value for kind in (*HEARD, *UNHEARD)} == kinds
    assert not set(HEARD) & set(UNHEARD)
    assert list(ALLOWED) == [kind.value for kind in HEARD]


ACTS = {
    "text", "animation", "audio", "document", "live_photo", "photo", "sticker", "story", "video", "video_note", "voice",
    "checklist", "contact", "dice", "game", "poll", "venue", "location", "paid_media", "invoice", "gift", "unique_gift",
    "giveaway", "giveaway_winners", "rich_message",
}  # fmt: skip
"""What a person sends on purpose."""


def test_every_content_is_somebodys_act_or_knowingly_a_note_of_telegrams() -> None:
    assert set(ContentType) - {ContentType.ANY, ContentType.UNKNOWN} == ACTS | NOTES
    assert not ACTS & NOTES


def test_the_page_on_telegram_lists_every_kind_with_its_reason() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE))
    assert {kind: rows.get(kind.value) for kind in (*HEARD, *UNHEARD)} == {**HEARD, **UNHEARD}
