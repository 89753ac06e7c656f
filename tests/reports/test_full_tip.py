"""A tip that was full at first still takes the photo that an officer asked for."""

from reports import evidence, intake
from reports.evidence import MAX_FILES_PER_TIP
from reports.states import TipState, move
from tests.reports.reporting import NINE, Office


async def test_a_full_tip_takes_the_photo_that_an_officer_asked_for(office: Office) -> None:
    reporter = await office.reporter()
    tip = await office.tip(
        reporter, photos=tuple([await office.photo(reporter) for _ in range(MAX_FILES_PER_TIP)])
    )
    asked_for = await office.photo(reporter)
    async with office.transaction() as session:
        fresh = await session.get_one(type(tip), tip.id)
        await move(session, fresh, TipState.need_more, actor="system", reason="请补拍门头", at=NINE)
    async with office.transaction() as session:
        await intake.supplement(
            session, reporter_id=reporter, receipt=tip.receipt, words="", evidence_ids=(asked_for,), at=NINE
        )
    async with office.reading() as session:
        assert asked_for in {row.id for row in await evidence.of_tip(session, tip.id)}
