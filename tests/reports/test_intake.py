"""Intake: a draft becomes a tip once, and only where there is something to go on."""

import asyncio
import json

import pytest
from sqlalchemy import text
from sqlmodel import col, func, select

from foundation.ids import read_receipt
from reports import custody, evidence, intake
from reports.intake import MAX_WORDS, NothingAsked, NothingToGoOn, TipNotYours
from reports.states import TipState, move
from reports.tables import Supplement, Tip
from tests.reports.reporting import NINE, Office, submission


async def _tips(office: Office) -> int:
    async with office.reading() as session:
        return (await session.exec(select(func.count(col(Tip.id))))).one()


async def _jobs(office: Office, name: str) -> int:
    table = "workflow_status" if office.database.is_sqlite else "dbos.workflow_status"
    async with office.reading() as session:
        connection = await session.connection()
        counted = await connection.execute(
            text(f"SELECT count(*) FROM {table} WHERE workflow_uuid LIKE :like"), {"like": f"{name}:%"}
        )
        return int(counted.scalar_one())


async def test_a_draft_becomes_a_tip_with_a_receipt_an_entry_and_a_job(office: Office) -> None:
    reporter = await office.reporter()
    photo = await office.photo(reporter)
    tip = await office.tip(reporter, "  东街的小广告  ", (photo,))
    assert read_receipt(tip.receipt) == tip.receipt
    assert (tip.words, tip.state, tip.submitted_at) == ("东街的小广告", TipState.submitted, NINE)
    async with office.reading() as session:
        (entry,) = [e for e in await custody.trail_of(session, [tip.id]) if e.act == "tip.submitted"]
    assert json.loads(entry.detail) == {"receipt": tip.receipt, "channel": "telegram", "files": [photo]}
    assert await _jobs(office, intake.SUBMITTED) == 1


async def test_a_second_submission_of_one_draft_finds_the_first_tip(office: Office) -> None:
    reporter = await office.reporter()
    draft = submission(reporter, "东街的小广告", key="draft")
    tips = []
    for _ in range(2):
        async with office.transaction() as session:
            tips.append(await intake.submit(session, draft, NINE))
    assert tips[0].id == tips[1].id
    assert await _tips(office) == 1
    assert await _jobs(office, intake.SUBMITTED) == 1


@pytest.mark.parametrize("words", ["", "  \n　"])
async def test_nothing_to_go_on_is_refused(office: Office, words: str) -> None:
    reporter = await office.reporter()
    async with office.database.writing() as session:
        with pytest.raises(NothingToGoOn):
            await intake.submit(session, submission(reporter, words), NINE)


async def test_a_refused_draft_leaves_no_tip_even_where_the_caller_goes_on(office: Office) -> None:
    reporter = await office.reporter()
    photo, forgotten = await office.photo(reporter), await office.photo(reporter)
    others = await office.photo(await office.reporter())
    await office.tip(reporter, photos=(photo,))
    async with office.transaction() as session:
        await evidence.forget(session, forgotten, NINE)
    async with (
        office.transaction() as session
    ):  # the conversation catches the refusal and commits its own rows
        with pytest.raises(NothingToGoOn):
            await intake.submit(session, submission(reporter, photos=(photo, forgotten, others)), NINE)
    assert await _tips(office) == 1


async def test_long_words_are_cut_and_odd_ones_kept(office: Office) -> None:
    assert len((await office.tip(words="贷" * (MAX_WORDS + 9))).words) == MAX_WORDS
    odd = "👵🏽\u200d微信\u202eabc\n'; DROP TABLE tip; --"
    tip = await office.tip(words=odd)
    async with office.reading() as session:
        assert (await session.get_one(Tip, tip.id)).words == odd


async def test_characters_that_no_database_keeps_are_left_out(office: Office) -> None:
    tip = await office.tip(words="贷款\x00加微信\ud800")
    async with office.reading() as session:
        assert (await session.get_one(Tip, tip.id)).words == "贷款加微信"


async def _asked(office: Office, reporter: str) -> Tip:
    tip = await office.tip(reporter)
    async with office.transaction() as session:
        tip = await session.get_one(Tip, tip.id)
        tip.asked = "是哪一栋楼？"
        await move(session, tip, TipState.need_more, actor="officer:off_1", reason="地点不清", at=NINE)
    return tip


async def test_what_is_added_joins_the_tip_and_overwrites_nothing(office: Office) -> None:
    reporter = await office.reporter()
    tip = await _asked(office, reporter)
    photo = await office.photo(reporter)
    async with office.transaction() as session:
        await intake.supplement(
            session, reporter_id=reporter, receipt=tip.receipt, words=" 三栋 ", evidence_ids=(photo,), at=NINE
        )
    async with office.reading() as session:
        fresh = await session.get_one(Tip, tip.id)
        added = (await session.exec(select(Supplement))).one()
        files = [row.id for row in await evidence.of_tip(session, tip.id)]
    assert (fresh.state, fresh.asked, fresh.words) == (TipState.submitted, "", tip.words)
    assert (added.tip_id, added.words, files) == (tip.id, "三栋", [photo])
    assert await _jobs(office, intake.SUPPLEMENTED) == 1


async def test_an_answer_may_bring_files_even_where_the_tip_was_full(office: Office) -> None:
    reporter = await office.reporter()
    tip = await office.tip(reporter, photos=tuple([await office.photo(reporter) for _ in range(9)]))
    async with office.transaction() as session:
        await move(
            session,
            await session.get_one(Tip, tip.id),
            TipState.need_more,
            actor="officer:1",
            reason="",
            at=NINE,
        )
    photo = await office.photo(reporter)
    async with office.transaction() as session:
        await intake.supplement(
            session, reporter_id=reporter, receipt=tip.receipt, words="", evidence_ids=(photo,), at=NINE
        )
    assert (await office.file(photo)).tip_id == tip.id


async def test_nobody_adds_to_a_strangers_tip(office: Office) -> None:
    tip = await _asked(office, await office.reporter())
    stranger = await office.reporter()
    async with office.database.writing() as session:
        with pytest.raises(TipNotYours):
            await intake.supplement(
                session, reporter_id=stranger, receipt=tip.receipt, words="三栋", evidence_ids=(), at=NINE
            )


async def test_what_was_not_asked_for_is_refused(office: Office) -> None:
    reporter = await office.reporter()
    tip = await office.tip(reporter)
    async with office.database.writing() as session:
        with pytest.raises(NothingAsked):
            await intake.supplement(
                session, reporter_id=reporter, receipt=tip.receipt, words="三栋", evidence_ids=(), at=NINE
            )


async def test_an_empty_answer_leaves_the_question_open(office: Office) -> None:
    reporter = await office.reporter()
    tip = await _asked(office, reporter)
    async with office.transaction() as session:
        with pytest.raises(NothingToGoOn):
            await intake.supplement(
                session,
                reporter_id=reporter,
                receipt=tip.receipt,
                words=" ",
                evidence_ids=("evi_none",),
                at=NINE,
            )
    async with office.reading() as session:
        assert (await session.get_one(Tip, tip.id)).state == TipState.need_more


async def test_two_answers_at_once_are_one_answer_and_one_refusal(office: Office) -> None:
    reporter = await office.reporter()
    tip = await _asked(office, reporter)

    async def add(words: str) -> None:
        async with office.transaction() as session:
            await intake.supplement(
                session, reporter_id=reporter, receipt=tip.receipt, words=words, evidence_ids=(), at=NINE
            )

    outcomes = await asyncio.gather(add("三栋"), add("四栋"), return_exceptions=True)
    assert sorted(type(outcome) for outcome in outcomes if outcome) == [NothingAsked]
    async with office.reading() as session:
        assert len((await session.exec(select(Supplement))).all()) == 1
