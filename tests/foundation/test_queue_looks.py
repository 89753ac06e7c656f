"""A worker with nothing to do asks little of the database, and takes a job up at once all the same."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator

import pytest_asyncio
from sqlalchemy import Engine, event

from foundation import job_queue
from foundation.database import Database
from foundation.job_queue import Queue, enqueue

Done = asyncio.Queue[tuple[str, float]]


@pytest_asyncio.fixture
async def done(database: Database) -> AsyncIterator[Done]:
    """The jobs that a worker on that database has done, and when."""
    jobs: Done = asyncio.Queue()

    async def run(name: str, job_id: str, subject: str) -> None:
        jobs.put_nowait((subject, time.monotonic()))

    await job_queue.launch(database.url, run, worker_name="worker-1", picture_concurrency=1)
    yield jobs
    await job_queue.stop()


async def _enqueue(database: Database, subject: str, queue: Queue = Queue.quick) -> float:
    async with database.writing() as session:
        await enqueue(session, "reports.submitted", subject, queue=queue)
        await session.commit()
    return time.monotonic()


async def test_an_idle_worker_asks_little_and_takes_a_job_up_at_once(database: Database, done: Done) -> None:
    for queue in Queue:  # all threads are there
        await _enqueue(database, queue.value, queue)
        await asyncio.wait_for(done.get(), 10)
    asked: Counter[str] = Counter()

    def count(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked[" ".join(statement.split())[:70]] += 1

    event.listen(Engine, "before_cursor_execute", count)
    try:
        await asyncio.sleep(1.0)
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    assert asked.total() < 50, asked  # the library by itself asks over ninety times
    for number in range(3):
        enqueued = await _enqueue(database, f"tip_{number}")
        subject, taken_up = await asyncio.wait_for(done.get(), 10)
        assert subject == f"tip_{number}"
        assert taken_up - enqueued < 1.0
