"""Once a day: whichever worker looks first puts the day's jobs into the queue, where each is done once."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from datetime import date, datetime

from bot import abandoned
from bot.telegram import pace
from bot.wechat import ledger
from entrypoints.desk import Desk
from foundation.clock import CHINA, now
from foundation.job_queue import enqueue
from moderation import daily

log = logging.getLogger(__name__)

JOBS = (daily.DAILY, abandoned.SWEEP, pace.FORGET_QUIET, ledger.FORGET_CLOSED)
FROM_HOUR = 9
"""In China: what the jobs have to say to people is said by day."""
LOOK_EVERY_SECONDS = 300.0


class Calendar:
    """Remembers for which day this process has done its part."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._done: date | None = None

    async def look(self, at: datetime) -> bool:
        """Sets the day's jobs going if it is time and this process has not yet. True if it did."""
        here = at.astimezone(CHINA)
        if here.hour < FROM_HOUR or self._done == here.date():
            return False
        async with self._desk.transaction() as session:
            for name in JOBS:
                await enqueue(session, name, here.date().isoformat())
        self._done = here.date()
        return True


@contextlib.asynccontextmanager
async def each_day(desk: Desk) -> AsyncIterator[None]:
    """Looks at the calendar for as long as the block lasts."""
    calendar = Calendar(desk)

    async def watch() -> None:
        while True:
            try:
                await calendar.look(now())
            except Exception:  # the database may be away for a while; the day is long
                log.exception("the day's jobs could not be set going")
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    watching = asyncio.create_task(watch())
    try:
        yield
    finally:
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
