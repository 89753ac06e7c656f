"""The audit chain: every act on a tip, a file or a reward, each entry bound to the one before it.

An entry's digest is a keyed hash over its fields and the digest before it. Whoever can write to the database but does
not hold the deployment's audit secret can neither change an entry nor cut out a stretch without `qianshao audit
verify` noticing. Cutting off the newest end is noticed because the head row holds the last digest; whoever sets the
head row back too is noticed only against a digest that was written down elsewhere, which is why `verify` prints it.
"""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.crypto import keyed_hash
from foundation.statements import Statement, insertion, run_together, table_of
from reports.tables import AuditEntry, AuditHead

GENESIS = "0" * 64
SYSTEM = "system"


def actor_of_officer(officer_id: str) -> str:
    """How an officer is named in the chain."""
    return f"officer:{officer_id}"


def actor_of_reporter(reporter_id: str) -> str:
    """How a reporter is named in the chain: by id, never by who they are."""
    return f"reporter:{reporter_id}"


async def record(
    session: AsyncSession,
    *,
    actor: str,
    act: str,
    subject: str,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Appends one entry in the caller's transaction. Writers wait for each other at the head row."""
    secret: bytes = session.info["audit_secret"]
    if session.new or session.dirty or session.deleted:
        await session.flush()  # nobody may wait for other rows while holding the one lock of the chain
    rows = await _LOCKED_HEAD.rows(session, {})
    if not rows:
        await _FIRST_HEAD.run(
            session, {"id": 1, "seq": 0, "digest": GENESIS}
        )  # of two first writers one inserts
        rows = await _LOCKED_HEAD.rows(session, {})
    seq, previous = rows[0]
    entry = AuditEntry(
        seq=seq + 1,
        at=at,
        actor=actor,
        act=act,
        subject=subject,
        detail=json.dumps(
            dict(detail or {}), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
        ),
        previous=previous,
        digest="",
    )
    entry.digest = _digest(secret, entry)
    head = {"new_seq": entry.seq, "new_digest": entry.digest}
    await run_together(session, [(_APPENDED, entry.model_dump()), (_MOVED_HEAD, head)])


_head_row = table_of(AuditHead)
_LOCKED_HEAD = Statement(
    core_select(_head_row.c.seq, _head_row.c.digest).where(_head_row.c.id == 1).with_for_update()
)
_FIRST_HEAD = insertion(AuditHead, unless=("id",))
_APPENDED = insertion(AuditEntry)
_MOVED_HEAD = Statement(
    update(_head_row)
    .where(_head_row.c.id == 1)
    .values(seq=bindparam("new_seq"), digest=bindparam("new_digest"))
)


def _digest(secret: bytes, entry: AuditEntry) -> str:
    moment = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    fields = [str(entry.seq), moment, entry.actor, entry.act, entry.subject, entry.detail, entry.previous]
    return keyed_hash(secret, "audit", json.dumps(fields, ensure_ascii=False))


@dataclass(frozen=True, slots=True)
class ChainFault:
    """Where the chain does not hold, and why."""

    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class ChainState:
    """What verifying found: how many entries hold, the last digest (to write down elsewhere), the first fault."""

    entries: int
    head: str
    fault: ChainFault | None


async def verify(session: AsyncSession, secret: bytes) -> ChainState:
    """Walks the whole chain. It may grow meanwhile: the head as it was at the start must lie on the way, and every
    entry met must be covered by the head as it is at the end."""
    at_start = await _head(session)
    previous, count = GENESIS, 0
    async for entry in _entries(session):
        count += 1
        if entry.seq != count:
            return ChainState(count - 1, previous, ChainFault(count, "an entry is missing"))
        if entry.previous != previous:
            return ChainState(
                count - 1, previous, ChainFault(entry.seq, "it does not follow the entry before it")
            )
        if _digest(secret, entry) != entry.digest:
            return ChainState(count - 1, previous, ChainFault(entry.seq, "its content was changed"))
        previous = entry.digest
        if at_start is not None and at_start[0] == count and at_start[1] != previous:
            return ChainState(count, previous, ChainFault(count, "the head of the chain was changed"))
    at_end = await _head(session)
    if at_end is None and count:
        return ChainState(count, previous, ChainFault(count, "the head of the chain is missing"))
    if at_start is not None and at_start[0] > count:
        return ChainState(count, previous, ChainFault(count + 1, "the newest entries were cut off"))
    if at_end is not None and at_end[0] < count:
        return ChainState(count, previous, ChainFault(at_end[0] + 1, "the head of the chain was changed"))
    return ChainState(count, previous, None)


async def _head(session: AsyncSession) -> tuple[int, str] | None:
    return (await session.exec(select(AuditHead.seq, AuditHead.digest).where(col(AuditHead.id) == 1))).first()


async def _entries(session: AsyncSession, page: int = 1000) -> AsyncIterator[AuditEntry]:
    last = 0
    while True:
        rows = (
            await session.exec(
                select(AuditEntry).where(col(AuditEntry.seq) > last).order_by(col(AuditEntry.seq)).limit(page)
            )
        ).all()
        for row in rows:
            yield row
        if len(rows) < page:
            return
        last = rows[-1].seq
        session.expunge_all()


async def trail_of(session: AsyncSession, subjects: list[str]) -> list[AuditEntry]:
    """The entries on these subjects, oldest first."""
    found = await session.exec(
        select(AuditEntry).where(col(AuditEntry.subject).in_(subjects)).order_by(col(AuditEntry.seq))
    )
    return list(found.all())
