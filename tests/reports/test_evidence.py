"""Evidence: sealed on disk, unchanged for ever, opened by nobody once it was given up."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlmodel import select

from foundation.crypto import SealBroken, sha256_hex
from foundation.settings import Settings
from reports import custody, evidence, sealing
from reports.evidence import (
    MAX_FILES_PER_TIP,
    EvidenceKind,
    EvidenceState,
    EvidenceUnknown,
)
from reports.sealing import EvidenceAltered, EvidenceNotKept
from reports.tables import Evidence
from tests.reports.reporting import JPEG, NINE, Office


def _folder(settings: Settings) -> Path:
    return Path(urlsplit(settings.blobs_url).path)


def _files(settings: Settings) -> list[Path]:
    return [path for path in _folder(settings).rglob("*") if path.is_file()]


async def _original(office: Office, evidence_id: str) -> bytes:
    return await sealing.original(office.blobs, office.vault.masters, await office.file(evidence_id))


async def _show_copy(office: Office, evidence_id: str, data: bytes) -> None:
    row = await office.file(evidence_id)
    display = await sealing.seal_display(office.blobs, office.vault.masters, row, data)
    async with office.transaction() as session:
        row = await evidence.find(session, evidence_id)
        await evidence.note_reading(
            session, row, display=display, reading={"lines": []}, pdq=None, refusal="", at=NINE
        )


async def test_what_came_is_what_comes_back(office: Office) -> None:
    photo = await office.photo(await office.reporter())
    row = await office.file(photo)
    assert await _original(office, photo) == JPEG
    assert row.sha256 == sha256_hex(JPEG)
    assert (row.state, row.size, row.kept_at) == (EvidenceState.kept, len(JPEG), NINE)


async def test_neither_the_photo_nor_its_copy_lies_in_the_store_as_it_is(
    office: Office, settings: Settings
) -> None:
    photo = await office.photo(await office.reporter())
    await _show_copy(office, photo, b"the copy that officers see")
    files = _files(settings)
    assert len(files) == 2
    for path in files:
        content = path.read_bytes()
        for plain in (JPEG, b"the copy that officers see"):
            for start in range(0, len(plain) - 8, 4):
                assert plain[start : start + 8] not in content


async def test_the_same_photo_sent_twice_is_sealed_apart(office: Office, settings: Settings) -> None:
    reporter = await office.reporter()
    await office.photo(reporter)
    await office.photo(reporter)
    first, second = (path.read_bytes() for path in _files(settings))
    assert first != second


@pytest.mark.parametrize("meddle", ["flip", "cut", "empty", "few", "swap"])
async def test_a_file_altered_in_the_store_is_noticed(
    office: Office, settings: Settings, meddle: str
) -> None:
    reporter = await office.reporter()
    photo = await office.photo(reporter)
    (path,) = _files(settings)
    sealed = path.read_bytes()
    match meddle:
        case "flip":
            path.write_bytes(sealed[:40] + bytes([sealed[40] ^ 1]) + sealed[41:])
        case "cut":
            path.write_bytes(sealed[:-1])
        case "empty":
            path.write_bytes(b"")
        case "few":
            path.write_bytes(sealed[:5])
        case "swap":
            other = await office.photo(reporter, b"another photo")
            path.write_bytes((path.parent / other).read_bytes())
    with pytest.raises(SealBroken):
        await _original(office, photo)


async def test_a_row_that_points_to_another_file_is_noticed(office: Office) -> None:
    reporter = await office.reporter()
    photo, other = await office.photo(reporter), await office.photo(reporter, b"another photo")
    async with office.transaction() as session:
        row, wrong = await evidence.find(session, photo), await evidence.find(session, other)
        row.blob_key, row.key_id, row.wrapped_key = wrong.blob_key, wrong.key_id, wrong.wrapped_key
        session.add(row)
    with pytest.raises(SealBroken):
        await _original(office, photo)


async def test_a_row_with_another_hash_is_noticed(office: Office) -> None:
    photo = await office.photo(await office.reporter())
    async with office.transaction() as session:
        row = await evidence.find(session, photo)
        row.sha256 = sha256_hex(b"another photo")
        session.add(row)
    with pytest.raises(EvidenceAltered):
        await _original(office, photo)


async def test_a_second_run_after_a_crash_overwrites_nothing(office: Office, settings: Settings) -> None:
    masters = office.vault.masters
    crashed, _, _ = await sealing.seal_into(office.blobs, masters, "evi_1", JPEG)
    before = await office.blobs.get(crashed)
    again, wrapped, digest = await sealing.seal_into(office.blobs, masters, "evi_1", JPEG)
    assert again != crashed
    assert await office.blobs.get(crashed) == before
    row = Evidence(
        id="evi_1", reporter_id="", kind="picture", state="kept", channel="", message_id="", received_at=NINE,
        sha256=digest, blob_key=again, key_id=wrapped.key_id, wrapped_key=wrapped.wrapped,
    )  # fmt: skip
    assert await sealing.original(office.blobs, masters, row) == JPEG
    assert len(_files(settings)) == 2


async def test_a_file_still_to_be_fetched_cannot_be_opened_yet(office: Office) -> None:
    row = evidence.expect(
        reporter_id=await office.reporter(), kind=EvidenceKind.picture, channel="wechat", message_id="1",
        remote_ref="media", at=NINE,
    )  # fmt: skip
    for open_it in (sealing.original, sealing.displayed):
        with pytest.raises(EvidenceNotKept):
            await open_it(office.blobs, office.vault.masters, row)


async def test_an_unknown_file_is_refused(office: Office) -> None:
    with pytest.raises(EvidenceUnknown):
        await office.file("evi_none")


async def test_forgotten_evidence_can_be_opened_by_nobody(office: Office) -> None:
    photo = await office.photo(await office.reporter())
    await _show_copy(office, photo, b"copy")
    async with office.transaction() as session:
        await evidence.forget(session, photo, NINE)
    row = await office.file(photo)
    assert (row.wrapped_key, row.reading, row.pdq) == (None, None, None)
    for open_it in (sealing.original, sealing.displayed):
        with pytest.raises(EvidenceNotKept):
            await open_it(office.blobs, office.vault.masters, row)
    async with office.reading() as session:
        acts = [entry.act for entry in await custody.trail_of(session, [photo])]
    assert acts == ["evidence.kept", "evidence.read", "evidence.forgotten"]


async def test_forgotten_evidence_cannot_become_part_of_a_tip(office: Office) -> None:
    reporter = await office.reporter()
    photo, kept = await office.photo(reporter), await office.photo(reporter)
    async with office.transaction() as session:
        await evidence.forget(session, photo, NINE)
    tip = await office.tip(reporter, photos=(photo, kept))
    async with office.reading() as session:
        assert [row.id for row in await evidence.of_tip(session, tip.id)] == [kept]


async def test_evidence_of_a_tip_is_not_forgotten(office: Office) -> None:
    reporter = await office.reporter()
    photo = await office.photo(reporter)
    await office.tip(reporter, photos=(photo,))
    async with office.transaction() as session:
        await evidence.forget(session, photo, NINE)
    assert await _original(office, photo) == JPEG


async def test_only_ones_own_files_join_a_tip(office: Office) -> None:
    reporter, stranger = await office.reporter(), await office.reporter()
    own, others = await office.photo(reporter), await office.photo(stranger)
    tip = await office.tip(reporter, photos=(others, own, "evi_none"))
    async with office.reading() as session:
        assert [row.id for row in await evidence.of_tip(session, tip.id)] == [own]
    assert (await office.file(others)).tip_id is None


async def test_a_file_of_one_tip_joins_no_other(office: Office) -> None:
    reporter = await office.reporter()
    photo = await office.photo(reporter)
    first = await office.tip(reporter, photos=(photo,))
    await office.tip(reporter, photos=(photo,))
    assert (await office.file(photo)).tip_id == first.id


async def test_a_tip_takes_nine_files_in_the_order_they_were_given(office: Office) -> None:
    reporter = await office.reporter()
    photos = [await office.photo(reporter) for _ in range(11)]
    photos.reverse()
    tip = await office.tip(reporter, photos=(*photos, *photos[:3]))
    async with office.reading() as session:
        joined = {row.id for row in await evidence.of_tip(session, tip.id)}
    assert joined == set(photos[:MAX_FILES_PER_TIP])


async def test_forgetting_and_submitting_at_once_never_leaves_a_tip_with_a_file_that_nobody_can_open(
    office: Office,
) -> None:
    reporter = await office.reporter()
    photos = [await office.photo(reporter) for _ in range(12)]

    async def forget(photo: str) -> None:
        async with office.transaction() as session:
            await evidence.forget(session, photo, NINE)

    await asyncio.gather(
        *(act for photo in photos for act in (office.tip(reporter, photos=(photo,)), forget(photo)))
    )
    async with office.reading() as session:
        rows = (await session.exec(select(Evidence))).all()
    for row in rows:
        assert (row.tip_id is None) == (row.wrapped_key is None), row.id


async def test_reading_a_file_and_submitting_another_at_once_wait_for_no_circle(office: Office) -> None:
    reporter = await office.reporter()
    pairs = [(await office.photo(reporter), await office.photo(reporter)) for _ in range(8)]

    async def read(photo: str) -> None:
        async with office.transaction() as session:
            row = await evidence.find(session, photo, lock=True)
            await evidence.note_reading(
                session, row, display=None, reading={"lines": []}, pdq=None, refusal="", at=NINE
            )

    await asyncio.gather(
        *(
            act
            for first, second in pairs
            for act in (office.tip(reporter, photos=(first, second)), read(second), read(first))
        )
    )
    async with office.reading() as session:
        rows = (await session.exec(select(Evidence))).all()
    assert all(row.state == EvidenceState.read and row.tip_id for row in rows)
