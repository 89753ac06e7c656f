"""An update from its bytes, also where Telegram has made kinds of things since that aiogram's types do not know.

A message that was forwarded from a place of a new kind, or quotes a new kind of gift, is still a message: what is beside its
words is left out, and the person gets an answer. Where what the bot hears cannot be read, only who sent it is kept: Telegram
would bring the update again for a day and hold back all that this person says meanwhile, so that they are told instead that it
cannot be opened.
"""

import json
import logging
from typing import Any, Final

from aiogram.types import Update
from pydantic import ValidationError

log = logging.getLogger(__name__)

_HEARD: Final = frozenset(
    {
        "message_id", "date", "edit_date", "chat", "from", "id", "data", "chat_instance", "media_group_id",
        "text", "caption", "location", "venue", "contact",
        "photo", "document", "video", "video_note", "animation", "voice", "audio",
        "old_chat_member", "new_chat_member",
    }
)  # fmt: skip
"""What an update is understood by."""
_WHOSE: Final = ("message_id", "date", "chat", "from")


def read_update(body: bytes) -> Update:
    """Raises ValidationError where the bytes are no update at all."""
    try:
        return Update.model_validate_json(body)
    except ValidationError as fault:
        beside = {error["loc"][:2] for error in fault.errors(include_input=False, include_url=False)}
        try:
            told: Any = json.loads(body)
        except (ValueError, RecursionError):
            raise fault from None
        if not isinstance(told, dict):
            raise
    if any(len(place) < 2 or place[1] in _HEARD for place in beside):
        return _bare(told)
    for kind, name in beside:
        if isinstance(inside := told.get(str(kind)), dict):
            inside.pop(str(name), None)
    try:
        update = Update.model_validate(told)
    except ValidationError:  # what is left out was needed
        return _bare(told)
    log.warning(
        "parts of an update are not known", extra={"parts": sorted(str(place[1]) for place in beside)}
    )
    return update


def _bare(told: dict[str, Any]) -> Update:
    """Who sent a message that cannot be read, and nothing of it; of any other kind its number alone."""
    log.error("an update cannot be read", extra={"kind": sorted(str(name)[:40] for name in told)[:5]})
    message = told.get("message")
    kept = {name: message[name] for name in _WHOSE if name in message} if isinstance(message, dict) else None
    number = {"update_id": told.get("update_id")}
    if kept is not None:
        try:
            return Update.model_validate(number | {"message": kept})
        except ValidationError:
            pass  # not even that
    return Update.model_validate(number)
