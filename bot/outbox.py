"""The outbox: messages that are owed to a contact, each with the job that sends it, in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from pydantic import TypeAdapter
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import contacts
from bot.channels import Priority
from bot.contacts import Known
from bot.conversation.replies import Reply
from bot.tables import OutboxMessage
from foundation.crypto import seal, unseal
from foundation.ids import new_id
from foundation.job_queue import enqueue

DELIVER = "bot.deliver"
"""The job that sends one outbox message."""

_REPLIES: TypeAdapter[tuple[Reply, ...]] = TypeAdapter(tuple[Reply, ...])
_PURPOSE = "replies"


class OutboxState(StrEnum):
    """Where an outgoing message stands."""

    waiting = "waiting"
    sent = "sent"
    held = "held"
    """The channel allows none now; it goes out at the person's next message."""
    failed = "failed"
    """The person can no longer be reached; officers see it at the tip."""


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
        await enqueue(session, DELIVER, message_id)


async def release_held(session: AsyncSession, known: Known) -> None:
    """The person just wrote, so the channel is open again: everything held is put on its way."""
    if not known.held:
        return
    rows = await session.exec(
        select(OutboxMessage)
        .where(
            col(OutboxMessage.contact_id) == known.contact_id,
            col(OutboxMessage.state) == OutboxState.held.value,
        )
        .order_by(col(OutboxMessage.created_at))
    )
    for row in rows.all():
        row.state = OutboxState.waiting.value
        session.add(row)
        await enqueue(session, DELIVER, row.id, once=f"again-{row.attempts}")
    await contacts.count_held(session, known.contact_id, 0)
