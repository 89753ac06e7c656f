"""The Bot API through aiogram. No address with the token, and no error of the HTTP client, gets out."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import AnswerCallbackQuery, SendPhoto, TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BufferedInputFile,
    WebhookInfo,
)
from aiogram.utils.token import TokenValidationError
from aiohttp import ClientError, ClientResponseError

from bot.channels import MediaGone, PictureNotTaken, TryLater, Unreachable
from bot.telegram.texts import NO_PREVIEW, Message
from foundation.errors import SettingWrong
from foundation.settings import TelegramSettings
from knowledge.pictures.fitting import SendLimits

log = logging.getLogger(__name__)

MOST_FILE_BYTES = 20 * 1024 * 1024
"""What a bot may download."""
PHOTO = SendLimits(max_bytes=10 * 1024 * 1024, max_sides=10_000, max_ratio=20)
"""What `sendPhoto` documents."""
_TIMEOUT_SECONDS = 15
_GONE = ("file is too big", "file_id", "file reference", "file not found")
_NO_PHOTO = ("photo_", "image_process_failed", "wrong type of the web page content", "file is too big")
_NOBODY = ("chat not found", "user not found", "user is deactivated", "peer_id_invalid", "chat_id is empty")

T = TypeVar("T")


class _Updates(TelegramMethod[list[dict[str, Any]]]):
    """`getUpdates` that takes each update by itself: one that aiogram cannot read must not hold back the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None
    timeout: int
    allowed_updates: list[str]


class TelegramClient:
    """Calls the Bot API for one bot; one for each event loop."""

    def __init__(self, settings: TelegramSettings) -> None:
        """Raises SettingWrong for a token that is none."""
        session = AiohttpSession(api=TelegramAPIServer.from_base(settings.api_base), timeout=_TIMEOUT_SECONDS)
        try:
            self._api = Bot(settings.token.get_secret_value(), session=session)
        except TokenValidationError:
            raise SettingWrong(
                setting="QIANSHAO_TELEGRAM__TOKEN", reason="it is not a token as BotFather gives it"
            ) from None

    async def close(self) -> None:
        """Closes the connections."""
        await self._api.session.close()

    async def say(self, chat_id: int, message: Message) -> None:
        """Sends one message. Raises Unreachable or TryLater."""
        await _guarded(
            lambda: self._api.send_message(
                chat_id, message.text, reply_markup=message.keyboard, link_preview_options=NO_PREVIEW
            )
        )

    async def show(self, chat_id: int, picture: bytes, message: Message) -> None:
        """Sends a picture, a JPEG within `PHOTO`, with the message's text below it. Raises PictureNotTaken, Unreachable or
        TryLater.
        """
        await _guarded(
            lambda: self._api.send_photo(
                chat_id,
                BufferedInputFile(picture, "picture.jpg"),
                caption=message.text or None,
                reply_markup=message.keyboard,
            )
        )

    async def answer_button(self, callback_id: str) -> None:
        """Ends the button's waiting sign; one pressed long ago cannot be answered, and nothing is lost."""
        try:
            await _guarded(lambda: self._api.answer_callback_query(callback_id))
        except (TryLater, Unreachable) as fault:
            log.info("a button was not answered", extra={"reason": str(fault)})

    async def file(self, file_id: str) -> bytes:
        """A file that a user sent, at most 20 MB. Raises MediaGone or TryLater."""
        found = await _guarded(lambda: self._api.get_file(file_id))
        if found.file_size is not None and found.file_size > MOST_FILE_BYTES:
            raise MediaGone("文件超过 20 MB")
        if not found.file_path:
            raise MediaGone("文件取不到")
        path = found.file_path
        return await _guarded(lambda: self._download(path))

    async def set_webhook(self, url: str, secret: str, allowed: Sequence[str], *, drop_pending: bool) -> None:
        """Has Telegram push updates of the `allowed` kinds. Raises Unreachable or TryLater."""
        await _guarded(
            lambda: self._api.set_webhook(
                url, secret_token=secret, allowed_updates=list(allowed), drop_pending_updates=drop_pending
            )
        )

    async def webhook(self) -> WebhookInfo:
        """What Telegram knows of the webhook. Raises Unreachable or TryLater."""
        return await _guarded(self._api.get_webhook_info)

    async def delete_webhook(self) -> None:
        """Has Telegram keep updates until somebody fetches them. Raises Unreachable or TryLater."""
        await _guarded(self._api.delete_webhook)

    async def updates(
        self, after: int | None, allowed: Sequence[str], *, wait_seconds: int
    ) -> list[dict[str, Any]]:
        """The updates after the one with this id, as they came; waits for the next one. Raises Unreachable or TryLater."""
        offset = None if after is None else after + 1
        asked = _Updates(offset=offset, timeout=wait_seconds, allowed_updates=list(allowed))
        return await _guarded(lambda: self._api(asked, request_timeout=wait_seconds + _TIMEOUT_SECONDS))

    async def set_commands(
        self, described: Sequence[tuple[str, str]], *, code: str = "", chat_id: int | None = None
    ) -> None:
        """Sets the list of commands of a language code for private chats, or of one chat. Raises Unreachable or TryLater.

        A group has none: the bot does not answer there.
        """
        commands = [BotCommand(command=command, description=said) for command, said in described]
        scope = BotCommandScopeAllPrivateChats() if chat_id is None else BotCommandScopeChat(chat_id=chat_id)
        await _guarded(lambda: self._api.set_my_commands(commands, scope=scope, language_code=code or None))

    async def _download(self, path: str) -> bytes:
        url = self._api.session.api.file_url(self._api.token, path)
        data = bytearray()
        async with aclosing(self._api.session.stream_content(url, timeout=60)) as stream:
            async for chunk in stream:
                data += chunk
                if len(data) > MOST_FILE_BYTES:
                    raise MediaGone("文件超过 20 MB")
        return bytes(data)


async def _guarded(call: Callable[[], Awaitable[T]]) -> T:
    try:
        return await call()
    except (AiogramError, ClientError, TimeoutError, OSError) as error:
        fault = _fault_of(error)
    # Raised out here: aiogram's and aiohttp's errors hold addresses with the token, and must not even be
    # the context.
    raise fault


def _fault_of(error: Exception) -> Exception:
    name = type(error).__name__
    match error:
        case TelegramRetryAfter():
            return TryLater("Telegram asks us to wait", float(error.retry_after))
        case TelegramForbiddenError() | TelegramMigrateToChat():
            return Unreachable(name)
        case TelegramBadRequest():
            said = error.message.lower()
            if any(words in said for words in _NOBODY):
                return Unreachable(name)
            if not isinstance(error.method, SendPhoto) and any(words in said for words in _GONE):
                return MediaGone("文件超过 20 MB" if "too big" in said else "附件已过期")
            if isinstance(error.method, SendPhoto) and any(words in said for words in _NO_PHOTO):
                return PictureNotTaken(error.message)
            if isinstance(error.method, AnswerCallbackQuery):
                return TryLater(f"the button was pressed long ago: {error.message}")
            log.error("Telegram refuses a request of ours", extra={"reason": error.message})
            return TryLater(f"Telegram calls the request bad: {error.message}")
        case TelegramEntityTooLarge():
            return PictureNotTaken("Telegram finds it too large")
        case TelegramUnauthorizedError() | TelegramNotFound():
            log.error("Telegram does not know the bot's token")
            return TryLater("Telegram does not know the bot's token", 600)
        case ClientResponseError() if error.status == 404:
            return MediaGone("附件已过期")
        case _:
            return TryLater(f"Telegram cannot be reached: {name}")
