"""`qianshao tips reread`: old tips read as new ones are, so that both find each other."""

import asyncio
from collections.abc import Callable

from sqlalchemy.exc import OperationalError

from entrypoints.place import place_of
from entrypoints.setting_up import opened
from foundation.clock import now
from foundation.database import Database
from foundation.settings import Settings
from moderation import rereading
from reports.jurisdictions.jurisdiction import Jurisdiction

TELL_EVERY = 1_000
_TRIES = 5


async def reread_batch(
    database: Database, jurisdiction: Jurisdiction, *, after: str, size: int = rereading.BATCH
) -> list[str]:
    """Reads the next tips behind the id `after` and commits; the ids that were read, none where all are done."""
    for attempt in range(_TRIES):
        try:
            async with database.writing() as session:
                ids = await rereading.next_batch(session, after=after, size=size)
                await rereading.reread(session, jurisdiction, ids, now())
                await session.commit()
            return ids
        except OperationalError:  # on PostgreSQL a worker may hold what we want and want what we hold
            if attempt == _TRIES - 1:
                raise
            await asyncio.sleep(0.1 * 2**attempt)
    raise AssertionError


async def reread_tips(settings: Settings, tell: Callable[[str], None]) -> str:
    """Reads every tip again that was read in an older way, or never; says how it gets on, and at last how many."""
    jurisdiction = place_of(settings)
    async with opened(settings) as (database, _):
        async with database.reading() as session:
            waiting = await rereading.count_waiting(session)
        done, after = 0, ""
        while ids := await reread_batch(database, jurisdiction, after=after):
            if done // TELL_EVERY != (done + len(ids)) // TELL_EVERY:
                tell(f"{done + len(ids)} of {waiting}")
            done, after = done + len(ids), ids[-1]
    return f"{done} tip(s) read again."
