"""Indicators: what ties one tip to another."""

import asyncio

from sqlmodel import col, func, select

from reports import indicators
from reports.indicators import SeenIndicator
from reports.tables import Indicator, TipIndicator
from tests.reports.reporting import NINE, Office

PHONE = SeenIndicator("phone", "13800138000", "138-0013-8000", "words")
WECHAT = SeenIndicator("wechat", "qianshao_demo", "Qianshao_demo", "picture")


async def _note(office: Office, tip_id: str, *seen: SeenIndicator) -> None:
    async with office.transaction() as session:
        await indicators.note(session, tip_id, seen, NINE)


async def test_a_tip_shows_the_others_that_carry_the_same_indicator(office: Office) -> None:
    one, two, three = [await office.tip() for _ in range(3)]
    await _note(office, one.id, PHONE, WECHAT)
    await _note(office, two.id, PHONE)
    await _note(office, three.id, WECHAT)
    async with office.reading() as session:
        shared = {item.kind: item for item in await indicators.shared(session, one.id)}
    assert [tip.id for tip in shared["phone"].others] == [two.id]
    assert [tip.id for tip in shared["wechat"].others] == [three.id]
    assert (shared["phone"].label, shared["phone"].raw, shared["wechat"].source) == (
        "电话",
        "138-0013-8000",
        "picture",
    )


async def test_the_same_characters_of_two_kinds_tie_nothing(office: Office) -> None:
    one, two = await office.tip(), await office.tip()
    await _note(office, one.id, SeenIndicator("qq", "10001000", "10001000", "words"))
    await _note(office, two.id, SeenIndicator("wechat", "10001000", "10001000", "words"))
    async with office.reading() as session:
        (item,) = await indicators.shared(session, one.id)
    assert item.others == ()


async def test_noting_again_changes_nothing(office: Office) -> None:
    tip = await office.tip()
    for _ in range(2):
        await _note(office, tip.id, PHONE, PHONE, WECHAT)
    async with office.reading() as session:
        assert (await session.exec(select(func.count(col(Indicator.id))))).one() == 2
        assert (await session.exec(select(func.count(col(TipIndicator.tip_id))))).one() == 2


async def test_ten_of_many_tips_are_shown_the_newest_first(office: Office) -> None:
    tips = [await office.tip() for _ in range(12)]
    for tip in tips:
        await _note(office, tip.id, PHONE)
    async with office.reading() as session:
        (item,) = await indicators.shared(session, tips[0].id)
    assert len(item.others) == 10


async def test_a_very_long_indicator_is_cut_and_still_found_again(office: Office) -> None:
    link = "https://dai.example/" + "a" * 3000
    one, two = await office.tip(), await office.tip()
    for tip in (one, two):
        await _note(office, tip.id, SeenIndicator("url", link, link, "code"))
    async with office.reading() as session:
        (item,) = await indicators.shared(session, one.id)
    assert [tip.id for tip in item.others] == [two.id]


async def test_a_code_with_characters_that_no_database_keeps_is_no_fault(office: Office) -> None:
    tip = await office.tip()
    await _note(office, tip.id, SeenIndicator("qr", "https://a.example/\x00x\ud800", "a\x00", "code"))
    async with office.reading() as session:
        (item,) = await indicators.shared(session, tip.id)
    assert (item.canonical, item.raw) == ("https://a.example/x", "a")


async def test_tips_noted_at_once_share_one_row_and_wait_for_no_circle(office: Office) -> None:
    tips = [await office.tip() for _ in range(8)]
    seen = [SeenIndicator("phone", f"1990000{n:04}", "x", "words") for n in range(12)]
    await asyncio.gather(
        *(_note(office, tip.id, *(seen if n % 2 else reversed(seen))) for n, tip in enumerate(tips))
    )
    async with office.reading() as session:
        assert (await session.exec(select(func.count(col(Indicator.id))))).one() == len(seen)
        assert (await session.exec(select(func.count(col(TipIndicator.tip_id))))).one() == len(seen) * len(
            tips
        )
