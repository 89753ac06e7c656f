"""A card of one's own among the photos: asked about over the chat, withheld from officers, dropped or sent."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from entrypoints.desk import Desk
from foundation.blobs import BlobMissing
from foundation.clock import now
from moderation import screening
from reports import custody, evidence, indicators
from reports.evidence import FORGOTTEN, Consent
from reports.tables import Evidence, Tip
from tests.bot.chatting import Person, ScriptedChannel
from tests.jobs import Jobs
from tests.leaflets import draw_leaflet

CARD = draw_leaflet(
    (
        "居民身份证",
        "姓名 李某某",
        "性别 女 民族 汉",
        "出生 1950年1月1日",
        "住址 某某县东街1号",
        "公民身份号码 110101195001011234",
    ),
    phone="13700137000",
)
AD = draw_leaflet(("急用钱找我", "无抵押 当天放款 黑户可做"), phone="19900001234")


async def _files(desk: Desk) -> list[Evidence]:
    async with desk.reading() as session:
        return list((await session.exec(select(Evidence).order_by(col(Evidence.id)))).all())


async def _submitted_with_card(person: Person) -> None:
    await person.shows(CARD)
    await person.shows(AD)
    said = await person.presses("report")
    assert "哪里看到" in said
    assert "回执号" in await person.says("东街菜市场门口", "墙上", "没有了", "提交")


async def _seen(desk: Desk) -> tuple[set[str], str]:
    """The indicators of the only tip, and all that it says."""
    async with desk.reading() as session:
        tip = (await session.exec(select(Tip))).one()
        shared = await indicators.shared(session, tip.id)
        says = await screening.what_tip_says(session, tip.id)
    return {item.canonical for item in shared}, says.text


@pytest.mark.parametrize("answer", ["不发", "照样发"])
async def test_asked_after_the_receipt_the_answer_decides_what_officers_get(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel, answer: str
) -> None:
    await _submitted_with_card(person)
    await jobs.run_all()
    asked = [text for _, text in platform.sent if "像是身份证" in text]
    assert len(asked) == 1
    card = next(row for row in await _files(desk) if row.private_kind)
    assert (card.private_kind, card.consent) == ("identity_card", Consent.asked)
    assert evidence.is_withheld(card, now())
    found, says = await _seen(desk)
    assert found == {"19900001234"}
    assert "李某某" not in says

    said = await person.says(answer)
    await jobs.run_all()
    card = await _file(desk, card.id)
    found, says = await _seen(desk)
    if answer == "不发":
        assert "删掉了" in said
        assert (card.refusal, card.wrapped_key, card.reading) == (FORGOTTEN, None, None)
        assert found == {"19900001234"}
        for key in (card.blob_key, card.display_key):
            with pytest.raises(BlobMissing):
                await desk.blobs.get(key)
    else:
        assert "照样发给工作人员" in said
        assert card.consent == Consent.given
        assert not evidence.is_withheld(card, now())
        assert found == {"19900001234", "13700137000"}
        assert "李某某" in says
        assert "110101195001011234" not in says
        assert "1234" in says
    async with desk.reading() as session:
        acts = [entry.act for entry in await custody.trail_of(session, [card.id])]
        assert (await custody.verify(session, desk.vault.audit_secret)).fault is None
    assert acts[:4] == ["evidence.kept", "evidence.attached", "evidence.read", "evidence.consent_asked"]
    assert acts[4:] == (
        ["evidence.consent_refused", "evidence.forgotten"] if answer == "不发" else ["evidence.consent_given"]
    )


async def _file(desk: Desk, evidence_id: str) -> Evidence:
    async with desk.reading() as session:
        return await evidence.find(session, evidence_id)


async def test_asked_before_submitting_a_refused_card_never_becomes_part_of_the_tip(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    await person.shows(CARD)
    await person.shows(AD)
    await person.presses("report")
    await jobs.run_all()
    assert "像是身份证" in platform.sent[-1][1]
    assert "哪里看到" in await person.says("不发")
    await person.says("东街菜市场门口", "墙上", "没有了", "提交")
    await jobs.run_all()
    card, ad = await _files(desk)
    assert (card.tip_id, card.refusal) == (None, FORGOTTEN)
    assert ad.tip_id is not None


async def test_without_an_answer_the_card_counts_after_a_day(desk: Desk, jobs: Jobs, person: Person) -> None:
    await _submitted_with_card(person)
    await jobs.run_all()
    async with desk.transaction() as session:
        card = next(row for row in (await session.exec(select(Evidence))).all() if row.private_kind)
        card.asked_at = now() - timedelta(hours=24, minutes=1)
        session.add(card)
    await jobs.run_all(delayed=True)
    found, _ = await _seen(desk)
    assert found == {"19900001234", "13700137000"}
    # Officers may have seen it by now: it can no longer be taken back unseen.
    person.at = now()
    await person.presses("private.drop")
    await jobs.run_all()
    assert (await _file(desk, card.id)).wrapped_key is not None


async def test_nobody_answers_for_another(desk: Desk, jobs: Jobs, person: Person) -> None:
    await _submitted_with_card(person)
    await jobs.run_all()
    card = next(row for row in await _files(desk) if row.private_kind)
    async with desk.transaction() as session:
        stranger, _ = desk.vault.new_reporter(now())
        session.add(stranger)
        answered = await evidence.answer_consent(
            session, card.id, reporter_id=stranger.id, send=False, at=now()
        )
    assert answered is None
    assert (await _file(desk, card.id)).consent == Consent.asked
