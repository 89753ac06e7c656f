"""Links: which tips show the same file, the same picture, or say nearly the same, and how sure each of that is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, union_all
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from reports.tables import TipLink


class LinkWay(StrEnum):
    """What made a link."""

    file = "file"
    """The very same bytes (SHA-256)."""
    picture = "picture"
    """The same picture, sent or saved anew (PDQ)."""
    text = "text"
    """Nearly the same text, whatever it was photographed or written on."""


@dataclass(frozen=True, slots=True)
class Link:
    """To another tip. `measure` as in the table."""

    other_id: str
    way: LinkWay
    measure: float

    @property
    def is_surer_than(self) -> float:
        """For sorting within a way: higher is surer."""
        return -self.measure if self.way is LinkWay.picture else self.measure


async def note(session: AsyncSession, tip_id: str, links: Iterable[Link], at: datetime) -> None:
    """Writes down what this tip is linked to, seen from here; what the others noted of it stays."""
    best: dict[tuple[str, LinkWay], Link] = {}
    for link in links:
        known = best.get((link.other_id, link.way))
        if known is None or link.is_surer_than > known.is_surer_than:
            best[link.other_id, link.way] = link
    await session.execute(delete(TipLink).where(col(TipLink.tip_id) == tip_id))
    if not best:
        return
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    rows = [
        {"tip_id": tip_id, "other_id": other, "way": way.value, "measure": link.measure, "noted_at": at}
        for (other, way), link in sorted(best.items())
    ]
    await session.execute(insert(TipLink).values(rows).on_conflict_do_nothing())


async def forget_texts(session: AsyncSession, tip_id: str) -> None:
    """Takes back what was noted of this tip's text, on either side."""
    either = (col(TipLink.tip_id) == tip_id) | (col(TipLink.other_id) == tip_id)
    await session.execute(delete(TipLink).where(either, col(TipLink.way) == LinkWay.text.value))


async def of_tip(session: AsyncSession, tip_id: str, *, at_most: int = 60) -> list[Link]:
    """The tip's links, whichever of the two noted them; each other tip once for a way."""
    rows = await session.exec(
        select(TipLink)
        .where((col(TipLink.tip_id) == tip_id) | (col(TipLink.other_id) == tip_id))
        .order_by(col(TipLink.noted_at).desc(), col(TipLink.other_id))
        .limit(2 * at_most)
    )
    found: dict[tuple[str, LinkWay], Link] = {}
    for row in rows.all():
        other = row.other_id if row.tip_id == tip_id else row.tip_id
        found.setdefault((other, LinkWay(row.way)), Link(other, LinkWay(row.way), row.measure))
    return list(found.values())[:at_most]


async def counted(session: AsyncSession, tip_ids: Sequence[str]) -> dict[str, dict[LinkWay, int]]:
    """For each of these tips, how many others it is linked to, by way; for a list of tips."""
    if not tip_ids:
        return {}
    own, other, way = col(TipLink.tip_id), col(TipLink.other_id), col(TipLink.way)
    sides = union_all(
        select(own.label("own"), other.label("other"), way.label("way")).where(own.in_(tip_ids)),
        select(other.label("own"), own.label("other"), way.label("way")).where(other.in_(tip_ids)),
    ).subquery()
    rows = await session.execute(
        select(sides.c.own, sides.c.way, func.count(sides.c.other.distinct())).group_by(
            sides.c.own, sides.c.way
        )
    )
    counts: dict[str, dict[LinkWay, int]] = {}
    for tip_id, by, number in rows.all():
        counts.setdefault(tip_id, {})[LinkWay(by)] = number
    return counts
