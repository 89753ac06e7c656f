"""Runs the one linear history on SQLite and on PostgreSQL."""

from typing import Any

from alembic import context
from sqlalchemy import create_engine, event
from sqlmodel import SQLModel

import entrypoints.tables  # noqa: F401  (fills the metadata)
from foundation.database import sync_url
from foundation.job_queue import TABLES as JOB_TABLES
from foundation.settings import read_settings


def _ours(_object: Any, name: str | None, kind: str, reflected: bool, _compared: Any) -> bool:
    # On SQLite the job queue keeps its tables beside ours; they have a history of their own.
    return not (kind == "table" and reflected and name in JOB_TABLES)


url = context.config.attributes.get("url") or read_settings().database_url
engine = create_engine(sync_url(url))

if engine.dialect.name == "sqlite":

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA busy_timeout=30000")
        connection.execute("PRAGMA journal_mode=WAL")


with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        include_object=_ours,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
