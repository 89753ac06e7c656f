"""Looks and writes that need no session: one statement, which is a transaction of its own."""

import asyncio
import sqlite3
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql.psycopg import PGDialectAsync_psycopg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite

from foundation.database import (
    SQLITE_BUSY_MILLISECONDS,
    Database,
    SqliteConnection,
    path_of,
    sqlite_connection,
)
from foundation.statements import AtOnce, ConnectionLost, Statement, Untouched, Values, Write, together

MOST_CONNECTIONS = 8
"""Of one process to PostgreSQL, beside those of its sessions. A statement holds one for a millisecond."""


def at_once_on(database: Database) -> AtOnce:
    """The way of this database."""
    return AtOnceOnSqlite(database) if database.is_sqlite else AtOnceOnPostgres(database.url)


class AtOnceOnPostgres:
    """Connections in autocommit mode: several writes are woven into one statement."""

    def __init__(self, url: str) -> None:
        self._dialect: Dialect = PGDialectAsync_psycopg()  # type: ignore[no-untyped-call]
        self._url = url
        self._pool: AsyncConnectionPool[psycopg.AsyncConnection[Any]] | None = None
        self._opening = asyncio.Lock()

    async def look(self, statement: Statement, values: Values) -> Sequence[Sequence[Any]]:
        """What the statement finds. A connection that had gone stale is renewed, and it looks again."""
        compiled = statement.compiled(self._dialect)
        bound = compiled.bound(values)
        try:
            return compiled.read(await self._do(compiled.sql, bound))
        except ConnectionLost:
            return compiled.read(await self._do(compiled.sql, bound))

    async def write(self, writes: Sequence[Write]) -> None:
        """Does all of them or none."""
        sql, values = together(writes, self._dialect)
        try:
            await self._do(sql, values)
        except (psycopg.errors.DivisionByZero, psycopg.errors.UniqueViolation) as fault:
            raise Untouched from fault

    async def _do(self, sql: bytes | str, values: Any) -> Sequence[Sequence[Any]]:
        pool = self._pool or await self._open()
        try:
            connection = await pool.getconn()
            try:
                cursor = await connection.execute(sql, values, prepare=True)
                return await cursor.fetchall()
            finally:
                await pool.putconn(connection)
        except (psycopg.OperationalError, psycopg.InterfaceError) as fault:
            await pool.check()  # what happened to one connection happened to the others too
            raise ConnectionLost from fault

    async def _open(self) -> "AsyncConnectionPool[psycopg.AsyncConnection[Any]]":
        async with self._opening:
            if self._pool is None:
                pool = AsyncConnectionPool(
                    self._url,
                    min_size=1,
                    max_size=MOST_CONNECTIONS,
                    kwargs={"autocommit": True},
                    timeout=10,
                    open=False,
                )
                await pool.open()
                self._pool = pool
        return self._pool

    async def close(self) -> None:
        """Lets go of the connections."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None


class AtOnceOnSqlite:
    """A connection of its own for looking; for writing the one that all of this process write with, in its turn."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._dialect: Dialect = SQLiteDialect_aiosqlite()
        self._reader: SqliteConnection | None = None

    async def look(self, statement: Statement, values: Values) -> Sequence[Sequence[Any]]:
        """What the statement finds."""
        reader = self._reader or await self._open()
        compiled = statement.compiled(self._dialect)
        return compiled.read(reader.execute_now(compiled.sql, compiled.bound(values)).fetchall())

    async def write(self, writes: Sequence[Write]) -> None:
        """Does all of them or none."""
        bound = [
            (compiled.sql, compiled.bound(values))
            for compiled, values in (
                (statement.compiled(self._dialect), values) for statement, values in writes
            )
        ]
        # Shielded: who gives up waiting does not hand back a connection in the middle of its transaction.
        await asyncio.shield(self._write(bound))

    async def _write(self, bound: "list[tuple[bytes | str, Any]]") -> None:
        async with self._database.writer.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert isinstance(driver, SqliteConnection)
            await driver.in_thread(_all_or_none, bound)

    async def _open(self) -> SqliteConnection:
        reader = sqlite_connection(path_of(self._database.url))
        await reader
        reader.execute_now(f"PRAGMA busy_timeout={SQLITE_BUSY_MILLISECONDS}")
        if self._reader is None:
            self._reader = reader
        else:
            await reader.close()
        return self._reader

    async def close(self) -> None:
        """Lets go of the connection."""
        if self._reader is not None:
            await self._reader.close()
            self._reader = None


_ALREADY_THERE = {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY}


def _all_or_none(connection: sqlite3.Connection, bound: "list[tuple[bytes | str, Any]]") -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for sql, cells in bound:
            assert isinstance(sql, str)
            if connection.execute(sql, cells).rowcount < 1:
                raise Untouched
        connection.execute("COMMIT")
    except sqlite3.IntegrityError as fault:
        connection.execute("ROLLBACK")
        if fault.sqlite_errorcode in _ALREADY_THERE:
            raise Untouched from fault
        raise
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
