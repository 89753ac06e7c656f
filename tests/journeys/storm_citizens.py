"""Who is out in the storm: one person on each channel, each delivery as its platform makes it."""

import contextlib
import time
from dataclasses import dataclass, field
from typing import Protocol
from xml.etree import ElementTree

import httpx

from tests.leaflets import draw_leaflet
from tests.peers.telegram import TelegramPeer
from tests.peers.wechat import WeChatPeer
from tests.peers.wechat_crypto import WeChatCrypto


class Citizen(Protocol):
    """Somebody on one channel."""

    async def deliver(self, message: object, base: str) -> None:
        """One delivery of a message; raises where the platform would deliver it again."""
        ...

    def words(self, said: str) -> object:
        """Words, or the button that says so, as a message to deliver."""
        ...

    def pictures(self, count: int) -> list[object]:
        """Photos sent in one go."""
        ...

    async def heard(self, base: str) -> list[str]:
        """All that was heard so far."""
        ...


@dataclass
class OnTelegram:
    """Somebody in a private chat with the bot."""

    peer: TelegramPeer
    http: httpx.AsyncClient
    chat: int

    def words(self, said: str) -> object:
        with contextlib.suppress(KeyError):
            return self.peer.press_shown(self.chat, said)
        return self.peer.text(self.chat, said)

    def pictures(self, count: int) -> list[object]:
        album = {"media_group_id": str(self.chat)} if count > 1 else {}
        return [self.peer.photo(self.chat, draw_leaflet(angle=n), **album) for n in range(count)]

    async def deliver(self, message: object, base: str) -> None:
        assert isinstance(message, dict)
        (await self.peer.deliver(message, self.http, f"{base}/telegram")).raise_for_status()

    async def heard(self, base: str) -> list[str]:
        return [message.text or "" for message in self.peer.said_to(self.chat)]


@dataclass
class OnWeChat:
    """A follower of the Official Account; pushes come sealed."""

    peer: WeChatPeer
    crypto: WeChatCrypto
    http: httpx.AsyncClient
    openid: str
    number: int
    passive: list[str] = field(default_factory=list)

    def words(self, said: str) -> object:
        return f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{said}]]></Content>{self._next()}"

    def pictures(self, count: int) -> list[object]:
        return [
            "<MsgType><![CDATA[image]]></MsgType><PicUrl><![CDATA[http://mmbiz.example/0]]></PicUrl>"
            f"<MediaId><![CDATA[{self.peer.keep(draw_leaflet(angle=n))}]]></MediaId>{self._next()}"
            for n in range(count)
        ]

    def _next(self) -> str:
        self.number += 1
        return f"<MsgId>{self.number}</MsgId>"

    async def deliver(self, message: object, base: str) -> None:
        self.peer.user_acts(self.openid)
        moment = int(time.time())
        query, body = self.crypto.secure(
            f"<xml><ToUserName><![CDATA[gh_demo0000000]]></ToUserName><FromUserName><![CDATA[{self.openid}]]>"
            f"</FromUserName><CreateTime>{moment}</CreateTime>{message}</xml>",
            moment,
        )
        # WeChat hangs up after five seconds and pushes again.
        answer = await self.http.post(f"{base}/wechat", params=query, content=body, timeout=5)
        answer.raise_for_status()
        if answer.content not in (b"", b"success"):
            said = ElementTree.fromstring(self.crypto.open(answer.content)).findtext("Content") or ""
            self.passive.append(said)

    async def heard(self, base: str) -> list[str]:
        return [*self.passive, *self.peer.texts_to(self.openid)]


@dataclass
class OnTheWeb:
    """A visitor of the web chat."""

    http: httpx.AsyncClient
    number: int = 0

    def words(self, said: str) -> object:
        self.number += 1
        return {"id": f"message-{self.number:04d}", "after": 0, "text": said}

    def pictures(self, count: int) -> list[object]:
        made: list[object] = []
        for n in range(count):
            self.number += 1
            made.append((f"message-{self.number:04d}", draw_leaflet(angle=n)))
        return made

    async def deliver(self, message: object, base: str) -> None:
        if isinstance(message, tuple):
            name, photo = message
            answer = await self.http.post(
                f"{base}/chat/api/photos", data={"id": name, "after": "0"}, files={"photo": ("photo", photo)}
            )
        else:
            answer = await self.http.post(f"{base}/chat/api/messages", json=message)
        answer.raise_for_status()

    async def heard(self, base: str) -> list[str]:
        answer = await self.http.get(f"{base}/chat/api/thread", params={"after": 0, "wait": 0})
        answer.raise_for_status()
        return [str(line["text"]) for line in answer.json()["lines"] if not line["mine"]]
