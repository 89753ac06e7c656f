"""The web chat's sending side: a line in the thread, which the page fetches."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import contacts
from bot.channels import ChannelName, Division, MediaGone, Priority, RemoteMedia
from bot.conversation.languages import Language
from bot.conversation.replies import Reply
from bot.webchat import thread
from foundation.clock import now
from reports.notices import NoticeKind
from reports.vault import Vault


class WebchatDesk(Protocol):
    """What the web chat needs at hand to send."""

    vault: Vault

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session that is committed at the end of the block; entrypoints own it."""
        ...


class WebchatChannel:
    """Lines in a thread; there is no platform between us and the page."""

    name = ChannelName.webchat

    def __init__(self, desk: WebchatDesk) -> None:
        self._desk = desk

    def divide(self, replies: Sequence[Reply]) -> Division:
        """Everything goes at once: a page has no limit of ours."""
        return Division(now=tuple(replies))

    async def send(
        self,
        address: str,
        replies: Sequence[Reply],
        *,
        key: str,
        notice: NoticeKind | None = None,
        priority: Priority = Priority.notice,
        language: Language | None = None,
    ) -> None:
        """Adds the replies to the thread; the same `key` adds them once."""
        at = now()
        async with self._desk.transaction() as session:
            known = await contacts.recognise(
                session, self._desk.vault, channel=self.name.value, address=address, at=at
            )
            for statement, values in thread.lines_of(
                known.contact_id, known.key, None, replies, cause=key, at=at
            ):
                await statement.run(session, values)

    async def fetch(self, media: RemoteMedia) -> bytes:
        """There is nothing to fetch: a web chat's bytes come with the message."""
        raise MediaGone("网页对话的文件随消息一起收到，无需再取")

    async def close(self) -> None:
        """Nothing is held open."""
