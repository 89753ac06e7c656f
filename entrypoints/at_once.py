"""Looks and writes that need no session: the way of each database."""

from entrypoints.at_once_on_postgres import AtOnceOnPostgres
from entrypoints.at_once_on_sqlite import AtOnceOnSqlite
from foundation.database import Database
from foundation.statements import AtOnce


def at_once_on(database: Database) -> AtOnce:
    """The way of this database."""
    return AtOnceOnSqlite(database) if database.is_sqlite else AtOnceOnPostgres(database.url)
