"""What citizens send in a talk: shown to who answers, each look on record, nothing to anybody else, taken into a tip."""

from datetime import timedelta

import pytest
from sqlmodel import select

from moderation import help_desk, help_files
from moderation.officers import Role
from reports import evidence
from reports.evidence import EvidenceKind
from reports.tables import AuditEntry, Evidence, Tip
from tests.admin.conftest import Entered
from tests.admin.paneling import TrialDesk, Visitor
from tests.admin.test_evidence import OGG, _file

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def talked(desk: TrialDesk, *, voice: bool = False) -> tuple[str, str, Evidence]:
    """A request with one file: its id, the reporter's id and the file."""
    who = await desk.reporter()
    row = await _file(desk, who, OGG, EvidenceKind.voice) if voice else await desk.picture(who)
    async with desk.transaction() as session:
        asked = await help_desk.ask(session, reporter_id=who, words="您看看\n【发来照片】", at=desk.at)
        assert [one.id for one in await help_files.add(session, asked, (row.id,), desk.at)] == [row.id]
        assert await help_files.add(session, asked, (row.id,), desk.at) == [], (
            "a second delivery adds nothing"
        )
    return asked.id, who, row


async def looks(desk: TrialDesk, act: str) -> list[str]:
    async with desk.reading() as session:
        return list((await session.exec(select(AuditEntry.subject).where(AuditEntry.act == act))).all())


async def test_the_photo_is_shown_as_a_copy_to_who_answers_and_the_look_is_on_record(
    trial_desk: TrialDesk, entered: Entered, outsider: Visitor
) -> None:
    visitor = await entered()
    asked, _, row = await talked(trial_desk)
    address = f"/admin/help/files/{row.id}/picture"
    await visitor.get(f"/admin/help/{asked}")
    assert f'src="{address}"' in visitor.page
    shown = await visitor.client.get(address)
    assert (shown.status_code, shown.headers["content-type"], shown.headers["cache-control"]) == (
        200,
        "image/jpeg",
        "no-store",
    )
    await visitor.client.get(address)
    assert await looks(trial_desk, "help.seen") == [asked]
    assert (await visitor.get(f"/admin/evidence/{row.id}/picture")).status_code == 404, "it is in no tip"
    assert "登录" in (await outsider.get(address)).text
    finance = await entered("zhao.min", Role.finance, "赵敏")
    assert (await finance.client.get(address)).status_code == 403


async def test_a_file_that_was_sent_to_no_officer_is_not_shown(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    row = await trial_desk.picture(await trial_desk.reporter())
    for what in ("picture", "recording"):
        assert (await visitor.get(f"/admin/help/files/{row.id}/{what}")).status_code == 404


async def test_a_voice_message_is_played_and_its_opening_on_record(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    asked, _, row = await talked(trial_desk, voice=True)
    await visitor.get(f"/admin/help/{asked}")
    assert f'<audio controls preload="none" src="/admin/help/files/{row.id}/recording"' in visitor.page
    played = await visitor.client.get(
        f"/admin/help/files/{row.id}/recording", headers={"range": "bytes=0-99"}
    )
    assert (played.status_code, played.content) == (206, OGG[:100])
    assert await looks(trial_desk, "evidence.opened") == [row.id]


async def test_a_card_of_ones_own_is_not_shown_until_its_owner_was_asked(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    asked, who, row = await talked(trial_desk)
    async with trial_desk.transaction() as session:
        mine = await evidence.find(session, row.id, lock=True)
        await evidence.ask_consent(session, mine, "identity_card", trial_desk.at)
    await visitor.get(f"/admin/help/{asked}")
    assert "正在问本人" in visitor.page
    assert f"{row.id}/picture" not in visitor.page
    assert (await visitor.client.get(f"/admin/help/files/{row.id}/picture")).status_code == 409
    trial_desk.at += timedelta(hours=1)
    async with trial_desk.transaction() as session:
        await evidence.answer_consent(session, row.id, reporter_id=who, send=True, at=trial_desk.at)
    assert (await visitor.client.get(f"/admin/help/files/{row.id}/picture")).status_code == 200


async def test_files_are_taken_into_a_tip_by_hand(trial_desk: TrialDesk, entered: Entered) -> None:
    visitor = await entered()
    asked, who, row = await talked(trial_desk)
    mine, other = await trial_desk.tip(reporter_id=who), await trial_desk.tip()
    await visitor.get(f"/admin/help/{asked}")
    assert mine.receipt in visitor.page
    assert other.receipt not in visitor.page
    refused = await visitor.post(f"/admin/help/{asked}/files", tip=mine.id)
    assert (refused.status_code, "请先勾选" in refused.text) == (409, True)
    foreign = await visitor.post(f"/admin/help/{asked}/files", files=row.id, tip=other.id)
    assert (foreign.status_code, "不是这位群众的" in foreign.text) == (409, True)
    await visitor.post(f"/admin/help/{asked}/files", files=row.id, tip="")
    async with trial_desk.reading() as session:
        opened = [tip for tip in (await session.exec(select(Tip))).all() if tip.id not in (mine.id, other.id)]
    assert [tip.words for tip in opened] == ["您看看"]
    assert opened[0].receipt in visitor.page
    await visitor.get(f"/admin/help/{asked}")
    assert "已归入线索" in visitor.page
    assert f"/admin/help/{asked}/files" not in visitor.page
