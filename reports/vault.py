"""Reporters' data keys and this deployment's own secrets: what makes sealed rows readable, and unreadable again."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.crypto import MasterKeys, WrappedKey, keyed_hash, new_key
from foundation.errors import Refusal
from foundation.ids import ReporterId, new_id
from reports.tables import Reporter, SealedSecret

LOOKUP = "lookup"
AUDIT = "audit"


class ReporterErased(Refusal):
    """这位举报人的资料已按本人要求删除。"""


@dataclass(frozen=True, slots=True)
class Vault:
    """The master keys and the secrets opened with them; made once at start."""

    masters: MasterKeys
    lookup_secret: bytes
    audit_secret: bytes

    def lookup(self, purpose: str, value: str) -> str:
        """The keyed hash under which `value` can be found again."""
        return keyed_hash(self.lookup_secret, purpose, value)

    def new_reporter(self, at: datetime) -> tuple[Reporter, bytes]:
        """A row for a reporter never seen before, and the opened data key."""
        key = new_key()
        wrapped = self.masters.wrap(key)
        row = Reporter(
            id=ReporterId(new_id("rep")), key_id=wrapped.key_id, wrapped_key=wrapped.wrapped, created_at=at
        )
        return row, key

    def key_of(self, reporter: Reporter) -> bytes:
        """The reporter's data key. Raises ReporterErased."""
        return self.open_key(reporter.key_id, reporter.wrapped_key)

    def open_key(self, key_id: str, wrapped: bytes | None) -> bytes:
        """A data key from the two columns that hold it. Raises ReporterErased where it was deleted."""
        if wrapped is None:
            raise ReporterErased
        return self.masters.unwrap(WrappedKey(key_id, wrapped))


async def open_vault(session: AsyncSession, masters: MasterKeys) -> Vault:
    """Opens the deployment's secrets, making them at the very first start. The caller commits."""
    opened = {name: await _secret(session, masters, name) for name in (LOOKUP, AUDIT)}
    return Vault(masters, opened[LOOKUP], opened[AUDIT])


async def _secret(session: AsyncSession, masters: MasterKeys, name: str) -> bytes:
    kept = select(SealedSecret).where(col(SealedSecret.name) == name)
    row = (await session.exec(kept)).first()
    if row is None:
        wrapped = masters.wrap(new_key())
        insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        await (
            session.execute(  # two processes that start for the first time at once: one makes it, both use it
                insert(SealedSecret)
                .values(name=name, key_id=wrapped.key_id, wrapped=wrapped.wrapped)
                .on_conflict_do_nothing()
            )
        )
        row = (await session.exec(kept)).one()
    return masters.unwrap(WrappedKey(row.key_id, row.wrapped))


async def rewrap_all(session: AsyncSession, masters: MasterKeys) -> int:
    """Wraps every data key anew with the current master key, and says how many there were. The caller commits.

    Whatever table has a `key_id` and a `wrapped_key` holds data keys, of whichever room it is.
    """
    count = await _rewrap(session, masters, "sealed_secret", "name", "wrapped")
    for name, table in SQLModel.metadata.tables.items():
        if {"id", "key_id", "wrapped_key"} <= set(table.c.keys()):
            count += await _rewrap(session, masters, name, "id", "wrapped_key")
    return count


async def _rewrap(
    session: AsyncSession, masters: MasterKeys, table_name: str, key: str, wrapped: str, page: int = 500
) -> int:
    table = SQLModel.metadata.tables[table_name]
    columns = table.c[key], table.c.key_id, table.c[wrapped]
    count, last = 0, ""
    while True:
        rows = (
            await session.execute(
                sa.select(*columns)
                .where(columns[0] > last, columns[1] != masters.current, columns[2].is_not(None))
                .order_by(columns[0])
                .limit(page)
                .with_for_update()  # a key that is being deleted at this moment must not come back
            )
        ).all()
        for row_key, old_id, old in rows:
            fresh = masters.wrap(masters.unwrap(WrappedKey(old_id, old)))
            values = {"key_id": fresh.key_id, wrapped: fresh.wrapped}
            await session.execute(table.update().where(columns[0] == row_key).values(values))
        count += len(rows)
        if len(rows) < page:
            return count
        last = rows[-1][0]
