"""Contacts: the only place that can turn a reporter into a chat, and back into nobody."""

import os
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col
from sqlmodel import select as select_rows
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation.state import State
from bot.tables import Contact, Conversation
from foundation.crypto import seal, unseal
from foundation.ids import new_id
from reports import custody
from reports.tables import Reporter
from reports.vault import ReporterErased, Vault

_ADDRESS = "address"
_STATE = "conversation"
_LOOKUP = "contact"


class MadeByAnother(Exception):
    """Two first messages of one person arrived at once and the other one made the contact: try again."""


@dataclass(slots=True)
class Known:
    """A contact as the inbox needs it: opened key, opened state."""

    contact_id: str
    channel: str
    reporter_id: str
    key: bytes
    state: State
    steps: int
    held: int
    unreachable: bool


async def recognise(
    session: AsyncSession, vault: Vault, *, channel: str, address: str, at: datetime
) -> Known:
    """Finds the contact behind an address, or makes it, and locks its conversation for this transaction.

    Raises MadeByAnother where a concurrent first message was quicker.
    """
    digest = vault.lookup(f"{_LOOKUP}:{channel}", address)
    row = (
        await session.execute(
            _JOINED.where(col(Contact.channel) == channel, col(Contact.address_hash) == digest)
        )
    ).first()
    if row is not None:
        return _known(vault, row)
    return await _make(session, vault, channel=channel, digest=digest, address=address, at=at)


async def find(session: AsyncSession, vault: Vault, *, channel: str, address: str) -> Known | None:
    """The contact behind an address, for reading; None for somebody never seen or since erased."""
    digest = vault.lookup(f"{_LOOKUP}:{channel}", address)
    row = (
        await session.execute(
            _UNLOCKED.where(col(Contact.channel) == channel, col(Contact.address_hash) == digest)
        )
    ).first()
    return None if row is None else _known(vault, row)


async def of_contact(session: AsyncSession, vault: Vault, contact_id: str) -> Known | None:
    """The contact with this id, locked; None where it is gone or was erased."""
    row = (await session.execute(_JOINED.where(col(Contact.id) == contact_id))).first()
    try:
        return None if row is None else _known(vault, row)
    except ReporterErased:
        return None


async def of_reporter(session: AsyncSession, vault: Vault, reporter_id: str) -> list[Known]:
    """The chats in which a reporter can be reached, the one used last first; none after erasure."""
    rows = (
        await session.execute(
            _JOINED.where(col(Contact.reporter_id) == reporter_id).order_by(
                col(Conversation.updated_at).desc()
            )
        )
    ).all()
    try:
        return [_known(vault, row) for row in rows]
    except ReporterErased:
        return []


_UNLOCKED = (
    select(
        col(Contact.id),
        col(Contact.channel),
        col(Contact.reporter_id),
        col(Contact.held),
        col(Contact.unreachable_at),
        col(Reporter.key_id),
        col(Reporter.wrapped_key),
        col(Conversation.state_sealed),
        col(Conversation.steps),
    )
    .join(Reporter, col(Reporter.id) == col(Contact.reporter_id))
    .join(Conversation, col(Conversation.contact_id) == col(Contact.id))
)
_JOINED = _UNLOCKED.with_for_update(of=Conversation)


def _known(vault: Vault, row: Row[*tuple[Any, ...]]) -> Known:
    contact_id, channel, reporter_id, held, unreachable_at, key_id, wrapped, sealed, steps = row
    key = vault.open_key(key_id, wrapped)
    state = State.model_validate_json(unseal(key, sealed, _STATE))
    return Known(contact_id, channel, reporter_id, key, state, steps, held, unreachable_at is not None)


async def _make(
    session: AsyncSession, vault: Vault, *, channel: str, digest: str, address: str, at: datetime
) -> Known:
    reporter, key = vault.new_reporter(at)
    session.add(reporter)
    await session.flush()
    contact_id = new_id("con")
    try:
        await session.execute(
            insert(Contact).values(
                id=contact_id,
                channel=channel,
                address_hash=digest,
                address_sealed=seal(key, address.encode(), _ADDRESS),
                reporter_id=reporter.id,
                held=0,
                created_at=at,
            )
        )
    except IntegrityError:
        raise MadeByAnother from None
    state = State()
    await session.execute(
        insert(Conversation).values(
            contact_id=contact_id,
            state_sealed=seal(key, state.model_dump_json().encode(), _STATE),
            steps=0,
            updated_at=at,
        )
    )
    return Known(contact_id, channel, reporter.id, key, state, 0, 0, False)


async def remember(session: AsyncSession, known: Known, state: State, at: datetime) -> None:
    """Writes the conversation's new state."""
    known.state = state
    known.steps += 1
    await session.execute(
        update(Conversation)
        .where(col(Conversation.contact_id) == known.contact_id)
        .values(
            state_sealed=seal(known.key, state.model_dump_json().encode(), _STATE),
            steps=known.steps,
            updated_at=at,
        )
    )


async def address_of(session: AsyncSession, known: Known) -> str:
    """Where the channel reaches this contact."""
    sealed = (
        await session.execute(select(col(Contact.address_sealed)).where(col(Contact.id) == known.contact_id))
    ).scalar_one()
    return unseal(known.key, sealed, _ADDRESS).decode()


async def mark_unreachable(session: AsyncSession, contact_id: str, at: datetime | None) -> None:
    """Notes that the channel no longer reaches this contact, or (None) that it does again."""
    await session.execute(update(Contact).where(col(Contact.id) == contact_id).values(unreachable_at=at))


async def count_held(session: AsyncSession, contact_id: str, held: int) -> None:
    """Notes how many messages wait for the contact's next message."""
    await session.execute(update(Contact).where(col(Contact.id) == contact_id).values(held=held))


async def erase(session: AsyncSession, known: Known, at: datetime) -> None:
    """Deletes the person: the key that opens their address, their talk and their messages is gone.

    Tips already submitted stay under the statutory basis (《防范和处置非法集资条例》第十六条), with nobody behind them.
    """
    reporter = (await session.exec(select_rows(Reporter).where(col(Reporter.id) == known.reporter_id))).one()
    reporter.wrapped_key, reporter.erased_at = None, at
    session.add(reporter)
    await session.execute(
        update(Contact)
        .where(col(Contact.reporter_id) == known.reporter_id)
        .values(address_hash=f"erased:{os.urandom(16).hex()}", address_sealed=b"", held=0, unreachable_at=at)
    )
    await custody.record(
        session,
        actor=custody.actor_of_reporter(known.reporter_id),
        act="reporter.erased",
        subject=known.reporter_id,
        at=at,
    )
