"""How quickly people are written to: a bucket for each chat and one for all of them, kept in the database, so that they
hold over all processes.

Telegram asks for no more than one message a second in a chat and about thirty a second overall, tolerates short bursts, and
answers 429 to whoever goes on (its FAQ for bots; no contract). Both buckets are a generic cell rate: `free_at` is when the
chat, or the bot, would be free had every message waited its turn. How far that may lie ahead depends on what is to be
said: where it is tight, a campaign waits first and what may not wait goes out at once. Answers within Telegram's own calls
wait for nothing but what Telegram itself asked for, and are counted in both.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from hmac import new as keyed
from types import MappingProxyType
from typing import Final, Protocol

from sqlalchemy import Float, String, bindparam, case, delete, literal, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, SQLModel

from bot.channels import Beside, Priority, TryLater
from bot.conversation.replies import Reply
from foundation.clock import now
from foundation.job_queue import JobRun
from foundation.statements import AtOnce, ConnectionLost, Statement, Untouched, Write, table_of

EVERY_SECONDS: Final = 1.0
"""In one chat."""
AT_ONCE: Final = 3
"""Messages that one chat may be sent without a pause."""
A_SECOND: Final = 25
"""Messages to all chats together. With what may go at once, and answers counted a moment late, no second sees more than about thirty."""
OVERALL_AT_ONCE: Final[Mapping[Priority, int]] = MappingProxyType(
    {Priority.emergency: 25, Priority.reply: 4, Priority.notice: 2, Priority.campaign: 1}
)
"""Messages that may go without a pause, by what they are: the difference is what goes first where it is tight."""
PATIENCE_SECONDS: Final = 1.5
"""How long a message waits in its job for the overall pace before it goes back into the queue."""
GREETED_EVERY_SECONDS: Final = 600.0
"""How long a group is not greeted again."""
MOST_HELD_SECONDS: Final = 5.0
"""How long all chats wait at the most when Telegram finds us too quick in one of them."""

_AHEAD: Final = (AT_ONCE - 1) * EVERY_SECONDS
_MOST_COUNTED_AHEAD: Final = 2 * EVERY_SECONDS
"""However much somebody chats, a notice for them waits no longer than this after their last answer."""
_MOST_OVERALL_AHEAD: Final = 2.0
_GATHERING_SECONDS: Final = 0.1
"""Answers of so long are counted together."""
_OVERALL: Final = "overall"
_HELD: Final = ":held"
"""Ends the name of a row that says until when Telegram wants nothing at all."""


class ChatPace(SQLModel, table=True):
    """When a chat is free again; its number is kept as a keyed hash, which names nobody. One row is of all chats."""

    __tablename__ = "chat_pace"

    chat: str = Field(primary_key=True)
    free_at: float
    """Seconds since 1970."""


_pace = table_of(ChatPace)
_CHAT = bindparam("chat", type_=String())
_AT, _EVERY, _MOST = (bindparam(name, type_=Float()) for name in ("at", "every", "most"))
_FREE = case((_pace.c.free_at > _AT, _pace.c.free_at), else_=_AT)
_NEXT = _FREE + _EVERY
_INSERTS = (postgresql.insert(_pace), sqlite.insert(_pace))
_FIRST = {"chat": _CHAT, "free_at": bindparam("first", type_=Float())}
_TAKE = Statement(
    *(
        insert.values(_FIRST).on_conflict_do_update(
            index_elements=["chat"], set_={"free_at": _NEXT}, where=_pace.c.free_at <= _MOST
        )
        for insert in _INSERTS
    )
)
_COUNT = Statement(
    *(
        insert.values(_FIRST).on_conflict_do_update(
            # Never back: a chat that Telegram asked us to leave alone stays so.
            index_elements=["chat"],
            set_={"free_at": case((_NEXT <= _MOST, _NEXT), (_FREE > _MOST, _FREE), else_=_MOST)},
        )
        for insert in _INSERTS
    )
)
# A column of type Float would be read by what the server calls its type, which a prepared statement does not know.
_LOOK = Statement(
    select(_pace.c.chat, literal_column("free_at")).where(
        (_pace.c.chat == _CHAT) | (_pace.c.chat == literal(_OVERALL))
    )
)
_LOOK_HELD = Statement(
    select(_pace.c.chat, literal_column("free_at")).where(
        (_pace.c.chat == _CHAT) | (_pace.c.chat == literal(f"{_OVERALL}{_HELD}"))
    )
)


FORGET_QUIET: Final = "telegram.forget_quiet_chats"
"""The job of each day, named by its date."""
_QUIET_SECONDS: Final = 3600.0


async def forget_quiet(run: JobRun, day: str) -> None:
    """A chat that has been free for an hour needs no row; and whoever is forgotten leaves none behind for long."""
    async with run.finishing() as session:
        await session.execute(delete(ChatPace).where(_pace.c.free_at < now().timestamp() - _QUIET_SECONDS))


class PaceDesk(Protocol):
    """What keeping a pace needs at hand."""

    at_once: AtOnce


class Pace:
    """The buckets of one bot."""

    def __init__(
        self,
        desk: PaceDesk,
        token: str,
        *,
        clock: Callable[[], datetime] = now,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._at_once = desk.at_once
        self._key = sha256(b"qianshao telegram pace\0" + token.encode()).digest()
        self._clock = clock
        self._pause = pause
        self._answered = 0
        self._counting: asyncio.Task[None] | None = None

    async def take(self, chat_id: int | None, priority: Priority = Priority.notice) -> None:
        """Takes a place for one message, after a short wait where only the overall pace stands against it.

        A call that says nothing in a chat (None) takes its place among all of them alone. Raises TryLater where the chat
        was written to too much just now, or the wait would be long.
        """
        chat, waited = "" if chat_id is None else self._name(chat_id), 0.0
        overall_ahead = (OVERALL_AT_ONCE[priority] - 1) / A_SECOND
        while True:
            at = self._clock().timestamp()
            places: list[Write] = [(_TAKE, _values(_OVERALL, at, 1 / A_SECOND, at + overall_ahead))]
            if chat:
                places.insert(0, (_TAKE, _values(chat, at, EVERY_SECONDS, at + _AHEAD)))
            try:
                await self._at_once.write(places)
                return
            except ConnectionLost:
                raise TryLater("the database went away while a place was taken", 1) from None
            except Untouched:
                rows = await self._at_once.look(_LOOK, {"chat": chat})
                free_at = {str(row[0]): float(row[1]) for row in rows}
            if (wait := free_at.get(chat, 0.0) - _AHEAD - at) > 0:
                raise TryLater("the chat was written to just now", max(0.1, wait))
            wait = max(0.01, free_at.get(_OVERALL, 0.0) - overall_ahead - at)
            if waited + wait > PATIENCE_SECONDS:
                raise TryLater("others are written to just now", wait)
            waited += wait
            await self._pause(wait)

    async def hold(self, chat_id: int, seconds: float) -> None:
        """Telegram asked us to wait: nothing else goes to this chat before, from no process. It does not say whether one
        chat or the whole bot was too quick, so that everybody else waits for some seconds of it too.
        """
        at = self._clock().timestamp()
        until = at + seconds + _AHEAD
        until_all = at + min(seconds, MOST_HELD_SECONDS)
        await self._at_once.write(
            [
                (_COUNT, _values(self._name(chat_id), at, until - at, until)),
                (_COUNT, _values(_OVERALL, at, until_all - at, until_all)),
                (_COUNT, _values(_held(self._name(chat_id)), at, seconds, at + seconds)),
                (_COUNT, _values(_held(_OVERALL), at, until_all - at, until_all)),
            ]
        )

    async def is_held(self, chat_id: int) -> bool:
        """Whether Telegram asked us to wait and the time is not over. What it does not take of an answer within its own call
        it tells nobody, so that such an answer has to follow by itself."""
        rows = await self._at_once.look(_LOOK_HELD, {"chat": _held(self._name(chat_id))})
        return any(float(row[1]) > self._clock().timestamp() for row in rows)

    async def greets(self, group_id: int) -> bool:
        """Whether a group may be greeted now: once in a while, however often the bot is thrown out and let in again.
        Telegram takes twenty messages a minute in a group."""
        at = self._clock().timestamp()
        try:
            await self._at_once.write([(_TAKE, _values(self._name(group_id), at, GREETED_EVERY_SECONDS, at))])
        except (Untouched, ConnectionLost):
            return False
        return True

    def answering(self, chat_id: int) -> Beside:
        """What the inbox writes along with a message whose answer goes out within Telegram's own call."""

        def count(_contact_id: str, _contact_key: bytes, replies: Sequence[Reply]) -> list[Write]:
            if not replies:
                return []
            at = self._clock().timestamp()
            most = at + _AHEAD + _MOST_COUNTED_AHEAD
            return [(_COUNT, _values(self._name(chat_id), at, EVERY_SECONDS, most))]

        return count

    def answered(self) -> None:
        """One such answer is on its way. They are counted together a moment later, so that nobody waits for the one row
        of all chats."""
        self._answered += 1
        if self._counting is None or self._counting.done():
            self._counting = asyncio.create_task(self._count_answers())

    async def settle(self) -> None:
        """Waits until every answer is counted."""
        if self._counting is not None:
            await self._counting

    async def _count_answers(self) -> None:
        await asyncio.sleep(_GATHERING_SECONDS)
        while self._answered:
            many, self._answered = self._answered, 0
            at = self._clock().timestamp()
            values = _values(_OVERALL, at, many / A_SECOND, at + _MOST_OVERALL_AHEAD)
            try:
                await self._at_once.write([(_COUNT, values)])
            except ConnectionLost:
                return  # of a database that went away there is nothing to send either

    def _name(self, chat_id: int) -> str:
        return keyed(self._key, str(chat_id).encode(), "sha256").hexdigest()[:32]


def _held(chat: str) -> str:
    return f"{chat}{_HELD}"


def _values(chat: str, at: float, every: float, most: float) -> dict[str, object]:
    return {"chat": chat, "at": at, "every": every, "most": most, "first": at + every}
