"""Statements run by the driver belong to the session's transaction, on both databases, and outlive a lost server."""

import asyncio
import sqlite3
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.exc import OperationalError

from foundation.database import Database
from foundation.job_queue import FinishedJob
from foundation.statements import Statement, Untouched, insertion, run_together, table_of

AT = datetime(2026, 11, 22, 9, 30, 15, 123456, tzinfo=UTC)

_job = table_of(FinishedJob)
ADD = insertion(FinishedJob)
ADD_ONCE = insertion(FinishedJob, unless=("job_id",))
FIND = Statement(select(_job.c.job_id, _job.c.finished_at).where(_job.c.job_id == bindparam("job")))


async def _found(database: Database, job: str) -> list[tuple[object, ...]]:
    async with database.reading() as session:
        return [tuple(row) for row in await FIND.rows(session, {"job": job})]


async def test_what_was_written_is_read_back_with_its_types(database: Database) -> None:
    async with database.writing() as session:
        assert await ADD.run(session, {"job_id": "a", "finished_at": AT}) == 1
        await session.commit()
    assert await _found(database, "a") == [("a", AT)]
    assert await _found(database, "b") == []


async def test_a_second_row_under_one_key_is_told_apart_from_a_first(database: Database) -> None:
    async with database.writing() as session:
        row = {"job_id": "a", "finished_at": AT}
        assert [await ADD_ONCE.run(session, row) for _ in range(3)] == [1, 0, 0]


@pytest.mark.parametrize("last", [ADD, ADD_ONCE])
async def test_of_what_is_written_together_a_row_that_is_there_already_undoes_all(
    database: Database, last: Statement
) -> None:
    async with database.writing() as session:
        writes = [
            (statement, {"job_id": job, "finished_at": AT}) for statement, job in ((ADD, "a"), (ADD, "b"))
        ]
        await run_together(session, writes)
        await session.commit()
        with pytest.raises(Untouched):
            await run_together(session, [(ADD, {"job_id": "c", "finished_at": AT}), (last, writes[0][1])])
    assert [len(await _found(database, job)) for job in "abc"] == [1, 1, 0]


async def test_a_rollback_takes_it_away(database: Database) -> None:
    async with database.writing() as session:
        await ADD.run(session, {"job_id": "a", "finished_at": AT})
    assert await _found(database, "a") == []


async def test_it_sees_what_the_session_wrote_and_is_seen_by_it(database: Database) -> None:
    async with database.writing() as session:
        session.add(FinishedJob(job_id="a", finished_at=AT))
        await session.flush()
        assert len(await FIND.rows(session, {"job": "a"})) == 1
        await ADD.run(session, {"job_id": "b", "finished_at": AT})
        assert await session.get(FinishedJob, "b") is not None


async def test_after_a_commit_the_next_statement_is_in_a_transaction_of_its_own(database: Database) -> None:
    async with database.writing() as session:
        await ADD.run(session, {"job_id": "a", "finished_at": AT})
        await session.commit()
        async with database.writing() as another:  # takes the connection that the first one gave back
            await ADD.run(another, {"job_id": "b", "finished_at": AT})
            await another.commit()
        await ADD.run(session, {"job_id": "c", "finished_at": AT})
        await session.rollback()
    assert [len(await _found(database, job)) for job in "abc"] == [1, 1, 0]


async def test_a_lost_server_costs_one_failure_and_not_one_for_each_connection(
    database: Database, database_url: str
) -> None:
    if database.is_sqlite:
        pytest.skip("a file does not go away")
    sessions = [database.writing() for _ in range(5)]
    opened = [await session.__aenter__() for session in sessions]
    await asyncio.gather(*(FIND.rows(session, {"job": "a"}) for session in opened))
    for session in sessions:
        await session.__aexit__(None, None, None)
    with psycopg.connect(database_url, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    with pytest.raises(OperationalError):
        await _found(database, "a")
    assert [await _found(database, "a") for _ in range(5)] == [[]] * 5


async def test_a_writer_waits_for_another_process_and_keeps_the_loop_free(
    database: Database, database_url: str
) -> None:
    if not database.is_sqlite:
        pytest.skip("PostgreSQL has no one write lock")
    other = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with database.writing() as session:
            await ADD.run(session, {"job_id": "a", "finished_at": AT})
            await session.commit()

    writing = asyncio.create_task(write())
    for _ in range(20):
        await asyncio.sleep(0.01)
    assert not writing.done()
    other.execute("COMMIT")
    other.close()
    await asyncio.wait_for(writing, 5)
    assert len(await _found(database, "a")) == 1
