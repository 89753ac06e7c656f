"""Keys: what opens with them, what never again, and how a master key is taken out of use."""

import asyncio

import pytest
from sqlmodel import SQLModel, select

from foundation.crypto import MasterKeys, MasterKeyUnknown, new_master_key, seal, unseal
from reports import evidence, sealing
from reports import vault as vaults
from reports.tables import Reporter, SealedSecret
from reports.vault import ReporterErased, open_vault, rewrap_all
from tests.conftest import MASTER
from tests.reports.reporting import JPEG, NINE, Office

FRESH = new_master_key("fresh")


async def _reporter(office: Office, reporter_id: str) -> Reporter:
    async with office.reading() as session:
        return await session.get_one(Reporter, reporter_id)


async def test_a_reporters_key_opens_what_it_sealed_until_it_is_deleted(office: Office) -> None:
    reporter_id = await office.reporter()
    key = office.vault.key_of(await _reporter(office, reporter_id))
    sealed = seal(key, b"address", "address")
    assert unseal(office.vault.key_of(await _reporter(office, reporter_id)), sealed, "address") == b"address"
    async with office.transaction() as session:
        row = await session.get_one(Reporter, reporter_id)
        row.wrapped_key = None
        session.add(row)
    with pytest.raises(ReporterErased):
        office.vault.key_of(await _reporter(office, reporter_id))


async def test_the_same_secrets_are_opened_at_every_start(office: Office, masters: MasterKeys) -> None:
    async with office.transaction() as session:
        again = await open_vault(session, masters)
    assert (again.lookup_secret, again.audit_secret) == (
        office.vault.lookup_secret,
        office.vault.audit_secret,
    )
    assert again.lookup_secret != again.audit_secret


async def test_first_starts_at_once_make_one_set_of_secrets(office: Office, masters: MasterKeys) -> None:
    async with office.transaction() as session:
        for row in (await session.exec(select(SealedSecret))).all():
            await session.delete(row)

    async def start() -> bytes:
        async with office.transaction() as session:
            return (await open_vault(session, masters)).audit_secret

    assert len(set(await asyncio.gather(*(start() for _ in range(4))))) == 1


async def test_after_rewrapping_the_old_master_key_is_needed_for_nothing(office: Office) -> None:
    reporter_id = await office.reporter()
    photo, forgotten = await office.photo(reporter_id), await office.photo(reporter_id)
    key = office.vault.key_of(await _reporter(office, reporter_id))
    erased = await office.reporter()
    async with office.transaction() as session:
        await evidence.forget(session, forgotten, NINE)
        row = await session.get_one(Reporter, erased)
        row.wrapped_key = None
        session.add(row)

    async with office.transaction() as session:
        count = await rewrap_all(session, MasterKeys.parse(f"{FRESH},{MASTER}"))
    assert count == 4  # two secrets, one reporter, one photo

    only_fresh = MasterKeys.parse(FRESH)
    async with office.transaction() as session:
        vault = await open_vault(session, only_fresh)
        assert await rewrap_all(session, only_fresh) == 0
    assert vault.audit_secret == office.vault.audit_secret
    assert vault.key_of(await _reporter(office, reporter_id)) == key
    assert await sealing.original(office.blobs, only_fresh, await office.file(photo)) == JPEG
    with pytest.raises(ReporterErased):
        vault.key_of(await _reporter(office, erased))
    assert (await office.file(forgotten)).wrapped_key is None


async def test_rewrapping_without_the_old_key_is_refused_and_changes_nothing(office: Office) -> None:
    reporter_id = await office.reporter()
    before = (await _reporter(office, reporter_id)).wrapped_key
    async with office.database.writing() as session:
        with pytest.raises(MasterKeyUnknown, match="test"):
            await rewrap_all(session, MasterKeys.parse(FRESH))
    assert (await _reporter(office, reporter_id)).wrapped_key == before


async def test_rewrapping_brings_nobody_back_who_is_being_forgotten(office: Office) -> None:
    people = [await office.reporter() for _ in range(12)]

    async def erase(reporter_id: str) -> None:
        async with office.transaction() as session:
            row = await session.get_one(Reporter, reporter_id, with_for_update=True)
            await asyncio.sleep(0.02)
            row.wrapped_key = None
            session.add(row)

    async def rewrap() -> None:
        await asyncio.sleep(0.01)
        async with office.transaction() as session:
            await rewrap_all(session, MasterKeys.parse(f"{FRESH},{MASTER}"))

    await asyncio.gather(rewrap(), *(erase(reporter_id) for reporter_id in people))
    for reporter_id in people:
        assert (await _reporter(office, reporter_id)).wrapped_key is None


async def test_every_table_with_a_wrapped_key_is_rewrapped() -> None:
    """`rewrap_all` finds tables by these three names of columns, but for the one it knows by its own."""
    with_keys = {name for name, table in SQLModel.metadata.tables.items() if "key_id" in table.c}
    assert with_keys == {"reporter", "evidence", "enclosure", "sealed_secret"}
    for name in with_keys - {"sealed_secret"}:
        assert {"id", "wrapped_key"} <= set(SQLModel.metadata.tables[name].c.keys())


async def test_more_keys_than_a_page_are_all_rewrapped(office: Office) -> None:
    for _ in range(7):
        await office.reporter()
    masters = MasterKeys.parse(f"{FRESH},{MASTER}")
    async with office.transaction() as session:
        assert await vaults._rewrap(session, masters, "reporter", "id", "wrapped_key", page=3) == 7
