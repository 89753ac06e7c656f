"""Whether this process can do its work: what `/readyz` answers."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable

from sqlalchemy import text

from entrypoints.desk import Desk

log = logging.getLogger(__name__)

READY_FOR = 5.0
"""Seconds for which an answer holds."""


class Readiness:
    """Whether the database and the blob store answer: asked once in a while, however often anybody wants to know,
    because the asking writes a file and the address is open to everybody."""

    def __init__(self) -> None:
        self._faults: dict[str, str] = {}
        self._asked_at = -math.inf
        self._asking = asyncio.Lock()

    async def faults(self, desk: Desk, at: float) -> dict[str, str]:
        """What does not answer, by its name, no older than READY_FOR. `at` is a monotonic time in seconds."""
        async with self._asking:
            if at - self._asked_at >= READY_FOR:
                self._faults = await self._ask(desk)
                self._asked_at = at
            return self._faults

    async def _ask(self, desk: Desk) -> dict[str, str]:
        faults: dict[str, str] = {}
        checks: dict[str, Callable[[], Awaitable[object]]] = {
            "database": lambda: _ask_database(desk),
            "blobs": desk.blobs.check,
        }
        for name, check in checks.items():
            try:
                await asyncio.wait_for(check(), timeout=5)
            except Exception as fault:
                log.exception("not ready", extra={"part": name})
                faults[name] = type(fault).__name__
        return faults


async def _ask_database(desk: Desk) -> None:
    async with desk.reading() as session:
        await session.execute(text("SELECT 1"))
