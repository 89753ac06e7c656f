"""Delivery: notices and late answers find their way to the person, once, or wait until the channel lets them."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import abandoned, albums, contacts, outbox, picture_questions
from bot.channels import (
    Channel,
    ChannelName,
    MediaGone,
    Priority,
    RemoteMedia,
    TryLater,
    Unreachable,
    WindowClosed,
)
from bot.conversation.messages import (
    FilesTaken,
    Finding,
    Incoming,
    Judged,
    MediaRefused,
    OfficerSaid,
    PictureIsPrivate,
    TipMoved,
)
from bot.inbox import FETCH_MEDIA
from bot.judging import as_finding
from bot.outbox import OutboxState
from bot.tables import OutboxMessage, PendingJudgement
from bot.talking import FORGET_EVIDENCE, Talk, TalkDesk, as_card
from bot.telegram import pace
from bot.wechat import ledger
from foundation.blobs import Blobs
from foundation.clock import now
from foundation.job_queue import JobBook, JobRun, enqueue
from knowledge.pictures.errors import PictureRefused, PictureUnreadable
from knowledge.pictures.opening import inspect
from knowledge.pictures.reading import PictureReading
from moderation import sayings
from moderation.promises import promise_in
from moderation.screening import EVIDENCE_READ, want_reading
from reports import custody, evidence, notices, receipts, recordings, sealing
from reports.evidence import Consent, EvidenceKind, EvidenceState
from reports.notices import NoticeKind
from reports.tables import Evidence, Notice

log = logging.getLogger(__name__)

PATIENCE = timedelta(hours=47)
"""How long a channel's passing fault is borne before the message is held; WeChat's own window is 48 hours."""


FETCH_PATIENCE = timedelta(hours=70)
"""How long fetching a file is tried; WeChat keeps one for three days."""


class DeliveryDesk(TalkDesk, Protocol):
    """What delivery needs at hand."""

    blobs: Blobs

    @property
    def channels(self) -> Mapping[ChannelName, Channel]:
        """The sending side of every channel that is switched on."""
        ...


class Delivery:
    """The bot's jobs."""

    def __init__(self, desk: DeliveryDesk) -> None:
        self._desk = desk
        self._talk = Talk(desk)

    def register(self, book: JobBook) -> None:
        """Answers to the jobs that rooms below have named, and to the bot's own."""
        book.on(notices.DUE, self.deliver_notice)
        book.on(EVIDENCE_READ, self.tell_who_asked)
        book.on(picture_questions.ANSWER, self.answer_picture_question)
        book.on(outbox.DELIVER, self.deliver_message)
        book.on(FETCH_MEDIA, self.fetch_media)
        book.on(albums.CLOSE_ALBUM, self.close_album)
        book.on(FORGET_EVIDENCE, self.forget_evidence)
        book.on(abandoned.SWEEP, abandoned.sweep)
        book.on(pace.FORGET_QUIET, pace.forget_quiet)
        book.on(ledger.FORGET_CLOSED, ledger.forget_closed)

    async def deliver_notice(self, run: JobRun, notice_id: str) -> None:
        """Words a notice for its reporter and puts it into the outbox of the chat they use."""
        async with run.finishing() as session:
            notice = (await session.exec(select(Notice).where(col(Notice.id) == notice_id))).one()
            chats = await contacts.of_reporter(session, self._desk.vault, notice.reporter_id)
            if not chats:
                await custody.record(
                    session,
                    actor=custody.SYSTEM,
                    act="notice.undeliverable",
                    subject=notice.tip_id or notice.reporter_id,
                    at=now(),
                    detail={"notice": notice.id, "why": "the reporter has no chat any more"},
                )
                return
            known = chats[0]
            incoming = await self._as_incoming(session, notice)
            await self._say(
                session, known, incoming, cause=notice.id, priority=Priority.notice, notice_id=notice.id
            )

    async def _as_incoming(self, session: AsyncSession, notice: Notice) -> Incoming:
        said = await self._without_promise(session, notice, str(notice.detail.get("text", "")))
        if notice.kind == NoticeKind.officer_answer:
            return OfficerSaid(said, str(notice.detail.get("enclosure", "")))
        if notice.kind == NoticeKind.files_taken:
            return FilesTaken(str(notice.detail["receipt"]), opened=bool(notice.detail.get("opened")))
        card = as_card(await receipts.as_told(session, notice))
        asked = await self._without_promise(session, notice, card.asked or "")
        department = str(notice.detail.get("department", ""))
        return TipMoved(replace(card, asked=asked or None), said=said, department=department)

    async def _without_promise(self, session: AsyncSession, notice: Notice, text: str) -> str:
        """The officer's words; none where they promise. The panel refuses such words as they are written, so this is
        the last door for what came in by another way or before a rule was made."""
        words = promise_in(text)
        if not words:
            return text
        await custody.record(
            session,
            actor=custody.SYSTEM,
            act="notice.promise_withheld",
            subject=notice.tip_id or notice.reporter_id,
            at=now(),
            detail={"notice": notice.id, "words": words},
        )
        return ""

    async def tell_who_asked(self, run: JobRun, evidence_id: str) -> None:
        """A picture was read: questions that waited for it alone can be answered now."""
        async with run.finishing() as session:
            row = await session.get(Evidence, evidence_id)
            for question in [] if row is None else await picture_questions.waiting_for(session, row):
                if await picture_questions.is_ready(session, question):
                    await enqueue(session, picture_questions.ANSWER, question.id)
            if row is not None and row.consent == Consent.asked:
                await self._ask_whether_to_send(session, row)

    async def _ask_whether_to_send(self, session: AsyncSession, row: Evidence) -> None:
        """Puts the question in the chat that the picture came from, or the one used last."""
        chats = await contacts.of_reporter(session, self._desk.vault, row.reporter_id)
        chats.sort(key=lambda chat: chat.channel != row.channel)
        if chats:
            message = PictureIsPrivate((row.id,), row.private_kind, row.asked_at or now())  # type: ignore[arg-type]
            await self._say(session, chats[0], message, cause=f"private:{row.id}", priority=Priority.reply)

    async def answer_picture_question(self, run: JobRun, question_id: str) -> None:
        """Matches what the pictures say and sends the answer."""
        async with run.reading() as session:
            question = (
                await session.exec(select(PendingJudgement).where(col(PendingJudgement.id) == question_id))
            ).one()
            rows = (
                await session.exec(
                    select(Evidence)
                    .where(
                        col(Evidence.id).in_(question.evidence_ids),
                        col(Evidence.reporter_id) == question.reporter_id,
                    )
                    .order_by(col(Evidence.received_at))
                )
            ).all()
            pictures = sayings.readings_of(rows)
            nothing_read = all(row.reading is None for row in rows)
            is_unreadable = any(row.state == EvidenceState.unreadable and row.tip_id is None for row in rows)
        finding = await asyncio.to_thread(self._find, pictures, question.evidence_ids)
        async with run.finishing() as session:
            asked = (
                await session.exec(select(PendingJudgement).where(col(PendingJudgement.id) == question_id))
            ).one()
            asked.answered_at = now()
            session.add(asked)
            known = await contacts.of_contact(session, self._desk.vault, asked.contact_id)
            if known is None:
                return
            # Of a picture that nobody could read nothing may be said that sounds like “no danger”. That one was lost
            # has been said already, and an officer looks at those of a tip.
            if not nothing_read:
                await self._say(session, known, Judged(finding), cause=asked.id, priority=Priority.reply)
            elif is_unreadable:
                answer = MediaRefused(PictureUnreadable.reason)
                await self._say(session, known, answer, cause=asked.id, priority=Priority.reply)

    def _find(self, pictures: Sequence[tuple[str, PictureReading]], evidence_ids: Sequence[str]) -> Finding:
        """One finding for all the pictures together, their neighbours' ads apart."""
        beside = sayings.find_neighbours(self._desk.matcher, pictures)
        ads = sayings.ads_that_count(pictures, beside)
        return as_finding(
            self._desk.matcher.match("\n".join(ad.whole for ad in ads)),
            self._desk.catalogue,
            evidence_ids=evidence_ids,
            text_seen="\n".join(ad.text for ad in ads if ad.text),
            cut_off=any(ad.cut_off for ad in ads),
        )

    async def close_album(self, run: JobRun, subject: str) -> None:
        """Takes an album's pieces together if nothing more came, and sends the one answer to all of them."""
        contact_id, quiet = albums.read_subject(subject)
        async with run.finishing() as session:
            known = await contacts.of_contact(session, self._desk.vault, contact_id)
            if known is not None:
                await self._say(session, known, quiet, cause=run.job_id, priority=Priority.reply)

    async def _say(
        self,
        session: AsyncSession,
        known: contacts.Known,
        incoming: Incoming,
        *,
        cause: str,
        priority: Priority,
        notice_id: str | None = None,
    ) -> None:
        heard = await self._talk.hear(session, known, [incoming], cause=cause, at=now())
        await self._talk.keep(session, known, heard, now())
        await outbox.owe(
            session, known, heard.replies, cause=cause, priority=priority, at=now(), notice_id=notice_id
        )

    async def deliver_message(self, run: JobRun, message_id: str) -> None:
        """Sends one outbox message over its channel; holds it where the channel allows none now."""
        async with run.reading() as session:
            row = (await session.exec(select(OutboxMessage).where(col(OutboxMessage.id) == message_id))).one()
            known = await contacts.of_contact(session, self._desk.vault, row.contact_id)
            address = await contacts.address_of(session, known) if known is not None else ""
            notice = await _notice_of(session, row)
        if row.state != OutboxState.waiting:
            return
        if known is None:
            await self._note(run, message_id, OutboxState.failed, "the person was forgotten")
            return
        channel = self._desk.channels.get(ChannelName(known.channel))
        replies = outbox.unseal_replies(known.key, row.content_sealed)
        state, fault, is_gone = OutboxState.sent, "", False
        try:
            if known.unreachable:  # who blocked us is not knocked at again; it waits until they write
                raise WindowClosed("the person blocked us")
            if channel is None:
                raise WindowClosed("the channel is switched off")
            await channel.send(
                address,
                replies,
                key=message_id,
                notice=notice,
                priority=Priority(row.priority),
                language=known.state.language,
            )
        except WindowClosed as closed:
            state, fault = OutboxState.held, str(closed) or "the platform allows no message now"
        except Unreachable as gone:
            # Held like what comes after it: whoever lets us in again hears all of it.
            state, fault, is_gone = OutboxState.held, str(gone) or "the person can no longer be reached", True
        except TryLater as passing:
            await self._try_again(run, row, known.channel, passing)
            return
        await self._note(run, message_id, state, fault, is_gone=is_gone)

    async def _note(
        self, run: JobRun, message_id: str, state: OutboxState, fault: str, *, is_gone: bool = False
    ) -> None:
        async with run.finishing() as session:
            row = (await session.exec(select(OutboxMessage).where(col(OutboxMessage.id) == message_id))).one()
            # Locked and read anew: the person may be writing at this moment and take what is held.
            known = await contacts.of_contact(session, self._desk.vault, row.contact_id)
            await outbox.note_outcome(session, known, row, state, fault, self._desk.jurisdiction, now())
            if known is not None and is_gone:
                await contacts.mark_unreachable(session, known.contact_id, now())

    async def _try_again(self, run: JobRun, row: OutboxMessage, channel: str, passing: TryLater) -> None:
        pause = timedelta(
            seconds=passing.seconds if passing.seconds is not None else min(600, 2.0**row.attempts)
        )
        async with run.finishing() as session:
            fresh = (await session.exec(select(OutboxMessage).where(col(OutboxMessage.id) == row.id))).one()
            fresh.attempts += 1
            fresh.fault = str(passing)
            session.add(fresh)
            if now() + pause - fresh.created_at > PATIENCE:
                known = await contacts.of_contact(session, self._desk.vault, fresh.contact_id)
                await outbox.note_outcome(
                    session, known, fresh, OutboxState.held, fresh.fault, self._desk.jurisdiction, now()
                )
                return
            await outbox.send_soon(
                session,
                fresh.id,
                channel=channel,
                priority=fresh.priority,
                once=f"try-{fresh.attempts}",
                after=pause,
            )

    async def fetch_media(self, run: JobRun, evidence_id: str) -> None:
        """Gets a file from its platform, seals it, and puts it on the way to be read."""
        async with run.reading() as session:
            row = await evidence.find(session, evidence_id)
        if row.state != EvidenceState.awaited:
            return
        channel = self._desk.channels.get(ChannelName(row.channel))
        try:
            if channel is None:
                raise TryLater("the channel is switched off", 3600)
            data = await channel.fetch(RemoteMedia(row.kind, row.remote_ref))
            facts = await asyncio.to_thread(inspect, data) if row.kind == EvidenceKind.picture else None
        except (MediaGone, PictureRefused) as fault:
            await self._media_lost(run, evidence_id, fault)
            return
        except TryLater as passing:
            await self._fetch_again(run, row, passing)
            return
        sealed = await sealing.seal_into(self._desk.blobs, self._desk.vault.masters, evidence_id, data)
        async with run.finishing() as session:
            row = await evidence.find(session, evidence_id, lock=True)
            still_wanted = row.state == EvidenceState.awaited
            if still_wanted:
                await evidence.keep(
                    session,
                    row,
                    sealed=sealed,
                    media_type=facts.media_type
                    if facts is not None
                    else recordings.recognise(data).media_type,
                    size=len(data),
                    width=facts.width if facts is not None else 0,
                    height=facts.height if facts is not None else 0,
                    at=now(),
                )
                await want_reading(session, row)
        if not still_wanted:  # given up while it was being fetched
            await self._desk.blobs.delete(sealed[0])

    async def _fetch_again(self, run: JobRun, row: Evidence, passing: TryLater) -> None:
        waited = now() - row.received_at
        # Unless the platform says when: as long again as it took so far, from two seconds to an hour.
        seconds = (
            passing.seconds if passing.seconds is not None else min(3600.0, max(2.0, waited.total_seconds()))
        )
        if waited + timedelta(seconds=seconds) > FETCH_PATIENCE:
            await self._media_lost(run, row.id, MediaGone(str(passing)))
            return
        if waited > evidence.OVERDUE:
            log.error(
                "a file that its platform will delete cannot be fetched",
                extra={
                    "evidence": row.id,
                    "hours": int(waited.total_seconds() // 3600),
                    "reason": str(passing),
                },
            )
        async with run.finishing() as session:
            once = f"after-{int(waited.total_seconds())}"
            await enqueue(session, FETCH_MEDIA, row.id, once=once, after=timedelta(seconds=seconds))

    async def _media_lost(self, run: JobRun, evidence_id: str, fault: MediaGone | PictureRefused) -> None:
        reason = fault.reason if isinstance(fault, PictureRefused) else "gone"
        async with run.finishing() as session:
            row = await evidence.find(session, evidence_id)
            # The chat is locked before the file, as it is when its person writes.
            chats = await contacts.of_reporter(session, self._desk.vault, row.reporter_id)
            row = await evidence.find(session, evidence_id, lock=True)
            if row.state != EvidenceState.awaited:
                return
            await evidence.note_lost(session, row, reason=str(fault), at=now())
            await enqueue(session, EVIDENCE_READ, row.id, once="lost")
            if chats:
                await self._say(
                    session, chats[0], MediaRefused(reason), cause=f"lost:{row.id}", priority=Priority.reply
                )

    async def forget_evidence(self, run: JobRun, evidence_id: str) -> None:
        """Deletes a file that its owner gave up, unless it has become part of a tip."""
        async with run.finishing() as session:
            keys = await evidence.forget(session, evidence_id, now())
        for key in keys:
            await self._desk.blobs.delete(key)


async def _notice_of(session: AsyncSession, row: OutboxMessage) -> NoticeKind | None:
    if row.notice_id is None:
        return None
    kind = (await session.exec(select(Notice.kind).where(col(Notice.id) == row.notice_id))).one()
    return NoticeKind(kind)
