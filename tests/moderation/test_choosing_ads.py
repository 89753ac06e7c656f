"""An officer overrules screening: which of the ads on one picture are the evidence."""

import pytest

from entrypoints.desk import Desk
from foundation.ids import new_id
from knowledge.pictures.ads import Ad
from knowledge.pictures.lines import TextLine
from knowledge.pictures.reading import PictureReading
from moderation import audit, choosing_ads, officers, queue, screening
from moderation.choosing_ads import NoAdChosen
from moderation.officers import NotAllowed, Role
from moderation.queue import HeldByAnother
from moderation.sayings import ads_shown, find_neighbours
from moderation.tables import Officer
from reports import evidence, indicators, sealing
from reports.evidence import EvidenceKind, EvidenceUnknown
from reports.tables import Tip
from tests.jobs import Jobs
from tests.reports.reporting import NINE, Office

SHARK, PLUMBER = "急用钱找我 无抵押当天放款黑户可做 19900001234", "通下水道 随叫随到 13900139000"
WALL = PictureReading(
    900, 400, (TextLine(SHARK, (0, 0, 400, 100), 0.99), TextLine(PLUMBER, (500, 0, 900, 100), 0.99)), (),
    "0" * 64, None, 0, (), 1, ads=(Ad((0, 0, 400, 100), (0,), ()), Ad((500, 0, 900, 100), (1,), ())),
)  # fmt: skip


@pytest.fixture
def office(desk: Desk) -> Office:
    return Office(desk.database, desk.vault, desk.blobs)


async def _wall(office: Office, jobs: Jobs) -> tuple[Tip, str]:
    """A tip with one picture of two ads, its reading told instead of made; screened."""
    who = await office.reporter()
    row = evidence.expect(
        reporter_id=who,
        kind=EvidenceKind.picture,
        channel="webchat",
        message_id=new_id("msg"),
        remote_ref="",
        at=NINE,
    )
    sealed = await sealing.seal_into(office.blobs, office.vault.masters, row.id, b"a wall")
    async with office.transaction() as session:
        await evidence.keep(
            session, row, sealed=sealed, media_type="image/jpeg", size=6, width=900, height=400, at=NINE
        )
        await evidence.note_reading(
            session, row, display=None, reading=WALL.to_json(), pdq=None, refusal="", at=NINE
        )
    tip = await office.tip(who, words="楼道里的", photos=(row.id,))
    await jobs.run_all()
    return tip, row.id


async def _officer(office: Office, login: str, role: Role = Role.reviewer) -> Officer:
    async with office.transaction() as session:
        return (await officers.add(session, login=login, name=login, role=role, at=NINE)).officer


async def _phones(office: Office, tip: Tip) -> set[str]:
    async with office.reading() as session:
        return {one.canonical for one in await indicators.shared(session, tip.id) if one.kind == "phone"}


async def test_the_ad_that_an_officer_points_at_counts_and_the_chain_says_who_did_it(
    desk: Desk, jobs: Jobs, office: Office
) -> None:
    tip, photo = await _wall(office, jobs)
    assert await _phones(office, tip) == {"19900001234"}
    reviewer = await _officer(office, "reviewer")
    async with office.transaction() as session:
        await choosing_ads.choose_ads(session, tip.id, photo, (1,), officer=reviewer, at=NINE)
    assert [one.counts for one in ads_shown(await office.file(photo))] == [False, True]
    await jobs.run_all()
    assert await _phones(office, tip) == {"13900139000"}
    async with office.reading() as session:
        assert "黑户" not in (await screening.what_tip_says(session, tip.id)).text
        trail = await audit.trail_of_tip(session, await session.get_one(Tip, tip.id))
    (line,) = [line for line in trail if "哪些广告" in line.what]
    assert (line.who, line.note) == ("reviewer", "算：第 2 则；不算：第 1 则")

    async with office.transaction() as session:
        await choosing_ads.choose_ads(
            session, tip.id, photo, (0, 1), officer=reviewer, at=NINE.replace(hour=2)
        )
    await jobs.run_all()
    assert await _phones(office, tip) == {"19900001234", "13900139000"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_cannot_be_chosen_is_refused(desk: Desk, jobs: Jobs, office: Office) -> None:
    tip, photo = await _wall(office, jobs)
    reviewer, other = await _officer(office, "reviewer"), await _officer(office, "other")
    finance = await _officer(office, "finance", Role.finance)
    another = await office.tip(words="别的事")
    async with office.transaction() as session:
        await queue.claim(session, tip.id, officer=reviewer, at=NINE)
    for refusal, where, places, who in (
        (NoAdChosen, tip.id, (), reviewer),
        (NoAdChosen, tip.id, (7,), reviewer),
        (EvidenceUnknown, another.id, (0,), reviewer),
        (HeldByAnother, tip.id, (0,), other),
        (NotAllowed, tip.id, (0,), finance),
    ):
        with pytest.raises(refusal):
            async with office.transaction() as session:
                await choosing_ads.choose_ads(session, where, photo, places, officer=who, at=NINE)
    assert (await office.file(photo)).chosen_ads is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_of_a_picture_that_was_not_ruled_on_screening_still_decides(desk: Desk) -> None:
    pictures = [("one", WALL), ("two", WALL)]
    assert find_neighbours(desk.matcher, pictures) == {"one": (1,), "two": (1,)}
    # The plumber is meant, by an officer: his card on the other picture is of the same people.
    assert find_neighbours(desk.matcher, pictures, {"one": (1,)}) == {"one": (0,)}
