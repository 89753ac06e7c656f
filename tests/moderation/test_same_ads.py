"""The same ad again: found by the file, by the picture, by its text, and each says how sure it is."""

import io

import pytest
from PIL import Image, ImageFilter
from sqlmodel import func, select

from entrypoints.desk import Desk
from foundation.ids import new_id
from knowledge.pictures.fingerprints import picture_hash
from moderation import queue, same_ads, screening
from moderation.queue import Filter
from moderation.same_ads import SameAd
from reports import evidence, picture_index, sealing
from reports.evidence import EvidenceKind
from reports.links import LinkWay
from reports.tables import PictureBand
from tests.jobs import Jobs
from tests.leaflets import LOAN_SHARK_LINES, as_jpeg, draw_leaflet, leaflet_image
from tests.reports.reporting import NINE, Office

POSTER = leaflet_image(LOAN_SHARK_LINES, qr="https://dai.example/r?c=1")
OTHER = draw_leaflet(("全额退保", "无理由 全国办理", "成功后收费 先登记"), phone="13700137000")


@pytest.fixture
def office(desk: Desk) -> Office:
    """Whoever reports, at that desk."""
    return Office(desk.database, desk.vault, desk.blobs)


async def _reported(office: Office, data: bytes) -> str:
    """A tip with this one picture, still to be read; its id."""
    reporter = await office.reporter()
    row = evidence.expect(
        reporter_id=reporter,
        kind=EvidenceKind.picture,
        channel="webchat",
        message_id=new_id("msg"),
        remote_ref="",
        at=NINE,
    )
    sealed = await sealing.seal_into(office.blobs, office.vault.masters, row.id, data)
    async with office.transaction() as session:
        await evidence.keep(
            session, row, sealed=sealed, media_type="image/jpeg", size=len(data), width=9, height=9, at=NINE
        )
        await screening.want_reading(session, row)
    return (await office.tip(reporter, words="", photos=(row.id,))).id


async def _same(office: Office, tip_id: str) -> list[SameAd]:
    async with office.reading() as session:
        return await same_ads.of_tip(session, tip_id)


def _resent() -> bytes:
    """What a messenger makes of it: smaller, recompressed."""
    return as_jpeg(POSTER.resize((POSTER.width * 2 // 3, POSTER.height * 2 // 3)), quality=45)


def _photographed_again() -> bytes:
    """Another phone, another angle: PDQ knows nothing of it."""
    turned = POSTER.rotate(-9, Image.Resampling.BICUBIC, expand=True, fillcolor=(90, 88, 80))
    return as_jpeg(turned.filter(ImageFilter.GaussianBlur(0.8)), quality=70)


async def test_each_link_says_what_made_it_and_how_sure_it_is(jobs: Jobs, office: Office) -> None:
    first = await _reported(office, as_jpeg(POSTER))
    await _reported(office, OTHER)
    await jobs.run_all()
    copies = {
        "file": await _reported(office, as_jpeg(POSTER)),
        "sent on": await _reported(office, _resent()),
        "photographed again": await _reported(office, _photographed_again()),
    }
    await jobs.run_all()
    ways = {
        name: {w.way: w for ad in await _same(office, tip) if ad.tip.id == first for w in ad.ways}
        for name, tip in copies.items()
    }
    assert set(ways["file"]) == {LinkWay.file, LinkWay.picture, LinkWay.text}
    assert (ways["file"][LinkWay.file].sure, ways["file"][LinkWay.picture].measured) == (
        "确定",
        "256 位指纹相差 0 位",
    )
    assert set(ways["sent on"]) == {LinkWay.picture, LinkWay.text}
    assert ways["sent on"][LinkWay.picture].sure == "很有把握"
    assert set(ways["photographed again"]) == {LinkWay.text}
    assert ways["photographed again"][LinkWay.text].sure == "很有把握"


async def test_the_list_counts_the_links_of_both_sides(jobs: Jobs, office: Office) -> None:
    first = await _reported(office, as_jpeg(POSTER))
    await jobs.run_all()
    second = await _reported(office, _resent())
    await jobs.run_all()
    async with office.reading() as session:
        listed = await queue.list_tips(session, Filter(), officer_id="", at=NINE)
    assert {row.tip.id: dict(row.links) for row in listed.rows} == {
        tip: {LinkWay.picture: 1, LinkWay.text: 1} for tip in (first, second)
    }
    assert [ad.tip.id for ad in await _same(office, first)] == [second]


async def test_blank_pictures_are_not_the_same_picture(jobs: Jobs, office: Office) -> None:
    def grey(shade: int) -> bytes:
        written = io.BytesIO()
        Image.new("RGB", (900, 700), (shade, shade, shade)).save(written, "JPEG")
        return written.getvalue()

    tips = [await _reported(office, grey(shade)) for shade in (120, 124)]
    await jobs.run_all()
    assert [await _same(office, tip) for tip in tips] == [[], []]
    async with office.reading() as session:
        assert (await session.exec(select(func.count()).select_from(PictureBand))).one() == 0


# ---- the bands ------------------------------------------------------------------------------------


def test_hashes_that_differ_in_fewer_bits_than_there_are_bands_share_one() -> None:
    pdq = picture_hash(POSTER).pdq
    assert pdq is not None
    spread_out = int(pdq, 16)
    for place in range(15):
        spread_out ^= 1 << (16 * place + place)
    other = f"{spread_out:064x}"
    assert picture_index.differing(pdq, other) == 15
    assert set(picture_index.bands(pdq)) & set(picture_index.bands(other))


@pytest.mark.parametrize("bits", [18, 24, 31])
def test_hashes_within_the_bound_are_hardly_ever_missed(bits: int) -> None:
    """Bits that differ by a rule that stands for chance: steps of a large prime."""
    pdq, missed = int("9c3a" * 16, 16), 0
    for case in range(400):
        other = pdq
        for number in range(bits):
            other ^= 1 << ((case * 7919 + (number * (2 * case + 1) + number * number * 37) * 104_729) % 256)
        missed += not set(picture_index.bands(f"{pdq:064x}")) & set(picture_index.bands(f"{other:064x}"))
    assert missed <= 8
