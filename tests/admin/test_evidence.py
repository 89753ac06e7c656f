"""Voice and film as they came: played or saved by officers, in pieces, checked and on record."""

import pytest
from sqlmodel import select

from foundation.ids import new_id
from knowledge.pictures.ads import Ad
from knowledge.pictures.lines import TextLine
from knowledge.pictures.metadata import Taken
from moderation import screening
from moderation.officers import Role
from reports import evidence, sealing
from reports.evidence import EvidenceKind
from reports.recordings import recognise
from reports.tables import AuditEntry, Evidence
from tests.admin.conftest import Entered
from tests.admin.paneling import TrialDesk, Visitor

OGG = b"OggS" + bytes(range(256)) * 40
AMR = b"#!AMR\n" + b"\x3c" * 320
PAGE = b"<html><script>alert(1)</script></html>"


async def _file(desk: TrialDesk, reporter: str, data: bytes, kind: EvidenceKind) -> Evidence:
    row = evidence.expect(
        reporter_id=reporter,
        kind=kind,
        channel="telegram",
        message_id=new_id("msg"),
        remote_ref="f",
        at=desk.at,
    )
    sealed = await sealing.seal_into(desk.blobs, desk.vault.masters, row.id, data)
    async with desk.transaction() as session:
        await evidence.keep(
            session,
            row,
            sealed=sealed,
            media_type=recognise(data).media_type,
            size=len(data),
            width=0,
            height=0,
            at=desk.at,
        )
    return row


async def _recorded(desk: TrialDesk, data: bytes, kind: EvidenceKind = EvidenceKind.voice) -> tuple[str, str]:
    """A tip with this one file: the tip's id and the file's address."""
    who = await desk.reporter()
    row = await _file(desk, who, data, kind)
    tip = await desk.tip(reporter_id=who, evidence_ids=(row.id,))
    return tip.id, f"/admin/evidence/{row.id}/recording"


async def _acts(desk: TrialDesk, *acts: str) -> list[tuple[str, str]]:
    async with desk.reading() as session:
        rows = await session.exec(select(AuditEntry).where(AuditEntry.act.in_(acts)))  # type: ignore[attr-defined]
    return [(row.act, row.subject) for row in rows.all()]


async def test_a_voice_message_is_played_in_pieces_and_its_opening_is_on_record_once(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    tip, address = await _recorded(trial_desk, OGG)
    await visitor.get(f"/admin/tips/{tip}")
    assert f'<audio controls preload="none" src="{address}"' in visitor.page
    assert (
        "media-src 'self'"
        in (await visitor.client.get(f"/admin/tips/{tip}")).headers["content-security-policy"]
    )
    whole = await visitor.client.get(address)
    assert (whole.status_code, whole.content, whole.headers["content-type"]) == (200, OGG, "audio/ogg")
    assert whole.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in whole.headers["content-security-policy"]
    assert (whole.headers["accept-ranges"], whole.headers["cache-control"]) == ("bytes", "no-store")
    for wanted, first, last in (
        ("bytes=0-99", 0, 99),
        ("bytes=10000-", 10000, len(OGG) - 1),
        ("bytes=-5", len(OGG) - 5, len(OGG) - 1),
    ):
        part = await visitor.client.get(address, headers={"Range": wanted})
        assert part.status_code == 206
        assert part.content == OGG[first : last + 1]
        assert part.headers["content-range"] == f"bytes {first}-{last}/{len(OGG)}"
    beyond = await visitor.client.get(address, headers={"Range": f"bytes={len(OGG)}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(OGG)}")
    for odd in ("bytes=5-2", "bytes=-", "lines=1-2", "bytes=0-1,4-5", "bytes=١-٢"):
        assert (await visitor.client.get(address, headers={"Range": odd.encode()})).content == OGG
    assert await _acts(trial_desk, "evidence.opened") == [("evidence.opened", address.split("/")[3])]
    trial_desk.later(minutes=21)
    await visitor.client.get(address)
    assert len(await _acts(trial_desk, "evidence.opened")) == 2
    await visitor.get(f"/admin/tips/{tip}")
    assert "打开原始录音、录像或文件" in visitor.page


@pytest.mark.parametrize(("data", "ending"), [(AMR, "amr"), (PAGE, "bin"), (b"%PDF-1.7", "pdf")])
async def test_what_no_browser_plays_is_handed_out_to_be_saved_and_never_shown(
    trial_desk: TrialDesk, entered: Entered, data: bytes, ending: str
) -> None:
    visitor = await entered()
    tip, address = await _recorded(trial_desk, data, EvidenceKind.file)
    await visitor.get(f"/admin/tips/{tip}")
    assert "保存原件" in visitor.page
    assert "<audio" not in visitor.page
    got = await visitor.client.get(address)
    assert (got.content, got.headers["content-type"]) == (data, "application/octet-stream")
    assert got.headers["content-disposition"].startswith("attachment; ")
    assert got.headers["content-disposition"].endswith(f'.{ending}"')


async def test_recordings_are_for_those_who_judge_and_only_of_tips(
    trial_desk: TrialDesk, entered: Entered, outsider: Visitor
) -> None:
    reviewer, finance = await entered(), await entered("money", Role.finance)
    who = await trial_desk.reporter()
    draft = await _file(trial_desk, who, OGG, EvidenceKind.voice)
    picture = await trial_desk.picture(who)
    await trial_desk.tip(reporter_id=who, evidence_ids=(picture.id,))
    assert (await reviewer.get(f"/admin/evidence/{draft.id}/recording")).status_code == 404
    # Of a picture officers see the copy alone: the original holds what the copy covers.
    assert (await reviewer.get(f"/admin/evidence/{picture.id}/recording")).status_code == 404
    _, address = await _recorded(trial_desk, OGG)
    assert (await finance.client.get(address)).status_code == 403
    assert (await outsider.get(address)).url.path == "/admin/sign-in"
    assert await _acts(trial_desk, "evidence.opened") == []


async def test_a_changed_recording_is_not_played(trial_desk: TrialDesk, entered: Entered) -> None:
    visitor = await entered()
    _, address = await _recorded(trial_desk, OGG)
    async with trial_desk.transaction() as session:
        row = await evidence.find(session, address.split("/")[3])
        row.sha256 = "0" * 64
        session.add(row)
    refused = await visitor.client.get(address)
    assert refused.status_code == 409
    assert "与收到时的校验值不一致" in refused.text


async def test_seeing_a_tips_files_is_on_record_once_a_while_for_each_officer(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    one, other = await entered("one"), await entered("other")
    who = await trial_desk.reporter()
    picture = await trial_desk.picture(who)
    tip = await trial_desk.tip(reporter_id=who, evidence_ids=(picture.id,))
    words_alone = await trial_desk.tip()
    for visitor in (one, one, other):
        await visitor.get(f"/admin/tips/{tip.id}")
        await visitor.client.get(f"/admin/evidence/{picture.id}/picture")
        await visitor.get(f"/admin/tips/{words_alone.id}")
    assert await _acts(trial_desk, "tip.seen") == [("tip.seen", tip.id)] * 2
    await one.get(f"/admin/tips/{tip.id}")
    assert "查看线索材料" in one.page


async def test_time_place_and_device_are_shown_as_a_trace_and_names_are_screened(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    who = await trial_desk.reporter()
    lines = (
        TextLine("鑫诚财富管理有限公司", (60, 20, 700, 100), 0.99),
        TextLine("某某水果店", (60, 120, 700, 200), 0.99),
    )
    picture = await trial_desk.picture(who, lines)
    async with trial_desk.transaction() as session:
        row = await evidence.find(session, picture.id)
        row.taken_sealed = sealing.seal_taken(
            trial_desk.vault.masters, row, Taken("2026-03-01 09:30", 30.26, 120.5, "<b>Phone</b>").to_json()
        )
        session.add(row)
    tip = await trial_desk.tip(reporter_id=who, evidence_ids=(picture.id,))
    await visitor.get(f"/admin/tips/{tip.id}")
    for shown in (
        "30.26000, 120.50000",
        "2026-03-01 09:30",
        "&lt;b&gt;Phone&lt;/b&gt;",
        "可以改写，仅供参考",
    ):
        assert shown in visitor.page, shown
    assert "<b>鑫诚财富管理有限公司</b> <span" in visitor.page
    assert "“财富管理”" in visitor.page
    assert "名称含需重点关注字样，不等于违法" in visitor.page
    assert "<b>某某水果店</b>" not in visitor.page


async def test_a_card_of_the_reporters_own_is_withheld_until_they_answer_or_a_day_has_passed(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    who = await trial_desk.reporter()
    picture = await trial_desk.picture(
        who, (TextLine("公民身份号码 110101195001011234", (60, 20, 700, 100), 0.99),)
    )
    async with trial_desk.transaction() as session:
        await evidence.ask_consent(
            session, await evidence.find(session, picture.id), "identity_card", trial_desk.at
        )
    tip = await trial_desk.tip(reporter_id=who, evidence_ids=(picture.id,))
    address = f"/admin/evidence/{picture.id}/picture"
    await visitor.get(f"/admin/tips/{tip.id}")
    assert "已询问本人是否发送" in visitor.page
    assert address not in visitor.page
    assert "公民身份号码" not in visitor.page
    refused = await visitor.client.get(address)
    assert refused.status_code == 409
    assert "等本人确认" in refused.text
    async with trial_desk.transaction() as session:
        await evidence.answer_consent(session, picture.id, reporter_id=who, send=True, at=trial_desk.at)
    await visitor.get(f"/admin/tips/{tip.id}")
    assert address in visitor.page
    assert "本人同意发送" in visitor.page
    assert "1234" in visitor.page
    assert "110101195001011234" not in visitor.page
    assert (await visitor.client.get(address)).status_code == 200


async def test_what_was_hardly_read_is_listed_apart_and_a_line_that_runs_off_is_marked(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    who = await trial_desk.reporter()
    picture = await trial_desk.picture(
        who,
        (
            TextLine("急用钱找我", (60, 20, 500, 80), 0.99),
            TextLine("无抵押当天放", (60, 100, 900, 160), 0.97),
        ),
        runs_off=(1,),
        faint=(TextLine("日息0.3", (60, 300, 300, 340), 0.14),),
    )
    tip = await trial_desk.tip(words="墙上看到的", reporter_id=who, evidence_ids=(picture.id,))
    await visitor.get(f"/admin/tips/{tip.id}")
    assert "无抵押当天放 <small>没拍全</small>" in visitor.page
    assert "急用钱找我</li>" in visitor.page
    assert "几乎认不出的 1 处，不作为线索" in visitor.page
    assert 'title="识读把握 14%，请核对原图">日息0.3</li>' in visitor.page
    async with trial_desk.reading() as session:
        assert "日息" not in (await screening.what_tip_says(session, tip.id)).text


async def test_of_several_ads_the_officer_ticks_the_ones_that_count(
    trial_desk: TrialDesk, entered: Entered
) -> None:
    visitor = await entered()
    who = await trial_desk.reporter()
    picture = await trial_desk.picture(
        who,
        (TextLine("急用钱找我", (60, 20, 500, 80), 0.99), TextLine("通下水道", (600, 20, 900, 80), 0.99)),
        ads=(Ad((60, 20, 500, 80), (0,), ()), Ad((600, 20, 900, 80), (1,), (0,))),
    )
    tip = await trial_desk.tip(words="墙上看到的", reporter_id=who, evidence_ids=(picture.id,))
    async with trial_desk.transaction() as session:
        await evidence.note_beside(session, await evidence.find(session, picture.id), (1,))
    await visitor.get(f"/admin/tips/{tip.id}")
    assert "图中有 2 则广告，勾选的算作线索" in visitor.page
    assert '<input type="checkbox" name="ads" value="0" checked> <b>1</b> 急用钱找我' in visitor.page
    assert 'value="1"> <b>2</b> 通下水道 <small>旁边的广告，不作为线索</small>' in visitor.page
    await visitor.post(f"/admin/tips/{tip.id}/evidence/{picture.id}/ads", ads="1")
    assert "已记下哪些广告算作线索" in visitor.page
    assert "（经人工指定）" in visitor.page
    assert 'value="1" checked> <b>2</b> 通下水道' in visitor.page
    assert "算：第 2 则；不算：第 1 则" in visitor.page
    refused = await visitor.post(f"/admin/tips/{tip.id}/evidence/{picture.id}/ads")
    assert (refused.status_code, "请至少勾选一则广告" in visitor.page) == (409, True)
