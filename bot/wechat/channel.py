"""WeChat's sending side."""

from collections.abc import Sequence

from bot.channels import ChannelName, Division, RemoteMedia, TryLater, WindowClosed
from bot.conversation.replies import Reply
from bot.cutting import cut, utf8_size
from bot.underway import Underway
from bot.wechat import texts
from bot.wechat.client import WeChatClient
from bot.wechat.faults import TextTooLong
from foundation.settings import WeChatSettings

_SHORTEST = 256


class WeChatChannel:
    """Customer-service messages: five in the 48 hours after a message, three in the minute after a tap."""

    name = ChannelName.wechat

    def __init__(self, settings: WeChatSettings, client: WeChatClient | None = None) -> None:
        self._client = client or WeChatClient(settings)
        self._sends = settings.sends
        self._underway = Underway()

    def divide(self, replies: Sequence[Reply]) -> Division:
        """What fits the one passive answer, and the rest."""
        return texts.divide(replies)

    async def send(self, address: str, replies: Sequence[Reply], *, key: str) -> None:
        """Sends in as few messages as possible. Raises Unreachable, WindowClosed or TryLater."""
        if not self._sends:  # only answers to the person's own messages get through
            raise WindowClosed("the account has no AppSecret")
        messages = texts.messages(replies)
        for position in range(self._underway.gone(key), len(messages)):
            await self._say(address, messages[position], texts.MOST_BYTES)
            self._underway.advance(key, position + 1)
        self._underway.finish(key)

    async def _say(self, address: str, text: str, limit: int) -> None:
        try:
            await self._client.send_text(address, text)
        except TextTooLong:
            if limit <= _SHORTEST:
                raise
            for piece in cut(text, limit // 2, utf8_size):
                await self._say(address, piece, limit // 2)

    async def fetch(self, media: RemoteMedia) -> bytes:
        """Gets a file that a user sent. Raises MediaGone or TryLater."""
        if not self._sends:
            raise TryLater("the account has no AppSecret", 3600)
        return await self._client.media(media.ref)

    async def close(self) -> None:
        """Lets go of connections."""
        await self._client.close()
