"""The job queue's promise: the job is there exactly when the caller's rows are."""

import asyncio

from sqlalchemy import text
from sqlmodel import col, func, select

from foundation import job_queue
from foundation.clock import now
from foundation.database import Database
from foundation.job_queue import FinishedJob, Queue, enqueue

_FAIL = "UPDATE dbos.workflow_status SET status = 'ERROR'"


async def _waiting(url: str) -> int:
    return (await asyncio.to_thread(job_queue.count_jobs, url)).waiting


async def test_a_commit_makes_the_job_certain(database: Database) -> None:
    async with database.writing() as session:
        session.add(FinishedJob(job_id="row", finished_at=now()))
        await enqueue(session, "reports.submitted", "tip_1")
        await session.commit()
    assert await _waiting(database.url) == 1


async def test_a_rollback_takes_the_job_with_it(database: Database) -> None:
    async with database.writing() as session:
        session.add(FinishedJob(job_id="row", finished_at=now()))
        await enqueue(session, "reports.submitted", "tip_1")
        await session.rollback()
    async with database.reading() as session:
        assert (await session.exec(select(func.count(col(FinishedJob.job_id))))).one() == 0
    assert await _waiting(database.url) == 0


async def test_enqueuing_twice_makes_one_job(database: Database) -> None:
    for _ in range(2):
        async with database.writing() as session:
            await enqueue(session, "reports.submitted", "tip_1")
            await session.commit()
    async with database.writing() as session:
        await enqueue(session, "reports.submitted", "tip_1")
        await enqueue(session, "reports.submitted", "tip_1")
        await session.commit()
    assert await _waiting(database.url) == 1
    async with database.writing() as session:
        await enqueue(session, "reports.submitted", "tip_1", once="again")
        await session.commit()
    assert await _waiting(database.url) == 2


async def test_a_failed_job_goes_back_once_into_its_own_queue(database: Database) -> None:
    async with database.writing() as session:
        await enqueue(session, "reports.evidence_kept", "evi_1", queue=Queue.pictures)
        await session.execute(
            text("UPDATE workflow_status SET status = 'ERROR'" if database.is_sqlite else _FAIL)
        )
        await session.commit()
    assert (await asyncio.to_thread(job_queue.count_jobs, database.url)).failed == 1
    assert await asyncio.to_thread(job_queue.retry_failed, database.url) == 1
    assert await asyncio.to_thread(job_queue.retry_failed, database.url) == 0
    counts = await asyncio.to_thread(job_queue.count_jobs, database.url)
    assert (counts.waiting, counts.failed) == (1, 0)
    async with database.reading() as session:
        table = "workflow_status" if database.is_sqlite else "dbos.workflow_status"
        row = (await session.execute(text(f"SELECT workflow_uuid, queue_name FROM {table}"))).one()
    assert tuple(row) == ("reports.evidence_kept:evi_1", "pictures")


async def test_writers_in_one_process_wait_for_each_other(database: Database) -> None:
    """Read-then-write never loses an update: on SQLite because the lock is taken at BEGIN."""
    async with database.writing() as session:
        session.add(FinishedJob(job_id="0", finished_at=now()))
        await session.commit()

    async def add_one() -> None:
        async with database.writing() as session:
            row = (await session.exec(select(FinishedJob).with_for_update())).one()
            count = int(row.job_id)
            await asyncio.sleep(0)
            await session.delete(row)
            await session.flush()
            session.add(FinishedJob(job_id=str(count + 1), finished_at=now()))
            await session.commit()

    if database.is_sqlite:
        await asyncio.gather(*(add_one() for _ in range(20)))
        async with database.reading() as session:
            assert (await session.exec(select(FinishedJob.job_id))).one() == "20"
    else:
        for _ in range(3):
            await add_one()
        async with database.reading() as session:
            assert (await session.exec(select(FinishedJob.job_id))).one() == "3"
