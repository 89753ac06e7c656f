"""Enclosures: a picture that an officer sends along with an answer (the way to the service station, a flyer that warns).

It is read like any other before it goes: a promise drawn into a picture is a promise, and whatever else the file holds (an
officer's telephone, where it was taken) stays here. What goes out is a copy made anew of its pixels.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.blobs import Blobs
from foundation.clock import now
from foundation.crypto import MasterKeys, WrappedKey, new_key, seal, sha256_hex, unseal
from foundation.errors import Refusal
from foundation.ids import new_id
from foundation.job_queue import JobRun, Queue, enqueue
from knowledge.pictures.errors import PictureRefused
from knowledge.pictures.reader import PictureReader
from moderation.promises import promise_in
from moderation.tables import Enclosure, HelpRequest, Officer
from reports import custody, notices
from reports.notices import NoticeKind
from reports.vault import Vault

READ: Final = "moderation.read_enclosure"
"""The job that reads an enclosure and sends it on its way."""
FORGET: Final = "moderation.forget_enclosure"
"""The job that deletes the files of one whose reader is to be forgotten."""
READING_SECONDS: Final = 60.0
_PURPOSE: Final = "enclosure"


class EnclosureState(StrEnum):
    """Where it stands."""

    reading = "reading"
    sent = "sent"
    """On its way to the citizen, or with them."""
    withheld = "withheld"
    """It promises, or cannot be opened: it was not sent, and `refusal` says why."""
    forgotten = "forgotten"


LABELS: Final = {
    EnclosureState.reading: "正在检查，查完就发",
    EnclosureState.sent: "已发出",
    EnclosureState.withheld: "没有发出",
    EnclosureState.forgotten: "已删除",
}


class EnclosureUnknown(Refusal):
    """没有这张图片。"""


class EnclosureDesk(Protocol):
    """What enclosures need at hand."""

    blobs: Blobs
    vault: Vault


async def seal_into(
    blobs: Blobs, masters: MasterKeys, enclosure_id: str, data: bytes
) -> tuple[str, WrappedKey, str]:
    """Puts the officer's file into the store, before any transaction: (blob key, wrapped key, SHA-256)."""
    key = new_key()
    blob_key = f"enclosure/{enclosure_id}"
    await blobs.put(blob_key, seal(key, data, f"{_PURPOSE}:{enclosure_id}"))
    return blob_key, masters.wrap(key), sha256_hex(data)


async def add(
    session: AsyncSession,
    request: HelpRequest,
    enclosure_id: str,
    sealed: tuple[str, WrappedKey, str],
    *,
    officer: Officer,
    at: datetime,
) -> Enclosure:
    """Writes the picture down beside the answer, with the job that reads it."""
    blob_key, wrapped, digest = sealed
    row = Enclosure(
        id=enclosure_id,
        request_id=request.id,
        reporter_id=request.reporter_id,
        state=EnclosureState.reading.value,
        blob_key=blob_key,
        key_id=wrapped.key_id,
        wrapped_key=wrapped.wrapped,
        sha256=digest,
        added_by=officer.id,
        added_at=at,
    )
    session.add(row)
    await session.flush()
    await enqueue(session, READ, row.id, queue=Queue.pictures)
    await custody.record(
        session,
        actor=custody.actor_of_officer(officer.id),
        act="help.picture_added",
        subject=request.id,
        at=at,
        detail={"enclosure": row.id, "sha256": digest},
    )
    return row


async def of_requests(session: AsyncSession, request_ids: list[str]) -> dict[str, list[Enclosure]]:
    """The enclosures of help requests, oldest first."""
    rows = await session.exec(
        select(Enclosure).where(col(Enclosure.request_id).in_(request_ids)).order_by(col(Enclosure.added_at))
    )
    found: dict[str, list[Enclosure]] = {}
    for row in rows.all():
        found.setdefault(row.request_id, []).append(row)
    return found


async def find(session: AsyncSession, enclosure_id: str, *, lock: bool = False) -> Enclosure:
    """One enclosure. Raises EnclosureUnknown."""
    row = await session.get(Enclosure, enclosure_id, with_for_update=lock or None)
    if row is None:
        raise EnclosureUnknown
    return row


async def shown(blobs: Blobs, masters: MasterKeys, row: Enclosure) -> bytes:
    """The JPEG that the citizen gets. Raises EnclosureUnknown where there is none (yet, or any more)."""
    if row.shown_key is None or row.wrapped_key is None:
        raise EnclosureUnknown
    key = masters.unwrap(WrappedKey(row.key_id, row.wrapped_key))
    return unseal(key, await blobs.get(row.shown_key), f"{_PURPOSE}-shown:{row.id}")


async def read(desk: EnclosureDesk, reader: PictureReader, run: JobRun, enclosure_id: str) -> None:
    """Reads it and, where nothing stands against it, owes it to the citizen. The officer's own file goes afterwards."""
    async with run.reading() as session:
        row = await find(session, enclosure_id)
    if row.state != EnclosureState.reading or row.wrapped_key is None:
        return
    key = desk.vault.masters.unwrap(WrappedKey(row.key_id, row.wrapped_key))
    data = unseal(key, await desk.blobs.get(row.blob_key), f"{_PURPOSE}:{row.id}")
    refusal, copy = "", b""
    try:
        examined = await reader.examine(data, timeout_seconds=READING_SECONDS)
        copy = examined.display.data
        if words := promise_in(examined.reading.text):
            refusal = f"图上有“{words}”，属于承诺性或定性的说法，请换一张图，或者改用文字说明办理进度"
    except PictureRefused as refused:
        refusal = str(refused)
    shown_key = None
    if not refusal:
        shown_key = f"enclosure/{row.id}.{new_id('run')}"
        await desk.blobs.put(shown_key, seal(key, copy, f"{_PURPOSE}-shown:{row.id}"))
    async with run.finishing() as session:
        row = await find(session, enclosure_id, lock=True)
        still_wanted = row.state == EnclosureState.reading
        if still_wanted:
            await _settle(session, row, shown_key, refusal)
    if shown_key is not None and not still_wanted:
        await desk.blobs.delete(shown_key)
    await desk.blobs.delete(row.blob_key)


async def _settle(session: AsyncSession, row: Enclosure, shown_key: str | None, refusal: str) -> None:
    row.state = (EnclosureState.withheld if refusal else EnclosureState.sent).value
    row.shown_key, row.refusal = shown_key, refusal
    session.add(row)
    if not refusal:
        await notices.owe(
            session,
            NoticeKind.officer_answer,
            reporter_id=row.reporter_id,
            at=now(),
            detail={"enclosure": row.id},
        )
    await custody.record(
        session,
        actor=custody.SYSTEM,
        act="help.picture_withheld" if refusal else "help.picture_sent",
        subject=row.request_id,
        at=now(),
        detail={"enclosure": row.id, "why": refusal},
    )


async def forget(session: AsyncSession, reporter_id: str) -> None:
    """Whoever is forgotten leaves no picture behind: their keys go now, the files by a job."""
    rows = await session.exec(
        select(Enclosure).where(col(Enclosure.reporter_id) == reporter_id).with_for_update()
    )
    for row in rows.all():
        row.state, row.wrapped_key = EnclosureState.forgotten.value, None
        session.add(row)
        await enqueue(session, FORGET, row.id)


async def delete_files(desk: EnclosureDesk, run: JobRun, enclosure_id: str) -> None:
    """Deletes what lies in the store; without its key nobody could open it any more."""
    async with run.finishing() as session:
        row = await find(session, enclosure_id)
        keys = [key for key in (row.blob_key, row.shown_key) if key]
    for key in keys:
        await desk.blobs.delete(key)
