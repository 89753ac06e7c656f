"""What several people ask for at the same moment goes together, and nobody's fault becomes somebody else's."""

import asyncio
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import bindparam, select, text, update

from entrypoints.at_once import at_once_on
from entrypoints.at_once_on_postgres import LONGEST_LOCK_WAIT_MILLISECONDS
from foundation.database import Database
from foundation.job_queue import FinishedJob
from foundation.statements import Statement, Untouched, Write, insertion, table_of

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
_job = table_of(FinishedJob)
ADD = insertion(FinishedJob)
NAMES = Statement(select(_job.c.job_id).order_by(_job.c.job_id))
ONE = Statement(select(_job.c.job_id).where(_job.c.job_id == bindparam("job")))
TOUCH = Statement(update(_job).where(_job.c.job_id == bindparam("job")).values(finished_at=bindparam("at")))


def added(job: str | None) -> Write:
    return ADD, {"job_id": job, "finished_at": AT}


async def test_of_many_together_only_the_wrong_ones_fail(database: Database) -> None:
    at_once = at_once_on(database)
    try:
        await at_once.write([added("there")])
        jobs = [f"n{number:02}" for number in range(20)]
        jobs[7] = jobs[13] = "there"
        outcomes = await asyncio.gather(
            *(at_once.write([added(job)]) for job in jobs), return_exceptions=True
        )
        assert [number for number, outcome in enumerate(outcomes) if outcome is not None] == [7, 13]
        assert {type(outcomes[7]), type(outcomes[13])} == {Untouched}
        assert [row[0] for row in await at_once.look(NAMES, {})] == sorted({*jobs})
    finally:
        await at_once.close()


@pytest.mark.parametrize("unsendable", ["c\0", "\ud800"])
async def test_what_the_driver_cannot_send_fails_alone(database: Database, unsendable: str) -> None:
    if database.is_sqlite and "\0" in unsendable:
        pytest.skip("it sends that")
    at_once = at_once_on(database)
    try:
        await asyncio.gather(
            *(at_once.look(ONE, {"job": "a"}) for _ in range(3))
        )  # the batches that follow are full
        outcomes = await asyncio.gather(
            *(at_once.write([added(job)]) for job in ("a", "b", unsendable, "d")),
            return_exceptions=True,
        )
        assert [outcome is None for outcome in outcomes] == [True, True, False, True]
        assert [row[0] for row in await at_once.look(NAMES, {})] == ["a", "b", "d"]
    finally:
        await at_once.close()


async def test_a_statement_first_met_in_a_batch_that_failed_is_known_afterwards(database: Database) -> None:
    at_once = at_once_on(database)
    try:
        await at_once.write([added("there")])
        await asyncio.gather(
            *(at_once.write([added("there")]) for _ in range(5)),
            *(at_once.write([added(f"n{n}"), (TOUCH, {"job": "there", "at": AT})]) for n in range(5)),
            return_exceptions=True,
        )
        for number in range(8):
            await at_once.write([added(f"m{number}"), (TOUCH, {"job": "there", "at": AT})])
        assert len(await at_once.look(NAMES, {})) == 14
    finally:
        await at_once.close()


async def test_who_needs_a_row_that_is_held_is_told_so_and_holds_nobody_up(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("one write lock: there everybody waits for it")
    at_once = at_once_on(database)
    try:
        await asyncio.gather(*(at_once.write([added(job)]) for job in ("held", "free")))
        async with database.writing() as session:
            await session.exec(text("SELECT 1 FROM finished_job WHERE job_id = 'held' FOR UPDATE"))  # type: ignore[call-overload]
            async with asyncio.timeout(50 * LONGEST_LOCK_WAIT_MILLISECONDS / 1000):
                outcomes = await asyncio.gather(
                    *(
                        at_once.write([(TOUCH, {"job": job, "at": AT})])
                        for job in ("free", "held", "free", "free", "held", "free")
                    ),
                    return_exceptions=True,
                )
        assert [type(outcome) for outcome in outcomes if outcome is not None] == [Untouched, Untouched]
        assert {type(outcomes[1]), type(outcomes[4])} == {Untouched}
    finally:
        await at_once.close()


async def test_a_server_lost_in_the_middle_of_a_batch_leaves_nothing_half_done(
    database: Database, database_url: str
) -> None:
    if database.is_sqlite:
        pytest.skip("a file does not go away")
    at_once = at_once_on(database)
    try:
        await asyncio.gather(*(at_once.write([added(f"n{n}")]) for n in range(6)))
        with psycopg.connect(database_url, autocommit=True) as admin:
            writing = [
                asyncio.create_task(at_once.write([added(f"a{n}"), added(f"b{n}")])) for n in range(30)
            ]
            await asyncio.sleep(0)
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            )
        outcomes = await asyncio.gather(*writing, return_exceptions=True)
        names = {row[0] for row in await at_once.look(NAMES, {})}
        for number, outcome in enumerate(outcomes):
            both = {f"a{number}", f"b{number}"} & names
            assert len(both) in (0, 2)
            assert outcome is not None or len(both) == 2
    finally:
        await at_once.close()
