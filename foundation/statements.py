"""Statements that run for every message: written with SQLAlchemy, compiled once for each database, run by its driver.

For a look-up by key SQLAlchemy's own way of executing costs a multiple of what PostgreSQL's driver needs, and on SQLite
every call goes to the driver's thread and back; docs/performance.md has the figures. What is run with a session belongs
to its transaction like everything else; what stands alone goes through `AtOnce`. Only for what is quick: on SQLite it
runs on the event loop itself.
"""

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, cast

import psycopg
from sqlalchemy import (
    JSON,
    CompoundSelect,
    Connection,
    Delete,
    Dialect,
    Insert,
    Select,
    Table,
    TableValuedAlias,
    Update,
    bindparam,
    func,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

Values = Mapping[str, Any]
Core = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]] | Insert | Update | Delete
_Process = Callable[[Any], Any]


def table_of(row: type[SQLModel]) -> Table:
    """The plain table behind a class of rows."""
    return cast(Table, row.__table__)  # type: ignore[attr-defined]


class Statement:
    """One statement whose parameters all have names (`bindparam`), for both databases."""

    def __init__(self, core: Core, on_sqlite: Core | None = None) -> None:
        """`on_sqlite` is for what SQLAlchemy spells with another class there."""
        self._core, self._on_sqlite = core, core if on_sqlite is None else on_sqlite
        self._compiled: dict[str, Compiled] = {}

    async def rows(self, session: AsyncSession, values: Values) -> Sequence[Sequence[Any]]:
        """What it finds; the cells of a row are in the order of the columns that the statement names."""
        return (await self._run(session, values))[0]

    async def run(self, session: AsyncSession, values: Values) -> int:
        """Carries it out and says how many rows it touched."""
        return (await self._run(session, values))[1]

    async def _run(self, session: AsyncSession, values: Values) -> tuple[Sequence[Sequence[Any]], int]:
        dialect, driver = await _under(session)
        compiled = self.compiled(dialect)
        bound = compiled.bound(values)
        try:
            if isinstance(driver, psycopg.AsyncConnection):
                cursor = await driver.execute(compiled.sql, bound)
                rows = await cursor.fetchall() if compiled.finds else ()
            else:
                cursor = driver.execute_now(compiled.sql, bound)
                rows = cursor.fetchall()
        except (psycopg.OperationalError, psycopg.InterfaceError):
            # Asked through SQLAlchemy, so that it notices a server that went away and renews its connections.
            await session.exec(text("SELECT 1"))  # type: ignore[call-overload]
            raise
        return compiled.read(rows), cursor.rowcount

    def compiled(self, dialect: Dialect) -> "Compiled":
        """It in this database's words; worked out once."""
        found = self._compiled.get(dialect.name)
        if found is None:
            core = self._on_sqlite if dialect.name == "sqlite" else self._core
            found = self._compiled[dialect.name] = Compiled.of(core, dialect)
        return found


Write = tuple[Statement, Values]
"""A statement that changes something, and its values."""


class Untouched(Exception):
    """One of the writes that belong together found no row to change, or found its row there already: none was done."""


class ConnectionLost(Exception):
    """The database went away meanwhile; whether it was done is not known."""


class AtOnce(Protocol):
    """Work on the database that needs no session: one look, or several writes that are done together or not at all.

    A message that only moves its conversation on needs a look and a write. So it holds no lock while it is thought about,
    and on PostgreSQL costs two ways there and back instead of five (docs/decisions/0014).
    """

    async def look(self, statement: Statement, values: Values) -> Sequence[Sequence[Any]]:
        """What the statement finds, outside any transaction."""
        ...

    async def write(self, writes: Sequence[Write]) -> None:
        """Does all of them, for good. Raises Untouched where one of them touches no row, or on PostgreSQL would
        have to wait for a row that somebody holds; then nothing is done.

        Raises ConnectionLost.
        """
        ...

    async def close(self) -> None:
        """Lets go of connections."""
        ...


async def run_together(session: AsyncSession, writes: Sequence[Write]) -> None:
    """Several writes of a session's transaction, on PostgreSQL in one way there and back. Raises Untouched where one of
    them touches no row, or its row is there already; then the transaction is good for nothing but rolling back.
    """
    dialect, driver = await _under(session)
    if not isinstance(driver, psycopg.AsyncConnection):
        for statement, values in writes:
            try:
                touched = await statement.run(session, values)
            except sqlite3.IntegrityError as fault:
                raise Untouched if is_there_already(fault) else fault from fault
            if not touched:
                raise Untouched
        return
    try:
        await driver.execute(*together(writes, dialect), prepare=True)
    except (psycopg.errors.DivisionByZero, psycopg.errors.UniqueViolation) as fault:
        raise Untouched from fault


_ALREADY_THERE = {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY}


def is_there_already(fault: Exception) -> bool:
    """Whether SQLite refused a row because one with its key is there."""
    return isinstance(fault, sqlite3.IntegrityError) and fault.sqlite_errorcode in _ALREADY_THERE


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement in one database's words, and what turns our values into the driver's and the driver's into ours."""

    sql: bytes | str
    names: tuple[str, ...]
    """The parameters; for SQLite in the order of their places."""
    by_place: bool
    constants: Values
    """Parameters that SQLAlchemy brings along, such as the offset that it adds to a limit on SQLite."""
    binders: Mapping[str, _Process]
    readers: tuple[_Process | None, ...]
    finds: bool

    @classmethod
    def of(cls, core: Core, dialect: Dialect) -> "Compiled":
        """Compiles it."""
        made = core.compile(dialect=dialect)
        assert isinstance(made, SQLCompiler)
        asked = {name: parameter for parameter, name in made.bind_names.items()}
        kinds = {name: parameter.type.dialect_impl(dialect) for name, parameter in asked.items()}
        by_place = made.positional
        binders = {name: kind.bind_processor(dialect) for name, kind in kinds.items()}
        finds = isinstance(core, Select | CompoundSelect)
        columns = core.selected_columns if isinstance(core, Select | CompoundSelect) else ()
        readers = tuple(
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns
        )
        return cls(
            sql=str(made) if by_place else str(made).encode(),
            names=tuple(made.positiontup or () if by_place else asked),
            by_place=by_place,
            constants={name: parameter.value for name, parameter in asked.items() if not parameter.required},
            binders={name: process for name, process in binders.items() if process is not None},
            readers=readers if any(readers) else (),
            finds=finds,
        )

    def bound(self, values: Values) -> Any:
        """The values as the driver takes them."""
        binders = self.binders
        if self.constants:
            values = {**self.constants, **values}
        cells = [binders[name](values[name]) if name in binders else values[name] for name in self.names]
        return cells if self.by_place else dict(zip(self.names, cells, strict=True))

    def read(self, rows: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
        """The rows as we take them."""
        if not self.readers:
            return rows
        return [
            tuple(process(cell) if process else cell for process, cell in zip(self.readers, row, strict=True))
            for row in rows
        ]


def insertion(row: type[SQLModel], *, unless: Sequence[str] = ()) -> Statement:
    """An insert of one row, the parameters named as its columns; a number that the database counts is left to it.

    Where some row has the same values in the columns `unless`, which are a unique key, it inserts nothing.
    """
    table = table_of(row)
    counted = table.autoincrement_column
    values = {c.name: bindparam(c.name, type_=c.type) for c in table.columns if c is not counted}
    if not unless:
        return Statement(table.insert().values(values).inline())
    return Statement(
        postgresql.insert(table).values(values).inline().on_conflict_do_nothing(index_elements=unless),
        sqlite.insert(table).values(values).inline().on_conflict_do_nothing(index_elements=unless),
    )


def together(writes: Sequence[Write], dialect: Dialect) -> tuple[bytes, dict[str, Any]]:
    """Several writes as one statement of PostgreSQL, which fails as a whole where one of them touches no row: then a
    count of 0 is divided by, which is error 22012. The counts are asked for one after the other, so the writes happen in
    this order, and a row that somebody else holds is waited for before the next one is written.
    """
    sql = _woven(tuple(statement for statement, _ in writes), dialect)
    values: dict[str, Any] = {}
    for number, (statement, cells) in enumerate(writes):
        bound = statement.compiled(dialect).bound(cells)
        values |= {f"w{number}_{name}": cell for name, cell in bound.items()}
    return sql, values


_PLACE = re.compile(r"%\((\w+)\)s")


@lru_cache(maxsize=256)
def _woven(statements: tuple[Statement, ...], dialect: Dialect) -> bytes:
    parts, counts = [], []
    for number, statement in enumerate(statements):
        sql = statement.compiled(dialect).sql
        assert isinstance(sql, bytes)
        named = _PLACE.sub(rf"%(w{number}_\1)s", sql.decode())
        parts.append(f"w{number} AS ({named} RETURNING 1)")
        counts.append(f"1 / (SELECT count(*) FROM w{number})")  # noqa: S608  a number of ours
    return f"WITH {', '.join(parts)} SELECT {', '.join(counts)}".encode()


def listed(name: str, kind: TypeEngine[Any], *, on_sqlite: bool) -> TableValuedAlias:
    """The values of a parameter that is a list of any length, as rows with the one column `value`."""
    if on_sqlite:
        return func.json_each(bindparam(name, type_=JSON())).table_valued("value", name=f"{name}_listed")
    array = bindparam(name, type_=postgresql.ARRAY(kind))
    return func.unnest(array).table_valued("value", name=f"{name}_listed").render_derived()


async def _under(session: AsyncSession) -> tuple[Dialect, Any]:
    """The database's dialect, and the driver's connection that holds this session's transaction."""
    transaction = session.sync_session.get_transaction()
    kept: tuple[object, Dialect, Any] | None = session.info.get("driver")
    if kept is not None and kept[0] is transaction:
        return kept[1], kept[2]
    connection = await session.connection()
    driver = await session.run_sync(lambda _: _driver_of(cast(Connection, connection.sync_connection)))
    session.info["driver"] = (session.sync_session.get_transaction(), connection.dialect, driver)
    return connection.dialect, driver


def _driver_of(connection: Connection) -> Any:
    return connection.connection.driver_connection
