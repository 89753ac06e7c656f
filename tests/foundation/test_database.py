"""The database's own promises, on both engines."""

import asyncio
import gc
import logging
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.util import greenlet_spawn
from sqlalchemy.util.queue import Empty, Full

from foundation.clock import now
from foundation.database import Database, FirstComeFirstServed, sqlite_driver
from foundation.job_queue import FinishedJob
from foundation.logs import JsonLine


async def _fault(database: Database, words: str) -> DBAPIError:
    async with database.writing() as session:
        with pytest.raises(DBAPIError) as raised:
            await (await session.connection()).execute(text("SELECT :words FROM nowhere"), {"words": words})
    return raised.value


async def test_a_fault_of_the_database_repeats_no_word_of_a_citizen(database: Database) -> None:
    fault = await _fault(database, "我叫张三")
    assert "nowhere" in str(fault)
    assert "张三" not in str(fault)
    try:
        raise fault
    except DBAPIError as raised:
        record = logging.getLogger("x").makeRecord(
            "x", logging.ERROR, "x", 1, "a job failed", (), (type(raised), raised, raised.__traceback__)
        )
    line = JsonLine().format(record)
    assert "nowhere" in line
    assert "张三" not in line


async def test_what_was_read_cannot_be_written_by_a_reading_session_on_one_machine(
    database: Database,
) -> None:
    """Nobody commits a reading session, so nothing of it stays."""
    async with database.reading() as session:
        session.add(FinishedJob(job_id="job", finished_at=now()))
        await session.flush()
    async with database.reading() as session:
        assert await session.get(FinishedJob, "job") is None


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be shared"):
        Database("sqlite:///:memory:")


async def test_whoever_waits_for_a_connection_gets_it_before_those_who_came_later(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/x.db")
    came: list[int] = []
    served: list[int] = []

    async def citizen(number: int, turns: int) -> None:
        for turn in range(turns):
            came.append(number * 10 + turn)
            async with database.writer.connect():
                served.append(number * 10 + turn)
                await asyncio.sleep(0)

    async with asyncio.timeout(20):
        await asyncio.gather(*(citizen(number, 5) for number in range(8)))
    assert served == came  # those who come back at once stand behind those who waited
    await database.close()


async def test_a_connection_given_to_somebody_who_just_left_goes_to_the_next(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/x.db")

    async def take() -> str:
        async with database.writer.connect():
            return "served"

    first = await database.writer.connect()
    leaving, staying = asyncio.create_task(take()), asyncio.create_task(take())
    await asyncio.sleep(0.01)
    closing = asyncio.create_task(first.close())
    await asyncio.sleep(0)
    leaving.cancel()
    async with asyncio.timeout(5):
        assert await staying == "served"
        await closing
        await asyncio.gather(leaving, return_exceptions=True)
        assert await take() == "served"
    await database.close()


async def test_waiting_for_a_connection_ends(tmp_path: Path) -> None:
    queue: FirstComeFirstServed[str] = FirstComeFirstServed(1)

    def get() -> str:
        return queue.get(True, 0.01)

    with pytest.raises(Empty):
        await greenlet_spawn(get)
    queue.put_nowait("a")
    assert await greenlet_spawn(get) == "a"
    queue.put_nowait("b")
    with pytest.raises(Full):
        queue.put_nowait("c")


async def test_whoever_is_cancelled_within_a_statement_leaves_no_lock_behind(tmp_path: Path) -> None:
    """A cursor that is left in the middle of its rows keeps SQLite's connection, although it was closed."""
    database = Database(f"sqlite:///{tmp_path}/x.db")
    begun = threading.Event()

    def waits(seconds: float) -> float:
        begun.set()
        time.sleep(seconds)
        return seconds

    async def writes() -> None:
        async with database.writing() as session:
            connection = await session.connection()
            driver = await sqlite_driver(connection)
            await driver.in_thread(lambda raw: raw.create_function("waits", 1, waits))
            await connection.execute(text("CREATE TABLE said (words TEXT)"))
            await connection.execute(text("SELECT waits(0.2) UNION ALL SELECT 2"))

    gc.disable()  # which would let go of the cursor sooner or later
    try:
        writing = asyncio.create_task(writes())
        await asyncio.to_thread(begun.wait)
        writing.cancel()
        await asyncio.wait({writing})
        with closing(sqlite3.connect(tmp_path / "x.db", timeout=0, isolation_level=None)) as another:
            another.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(2), database.writing() as session:
            await (await session.connection()).execute(text("SELECT 1"))
    finally:
        gc.enable()
        await database.close()
