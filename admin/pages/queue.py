"""The queue: which tips wait, narrowed and paged, and taking one."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from admin.desk import DeskHere, Now
from admin.door import Here, allowed
from admin.rendering import FAMILIES, page
from admin.route import PanelRoute
from knowledge.schemes.catalogue import Catalogue
from moderation import queue, same_ads
from moderation.officers import May
from moderation.queue import Filter, Holder, NothingToClaim
from reports.states import OPEN, TipState

router = APIRouter(route_class=PanelRoute)


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to look at the queue: which states, and what it is called."""

    code: str
    label: str
    states: frozenset[TipState]


TABS = (
    Tab("todo", "待审核", queue.TO_JUDGE),
    Tab("waiting", "待补充", frozenset({TipState.need_more})),
    Tab("routed", "转办中", frozenset({TipState.routed, TipState.verifying})),
    Tab("done", "已有结果", frozenset(TipState) - OPEN),
    Tab("all", "全部", frozenset(TipState)),
)

AGES = {"1": "1 天以上", "3": "3 天以上", "7": "7 天以上"}
PRIORITIES = {"30": "30 以上", "50": "50 以上", "70": "70 以上"}
HOLDERS = {"anyone": "不限", "nobody": "无人领取", "me": "我领取的", "others": "同事领取的"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address of the page asks for, as it stands there."""

    tab: Tab
    verdict: str
    scheme: str
    place: str
    holder: str
    priority: str
    age: str
    q: str

    def as_filter(self) -> Filter:
        """The same for the queue."""
        return Filter(
            states=self.tab.states,
            verdict=self.verdict,
            scheme=self.scheme,
            place=self.place.strip(),
            holder=Holder(self.holder),
            least_priority=int(self.priority or 0),
            older_than=timedelta(days=int(self.age)) if self.age else None,
            words=self.q.strip(),
        )

    def address(self, **changes: object) -> str:
        """This page's address with some parts changed."""
        parts: dict[str, object] = {
            "tab": self.tab.code,
            "verdict": self.verdict,
            "scheme": self.scheme,
            "place": self.place,
            "holder": self.holder if self.holder != Holder.anyone else "",
            "priority": self.priority,
            "age": self.age,
            "q": self.q,
            **changes,
        }
        return "/admin/queue?" + urlencode({name: value for name, value in parts.items() if value})

    @property
    def is_narrowed(self) -> bool:
        """Whether anything beside the tab is set."""
        return bool(self.verdict or self.scheme or self.place or self.priority or self.age or self.q) or (
            self.holder != Holder.anyone
        )


def _wanted(
    tab: Annotated[str, Query(max_length=20)] = "todo",
    verdict: Annotated[str, Query(max_length=20)] = "",
    scheme: Annotated[str, Query(max_length=40)] = "",
    place: Annotated[str, Query(max_length=60)] = "",
    holder: Annotated[str, Query(max_length=20)] = "",
    priority: Annotated[str, Query(max_length=20)] = "",
    age: Annotated[str, Query(max_length=20)] = "",
    q: Annotated[str, Query(max_length=60)] = "",
) -> Wanted:
    # What we do not know is dropped, not refused: an old bookmark should still open.
    return Wanted(
        tab=next((t for t in TABS if t.code == tab), TABS[0]),
        verdict=verdict if verdict in ("likely", "possible", "none") else "",
        scheme=scheme,
        place=place,
        holder=holder if holder in HOLDERS else Holder.anyone.value,
        priority=priority if priority in PRIORITIES else "",
        age=age if age in AGES else "",
        q=q,
    )


def schemes_by_family(catalogue: Catalogue) -> list[tuple[str, list[tuple[str, str]]]]:
    """The schemes for a list to choose from: family label, then (code, name) each."""
    groups: dict[str, list[tuple[str, str]]] = {family: [] for family in FAMILIES}
    for scheme in catalogue.values():
        groups[scheme.family.value].append((scheme.code, scheme.name))
    return [(FAMILIES[family], members) for family, members in groups.items() if members]


@router.get("/queue", dependencies=[allowed(May.see_tips)])
async def show_queue(
    request: Request,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    wanted: Annotated[Wanted, Depends(_wanted)],
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
    done: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    async with desk.reading() as session:
        found = await queue.list_tips(
            session, wanted.as_filter(), officer_id=visitor.officer.id, at=at, page=number
        )
        counts = await queue.counts(session)
    tabs = [(tab, sum(counts.get(state, 0) for state in tab.states)) for tab in TABS]
    return page(
        request,
        "queue/page.html",
        officer=visitor.officer,
        csrf=visitor.csrf,
        wanted=wanted,
        found=found,
        tabs=tabs,
        at=at,
        schemes=schemes_by_family(desk.catalogue),
        way_labels=same_ads.WAY_LABELS,
        scheme_names={code: scheme.name for code, scheme in desk.catalogue.items()},
        regions=[region.name for region in desk.jurisdiction.regions if region.parent is not None],
        ages=AGES,
        priorities=PRIORITIES,
        holders=HOLDERS,
        message="目前没有待领取的线索。" if done == "none" else "",
    )


@router.post("/queue/claim-next", dependencies=[allowed(May.judge)])
async def claim_next(desk: DeskHere, visitor: Here, at: Now) -> Response:
    try:
        async with desk.transaction() as session:
            tip = await queue.claim_next(session, officer=visitor.officer, at=at)
    except NothingToClaim:
        return RedirectResponse("/admin/queue?done=none", status_code=303)
    return RedirectResponse(f"/admin/tips/{tip.id}?done=claimed", status_code=303)


@router.post("/tips/{tip_id}/claim", dependencies=[allowed(May.judge)])
async def claim(tip_id: str, desk: DeskHere, visitor: Here, at: Now) -> Response:
    async with desk.transaction() as session:
        await queue.claim(session, tip_id, officer=visitor.officer, at=at)
    return RedirectResponse(f"/admin/tips/{tip_id}?done=claimed", status_code=303)


@router.post("/tips/{tip_id}/release", dependencies=[allowed(May.judge)])
async def release(
    tip_id: str, desk: DeskHere, visitor: Here, at: Now, to: Annotated[str, Form(max_length=10)] = ""
) -> Response:
    async with desk.transaction() as session:
        await queue.release(session, tip_id, officer=visitor.officer, at=at)
    where = "/admin/queue" if to == "queue" else f"/admin/tips/{tip_id}?done=released"
    return RedirectResponse(where, status_code=303)
