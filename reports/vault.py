"""Reporters' data keys and this deployment's own secrets: what makes sealed rows readable, and unreadable again."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
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
    row = (await session.exec(select(SealedSecret).where(col(SealedSecret.name) == name))).first()
    if row is not None:
        return masters.unwrap(WrappedKey(row.key_id, row.wrapped))
    secret = new_key()

    wrapped = masters.wrap(secret)
    session.add(SealedSecret(name=name, key_id=wrapped.key_id, wrapped=wrapped.wrapped))
    await session.flush()
    return secret


async def rewrap_all(session: AsyncSession, masters: MasterKeys) -> int:
    """Wraps every data key anew with the current master key, and says how many there were. The caller commits."""
    count = 0
    for row in (await session.exec(select(Reporter).where(col(Reporter.key_id) != masters.current))).all():
        if row.wrapped_key is not None:
            fresh = masters.wrap(masters.unwrap(WrappedKey(row.key_id, row.wrapped_key)))
            row.key_id, row.wrapped_key = fresh.key_id, fresh.wrapped
            session.add(row)
            count += 1
    for secret in (await session.exec(select(SealedSecret).where(col(SealedSecret.key_id) != masters.current))).all():
        fresh = masters.wrap(masters.unwrap(WrappedKey(secret.key_id, secret.wrapped)))
        secret.key_id, secret.wrapped = fresh.key_id, fresh.wrapped
        session.add(secret)
        count += 1
    return count
