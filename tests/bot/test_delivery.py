"""Delivery: what is owed gets to the person once, or waits until the channel lets it."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import contacts, outbox
from bot.channels import MediaGone, Priority, TryLater, Unreachable, WindowClosed
from bot.contacts import Known
from bot.conversation.messages import Said
from bot.conversation.replies import Reply
from bot.delivery import PATIENCE
from bot.tables import Contact, OutboxMessage, PendingJudgement
from entrypoints.desk import Desk
from foundation.clock import CHINA, now
from knowledge.pictures.errors import NotAPicture
from reports import custody, notices, sealing
from reports.evidence import EvidenceState
from reports.notices import NoticeKind
from reports.rewards import track
from reports.rewards.track import RewardState
from reports.states import TipState, move
from reports.tables import AuditEntry, Evidence, Reward, Tip
from tests.bot.chatting import Person, ScriptedChannel, meanwhile_before_commit
from tests.jobs import Jobs
from tests.leaflets import draw_leaflet


async def _recognise(desk: Desk, receipt: str) -> None:
    """An officer recognises the tip; the reporter is owed a notice."""
    async with desk.transaction() as session:
        tip = (await session.exec(select(Tip).where(col(Tip.receipt) == receipt))).one()
        await move(session, tip, TipState.recognised, actor="officer:off_1", reason="查实", at=now())
        await notices.owe(session, NoticeKind.recognised, reporter_id=tip.reporter_id, at=now(), tip=tip)


async def _reward(desk: Desk, receipt: str) -> None:
    """Two officers grant it a reward; the reporter is owed a notice."""
    rules = desk.jurisdiction.rewards.model_copy(update={"budget_year": now().astimezone(CHINA).year})
    async with desk.transaction() as session:
        tip = (await session.exec(select(Tip).where(col(Tip.receipt) == receipt))).one()
        await move(session, tip, TipState.recognised, actor="officer:off_1", reason="查实", at=now())
        reward = await track.propose(
            session,
            tip,
            officer_id="off_1",
            tier="lead",
            amount_fen=20000,
            reason="查实",
            rules=rules,
            at=now(),
        )
        await track.approve(session, reward, tip, officer_id="off_2", rules=rules, at=now())


async def _message(desk: Desk) -> OutboxMessage:
    async with desk.reading() as session:
        return (await session.exec(select(OutboxMessage))).one()


async def _contact(desk: Desk) -> Contact:
    async with desk.reading() as session:
        return (await session.exec(select(Contact))).one()


async def _acts(desk: Desk, start: str) -> list[tuple[str, str]]:
    async with desk.reading() as session:
        entries = (await session.exec(select(AuditEntry).order_by(col(AuditEntry.seq)))).all()
    return [(e.act, json.loads(e.detail).get("why", "")) for e in entries if e.act.startswith(start)]


# ---- notices -------------------------------------------------------------------------------------


async def test_a_notice_reaches_the_person_once(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    receipt = await person.reports()
    await _recognise(desk, receipt)
    ran = await jobs.run_all()
    for job_id in ran:  # every job once more, as after a crash between the effects and the queue's own mark
        await jobs.run(job_id)
    told = [text for address, text in platform.sent if address == person.address and receipt in text]
    assert len(told) == 1
    assert "已核实" in told[0]
    assert await _acts(desk, "notice.") == [("notice.sent", "")]


async def test_a_notice_for_somebody_forgotten_is_on_record_and_no_failed_job(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    receipt = await person.reports()
    await person.says("删除我的资料", "都删掉")
    await _recognise(desk, receipt)
    await jobs.run_all()
    assert platform.sent == []
    assert await _acts(desk, "notice.") == [("notice.undeliverable", "the reporter has no chat any more")]


async def test_somebody_forgotten_before_the_message_went_out_is_sent_nothing(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    receipt = await person.reports()
    await _recognise(desk, receipt)
    await jobs.run_all(but=(outbox.DELIVER,))
    await person.says("删除我的资料", "都删掉")
    await jobs.run_all()
    assert platform.sent == []
    assert (await _message(desk)).state == "failed"
    assert await _acts(desk, "notice.") == [("notice.failed", "the person was forgotten")]


async def test_the_claim_window_opens_when_the_person_was_told(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    receipt = await person.reports()
    await _reward(desk, receipt)
    await jobs.run_all()
    async with desk.reading() as session:
        reward = (await session.exec(select(Reward))).one()
    assert reward.state == RewardState.notified
    assert reward.claim_until == track.claim_until(
        now(), desk.jurisdiction.rewards, desk.jurisdiction.calendar
    )
    assert "奖励已批准" in platform.sent[-1][1]


# ---- what a platform can answer ------------------------------------------------------------------


async def test_a_closed_window_holds_the_message_until_the_person_writes(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    receipt = await person.reports()
    await _reward(desk, receipt)
    platform.faults = [WindowClosed("48 小时已过")]
    await jobs.run_all()
    assert ((await _message(desk)).state, (await _contact(desk)).held) == ("held", 1)
    async with desk.reading() as session:
        assert (await session.exec(select(Reward.state))).one() == RewardState.approved
    assert "奖励已批准" in await person.says("你好")
    assert "奖励已批准" not in await person.says("举报")
    await jobs.run_all()
    assert platform.sent == []
    assert ((await _message(desk)).state, (await _contact(desk)).held) == ("sent", 0)
    async with desk.reading() as session:
        assert (await session.exec(select(Reward.state))).one() == RewardState.notified
    assert [act for act, _ in await _acts(desk, "notice.")] == ["notice.held", "notice.sent"]


async def test_several_held_messages_come_in_the_order_they_were_owed(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    receipts = [await person.reports() for _ in range(3)]
    platform.faults = [WindowClosed()] * 9
    for receipt in receipts:
        await _recognise(desk, receipt)
        await jobs.run_all()
    assert (await _contact(desk)).held == 3
    said = await person.says("你好")
    places = [said.index(receipt) for receipt in receipts]
    assert places == sorted(places)


async def test_a_second_delivery_of_that_message_shows_what_was_held_once_more(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    await _recognise(desk, await person.reports())
    platform.faults = [WindowClosed()]
    await jobs.run_all()
    hello = person.arrival(Said("你好"))
    taken = [await desk.inbox.take_in(hello) for _ in range(2)]
    assert taken[0].replies == taken[1].replies
    assert "已核实" in taken[1].replies[0].text


async def test_a_message_held_while_the_person_writes_is_not_lost(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    """The window closes for one message while another is taken along: its turn comes with the next answer."""
    first, second = await person.reports(), await person.reports()
    platform.faults = [WindowClosed(), WindowClosed()]
    await _recognise(desk, first)
    await jobs.run_all()
    await _recognise(desk, second)
    platform.meanwhile = lambda: person.says("你好")
    await jobs.run_all()
    assert second in await person.says("你好")


async def test_somebody_who_left_is_marked_and_welcome_again(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    receipt = await person.reports()
    await _recognise(desk, receipt)
    platform.faults = [Unreachable("blocked")]
    await jobs.run_all()
    assert (await _message(desk)).state == "held"
    assert (await _contact(desk)).unreachable_at is not None
    assert await _acts(desk, "notice.") == [("notice.held", "blocked")]
    assert receipt in await person.says("你好")
    assert (await _contact(desk)).unreachable_at is None


async def test_a_passing_fault_is_tried_again_until_it_passes(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    await _recognise(desk, await person.reports())
    platform.faults = [TryLater("busy"), TryLater("busy", 7.5), TryLater("busy")]
    await jobs.run_all()
    assert (await _message(desk)).state == "waiting"
    assert len(await jobs.waiting(delayed=True)) == 1
    await jobs.run_all(delayed=True)
    message = await _message(desk)
    assert (message.state, message.attempts, len(platform.sent)) == ("sent", 4, 1)


async def test_a_fault_that_does_not_pass_ends_in_holding_the_message(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    await _recognise(desk, await person.reports())
    await jobs.run_all(but=(outbox.DELIVER,))
    async with desk.transaction() as session:
        row = (await session.exec(select(OutboxMessage))).one()
        row.created_at = now() - PATIENCE
        session.add(row)
    platform.faults = [TryLater("busy")]
    await jobs.run_all(delayed=True)
    message = await _message(desk)
    assert (message.state, message.fault, (await _contact(desk)).held) == ("held", "busy", 1)
    assert "已核实" in await person.says("你好")


async def test_a_channel_that_was_switched_off_holds_its_messages(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    await _recognise(desk, await person.reports())
    del desk.channels[person.channel]
    await jobs.run_all()
    assert (await _message(desk)).state == "held"


async def test_the_same_cause_is_owed_once(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    await person.says("你好")
    for text in ("一", "二"):
        async with desk.transaction() as session:
            known = await _known(desk, session)
            await outbox.owe(session, known, [Reply(text)], cause="same", priority=Priority.notice, at=now())
    async with desk.transaction() as session:
        known = await _known(desk, session)
        await outbox.owe(session, known, [], cause="nothing", priority=Priority.notice, at=now())
    await jobs.run_all()
    assert platform.sent == [(person.address, "一")]


async def _known(desk: Desk, session: AsyncSession) -> Known:
    reporter_id = (await session.exec(select(Contact.reporter_id))).one()
    (known,) = await contacts.of_reporter(session, desk.vault, reporter_id)
    return known


# ---- pictures ------------------------------------------------------------------------------------


async def test_a_question_about_two_pictures_is_answered_once_when_both_are_read(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    await person.says("问一问")
    platform.files = {"one": draw_leaflet(), "two": draw_leaflet(["祖传秘方", "当天放款"])}
    await person.sends_file("one")
    await person.sends_file("two")
    ran = await jobs.run_all()
    for job_id in ran:
        await jobs.run(job_id)
    answers = [text for _, text in platform.sent if "疑似" in text]
    assert 1 <= len(answers) <= 2  # two messages were two questions
    async with desk.reading() as session:
        questions = (await session.exec(select(PendingJudgement))).all()
    assert all(question.answered_at for question in questions)
    assert len(answers) <= len(questions)


async def test_a_picture_asked_about_and_read_at_the_same_moment_is_answered(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    """The reading ends while the question is being written down."""
    await person.arrives()
    await person.shows(draw_leaflet())
    reading: list[asyncio.Task[list[str]]] = []

    async def meanwhile() -> None:
        reading.append(asyncio.create_task(jobs.run_all()))
        await asyncio.sleep(0.3)

    with meanwhile_before_commit(desk, meanwhile):
        await person.says("问一问")
    await reading[0]
    await jobs.run_all()
    assert any("疑似" in text for _, text in platform.sent)


async def test_a_file_that_the_platform_no_longer_has_is_told_kindly_and_the_draft_is_kept(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    await person.says("文字举报", "群里有人拉人投资", "没有", "东街菜市场门口")
    platform.files = {"gone": MediaGone("已过期")}
    await person.sends_file("gone")
    await jobs.run_all()
    (told,) = [text for _, text in platform.sent]
    assert "留着" in told
    said = await person.says("墙上", "没有了", "提交")
    assert "回执号" in said
    async with desk.reading() as session:
        row = (await session.exec(select(Evidence))).one()
        words = (await session.exec(select(Tip.words))).one()
    assert (row.state, row.refusal) == (EvidenceState.lost, "已过期")
    assert "拉人投资" in words


@pytest.mark.parametrize("file", [b"%PDF-1.7 no photo", b"", b"\xff\xd8\xff"])
async def test_a_file_that_is_no_picture_is_told_kindly_and_not_kept(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel, file: bytes
) -> None:
    await person.says("举报")
    platform.files = {"odd": file}
    await person.sends_file("odd")
    await jobs.run_all()
    assert [text for _, text in platform.sent if "麻烦" in text]
    async with desk.reading() as session:
        row = (await session.exec(select(Evidence))).one()
    assert (row.state, row.blob_key) == (EvidenceState.lost, "")


async def test_a_lost_picture_that_was_asked_about_is_never_called_harmless(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    await person.says("问一问")
    platform.files = {"odd": b"no photo"}
    await person.sends_file("odd")
    await jobs.run_all()
    assert len(platform.sent) == 1
    assert "麻烦" in platform.sent[0][1]


async def test_a_picture_that_could_not_be_read_is_never_called_harmless(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise NotAPicture

    jobs.reader.examine = refuse  # type: ignore[assignment]
    await person.says("问一问")
    platform.files = {"odd": draw_leaflet()}
    await person.sends_file("odd")
    await jobs.run_all()
    (told,) = [text for _, text in platform.sent]
    assert "麻烦换一张" in told
    async with desk.reading() as session:
        assert (await session.exec(select(Evidence.state))).one() == EvidenceState.unreadable


async def test_a_file_whose_platform_is_busy_is_fetched_later(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    person.at = now()
    await person.says("举报")
    platform.files = {"slow": TryLater("busy")}
    await person.sends_file("slow")
    await jobs.run_all()
    assert len(await jobs.waiting(delayed=True)) == 1
    platform.files = {"slow": draw_leaflet()}
    await jobs.run_all(delayed=True)
    async with desk.reading() as session:
        assert (await session.exec(select(Evidence.state))).one() == EvidenceState.read


async def test_a_file_that_stays_out_of_reach_is_given_up_with_a_word(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    person.at = now() - timedelta(days=4)
    await person.says("举报")
    platform.files = {"slow": TryLater("busy")}
    await person.sends_file("slow")
    await jobs.run_all(delayed=True)
    assert [text for _, text in platform.sent if "麻烦" in text]


async def test_a_voice_message_is_kept_for_officers_and_not_read(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    await person.says("举报")
    platform.files = {"voice": b"#!AMR"}
    await person.sends_file("voice", kind="voice")
    await jobs.run_all()
    async with desk.reading() as session:
        row = (await session.exec(select(Evidence))).one()
    assert row.state == EvidenceState.kept
    assert await sealing.original(desk.blobs, desk.vault.masters, row) == b"#!AMR"


# ---- given up meanwhile --------------------------------------------------------------------------


async def _give_up(person: Person) -> None:
    await person.says("算了")


async def test_a_photo_given_up_while_it_is_read_leaves_nothing_behind(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    await person.arrives()
    await person.shows(draw_leaflet())

    async def given_up() -> None:
        jobs.reader.meanwhile = None
        await _give_up(person)
        (job_id,) = [j for j in await jobs.waiting() if j.startswith("bot.forget_evidence")]
        await jobs.run(job_id)

    jobs.reader.meanwhile = given_up
    await jobs.run_all()
    async with desk.reading() as session:
        row = (await session.exec(select(Evidence))).one()
    assert (row.state, row.reading, row.pdq, row.wrapped_key) == (EvidenceState.lost, None, None, None)
    folder = desk.settings.blobs_url.removeprefix("file://")
    assert [path for path in Path(folder).rglob("*") if path.is_file()] == []


async def test_a_photo_given_up_while_it_is_fetched_leaves_nothing_behind(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    await person.arrives()
    platform.files = {"one": draw_leaflet()}
    await person.sends_file("one")

    async def given_up() -> None:
        platform.meanwhile = None
        await _give_up(person)
        (job_id,) = [j for j in await jobs.waiting() if j.startswith("bot.forget_evidence")]
        await jobs.run(job_id)

    platform.meanwhile = given_up
    await jobs.run_all()
    async with desk.reading() as session:
        row = (await session.exec(select(Evidence))).one()
    assert (row.state, row.blob_key, row.wrapped_key) == (EvidenceState.lost, "", None)


async def test_a_photo_given_up_before_it_was_read_is_no_failed_job(
    desk: Desk, jobs: Jobs, person: Person
) -> None:
    await person.arrives()
    await person.shows(draw_leaflet())
    await _give_up(person)
    waiting = await jobs.waiting()
    for job_id in sorted(waiting, key=lambda j: not j.startswith("bot.forget")):
        await jobs.run(job_id)
    async with desk.reading() as session:
        assert (await session.exec(select(Evidence.reading))).one() is None


# ---- everything at once --------------------------------------------------------------------------


async def test_officers_platform_and_citizen_at_once_wait_for_no_circle(
    desk: Desk, jobs: Jobs, person: Person, platform: ScriptedChannel
) -> None:
    receipts = [await person.reports() for _ in range(4)]
    for receipt in receipts:
        await _reward(desk, receipt)
    await jobs.run_all(but=(outbox.DELIVER,))
    platform.files = {"gone": MediaGone("已过期")}
    for _ in range(4):
        await person.sends_file("gone")
    deliveries = await jobs.waiting()
    platform.faults = [WindowClosed(), WindowClosed()]

    async def pay(receipt: str) -> None:
        async with desk.transaction() as session:
            tip = (await session.exec(select(Tip).where(col(Tip.receipt) == receipt))).one()
            reward = await track.reward_of(session, tip.id, lock=True)
            assert reward is not None
            await track.mark_paid(session, reward, tip, officer_id="off_3", reference="PZ-1", at=now())

    await asyncio.gather(
        *(jobs.run(job_id) for job_id in deliveries),
        *(pay(receipt) for receipt in receipts),
        *(person.says(text) for text in ("你好", "我的举报", "举报", "有人拉我投资", "算了")),
    )
    await jobs.run_all()
    async with desk.reading() as session:
        assert set((await session.exec(select(Reward.state))).all()) == {RewardState.paid}
        assert (await custody.verify(session, desk.vault.audit_secret)).fault is None
