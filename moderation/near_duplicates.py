"""Tips that say nearly the same as a tip: the same leaflet photographed twice, the same text with another phone.

Each part of a tip (its words, each addition, each picture) is compared for itself, so that a leaflet is known
again under whatever the citizen wrote beside it. What each tip says is kept folded, so that a search normalises nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, String, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col
from sqlmodel import select as select_rows
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.statements import Statement, listed, table_of
from knowledge.matching.likeness import Compared, alike, bands, signature
from knowledge.pictures.reading import PictureReading
from moderation.sayings import text_that_counts
from reports import likeness_index, links
from reports.tables import Evidence, Supplement, Tip, TipText

METHOD = 2
"""Counts up whenever older keys or folded texts no longer fit what `knowledge.matching` makes, or its indicators are
found in another way: `qianshao tips reread` then reads every tip again."""
ALIKE = 0.8
"""From here on an officer is shown the other tip; at .9 it is the same text with small changes."""
_SHORTEST = 12
"""Characters without contacts and numbers; 「这是真的吗」 stands in many tips and joins none of them."""
_MOST_PARTS = 5
"""The longest parts of a tip that are compared."""


@dataclass(frozen=True, slots=True)
class Similar:
    """Another tip, and how alike its most similar part is (0..1)."""

    id: str
    receipt: str
    state: str
    submitted_at: datetime
    alike: float


async def note(session: AsyncSession, tip_id: str) -> None:
    """Puts the tip where its near-duplicates will find it. Call it again when the tip says more, or something else."""
    await session.flush()
    parts = await _read(session, tip_id)
    folded = [part.folded for part in parts]
    kept = await _KEPT.rows(session, {"tip_ids": [tip_id]})
    if kept and not set(kept[0][1]) <= set(folded):  # what it was alike by may be gone
        await links.forget_texts(session, tip_id)
    await likeness_index.note(session, tip_id, _keys(parts))
    await _KEEP.run(session, {"tip_id": tip_id, "method": METHOD, "parts": folded})


async def of_tip(session: AsyncSession, tip_id: str, *, at_least: float = ALIKE) -> list[Similar]:
    """The tips that say nearly the same, the most alike first. One that was never noted has none."""
    kept = await _KEPT.rows(session, {"tip_ids": [tip_id]})
    own = [Compared.again(folded) for folded in kept[0][1]] if kept else []
    ids = await likeness_index.sharing(session, _keys(own), but=tip_id)
    if not ids:
        return []
    found = []
    for other, folded, receipt, state, submitted_at in await _KEPT.rows(session, {"tip_ids": ids}):
        theirs = [Compared.again(part) for part in folded]
        value = max((alike(a, b) for a in own for b in theirs), default=0.0)
        if value >= at_least:
            found.append(Similar(other, receipt, state, submitted_at, value))
    return sorted(found, key=lambda s: (-round(s.alike, 2), -s.submitted_at.timestamp(), s.id))


_tip, _text = table_of(Tip), table_of(TipText)


def _kept(*, on_sqlite: bool) -> Select[*tuple[object, ...]]:
    asked = select(listed("tip_ids", String(), on_sqlite=on_sqlite).c.value)
    return (
        select(_text.c.tip_id, _text.c.parts, _tip.c.receipt, _tip.c.state, _tip.c.submitted_at)
        .join(_tip, _tip.c.id == _text.c.tip_id)
        .where(_text.c.tip_id.in_(asked))
    )


def _keep(*, on_sqlite: bool) -> "postgresql.Insert | sqlite.Insert":
    row = (sqlite.insert if on_sqlite else postgresql.insert)(_text).values(
        {column.name: bindparam(column.name, type_=column.type) for column in _text.columns}
    )
    return row.on_conflict_do_update(
        index_elements=["tip_id"], set_={name: row.excluded[name] for name in ("method", "parts")}
    )


_KEPT = Statement(_kept(on_sqlite=False), _kept(on_sqlite=True))
_KEEP = Statement(_keep(on_sqlite=False), _keep(on_sqlite=True))


def _keys(parts: Iterable[Compared]) -> list[int]:
    return [key for part in parts for key in bands(signature(part))]


async def _read(session: AsyncSession, tip_id: str) -> tuple[Compared, ...]:
    """What a tip says, part by part, ready to compare."""
    words = (await session.exec(select_rows(Tip.words).where(col(Tip.id) == tip_id))).all()
    added = (await session.exec(select_rows(Supplement.words).where(col(Supplement.tip_id) == tip_id))).all()
    readings = (
        await session.exec(
            select_rows(Evidence.reading, Evidence.beside).where(
                col(Evidence.tip_id) == tip_id,
                col(Evidence.reading).is_not(None),
                col(Evidence.private_kind) == "",
            )
        )
    ).all()
    on_pictures = [
        text_that_counts(PictureReading.from_json(dict(reading)), beside or ())
        for reading, beside in readings
        if reading  # a JSON null is not the database's NULL
    ]
    return compared_parts([*words, *added, *on_pictures])


def compared_parts(said: Sequence[str]) -> tuple[Compared, ...]:
    """Those of several texts that are compared with other tips' texts."""
    parts = {part.bare: part for text in said if len(part := Compared.of(text)) >= _SHORTEST}
    return tuple(sorted(parts.values(), key=lambda part: (-len(part), part.bare))[:_MOST_PARTS])
