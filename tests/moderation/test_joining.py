"""Tips of the same people find each other in the queue, also those that were there long before."""

import asyncio

import pytest
from sqlmodel import col, delete, func, select

from entrypoints.desk import Desk
from entrypoints.rereading import reread_batch
from entrypoints.worker import Run
from moderation import near_duplicates, queue, rereading
from moderation.joining import JOIN, join_tip
from reports import clusters
from reports.states import TipState, move
from reports.tables import Indicator, TextBand, Tip, TipIndicator, TipLink, TipText
from tests.jobs import Jobs
from tests.reports.reporting import NINE, Office

LEAFLET = "急用钱找我们，本地私人放款，凭身份证当天拿钱，利息低，手续简单，黑户也能办"
OTHER_WORDS = "群里老师带着买股票，保证翻倍，先交会员费三千八百元，名额不多"


@pytest.fixture
def office(desk: Desk) -> Office:
    """Whoever reports, at that desk."""
    return Office(desk.database, desk.vault, desk.blobs)


async def seen(office: Office, *tips: Tip) -> list[tuple[int, int]]:
    """(linked, priority) of each, as the queue shows them."""
    async with office.reading() as session:
        return [
            (len(await clusters.linked_with(session, tip.id)), (await session.get_one(Tip, tip.id)).priority)
            for tip in tips
        ]


async def test_a_second_tip_with_the_same_phone_moves_the_first_up(office: Office, jobs: Jobs) -> None:
    first = await office.tip(words=f"{LEAFLET}，电话19900001234")
    await jobs.run_all()
    ((alone, before),) = await seen(office, first)
    second = await office.tip(words=f"{OTHER_WORDS}，打 199-0000-1234")
    await jobs.run_all()
    (linked, after), (also, _) = await seen(office, first, second)
    assert (alone, linked, also) == (0, 1, 1)
    assert after > before
    async with office.reading() as session:
        listed = await queue.list_tips(session, queue.Filter(), officer_id="", at=NINE)
    assert [row.same_indicator for row in listed.rows] == [1, 1]


async def test_the_same_leaflet_with_another_phone_moves_the_first_up(office: Office, jobs: Jobs) -> None:
    first = await office.tip(words=f"{LEAFLET}，电话19900001234")
    await jobs.run_all()
    ((_, before),) = await seen(office, first)
    second = await office.tip(words=f"{LEAFLET}，电话19900005678")
    await jobs.run_all()
    (linked, after), (also, _) = await seen(office, first, second)
    assert (linked, also) == (1, 1)
    assert after > before


async def test_two_that_are_screened_before_either_is_joined_are_joined(office: Office, jobs: Jobs) -> None:
    tips = [await office.tip(words=f"{LEAFLET}，电话1990000{n:04}") for n in range(3)]
    await jobs.run_all(but=(JOIN,))
    async with (
        office.transaction() as session
    ):  # as it is where neither saw the other, for neither was committed
        await session.execute(delete(TipLink))
    await jobs.run_all()
    found = await seen(office, *tips)
    assert [linked for linked, _ in found] == [2, 2, 2]
    assert len({priority for _, priority in found}) == 1


async def test_what_was_decided_stays_where_it_is(desk: Desk, office: Office, jobs: Jobs) -> None:
    first = await office.tip(words=f"{LEAFLET}，电话19900001234")
    await jobs.run_all()
    async with office.transaction() as session:
        tip = await session.get_one(Tip, first.id)
        await move(session, tip, TipState.screened_out, actor="system", reason="x", at=NINE)
    ((_, before),) = await seen(office, first)
    second = await office.tip(words=f"{LEAFLET}，电话19900001234")
    await jobs.run_all()
    (first_linked, after), (second_linked, _) = await seen(office, first, second)
    assert (first_linked, second_linked, after) == (1, 1, before)


async def test_public_numbers_join_nobody(desk: Desk, office: Office, jobs: Jobs) -> None:
    ours = desk.jurisdiction.human.phone
    tips = [
        await office.tip(
            words=f"{said}，已经打了110和96110，银行让打95588或者12378，县里电话{ours}，网址www.12377.cn和icbc.com.cn/a"
        )
        for said in (LEAFLET, OTHER_WORDS)
    ]
    await jobs.run_all()
    assert [linked for linked, _ in await seen(office, *tips)] == [0, 0]


async def test_an_indicator_that_is_gone_joins_no_longer(office: Office, jobs: Jobs) -> None:
    first = await office.tip(words=f"{LEAFLET}，电话19900001234")
    second = await office.tip(words=f"{OTHER_WORDS}，电话19900001234")
    await jobs.run_all()
    async with office.transaction() as session:
        tip = await session.get_one(Tip, second.id)
        tip.words = OTHER_WORDS
        session.add(tip)
    run = Run(jobs.desk, "reports.submitted:again")
    await jobs.book.handlers["reports.submitted"](run, second.id)
    await jobs.run_all()
    assert [linked for linked, _ in await seen(office, first, second)] == [0, 0]


async def test_tips_joined_at_once_wait_for_no_circle(desk: Desk, office: Office, jobs: Jobs) -> None:
    tips = [await office.tip(words=f"{LEAFLET}，电话19900001234，第{n}张") for n in range(6)]
    await jobs.run_all(but=(JOIN,))
    await asyncio.gather(*(join_tip(Run(desk, f"join:{tip.id}"), tip.id) for tip in reversed(tips)))
    assert [linked for linked, _ in await seen(office, *tips)] == [5] * 6


async def _forget_reading(office: Office) -> None:
    """As if all tips had come before tips were joined."""
    async with office.transaction() as session:
        for table in (TextBand, TipText, TipLink, TipIndicator, Indicator):
            await session.execute(delete(table))
        for tip in (await session.exec(select(Tip))).all():
            tip.priority = 0
            session.add(tip)


async def test_old_tips_are_read_again_batch_by_batch_and_a_killed_run_goes_on(
    desk: Desk, office: Office, jobs: Jobs
) -> None:
    tips = [await office.tip(words=f"{LEAFLET}，电话1990000{n:04}") for n in range(5)]
    await jobs.run_all()
    expected = await seen(office, *tips)
    await _forget_reading(office)
    first = await reread_batch(desk.database, desk.jurisdiction, after="", size=2)
    assert first == [tip.id for tip in tips[:2]]
    async with desk.database.writing() as session:  # killed before the commit: nothing of the batch stays
        await rereading.reread(session, desk.jurisdiction, [tips[2].id], NINE)
    async with office.reading() as session:
        assert await rereading.count_waiting(session) == 3
    again, after = [], ""
    while batch := await reread_batch(desk.database, desk.jurisdiction, after=after, size=2):
        again, after = again + batch, batch[-1]
    assert again == [tip.id for tip in tips[2:]]
    assert await seen(office, *tips) == expected
    async with office.reading() as session:
        assert await rereading.count_waiting(session) == 0
        assert len(await clusters.linked_with(session, tips[0].id)) == 4


async def test_what_was_read_in_an_older_way_is_read_again_and_once(
    desk: Desk, office: Office, jobs: Jobs
) -> None:
    tip = await office.tip(words=f"{LEAFLET}，电话19900001234")
    await jobs.run_all()
    async with office.transaction() as session:
        text = await session.get_one(TipText, tip.id)
        text.method, text.parts = near_duplicates.METHOD - 1, ["旧"]
        session.add(text)
        await session.execute(delete(TextBand).where(col(TextBand.tip_id) == tip.id))
    batches = [await reread_batch(desk.database, desk.jurisdiction, after="") for _ in range(2)]
    assert batches == [[tip.id], []]
    async with office.reading() as session:
        assert (await session.get_one(TipText, tip.id)).parts != ["旧"]
        assert (await session.exec(select(func.count()).select_from(TextBand))).one() == 28
