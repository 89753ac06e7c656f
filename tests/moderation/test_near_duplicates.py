"""Tips that say nearly the same find each other, on both databases."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import text as sql
from sqlmodel import col, func, select

from knowledge.matching.likeness import bands, signature
from moderation import near_duplicates
from reports import likeness_index
from reports.tables import Supplement, TextBand
from tests.jobs import Jobs
from tests.moderation.judging import NINE, JudgingDesk

LEAFLET = (
    "急用钱找我们！本地私人放款，凭身份证当天拿钱，利息低。\n有房有车额度更高，手续简单。\n"
    "电话13800138000 微信abc_123"
)
EDITED = {
    "another contact": LEAFLET.replace("13800138000", "19900000000").replace("abc_123", "qianshao_9"),
    "lines reordered": "\n".join(reversed(LEAFLET.split("\n"))),
    "traditional script": LEAFLET.translate(str.maketrans("钱们证当额简单电话车", "錢們證當額簡單電話車")),
    "disguised": LEAFLET.replace("放款", "放*款").replace("额度", "鹅度").replace("身份证", "身份証"),
}
OTHER_WORDS = "黑户也能下，三分钟出额度，七天一还，通讯录授权就行，加我QQ123456789"


async def alike(desk: JudgingDesk, tip_id: str, at_least: float = near_duplicates.ALIKE) -> dict[str, float]:
    async with desk.database.reading() as session:
        return {s.id: s.alike for s in await near_duplicates.of_tip(session, tip_id, at_least=at_least)}


async def noted(desk: JudgingDesk, words: str, hours: int = 0) -> str:
    tip = await desk.tip(words, at=NINE + timedelta(hours=hours))
    async with desk.transaction() as session:
        await near_duplicates.note(session, tip.id)
    return tip.id


@pytest.mark.parametrize("kind", EDITED)
async def test_an_edited_copy_finds_the_first_leaflet(judging_desk: JudgingDesk, kind: str) -> None:
    first = await noted(judging_desk, LEAFLET)
    await noted(judging_desk, OTHER_WORDS)
    copy = await noted(judging_desk, EDITED[kind])
    found = await alike(judging_desk, copy)
    assert list(found) == [first]
    assert found[first] >= 0.9


async def test_a_tip_is_no_duplicate_of_itself(judging_desk: JudgingDesk) -> None:
    assert await alike(judging_desk, await noted(judging_desk, LEAFLET)) == {}


async def test_a_short_remark_joins_no_tips(judging_desk: JudgingDesk) -> None:
    await noted(judging_desk, "这是真的吗？")
    assert await alike(judging_desk, await noted(judging_desk, "这是真的吗？")) == {}


async def test_what_was_added_later_is_found_and_noting_twice_changes_nothing(
    judging_desk: JudgingDesk,
) -> None:
    first = await noted(judging_desk, LEAFLET)
    tip_id = await noted(judging_desk, "在菜市场门口看到的")
    assert await alike(judging_desk, tip_id) == {}
    async with judging_desk.transaction() as session:
        session.add(Supplement(id="sup_1", tip_id=tip_id, words=EDITED["another contact"], added_at=NINE))
    counts = []
    for _ in range(2):
        async with judging_desk.transaction() as session:
            await near_duplicates.note(session, tip_id)
            counts.append((await session.exec(select(func.count()).select_from(TextBand))).one())
    assert counts[0] == counts[1]
    assert list(await alike(judging_desk, tip_id)) == [first]
    assert list(await alike(judging_desk, first)) == [tip_id]


async def test_words_that_are_gone_are_no_longer_found(judging_desk: JudgingDesk) -> None:
    tip_id = await noted(judging_desk, LEAFLET)
    async with judging_desk.transaction() as session:
        await session.execute(sql("UPDATE tip SET words = '' WHERE id = :id"), {"id": tip_id})
        await near_duplicates.note(session, tip_id)
    async with judging_desk.database.reading() as session:
        left = await session.exec(select(TextBand).where(col(TextBand.tip_id) == tip_id))
        assert left.all() == []


async def test_of_a_leaflet_that_everybody_reports_only_the_newest_are_looked_at(
    judging_desk: JudgingDesk,
) -> None:
    ids = [(await judging_desk.tip(f"第{i}份")).id for i in range(likeness_index.NEWEST_OF_A_KEY + 5)]
    async with judging_desk.transaction() as session:
        for tip_id in ids:
            await likeness_index.note(session, tip_id, [2**62, 17])
        await likeness_index.note(session, ids[0], [17, 5])
        found = await likeness_index.sharing(session, [17, 2**62, 99], but=ids[-1], at_most=100)
        assert found == list(reversed(ids[5:-1]))
        assert await likeness_index.sharing(session, []) == []


async def test_screening_notes_a_tip_where_its_duplicates_find_it(
    judging_desk: JudgingDesk, jobs: Jobs
) -> None:
    first = await judging_desk.tip(LEAFLET)
    copy = await judging_desk.tip(EDITED["another contact"])
    await jobs.run_all()
    assert list(await alike(judging_desk, copy.id)) == [first.id]


def test_who_changes_what_keys_are_made_of_counts_the_method_up() -> None:
    """Keys are stored: under other ones old tips are found no more, until they are read again."""
    keys = bands(signature("急用钱找我们，本地私人放款，凭身份证当天拿钱，利息低，手续简单"))
    digest = hashlib.sha256(repr(keys).encode()).hexdigest()[:16]
    assert (near_duplicates.METHOD, digest) == (2, "9e4f3c06db57ea94")
