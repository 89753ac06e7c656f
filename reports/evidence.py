"""Evidence is kept as it came: raw bytes, hashed at receipt, sealed, never changed; whatever is shown is a copy
(`reports.sealing`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.errors import Refusal
from foundation.ids import new_id
from reports import custody
from reports.sealing import Sealed
from reports.tables import Evidence

MAX_FILES_PER_TIP = 9
"""At a submission, and again at each supplement that an officer asked for."""

MAX_FILE_BYTES = 20 * 1024 * 1024
"""Telegram's getFile gives no more; WeChat and the web chat are below it."""

FORGOTTEN = "given up by its owner"


class EvidenceState(StrEnum):
    """Where a file stands."""

    awaited = "awaited"
    """The platform told us of it; the bytes are still to be fetched."""
    kept = "kept"
    """The bytes are sealed; nobody has read them yet."""
    read = "read"
    """Read: there is a copy to show, and what was written on it."""
    unreadable = "unreadable"
    """Kept, but it could not be read; an officer sees the fault."""
    lost = "lost"
    """The platform no longer gave it; `refusal` says why."""


class EvidenceKind(StrEnum):
    """What sort of file."""

    picture = "picture"
    voice = "voice"
    video = "video"
    file = "file"


class Consent(StrEnum):
    """Whether a reporter wants a private-looking picture sent all the same."""

    asked = "asked"
    """Asked and not answered yet: for `WITHHELD_FOR` officers do not see it."""
    given = "given"
    refused = "refused"
    """They said no: it is being forgotten."""


WITHHELD_FOR = timedelta(hours=24)
"""Whoever sent a picture as evidence and says nothing for a day has sent it; our own proposal, no source gives a number."""


class EvidenceUnknown(Refusal):
    """没有这份材料。"""


class EvidenceWithheld(Refusal):
    """这张图片像是举报人自己的证件或照片，正在等本人确认是否发送。"""


def is_withheld(row: Evidence, at: datetime) -> bool:
    """Whether officers and matching must do without it for now."""
    if row.consent == Consent.refused:
        return True
    return row.consent == Consent.asked and row.asked_at is not None and at < row.asked_at + WITHHELD_FOR


def expect(
    *, reporter_id: str, kind: EvidenceKind, channel: str, message_id: str, remote_ref: str, at: datetime
) -> Evidence:
    """A row for a file that the platform holds and that a job will fetch. The caller adds it."""
    return Evidence(
        id=new_id("evi"),
        reporter_id=reporter_id,
        kind=kind.value,
        state=EvidenceState.awaited.value,
        channel=channel,
        message_id=message_id,
        remote_ref=remote_ref,
        received_at=at,
    )


async def keep(
    session: AsyncSession,
    row: Evidence,
    *,
    sealed: Sealed,
    media_type: str,
    size: int,
    width: int,
    height: int,
    at: datetime,
) -> None:
    """Writes down that the bytes are kept, with a custody entry."""
    blob_key, wrapped, digest = sealed
    row.blob_key, row.key_id, row.wrapped_key, row.sha256 = blob_key, wrapped.key_id, wrapped.wrapped, digest
    row.media_type, row.size, row.width, row.height = media_type, size, width, height
    row.state, row.kept_at = EvidenceState.kept.value, at
    session.add(row)
    await custody.record(
        session,
        actor=custody.actor_of_reporter(row.reporter_id),
        act="evidence.kept",
        subject=row.id,
        at=at,
        detail={
            "sha256": digest,
            "size": size,
            "type": media_type,
            "channel": row.channel,
            "message": row.message_id,
            "received_at": row.received_at.isoformat(),
        },
    )


async def note_reading(
    session: AsyncSession,
    row: Evidence,
    *,
    display: tuple[str, str] | None,
    reading: dict[str, Any] | None,
    pdq: str | None,
    refusal: str,
    at: datetime,
    taken: bytes | None = None,
) -> None:
    """Writes down what was read, or why it could not be, linked to the parent's hash."""
    if display is not None:
        row.display_key, row.display_sha256 = display
    row.reading, row.pdq, row.refusal, row.read_at = reading, pdq, refusal, at
    row.chosen_ads = None  # its places were those of the reading before
    row.taken_sealed = taken
    row.state = (EvidenceState.read if reading is not None else EvidenceState.unreadable).value
    session.add(row)
    await custody.record(
        session,
        actor=custody.SYSTEM,
        act="evidence.read" if reading is not None else "evidence.unreadable",
        subject=row.id,
        at=at,
        detail={"parent": row.sha256, "copy": row.display_sha256, "why": refusal},
    )


async def ask_consent(session: AsyncSession, row: Evidence, kind: str, at: datetime) -> None:
    """Writes down that the picture looks private and its reporter is being asked; a second time changes nothing."""
    if row.consent:
        return
    row.private_kind, row.consent, row.asked_at = kind, Consent.asked.value, at
    session.add(row)
    await custody.record(
        session,
        actor=custody.SYSTEM,
        act="evidence.consent_asked",
        subject=row.id,
        at=at,
        detail={"kind": kind},
    )


async def answer_consent(
    session: AsyncSession, evidence_id: str, *, reporter_id: str, send: bool, at: datetime
) -> Evidence | None:
    """Writes down the reporter's answer. None where there is nothing to answer: not theirs, answered before, or in a tip
    and asked so long ago that officers may have seen it, which then can no longer be refused."""
    row = await find(session, evidence_id, lock=True)
    if row.reporter_id != reporter_id or row.consent != Consent.asked:
        return None
    if not send and row.tip_id is not None and not is_withheld(row, at):
        return None
    row.consent = (Consent.given if send else Consent.refused).value
    session.add(row)
    await session.flush()
    await custody.record(
        session,
        actor=custody.actor_of_reporter(reporter_id),
        act="evidence.consent_given" if send else "evidence.consent_refused",
        subject=row.id,
        at=at,
    )
    return row


async def note_beside(session: AsyncSession, row: Evidence, places: Sequence[int]) -> None:
    """Writes down which ads of its reading are a neighbour's: not a change of the evidence, but of how it is taken."""
    if list(places) != (row.beside or []):
        row.beside = list(places) or None
        session.add(row)
        await session.flush()


async def choose_ads(
    session: AsyncSession,
    row: Evidence,
    chosen: Sequence[int],
    *,
    beside: Sequence[int],
    actor: str,
    at: datetime,
) -> None:
    """Writes down which ads of its reading somebody says are the evidence, and which are therefore beside it."""
    before = [*(row.beside or ())]
    row.chosen_ads = list(chosen)
    session.add(row)
    await note_beside(session, row, beside)
    await session.flush()
    await custody.record(
        session,
        actor=actor,
        act="evidence.ads_chosen",
        subject=row.id,
        at=at,
        detail={"chosen": list(chosen), "beside": list(beside), "beside_before": before},
    )


async def note_lost(session: AsyncSession, row: Evidence, *, reason: str, at: datetime) -> None:
    """Writes down that the platform no longer gives the file."""
    row.state, row.refusal = EvidenceState.lost.value, reason
    session.add(row)
    await custody.record(
        session, actor=custody.SYSTEM, act="evidence.lost", subject=row.id, at=at, detail={"why": reason}
    )


async def find(session: AsyncSession, evidence_id: str, *, lock: bool = False) -> Evidence:
    """One file's row; `lock` keeps others from changing it until the transaction ends. Raises EvidenceUnknown."""
    query = select(Evidence).where(col(Evidence.id) == evidence_id)
    if lock:  # and what this session read of it before the lock may be old
        query = query.with_for_update().execution_options(populate_existing=True)
    row = (await session.exec(query)).first()
    if row is None:
        raise EvidenceUnknown
    return row


async def of_tip(session: AsyncSession, tip_id: str) -> list[Evidence]:
    """The files of a tip in the order they came."""
    rows = await session.exec(
        select(Evidence)
        .where(col(Evidence.tip_id) == tip_id)
        .order_by(col(Evidence.received_at), col(Evidence.id))
    )
    return list(rows.all())


async def joinable(session: AsyncSession, *, reporter_id: str, evidence_ids: Sequence[str]) -> list[Evidence]:
    """Those of the files that can join a tip, locked, in the order given: the reporter's own that belong to no tip."""
    wanted = list(dict.fromkeys(evidence_ids))
    if not wanted:
        return []
    rows = (
        await session.exec(
            select(Evidence)
            .where(
                col(Evidence.id).in_(wanted),
                col(Evidence.reporter_id) == reporter_id,
                col(Evidence.tip_id).is_(None),
                col(Evidence.refusal) != FORGOTTEN,
                col(Evidence.consent) != Consent.refused.value,
            )
            .order_by(col(Evidence.id))
            .with_for_update()
        )
    ).all()
    return sorted(rows, key=lambda row: wanted.index(row.id))


async def attach(
    session: AsyncSession, *, tip_id: str, rows: Sequence[Evidence], at: datetime
) -> list[Evidence]:
    """Joins files that are `joinable` to a tip, nine at a time; returns those that joined.

    What an officer asked for later comes on top: a tip that was full at first must not lose the answer.
    """
    joined = list(rows)[:MAX_FILES_PER_TIP]
    for row in joined:
        row.tip_id = tip_id
        session.add(row)
    await session.flush()  # before the chain's one lock: nobody may wait for a file while holding that
    for row in joined:
        await custody.record(
            session,
            actor=custody.actor_of_reporter(row.reporter_id),
            act="evidence.attached",
            subject=row.id,
            at=at,
            detail={"tip": tip_id, "sha256": row.sha256},
        )
    return joined


async def forget(session: AsyncSession, evidence_id: str, at: datetime) -> tuple[str, ...]:
    """Takes away the key of a file that never became part of a tip, or that its reporter refused to send before any
    officer saw it: its bytes can no longer be opened by anybody.

    Returns the store's keys that can be deleted after the commit; none where it belongs to a tip and is kept.
    """
    row = await find(session, evidence_id, lock=True)
    if row.tip_id is not None and row.consent != Consent.refused:
        return ()
    row.state, row.refusal = EvidenceState.lost.value, FORGOTTEN
    row.wrapped_key, row.reading, row.pdq, row.beside = None, None, None, None
    row.taken_sealed, row.chosen_ads = None, None
    row.remote_ref = ""  # with it the platform would still give the file
    session.add(row)
    await custody.record(
        session,
        actor=custody.actor_of_reporter(row.reporter_id),
        act="evidence.forgotten",
        subject=row.id,
        at=at,
    )
    return tuple(key for key in (row.blob_key, row.display_key) if key)


async def loose_of(session: AsyncSession, reporter_id: str) -> list[str]:
    """The ids of the reporter's files that belong to no tip and were not given up yet."""
    rows = await session.exec(
        select(Evidence.id).where(
            col(Evidence.reporter_id) == reporter_id,
            col(Evidence.tip_id).is_(None),
            col(Evidence.refusal) != FORGOTTEN,
        )
    )
    return list(rows.all())


OVERDUE = timedelta(hours=24)
"""After so long somebody must look why a platform does not give a file; WeChat keeps one for three days."""


async def count_overdue(session: AsyncSession, at: datetime) -> int:
    """How many files have been waiting on their platform for longer than that."""
    counted = await session.exec(
        select(func.count())
        .select_from(Evidence)
        .where(col(Evidence.state) == EvidenceState.awaited.value, col(Evidence.received_at) < at - OVERDUE)
    )
    return counted.one()
