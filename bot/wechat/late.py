"""Pushes that cannot be answered in time: kept durably before WeChat is told that they are in good hands.

WeChat pushes again only what was not answered. So “收到，正在看” may be said only once the push itself is on record with
the job that answers it; until then the door rather lets WeChat hang up and push again.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Final, Protocol

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import contacts, outbox
from bot.channels import Arrival, FrontDesk, Priority
from bot.conversation.languages import Language
from bot.wechat.arrivals import arrival_of
from bot.wechat.envelope import reread
from bot.wechat.tables import LatePush
from foundation.clock import now
from foundation.crypto import seal, unseal
from foundation.job_queue import JobBook, JobRun, enqueue
from reports.vault import Vault

ANSWER: Final = "wechat.answer_late"
"""The job that takes in a push that was kept, and owes its answer."""

_PURPOSE: Final = "wechat-late-push"


class LateDesk(Protocol):
    """What keeping a push needs at hand."""

    vault: Vault
    inbox: FrontDesk

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session that is committed at the end of the block; entrypoints own it."""
        ...

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for looking things up."""
        ...


class LatePushes:
    """The pushes of one account that wait for their answer."""

    def __init__(self, desk: LateDesk, clock: Callable[[], datetime] = now) -> None:
        self._desk = desk
        self._clock = clock

    def register(self, book: JobBook) -> None:
        """Answers to the job."""
        book.on(ANSWER, self.answer)

    async def keep(self, arrival: Arrival) -> None:
        """Puts the push on record together with the job that answers it; once, however often it is pushed."""
        push_id = self._id_of(arrival)
        async with self._desk.transaction() as session:
            insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
            made = await session.execute(
                insert(LatePush)
                .values(
                    id=push_id,
                    sealed=seal(self._key(push_id), arrival.raw, _PURPOSE),
                    received_at=arrival.received_at,
                )
                .on_conflict_do_nothing()
                .returning(col(LatePush.id))
            )
            if made.first() is not None:
                await enqueue(session, ANSWER, push_id)

    async def has(self, arrival: Arrival) -> bool:
        """Whether this push was kept: then every further delivery of it hears what the first one heard."""
        async with self._desk.reading() as session:
            found = await session.exec(select(LatePush.id).where(col(LatePush.id) == self._id_of(arrival)))
            return found.first() is not None

    async def spoken_to(self, arrival: Arrival) -> Language | None:
        """The language that its sender is spoken to in; None for somebody unknown."""
        async with self._desk.reading() as session:
            known = await contacts.find(
                session, self._desk.vault, channel=arrival.channel.value, address=arrival.address
            )
        return None if known is None else known.state.language

    async def answer(self, run: JobRun, push_id: str) -> None:
        """Takes the push in, unless the door's own work has done so by now, and puts the reply into the outbox."""
        async with run.reading() as session:
            row = (await session.exec(select(LatePush).where(col(LatePush.id) == push_id))).one()
        arrival = arrival_of(reread(unseal(self._key(push_id), row.sealed, _PURPOSE)), row.received_at)
        taken = None if arrival is None else await self._desk.inbox.take_in(arrival)
        async with run.finishing() as session:
            kept = (await session.exec(select(LatePush).where(col(LatePush.id) == push_id))).one()
            kept.answered_at, kept.sealed = self._clock(), b""
            session.add(kept)
            # WeChat pushes again within seconds: what was answered a day ago is never asked for.
            await session.execute(
                delete(LatePush).where(col(LatePush.answered_at) < self._clock() - timedelta(days=1))
            )
            if taken is None:
                return
            known = await contacts.of_contact(session, self._desk.vault, taken.contact_id)
            if known is not None:
                await outbox.owe(
                    session,
                    known,
                    taken.replies,
                    cause=f"late:{push_id}",
                    priority=Priority.reply,
                    at=self._clock(),
                )

    def _id_of(self, arrival: Arrival) -> str:
        return self._desk.vault.lookup(_PURPOSE, f"{arrival.address}\0{arrival.external_id}")

    def _key(self, push_id: str) -> bytes:
        """Derived, not kept: it lives as long as the deployment's secret, and the push a few seconds."""
        return bytes.fromhex(self._desk.vault.lookup(f"{_PURPOSE}-key", push_id))
