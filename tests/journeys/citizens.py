"""A citizen on each channel, over the channel's real door and with a real peer for the platform."""

import time
from collections.abc import Callable
from typing import Protocol
from xml.etree import ElementTree

import anyio
import httpx

from entrypoints.demo import Visitor
from tests.peers.telegram import TelegramPeer
from tests.peers.wechat import WeChatPeer
from tests.peers.wechat_crypto import WeChatCrypto


class Citizen(Protocol):
    """Somebody who sends photos and words, and hears."""

    def show(self, *photos: bytes) -> None:
        """Sends a photo."""
        ...

    def say(self, words: str) -> None:
        """Sends words."""
        ...

    def heard(self) -> list[str]:
        """Everything heard so far, oldest first."""
        ...


def wait_to_hear(citizen: Citizen, words: str, seconds: float = 60) -> str:
    """Waits until a message with these words has come, and returns it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for text in citizen.heard():
            if words in text:
                return text
        time.sleep(0.3)
    raise AssertionError(f"“{words}” never came; what came: {citizen.heard()}")


class WebVisitor:
    """At the web chat."""

    def __init__(self, address: str) -> None:
        self._texts: list[str] = []
        self._visitor = Visitor(httpx.Client(base_url=address, headers={"X-Qianshao": "1"}, timeout=30))

    def show(self, *photos: bytes) -> None:
        """Uploads photos."""
        for photo in photos:
            self._note(self._visitor.show(photo))

    def say(self, words: str) -> None:
        """Types."""
        self._note(self._visitor.say(text=words))

    def heard(self) -> list[str]:
        """Everything heard so far."""
        self._note(self._visitor.wait(0))
        return self._texts

    def _note(self, lines: list[dict[str, object]]) -> None:
        self._texts.extend(str(line["text"]) for line in lines if not line["mine"])


class TelegramUser:
    """In a private chat with the bot."""

    def __init__(self, address: str, peer: TelegramPeer, chat_id: int = 770001) -> None:
        self._peer = peer
        self._chat = chat_id
        peer.webhook_url = f"{address}/telegram"
        self.deliver(lambda: peer.text(chat_id, "/start"))

    def deliver(self, make: Callable[[], dict[str, object]]) -> dict[str, object]:
        """Telegram calls the webhook and does what the answer says; the update, to deliver it once more."""
        update = make()
        answer = anyio.run(self._peer.deliver, update)
        assert answer.status_code == 200, answer.text
        return update

    def show(self, *photos: bytes) -> None:
        """Sends a photo, or several as an album, which comes in pieces."""
        album = {"media_group_id": "770001"} if len(photos) > 1 else {}
        for photo in photos:
            self.deliver(lambda photo=photo: self._peer.photo(self._chat, photo, **album))  # type: ignore[misc]

    def say(self, words: str) -> None:
        """Types, or presses the button that says so."""
        self.deliver(lambda: self._peer.text(self._chat, words))

    def heard(self) -> list[str]:
        """Everything the bot sent."""
        return [message.text or "" for message in self._peer.said_to(self._chat)]


class WeChatFollower:
    """Follows the Official Account; pushes come sealed."""

    def __init__(
        self, address: str, peer: WeChatPeer, crypto: WeChatCrypto, openid: str = "oTest-follower-01"
    ) -> None:
        self._http = httpx.Client(base_url=address, timeout=10)
        self._peer = peer
        self._crypto = crypto
        self._openid = openid
        self._passive: list[str] = []
        self._message = 24_000_000_000_000_000
        self._push(
            "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe]]></Event><EventKey></EventKey>",
            act="follow",
        )

    def show(self, *photos: bytes) -> None:
        """Sends photos: the platform keeps each and pushes its MediaId."""
        for media in map(self._peer.keep, photos):
            self._push(
                "<MsgType><![CDATA[image]]></MsgType><PicUrl><![CDATA[http://mmbiz.example/0]]></PicUrl>"
                f"<MediaId><![CDATA[{media}]]></MediaId>{self._next()}"
            )

    def say(self, words: str) -> None:
        """Types."""
        self._push(f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{words}]]></Content>{self._next()}")

    def heard(self) -> list[str]:
        """Passive replies, then customer messages."""
        return [*self._passive, *self._peer.texts_to(self._openid)]

    def _next(self) -> str:
        self._message += 1
        return f"<MsgId>{self._message}</MsgId>"

    def _push(self, inside: str, act: str = "message") -> None:
        self._peer.user_acts(self._openid, act)
        moment = int(time.time())
        query, body = self._crypto.secure(
            f"<xml><ToUserName><![CDATA[gh_demo0000000]]></ToUserName><FromUserName><![CDATA[{self._openid}]]>"
            f"</FromUserName><CreateTime>{moment}</CreateTime>{inside}</xml>",
            moment,
        )
        # WeChat repeats what it is not sure of: every push comes twice, and the answers must be the same.
        answers = [self._http.post("/wechat", params=query, content=body) for _ in range(2)]
        shown = [self._shown(answer) for answer in answers]
        assert shown[0] == shown[1]
        if shown[0]:
            self._passive.append(shown[0])

    def _shown(self, answer: httpx.Response) -> str:
        assert answer.status_code == 200, answer.text
        if answer.content in (b"", b"success"):
            return ""
        return ElementTree.fromstring(self._crypto.open(answer.content)).findtext("Content") or ""
