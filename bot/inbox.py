"""The inbox: every message is on record before it is acted on, and a second delivery gets the stored reply."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Protocol

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import contacts, outbox
from bot.albums import as_piece
from bot.channels import Arrival, Channel, ChannelName, Division, Priority, Taken
from bot.contacts import HeardAlready, Known, MadeByAnother
from bot.conversation.messages import Finding, Incoming, SentMedia
from bot.conversation.replies import Reply
from bot.edits import RAW, as_edited
from bot.tables import Contact, InboxMessage
from bot.talking import NeedsTransaction, Talk, TalkDesk
from foundation.crypto import seal
from foundation.ids import new_id
from foundation.job_queue import enqueue
from foundation.statements import AtOnce, ConnectionLost, Untouched, Write, insertion, run_together
from foundation.turns import Turns
from moderation.screening import want_reading
from reports import evidence
from reports.evidence import EvidenceKind
from reports.tables import Reporter
from reports.vault import ReporterErased

FETCH_MEDIA = "bot.fetch_media"
"""The job that gets a file from its platform."""

MOST_ATTEMPTS = 4
"""So often a message is heard anew: without the lock, with it, and after a concurrent first message of theirs."""

_RECORD = insertion(InboxMessage, unless=("channel", "external_id"))


class InboxDesk(TalkDesk, Protocol):
    """What the inbox needs at hand."""

    @property
    def channels(self) -> Mapping[ChannelName, Channel]:
        """The sending side of every channel that is switched on."""
        ...

    at_once: AtOnce

    def quick_transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session that is committed at the end of the block; nothing slow may be asked of it. Entrypoints own it."""
        ...

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for looking things up."""
        ...


class Inbox:
    """The one way in for all channels."""

    def __init__(self, desk: InboxDesk) -> None:
        self._desk = desk
        self._talk = Talk(desk)
        self._turns = Turns()

    async def take_in(self, arrival: Arrival) -> Taken:
        """Records the message, steps the conversation, commits, and gives the replies that answer this call."""
        # The database keeps one person's messages in turn too, but whoever waits there holds a connection, and with
        # thirty at once the connections of everybody.
        async with self._turns.of(f"{arrival.channel.value}:{arrival.address}"):
            return await self._in_turn(arrival)

    async def _in_turn(self, arrival: Arrival) -> Taken:
        findings: dict[str, Finding] = {}
        at_once = not (arrival.media or arrival.kept or arrival.edit)
        for _ in range(MOST_ATTEMPTS):
            try:
                if at_once:
                    return await self._move_on(arrival, findings)
                return await self._first_delivery(arrival, findings)
            except (NeedsTransaction, Untouched):
                at_once = False  # several messages at once, or this one delivered twice: now in turn, under the lock
            except (MadeByAnother, ConnectionLost):
                continue
            except HeardAlready:
                return await self._second_delivery(arrival)
        raise MadeByAnother

    async def _move_on(self, arrival: Arrival, findings: dict[str, Finding]) -> Taken:
        """A message that only moves its conversation on, which is most of them: looked up, thought about without a lock,
        and written together where the conversation still stands where it stood. Raises NeedsTransaction, Untouched.
        """
        name, at = self._name_of(arrival), arrival.received_at
        who = {"channel": arrival.channel.value, "address": arrival.address}
        known = await contacts.look_up(self._desk.at_once, self._desk.vault, **who, message=name)
        writes: list[Write] = []
        if is_new := known is None:
            known, writes = contacts.newcomer(self._desk.vault, **who, at=at)
        if known.held or known.unreachable:
            raise NeedsTransaction
        incoming = [] if arrival.incoming is None else [arrival.incoming]
        heard = await self._talk.hear(
            None,
            known,
            incoming,
            cause=_cause(arrival),
            at=at,
            is_demo=self._desk.settings.is_demo,
            findings=findings,
            speaks=arrival.speaks,
        )
        division = self._divided(arrival, heard.replies)
        if division.later:
            raise NeedsTransaction
        if is_new:
            writes += [contacts.beginning(known, heard.state, at), *heard.writes]
        elif incoming:
            writes += self._talk.writes_of(known, heard, at)
        writes.append((_RECORD, self._row(known, arrival, name, division.now)))
        if arrival.beside is not None:
            writes += arrival.beside(known.contact_id, known.key, division.now)
        await self._desk.at_once.write(writes)
        return Taken(known.contact_id, division.now, fresh=True, language=heard.language)

    async def _first_delivery(self, arrival: Arrival, findings: dict[str, Finding]) -> Taken:
        name = self._name_of(arrival)
        async with self._desk.quick_transaction() as session:
            known = await contacts.recognise(
                session,
                self._desk.vault,
                channel=arrival.channel.value,
                address=arrival.address,
                at=arrival.received_at,
                message=name,
            )
            cause = _cause(arrival)
            incoming = await self._incoming(session, known, arrival)
            heard = await self._talk.hear(
                session,
                known,
                incoming,
                cause=cause,
                at=arrival.received_at,
                is_demo=self._desk.settings.is_demo,
                findings=findings,
                speaks=arrival.speaks,
            )
            writes: list[Write] = []
            if incoming:
                writes = self._talk.writes_of(known, heard, arrival.received_at)
            if incoming and not heard.gone:  # somebody who leaves is sent nothing more
                held = await outbox.take_held(session, known, self._desk.jurisdiction, arrival.received_at)
                heard.replies[:0] = held
            division = self._divided(arrival, heard.replies)
            writes.append((_RECORD, self._row(known, arrival, name, division.now)))
            if arrival.beside is not None:
                writes += arrival.beside(known.contact_id, known.key, division.now)
            try:
                await run_together(session, writes)
            except Untouched as fault:  # the other delivery was under way when this one looked
                raise HeardAlready from fault
            await outbox.owe(
                session, known, division.later, cause=cause, priority=Priority.reply, at=arrival.received_at
            )
            if heard.gone:
                await contacts.mark_unreachable(session, known.contact_id, arrival.received_at)
                await contacts.forget_ways(session, known.reporter_id)
            elif known.unreachable and incoming:
                await contacts.mark_unreachable(session, known.contact_id, None)
            if heard.erase:  # last: everything of theirs is written, and now nobody can open it
                await contacts.erase(session, known, arrival.received_at)
        return Taken(known.contact_id, division.now, fresh=True, language=heard.language)

    async def _second_delivery(self, arrival: Arrival) -> Taken:
        async with self._desk.reading() as session:
            row = (
                await session.execute(
                    select(
                        col(InboxMessage.contact_id),
                        col(InboxMessage.replies_sealed),
                        col(Reporter.key_id),
                        col(Reporter.wrapped_key),
                    )
                    .join(Contact, col(Contact.id) == col(InboxMessage.contact_id))
                    .join(Reporter, col(Reporter.id) == col(Contact.reporter_id))
                    .where(
                        col(InboxMessage.channel) == arrival.channel.value,
                        col(InboxMessage.external_id) == self._name_of(arrival),
                    )
                )
            ).one()
        contact_id, sealed, key_id, wrapped = row
        try:
            key = self._desk.vault.open_key(key_id, wrapped)
        except ReporterErased:
            return Taken(contact_id, (), fresh=False)  # the message was “delete me”, and it was done
        return Taken(contact_id, outbox.unseal_replies(key, sealed), fresh=False)

    async def _incoming(self, session: AsyncSession, known: Known, arrival: Arrival) -> list[Incoming]:
        """The files first, then what was written under them."""
        written = [] if arrival.incoming is None else [arrival.incoming]
        if arrival.edit is not None:
            edited = await as_edited(session, known, arrival.edit, arrival.received_at)
            if not edited.has_new_file:
                return [edited.message]
            exchanged = replace(arrival, media=arrival.edit.media)
            return [await self._expect(session, known, exchanged), edited.message]
        if arrival.kept:
            return [await self._keep(session, known, arrival), *written]
        if arrival.media:
            sent = await self._expect(session, known, arrival)
            return [as_piece(arrival.album, sent, written)] if arrival.album else [sent, *written]
        return written

    async def _expect(self, session: AsyncSession, known: Known, arrival: Arrival) -> SentMedia:
        rows = [
            evidence.expect(
                reporter_id=known.reporter_id,
                kind=EvidenceKind(media.kind),
                channel=arrival.channel.value,
                message_id=arrival.external_id,
                remote_ref=media.ref,
                at=arrival.received_at,
            )
            for media in arrival.media
        ]
        session.add_all(rows)
        await session.flush()
        for row in rows:
            await enqueue(session, FETCH_MEDIA, row.id)
        return SentMedia(tuple(row.id for row in rows), rows[0].kind)  # type: ignore[arg-type]

    async def _keep(self, session: AsyncSession, known: Known, arrival: Arrival) -> SentMedia:
        for media in arrival.kept:
            row = evidence.expect(
                reporter_id=known.reporter_id,
                kind=EvidenceKind(media.kind),
                channel=arrival.channel.value,
                message_id=arrival.external_id,
                remote_ref="",
                at=arrival.received_at,
            )
            row.id = media.evidence_id
            session.add(row)
            await session.flush()
            await evidence.keep(
                session,
                row,
                sealed=media.sealed,
                media_type=media.media_type,
                size=media.size,
                width=media.width,
                height=media.height,
                at=arrival.received_at,
            )
            await want_reading(session, row)
        return SentMedia(tuple(media.evidence_id for media in arrival.kept), arrival.kept[0].kind)  # type: ignore[arg-type]

    def _divided(self, arrival: Arrival, replies: Sequence[Reply]) -> Division:
        """What goes into the answer to the call, and what follows."""
        if arrival.apart:
            return Division((), tuple(replies))
        return self._desk.channels[arrival.channel].divide(replies)

    def _name_of(self, arrival: Arrival) -> str:
        """The name a message is on record under: the platform's id and its sender's, so that a number which comes
        again (Telegram begins anew after a quiet week, another bot counts from elsewhere) is never answered with
        what was said to somebody else."""
        return self._desk.vault.lookup(
            f"message:{arrival.channel.value}", f"{arrival.address}\0{arrival.external_id}"
        )

    def _row(
        self, known: Known, arrival: Arrival, name: str, replies: tuple[Reply, ...]
    ) -> dict[str, object]:
        return {
            "id": new_id("msg"),
            "channel": arrival.channel.value,
            "external_id": name,
            "contact_id": known.contact_id,
            "raw_sealed": seal(known.key, arrival.raw, RAW),
            "replies_sealed": outbox.seal_replies(known.key, replies),
            "received_at": arrival.received_at,
        }


def _cause(arrival: Arrival) -> str:
    return f"{arrival.channel.value}:{arrival.external_id}"
