"""The worker looks every half hour for drafts that were left a day ago."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from bot.reminders import remind_all
from entrypoints.desk import Desk
from foundation.clock import now

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 1800.0


@contextlib.asynccontextmanager
async def reminding(desk: Desk) -> AsyncIterator[None]:
    """Reminds for as long as the block lasts."""
    task = asyncio.create_task(_again_and_again(desk))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _again_and_again(desk: Desk) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY_SECONDS)
        try:
            reminded = await remind_all(desk, now())
        except Exception:
            log.exception("nobody was reminded of a draft this time")
        else:
            log.info("reminded of drafts", extra={"drafts": reminded})
