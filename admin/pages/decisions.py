"""Deciding on a tip."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from admin.desk import DeskHere, Now
from admin.door import Here, allowed
from admin.pages.tip import Draft, tip_page
from admin.route import FormIncomplete, PanelRoute, status_of
from foundation.errors import Refusal
from moderation import decisions
from moderation.officers import May
from moderation.queue import TipUnknown
from moderation.rulings import DecisionKind, Ruling

router = APIRouter(route_class=PanelRoute)


class KindMissing(Refusal):
    """请先选择一种处理意见。"""


@router.post("/tips/{tip_id}/decide", dependencies=[allowed(May.judge)])
async def decide(
    tip_id: str,
    request: Request,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    seen: Annotated[str, Form(max_length=40)],
    kind: Annotated[str, Form(max_length=20)] = "",
    reason: Annotated[str, Form(max_length=4000)] = "",
    said: Annotated[str, Form(max_length=4000)] = "",
    duplicate_of: Annotated[str, Form(max_length=60)] = "",
    department: Annotated[str, Form(max_length=20)] = "",
    scheme: Annotated[str, Form(max_length=40)] = "",
    is_honest: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    try:
        if kind not in set(DecisionKind):
            raise KindMissing
        ruling = Ruling(
            DecisionKind(kind), reason, said, duplicate_of, department, scheme or None, bool(is_honest)
        )
        async with desk.transaction() as session:
            await decisions.decide(
                session,
                tip_id,
                ruling,
                officer=visitor.officer,
                departments={d.key.value: d.name for d in desk.jurisdiction.departments},
                schemes=desk.catalogue.keys(),
                at=at,
                seen=_moment(seen),
            )
    except TipUnknown:
        raise
    except Refusal as refusal:
        values = {
            "kind": kind,
            "reason": reason,
            "said": said,
            "duplicate_of": duplicate_of,
            "department": department,
            "scheme": scheme,
            "is_honest": is_honest,
        }
        return await tip_page(
            request, desk, visitor, at, tip_id, ruling=Draft(values, str(refusal)), status=status_of(refusal)
        )
    return RedirectResponse(f"/admin/tips/{tip_id}?done=decided", status_code=303)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise FormIncomplete from None
