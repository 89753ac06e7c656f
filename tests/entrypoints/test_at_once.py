"""Looks and writes without a session: all or nothing, told apart from what was there, on both databases."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import bindparam, select, update

from entrypoints.at_once import at_once_on
from foundation.database import Database
from foundation.job_queue import FinishedJob
from foundation.statements import AtOnce, ConnectionLost, Statement, Untouched, Write, insertion, table_of

AT = datetime(2026, 11, 22, 9, 30, 15, 123456, tzinfo=UTC)
LATER = AT.replace(hour=10)

_job = table_of(FinishedJob)
ADD = insertion(FinishedJob)
ADD_ONCE = insertion(FinishedJob, unless=("job_id",))
ALL = Statement(select(_job.c.job_id, _job.c.finished_at).order_by(_job.c.job_id))
MOVE = Statement(
    update(_job).where(_job.c.job_id == bindparam("job"), _job.c.finished_at == bindparam("before"))
    .values(finished_at=bindparam("now"))
)  # fmt: skip


@pytest_asyncio.fixture
async def at_once(database: Database) -> AsyncIterator[AtOnce]:
    at_once = at_once_on(database)
    yield at_once
    await at_once.close()


def added(job: str, statement: Statement = ADD) -> Write:
    return statement, {"job_id": job, "finished_at": AT}


async def _rows(at_once: AtOnce) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await at_once.look(ALL, {})]


async def test_writes_that_belong_together_are_done_together(at_once: AtOnce) -> None:
    await at_once.write([added("a")])
    await at_once.write([added("b"), (MOVE, {"job": "a", "before": AT, "now": LATER})])
    assert await _rows(at_once) == [("a", LATER), ("b", AT)]


@pytest.mark.parametrize("second", [ADD, ADD_ONCE])
async def test_a_row_that_is_there_already_leaves_all_undone(at_once: AtOnce, second: Statement) -> None:
    await at_once.write([added("a")])
    with pytest.raises(Untouched):
        await at_once.write([added("b"), added("a", second), added("c")])
    assert await _rows(at_once) == [("a", AT)]


async def test_a_change_that_finds_nothing_leaves_all_undone(at_once: AtOnce) -> None:
    await at_once.write([added("a")])
    with pytest.raises(Untouched):
        await at_once.write([added("b"), (MOVE, {"job": "a", "before": LATER, "now": LATER})])
    assert await _rows(at_once) == [("a", AT)]


async def test_of_many_who_move_one_thing_on_one_does(at_once: AtOnce) -> None:
    await at_once.write([added("a")])
    move = (MOVE, {"job": "a", "before": AT, "now": LATER})
    outcomes = await asyncio.gather(
        *(at_once.write([move, added(f"b{n}")]) for n in range(9)), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes if outcome] == [Untouched] * 8
    assert len(await _rows(at_once)) == 2


async def test_a_session_that_writes_and_a_write_at_once_wait_for_each_other(
    database: Database, at_once: AtOnce
) -> None:
    async with database.writing() as session:
        await ADD.run(session, dict(added("a")[1]))
        writing = asyncio.create_task(at_once.write([added("a", ADD_ONCE)]))
        await asyncio.sleep(0.05)
        assert not writing.done()
        await session.commit()
    with pytest.raises(Untouched):
        await writing


async def test_whoever_stops_waiting_leaves_no_transaction_open(database: Database, at_once: AtOnce) -> None:
    for number in range(5):
        writing = asyncio.create_task(at_once.write([added(f"a{number}")]))
        await asyncio.sleep(0)
        writing.cancel()
    await at_once.write([added("z")])
    async with database.writing() as session:
        await ADD.run(session, dict(added("y")[1]))
        await session.commit()
    assert {job for job, _ in await _rows(at_once)} >= {"y", "z"}


async def test_a_fault_is_no_sign_that_somebody_was_quicker(at_once: AtOnce) -> None:
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.NotNullViolation)):
        await at_once.write([added("a"), (ADD, {"job_id": "b", "finished_at": None})])
    assert await _rows(at_once) == []


async def test_what_comes_after_the_end_opens_nothing_that_nobody_closes(database: Database) -> None:
    for was_used in (True, False):
        at_once = at_once_on(database)
        if was_used:
            await _rows(at_once)
        await at_once.close()
        before = threading.active_count(), len(asyncio.all_tasks())
        with pytest.raises(ConnectionLost):
            await _rows(at_once)
        assert (threading.active_count(), len(asyncio.all_tasks())) == before


async def test_a_lost_server_is_looked_up_again(
    at_once: AtOnce, database: Database, database_url: str
) -> None:
    if database.is_sqlite:
        pytest.skip("a file does not go away")
    await asyncio.gather(*(_rows(at_once) for _ in range(6)))
    with psycopg.connect(database_url, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    assert [await _rows(at_once) for _ in range(6)] == [[]] * 6
    await at_once.write([added("a")])
