"""What an update of Telegram means, as an Arrival. Only private chats are a conversation."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiogram.enums import ChatMemberStatus, ChatType, ContentType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, Update

from bot import contacts
from bot.channels import Arrival, Before, Beside, ChannelName, Edit, RemoteMedia
from bot.conversation.messages import Arrived, Incoming, MediaRefused, Said, SentPlace, Unsupported
from bot.conversation.replies import Reply
from bot.telegram.buttons import Buttons
from bot.telegram.parsing import read_update
from bot.telegram.updates import NOTES
from bot.telegram.words import cry_in_names, question_of, words_of
from foundation.statements import Write
from foundation.texts import storable

MOST_FILE_BYTES = 20 * 1024 * 1024
"""What a bot may download; a larger file is refused at once and not when a job fails."""

_START = re.compile(r"/start(?:@\w+)?(?:\s+([\w-]{1,64}))?\s*", re.ASCII)
_COMMAND = re.compile(r"(/[a-z_]+)@\w+", re.ASCII)

_OF_NO_KIND = "application/octet-stream"
_PICTURE_NAMES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".heic", ".heif", ".tif", ".tiff", ".pdf")

_GONE = frozenset({ChatMemberStatus.KICKED, ChatMemberStatus.LEFT})
"""What the bot is in a private chat whose person blocked it."""


def arrival_of(update: Update, raw: bytes, at: datetime, buttons: Buttons) -> Arrival | None:
    """The update as the inbox takes it; None for what is knowingly ignored.

    An Arrival with neither meaning nor media (a bot blocked or let in again) is recorded and not answered. An edit is no new answer:
    taking it for the answer to the question asked since would spoil the draft.
    """
    if update.callback_query is not None:
        return _pressed(update.update_id, update.callback_query, raw, at, buttons)
    if update.message is not None:
        message = update.message
        if not _is_private(message):
            return None
        media, incoming = _content(message)
        if not media and incoming is None:
            return None
        album = storable(message.media_group_id or "") if media else ""
        speaks = (message.from_user.language_code if message.from_user else None) or ""
        return _arrival(
            update.update_id, message.chat.id, raw, at, incoming, media, album=album, speaks=speaks
        )
    if update.edited_message is not None:
        edited = update.edited_message
        if not _is_private(edited) or edited.location is not None:  # a live position moves every few seconds
            return None
        return _arrival(update.update_id, edited.chat.id, raw, at, None, edit=_edit(edited))
    if update.my_chat_member is not None and update.my_chat_member.chat.type == ChatType.PRIVATE:
        return _blocked_or_back(update.update_id, update.my_chat_member, raw, at)
    return None


def _blocked_or_back(update_id: int, change: ChatMemberUpdated, raw: bytes, at: datetime) -> Arrival:
    """Who blocked the bot is not knocked at again until they let it in or write."""
    gone = change.new_chat_member.status in _GONE

    def note(contact_id: str, _key: bytes, _replies: Sequence[Reply]) -> list[Write]:
        return [contacts.reaching(contact_id, gone_at=at if gone else None)]

    return _arrival(update_id, change.chat.id, raw, at, None, beside=note)


def _pressed(
    update_id: int, pressed: CallbackQuery, raw: bytes, at: datetime, buttons: Buttons
) -> Arrival | None:
    if not pressed.data:
        return None
    if pressed.message is not None and pressed.message.chat.type != ChatType.PRIVATE:
        return None
    person = pressed.from_user.id
    meant = buttons.pressed(person, pressed.data, at)
    return _arrival(update_id, person, raw, at, meant, speaks=pressed.from_user.language_code or "")


def _is_private(message: Message) -> bool:
    return message.chat.type == ChatType.PRIVATE and not (message.from_user and message.from_user.is_bot)


def _content(message: Message) -> tuple[tuple[RemoteMedia, ...], Incoming | None]:
    words = words_of(message)
    if (cry := cry_in_names(message)) and cry not in words:
        words = "\n".join(filter(None, (words, cry)))
    if message.text is not None:
        return (), _said(words)
    if (found := _file(message)) is not None:
        if found.is_too_large:
            return (), MediaRefused("too_large", words)
        return (RemoteMedia(found.kind, found.file_id),), Said(words) if words else None
    if message.venue is not None:  # a venue carries its location as well
        place = message.venue
        label = " ".join(part for part in (place.title, place.address) if part)
        return (), SentPlace(place.location.latitude, place.location.longitude, label)
    if message.location is not None:
        return (), SentPlace(message.location.latitude, message.location.longitude)
    kind = ContentType(message.content_type)
    if kind in NOTES:
        return (), None
    if kind in (ContentType.CHECKLIST, ContentType.RICH_MESSAGE, ContentType.CONTACT) and words:
        return (), Said(words)
    return (), Unsupported(kind.value, words or question_of(message))


def _said(text: str) -> Incoming:
    if started := _START.fullmatch(text):
        return Arrived("start", scene=started[1] or "")
    return Said(_COMMAND.sub(r"\1", text, count=1) if text.startswith("/") else text)


def _edit(message: Message) -> Edit | None:
    """What the message says and carries now; None for one that has neither."""
    text, found = words_of(message), _file(message)
    if not text and found is None:
        return None
    media = () if found is None or found.is_too_large else (RemoteMedia(found.kind, found.file_id),)
    unique = "" if found is None else found.unique_id
    return Edit(text, message.date, lambda raw: _before(raw, message.message_id, unique), media)


def _before(raw: bytes, message_id: int, unique_id: str) -> Before | None:
    """What a recorded update said, where it brought this message or an edit of it."""
    try:
        told = json.loads(raw)
        written = told.get("message") or told.get("edited_message") or {}
        if written.get("message_id") != message_id:
            return None
        update = read_update(raw)
    except (ValueError, AttributeError):
        return None
    message = update.message or update.edited_message
    if message is None:
        return None
    found = _file(message)
    return Before(words_of(message), has_file=found is not None and found.unique_id == unique_id)


@dataclass(frozen=True, slots=True)
class _File:
    kind: str
    file_id: str
    unique_id: str
    """The same for the same file, whoever sends it and whenever."""
    size: int | None

    @property
    def is_too_large(self) -> bool:
        return self.size is not None and self.size > MOST_FILE_BYTES


def _file(message: Message) -> _File | None:
    """The file that the message carries."""
    still = message.photo or (message.live_photo.photo if message.live_photo is not None else None)
    if still:
        largest = max(still, key=lambda size: size.width * size.height)
        return _File("picture", largest.file_id, largest.file_unique_id, largest.file_size)
    # An animation comes as a document as well, so documents are looked at last.
    for kind, clip in (
        ("video", message.live_photo),
        ("video", message.video),
        ("video", message.video_note),
        ("video", message.animation),
        ("voice", message.voice),
        ("file", message.audio),
    ):
        if clip is not None:
            return _File(kind, clip.file_id, clip.file_unique_id, clip.file_size)
    document = message.document
    if document is None:
        return None
    # The kind is a first sorting; what the file is, its content decides later.
    mime_type = document.mime_type or _OF_NO_KIND
    is_picture = mime_type.startswith("image/") or mime_type == "application/pdf"
    if mime_type == _OF_NO_KIND:  # some phones do not say what a HEIC is
        is_picture = (document.file_name or "").lower().endswith(_PICTURE_NAMES)
    kind = "picture" if is_picture else "file"
    return _File(kind, document.file_id, document.file_unique_id, document.file_size)


def _arrival(
    update_id: int,
    chat_id: int,
    raw: bytes,
    at: datetime,
    incoming: Incoming | None,
    media: tuple[RemoteMedia, ...] = (),
    *,
    album: str = "",
    edit: Edit | None = None,
    speaks: str = "",
    beside: Beside | None = None,
) -> Arrival:
    return Arrival(
        channel=ChannelName.telegram,
        external_id=str(update_id),
        address=str(chat_id),
        raw=raw,
        incoming=incoming,
        received_at=at,
        media=media,
        album=album,
        edit=edit,
        speaks=speaks,
        beside=beside,
    )
