"""Tips that say nearly the same as a tip: the same leaflet photographed twice, the same text with another phone.

Each part of a tip (its words, each addition, each picture) is compared for itself, so that a leaflet is known
again under whatever the citizen wrote beside it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, cast, literal, union_all
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from knowledge.matching.likeness import Compared, alike, bands, signature
from knowledge.pictures.reading import PictureReading
from moderation.sayings import text_that_counts
from reports import likeness_index
from reports.tables import Evidence, Supplement, Tip

ALIKE = 0.8
"""From here on an officer is shown the other tip; at .9 it is the same text with small changes."""
_SHORTEST = 12
"""Characters without contacts and numbers; 「这是真的吗」 stands in many tips and joins none of them."""
_MOST_PARTS = 5
"""The longest parts of a tip that are compared."""


@dataclass(frozen=True, slots=True)
class SimilarTip:
    """Another tip, and how alike its most similar part is (0..1)."""

    tip: Tip
    alike: float


async def note(session: AsyncSession, tip_id: str) -> None:
    """Puts the tip where its near-duplicates will find it. Call it again when the tip says more."""
    await session.flush()
    own = (await _parts(session, [tip_id])).get(tip_id, ())
    await likeness_index.note(session, tip_id, _keys(own))


async def of_tip(session: AsyncSession, tip_id: str, *, at_least: float = ALIKE) -> list[SimilarTip]:
    """The tips that say nearly the same, the most alike first."""
    own = (await _parts(session, [tip_id])).get(tip_id, ())
    ids = await likeness_index.sharing(session, _keys(own), but=tip_id)
    if not ids:
        return []
    likeness = {
        other: max(alike(a, b) for a in own for b in theirs)
        for other, theirs in (await _parts(session, ids)).items()
        if theirs
    }
    close = [other for other, value in likeness.items() if value >= at_least]
    if not close:
        return []
    tips = (await session.exec(select(Tip).where(col(Tip.id).in_(close)))).all()
    found = [SimilarTip(tip, likeness[tip.id]) for tip in tips]
    return sorted(found, key=lambda s: (-round(s.alike, 2), -s.tip.submitted_at.timestamp(), s.tip.id))


def _keys(parts: Iterable[Compared]) -> list[int]:
    return [key for part in parts for key in bands(signature(part))]


async def _parts(session: AsyncSession, tip_ids: Sequence[str]) -> dict[str, tuple[Compared, ...]]:
    """What each tip says, part by part, ready to compare; read in one go, for each way to the database counts."""
    said: Any = await (await session.connection()).execute(
        union_all(
            select(col(Tip.id), literal(False), col(Tip.words), literal("")).where(col(Tip.id).in_(tip_ids)),
            select(col(Supplement.tip_id), literal(False), col(Supplement.words), literal("")).where(
                col(Supplement.tip_id).in_(tip_ids)
            ),
            select(
                col(Evidence.tip_id),
                literal(True),
                cast(col(Evidence.reading), Text),
                cast(col(Evidence.beside), Text),
            ).where(col(Evidence.tip_id).in_(tip_ids), col(Evidence.reading).is_not(None)),
        )
    )
    texts: dict[str, list[str]] = {}
    rows: Sequence[Any] = said.all()
    for tip_id, is_reading, text, beside in rows:
        if is_reading:
            reading = json.loads(text or "null")  # a JSON null is not the database's NULL
            places = json.loads(beside or "null") or ()
            text = text_that_counts(PictureReading.from_json(reading), places) if reading else ""
        texts.setdefault(tip_id, []).append(text or "")
    return {tip_id: _long_enough(parts) for tip_id, parts in texts.items()}


def _long_enough(said: Iterable[str]) -> tuple[Compared, ...]:
    parts = {part.bare: part for text in said if len(part := Compared.of(text)) >= _SHORTEST}
    return tuple(sorted(parts.values(), key=lambda part: (-len(part), part.bare))[:_MOST_PARTS])
