"""Runs waiting jobs in the test's own process, one after the other, through the very handlers the worker uses.

What the durable queue itself promises is tested where it runs for real: in `tests/journeys`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import text

from bot.delivery import Delivery
from bot.wechat.late import LatePushes
from entrypoints.desk import Desk
from entrypoints.worker import Run
from foundation.job_queue import AlreadyFinished, JobBook
from knowledge.pictures.metadata import taken_of
from knowledge.pictures.opening import display_copy, inspect
from knowledge.pictures.reader import Examined
from knowledge.pictures.reading import read
from moderation import jobs as moderation_jobs


@cache
def _examined(data: bytes) -> Examined:
    return Examined(read(data), display_copy(data), taken_of(data))


@dataclass
class HereReader:
    """Reads pictures for real, in this process, each only once for the whole run."""

    meanwhile: Callable[[], Awaitable[object]] | None = None
    """What happens elsewhere while a picture is being read."""

    async def examine(self, data: bytes, timeout_seconds: float = 60) -> Examined:
        """What `PictureReader.examine` answers, without a process of its own."""
        inspect(data)
        examined = await asyncio.to_thread(_examined, data)
        if self.meanwhile is not None:
            await self.meanwhile()
        return examined


@dataclass
class Jobs:
    """The jobs of one desk."""

    desk: Desk
    reader: HereReader = field(default_factory=HereReader)
    done: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.book = JobBook()
        moderation_jobs.register(self.book, self.desk, self.reader)  # type: ignore[arg-type]
        Delivery(self.desk).register(self.book)
        LatePushes(self.desk).register(self.book)

    async def waiting(self, *, delayed: bool = False) -> list[str]:
        """The ids of the jobs that nobody has run yet, oldest first; with `delayed` also those put off."""
        table = "workflow_status" if self.desk.database.is_sqlite else "dbos.workflow_status"
        states = ("ENQUEUED", "DELAYED") if delayed else ("ENQUEUED",)
        async with self.desk.reading() as session:
            rows = await (await session.connection()).execute(
                text(f"SELECT workflow_uuid, status FROM {table} ORDER BY created_at, workflow_uuid")
            )
        return [job_id for job_id, status in rows.all() if status in states and job_id not in self.done]

    async def run(self, job_id: str) -> None:
        """Runs one job as the worker does; a second run of it does nothing."""
        name, subject, *_ = job_id.split(":")
        self.done.append(job_id)
        try:
            await self.book.handlers[name](Run(self.desk, job_id), subject)
        except AlreadyFinished:
            return

    async def run_all(self, *, delayed: bool = False, but: tuple[str, ...] = ()) -> list[str]:
        """Runs what waits and what that brings with it, except jobs of the names in `but`; the ids that were run."""
        ran: list[str] = []
        while ready := [
            job_id for job_id in await self.waiting(delayed=delayed) if job_id.split(":")[0] not in but
        ]:
            for job_id in ready:
                await self.run(job_id)
                ran.append(job_id)
        return ran
