"""WeChat's API: the access token, customer-service texts, and the files that users sent.

No address that holds the token, and no error of the HTTP client, leaves this file.
"""

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.channels import MediaGone, TryLater
from bot.wechat.faults import TOKEN_REJECTED, AnswerLost, fault_of
from bot.wechat.tokens import FETCHING, SharedToken
from foundation.settings import WeChatSettings

MOST_MEDIA_BYTES = 20 * 1024 * 1024
"""Twice WeChat's own limit for pictures and videos (10 MB)."""
_EARLY_SECONDS = 300
"""stable_token hands out the next token this long before the old one ends; both work for that time."""
_MOST_JSON_BYTES = 1024 * 1024
_LOOK_AGAIN_SECONDS = 0.1
"""How often a process looks whether another one has fetched the token by now."""
_Files = Mapping[str, tuple[str, bytes, str]]
_NEVER_THERE = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
"""Nothing of the call reached WeChat; of every other fault nobody knows."""
_TIMEOUT = httpx.Timeout(10, connect=5)
_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=2.0)
"""A connection is used again for two seconds only: a server that closes an idle one just as we call looks like an answer that
was lost, and servers wait five seconds and more before they do."""


class WeChatClient:
    """Calls the API of one Official Account; one for each event loop."""

    def __init__(
        self,
        settings: WeChatSettings,
        *,
        shared: SharedToken | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`shared` is where all processes keep the token; without it this one fetches its own."""
        self._settings = settings
        self._shared = shared
        self._base = settings.api_base.rstrip("/")
        self._http = httpx.AsyncClient(timeout=_TIMEOUT, limits=_LIMITS, follow_redirects=False)
        self._seconds = seconds
        self._token = ""
        self._token_until = 0.0
        self._fetching = asyncio.Lock()

    async def close(self) -> None:
        """Closes the connections."""
        await self._http.aclose()

    async def send(self, message: Mapping[str, Any]) -> None:
        """A customer-service message, as the page on them writes it.

        Raises Unreachable, WindowClosed, TextTooLong or TryLater; AnswerLost where the message may have arrived.
        """
        await self.post("/cgi-bin/message/custom/send", message)

    async def post(self, path: str, message: Mapping[str, Any]) -> dict[str, Any]:
        """Any other call of the API that takes and gives JSON. Raises what `fault_of` makes of its errcode."""
        # WeChat shows escapes as they stand (errcode 40033), so the text goes as UTF-8.
        content = json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")
        _, answer = await self._with_token("POST", path, content=content)
        return answer or {}

    async def upload(self, picture: bytes) -> str:
        """Puts up a JPEG, which WeChat keeps for three days; its media id. Raises PictureNotTaken or TryLater."""
        files = {"media": ("picture.jpg", picture, "image/jpeg")}
        with _nothing_lost():
            _, answer = await self._with_token(
                "POST", "/cgi-bin/media/upload", params={"type": "image"}, files=files
            )
        media_id = (answer or {}).get("media_id")
        if not isinstance(media_id, str) or not media_id:
            raise TryLater("WeChat gave no media id")
        return media_id

    async def media(self, media_id: str) -> bytes:
        """A file that a user sent; WeChat keeps it for three days. Raises MediaGone or TryLater."""
        with _nothing_lost():
            data, answer = await self._with_token("GET", "/cgi-bin/media/get", params={"media_id": media_id})
            if answer is None:
                return data
            video = answer.get("video_url")  # a video comes as an address and not as bytes
            if not isinstance(video, str) or not self._is_wechats(video):
                raise TryLater("WeChat answered neither with a file nor with an error")
            data, answer = await self._request("GET", video)
            if answer is not None:
                raise TryLater("WeChat gave no video")
            return data

    async def _with_token(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        files: _Files | None = None,
    ) -> tuple[bytes, dict[str, Any] | None]:
        token = await self._access_token()
        for last_try in (False, True):
            data, answer = await self._request(
                method,
                self._base + path,
                params={"access_token": token, **(params or {})},
                content=content,
                files=files,
            )
            code = _errcode(answer)
            if code == 0:
                return data, answer
            if code not in TOKEN_REJECTED or last_try:
                raise fault_of(code)
            token = await self._access_token(rejected=token)
        raise AssertionError("unreachable")

    async def _access_token(self, rejected: str = "") -> str:
        """The token, fetched once however many ask at once; `rejected` is one that no longer works."""
        async with self._fetching:
            if not self._is_good(rejected):
                self._token, self._token_until = await self._shared_or_new(rejected)
            return self._token

    def _is_good(self, rejected: str) -> bool:
        return bool(self._token) and self._token != rejected and self._seconds() < self._token_until

    async def _shared_or_new(self, rejected: str) -> tuple[str, float]:
        """What another process has fetched; or a new one, fetched by one process while the others wait."""
        shared = self._shared
        if shared is None:
            return await self._fetch_token()
        waited_until = self._seconds() + FETCHING.total_seconds()
        while True:
            token, left = await shared.look()
            if token and token != rejected:
                return token, self._seconds() + left
            if await shared.may_fetch() or self._seconds() > waited_until:
                break
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
        (
            token,
            left,
        ) = await shared.look()  # another one may have put it there between the look and the leave to fetch
        until = self._seconds() + left
        try:
            if not token or token == rejected:
                token, until = "", self._seconds()
                token, until = await self._fetch_token()
            return token, until
        finally:
            await shared.put(token, until - self._seconds())

    async def _fetch_token(self) -> tuple[str, float]:
        content = json.dumps(
            {
                "grant_type": "client_credential",
                "appid": self._settings.app_id,
                "secret": self._settings.app_secret.get_secret_value(),
            }
        ).encode()
        asked = self._seconds()
        with _nothing_lost():
            _, answer = await self._request("POST", f"{self._base}/cgi-bin/stable_token", content=content)
        if code := _errcode(answer):
            raise fault_of(code)
        token, lasts = (answer or {}).get("access_token"), (answer or {}).get("expires_in")
        if not isinstance(token, str) or not token or not isinstance(lasts, int):
            raise TryLater("WeChat gave no access token")
        return token, asked + max(lasts - _EARLY_SECONDS, lasts / 2)

    async def _request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        files: _Files | None = None,
    ) -> tuple[bytes, dict[str, Any] | None]:
        """The body, and what it says where it is JSON: errors come with HTTP 200, in place of a file too."""
        fault, is_lost = "", False
        data = bytearray()
        status, kind = 0, ""
        try:
            async with self._http.stream(
                method, url, params=params, content=content, files=files
            ) as response:
                status, kind = response.status_code, response.headers.get("content-type", "")
                async for chunk in response.aiter_bytes():
                    data += chunk
                    if len(data) > MOST_MEDIA_BYTES:
                        break
        except httpx.HTTPError as error:
            fault, is_lost = type(error).__name__, not isinstance(error, _NEVER_THERE)
        # Raised out here, so that the client's error with its address is not even the context of ours.
        if fault:
            raise (AnswerLost if is_lost else TryLater)(f"WeChat cannot be reached: {fault}")
        if len(data) > MOST_MEDIA_BYTES:
            raise MediaGone("文件太大")
        if (
            status != 200
        ):  # what stands before WeChat may have passed the call on and lost the answer (502, 504)
            raise (AnswerLost if status >= 500 else TryLater)(f"WeChat answered HTTP {status}")
        return bytes(data), _json(bytes(data), kind)

    def _is_wechats(self, url: str) -> bool:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        return parts.scheme in ("http", "https") and (
            host.endswith((".qq.com", ".qpic.cn")) or host == urlsplit(self._base).hostname
        )


@contextmanager
def _nothing_lost() -> Iterator[None]:
    """For a call that may be made again without anybody noticing: an answer that was lost is a fault like others."""
    reason = ""
    try:
        yield
    except AnswerLost as fault:
        reason = str(fault)
    if reason:
        raise TryLater(reason)


def _json(data: bytes, kind: str) -> dict[str, Any] | None:
    if not kind.lower().startswith(("application/json", "text/")):
        return None
    try:
        answer = json.loads(data) if len(data) <= _MOST_JSON_BYTES else None
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise AnswerLost("WeChat's answer cannot be read")
    return answer


def _errcode(answer: dict[str, Any] | None) -> int:
    code = (answer or {}).get("errcode", 0)
    return code if isinstance(code, int) else -1
