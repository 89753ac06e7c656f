"""`/telegram`: the address of the bot's webhook."""

import hmac
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import ValidationError
from starlette.background import BackgroundTask

from bot.bodies import BodyCutShort, BodyTooLarge, read_body
from bot.channels import FrontDesk
from bot.telegram.channel import TelegramChannel
from bot.telegram.parsing import read_update
from bot.telegram.reception import Reception
from bot.telegram.texts import NO_PREVIEW, Message
from foundation.clock import now
from foundation.settings import TelegramSettings

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a name, no secret
MOST_BODY_BYTES = 256 * 1024
"""A text of 4,096 characters with all its entities, quoted and replied to, is far smaller."""


def build_door(
    desk: FrontDesk,
    settings: TelegramSettings,
    channel: TelegramChannel | None = None,
    *,
    clock: Callable[[], datetime] = now,
) -> APIRouter:
    """The route of the webhook. Without token and secret it refuses everything.

    The answer to the call carries the reply as one `sendMessage`; pressed buttons are answered beside it through
    `channel` (or one of the door's own, which ends with the app).
    Raises SettingWrong for a token that is none.
    """
    own = TelegramChannel(settings, clock=clock) if channel is None and settings.receives else None
    sending = (channel or own) if settings.receives else None
    reception = Reception(desk, sending, clock=clock) if sending is not None else None
    secret = settings.webhook_secret.get_secret_value().encode()

    @asynccontextmanager
    async def _lifespan(_app: object) -> AsyncIterator[None]:
        yield
        if reception is not None:
            await reception.settle()
        if own is not None:
            await own.close()

    door = APIRouter(include_in_schema=False, lifespan=_lifespan)

    @door.post("/telegram")
    async def receive(request: Request) -> Response:
        shown = request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        if reception is None or not hmac.compare_digest(shown, secret):
            return Response(status_code=403)
        try:
            body = await read_body(request, MOST_BODY_BYTES)
            update = read_update(body)
        except BodyTooLarge:
            return Response(status_code=413)
        except (ValidationError, BodyCutShort) as refusal:
            log.warning("an update that cannot be read", extra={"reason": type(refusal).__name__})
            return Response(status_code=400)
        answer = await reception.take_in(update, body)
        said = answer.messages if answer is not None else ()
        if len(said) > 1:
            log.error("more replies than an answer can hold were not left for later")
        return Response(
            content=_send_message(answer.chat_id, said[0]) if answer is not None and said else b"",
            media_type="application/json" if said else None,
            background=BackgroundTask(reception.settle) if reception.is_busy else None,
        )

    return door


def _send_message(chat_id: int, message: Message) -> bytes:
    """A call of `sendMessage` as Telegram takes it in the answer to its own call."""
    call: dict[str, Any] = {
        "method": "sendMessage",
        "chat_id": chat_id,
        "text": message.text,
        "link_preview_options": NO_PREVIEW.model_dump(mode="json", include={"is_disabled"}),
    }
    if message.keyboard is not None:
        call["reply_markup"] = message.keyboard.model_dump(mode="json", exclude_none=True)
    return json.dumps(call, ensure_ascii=False).encode("utf-8", "replace")
