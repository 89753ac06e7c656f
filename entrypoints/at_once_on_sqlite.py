"""Looks and writes on SQLite: several citizens' messages in one transaction, each in a savepoint of its own."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite

from foundation.batches import Asked, Batches
from foundation.database import (
    SQLITE_BUSY_MILLISECONDS,
    Database,
    SqliteConnection,
    path_of,
    sqlite_connection,
    sqlite_driver,
)
from foundation.statements import ConnectionLost, Statement, Untouched, Values, Write, is_there_already

Bound = Sequence[tuple[bytes | str, Any]]
"""The writes of one message."""


class AtOnceOnSqlite:
    """A connection of its own for looking; for writing the one that all of this process write with, in its turn. What
    several citizens' messages write at the same moment is one transaction, each within a savepoint of its own.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._dialect: Dialect = SQLiteDialect_aiosqlite()
        self._reader: SqliteConnection | None = None
        self._closed = False
        self._batches: Batches[Bound, None] = Batches(self._write, hands=1)

    async def look(self, statement: Statement, values: Values) -> Sequence[Sequence[Any]]:
        """What the statement finds."""
        reader = self._reader or await self._open()
        compiled = statement.compiled(self._dialect)
        return compiled.read(reader.execute_now(compiled.sql, compiled.bound(values)).fetchall())

    async def write(self, writes: Sequence[Write]) -> None:
        """Does all of them or none."""
        await self._batches.ask(
            [
                (compiled.sql, compiled.bound(values))
                for compiled, values in (
                    (statement.compiled(self._dialect), values) for statement, values in writes
                )
            ]
        )

    async def _write(self, batch: list[Asked[Bound, None]]) -> None:
        async with self._database.writer.connect() as connection:
            driver = await sqlite_driver(connection)
            faults = await driver.in_thread(_each_whole, [asked.what for asked in batch])
        for asked, fault in zip(batch, faults, strict=True):
            if fault is None:
                asked.give(None)
            else:
                asked.fail(fault)

    async def _open(self) -> SqliteConnection:
        if self._closed:
            raise ConnectionLost  # what comes that late must not open what nobody closes
        reader = sqlite_connection(path_of(self._database.url))
        await reader
        reader.execute_now(f"PRAGMA busy_timeout={SQLITE_BUSY_MILLISECONDS}")
        if self._reader is not None or self._closed:
            await reader.close()
        else:
            self._reader = reader
        if self._reader is None:
            raise ConnectionLost
        return self._reader

    async def close(self) -> None:
        """Lets go of the connection, for good."""
        self._closed = True
        await self._batches.finish()
        if self._reader is not None:
            await self._reader.close()
            self._reader = None


def _each_whole(connection: sqlite3.Connection, batch: Sequence[Bound]) -> list[Exception | None]:
    """Does every one of them wholly or not at all, in one transaction; gives the fault of each that was not done."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        faults = [_all_or_none(connection, bound) for bound in batch]
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return faults


def _all_or_none(connection: sqlite3.Connection, bound: Bound) -> Exception | None:
    connection.execute("SAVEPOINT one")
    try:
        for sql, cells in bound:
            assert isinstance(sql, str)
            if connection.execute(sql, cells).rowcount < 1:
                raise Untouched
    except sqlite3.OperationalError:  # the disk, the file, a lock: nobody's own fault
        raise
    except Exception as fault:
        connection.execute("ROLLBACK TO one")
        connection.execute("RELEASE one")
        return Untouched() if is_there_already(fault) else fault
    connection.execute("RELEASE one")
    return None
