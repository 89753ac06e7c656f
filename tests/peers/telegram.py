"""A Bot API server: buttons, pictures, files, the secret header, 429 and 403; one file, for it starts as a program.

Every request is parsed into aiogram's method of that name, every answer validated as that method's result,
and what a webhook answers is executed as Telegram does: so nothing passes here that aiogram's types would
not let pass.
"""

import argparse
import asyncio
import inspect
import io
import json
import re
import secrets
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiogram.methods
import httpx
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    GetFile,
    GetMe,
    GetUpdates,
    GetWebhookInfo,
    Response,
    SendMessage,
    SendPhoto,
    SetMyCommands,
    SetWebhook,
    TelegramMethod,
)
from aiogram.types import (
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BufferedInputFile,
    ChatMemberAdministrator,
    File,
    InlineKeyboardMarkup,
    Message,
    Update,
    User,
)
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.responses import Response as HttpResponse
from PIL import Image
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from tests.peers.serving import run_in_foreground, served

MOST_DOWNLOAD = 20 * 1024 * 1024
MOST_PHOTO = 10 * 1024 * 1024
METHODS: dict[str, type[TelegramMethod[Any]]] = {
    name.lower(): method
    for name, method in inspect.getmembers(aiogram.methods, inspect.isclass)
    if issubclass(method, TelegramMethod) and method is not TelegramMethod
}
"""aiogram's methods by their name in lower case: the API does not look at case."""


class Refused(Exception):
    """The API says no."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        self.code, self.description, self.parameters = code, description, parameters


@dataclass(frozen=True)
class Call:
    """One method that was called. `via_webhook` marks one that came in a webhook's answer; `at` is on the monotonic
    clock."""

    name: str
    method: TelegramMethod[Any]
    via_webhook: bool
    at: float = field(default_factory=time.monotonic)


@dataclass
class TelegramPeer:
    """The Bot API for one bot."""

    token: str = "123456789:AAtest-token_for-loopback-only00000"
    calls: list[Call] = field(default_factory=list)
    webhook_url: str = ""
    webhook_secret: str = ""
    answered: list[str] = field(default_factory=list)
    """Ids of the callback queries that were answered."""
    allowed_updates: list[str] = field(default_factory=list)
    commands: dict[str, dict[str, str]] = field(default_factory=dict)
    """What is listed beside the input line of private chats, by language code, or by chat id where one has its own list."""
    waiting: list[dict[str, Any]] = field(default_factory=list)
    """Updates that nobody has fetched yet; put here what `getUpdates` shall give."""
    address: str = ""

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._updates = iter(range(secrets.randbelow(10**8) + 1, 10**9))
        self._messages = iter(range(1, 10**9))
        self._files: dict[str, tuple[str, bytes, int]] = {}
        self._faults: dict[str, deque[Refused | None]] = defaultdict(deque)
        self._blocked: set[int] = set()
        self._groups: set[int] = set()
        self._pressed: set[str] = set()
        self._said: dict[int, list[Message]] = defaultdict(list)
        self.app = self._build()

    # ---- what a test does ----------------------------------------------------------------------------------

    def flood(self, method: str, retry_after: int) -> None:
        """The next call of `method` gets 429."""
        self._faults[method.lower()].append(
            Refused(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
        )

    def refuse(self, method: str, code: int, description: str) -> None:
        """The next call of `method` gets this error."""
        self._faults[method.lower()].append(Refused(code, description))

    def let_through(self, method: str) -> None:
        """The next call of `method` succeeds, before those that were told to fail."""
        self._faults[method.lower()].append(None)

    def block(self, chat_id: int) -> None:
        """The person blocks the bot."""
        self._blocked.add(chat_id)

    def keep(self, data: bytes, *, size: int | None = None) -> str:
        """Puts a file in, as if a user had sent it; gives its file id. `size` is what the API says of it."""
        file_id = f"AgAC{secrets.token_urlsafe(24)}"
        self._files[file_id] = (
            f"photos/file_{len(self._files)}.jpg",
            data,
            len(data) if size is None else size,
        )
        return file_id

    def lose(self, file_id: str) -> None:
        """The file can no longer be downloaded although `getFile` knows it."""
        path, _, size = self._files[file_id]
        self._files[file_id] = (path, b"", size)

    def calls_of(self, name: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.name == name]

    def busiest_second(self, chat_id: int | None = None) -> int:
        """The most messages that any one second saw: of one chat, or of all, however they came."""
        times = [
            call.at
            for call in self.calls
            if isinstance(call.method, SendMessage | SendPhoto)
            and chat_id in (None, int(call.method.chat_id))
        ]
        return max((sum(1 for at in times if 0 <= at - first < 1.0) for first in times), default=0)

    def said_to(self, chat_id: int) -> list[Message]:
        """The messages that a chat shows, oldest first."""
        return self._said[chat_id]

    def buttons_of(self, message: Message) -> dict[str, str]:
        """Label and data of a message's buttons."""
        markup = message.reply_markup
        if markup is None:
            return {}
        return {b.text: b.callback_data or "" for row in markup.inline_keyboard for b in row}

    # Updates, as Telegram writes them.

    def update(self, **content: Any) -> dict[str, Any]:
        """An update with the next id, checked by aiogram's type."""
        made = {"update_id": next(self._updates), **content}
        Update.model_validate(made)
        return made

    def membership(
        self, chat_id: int, before: str, after: str, *, by: int = 0, speaks: str = "zh-hans"
    ) -> dict[str, Any]:
        """What the bot is in a chat has changed: who blocks it is told as `kicked`, who lets it in again as `member`. A
        negative number is a group, where `by` is who did it."""
        bot = {"id": int(self.token.partition(":")[0]), "is_bot": True, "first_name": "前哨"}
        chat: dict[str, Any] = {"id": chat_id, "type": "private"}
        if chat_id < 0:
            chat |= {"type": "supergroup", "title": "群"}
            (self._groups.add if after in ("member", "administrator") else self._groups.discard)(chat_id)
        elif after == "kicked":
            self._blocked.add(chat_id)
        else:
            self._blocked.discard(chat_id)
        more: dict[str, dict[str, Any]] = {"kicked": {"until_date": 0}, "administrator": _as_administrator()}
        change = {
            "chat": chat,
            "from": {
                "id": by or abs(chat_id),
                "is_bot": False,
                "first_name": "测试",
                "language_code": speaks,
            },
            "date": int(time.time()),
            "old_chat_member": {"user": bot, "status": before} | more.get(before, {}),
            "new_chat_member": {"user": bot, "status": after} | more.get(after, {}),
        }
        return self.update(my_chat_member=change)

    def message(self, chat_id: int, **content: Any) -> dict[str, Any]:
        """A message of a person in their private chat with the bot."""
        person = {"id": chat_id, "is_bot": False, "first_name": "测试"}
        chat = {"id": chat_id, "type": "private", "first_name": "测试"}
        return {
            "message_id": next(self._messages),
            "date": int(time.time()),
            "chat": chat,
            "from": person,
            **content,
        }

    def text(self, chat_id: int, words: str) -> dict[str, Any]:
        """The person writes."""
        return self.update(message=self.message(chat_id, text=words))

    def photo(self, chat_id: int, data: bytes, **content: Any) -> dict[str, Any]:
        """The person sends a photo: a small and a large size, as the API has it."""
        sizes = [
            {
                "file_id": self.keep(data[:200]),
                "file_unique_id": secrets.token_hex(8),
                "width": 90,
                "height": 90,
            },
            {
                "file_id": self.keep(data),
                "file_unique_id": secrets.token_hex(8),
                "width": 1280,
                "height": 960,
                "file_size": len(data),
            },
        ]
        return self.update(message=self.message(chat_id, photo=sizes, **content))

    def press_shown(self, chat_id: int, label: str) -> dict[str, Any]:
        """The person presses the button with this label, of the last message that has one. Raises KeyError."""
        for message in reversed(self.said_to(chat_id)):
            if label in (buttons := self.buttons_of(message)):
                return self.press(chat_id, buttons[label])
        raise KeyError(label)

    def press(self, chat_id: int, data: str) -> dict[str, Any]:
        """The person presses a button."""
        callback_id = str(secrets.randbelow(10**18))
        self._pressed.add(callback_id)
        message = self.message(chat_id, text="…")
        query = {
            "id": callback_id,
            "from": message["from"],
            "chat_instance": "1",
            "data": data,
            "message": message,
        }
        return self.update(callback_query=query)

    async def deliver(
        self, update: dict[str, Any], client: httpx.AsyncClient | None = None, url: str = ""
    ) -> httpx.Response:
        """Calls the webhook (or `url`) and does what its answer says. `client` reaches an app without a network."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook_secret}
        content = json.dumps(update).encode()
        headers["Content-Type"] = "application/json"
        if client is None:
            async with httpx.AsyncClient(timeout=30) as own:
                answer = await own.post(self.webhook_url, content=content, headers=headers)
        else:
            answer = await client.post(url or self.webhook_url, content=content, headers=headers)
        if answer.status_code == 200 and answer.content:
            call = answer.json()
            self._execute(call.pop("method"), call, via_webhook=True)
        return answer

    @contextmanager
    def running(self) -> Iterator["TelegramPeer"]:
        """Answers at `address` until the block ends."""
        with served(self.app) as self.address:
            yield self

    # ---- what the API does ---------------------------------------------------------------------------------

    def _build(self) -> FastAPI:
        app = FastAPI(openapi_url=None)

        @app.get("/")
        def about() -> dict[str, Any]:
            return {
                "api": "/bot<token>/<method>, /file/bot<token>/<path>",
                "peer": [
                    "POST /_peer/say/{chat_id}?text=",
                    "POST /_peer/photo/{chat_id} (a picture as the body)",
                    "POST /_peer/press/{chat_id}?data=",
                    "POST /_peer/block/{chat_id}",
                    "POST /_peer/flood/{method}/{retry_after}",
                    "GET /_peer/chat/{chat_id}",
                ],
                "token": self.token,
            }

        @app.api_route("/bot{token}/{name}", methods=["GET", "POST"])
        async def method(token: str, name: str, request: Request) -> JSONResponse:
            if token != self.token:
                return _error(Refused(401, "Unauthorized"))
            parameters = await _parameters(request)
            try:
                answer = self._execute(name, parameters)
                until = time.monotonic() + min(int(parameters.get("timeout") or 0), 30)
                while name.lower() == "getupdates" and not answer["result"] and time.monotonic() < until:
                    await asyncio.sleep(
                        0.05
                    )  # long polling; the connection of one who went away ends in time
                    answer = self._execute(name, parameters, again=True)
                return JSONResponse(answer)
            except Refused as refusal:
                return _error(refusal)

        @app.get("/file/bot{token}/{path:path}")
        def download(token: str, path: str) -> HttpResponse:
            data = next((data for kept, data, _ in self._files.values() if kept == path), b"")
            if token != self.token or not data:
                return _error(Refused(404, "Not Found"))
            return HttpResponse(data, media_type="application/octet-stream")

        @app.post("/_peer/say/{chat_id}")
        async def say(chat_id: int, text: str) -> dict[str, Any]:
            return await self._played(chat_id, self.text(chat_id, text))

        @app.post("/_peer/photo/{chat_id}")
        async def photo(chat_id: int, request: Request) -> dict[str, Any]:
            return await self._played(chat_id, self.photo(chat_id, await request.body()))

        @app.post("/_peer/press/{chat_id}")
        async def press(chat_id: int, data: str) -> dict[str, Any]:
            return await self._played(chat_id, self.press(chat_id, data))

        @app.post("/_peer/block/{chat_id}")
        def block(chat_id: int) -> None:
            self.block(chat_id)

        @app.post("/_peer/flood/{method}/{retry_after}")
        def flood(method: str, retry_after: int) -> None:
            self.flood(method, retry_after)

        @app.get("/_peer/chat/{chat_id}")
        def chat(chat_id: int) -> list[dict[str, Any]]:
            return [{"text": m.text, "buttons": self.buttons_of(m)} for m in self.said_to(chat_id)]

        return app

    async def _played(self, chat_id: int, update: dict[str, Any]) -> dict[str, Any]:
        before = len(self.said_to(chat_id))
        answer = await self.deliver(update)
        said = [{"text": m.text, "buttons": self.buttons_of(m)} for m in self.said_to(chat_id)[before:]]
        return {"status": answer.status_code, "said": said}

    def _execute(
        self, name: str, parameters: dict[str, Any], *, via_webhook: bool = False, again: bool = False
    ) -> dict[str, Any]:
        """Parses the call, does it, validates the answer. Raises Refused."""
        kind = METHODS.get(name.lower())
        if kind is None:
            raise Refused(404, "Not Found")
        unknown = set(parameters) - set(kind.model_fields)
        if unknown:
            raise Refused(400, f"Bad Request: unknown parameters {sorted(unknown)}")
        try:
            method = kind.model_validate(parameters)
        except ValidationError as error:
            raise Refused(400, f"Bad Request: {error.errors()[0]['loc']}") from None
        with self._lock:
            if not again:
                self.calls.append(Call(kind.__api_method__, method, via_webhook))
            told = self._faults[name.lower()].popleft() if self._faults[name.lower()] else None
            if told is not None:
                raise told
            acts: dict[type[Any], Callable[[Any], Any]] = {
                SendMessage: self._send_message,
                SendPhoto: self._send_photo,
                AnswerCallbackQuery: self._answer_callback,
                GetFile: self._get_file,
                GetMe: self._get_me,
                SetWebhook: self._set_webhook,
                GetWebhookInfo: self._get_webhook_info,
                DeleteWebhook: self._delete_webhook,
                GetUpdates: self._get_updates,
                SetMyCommands: self._set_my_commands,
            }
            if kind not in acts:
                raise Refused(404, "Not Found: the peer does not do this")
            result = acts[kind](method)
        answer = {"ok": True, "result": result}
        if kind is not GetUpdates:  # what waits was checked as it was made, or is meant to be of tomorrow
            Response[kind.__returning__].model_validate(answer)  # type: ignore[name-defined]
        return answer

    def _send_message(self, method: SendMessage) -> dict[str, Any]:
        text, chat_id = method.text, int(method.chat_id)
        if not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if len(text) > 4096:
            raise Refused(400, "Bad Request: message is too long")
        if chat_id in self._blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if chat_id <= 0 and chat_id not in self._groups:
            raise Refused(400, "Bad Request: chat not found")
        message = self.message(chat_id, text=text)
        message["from"] = self._get_me(None)
        if method.reply_markup is not None:
            if not isinstance(method.reply_markup, InlineKeyboardMarkup):
                raise Refused(400, "Bad Request: only inline keyboards here")
            for row in method.reply_markup.inline_keyboard:
                for button in row:
                    if not 1 <= len((button.callback_data or "").encode()) <= 64:
                        raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
            message["reply_markup"] = method.reply_markup.model_dump(mode="json", exclude_none=True)
        self._said[chat_id].append(Message.model_validate(message))
        return message

    def _send_photo(self, method: SendPhoto) -> dict[str, Any]:
        chat_id, photo = int(method.chat_id), method.photo
        if not isinstance(photo, BufferedInputFile):
            raise Refused(400, "Bad Request: wrong remote file identifier specified")
        if len(photo.data) > MOST_PHOTO:
            raise Refused(413, "Request Entity Too Large")
        try:
            with Image.open(io.BytesIO(photo.data)) as image:
                width, height = image.size
                image.load()
        except OSError:
            raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED") from None
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
        caption = method.caption or ""
        if len(caption) > 1024:
            raise Refused(400, "Bad Request: message caption is too long")
        said = SendMessage(chat_id=chat_id, text=caption or "…", reply_markup=method.reply_markup)
        message = self._send_message(said)
        del message["text"]
        sizes = [
            {
                "file_id": self.keep(photo.data),
                "file_unique_id": secrets.token_hex(8),
                "width": width,
                "height": height,
                "file_size": len(photo.data),
            }
        ]
        message |= {"photo": sizes} | ({"caption": caption} if caption else {})
        self._said[chat_id][-1] = Message.model_validate(message)
        return message

    def picture_in(self, message: Message) -> bytes:
        """The bytes of the picture that a message shows."""
        return self._files[(message.photo or [])[-1].file_id][1]

    def _answer_callback(self, method: AnswerCallbackQuery) -> bool:
        if method.callback_query_id not in self._pressed:
            raise Refused(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        self.answered.append(method.callback_query_id)
        return True

    def _get_file(self, method: GetFile) -> dict[str, Any]:
        kept = self._files.get(method.file_id)
        if kept is None:
            raise Refused(400, "Bad Request: invalid file_id")
        path, _, size = kept
        if size > MOST_DOWNLOAD:
            raise Refused(400, "Bad Request: file is too big")
        file = {
            "file_id": method.file_id,
            "file_unique_id": method.file_id[-8:],
            "file_size": size,
            "file_path": path,
        }
        File.model_validate(file)
        return file

    def _get_me(self, _method: GetMe | None) -> dict[str, Any]:
        me = {
            "id": int(self.token.partition(":")[0]),
            "is_bot": True,
            "first_name": "前哨",
            "username": "qianshao_bot",
        }
        User.model_validate(me)
        return me

    def _set_webhook(self, method: SetWebhook) -> bool:
        secret = method.secret_token or ""
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        parts = urlsplit(method.url)
        if method.url and parts.scheme != "https":
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if method.url and (parts.port or 443) not in (443, 80, 88, 8443):
            raise Refused(
                400, "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
            )
        self.webhook_url, self.webhook_secret = method.url, secret
        self.allowed_updates = list(method.allowed_updates or ())
        if method.drop_pending_updates:
            self.waiting.clear()
        return True

    def _get_webhook_info(self, _method: GetWebhookInfo) -> dict[str, Any]:
        return {
            "url": self.webhook_url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.waiting),
            "allowed_updates": self.allowed_updates,
        }

    def _delete_webhook(self, method: DeleteWebhook) -> bool:
        self.webhook_url = ""
        return True

    def _get_updates(self, method: GetUpdates) -> list[dict[str, Any]]:
        if self.webhook_url:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        # An offset confirms everything before it.
        self.waiting[:] = [one for one in self.waiting if one["update_id"] >= (method.offset or 0)]
        return self.waiting[: method.limit or 100]

    def _set_my_commands(self, method: SetMyCommands) -> bool:
        for command in method.commands:
            if (
                not re.fullmatch(r"[a-z0-9_]{1,32}", command.command)
                or not 1 <= len(command.description) <= 256
            ):
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        code = method.language_code or ""
        if code and not re.fullmatch(r"[a-z]{2}", code):
            raise Refused(400, "Bad Request: invalid language code specified")
        place = code if isinstance(method.scope, BotCommandScopeAllPrivateChats) else f"everywhere {code}"
        if isinstance(method.scope, BotCommandScopeChat):
            place = f"chat {method.scope.chat_id}"
        self.commands[place] = {command.command: command.description for command in method.commands}
        return True


def _as_administrator() -> dict[str, bool]:
    """All that an administrator may or may not do; the bot may nothing."""
    return {
        name: False
        for name, field in ChatMemberAdministrator.model_fields.items()
        if field.is_required() and name not in ("user", "status")
    }


async def _parameters(request: Request) -> dict[str, Any]:
    """Of the query, a form or JSON; in the first two, objects come as JSON texts."""
    found: dict[str, Any] = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        found.update(await request.json())
        return found
    form = await request.form()
    files = {
        f"attach://{name}": BufferedInputFile(await part.read(), part.filename or name)
        for name, part in form.items()
        if isinstance(part, UploadFile)
    }
    texts = {name: part for name, part in form.items() if isinstance(part, str)}
    found.update({name: files.get(value, value) for name, value in texts.items()})
    return {
        name: json.loads(value) if isinstance(value, str) and value[:1] in "{[" and name != "text" else value
        for name, value in found.items()
        if value != ""
    }


def _error(refusal: Refused) -> JSONResponse:
    said: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        said["parameters"] = refusal.parameters
    Response[bool].model_validate(said)
    return JSONResponse(said, status_code=refusal.code)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--webhook", default="", help="where updates go; setWebhook sets it as well")
    parser.add_argument("--secret", default="", help="the secret header's value")
    asked = parser.parse_args()
    peer = TelegramPeer(webhook_url=asked.webhook, webhook_secret=asked.secret)
    run_in_foreground(peer.app, asked.port)
