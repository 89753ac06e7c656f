"""Looks and writes on PostgreSQL: several citizens' messages in one pipeline, which is one transaction."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql.psycopg import PGDialectAsync_psycopg

from foundation.batches import Asked, Batches
from foundation.statements import ConnectionLost, Statement, Untouched, Values, Write, together

HANDS = 2
"""Batches under way at the same time, of one process on PostgreSQL: while one is there, the next one is put together."""

GIVE_UP_AFTER_SECONDS = 10.0
"""So long a pool tries for a server that is away; whoever comes next begins anew. The pool doubles its pauses, and by its
own measure of 300 seconds would still be pausing for as long as the server had been away when that is long back."""

LONGEST_LOCK_WAIT_MILLISECONDS = 100
"""So long a batch waits for a row that another process holds; then the others go on without whoever needs it."""


Sent = tuple[bytes | str, Any]
"""A statement in the database's words, and its values as the driver takes them."""

Found = Sequence[Sequence[Any]]


class AtOnceOnPostgres:
    """What several citizens' messages ask for at the same moment goes there in one pipeline, which is one transaction.

    Where one of them fails, its fault is its own and the others go again. Several writes of one message are woven into
    one statement, which fails as a whole.
    """

    def __init__(self, url: str) -> None:
        self._dialect: Dialect = PGDialectAsync_psycopg()  # type: ignore[no-untyped-call]
        self._connections = _Connections(url, 2 * HANDS)
        # Apart, because a look need not wait until the disk has what others write.
        self._looks: Batches[Sent, Found] = Batches(self._send, hands=HANDS)
        self._writes: Batches[Sent, Found] = Batches(self._send, hands=HANDS)

    async def look(self, statement: Statement, values: Values) -> Found:
        """What the statement finds. A connection that had gone stale is renewed, and it looks again."""
        compiled = statement.compiled(self._dialect)
        sent = compiled.sql, compiled.bound(values)
        try:
            return compiled.read(await self._looks.ask(sent))
        except ConnectionLost:
            return compiled.read(await self._looks.ask(sent))

    async def write(self, writes: Sequence[Write]) -> None:
        """Does all of them or none."""
        try:
            await self._writes.ask(together(writes, self._dialect))
        except _NOT_DONE as fault:
            raise Untouched from fault

    async def _send(self, batch: list[Asked[Sent, Found]]) -> None:
        async with self._connections.one() as connection:
            while batch:
                try:
                    found = await _in_one_go(connection, [asked.what for asked in batch])
                except _Failed as failed:
                    batch.pop(failed.number).fail(failed.fault)
                else:
                    for asked, rows in zip(batch, found, strict=True):
                        asked.give(rows)
                    return

    async def close(self) -> None:
        """Lets go of the connections."""
        await self._looks.finish()
        await self._writes.finish()
        await self._connections.close()


class _Failed(Exception):
    """The `number`-th of a pipeline failed with `fault`, and so nothing of it was done."""

    def __init__(self, number: int, fault: Exception) -> None:
        super().__init__(number, fault)
        self.number, self.fault = number, fault


_UNDO = b"SELECT 1 / 0"
"""Makes a pipeline fail that is to have no effect."""

_HELD = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected)
"""Somebody else holds a row: for the one who needs it the same as if they had been quicker."""

_NOT_DONE = (psycopg.errors.DivisionByZero, psycopg.errors.UniqueViolation, *_HELD)


async def _in_one_go(connection: "psycopg.AsyncConnection[Any]", batch: Sequence[Sent]) -> list[Found]:
    """What each of them finds. Raises _Failed where nothing of it was done, and the driver's fault where the
    connection is gone.
    """
    cursors: list[psycopg.AsyncCursor[Any]] = []
    fault: Exception | None = None
    try:
        if len(batch) == 1:
            cursors.append(connection.cursor())
            await cursors[0].execute(*batch[0], prepare=True)
        else:
            async with connection.pipeline():
                for sql, values in batch:
                    cursors.append(connection.cursor())
                    try:
                        await cursors[-1].execute(sql, values, prepare=True)
                    except Exception as first:  # often of an earlier one, whose answer came meanwhile
                        fault = first
                        if _is_the_drivers_own(first):  # the server would do what was sent before
                            await connection.execute(_UNDO)
                        break
    except Exception as late:
        fault = fault or late
    if fault is None:
        return [await cursor.fetchall() for cursor in cursors]
    number = next(number for number, cursor in enumerate(cursors) if cursor.pgresult is None)
    is_gone = isinstance(fault, psycopg.OperationalError | psycopg.InterfaceError)
    if is_gone and not isinstance(fault, _HELD):
        raise fault
    raise _Failed(number, fault) from fault


def _is_the_drivers_own(fault: Exception) -> bool:
    return getattr(fault, "sqlstate", None) is None


class _Connections:
    """A few connections in autocommit mode, opened when the first is needed."""

    def __init__(self, url: str, most: int) -> None:
        self._url, self._most = url, most
        self._pool: AsyncConnectionPool[psycopg.AsyncConnection[Any]] | None = None
        self._opening = asyncio.Lock()
        self._closed = False

    @asynccontextmanager
    async def one(self) -> "AsyncIterator[psycopg.AsyncConnection[Any]]":
        """One of them. Raises ConnectionLost where it turns out to be gone, and renews the others too; and where all were
        let go of, for what comes that late must not open others that nobody closes."""
        pool = self._pool or await self._open()
        try:
            connection = await pool.getconn()
            try:
                yield connection
            finally:
                await pool.putconn(connection)
        except (psycopg.OperationalError, psycopg.InterfaceError) as fault:
            await pool.check()  # what happened to one connection happened to the others too
            raise ConnectionLost from fault

    async def _open(self) -> "AsyncConnectionPool[psycopg.AsyncConnection[Any]]":
        async with self._opening:
            if self._closed:
                raise ConnectionLost
            if self._pool is None:
                pool = AsyncConnectionPool(
                    self._url,
                    min_size=1,
                    max_size=self._most,
                    kwargs={"autocommit": True},
                    configure=self._configure,
                    timeout=10,
                    reconnect_timeout=GIVE_UP_AFTER_SECONDS,
                    open=False,
                )
                await pool.open()
                self._pool = pool
        return self._pool

    async def _configure(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        await connection.execute(f"SET lock_timeout = {LONGEST_LOCK_WAIT_MILLISECONDS:d}")

    async def close(self) -> None:
        """Lets go of them, for good."""
        async with self._opening:
            self._closed = True
            pool, self._pool = self._pool, None
        if pool is not None:
            await pool.close()
