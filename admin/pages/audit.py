"""The audit chain: its newest entries, and a check of the whole."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from admin.desk import DeskHere, Now
from admin.door import Here, allowed
from admin.rendering import page
from admin.route import PanelRoute
from moderation import audit
from moderation.audit import ChainReport
from moderation.officers import May

router = APIRouter(route_class=PanelRoute)


@router.get("/audit", dependencies=[allowed(May.read_audit)])
async def show_audit(
    request: Request,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    subject: Annotated[str, Query(max_length=60)] = "",
) -> Response:
    return await _audit_page(request, desk, visitor, before=before, subject=subject.strip())


@router.post("/audit/check", dependencies=[allowed(May.read_audit)])
async def check(request: Request, desk: DeskHere, visitor: Here) -> Response:
    """Walks the whole chain; a POST, because it is work and no link should set it off."""
    async with desk.reading() as session:
        report = await audit.check_chain(session, desk.vault.audit_secret)
    return await _audit_page(request, desk, visitor, report=report)


async def _audit_page(
    request: Request,
    desk: DeskHere,
    visitor: Here,
    *,
    before: int | None = None,
    subject: str = "",
    report: ChainReport | None = None,
) -> Response:
    async with desk.reading() as session:
        lines = await audit.newest(session, before=before, subject=subject)
    return page(
        request,
        "audit/page.html",
        officer=visitor.officer,
        csrf=visitor.csrf,
        lines=lines,
        before=before,
        subject=subject,
        report=report,
        more=len(lines) == audit.PAGE,
    )
