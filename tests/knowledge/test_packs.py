"""The packs in the database: what the files say, no more and no less, and what changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from foundation.database import Database
from knowledge import packs
from knowledge.packs import PackEntry, PackNotLoaded, PackOutdated, Packs
from knowledge.schemes.catalogue import Catalogue
from tests.desks import embedded_packs

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LATER = NINE + timedelta(days=1)


async def _load(database: Database, wanted: Packs, at: datetime = NINE) -> packs.PackChanges:
    async with database.writing() as session:
        changes = await packs.load(session, wanted, at)
        await session.commit()
    return changes


async def _loaded(database: Database) -> Packs:
    async with database.reading() as session:
        return await packs.loaded(session)


async def _entry(database: Database, kind: str, code: str) -> PackEntry:
    async with database.reading() as session:
        return await session.get_one(PackEntry, (kind, code))


def _without(whole: Packs, code: str) -> Packs:
    return replace(whole, catalogue=Catalogue(s for s in whole.catalogue.values() if s.code != code))


def _changed(whole: Packs, code: str, **fields: Any) -> Packs:
    return replace(
        whole,
        catalogue=Catalogue(
            s.model_copy(update=fields) if s.code == code else s for s in whole.catalogue.values()
        ),
    )


async def test_what_was_loaded_is_what_the_files_say(database: Database) -> None:
    whole = embedded_packs()
    changes = await _load(database, whole)
    assert len(changes.added) == len(whole.catalogue) + len(whole.questions) + len(whole.warnings)
    assert (changes.changed, changes.retired, changes.unchanged) == ((), (), 0)
    kept = await _loaded(database)
    assert dict(kept.catalogue) == dict(whole.catalogue)
    assert kept.catalogue.digest == whole.catalogue.digest
    assert {q.code: q for q in kept.questions} == {q.code: q for q in whole.questions}
    assert {w.code: w for w in kept.warnings} == {w.code: w for w in whole.warnings}


async def test_loading_again_changes_nothing(database: Database) -> None:
    whole = embedded_packs()
    first = await _load(database, whole)
    again = await _load(database, whole, LATER)
    assert (again.added, again.changed, again.retired) == ((), (), ())
    assert again.unchanged == len(first.added)
    assert (await _entry(database, "scheme", "loan_broker")).loaded_at == NINE


async def test_a_change_is_named_and_taken_over(database: Database) -> None:
    whole = embedded_packs()
    await _load(database, whole)
    changes = await _load(database, _changed(whole, "loan_broker", summary="改过的说明。"), LATER)
    assert (changes.added, changes.changed, changes.retired) == ((), ("scheme/loan_broker",), ())
    assert (await _loaded(database)).catalogue["loan_broker"].summary == "改过的说明。"
    assert (await _entry(database, "scheme", "loan_broker")).loaded_at == LATER


async def test_what_left_the_files_is_retired_not_deleted_and_comes_back(database: Database) -> None:
    whole = embedded_packs()
    await _load(database, whole)
    gone = await _load(database, _without(whole, "loan_broker"), LATER)
    assert (gone.added, gone.changed, gone.retired) == ((), (), ("scheme/loan_broker",))
    assert "loan_broker" not in (await _loaded(database)).catalogue
    assert (await _entry(database, "scheme", "loan_broker")).retired_at == LATER
    again = await _load(database, _without(whole, "loan_broker"), LATER)
    assert again.retired == ()

    back = await _load(database, whole, LATER)
    assert (back.added, back.changed, back.retired) == ((), ("scheme/loan_broker",), ())
    assert "loan_broker" in (await _loaded(database)).catalogue


async def test_questions_and_warnings_are_retired_too(database: Database) -> None:
    whole = embedded_packs()
    await _load(database, whole)
    fewer = replace(whole, questions=whole.questions[1:], warnings=whole.warnings[1:])
    changes = await _load(database, fewer)
    assert set(changes.retired) == {
        f"question/{whole.questions[0].code}", f"warning/{whole.warnings[0].code}",
    }  # fmt: skip


async def test_what_is_not_committed_is_not_loaded(database: Database) -> None:
    async with database.writing() as session:
        await packs.load(session, embedded_packs(), NINE)
    with pytest.raises(PackNotLoaded, match="qianshao packs load"):
        await _loaded(database)


async def test_an_entry_of_another_version_is_told_in_one_sentence(database: Database) -> None:
    await _load(database, embedded_packs())
    async with database.writing() as session:
        row = (await session.exec(select(PackEntry).where(PackEntry.code == "loan_broker"))).one()
        row.data = {"code": "loan_broker", "of": "an older version"}
        session.add(row)
        await session.commit()
    with pytest.raises(PackOutdated, match=r"scheme/loan_broker.*qianshao packs load"):
        await _loaded(database)
    await _load(database, _changed(embedded_packs(), "loan_broker", summary="改过的说明。"))
    assert (await _loaded(database)).catalogue["loan_broker"].summary == "改过的说明。"
