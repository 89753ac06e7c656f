"""Screening: what a tip says in words and pictures, matched as a whole, once for every new piece of it."""

import json
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlmodel import col, func, select

from entrypoints.desk import Desk
from entrypoints.worker import Run
from foundation.ids import new_id
from knowledge.pictures.codes import Code, CodeKind
from knowledge.pictures.reader import ReaderUnavailable
from knowledge.pictures.reading import PictureReading
from moderation import decisions, officers, screening
from moderation.joining import JOIN
from moderation.officers import Role
from moderation.rulings import DecisionKind, Ruling
from moderation.sayings import AdSeen, WhatItSays, ads_on, is_public, neighbours_on, seen_indicators
from moderation.screening import SCREEN
from reports import custody, evidence, indicators, intake, sealing
from reports.evidence import EvidenceKind, EvidenceState
from reports.intake import SUBMITTED
from reports.states import TipState, move
from reports.tables import AuditEntry, Tip, TipMatch
from tests.desks import demo_county
from tests.jobs import Jobs
from tests.knowledge.pictures.test_metadata import photographed
from tests.leaflets import as_jpeg, draw_leaflet, leaflet_image, wall_of
from tests.reports.reporting import NINE, Office

LEAFLET = ("急用钱找我", "无抵押 当天放款 黑户可做", "身份证就能贷")


@pytest.fixture
def office(desk: Desk) -> Office:
    """Whoever reports, at that desk."""
    return Office(desk.database, desk.vault, desk.blobs)


async def _photo(
    office: Office, reporter: str, data: bytes, kind: EvidenceKind = EvidenceKind.picture
) -> str:
    """A kept file that is on its way to be read."""
    row = evidence.expect(
        reporter_id=reporter, kind=kind, channel="webchat", message_id=new_id("msg"), remote_ref="", at=NINE
    )
    sealed = await sealing.seal_into(office.blobs, office.vault.masters, row.id, data)
    async with office.transaction() as session:
        await evidence.keep(
            session, row, sealed=sealed, media_type="image/jpeg", size=len(data), width=9, height=9, at=NINE
        )
        await screening.want_reading(session, row)
    return row.id


async def _tip(office: Office, tip_id: str) -> Tip:
    async with office.reading() as session:
        return await session.get_one(Tip, tip_id)


async def _matches(office: Office) -> int:
    async with office.reading() as session:
        return (await session.exec(select(func.count(col(TipMatch.id))))).one()


# ---- reading -------------------------------------------------------------------------------------


async def test_a_picture_is_read_copied_and_screened_with_its_tip(
    desk: Desk, jobs: Jobs, office: Office
) -> None:
    reporter = await office.reporter()
    leaflet = draw_leaflet(
        LEAFLET, qr="https://dai.example/r?c=1", phone="19900001234", wechat="kuaidai_8866"
    )
    photo = await _photo(office, reporter, leaflet)
    tip = await office.tip(reporter, words="", photos=(photo,))
    await jobs.run_all()
    row = await office.file(photo)
    assert row.state == EvidenceState.read
    assert "黑户可做" in PictureReading.from_json(row.reading or {}).text
    copy = await sealing.displayed(desk.blobs, desk.vault.masters, row)
    assert copy.startswith(b"\xff\xd8\xff")
    fresh = await _tip(office, tip.id)
    assert (fresh.verdict, fresh.department is not None, fresh.due_at is not None) == ("likely", True, True)
    async with office.reading() as session:
        found = {(i.kind, i.canonical): i.source for i in await indicators.shared(session, tip.id)}
        trail = [entry.act for entry in await custody.trail_of(session, [photo])]
    assert found[("phone", "19900001234")] == "picture"
    assert found[("wechat", "kuaidai_8866")] == "picture"
    assert found[("qr", "https://dai.example/r?c=1")] == "code"
    assert trail == ["evidence.kept", "evidence.attached", "evidence.read"]


async def test_a_picture_that_cannot_be_read_is_kept_with_the_reason(
    desk: Desk, jobs: Jobs, office: Office
) -> None:
    photo = await _photo(office, await office.reporter(), b"\xff\xd8\xff no picture at all")
    await jobs.run_all()
    row = await office.file(photo)
    assert row.state == EvidenceState.unreadable
    assert row.refusal
    assert await sealing.original(desk.blobs, desk.vault.masters, row) == b"\xff\xd8\xff no picture at all"


async def test_a_reader_that_cannot_work_says_nothing_about_the_picture(
    desk: Desk, jobs: Jobs, office: Office
) -> None:
    photo = await _photo(office, await office.reporter(), draw_leaflet(LEAFLET))

    async def away(*_: Any, **__: Any) -> None:
        raise ReaderUnavailable("closed")

    jobs.reader.examine = away  # type: ignore[assignment]
    with pytest.raises(ReaderUnavailable):  # the queue tries the job again
        await jobs.run_all()
    assert (await office.file(photo)).state == EvidenceState.kept


async def test_other_files_than_pictures_are_not_read(jobs: Jobs, office: Office) -> None:
    await _photo(office, await office.reporter(), b"#!AMR", EvidenceKind.voice)
    assert await jobs.waiting() == []


async def test_a_reading_that_ran_twice_counts_once(desk: Desk, jobs: Jobs, office: Office) -> None:
    reporter = await office.reporter()
    photo = await _photo(office, reporter, draw_leaflet(LEAFLET))
    await office.tip(reporter, photos=(photo,))
    ran = await jobs.run_all()
    for job_id in ran:
        await jobs.run(job_id)
    async with office.reading() as session:
        acts = (await session.exec(select(AuditEntry.act))).all()
    assert acts.count("evidence.read") == 1
    assert acts.count("tip.screened") == await _matches(office) == 2


# ---- screening -----------------------------------------------------------------------------------


async def test_words_alone_are_screened_at_once(jobs: Jobs, office: Office) -> None:
    tip = await office.tip(words="无抵押秒下款，黑户可做，放款前先交手续费，加微信 kuaidai_8866")
    assert await jobs.run_all() == [f"{SUBMITTED}:{tip.id}", f"{JOIN}:{tip.id}:{SUBMITTED}:{tip.id}"]
    fresh = await _tip(office, tip.id)
    assert (fresh.verdict, fresh.priority > 0) == ("likely", True)
    assert fresh.scheme_code is not None
    assert await _matches(office) == 1


async def test_what_says_nothing_gets_no_verdict_and_breaks_nothing(jobs: Jobs, office: Office) -> None:
    for words in ("？", "。" * 4000, "a" * 4000, "1" * 4000, "👵🏽" * 500, "加微信" * 1300):
        tip = await office.tip(words=words)
        await jobs.run_all()
        assert (await _tip(office, tip.id)).due_at is not None


async def test_an_addition_is_screened_with_all_that_was_said_before(jobs: Jobs, office: Office) -> None:
    reporter = await office.reporter()
    tip = await office.tip(reporter, words="有人来我们小区发传单")
    await jobs.run_all()
    before = await _tip(office, tip.id)
    async with office.transaction() as session:
        fresh = await session.get_one(Tip, tip.id)
        await move(session, fresh, TipState.need_more, actor="officer:off_1", reason="说了什么", at=NINE)
    async with office.transaction() as session:
        await intake.supplement(
            session, reporter_id=reporter, receipt=tip.receipt, evidence_ids=(), at=NINE,
            words="传单上写无抵押秒下款，黑户可做，放款前先交手续费，加微信 kuaidai_8866",
        )  # fmt: skip
    await jobs.run_all()
    after = await _tip(office, tip.id)
    assert after.score > before.score
    assert after.verdict == "likely"
    async with office.reading() as session:
        kinds = {item.kind for item in await indicators.shared(session, tip.id)}
    assert "wechat" in kinds


async def test_a_picture_read_while_the_words_are_screened_is_not_left_out(
    desk: Desk, jobs: Jobs, office: Office
) -> None:
    """The words' own screening began before the picture was read and ends after it was screened."""
    reporter = await office.reporter()
    photo = await _photo(office, reporter, draw_leaflet(LEAFLET, phone="19900001234"))
    tip = await office.tip(reporter, words="贴在门口的", photos=(photo,))

    class SlowRun(Run):
        """Other jobs get done between its looking and its finishing."""

        def finishing(self) -> Any:
            return _after_the_others(super().finishing)

    def _after_the_others(finishing: Any) -> Any:
        @asynccontextmanager
        async def later() -> Any:
            jobs.done.append(f"{SUBMITTED}:{tip.id}")
            ran = await jobs.run_all()
            assert any(job_id.startswith(SCREEN) for job_id in ran)
            async with finishing() as session:
                yield session

        return later()

    await jobs.book.handlers[SUBMITTED](SlowRun(desk, f"{SUBMITTED}:{tip.id}"), tip.id)
    fresh = await _tip(office, tip.id)
    async with office.reading() as session:
        last = (await session.exec(select(TipMatch).order_by(col(TipMatch.matched_at).desc()).limit(1))).one()
    assert (fresh.verdict, last.verdict) == ("likely", "likely")
    assert fresh.score == last.score


async def test_a_tip_submitted_while_its_picture_is_being_noted_is_screened_with_it(
    desk: Desk, jobs: Jobs, office: Office
) -> None:
    reporter = await office.reporter()
    photo = await _photo(office, reporter, draw_leaflet(LEAFLET))
    tips: list[Tip] = []

    async def submitted() -> None:
        jobs.reader.meanwhile = None
        tips.append(await office.tip(reporter, words="贴在门口的", photos=(photo,)))

    jobs.reader.meanwhile = submitted
    await jobs.run_all()
    assert (await _tip(office, tips[0].id)).verdict == "likely"


async def test_tips_that_share_an_indicator_come_forward(jobs: Jobs, office: Office) -> None:
    words = "无抵押秒下款，加微信 kuaidai_8866"
    first, second = await office.tip(words=words), await office.tip(words=words)
    await jobs.run_all()
    assert (await _tip(office, second.id)).priority > 0
    async with office.reading() as session:
        shared = await indicators.shared(session, second.id)
    assert [tip.id for item in shared if item.kind == "wechat" for tip in item.others] == [first.id]


async def test_a_judged_tip_keeps_its_scheme_when_it_is_screened_again(jobs: Jobs, office: Office) -> None:
    tip = await office.tip(words="无抵押秒下款，黑户可做，放款前先交手续费")
    await jobs.run_all()
    async with office.transaction() as session:
        fresh = await session.get_one(Tip, tip.id)
        await move(session, fresh, TipState.recognised, actor="officer:off_1", reason="查实", at=NINE)
        fresh.scheme_code = "fake_police"
        session.add(fresh)
    await jobs.run(f"{SCREEN}:{tip.id}:again")
    assert (await _tip(office, tip.id)).scheme_code == "fake_police"


async def test_the_suggested_department_follows_the_scheme_until_an_officer_chose_one(
    desk: Desk, jobs: Jobs, office: Office
) -> None:
    tip = await office.tip(words="无抵押秒下款，黑户可做，放款前先交手续费")
    await jobs.run_all()
    suggested = (await _tip(office, tip.id)).department
    async with office.transaction() as session:
        fresh = await session.get_one(Tip, tip.id)
        fresh.department = "SOMEBODY-ELSE"
        session.add(fresh)
    await jobs.run(f"{SCREEN}:{tip.id}:1")
    assert (await _tip(office, tip.id)).department == suggested

    other = next(key for key in (d.key.value for d in desk.jurisdiction.departments) if key != suggested)
    async with office.transaction() as session:
        officer = (
            await officers.add(session, login="li.na", name="李娜", role=Role.reviewer, at=NINE)
        ).officer
        await decisions.decide(
            session,
            tip.id,
            Ruling(DecisionKind.route, "属于他们的职责", department=other),
            officer=officer,
            departments={other: "主管部门"},
            schemes=desk.catalogue,
            at=NINE,
        )
    await jobs.run(f"{SCREEN}:{tip.id}:2")
    assert (await _tip(office, tip.id)).department == other


async def test_what_was_screened_is_on_record_without_a_word_of_it(jobs: Jobs, office: Office) -> None:
    tip = await office.tip(words="无抵押秒下款，黑户可做，加微信 kuaidai_8866")
    await jobs.run_all()
    async with office.reading() as session:
        entry = (await custody.trail_of(session, [tip.id]))[-1]
    assert entry.act == "tip.screened"
    assert set(json.loads(entry.detail)) >= {"verdict", "score", "scheme"}
    assert "kuaidai" not in entry.detail


async def test_what_the_camera_wrote_is_sealed_beside_the_original_and_not_on_the_copy(
    desk: Desk, jobs: Jobs, office: Office
) -> None:
    data = photographed()
    assert b"Xiaomi" in data
    photo = await _photo(office, await office.reporter(), data)
    await jobs.run_all()
    row = await office.file(photo)
    taken = sealing.taken(desk.vault.masters, row)
    assert taken is not None
    assert (taken["device"], taken["latitude"]) == ("Xiaomi 13", 30.26)
    assert row.taken_sealed is not None
    assert b"Xiaomi" not in row.taken_sealed
    assert "Xiaomi" not in json.dumps(row.reading)
    copy = await sealing.displayed(desk.blobs, desk.vault.masters, row)
    assert b"Xiaomi" not in copy
    assert b"Exif" not in copy
    assert await sealing.original(desk.blobs, desk.vault.masters, row) == data
    async with office.transaction() as session:
        await evidence.forget(session, photo, NINE)
    assert sealing.taken(desk.vault.masters, await office.file(photo)) is None


# ---- whose ad it is ------------------------------------------------------------------------------

PLUMBER = ("老王管道疏通", "马桶 下水道 化粪池清理", "随叫随到 价格公道", "电话 13900139000")
MOVER = ("兄弟搬家", "居民搬家 长途搬家 拆装家具", "电话 13700137000")


async def test_a_neighbours_card_is_no_evidence_and_joins_no_tips(jobs: Jobs, office: Office) -> None:
    wall = wall_of(
        leaflet_image(PLUMBER, width=700),
        leaflet_image(LEAFLET, phone="19900001234", width=700),
        leaflet_image(MOVER, width=700),
    )
    reporter = await office.reporter()
    photo = await _photo(office, reporter, as_jpeg(wall))
    tip = await office.tip(reporter, words="楼道里贴的", photos=(photo,))
    await office.tip(words="这家通下水道的 13900139000 漏水不管，搬家的 13700137000 也来过")
    await jobs.run_all()
    row = await office.file(photo)
    async with office.reading() as session:
        shared = await indicators.shared(session, tip.id)
        judged = (await session.exec(select(TipMatch).where(TipMatch.tip_id == tip.id))).all()
        says = await screening.what_tip_says(session, tip.id)
    assert [(item.kind, item.canonical, item.pictures) for item in shared] == [
        ("phone", "19900001234", (photo,))
    ]
    assert [item.others for item in shared] == [()]
    assert judged[-1].verdict == "likely"
    assert "管道" not in says.text
    assert "搬家" not in says.text
    beside = "\n".join(neighbour.text for neighbour in neighbours_on(row))
    assert "13900139000" in beside
    assert "13700137000" in beside
    assert "19900001234" not in beside


async def test_a_wall_on_which_nothing_is_a_scheme_leaves_every_ad_to_the_officer(
    jobs: Jobs, office: Office
) -> None:
    reporter = await office.reporter()
    wall = wall_of(leaflet_image(PLUMBER, width=700), leaflet_image(MOVER, width=700))
    photo = await _photo(office, reporter, as_jpeg(wall))
    tip = await office.tip(reporter, words="看看这墙上的", photos=(photo,))
    await jobs.run_all()
    async with office.reading() as session:
        shared = await indicators.shared(session, tip.id)
    assert {item.canonical for item in shared} == {"13900139000", "13700137000"}
    assert neighbours_on(await office.file(photo)) == ()


async def test_a_wall_read_before_the_scheme_was_known_gives_up_its_neighbours_afterwards(
    jobs: Jobs, office: Office
) -> None:
    """The second picture of an album says what the first one was about."""
    reporter = await office.reporter()
    wall = wall_of(leaflet_image(PLUMBER, width=700), leaflet_image(MOVER, width=700))
    first = await _photo(office, reporter, as_jpeg(wall))
    tip = await office.tip(reporter, words="一面墙，一张近的", photos=(first,))
    await jobs.run_all()
    second = await _photo(office, reporter, draw_leaflet(LEAFLET, phone="19900001234"))
    async with office.transaction() as session:
        rows = await evidence.joinable(session, reporter_id=reporter, evidence_ids=(second,))
        await evidence.attach(session, tip_id=tip.id, rows=rows, at=NINE)
    await jobs.run_all()
    async with office.reading() as session:
        shared = await indicators.shared(session, tip.id)
    assert [(item.canonical, item.pictures) for item in shared] == [("19900001234", (second,))]
    assert len(neighbours_on(await office.file(first))) == 2


# ---- what is seen --------------------------------------------------------------------------------


def test_a_code_counts_as_itself_and_for_what_it_says() -> None:
    seen = {
        (i.kind, i.canonical): i.source
        for i in seen_indicators(WhatItSays("", (AdSeen("evi_1", 0, "", ("tel:13800138000",)),)))
    }
    assert seen[("qr", "tel:13800138000")] == "code"
    assert seen[("phone", "13800138000")] == "code"


def test_the_number_of_goods_joins_no_tips() -> None:
    """Two pictures with a packet of the same brand have nothing in common; the other code on them counts."""
    codes = (
        Code(CodeKind.GOODS, "6901234567892", (0, 0, 9, 9), "EAN13"),
        Code(CodeKind.TEXT, "6901234567892", (0, 20, 9, 29), "EANUPC"),  # as a reading was kept before
        Code(CodeKind.WECHAT_PROFILE, "https://u.wechat.com/EXAMPLE", (20, 0, 29, 9)),
    )
    read = PictureReading(100, 50, (), codes, "0" * 64, None, 0, (), 5)
    seen = seen_indicators(WhatItSays("", ads_on("evi_1", read)))
    assert [(one.kind, one.canonical) for one in seen if one.kind == "qr"] == [
        ("qr", "https://u.wechat.com/EXAMPLE")
    ]
    assert not any("6901234567892" in one.canonical for one in seen)


@pytest.mark.parametrize(
    ("payload", "joins"),
    [
        ("https://www.icbc.com.cn/", False),
        ("HTTPS://WWW.12377.CN/a?b=c", False),
        ("https://qr.alipay.com/fkx0example", True),
        ("https://u.wechat.com/EXAMPLE", True),
        ("https://icbc-vip.top/", True),
        ("wxp://f2f0example", True),
    ],
)
def test_a_code_with_the_page_of_a_bank_joins_no_tips_and_a_payees_does(payload: str, joins: bool) -> None:
    (code,) = [
        one
        for one in seen_indicators(WhatItSays("", (AdSeen("evi_1", 0, "", (payload,)),)))
        if one.kind == "qr"
    ]
    assert is_public(code, demo_county()) is not joins


def test_what_stands_in_words_and_on_a_picture_is_one_indicator() -> None:
    ads = (AdSeen("evi_1", 0, "电话 138-0013-8000"), AdSeen("evi_2", 0, "Tel:13800138000"))
    seen = seen_indicators(WhatItSays("电话13800138000", ads))
    assert [(i.kind, i.canonical, i.source, i.pictures) for i in seen] == [
        ("phone", "13800138000", "words", ("evi_1", "evi_2"))
    ]


def test_nothing_says_nothing() -> None:
    assert seen_indicators(WhatItSays("")) == []
    assert WhatItSays("").text == ""


async def test_a_code_with_a_null_character_does_not_stop_its_tip(jobs: Jobs, office: Office) -> None:
    reporter = await office.reporter()
    photo = await _photo(office, reporter, draw_leaflet(LEAFLET, qr="https://dai.example/\x00x"))
    tip = await office.tip(reporter, words="", photos=(photo,))
    await jobs.run_all()
    assert (await _tip(office, tip.id)).verdict == "likely"
