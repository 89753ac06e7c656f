"""The audit chain against somebody who can write to the database but does not hold the secret."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from sqlalchemy import text
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from reports import custody
from reports.custody import ChainState
from reports.tables import AuditEntry, AuditHead
from tests.reports.reporting import NINE, Office


async def _chain(office: Office, length: int) -> None:
    for number in range(length):
        async with office.transaction() as session:
            await custody.record(
                session,
                actor=custody.SYSTEM,
                act="试验",
                subject=f"s{number % 3}",
                at=NINE,
                detail={"number": number, "words": "“引号”\n换行"},
            )


async def _verified(office: Office) -> ChainState:
    async with office.reading() as session:
        return await custody.verify(session, office.vault.audit_secret)


async def _meddle(office: Office, *statements: str) -> None:
    async with office.transaction() as session:
        connection = await session.connection()
        for statement in statements:
            await connection.execute(text(statement))


async def test_an_empty_chain_holds(office: Office) -> None:
    state = await _verified(office)
    assert (state.entries, state.head, state.fault) == (0, custody.GENESIS, None)


async def test_a_chain_holds_and_names_its_last_digest(office: Office) -> None:
    await _chain(office, 7)
    state = await _verified(office)
    assert (state.entries, state.fault) == (7, None)
    async with office.reading() as session:
        assert state.head == (await session.get_one(AuditHead, 1)).digest


async def test_a_chain_longer_than_a_page_holds(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await _chain(office, 7)
    by_page = custody._entries
    monkeypatch.setattr(custody, "_entries", lambda session: by_page(session, page=3))
    state = await _verified(office)
    assert (state.entries, state.fault) == (7, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("actor", "'officer:off_2'"),
        ("act", "'reward.paid'"),
        ("subject", "'s9'"),
        ("detail", "replace(detail, '3', '4')"),
        ("at", "'2026-03-02 01:00:01.000000'"),
        ("previous", f"'{'0' * 64}'"),
        ("digest", f"'{'a' * 64}'"),
    ],
)
async def test_a_changed_entry_is_found_where_it_stands(office: Office, field: str, value: str) -> None:
    await _chain(office, 6)
    await _meddle(office, f"UPDATE audit_entry SET {field} = {value} WHERE seq = 4")
    fault = (await _verified(office)).fault
    assert fault is not None
    assert fault.seq == 4


async def test_an_entry_made_up_with_a_plain_hash_is_found(office: Office) -> None:
    await _chain(office, 3)
    await _meddle(
        office,
        "INSERT INTO audit_entry (seq, at, actor, act, subject, detail, previous, digest) "
        "SELECT 4, at, actor, act, subject, detail, digest, repeat_digest FROM "
        "(SELECT *, previous AS repeat_digest FROM audit_entry WHERE seq = 3) AS last",
        "UPDATE audit_head SET seq = 4, digest = (SELECT digest FROM audit_entry WHERE seq = 4)",
    )
    fault = (await _verified(office)).fault
    assert fault is not None
    assert (fault.seq, fault.reason) == (4, "its content was changed")


@pytest.mark.parametrize("removed", [(1,), (3, 4), (1, 2, 3, 4, 5)])
async def test_a_removed_stretch_is_found(office: Office, removed: Sequence[int]) -> None:
    await _chain(office, 6)
    await _meddle(office, f"DELETE FROM audit_entry WHERE seq IN ({', '.join(map(str, removed))})")
    fault = (await _verified(office)).fault
    assert fault is not None
    assert (fault.seq, fault.reason) == (removed[0], "an entry is missing")


async def test_a_removed_stretch_is_found_also_when_the_rest_moves_up(office: Office) -> None:
    await _chain(office, 6)
    await _meddle(
        office,
        "DELETE FROM audit_entry WHERE seq = 3",
        *(f"UPDATE audit_entry SET seq = {seq - 1} WHERE seq = {seq}" for seq in (4, 5, 6)),
        "UPDATE audit_head SET seq = 5",
    )
    fault = (await _verified(office)).fault
    assert fault is not None
    assert fault.seq == 3


async def test_a_swapped_order_is_found(office: Office) -> None:
    await _chain(office, 5)
    await _meddle(
        office,
        "UPDATE audit_entry SET seq = 99 WHERE seq = 2",
        "UPDATE audit_entry SET seq = 2 WHERE seq = 3",
        "UPDATE audit_entry SET seq = 3 WHERE seq = 99",
    )
    fault = (await _verified(office)).fault
    assert fault is not None
    assert fault.seq == 2


@pytest.mark.parametrize("left", [5, 1, 0])
async def test_newest_entries_that_were_cut_off_are_missed(office: Office, left: int) -> None:
    await _chain(office, 6)
    await _meddle(office, f"DELETE FROM audit_entry WHERE seq > {left}")
    state = await _verified(office)
    assert state.fault is not None
    assert (state.fault.seq, state.fault.reason) == (left + 1, "the newest entries were cut off")
    assert state.entries == left


async def test_a_head_that_was_removed_is_missed(office: Office) -> None:
    await _chain(office, 2)
    await _meddle(office, "DELETE FROM audit_head")
    fault = (await _verified(office)).fault
    assert fault is not None
    assert fault.reason == "the head of the chain is missing"


async def test_another_deployments_secret_verifies_nothing(office: Office) -> None:
    await _chain(office, 2)
    async with office.reading() as session:
        state = await custody.verify(session, b"another secret of thirty-two byte")
    assert state.fault is not None


async def test_writers_at_once_stand_in_a_line(office: Office) -> None:
    writers, entries = 8, 5

    async def write(name: int) -> None:
        for number in range(entries):
            async with office.transaction() as session:
                await custody.record(
                    session, actor=f"officer:{name}", act="试验", subject=f"s{number}", at=NINE
                )

    await asyncio.gather(*(write(name) for name in range(writers)))
    state = await _verified(office)
    assert (state.entries, state.fault) == (writers * entries, None)


async def test_a_chain_that_grows_while_it_is_walked_is_no_fault(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _chain(office, 4)
    whole = custody._entries

    async def then_it_grows(session: AsyncSession) -> AsyncIterator[AuditEntry]:
        async for entry in whole(session):
            yield entry
        await _chain(office, 3)

    monkeypatch.setattr(custody, "_entries", then_it_grows)
    assert (await _verified(office)).fault is None


async def test_an_entry_put_behind_the_heads_back_is_found(office: Office) -> None:
    await _chain(office, 3)
    await _meddle(
        office, "UPDATE audit_head SET seq = 2, digest = (SELECT digest FROM audit_entry WHERE seq = 2)"
    )
    fault = (await _verified(office)).fault
    assert fault is not None
    assert (fault.seq, fault.reason) == (3, "the head of the chain was changed")


async def test_a_head_with_another_digest_is_found(office: Office) -> None:
    await _chain(office, 3)
    await _meddle(office, f"UPDATE audit_head SET digest = '{'b' * 64}'")
    fault = (await _verified(office)).fault
    assert fault is not None
    assert (fault.seq, fault.reason) == (3, "the head of the chain was changed")


async def test_what_is_rolled_back_leaves_no_gap(office: Office) -> None:
    await _chain(office, 2)
    async with office.database.writing() as session:
        await custody.record(session, actor=custody.SYSTEM, act="试验", subject="s", at=NINE)
        await session.rollback()
    await _chain(office, 1)
    state = await _verified(office)
    assert (state.entries, state.fault) == (3, None)


async def test_a_trail_holds_its_subjects_alone(office: Office) -> None:
    await _chain(office, 6)
    async with office.reading() as session:
        trail = await custody.trail_of(session, ["s0", "s2"])
        count = (await session.exec(select(func.count(col(AuditEntry.seq))))).one()
    assert [entry.seq for entry in trail] == [1, 3, 4, 6]
    assert count == 6
