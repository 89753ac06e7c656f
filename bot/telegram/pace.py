"""How quickly one chat is written to: about a message a second, a few at once; kept in the database, so that it holds
over all processes.

Telegram asks for no more than one message a second in a chat, tolerates short bursts, and answers 429 to whoever goes on
(its FAQ for bots; no contract). The bucket is a generic cell rate: `free_at` is when the chat would be free had every
message waited its turn.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from hashlib import sha256
from hmac import new as keyed
from typing import Final, Protocol

from sqlalchemy import case, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.channels import TryLater
from foundation.clock import now

EVERY_SECONDS: Final = 1.0
AT_ONCE: Final = 3
"""Messages that one chat may be sent without a pause."""
_AHEAD: Final = (AT_ONCE - 1) * EVERY_SECONDS


class ChatPace(SQLModel, table=True):
    """When a chat is free again; its number is kept as a keyed hash, which names nobody."""

    __tablename__ = "chat_pace"

    chat: str = Field(primary_key=True)
    free_at: float
    """Seconds since 1970."""


class PaceDesk(Protocol):
    """What keeping a pace needs at hand."""

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session that is committed at the end of the block; entrypoints own it."""
        ...


class Pace:
    """The buckets of one bot's chats."""

    def __init__(self, desk: PaceDesk, token: str, *, clock: Callable[[], datetime] = now) -> None:
        self._desk = desk
        self._key = sha256(b"qianshao telegram pace\0" + token.encode()).digest()
        self._clock = clock

    async def take(self, chat_id: int) -> None:
        """Takes a place for one message. Raises TryLater where the chat was written to too much just now."""
        chat, at = self._name(chat_id), self._clock().timestamp()
        async with self._desk.transaction() as session:
            insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
            free_at = col(ChatPace.free_at)
            taken = await session.execute(
                insert(ChatPace)
                .values(chat=chat, free_at=at + EVERY_SECONDS)
                .on_conflict_do_update(
                    index_elements=["chat"],
                    set_={"free_at": case((free_at > at, free_at), else_=at) + EVERY_SECONDS},
                    where=free_at <= at + _AHEAD,
                )
                .returning(free_at)
            )
            if taken.first() is not None:
                return
            found = (await session.exec(select(ChatPace.free_at).where(col(ChatPace.chat) == chat))).one()
        raise TryLater("the chat was written to just now", max(0.1, found - _AHEAD - at))

    async def hold(self, chat_id: int, seconds: float) -> None:
        """Telegram asked us to wait: nothing else goes to this chat before."""
        until = self._clock().timestamp() + seconds + _AHEAD
        async with self._desk.transaction() as session:
            await session.execute(
                update(ChatPace).where(col(ChatPace.chat) == self._name(chat_id)).values(free_at=until)
            )

    def _name(self, chat_id: int) -> str:
        return keyed(self._key, str(chat_id).encode(), "sha256").hexdigest()[:32]
