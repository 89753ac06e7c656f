"""Finding tips that say nearly the same: an index of keys, of which near-duplicates share at least one.

The keys come from whoever screens a tip; here they are only numbers. A leaflet that thousands have reported
puts thousands of tips under each of its keys, so of each key only the newest are looked at, and the search
costs the same however popular a leaflet is.
"""

from collections.abc import Sequence

from sqlalchemy import BigInteger, Select, String, bindparam, delete, func, literal, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.statements import Statement, listed, table_of
from reports.tables import TextBand

NEWEST_OF_A_KEY = 40
"""Tips looked at under each key."""
MOST_KEYS = 140
"""Of one tip."""

_band = table_of(TextBand)
_WALKED = _band.alias("walked")
_COLUMNS = ["band", "tip_id"]
_KEYS, _SQLITE_KEYS = (listed("keys", BigInteger(), on_sqlite=it) for it in (False, True))


def _ranked(candidates: Select[str]) -> Select[str]:
    """Those that come up most often, the newer first among equals."""
    found = candidates.subquery("found")
    tip_id = found.c.tip_id
    return (
        select(tip_id)
        .where(tip_id != bindparam("but", type_=String()))
        .group_by(tip_id)
        .order_by(func.count().desc(), tip_id.desc())
        .limit(bindparam("at_most"))
    )


def _on_postgresql() -> Select[str]:
    newest = (
        select(_band.c.tip_id)
        .where(_band.c.band == _KEYS.c.value)
        .order_by(_band.c.tip_id.desc())
        .limit(NEWEST_OF_A_KEY)
        .lateral("newest")
    )
    return _ranked(select(newest.c.tip_id).select_from(_KEYS).join(newest, true()))


def _on_sqlite() -> Select[str]:
    """SQLite knows no LATERAL: the oldest that is still looked at is found first, and the walk ends there."""
    oldest = (
        select(_WALKED.c.tip_id)
        .where(_WALKED.c.band == _SQLITE_KEYS.c.value)
        .order_by(_WALKED.c.tip_id.desc())
        .limit(1)
        .offset(NEWEST_OF_A_KEY - 1)
        .correlate(_SQLITE_KEYS)
        .scalar_subquery()
    )
    return _ranked(
        select(_band.c.tip_id).join(
            _SQLITE_KEYS,
            (_band.c.band == _SQLITE_KEYS.c.value) & (_band.c.tip_id >= func.coalesce(oldest, "")),
        )
    )


_SHARING = Statement(_on_postgresql(), _on_sqlite())
_THERE = Statement(select(_band.c.band).where(_band.c.tip_id == bindparam("tip_id")))
_TAKE_OUT = Statement(
    delete(_band).where(_band.c.tip_id == bindparam("tip_id"), _band.c.band.in_(select(_KEYS.c.value))),
    delete(_band).where(
        _band.c.tip_id == bindparam("tip_id"), _band.c.band.in_(select(_SQLITE_KEYS.c.value))
    ),
)
_owner = bindparam("tip_id", type_=String())
_PUT_IN = Statement(
    postgresql.insert(_band)
    .from_select(_COLUMNS, select(_KEYS.c.value, _owner))
    .on_conflict_do_nothing(index_elements=_COLUMNS),
    # Without a condition SQLite reads the ON of ON CONFLICT as that of a join.
    sqlite.insert(_band)
    .from_select(_COLUMNS, select(_SQLITE_KEYS.c.value, _owner).where(literal(1) == 1))
    .on_conflict_do_nothing(index_elements=_COLUMNS),
)


async def note(session: AsyncSession, tip_id: str, keys: Sequence[int]) -> None:
    """Puts the tip under these keys (signed 64-bit) and no others; a second time changes nothing."""
    wanted = set(keys[:MOST_KEYS])
    there = {band for (band,) in await _THERE.rows(session, {"tip_id": tip_id})}
    if gone := there - wanted:
        await _TAKE_OUT.run(session, {"tip_id": tip_id, "keys": sorted(gone)})
    if new := wanted - there:
        await _PUT_IN.run(session, {"tip_id": tip_id, "keys": sorted(new)})


async def sharing(
    session: AsyncSession, keys: Sequence[int], *, but: str = "", at_most: int = 8
) -> list[str]:
    """The tips that have most of these keys, the newer first among equals; without the tip `but`."""
    asked = list(dict.fromkeys(keys))[:MOST_KEYS]
    if not asked:
        return []
    found = await _SHARING.rows(session, {"keys": asked, "but": but, "at_most": at_most})
    return [str(tip_id) for (tip_id,) in found]
