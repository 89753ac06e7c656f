"""What an operator does with the command: the schema, the packs, officers, keys, the audit chain."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

from entrypoints.keys import master_keys, vault_of
from foundation import job_queue
from foundation.clock import now
from foundation.database import Database
from foundation.errors import Refusal
from foundation.settings import Settings
from knowledge import packs
from moderation import officers
from moderation.officers import Role
from moderation.promises import refuse_promising_packs
from reports import custody
from reports.vault import Vault, rewrap_all

if TYPE_CHECKING:
    from alembic.config import Config

PROJECT = Path(__file__).resolve().parent.parent


class RoleUnknown(Refusal):
    """There is no role “{role}”: choose one of {roles}."""


def alembic_config(url: str) -> "Config":
    """The configuration of the one history, for this database."""
    from alembic.config import Config  # 0.2 s, for which no web process and no worker has to wait

    config = Config(str(PROJECT / "alembic.ini"))
    config.attributes["url"] = url
    return config


def migrate(settings: Settings) -> str:
    """Brings the schema up to date; blocking. Says what was done."""
    from alembic import command

    if settings.database_url.startswith("sqlite"):
        Path(make_url(settings.database_url).database or "").parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(alembic_config(settings.database_url), "head")
    job_queue.migrate(settings.database_url)
    return "The database's schema is up to date."


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[tuple[Database, Vault]]:
    """The database with the deployment's secrets, without packs or channels."""
    masters = master_keys(settings)
    database = Database(settings.database_url)
    try:
        yield database, await vault_of(database, masters)
    finally:
        await database.close()


async def load_packs(settings: Settings) -> str:
    """Loads the embedded packs and says what changed."""
    embedded = packs.read_embedded()
    refuse_promising_packs(embedded)
    async with opened(settings) as (database, _), database.writing() as session:
        changes = await packs.load(session, embedded, now())
        if changes.added or changes.changed or changes.retired:
            await custody.record(
                session,
                actor=custody.SYSTEM,
                act="packs.loaded",
                subject="packs",
                at=now(),
                detail={"added": changes.added, "changed": changes.changed, "retired": changes.retired},
            )
        await session.commit()
    lines = [
        f"{word}: {', '.join(names)}"
        for word, names in (
            ("added", changes.added),
            ("changed", changes.changed),
            ("retired", changes.retired),
        )
        if names
    ]
    return "\n".join([*lines, f"{changes.unchanged} unchanged."])


async def add_officer(settings: Settings, *, login: str, name: str, role: str, is_demo: bool = False) -> str:
    """Adds an officer and returns the sentence with the one-time password."""
    if role not in {known.value for known in Role}:
        raise RoleUnknown(role=role, roles=", ".join(known.value for known in Role))
    async with opened(settings) as (database, _), database.writing() as session:
        fresh = await officers.add(
            session, login=login, name=name, role=Role(role), at=now(), is_demo=is_demo
        )
        await session.commit()
    return f"{login}: one-time password {fresh.password}"


async def reset_officer(settings: Settings, *, login: str) -> str:
    """Gives a new one-time password and returns the sentence with it."""
    async with opened(settings) as (database, _), database.writing() as session:
        fresh = await officers.reset(session, login=login, at=now())
        await session.commit()
    return f"{login}: one-time password {fresh.password}"


async def switch_officer_off(settings: Settings, *, login: str) -> str:
    """Ends an officer's access and every session of theirs; returns the sentence that says so."""
    async with opened(settings) as (database, _), database.writing() as session:
        officer = await officers.switch_off(session, login=login, at=now())
        await session.commit()
    return f"{officer.login}: switched off, every session ended"


async def verify_audit(settings: Settings) -> tuple[bool, str]:
    """Whether the chain holds, and a sentence."""
    async with opened(settings) as (database, vault), database.reading() as session:
        state = await custody.verify(session, vault.audit_secret)
    if state.fault is not None:
        return False, f"The chain breaks at entry {state.fault.seq}: {state.fault.reason}."
    return True, f"The chain holds: {state.entries} entries, the last digest is {state.head}."


async def rewrap_keys(settings: Settings) -> int:
    """Wraps every data key with the current master key."""
    masters = master_keys(settings)
    async with opened(settings) as (database, _), database.writing() as session:
        count = await rewrap_all(session, masters)
        await session.commit()
    return count
