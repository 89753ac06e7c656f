"""Finding tips that say nearly the same: an index of keys, of which near-duplicates share at least one.

The keys come from whoever screens a tip; here they are only numbers. A leaflet that thousands have reported
puts thousands of tips under each of its keys, so of each key only the newest are looked at, and the search
costs the same however popular a leaflet is.
"""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import TextClause, delete, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from reports.tables import TextBand

NEWEST_OF_A_KEY = 40
"""Tips looked at under each key."""
MOST_KEYS = 140
"""Of one tip; SQLite joins at most 500 queries into one."""


async def note(session: AsyncSession, tip_id: str, keys: Sequence[int]) -> None:
    """Puts the tip under these keys (signed 64-bit) and no others; a second time changes nothing."""
    wanted = set(keys[:MOST_KEYS])
    there = set((await session.exec(select(TextBand.band).where(col(TextBand.tip_id) == tip_id))).all())
    if gone := there - wanted:
        await session.execute(
            delete(TextBand).where(col(TextBand.tip_id) == tip_id, col(TextBand.band).in_(gone))
        )
    if new := sorted(wanted - there):
        insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        await session.execute(
            insert(TextBand)
            .values([{"band": key, "tip_id": tip_id} for key in new])
            .on_conflict_do_nothing(index_elements=["band", "tip_id"])
        )


async def sharing(
    session: AsyncSession, keys: Sequence[int], *, but: str = "", at_most: int = 8
) -> list[str]:
    """The tips that have most of these keys, the newer first among equals; without the tip `but`."""
    asked = list(dict.fromkeys(keys))[:MOST_KEYS]
    if not asked:
        return []
    found = await (await session.connection()).execute(
        _query(len(asked)),
        {**{f"k{i}": key for i, key in enumerate(asked)}, "but": but, "at_most": at_most},
    )
    return [str(tip_id) for (tip_id,) in found.all()]


@cache
def _query(keys: int) -> TextClause:
    """One walk down the table's own order for each key, none longer than NEWEST_OF_A_KEY."""
    walks = " UNION ALL ".join(
        f"SELECT tip_id FROM (SELECT tip_id FROM text_band WHERE band = :k{i} "  # noqa: S608  (no value of anybody's)
        f"ORDER BY tip_id DESC LIMIT {NEWEST_OF_A_KEY}) AS b{i}"
        for i in range(keys)
    )
    return text(
        f"SELECT tip_id FROM ({walks}) AS found WHERE tip_id <> :but "  # noqa: S608
        "GROUP BY tip_id ORDER BY count(*) DESC, tip_id DESC LIMIT :at_most"
    )
