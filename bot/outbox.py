"""The outbox: messages that are owed to a contact, each with the job that sends it, in one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import TypeAdapter
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import contacts
from bot.channels import ChannelName, Priority
from bot.contacts import Known
from bot.conversation.replies import Reply
from bot.tables import OutboxMessage
from foundation.crypto import seal, unseal
from foundation.ids import new_id
from foundation.job_queue import Queue, enqueue
from reports import custody
from reports.jurisdictions.jurisdiction import Jurisdiction
from reports.notices import NoticeKind
from reports.rewards import track
from reports.tables import Notice

DELIVER = "bot.deliver"
"""The job that sends one outbox message."""

_REPLIES: TypeAdapter[tuple[Reply, ...]] = TypeAdapter(tuple[Reply, ...])
_PURPOSE = "replies"


class OutboxState(StrEnum):
    """Where an outgoing message stands."""

    waiting = "waiting"
    sent = "sent"
    held = "held"
    """The channel allows none now, or the person none; it goes out at the person's next message."""
    failed = "failed"
    """The person was forgotten; officers see it at the tip."""


def seal_replies(key: bytes, replies: Sequence[Reply]) -> bytes:
    """Replies as they are kept."""
    return seal(key, _REPLIES.dump_json(tuple(replies)), _PURPOSE)


def unseal_replies(key: bytes, sealed: bytes) -> tuple[Reply, ...]:
    """What `seal_replies` kept."""
    return _REPLIES.validate_json(unseal(key, sealed, _PURPOSE))


async def owe(
    session: AsyncSession,
    known: Known,
    replies: Sequence[Reply],
    *,
    cause: str,
    priority: Priority,
    at: datetime,
    notice_id: str | None = None,
) -> None:
    """Puts a message into the outbox once for each `cause`."""
    if not replies:
        return
    if any(reply.urgent for reply in replies):
        priority = Priority.emergency
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    message_id = new_id("out")
    made = (
        await session.execute(
            insert(OutboxMessage)
            .values(
                id=message_id,
                contact_id=known.contact_id,
                dedupe_key=f"{known.contact_id}:{cause}",
                priority=int(priority),
                state=OutboxState.waiting.value,
                content_sealed=seal_replies(known.key, replies),
                notice_id=notice_id,
                attempts=0,
                fault="",
                created_at=at,
            )
            .on_conflict_do_nothing(index_elements=["dedupe_key"])
            .returning(col(OutboxMessage.id))
        )
    ).first()
    if made is not None:
        await send_soon(session, message_id, channel=known.channel, priority=priority)


async def send_soon(
    session: AsyncSession,
    message_id: str,
    *,
    channel: str,
    priority: int,
    once: str = "",
    after: timedelta | None = None,
) -> None:
    """Has a worker send the message: over a channel that bears so many a second, the most urgent first."""
    queue = Queue.telegram if channel == ChannelName.telegram else Queue.quick
    await enqueue(session, DELIVER, message_id, once=once, after=after, queue=queue, priority=priority)


async def take_held(
    session: AsyncSession, known: Known, jurisdiction: Jurisdiction, at: datetime
) -> list[Reply]:
    """The person just wrote: everything held goes out with the answer to their message, which costs no quota and
    works for an account that may not send on its own."""
    if not known.held:
        return []
    rows = await session.exec(
        select(OutboxMessage)
        .where(
            col(OutboxMessage.contact_id) == known.contact_id,
            col(OutboxMessage.state) == OutboxState.held.value,
        )
        .order_by(col(OutboxMessage.created_at))
    )
    replies: list[Reply] = []
    for row in rows.all():
        # Its question may no longer be the open one: what is answered next belongs to the reply that follows.
        replies.extend(
            replace(reply, choices=(), standing=()) for reply in unseal_replies(known.key, row.content_sealed)
        )
        await note_outcome(session, known, row, OutboxState.sent, "", jurisdiction, at)
    await contacts.count_held(session, known.contact_id, 0)
    return replies


async def note_outcome(
    session: AsyncSession,
    known: Known | None,
    row: OutboxMessage,
    state: OutboxState,
    fault: str,
    jurisdiction: Jurisdiction,
    at: datetime,
) -> None:
    """Writes down what became of a message, and of the notice and the reward that it told of.

    `known` is the contact, locked; None for somebody who was forgotten meanwhile.
    """
    row.state, row.fault, row.attempts = state.value, fault, row.attempts + 1
    row.sent_at = at if state is OutboxState.sent else None
    session.add(row)
    await session.flush()
    if known is not None and state is OutboxState.held:
        await contacts.count_held(session, known.contact_id, known.held + 1)
    if row.notice_id is None:
        return
    notice = (await session.exec(select(Notice).where(col(Notice.id) == row.notice_id))).one()
    reward = None
    if state is OutboxState.sent and notice.kind == NoticeKind.reward_approved and notice.tip_id is not None:
        reward = await track.reward_of(
            session, notice.tip_id, lock=True
        )  # before the chain, as officers lock it
    await custody.record(
        session,
        actor=custody.SYSTEM,
        act=f"notice.{state.value}",
        subject=notice.tip_id or notice.reporter_id,
        at=at,
        detail={
            "notice": notice.id,
            "kind": notice.kind,
            "channel": known.channel if known is not None else "",
            "why": fault,
        },
    )
    if reward is not None:
        await track.note_told(
            session, reward, at, track.claim_until(at, jurisdiction.rewards, jurisdiction.calendar)
        )
