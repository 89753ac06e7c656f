"""One database, two engines: SQLite for one machine, PostgreSQL for many, the same code on both."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import aiosqlite
from sqlalchemy import AsyncAdaptedQueuePool, Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import await_only
from sqlalchemy.util.queue import AsyncAdaptedQueue, Empty, Full
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.job_queue import JobQueue

SQLITE_BUSY_MILLISECONDS = 30_000
"""How long a writer waits for another process's transaction before it gives up."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


def async_url(url: str) -> str:
    """`sqlite:///…` or `postgresql://…` with the driver we chose (aiosqlite, psycopg 3)."""
    return url.replace("sqlite:///", "sqlite+aiosqlite:///", 1).replace(
        "postgresql://", "postgresql+psycopg://", 1
    )


def sync_url(url: str) -> str:
    """The same database for a blocking engine (alembic)."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


class SqliteConnection(aiosqlite.Connection):
    """aiosqlite's connection, which can also do at once, without its thread, what is known not to take long."""

    def execute_now(self, sql: bytes | str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Runs a quick statement where the caller stands."""
        assert isinstance(sql, str)
        return self._conn.execute(sql, parameters)

    at_hand = False
    """Whether statements are run where they are asked for, without the way to the thread and back."""

    async def _execute(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        if self.at_hand and getattr(fn, "__name__", "") != "commit":
            return fn(*args, **kwargs)
        return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]

    async def rollback(self) -> None:
        """Ends a transaction that is open; a pool asks for it whenever a connection comes back, mostly for nothing."""
        _roll_back(self._conn)

    async def close(self) -> None:
        """Closes it, and first gives up what is still open in it: SQLite keeps a closed connection, with its transaction
        and its lock, for as long as a cursor lives, and whoever is cancelled in the middle of a statement leaves one."""
        if self._running and self._connection is not None:
            await super()._execute(_roll_back, self._connection)  # type: ignore[no-untyped-call]
        await super().close()

    def stop(self) -> "asyncio.Future[Any] | None":
        """The same without waiting; a second time it does nothing, because nobody is left to do it."""
        if not self._running:
            return None
        if self._connection is not None:
            self._tx.put_nowait((None, partial(_roll_back, self._connection)))
        return super().stop()

    async def in_thread(
        self, work: Callable[Concatenate[sqlite3.Connection, _P], _T], *args: _P.args, **kwargs: _P.kwargs
    ) -> _T:
        """Does several statements in one go where waiting is allowed: in this connection's thread."""
        return cast(_T, await self._execute(work, self._conn, *args, **kwargs))

    def try_now(self, sql: str) -> bool:
        """Runs it if that takes no waiting for another process; says whether it ran."""
        self._conn.execute("PRAGMA busy_timeout=0")
        try:
            self._conn.execute(sql)
        except sqlite3.OperationalError:
            return False
        finally:
            self._conn.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MILLISECONDS}")
        return True


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


async def sqlite_driver(connection: AsyncConnection) -> SqliteConnection:
    """The driver's own connection behind one of ours to SQLite."""
    driver = (await connection.get_raw_connection()).driver_connection
    assert isinstance(driver, SqliteConnection)
    return driver


class FirstComeFirstServed(AsyncAdaptedQueue[_T]):
    """The connections of a pool, given to those who wait in the order in which they came.

    The library's own queue lets whoever passes by take what was put back for somebody waiting, who then goes to the end
    of the line: under load some citizens' messages are overtaken a hundred times.
    """

    def __init__(self, maxsize: int = 0, use_lifo: bool = False) -> None:
        super().__init__(maxsize, use_lifo)
        self._lying: deque[_T] = deque()
        self._line: deque[asyncio.Future[_T]] = deque()

    def empty(self) -> bool:
        """Whether none lies there."""
        return not self._lying

    def full(self) -> bool:
        """Whether as many lie there as are kept."""
        return 0 < self.maxsize <= len(self._lying)

    def qsize(self) -> int:
        """How many lie there."""
        return len(self._lying)

    def put_nowait(self, item: _T) -> None:
        """Gives it to the first in the line, or lays it down. Raises Full."""
        while self._line:
            if not (first := self._line.popleft()).done():
                first.set_result(item)
                return
        if self.full():
            raise Full
        self._lying.append(item)

    def put(self, item: _T, block: bool = True, timeout: float | None = None) -> None:
        """The same: there is never a wait for room."""
        self.put_nowait(item)

    def get_nowait(self) -> _T:
        """Takes one that lies there. Raises Empty."""
        if not self._lying:
            raise Empty
        return self._lying.popleft()

    def get(self, block: bool = True, timeout: float | None = None) -> _T:
        """Takes one, waiting in line for at most `timeout` seconds. Raises Empty."""
        if self._lying or not block:
            return self.get_nowait()
        try:
            return await_only(self._wait(timeout))
        except TimeoutError as late:
            raise Empty from late

    async def _wait(self, timeout: float | None) -> _T:
        mine: asyncio.Future[_T] = asyncio.get_running_loop().create_future()
        self._line.append(mine)
        try:
            async with asyncio.timeout(timeout):
                return await mine
        except BaseException:
            if (
                mine.done() and not mine.cancelled()
            ):  # it was given just as we gave up: to the next one with it
                self.put_nowait(mine.result())
            else:
                mine.cancel()
            raise


class _FairPool(AsyncAdaptedQueuePool):
    _sqla_logger_namespace = "sqlalchemy.pool.impl.FairPool"  # among the library's loggers, which keep quiet
    _queue_class = FirstComeFirstServed[ConnectionPoolEntry]


class Database:
    """Hands out sessions. It never commits: entrypoints do.

    A session of `writing()` holds SQLite's one write lock from its first statement, so that a read-then-write can
    never fail half-way; within a process writers queue fairly on a pool of one instead of polling the file.
    """

    def __init__(self, url: str, jobs: JobQueue | None = None) -> None:
        self.url = url
        self.jobs = jobs or JobQueue(url)
        self.is_sqlite = url.startswith("sqlite")
        self.session_info: dict[str, Any] = {"jobs": self.jobs}
        """What every writing session carries along: the job queue, and what a start adds (the audit secret)."""
        if self.is_sqlite:
            self._writer = _sqlite_engine(url, "BEGIN IMMEDIATE", pool_size=1)
            self._reader = _sqlite_engine(url, "BEGIN", pool_size=4)
        else:
            self._writer = create_async_engine(
                async_url(url),
                hide_parameters=True,
                poolclass=_FairPool,
                pool_size=16,
                max_overflow=8,
                pool_pre_ping=False,
                pool_recycle=1800,
            )
            self._reader = self._writer

    @property
    def writer(self) -> AsyncEngine:
        """The engine behind `writing()`, for what needs no session."""
        return self._writer

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A session that may write. What the caller does not commit is rolled back."""
        async with AsyncSession(self._writer, expire_on_commit=False, autoflush=True) as session:
            session.info.update(self.session_info)
            yield session

    @asynccontextmanager
    async def at_hand(self, session: AsyncSession) -> AsyncIterator[None]:
        """Within it the session's statements are quick ones: SQLite need not be asked in its thread."""
        if not self.is_sqlite:
            yield
            return
        driver = await sqlite_driver(await session.connection())
        driver.at_hand = True
        try:
            yield
        finally:
            driver.at_hand = False

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session for reading only; it never takes the write lock."""
        async with AsyncSession(self._reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    async def close(self) -> None:
        """Closes every connection."""
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()
        self.jobs.close()


def _sqlite_engine(url: str, begin: str, *, pool_size: int) -> AsyncEngine:
    database = path_of(url)
    engine = create_async_engine(
        async_url(url),
        async_creator=lambda: sqlite_connection(database),
        hide_parameters=True,
        poolclass=_FairPool,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=60,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves; the driver's own BEGIN is always deferred
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MILLISECONDS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # a receipt that was shown must survive a power cut
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        if not (isinstance(driver, SqliteConnection) and driver.try_now(begin)):
            connection.exec_driver_sql(begin)

    return engine


def path_of(url: str) -> str:
    """The file of an SQLite database."""
    database = make_url(url).database
    if not database or database == ":memory:":
        raise ValueError("an in-memory database cannot be shared by the web, its workers and the job queue")
    return database


def sqlite_connection(database: str) -> SqliteConnection:
    """A connection to this file, not opened yet."""
    connection = SqliteConnection(
        lambda: sqlite3.connect(database, check_same_thread=False), iter_chunk_size=64
    )
    connection._thread.daemon = True
    return connection
