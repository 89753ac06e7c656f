"""`qianshao tips reread`: old tips read as new ones are, so that both find each other."""

from collections.abc import Callable

from entrypoints.place import place_of
from entrypoints.setting_up import opened
from foundation.clock import now
from foundation.settings import Settings
from moderation import rereading

TELL_EVERY = 1_000


async def reread_tips(settings: Settings, tell: Callable[[str], None]) -> str:
    """Reads every tip again that was read in an older way, or never; says how it gets on, and at last how many."""
    jurisdiction = place_of(settings)
    async with opened(settings) as (database, _):
        async with database.reading() as session:
            waiting = await rereading.count_waiting(session)
        done, after = 0, ""
        while ids := await rereading.reread_batch(database, jurisdiction, after=after, at=now()):
            if done // TELL_EVERY != (done + len(ids)) // TELL_EVERY:
                tell(f"{done + len(ids)} of {waiting}")
            done, after = done + len(ids), ids[-1]
    return f"{done} tip(s) read again."
