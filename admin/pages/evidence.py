"""A tip's files: the copies made for display, and voice and film as they came. Each look is on record."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Header, Response
from fastapi.responses import RedirectResponse

from admin import ranges
from admin.desk import DeskHere, Now, PanelDesk
from admin.door import Here, Visitor, allowed
from admin.route import PanelRoute
from moderation import choosing_ads, looking
from moderation.officers import May
from reports import evidence, recordings, sealing
from reports.evidence import EvidenceKind, EvidenceUnknown, EvidenceWithheld
from reports.tables import Evidence

router = APIRouter(route_class=PanelRoute)

_NO_PAGE = "default-src 'none'; sandbox"
"""Whatever the file holds, a browser that opens it by itself runs nothing of it."""


async def _of_a_tip(desk: PanelDesk, evidence_id: str) -> Evidence:
    async with desk.reading() as session:
        row = await evidence.find(session, evidence_id)
    if row.tip_id is None:
        raise EvidenceUnknown  # a draft is the citizen's own until it is submitted
    return row


async def _put_on_record(
    desk: PanelDesk, visitor: Visitor, at: datetime, act: str, subject: str, sha256: str = ""
) -> None:
    async with desk.reading() as session:
        if await looking.is_on_record(session, act, subject, officer=visitor.officer, at=at):
            return
    async with desk.transaction() as session:
        await looking.record(session, act, subject, officer=visitor.officer, at=at, sha256=sha256)


@router.get("/evidence/{evidence_id}/picture", dependencies=[allowed(May.see_tips)])
async def show_picture(evidence_id: str, desk: DeskHere, visitor: Here, at: Now) -> Response:
    """The copy made for display: a JPEG without metadata, opened for this answer alone."""
    row = await _of_a_tip(desk, evidence_id)
    return await picture(desk, visitor, at, row, looking.SEEN, str(row.tip_id))


async def picture(
    desk: PanelDesk, visitor: Visitor, at: datetime, row: Evidence, act: str, subject: str
) -> Response:
    """The copy, with the look on record. Raises EvidenceWithheld while its reporter is being asked, EvidenceNotKept."""
    if evidence.is_withheld(row, at):
        raise EvidenceWithheld
    data = await sealing.displayed(desk.blobs, desk.vault.masters, row)
    await _put_on_record(desk, visitor, at, act, subject)
    return Response(data, media_type="image/jpeg", headers={"Content-Disposition": "inline"})


@router.get("/evidence/{evidence_id}/recording", dependencies=[allowed(May.see_tips)])
async def play_recording(
    evidence_id: str,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    wanted: Annotated[str | None, Header(alias="range")] = None,
    save: bool = False,
) -> Response:
    """Voice, film or another file as it came, never a picture (of those officers see copies). It is checked against its
    hash each time; what a browser does not play, or what `save` asks for, is handed out to be saved."""
    return await recording(desk, visitor, at, await _of_a_tip(desk, evidence_id), wanted, save=save)


async def recording(
    desk: PanelDesk, visitor: Visitor, at: datetime, row: Evidence, wanted: str | None, *, save: bool
) -> Response:
    """The file, with its opening on record. Raises EvidenceUnknown for a picture, EvidenceNotKept, EvidenceAltered."""
    if row.kind == EvidenceKind.picture:
        raise EvidenceUnknown
    data = await sealing.original(desk.blobs, desk.vault.masters, row)
    await _put_on_record(desk, visitor, at, looking.OPENED, row.id, row.sha256)
    sort = recordings.recognise(data)
    shown = sort.plays and not save
    headers = {
        "Content-Disposition": "inline" if shown else f'attachment; filename="{row.id}.{sort.ending}"',
        "Content-Security-Policy": _NO_PAGE,
        "Vary": "Range",
    }
    return ranges.answer(data, wanted, headers, sort.media_type if shown else recordings.UNKNOWN)


@router.post("/tips/{tip_id}/evidence/{evidence_id}/ads", dependencies=[allowed(May.judge)])
async def choose_ads(
    tip_id: str,
    evidence_id: str,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    ads: Annotated[tuple[int, ...], Form()] = (),
) -> Response:
    """Says which of the ads on a picture are the evidence."""
    async with desk.transaction() as session:
        await choosing_ads.choose_ads(session, tip_id, evidence_id, ads, officer=visitor.officer, at=at)
    return RedirectResponse(f"/admin/tips/{tip_id}?done=ads", status_code=303)
