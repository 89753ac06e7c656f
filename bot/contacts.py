"""Contacts: the only place that can turn a reporter into a chat, and back into nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, literal, select, update
from sqlmodel import col
from sqlmodel import select as select_rows
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation.state import State
from bot.tables import Contact, Conversation, InboxMessage
from bot.wechat.tables import WeChatConsent, WeChatWindow
from foundation.crypto import seal, unseal
from foundation.ids import new_id
from foundation.statements import AtOnce, Statement, Write, insertion, table_of
from reports import custody
from reports.tables import Reporter
from reports.vault import ReporterErased, Vault

_ADDRESS = "address"
_STATE = "conversation"
_LOOKUP = "contact"


class MadeByAnother(Exception):
    """Two first messages of one person arrived at once and the other one made the contact: try again."""


class HeardAlready(Exception):
    """This very message of theirs is on record."""


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


async def look_up(at_once: AtOnce, vault: Vault, *, channel: str, address: str, message: str) -> Known | None:
    """The contact behind an address as it stands now, not locked: whoever writes on writes `remembering`. None for
    somebody never seen. Raises HeardAlready where the message with this name is on record.
    """
    digest = vault.lookup(f"{_LOOKUP}:{channel}", address)
    rows = await at_once.look(_TO_LOOK, {"channel": channel, "digest": digest, "message": message})
    if not rows:
        return None
    *row, is_heard = rows[0]
    if is_heard:
        raise HeardAlready
    return _known(vault, row)


def newcomer(vault: Vault, *, channel: str, address: str, at: datetime) -> tuple[Known, list[Write]]:
    """Somebody never seen, and what writes them down; their conversation's `beginning` is still to be written."""
    reporter, key = vault.new_reporter(at)
    contact_id = new_id("con")
    contact = {
        "id": contact_id,
        "channel": channel,
        "address_hash": vault.lookup(f"{_LOOKUP}:{channel}", address),
        "address_sealed": seal(key, address.encode(), _ADDRESS),
        "reporter_id": reporter.id,
        "held": 0,
        "unreachable_at": None,
        "created_at": at,
    }
    known = Known(contact_id, channel, reporter.id, key, State(), 0, 0, False)
    return known, [(_NEW_REPORTER, reporter.model_dump()), (_NEW_CONTACT, contact)]


def beginning(known: Known, state: State, at: datetime) -> Write:
    """Writes down where the first message of a newcomer led."""
    known.state, known.steps = state, known.steps + 1
    return _NEW_CONVERSATION, {"contact_id": known.contact_id, **_sealed_state(known, at)}


def remembering(known: Known, state: State, at: datetime) -> Write:
    """Writes the conversation's new state, unless it has moved on since the contact was looked up."""
    before = known.steps
    known.state, known.steps = state, before + 1
    return _MOVE_ON, {"contact": known.contact_id, "before": before, **_sealed_state(known, at)}


def reaching(contact_id: str, *, gone_at: datetime | None) -> Write:
    """Notes that the person shut the channel's door at that time, or (None) opened it again."""
    return _REACH, {"contact": contact_id, "gone_at": gone_at}


def _sealed_state(known: Known, at: datetime) -> dict[str, Any]:
    sealed = seal(known.key, known.state.model_dump_json().encode(), _STATE)
    return {"state_sealed": sealed, "steps": known.steps, "updated_at": at}


async def recognise(
    session: AsyncSession, vault: Vault, *, channel: str, address: str, at: datetime, message: str = ""
) -> Known:
    """Finds the contact behind an address, or makes it, and locks its conversation for this transaction.

    `message` is the external id of what they say, where they say something. Raises HeardAlready where it is on record;
    whoever records it must still expect a conflict, because this looks before the lock is held. Raises MadeByAnother
    where a concurrent first message was quicker.
    """
    digest = vault.lookup(f"{_LOOKUP}:{channel}", address)
    rows = await _TO_ANSWER.rows(session, {"channel": channel, "digest": digest, "message": message})
    if not rows:
        return await _make(session, vault, channel=channel, address=address, at=at)
    *row, is_heard = rows[0]
    if is_heard:
        raise HeardAlready
    return _known(vault, row)


async def find(session: AsyncSession, vault: Vault, *, channel: str, address: str) -> Known | None:
    """The contact behind an address, for reading; None for somebody never seen or since erased."""
    digest = vault.lookup(f"{_LOOKUP}:{channel}", address)
    rows = await _TO_READ.rows(session, {"channel": channel, "digest": digest})
    return _known(vault, rows[0]) if rows else None


async def of_contact(session: AsyncSession, vault: Vault, contact_id: str) -> Known | None:
    """The contact with this id, locked; None where it is gone or was erased."""
    row = (await session.execute(_JOINED.where(col(Contact.id) == contact_id))).first()
    try:
        return None if row is None else _known(vault, row)
    except ReporterErased:
        return None


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat of a channel, as somebody sees it who goes through all of them; without an address where it was erased."""

    contact_id: str
    address: str | None
    state: State
    unreachable: bool


async def on_channel(
    session: AsyncSession, vault: Vault, channel: str, *, after: str, most: int
) -> list[Chat]:
    """The next chats of a channel behind the contact `after`, by their ids; none where all were seen."""
    found = await session.execute(
        _UNLOCKED.add_columns(_contact.c.address_sealed)
        .where(_contact.c.channel == channel, _contact.c.id > after)
        .order_by(_contact.c.id)
        .limit(most)
    )
    chats: list[Chat] = []
    for *row, sealed in found.all():
        try:
            known = _known(vault, row)
        except ReporterErased:
            chats.append(Chat(str(row[0]), None, State(), True))
            continue
        address = unseal(known.key, sealed, _ADDRESS).decode()
        chats.append(Chat(known.contact_id, address, known.state, known.unreachable))
    return chats


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


_contact, _conversation, _reporter = table_of(Contact), table_of(Conversation), table_of(Reporter)
_inbox = table_of(InboxMessage)

_UNLOCKED = (
    select(
        _contact.c.id,
        _contact.c.channel,
        _contact.c.reporter_id,
        _contact.c.held,
        _contact.c.unreachable_at,
        _reporter.c.key_id,
        _reporter.c.wrapped_key,
        _conversation.c.state_sealed,
        _conversation.c.steps,
    )
    .join(_reporter, _reporter.c.id == _contact.c.reporter_id)
    .join(_conversation, _conversation.c.contact_id == _contact.c.id)
)
_JOINED = _UNLOCKED.with_for_update(of=_conversation)
_AT_ADDRESS = (_contact.c.channel == bindparam("channel")) & (_contact.c.address_hash == bindparam("digest"))
_TO_READ = Statement(_UNLOCKED.where(_AT_ADDRESS))
_IS_HEARD = (
    exists()
    .where(_inbox.c.channel == bindparam("channel"), _inbox.c.external_id == bindparam("message"))
    .label("heard")
)
_TO_LOOK = Statement(_UNLOCKED.where(_AT_ADDRESS).add_columns(_IS_HEARD))
_TO_ANSWER = Statement(_JOINED.where(_AT_ADDRESS).add_columns(_IS_HEARD))
_CHANGED = (
    update(_conversation)
    .where(_conversation.c.contact_id == bindparam("contact"))
    .values(
        state_sealed=bindparam("state_sealed"), steps=bindparam("steps"), updated_at=bindparam("updated_at")
    )
)
_MOVE_ON = Statement(_CHANGED.where(_conversation.c.steps == bindparam("before")))
_REACH = Statement(
    update(_contact)
    .where(_contact.c.id == bindparam("contact"))
    .values(unreachable_at=bindparam("gone_at", type_=_contact.c.unreachable_at.type))
)
_NEW_REPORTER = insertion(Reporter)
_NEW_CONTACT = insertion(Contact, unless=("channel", "address_hash"))
_NEW_CONVERSATION = insertion(Conversation)


def _known(vault: Vault, row: Sequence[Any]) -> Known:
    contact_id, channel, reporter_id, held, unreachable_at, key_id, wrapped, sealed, steps = row
    key = vault.open_key(key_id, wrapped)
    state = State.model_validate_json(unseal(key, sealed, _STATE))
    return Known(contact_id, channel, reporter_id, key, state, steps, held, unreachable_at is not None)


async def _make(session: AsyncSession, vault: Vault, *, channel: str, address: str, at: datetime) -> Known:
    known, writes = newcomer(vault, channel=channel, address=address, at=at)
    conversation = {"contact_id": known.contact_id, **_sealed_state(known, at)}
    for statement, values in [*writes, (_NEW_CONVERSATION, conversation)]:
        if not await statement.run(session, values):
            raise MadeByAnother
    return known


async def address_of(session: AsyncSession, known: Known) -> str:
    """Where the channel reaches this contact."""
    sealed = (
        await session.execute(select(col(Contact.address_sealed)).where(col(Contact.id) == known.contact_id))
    ).scalar_one()
    return unseal(known.key, sealed, _ADDRESS).decode()


async def mark_unreachable(session: AsyncSession, contact_id: str, at: datetime | None) -> None:
    """Notes that the channel no longer reaches this contact, or (None) that it does again."""
    await session.execute(update(Contact).where(col(Contact.id) == contact_id).values(unreachable_at=at))


async def forget_ways(session: AsyncSession, reporter_id: str) -> None:
    """Takes away when and how often the person might still have been written to: whoever left is not, and whoever comes
    back opens a window of their own with that."""
    chats = select(col(Contact.id)).where(col(Contact.reporter_id) == reporter_id)
    for table in (WeChatWindow, WeChatConsent):
        await session.execute(delete(table).where(col(table.contact_id).in_(chats)))


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
        .values(
            address_hash=literal("erased:") + col(Contact.id), address_sealed=b"", held=0, unreachable_at=at
        )
    )
    # Whoever waits for the talk to go on (another message of theirs, at this moment) finds none and starts anew.
    await session.execute(
        delete(Conversation).where(
            col(Conversation.contact_id).in_(
                select(col(Contact.id)).where(col(Contact.reporter_id) == known.reporter_id)
            )
        )
    )
    await forget_ways(session, known.reporter_id)
    await custody.record(
        session,
        actor=custody.actor_of_reporter(known.reporter_id),
        act="reporter.erased",
        subject=known.reporter_id,
        at=at,
    )
