"""The worker: runs every room's jobs, each to its end, once."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.delivery import Delivery
from bot.wechat.late import LatePushes
from entrypoints.daily import each_day
from entrypoints.desk import Desk, open_desk
from entrypoints.memory import settle_memory
from entrypoints.models import following
from entrypoints.reminding import reminding
from foundation import job_queue
from foundation.clock import now
from foundation.job_queue import AlreadyFinished, FinishedJob, JobBook
from foundation.settings import Settings
from knowledge.pictures.addresses import SHIPPED
from knowledge.pictures.reader import PictureReader
from moderation import jobs as moderation_jobs

log = logging.getLogger(__name__)


class Run:
    """One run of a job: where its effects and its mark are committed together."""

    def __init__(self, desk: Desk, job_id: str) -> None:
        self._desk = desk
        self.job_id = job_id

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session to look things up with."""
        async with self._desk.reading() as session:
            yield session

    @contextlib.asynccontextmanager
    async def finishing(self) -> AsyncIterator[AsyncSession]:
        """The transaction of the effects and the mark. Raises AlreadyFinished where another run was quicker."""
        async with self._desk.transaction() as session:
            insert = postgresql.insert if not self._desk.database.is_sqlite else sqlite.insert
            made = await session.execute(
                insert(FinishedJob)
                .values(job_id=self.job_id, finished_at=now())
                .on_conflict_do_nothing(index_elements=["job_id"])
                .returning(col(FinishedJob.job_id))
            )
            if made.first() is None:
                raise AlreadyFinished
            yield session


async def start(desk: Desk, book: JobBook, settings: Settings) -> None:
    """Begins to take jobs on the running loop."""

    async def run(name: str, job_id: str, subject: str) -> None:
        async with desk.reading() as session:
            done = (await session.exec(select(FinishedJob).where(col(FinishedJob.job_id) == job_id))).first()
        if done is not None:
            return
        handler = book.handlers.get(name)
        if handler is None:
            raise LookupError(f"no room answers to the job {name}")
        try:
            await handler(Run(desk, job_id), subject)
        except AlreadyFinished:
            return
        except Exception:
            # What failed is retried; the words of a citizen may stand in a traceback's values, never in its text.
            log.exception("a job failed and will be tried again", extra={"job": name, "subject": subject})
            raise

    await job_queue.launch(
        settings.database_url,
        run,
        worker_name=settings.worker_name,
        picture_concurrency=settings.reader_processes,
    )


@contextlib.asynccontextmanager
async def working(desk: Desk, settings: Settings) -> AsyncIterator[None]:
    """Runs jobs for as long as the block lasts."""
    async with PictureReader(
        processes=settings.reader_processes, official_domains=settings.official_domains or SHIPPED
    ) as reader:
        book = JobBook()
        moderation_jobs.register(book, desk, reader)
        Delivery(desk).register(book)
        LatePushes(desk).register(book)
        await start(desk, book, settings)
        warming = asyncio.create_task(reader.warm())
        try:
            async with reminding(desk), each_day(desk):
                yield
        finally:
            warming.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await warming
            await job_queue.stop()


async def work_until_told(settings: Settings) -> None:
    """The `qianshao worker` command: works until SIGTERM or SIGINT."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for which in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(which, told.set)
    desk = await open_desk(settings)
    settle_memory()
    try:
        async with following(desk), working(desk, settings):
            log.info("working", extra={"worker": settings.worker_name})
            await told.wait()
    finally:
        await desk.close()
