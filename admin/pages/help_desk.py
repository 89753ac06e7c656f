"""The help desk: citizens who asked for a human, and the answers."""

import asyncio
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, File, Form, Header, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from admin.desk import DeskHere, Now, PanelDesk
from admin.door import Here, Visitor, allowed, officer_cookie
from admin.pages import evidence as evidence_pages
from admin.pages.tip import EVIDENCE_KINDS, Draft
from admin.rendering import OFFICER_STATES, page
from admin.route import PanelRoute, status_of
from foundation.clock import CHINA
from foundation.crypto import WrappedKey
from foundation.errors import Refusal
from foundation.ids import new_id
from knowledge.pictures.opening import DEFAULT_LIMITS, inspect
from moderation import enclosures, help_desk, help_files, looking, officers, signing_in
from moderation.help_desk import LABELS, MAX_ANSWER, HelpMoved, HelpState, HelpUnknown
from moderation.officers import May
from reports import evidence, recordings

router = APIRouter(route_class=PanelRoute)

DONE = {"answered": "答复已排入发送。", "closed": "已关闭。"}
TONES = {"open": "new", "answered": "good", "closed": "quiet"}


@router.get("/help", dependencies=[allowed(May.answer_help)])
async def list_requests(
    request: Request,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    state: Annotated[str, Query(max_length=20)] = "open",
) -> Response:
    chosen = HelpState(state) if state in set(HelpState) else HelpState.open
    async with desk.reading() as session:
        rows = await help_desk.waiting_list(session, chosen)
        names = await officers.names(session)
        human, calendar = desk.jurisdiction.human, desk.jurisdiction.calendar
    return page(
        request,
        "help_desk/list.html",
        officer=visitor.officer,
        csrf=visitor.csrf,
        rows=rows,
        names=names,
        chosen=chosen.value,
        labels={s.value: label for s, label in LABELS.items()},
        tones=TONES,
        at=at,
        human=human,
        is_there=human.is_open(at, calendar),
        day_off=calendar.holiday_on(at.astimezone(CHINA).date()),
    )


@router.get("/help/waiting")
async def waiting(request: Request, desk: DeskHere, at: Now) -> Response:
    """How many wait, for the link on every page, which asks by itself twice a minute: somebody in distress must not wait
    until an officer happens to look. Asking keeps no session alive, and whoever is not signed in is told nothing."""
    token = request.cookies.get(officer_cookie(desk.settings), "")
    async with desk.reading() as session:
        present = await signing_in.who(session, token, at) if token else None
        if present is None or present.officer.must_change_password:
            return Response(status_code=204)
        if not officers.may(present.officer, May.answer_help):
            return Response(status_code=204)
        count, urgent = await help_desk.count_waiting(session)
    return page(request, "help_desk/waiting.html", count=count, urgent=urgent)


@router.get("/help/{request_id}", dependencies=[allowed(May.answer_help)])
async def show_request(
    request_id: str,
    request: Request,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    done: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    return await _help_page(request, desk, visitor, request_id, at, notice=DONE.get(done, ""))


async def _help_page(
    request: Request,
    desk: PanelDesk,
    visitor: Visitor,
    request_id: str,
    at: datetime,
    *,
    notice: str = "",
    form: Draft | None = None,
    status: int = 200,
) -> Response:
    async with desk.reading() as session:
        asked = await help_desk.find(session, request_id)
        earlier = await help_desk.earlier(session, asked)
        since = await help_desk.since(session, asked)
        seen = await help_desk.mark(session, asked)
        pictures = await enclosures.of_requests(session, [one.id for one in (asked, *earlier)])
        files = await help_files.of_requests(session, [one.id for one in (asked, *earlier)])
        tips = await help_files.tips_for(session, asked.reporter_id) if asked.id in files else []
        names = await officers.names(session)
    return page(
        request,
        "help_desk/page.html",
        officer=visitor.officer,
        csrf=visitor.csrf,
        status=status,
        asked=asked,
        earlier=earlier,
        since=since,
        seen=seen,
        pictures=pictures,
        files=files,
        file_numbers={row.id: n for rows in files.values() for n, row in enumerate(rows, start=1)},
        withheld={row.id for rows in files.values() for row in rows if evidence.is_withheld(row, at)},
        free=[
            row for row in files.get(asked.id, []) if row.tip_id is None and row.refusal != evidence.FORGOTTEN
        ],
        tips=tips,
        tip_states=OFFICER_STATES,
        kinds=EVIDENCE_KINDS,
        played=recordings.PLAYED,
        picture_labels={s.value: label for s, label in enclosures.LABELS.items()},
        names=names,
        notice=notice,
        form=form or Draft(),
        labels={s.value: label for s, label in LABELS.items()},
        tones=TONES,
        most=MAX_ANSWER,
        hotlines=desk.jurisdiction.hotlines,
    )


@router.post("/help/{request_id}/answer", dependencies=[allowed(May.answer_help)])
async def answer(
    request_id: str,
    request: Request,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    text: Annotated[str, Form(max_length=4000)] = "",
    seen: Annotated[str, Form(max_length=16)] = "",
    picture: Annotated[UploadFile | None, File()] = None,
) -> Response:
    sealed: Sealed | None = None
    try:
        sealed = await _sealed(desk, picture)
        async with desk.transaction() as session:
            await help_desk.answer(
                session, request_id, text=text, officer=visitor.officer, at=at, picture=sealed, seen=seen
            )
    except Refusal as refusal:
        if sealed is not None:
            await desk.blobs.delete(sealed[1][0])
        if isinstance(refusal, HelpUnknown):
            raise
        form = Draft({"text": text}, str(refusal))
        return await _help_page(request, desk, visitor, request_id, at, form=form, status=status_of(refusal))
    return RedirectResponse(f"/admin/help/{request_id}?done=answered", status_code=303)


Sealed = tuple[str, tuple[str, WrappedKey, str]]


async def _sealed(desk: PanelDesk, picture: UploadFile | None) -> Sealed | None:
    """The picture that came with the form, sealed in the store; None where there is none. Raises PictureRefused."""
    # One byte more than is taken, so that “too large” is said by the one who knows the limit.
    data = b"" if picture is None else await picture.read(DEFAULT_LIMITS.max_bytes + 1)
    if not data:  # an empty field of the form is a file without a name and without bytes
        return None
    await asyncio.to_thread(inspect, data)
    enclosure_id = new_id("enc")
    return enclosure_id, await enclosures.seal_into(desk.blobs, desk.vault.masters, enclosure_id, data)


@router.get("/help/pictures/{enclosure_id}", dependencies=[allowed(May.answer_help)])
async def show_picture(enclosure_id: str, desk: DeskHere) -> Response:
    """What the citizen got."""
    async with desk.reading() as session:
        row = await enclosures.find(session, enclosure_id)
    data = await enclosures.shown(desk.blobs, desk.vault.masters, row)
    return Response(data, media_type="image/jpeg", headers={"Content-Disposition": "inline"})


@router.get("/help/files/{evidence_id}/picture", dependencies=[allowed(May.answer_help)])
async def show_file(evidence_id: str, desk: DeskHere, visitor: Here, at: Now) -> Response:
    """The display copy of a picture that a citizen sent in a talk."""
    async with desk.reading() as session:
        request_id, row = await help_files.find(session, evidence_id)
    return await evidence_pages.picture(desk, visitor, at, row, looking.HELP_SEEN, request_id)


@router.get("/help/files/{evidence_id}/recording", dependencies=[allowed(May.answer_help)])
async def play_file(
    evidence_id: str,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    wanted: Annotated[str | None, Header(alias="range")] = None,
    save: bool = False,
) -> Response:
    """Voice, film or another file that a citizen sent in a talk, as it came."""
    async with desk.reading() as session:
        _, row = await help_files.find(session, evidence_id)
    return await evidence_pages.recording(desk, visitor, at, row, wanted, save=save)


@router.post("/help/{request_id}/files", dependencies=[allowed(May.judge)])
async def take_files(
    request_id: str,
    request: Request,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    files: Annotated[tuple[str, ...], Form()] = (),
    tip: Annotated[str, Form(max_length=60)] = "",
) -> Response:
    """Takes what was sent in the talk into a tip of the same reporter, or into a new one."""
    try:
        async with desk.transaction() as session:
            taken = await help_files.take(
                session,
                request_id,
                files,
                tip_id=tip,
                officer=visitor.officer,
                at=at,
                jurisdiction=desk.jurisdiction.id,
                is_demo=desk.settings.is_demo,
            )
    except (help_files.NoFilesChosen, help_files.TipTakesNoFiles) as refusal:
        form = Draft({}, str(refusal))
        return await _help_page(request, desk, visitor, request_id, at, form=form, status=status_of(refusal))
    return RedirectResponse(f"/admin/tips/{taken.id}", status_code=303)


@router.post("/help/{request_id}/close", dependencies=[allowed(May.answer_help)])
async def close(
    request_id: str,
    request: Request,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    seen: Annotated[str, Form(max_length=16)] = "",
) -> Response:
    try:
        async with desk.transaction() as session:
            await help_desk.close(session, request_id, officer=visitor.officer, at=at, seen=seen)
    except HelpMoved as moved:
        form = Draft({}, str(moved))
        return await _help_page(request, desk, visitor, request_id, at, form=form, status=status_of(moved))
    return RedirectResponse(f"/admin/help/{request_id}?done=closed", status_code=303)
