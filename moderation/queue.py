"""The queue (待办): which tip is next, and who holds which."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.clock import local_text
from foundation.errors import Refusal
from foundation.ids import read_receipt
from moderation.officers import May, may, require
from moderation.tables import Claim, Officer
from reports import clusters, custody, links
from reports.links import LinkWay
from reports.states import OPEN, TipState
from reports.tables import Evidence, Tip

CLAIM_LASTS = timedelta(minutes=60)
"""After an hour without a decision the tip goes back to everybody; claiming again starts the hour anew."""

PAGE = 25

TO_JUDGE = frozenset({TipState.submitted, TipState.accepted})
"""States in which the next step is the desk's own: not the reporter's, not another department's."""


class TipUnknown(Refusal):
    """没有这条线索。"""


class HeldByAnother(Refusal):
    """这条线索正由{name}办理（到 {until}），请等其释放或到期。"""


class NothingToClaim(Refusal):
    """目前没有待领取的线索。"""


class NotOpen(Refusal):
    """这条线索已有结果，不需要再领取。"""


class NotYourClaim(Refusal):
    """这条线索不在您名下。"""


class Holder(StrEnum):
    """Whose claims a list shows."""

    anyone = "anyone"
    nobody = "nobody"
    me = "me"
    others = "others"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list of tips is narrowed to; an empty field narrows nothing.

    `states` empty means every open state. `place` is any part of the place that the reporter gave.
    """

    states: frozenset[TipState] = OPEN
    verdict: str = ""
    scheme: str = ""
    place: str = ""
    holder: Holder = Holder.anyone
    least_priority: int = 0
    older_than: timedelta | None = None
    words: str = ""
    """A receipt, or a part of what the reporter wrote."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One tip in the list, with its live claim."""

    tip: Tip
    claim: Claim | None
    holder_name: str
    files: int
    """How many files the tip has."""
    links: Mapping[LinkWay, int]
    """How many other tips show or say the same, by what made the link."""
    same_indicator: int
    """How many other tips carry an indicator of this one."""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the list. Pages count from 1."""

    rows: tuple[QueueRow, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


async def list_tips(
    session: AsyncSession, wanted: Filter, *, officer_id: str, at: datetime, page: int = 1
) -> QueuePage:
    """The tips that fit, the most pressing first: by priority, then the oldest."""
    conditions = _conditions(wanted, officer_id, at)
    live = (col(Claim.tip_id) == col(Tip.id)) & (col(Claim.expires_at) > at)
    total = (
        await session.exec(select(func.count()).select_from(Tip).outerjoin(Claim, live).where(*conditions))
    ).one()
    page = max(1, min(page, -(-total // PAGE)))
    files = select(func.count()).where(col(Evidence.tip_id) == col(Tip.id)).correlate(Tip).scalar_subquery()
    found = await session.exec(
        select(Tip, Claim, Officer.name, files)
        .outerjoin(Claim, live)
        .outerjoin(Officer, col(Officer.id) == col(Claim.officer_id))
        .where(*conditions)
        .order_by(col(Tip.priority).desc(), col(Tip.submitted_at), col(Tip.id))
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    listed = found.all()
    ids = [tip.id for tip, *_ in listed]
    linked = await links.counted(session, ids)
    sharing = await clusters.sharing_an_indicator(session, ids)
    rows = tuple(
        QueueRow(tip, claim, name or "", files, linked.get(tip.id, {}), sharing.get(tip.id, 0))
        for tip, claim, name, files in listed
    )
    return QueuePage(rows, total, page)


def _conditions(wanted: Filter, officer_id: str, at: datetime) -> list[ColumnElement[bool]]:
    states = wanted.states or OPEN
    conditions: list[ColumnElement[bool]] = [col(Tip.state).in_(sorted(s.value for s in states))]
    if wanted.verdict:
        conditions.append(col(Tip.verdict) == wanted.verdict)
    if wanted.scheme:
        conditions.append(col(Tip.scheme_code) == wanted.scheme)
    if wanted.place:
        conditions.append(col(Tip.place_text).contains(wanted.place, autoescape=True))
    if wanted.least_priority:
        conditions.append(col(Tip.priority) >= wanted.least_priority)
    if wanted.older_than is not None:
        conditions.append(col(Tip.submitted_at) <= at - wanted.older_than)
    if wanted.words:
        receipt = read_receipt(wanted.words)
        if receipt is not None:
            conditions.append(col(Tip.receipt) == receipt)
        else:
            conditions.append(
                or_(
                    col(Tip.words).contains(wanted.words, autoescape=True),
                    col(Tip.receipt).contains(wanted.words.upper(), autoescape=True),
                )
            )
    if wanted.holder is Holder.nobody:
        conditions.append(col(Claim.tip_id).is_(None))
    elif wanted.holder is Holder.me:
        conditions.append(col(Claim.officer_id) == officer_id)
    elif wanted.holder is Holder.others:
        conditions.append((col(Claim.tip_id).is_not(None)) & (col(Claim.officer_id) != officer_id))
    return conditions


async def counts(session: AsyncSession) -> dict[TipState, int]:
    """How many tips stand in each state."""
    rows = await session.exec(select(Tip.state, func.count()).group_by(col(Tip.state)))
    return {TipState(state): number for state, number in rows.all()}


async def claim(session: AsyncSession, tip_id: str, *, officer: Officer, at: datetime) -> Claim:
    """Takes a tip, or renews one's own claim. Raises TipUnknown, NotOpen or HeldByAnother."""
    require(officer, May.judge)
    tip = await lock_tip(session, tip_id)
    if TipState(tip.state) not in OPEN:
        raise NotOpen
    return await _take(session, tip, officer, at)


async def claim_next(session: AsyncSession, *, officer: Officer, at: datetime) -> Tip:
    """Takes the most pressing tip that nobody holds. Raises NothingToClaim.

    Two officers who ask at once get two tips: what another transaction has locked is passed over.
    """
    require(officer, May.judge)
    while True:
        live = select(Claim.tip_id).where(col(Claim.expires_at) > at)
        tip = (
            await session.exec(
                select(Tip)
                .where(col(Tip.state).in_(sorted(s.value for s in TO_JUDGE)), col(Tip.id).not_in(live))
                .order_by(col(Tip.priority).desc(), col(Tip.submitted_at), col(Tip.id))
                .limit(1)
                .with_for_update(skip_locked=True)
            )
        ).first()
        if tip is None:
            raise NothingToClaim
        try:
            await _take(session, tip, officer, at)
        except HeldByAnother:
            continue  # claimed between our look and our lock; the next look sees that claim
        return tip


async def release(session: AsyncSession, tip_id: str, *, officer: Officer, at: datetime) -> None:
    """Gives a tip back; a supervisor may take it off a colleague. Raises NotYourClaim."""
    await lock_tip(session, tip_id)
    held = await live_claim(session, tip_id, at)
    if held is None:
        return
    if held.officer_id != officer.id and not may(officer, May.release_others):
        raise NotYourClaim
    await session.delete(held)
    await custody.record(
        session,
        actor=custody.actor_of_officer(officer.id),
        act="tip.released",
        subject=tip_id,
        at=at,
        detail={"holder": held.officer_id},
    )


async def live_claim(session: AsyncSession, tip_id: str, at: datetime) -> Claim | None:
    """The claim on a tip, unless it has run out."""
    held = await session.get(Claim, tip_id)
    return held if held is not None and held.expires_at > at else None


async def refuse_if_held(session: AsyncSession, tip_id: str, *, officer: Officer, at: datetime) -> None:
    """Raises HeldByAnother where somebody else holds the tip now."""
    held = await live_claim(session, tip_id, at)
    if held is not None and held.officer_id != officer.id:
        holder = await session.get(Officer, held.officer_id)
        raise HeldByAnother(name=holder.name if holder else "同事", until=local_text(held.expires_at)[11:])


async def drop_claim(session: AsyncSession, tip_id: str) -> None:
    """Removes whatever claim is on the tip, as after a decision."""
    held = await session.get(Claim, tip_id)
    if held is not None:
        await session.delete(held)


async def lock_tip(session: AsyncSession, tip_id: str) -> Tip:
    """The tip, locked until the transaction ends. Raises TipUnknown."""
    tip = await session.get(Tip, tip_id, with_for_update=True)
    if tip is None:
        raise TipUnknown
    return tip


async def _take(session: AsyncSession, tip: Tip, officer: Officer, at: datetime) -> Claim:
    await refuse_if_held(session, tip.id, officer=officer, at=at)
    held = await session.get(Claim, tip.id)
    if held is None:
        held = Claim(tip_id=tip.id, officer_id=officer.id, claimed_at=at, expires_at=at + CLAIM_LASTS)
    else:
        held.officer_id, held.claimed_at, held.expires_at = officer.id, at, at + CLAIM_LASTS
    session.add(held)
    await session.flush()
    await custody.record(
        session,
        actor=custody.actor_of_officer(officer.id),
        act="tip.claimed",
        subject=tip.id,
        at=at,
        detail={"until": held.expires_at.isoformat()},
    )
    return held
