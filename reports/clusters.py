"""Tips that belong together (串并): those that share an indicator, and those that show or say the same."""

from collections.abc import Sequence

from sqlalchemy import String, bindparam, func, select, union
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.statements import Statement, table_of
from reports.tables import TipIndicator, TipLink

MOST = 30
"""Tips that are counted as linked with one, the newest; whoever advertises everywhere is known by then."""

_link = table_of(TipLink)
_own = table_of(TipIndicator).alias("own")
_theirs = table_of(TipIndicator).alias("theirs")
_tip_id = bindparam("tip_id", type_=String())

_others = union(
    select(_link.c.other_id).where(_link.c.tip_id == _tip_id),
    select(_link.c.tip_id).where(_link.c.other_id == _tip_id),
    select(_theirs.c.tip_id)
    .join(_own, _own.c.indicator_id == _theirs.c.indicator_id)
    .where(_own.c.tip_id == _tip_id, _theirs.c.tip_id != _tip_id),
).subquery("others")
_LINKED = Statement(
    select(_others.c.other_id).order_by(_others.c.other_id.desc()).limit(bindparam("at_most"))
)


async def linked_with(session: AsyncSession, tip_id: str, *, at_most: int = MOST) -> list[str]:
    """The tips that belong to this one, the newest first."""
    return [str(other) for (other,) in await _LINKED.rows(session, {"tip_id": tip_id, "at_most": at_most})]


async def sharing_an_indicator(session: AsyncSession, tip_ids: Sequence[str]) -> dict[str, int]:
    """For each of these tips, how many others carry an indicator of it; for a list of tips."""
    own, theirs = aliased(TipIndicator), aliased(TipIndicator)
    rows = await session.execute(
        select(col(own.tip_id), func.count(col(theirs.tip_id).distinct()))
        .join(theirs, col(own.indicator_id) == col(theirs.indicator_id))
        .where(col(own.tip_id).in_(tip_ids), col(theirs.tip_id) != col(own.tip_id))
        .group_by(col(own.tip_id))
    )
    return dict(rows.all())
