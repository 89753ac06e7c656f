"""The database's own promises, on both engines."""

import logging

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from foundation.clock import now
from foundation.database import Database
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
