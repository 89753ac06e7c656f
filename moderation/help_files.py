"""Files that a citizen sends in a talk with an officer: evidence like any other, seen beside their words, and taken into a
tip where an officer says so."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.crypto import sha256_hex
from foundation.errors import Refusal
from foundation.ids import TipId
from moderation import help_desk
from moderation.officers import May, require
from moderation.tables import HelpFile, HelpRequest, Officer
from reports import custody, evidence, intake, notices
from reports.evidence import EvidenceUnknown
from reports.intake import Submission
from reports.notices import NoticeKind
from reports.states import OPEN
from reports.tables import Evidence, Tip

_MARKERS: Final = re.compile(r"^【发来.+】$", re.MULTILINE)
"""What stands in the words for a file that came."""
MOST_TIPS = 10


class NoFilesChosen(Refusal):
    """请先勾选要归入线索的材料。"""


class TipTakesNoFiles(Refusal):
    """这条线索已经办结，或者不是这位群众的，不能再归入材料。"""


async def add(
    session: AsyncSession, request: HelpRequest, evidence_ids: Sequence[str], at: datetime
) -> list[Evidence]:
    """Puts the reporter's own files beside their words; those of others, of a tip or given up are left out."""
    rows = await evidence.joinable(session, reporter_id=request.reporter_id, evidence_ids=evidence_ids)
    there = set(
        (
            await session.exec(
                select(HelpFile.evidence_id).where(col(HelpFile.evidence_id).in_(evidence_ids))
            )
        ).all()
    )
    added = [row for row in rows if row.id not in there]
    session.add_all(HelpFile(evidence_id=row.id, request_id=request.id, added_at=at) for row in added)
    if added:
        await session.flush()
        await custody.record(
            session,
            actor=custody.actor_of_reporter(request.reporter_id),
            act="help.files_sent",
            subject=request.id,
            at=at,
            detail={"files": [row.id for row in added]},
        )
    return added


async def of_requests(session: AsyncSession, request_ids: Sequence[str]) -> dict[str, list[Evidence]]:
    """The files of help requests, oldest first."""
    rows = await session.exec(
        select(HelpFile.request_id, Evidence)
        .join(Evidence, col(Evidence.id) == col(HelpFile.evidence_id))
        .where(col(HelpFile.request_id).in_(request_ids))
        .order_by(col(HelpFile.added_at), col(Evidence.id))
    )
    found: dict[str, list[Evidence]] = {}
    for request_id, row in rows.all():
        found.setdefault(request_id, []).append(row)
    return found


async def find(session: AsyncSession, evidence_id: str) -> tuple[str, Evidence]:
    """One file with the request it came to. Raises EvidenceUnknown where it was sent to no officer."""
    beside = await session.get(HelpFile, evidence_id)
    if beside is None:
        raise EvidenceUnknown
    return beside.request_id, await evidence.find(session, evidence_id)


async def tips_for(session: AsyncSession, reporter_id: str) -> list[Tip]:
    """The reporter's tips that still take files, newest first."""
    rows = await session.exec(
        select(Tip)
        .where(col(Tip.reporter_id) == reporter_id, col(Tip.state).in_(OPEN))
        .order_by(col(Tip.submitted_at).desc())
        .limit(MOST_TIPS)
    )
    return list(rows.all())


async def take(
    session: AsyncSession,
    request_id: str,
    evidence_ids: Sequence[str],
    *,
    tip_id: str,
    officer: Officer,
    at: datetime,
    jurisdiction: str,
    is_demo: bool = False,
) -> Tip:
    """Takes files of a request into a tip of the same reporter, or into a new one where `tip_id` is empty; the citizen is told.

    Raises NoFilesChosen, TipTakesNoFiles; what still awaits its reporter's consent joins a tip as it would by their own hand,
    and stays unseen there.
    """
    require(officer, May.judge)
    request = await help_desk.find(session, request_id, lock=True)
    files = [
        row
        for row in (await of_requests(session, [request_id])).get(request_id, [])
        if row.id in evidence_ids and row.tip_id is None and row.refusal != evidence.FORGOTTEN
    ]
    if not files:
        raise NoFilesChosen
    chosen = tuple(row.id for row in files)
    tip = (
        await _joined(session, request, chosen, tip_id, at)
        if tip_id
        else await _opened(session, request, files, at, jurisdiction, is_demo=is_demo)
    )
    await custody.record(
        session,
        actor=custody.actor_of_officer(officer.id),
        act="help.files_taken",
        subject=request.id,
        at=at,
        detail={"tip": tip.id, "files": list(chosen)},
    )
    await notices.owe(
        session,
        NoticeKind.files_taken,
        reporter_id=request.reporter_id,
        at=at,
        detail={"receipt": tip.receipt, "opened": not tip_id},
    )
    return tip


async def _joined(
    session: AsyncSession, request: HelpRequest, chosen: tuple[str, ...], tip_id: str, at: datetime
) -> Tip:
    tip = next((one for one in await tips_for(session, request.reporter_id) if one.id == tip_id), None)
    if tip is None:
        raise TipTakesNoFiles
    await intake.add_files(
        session, reporter_id=request.reporter_id, tip_id=TipId(tip.id), evidence_ids=chosen, at=at
    )
    return tip


async def _opened(
    session: AsyncSession,
    request: HelpRequest,
    files: Sequence[Evidence],
    at: datetime,
    jurisdiction: str,
    *,
    is_demo: bool,
) -> Tip:
    chosen = tuple(row.id for row in files)
    submission = Submission(
        reporter_id=request.reporter_id,
        channel=files[0].channel,
        kind="photo",
        submission_key=sha256_hex(f"help|{request.id}|{'|'.join(sorted(chosen))}".encode()),
        words="\n".join(filter(None, _MARKERS.sub("", request.words).splitlines())),
        evidence_ids=chosen,
        jurisdiction=jurisdiction,
        is_demo=is_demo,
    )
    return await intake.submit(session, submission, at)
