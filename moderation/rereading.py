"""Reading old tips again: those from before tips were joined by their texts, or read in an older way.

A batch is one transaction, and its tips bear the new method's number when it is committed: whoever kills the run loses
one batch, and the next run begins there. The matcher is not asked again: officers have judged by what it said.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from moderation import joining, near_duplicates, same_ads, screening
from reports.jurisdictions.jurisdiction import Jurisdiction
from reports.tables import Tip, TipText

BATCH = 20
"""Tips in one transaction: on SQLite nobody else writes meanwhile, so it must not take long."""
_WAITS = ~(
    select(TipText.tip_id)
    .where(col(TipText.tip_id) == col(Tip.id), col(TipText.method) >= near_duplicates.METHOD)
    .exists()
)


async def count_waiting(session: AsyncSession) -> int:
    """How many tips were never read for joining, or in an older way."""
    return (await session.exec(select(func.count()).select_from(Tip).where(_WAITS))).one()


async def next_batch(session: AsyncSession, *, after: str, size: int = BATCH) -> list[str]:
    """The next such tips behind the id `after`, locked."""
    wanted = select(Tip.id).where(_WAITS, col(Tip.id) > after).order_by(col(Tip.id)).limit(size)
    return list((await session.exec(wanted.with_for_update(key_share=True))).all())


async def reread(
    session: AsyncSession, jurisdiction: Jurisdiction, tip_ids: Sequence[str], at: datetime
) -> None:
    """Notes the indicators and texts of these tips as a screening would now, and joins them."""
    for tip_id in tip_ids:
        says = await screening.what_tip_says(session, tip_id)
        files = await joining.files_that_count(session, tip_id, at)
        await screening.note_indicators(session, jurisdiction, tip_id, says, at)
        await same_ads.index(session, tip_id, files)
    await joining.join(session, tip_ids, at)
