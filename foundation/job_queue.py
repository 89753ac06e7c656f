"""Durable jobs. The only file that knows DBOS, beside `queue_looks`.

A job is named by a room ("reports.submitted") and acts on one subject (an id). It is enqueued in the caller's own
transaction: a rollback takes it away, a commit makes it certain. The job's id is derived from its name and subject,
so that enqueuing it twice does nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, run_dbos_database_migrations
from dbos._schemas.system_database import SystemSchema
from sqlalchemy.orm import Session
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.queue_looks import look_lightly

APPLICATION = "qianshao"
VERSION = "1"
"""Recovery takes up only jobs of its own version. Ours keep no state between steps, so one version serves all."""

ATTEMPTS = 8
FIRST_PAUSE_SECONDS = 1.0
PAUSE_GROWTH = 2.0
"""Eight tries over about two minutes, then the job is marked failed and `qianshao doctor` says so."""

_WORKFLOW = "qianshao.job"


class Queue(StrEnum):
    """Where a job waits."""

    quick = "quick"
    """Database work and messages: many at a time."""
    pictures = "pictures"
    """Reading pictures: as many at a time as there are reader processes."""
    telegram = "telegram"
    """Messages over Telegram: a few at a time, the most urgent first; the channel keeps their pace."""


AT_A_TIME = 16
"""Jobs of one queue in one worker."""


class FinishedJob(SQLModel, table=True):
    """The mark that a job's effects are in: it is written in the same transaction as they are."""

    __tablename__ = "finished_job"

    job_id: str = Field(primary_key=True)
    finished_at: datetime


class AlreadyFinished(Exception):
    """Raised on entering `finishing()` when another run of the same job was quicker."""


class JobRun(Protocol):
    """One run of a job, as its handler sees it."""

    job_id: str

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session to look things up with."""
        ...

    def finishing(self) -> AbstractAsyncContextManager[AsyncSession]:
        """The one transaction in which the job's effects and its mark are committed together."""
        ...


Handler = Callable[[JobRun, str], Awaitable[None]]


@dataclass(slots=True)
class JobBook:
    """Which handler answers to which name; filled by the rooms, read by the worker."""

    handlers: dict[str, Handler] = field(default_factory=dict)

    def on(self, name: str, handler: Handler) -> None:
        """Registers `handler`; a name can be taken once."""
        if name in self.handlers:
            raise ValueError(f"two handlers for the job {name}")
        self.handlers[name] = handler


class JobQueue:
    """The enqueuing side: a row in the caller's transaction, nothing else."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._client: DBOSClient | None = None

    @property
    def client(self) -> DBOSClient:
        """The DBOS client, made at first use; enqueuing in a transaction opens no connection of its own."""
        if self._client is None:
            self._client = DBOSClient(system_database_url=self._url, lazy=True, application_name=APPLICATION)
        return self._client

    def close(self) -> None:
        """Lets go of the client's connections, if it made any."""
        if self._client is not None:
            self._client.destroy()
            self._client = None


async def enqueue(
    session: AsyncSession,
    name: str,
    subject: str,
    *,
    once: str = "",
    queue: Queue = Queue.quick,
    after: timedelta | None = None,
    priority: int | None = None,
) -> str:
    """Puts a job into the caller's transaction and returns its id.

    `once` tells apart several jobs of one name on one subject (a version, a reason). `after` delays it durably.
    Of jobs that wait in one queue the one with the lowest `priority` goes first, among equals the oldest.
    """
    jobs: JobQueue = session.info["jobs"]
    job_id = f"{name}:{subject}" + (f":{once}" if once else "")
    options: EnqueueOptions = {
        "workflow_name": _WORKFLOW,
        "queue_name": queue.value,
        "workflow_id": job_id,
        "app_version": VERSION,
    }
    if priority is not None:
        options["priority"] = priority + 1  # the library keeps 0 for those that have none
    if after is not None:
        options["delay_seconds"] = after.total_seconds()
    await session.run_sync(
        lambda sync: jobs.client.enqueue_in_transaction(_as_session(sync), options, name, job_id, subject)
    )
    return job_id


def _as_session(session: Session) -> Session:
    session.flush()  # the job's row must not overtake the rows it speaks of
    return session


def migrate(database_url: str) -> None:
    """Creates or updates the queue's own tables."""
    run_dbos_database_migrations(database_url)


async def launch(
    database_url: str,
    run: Callable[[str, str, str], Awaitable[None]],
    *,
    worker_name: str,
    picture_concurrency: int,
) -> None:
    """Starts to work: takes up what a dead run of this worker left, then whatever waits.

    `run(name, job_id, subject)` does one job. Jobs run on the loop that this is called in.
    """
    config: DBOSConfig = {
        "name": APPLICATION,
        "system_database_url": database_url,
        "application_version": VERSION,
        "executor_id": worker_name,
        "enable_otlp": False,
        "log_level": "WARNING",
        "notification_listener_polling_interval_sec": 1.0,
    }
    library = DBOS(config=config)

    @DBOS.step(
        name="qianshao.attempt",
        retries_allowed=True,
        interval_seconds=FIRST_PAUSE_SECONDS,
        max_attempts=ATTEMPTS,
        backoff_rate=PAUSE_GROWTH,
    )
    async def attempt(name: str, job_id: str, subject: str) -> None:
        await run(name, job_id, subject)

    @DBOS.workflow(name=_WORKFLOW)
    async def job(name: str, job_id: str, subject: str) -> None:
        await attempt(name, job_id, subject)

    DBOS.launch()
    look_lightly(library._sys_db)
    for queue in Queue:
        await DBOS.register_queue_async(
            queue.value,
            worker_concurrency=picture_concurrency if queue is Queue.pictures else AT_A_TIME,
            polling_interval_sec=0.1,
        )


async def stop(patience_seconds: int = 10) -> None:
    """Takes no more jobs, waits for those under way, then lets go. What was cut off is taken up at the next start."""
    loop = asyncio.get_running_loop()
    # DBOS made its own threads the loop's default ones and ends them here, so it cannot be waited for on them, and
    # whatever still has to be closed afterwards needs threads again.
    with ThreadPoolExecutor(1) as apart:
        await loop.run_in_executor(
            apart,
            lambda: DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=patience_seconds),
        )
    loop.set_default_executor(ThreadPoolExecutor(thread_name_prefix="after-jobs"))


@dataclass(frozen=True, slots=True)
class JobCounts:
    """How many jobs stand where."""

    waiting: int
    running: int
    failed: int
    failed_ids: tuple[str, ...]


def count_jobs(database_url: str) -> JobCounts:
    """Looks at the queue from outside; blocking."""
    client = DBOSClient(system_database_url=database_url, application_name=APPLICATION)
    try:
        waiting = client.list_workflows(status=["ENQUEUED", "DELAYED"], load_input=False, load_output=False)
        running = client.list_workflows(status=["PENDING"], load_input=False, load_output=False)
        failed = client.list_workflows(
            status=["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"], load_input=False, load_output=False
        )
        ids = tuple(w.workflow_id for w in failed)
        return JobCounts(len(waiting), len(running), len(ids), ids[:20])
    finally:
        client.destroy()


def retry_failed(database_url: str) -> int:
    """Puts every failed job back into its own queue, under its own id, and says how many there were; blocking."""
    client = DBOSClient(system_database_url=database_url, application_name=APPLICATION)
    try:
        failed = client.list_workflows(
            status=["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"], load_input=False, load_output=False
        )
        for workflow in failed:
            client.rewind_workflow(
                workflow.workflow_id,
                application_version=VERSION,
                queue_name=workflow.queue_name or Queue.quick.value,
            )
        return len(failed)
    finally:
        client.destroy()


TABLES = frozenset(table.name for table in SystemSchema.metadata_obj.tables.values()) | {"dbos_migrations"}
"""The queue's own tables, which have a history of their own."""
