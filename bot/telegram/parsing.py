"""An update from its bytes, also where Telegram has made kinds of things since that aiogram's types do not know.

A message that was forwarded from a place of a new kind, or quotes a new kind of gift, is still a message: what is beside its
words is left out, and the person gets an answer. What the bot hears is never left out; then the whole cannot be read.
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


def read_update(body: bytes) -> Update:
    """Raises ValidationError where the bytes are no update, or what the bot hears in it cannot be read."""
    try:
        return Update.model_validate_json(body)
    except ValidationError as fault:
        beside = {error["loc"][:2] for error in fault.errors(include_input=False, include_url=False)}
        if any(len(place) < 2 or place[1] in _HEARD for place in beside):
            raise
    told: dict[str, Any] = json.loads(body)
    for kind, name in beside:
        if isinstance(inside := told.get(str(kind)), dict):
            inside.pop(str(name), None)
    log.warning(
        "parts of an update are not known", extra={"parts": sorted(str(place[1]) for place in beside)}
    )
    return Update.model_validate(told)
