"""WeChat's API as a bot meets it: tokens, customer messages with their windows and counts, temporary media, the menu,
scene codes and one-time notices.

Limits and codes are those of the API's own pages: five messages in the 48 hours after a user's message; three in the
minute after a follow, a scan or a tap on the menu; text of at most 2,048 bytes; one notice for each consent and scene;
errors as JSON with HTTP 200. What a bot should have known itself to be over a limit is counted in `overruns`.

It is long because a person who starts it as a program wants the whole platform in one place.
"""

import argparse
import json
import secrets
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from tests.peers.serving import run_in_foreground, served
from tests.peers.wechat_crypto import WeChatCrypto, wechat_crypto

WINDOWS = {"message": (5, 48 * 3600.0), "click": (3, 60.0), "follow": (3, 60.0), "scan": (3, 60.0)}
"""For each act of a user: how many messages it allows, and for how many seconds."""
MOST_BYTES = 2048
BUTTONS = {
    "click": ("key",),
    "view": ("url",),
    "miniprogram": ("url", "appid", "pagepath"),
    "scancode_push": ("key",),
    "scancode_waitmsg": ("key",),
    "pic_sysphoto": ("key",),
    "pic_photo_or_album": ("key",),
    "pic_weixin": ("key",),
    "location_select": ("key",),
}
"""Kinds of menu buttons, each with what it must have."""
TOKEN_SECONDS = 7200
MOST_IMAGE = 2 * 1024 * 1024
"""Bytes of an uploaded picture: the smaller of the two figures on the page on temporary media."""
MEDIA_SECONDS = 3 * 86_400
IMAGE_MARKS = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8")


@dataclass(frozen=True)
class Call:
    """One request that the API got."""

    path: str
    query: dict[str, str]
    body: Any


@dataclass
class Window:
    """What a user's act still allows."""

    until: float
    left: int


@dataclass
class Pushing:
    """WeChat's other side: pushes to one account's server, signed and sealed by Node's wechat-crypto."""

    url: str
    crypto: WeChatCrypto
    is_secure: bool

    def push(self, openid: str, inside: str) -> tuple[int, str]:
        """The answer's status, and the text that the user sees."""
        at = int(time.time())
        message = (
            f"<xml><ToUserName>gh_demo0000000</ToUserName><FromUserName>{escape(openid)}</FromUserName>"
            f"<CreateTime>{at}</CreateTime>{inside}</xml>"
        )
        query, body = (
            self.crypto.secure(message, at) if self.is_secure else (self.crypto.plain(at), message.encode())
        )
        answer = httpx.post(
            self.url, params=query, content=body, timeout=6
        )  # WeChat itself waits five seconds
        if answer.status_code != 200 or answer.text in ("", "success"):
            return answer.status_code, ""
        opened = self.crypto.open(answer.content) if self.is_secure else answer.text
        return answer.status_code, ElementTree.fromstring(opened).findtext("Content") or ""


@dataclass
class WeChatPeer:
    """The API of one Official Account. `seconds` is its clock."""

    app_id: str = "wx0123456789abcdef"
    app_secret: str = "0123456789abcdef0123456789abcdef"
    seconds: Callable[[], float] = time.monotonic
    calls: list[Call] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)
    """(OpenID, text) of every message that went through."""
    options: list[tuple[str, list[dict[str, str]]]] = field(default_factory=list)
    """(OpenID, the lines that can be tapped) of every msgmenu that went through."""
    pictures: list[tuple[str, bytes]] = field(default_factory=list)
    """(OpenID, bytes) of every picture that went through."""
    uploads: int = 0
    """How many pictures were put up."""
    notices: list[dict[str, Any]] = field(default_factory=list)
    """The one-time notices that went through."""
    menu: dict[str, Any] | None = None
    """The account's menu."""
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Tickets of scene codes, each with what was asked for."""
    overruns: int = 0
    """Messages that came although nothing was left of any window."""
    token_fetches: int = 0
    delay: float = 0.0
    """How many seconds each answer takes."""
    address: str = ""
    pushing: "Pushing | None" = None
    """Where what a person does at `/_peer/…` is pushed to."""

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._windows: dict[str, dict[str, Window]] = defaultdict(dict)
        self._consents: set[tuple[str, str, int]] = set()
        self._media: dict[str, tuple[bytes, str]] = {}
        self._kept_until: dict[str, float] = {}
        self._faults: dict[str, deque[int | None]] = defaultdict(deque)
        self._losses: dict[str, deque[int]] = defaultdict(deque)
        self._token, self._token_until = "", 0.0
        self.app = self._build()

    # ---- what a test does ----------------------------------------------------------------------------------

    def user_acts(self, openid: str, act: str = "message") -> None:
        """The user writes (`message`), taps the menu (`click`), follows or scans: a window opens."""
        most, lasts = WINDOWS[act]
        self._windows[openid][act] = Window(self.seconds() + lasts, most)

    def user_agrees(self, openid: str, template_id: str, scene: int) -> None:
        """The user agrees to one notice; a second time under the same scene adds nothing."""
        self._consents.add((openid, template_id, scene))

    def keep(self, data: bytes, content_type: str = "image/jpeg") -> str:
        """Puts a file in, as if a user had sent it; gives its MediaId."""
        media_id = secrets.token_urlsafe(32)
        self._media[media_id] = (data, content_type)
        return media_id

    def keep_video(self, data: bytes) -> str:
        """Puts a video in: the API gives its address instead of its bytes."""
        inner = self.keep(data, "video/mp4")
        media_id = secrets.token_urlsafe(32)
        address = f"{self.address}/videos/{inner}"
        self._media[media_id] = (json.dumps({"video_url": address}).encode(), "application/json")
        return media_id

    def fail(self, path: str, *codes: int | None) -> None:
        """The next calls of `path` are answered with these errcodes, one each; None lets one through."""
        self._faults[path].extend(codes)

    def lose(self, path: str, *statuses: int) -> None:
        """The next calls of `path` are carried out and their answers lost: what stands between says this status instead, or
        for 0 hangs up within the answer."""
        self._losses[path].extend(statuses)

    def expire_token(self) -> None:
        """The present token stops working and another one is handed out from now on."""
        self._token = ""

    def texts_to(self, openid: str) -> list[str]:
        """What this user was sent."""
        return [text for to, text in self.sent if to == openid]

    def calls_of(self, path: str) -> list[Call]:
        """The requests for one path."""
        return [call for call in self.calls if call.path == path]

    @contextmanager
    def running(self) -> Iterator["WeChatPeer"]:
        """Answers at `address` until the block ends."""
        with served(self.app) as self.address:
            yield self

    # ---- what the API does ---------------------------------------------------------------------------------

    def _build(self) -> FastAPI:
        app = FastAPI(openapi_url=None)

        @app.get("/")
        def about() -> dict[str, Any]:
            return {
                "api": [
                    "POST /cgi-bin/stable_token",
                    "POST /cgi-bin/message/custom/send",
                    "GET /cgi-bin/media/get",
                    "POST /cgi-bin/media/upload?type=image",
                    "POST /cgi-bin/menu/create",
                    "POST /cgi-bin/qrcode/create",
                    "POST /cgi-bin/message/template/subscribe",
                ],
                "peer": [
                    "POST /_peer/say/{openid}?text=",
                    "POST /_peer/photo/{openid} (a picture as the body)",
                    "POST /_peer/tap/{openid}?key= (an entry of the menu)",
                    "POST /_peer/follow/{openid}?scene=",
                    "POST /_peer/unfollow/{openid}",
                    "GET /_peer/chat/{openid} (what was sent besides the answers)",
                    "POST /_peer/act/{openid}/{act}",
                    "POST /_peer/media",
                    "POST /_peer/fail/{errcode}?path=",
                    "GET /_peer/sent",
                ],
                "app_id": self.app_id,
                "app_secret": self.app_secret,
            }

        @app.post("/cgi-bin/stable_token")
        async def stable_token(request: Request) -> Response:
            return self._answer(request, await request.body(), self._stable_token)

        @app.post("/cgi-bin/message/custom/send")
        async def custom_send(request: Request) -> Response:
            return self._answer(request, await request.body(), self._custom_send)

        @app.post("/cgi-bin/media/upload")
        async def media_upload(request: Request) -> Response:
            part = (await request.form()).get("media")
            data = await part.read() if isinstance(part, UploadFile) else b""
            return self._answer(request, b"", lambda query, _: self._media_upload(query, data))

        @app.get("/cgi-bin/media/get")
        async def media_get(request: Request) -> Response:
            return self._answer(request, b"", self._media_get)

        @app.post("/cgi-bin/menu/create")
        async def menu_create(request: Request) -> Response:
            return self._answer(request, await request.body(), self._menu_create)

        @app.get("/cgi-bin/get_current_selfmenu_info")
        async def menu_show(request: Request) -> Response:
            return self._answer(request, b"", self._menu_show)

        @app.post("/cgi-bin/qrcode/create")
        async def qrcode_create(request: Request) -> Response:
            return self._answer(request, await request.body(), self._qrcode_create)

        @app.post("/cgi-bin/message/template/subscribe")
        async def subscribe(request: Request) -> Response:
            return self._answer(request, await request.body(), self._template_subscribe)

        @app.get("/videos/{media_id}")
        def video(media_id: str) -> Response:
            data, content_type = self._media[media_id]
            return Response(data, media_type=content_type)

        @app.post("/_peer/say/{openid}")
        def say(openid: str, text: str) -> dict[str, Any]:
            return self._pushed(openid, _typed(text), "message")

        @app.post("/_peer/tap/{openid}")
        def tap(openid: str, key: str) -> dict[str, Any]:
            return self._pushed(openid, _event("CLICK", key), "click")

        @app.post("/_peer/follow/{openid}")
        def follow(openid: str, scene: str = "") -> dict[str, Any]:
            key = f"qrscene_{scene}" if scene else ""
            return self._pushed(openid, _event("subscribe", key), "scan" if scene else "follow")

        @app.post("/_peer/unfollow/{openid}")
        def unfollow(openid: str) -> dict[str, Any]:
            return self._pushed(openid, _event("unsubscribe", ""), "")

        @app.post("/_peer/photo/{openid}")
        async def photo(openid: str, request: Request) -> dict[str, Any]:
            media_id = self.keep(await request.body())
            inside = f"<MsgType>image</MsgType><PicUrl></PicUrl><MediaId>{media_id}</MediaId>{_message_id()}"
            return await run_in_threadpool(self._pushed, openid, inside, "message")

        @app.get("/_peer/chat/{openid}")
        def chat(openid: str) -> list[str]:
            return self.texts_to(openid)

        @app.post("/_peer/act/{openid}/{act}")
        def act(openid: str, act: str) -> None:
            self.user_acts(openid, act)

        @app.post("/_peer/media")
        async def media(request: Request) -> dict[str, str]:
            kind = request.headers.get("content-type", "image/jpeg")
            return {"media_id": self.keep(await request.body(), kind)}

        @app.post("/_peer/fail/{errcode}")
        def fail(errcode: int, path: str) -> None:
            self.fail(path, errcode)

        @app.get("/_peer/sent")
        def sent() -> list[tuple[str, str]]:
            return self.sent

        return app

    def _pushed(self, openid: str, inside: str, act: str) -> dict[str, Any]:
        """Pushes what somebody does to the account's server, and gives what it shows them."""
        if self.pushing is None:
            return {"fault": "start me with --push and the token"}
        if act:
            self.user_acts(openid, act)
        status, shown = self.pushing.push(openid, inside)
        return {"status": status, "shown": shown}

    def _answer(
        self, request: Request, raw: bytes, act: Callable[[dict[str, str], bytes], Response]
    ) -> Response:
        query, path = dict(request.query_params), request.url.path
        with self._lock:
            try:
                body = json.loads(raw) if raw else None
            except ValueError:
                return _error(47001, "data format error")
            self.calls.append(Call(path, query, body))
            told = self._faults[path].popleft() if self._faults[path] else None
            if told is not None:
                return _error(told, "as told")
            if self.delay:
                time.sleep(self.delay)
            answer = act(query, raw)
            if not self._losses[path]:
                return answer
            status = self._losses[path].popleft()
            return (
                Response(b"<html>", status)
                if status
                else Response(answer.body, headers={"content-length": "9999"})
            )

    def _stable_token(self, _query: dict[str, str], raw: bytes) -> Response:
        asked = json.loads(raw)
        if asked.get("grant_type") != "client_credential":
            return _error(40002, "invalid grant_type")
        if asked.get("appid") != self.app_id:
            return _error(40013, "invalid appid")
        if asked.get("secret") != self.app_secret:
            return _error(40125, "invalid appsecret")
        self.token_fetches += 1
        left = self._token_until - self.seconds()
        if not self._token or asked.get("force_refresh") or left < 300:
            self._token, self._token_until = secrets.token_urlsafe(90), self.seconds() + TOKEN_SECONDS
            left = TOKEN_SECONDS
        return JSONResponse({"access_token": self._token, "expires_in": int(left)})

    def _refused(self, query: dict[str, str]) -> Response | None:
        token = query.get("access_token", "")
        if not token:
            return _error(41001, "access_token missing")
        if token != self._token:
            return _error(40001, "invalid credential, access_token is invalid or not latest")
        return _error(42001, "access_token expired") if self.seconds() > self._token_until else None

    def _custom_send(self, query: dict[str, str], raw: bytes) -> Response:
        if refusal := self._refused(query):
            return refusal
        if b"\\u" in raw:
            return _error(40033, "invalid charset, \\uxxxx is not allowed")
        message = json.loads(raw)
        openid, kind = message.get("touser", ""), message.get("msgtype")
        picture = b""
        lines: list[dict[str, str]] = []
        if kind == "image":
            media_id = message.get("image", {}).get("media_id", "")
            if self._kept_until.get(media_id, 0.0) < self.seconds():
                return _error(40007, "invalid media_id")
            picture, text = self._media[media_id][0], "［图片］"
        elif kind == "text":
            text = message.get("text", {}).get("content", "")
        elif kind == "msgmenu":
            asked = message.get("msgmenu", {})
            lines = asked.get("list", [])
            text = "\n".join(
                [asked["head_content"], *(line["content"] for line in lines), asked["tail_content"]]
            )
            if not lines or any(set(line) != {"id", "content"} for line in lines):
                return _error(40035, "invalid parameter")
        else:
            return _error(40008, "invalid message type")
        if not text:
            return _error(44004, "empty content")
        if len(text.encode()) > MOST_BYTES:
            return _error(45002, "content size out of limit")
        if openid not in self._windows:
            return _error(40003, "invalid openid")
        open_now = [w for w in self._windows[openid].values() if self.seconds() <= w.until]
        if not open_now:
            self.overruns += 1
            return _error(45015, "response out of time limit or subscription is canceled")
        # The window that closes first is used first.
        window = next((w for w in sorted(open_now, key=lambda w: w.until) if w.left), None)
        if window is None:
            self.overruns += 1
            return _error(45047, "out of response count limit")
        window.left -= 1
        self.sent.append((openid, text))
        if picture:
            self.pictures.append((openid, picture))
        if lines:
            self.options.append((openid, lines))
        return JSONResponse({"errcode": 0, "errmsg": "ok"})

    def _menu_create(self, query: dict[str, str], raw: bytes) -> Response:
        if refusal := self._refused(query):
            return refusal
        if b"\\u" in raw:
            return _error(40033, "invalid charset, \\uxxxx is not allowed")
        menu = json.loads(raw)
        roots = menu.get("button", [])
        if not 1 <= len(roots) <= 3:
            return _error(40016, "invalid button size")
        for root in roots:
            if len(root["name"].encode()) > 16:
                return _error(40018, "invalid button name size")
            below = root.get("sub_button", [])
            if len(below) > 5:
                return _error(40023, "invalid sub button size")
            for button in below or [root]:
                if len(button["name"].encode()) > (60 if below else 16):
                    return _error(40018, "invalid button name size")
                if button["type"] not in BUTTONS:
                    return _error(40017, "invalid button type")
                missing = [name for name in BUTTONS[button["type"]] if not button.get(name)]
                if missing or len(button.get("key", "").encode()) > 128:
                    return _error(40019 if "key" in missing else 40020, f"invalid button {missing}")
        self.menu = menu
        return JSONResponse({"errcode": 0, "errmsg": "ok"})

    def _menu_show(self, query: dict[str, str], _raw: bytes) -> Response:
        return self._refused(query) or JSONResponse({"is_menu_open": 1, "selfmenu_info": self.menu or {}})

    def _qrcode_create(self, query: dict[str, str], raw: bytes) -> Response:
        if refusal := self._refused(query):
            return refusal
        asked = json.loads(raw)
        scene = asked.get("action_info", {}).get("scene", {}).get("scene_str", "")
        if asked.get("action_name") not in ("QR_STR_SCENE", "QR_LIMIT_STR_SCENE"):
            return _error(40053, "invalid action info")
        if not 1 <= len(scene) <= 64:
            return _error(40052, "invalid action name")
        if asked["action_name"] == "QR_STR_SCENE" and not 60 <= asked.get("expire_seconds", 60) <= 2_592_000:
            return _error(40053, "invalid action info")
        ticket = secrets.token_urlsafe(48)
        self.codes[ticket] = asked
        lasts = {"expire_seconds": asked["expire_seconds"]} if "expire_seconds" in asked else {}
        return JSONResponse(
            {"ticket": ticket, "url": f"http://weixin.qq.com/q/{secrets.token_urlsafe(16)}", **lasts}
        )

    def _template_subscribe(self, query: dict[str, str], raw: bytes) -> Response:
        if refusal := self._refused(query):
            return refusal
        asked = json.loads(raw)
        consent = (asked.get("touser", ""), asked.get("template_id", ""), int(asked.get("scene", -1)))
        if consent not in self._consents:
            return _error(43101, "user refuse to accept the msg")
        if not asked.get("title") or "content" not in asked.get("data", {}):
            return _error(47003, "argument invalid! data.content.value is empty")
        self._consents.discard(consent)
        self.notices.append(asked)
        return JSONResponse({"errcode": 0, "errmsg": "ok"})

    def _media_upload(self, query: dict[str, str], data: bytes) -> Response:
        if refusal := self._refused(query):
            return refusal
        if query.get("type") != "image":
            return _error(40004, "invalid media type")
        if not data:
            return _error(41005, "media data missing")
        if not data.startswith(IMAGE_MARKS):
            return _error(40005, "invalid file type")
        if len(data) > MOST_IMAGE:
            return _error(40009, "invalid image size")
        self.uploads += 1
        media_id = self.keep(data)
        self._kept_until[media_id] = self.seconds() + MEDIA_SECONDS
        return JSONResponse({"type": "image", "media_id": media_id, "created_at": int(time.time())})

    def _media_get(self, query: dict[str, str], _raw: bytes) -> Response:
        if refusal := self._refused(query):
            return refusal
        kept = self._media.get(query.get("media_id", ""))
        if kept is None:
            return _error(40007, "invalid media_id", kind="text/plain")
        return Response(kept[0], media_type=kept[1])


def _typed(words: str) -> str:
    return f"<MsgType>text</MsgType><Content>{escape(words)}</Content>{_message_id()}"


def _event(event: str, key: str) -> str:
    return f"<MsgType>event</MsgType><Event>{event}</Event><EventKey>{escape(key)}</EventKey>"


def _message_id() -> str:
    return f"<MsgId>{24 * 10**15 + secrets.randbelow(10**15)}</MsgId>"


def _error(code: int, message: str, kind: str = "application/json; encoding=utf-8") -> Response:
    return Response(json.dumps({"errcode": code, "errmsg": message}), media_type=kind)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8082)
    parser.add_argument("--push", default="", help="where what people do is pushed to, such as …/wechat")
    parser.add_argument("--token", default="", help="QIANSHAO_WECHAT__TOKEN of that server")
    parser.add_argument("--aes-key", default="", help="its EncodingAESKey; without one, pushes are plain")
    asked = parser.parse_args()
    peer = WeChatPeer()
    peer.address = f"http://127.0.0.1:{asked.port}"
    with wechat_crypto(asked.token, asked.aes_key or "a" * 43, peer.app_id) as crypto:
        peer.pushing = Pushing(asked.push, crypto, bool(asked.aes_key)) if asked.push else None
        run_in_foreground(peer.app, asked.port)
