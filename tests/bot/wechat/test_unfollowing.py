"""Unfollowing: what goes, what stays, and who can still be told of a reward."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.channels import ChannelName
from bot.contacts import find
from bot.conversation.messages import Arrived, Left, Said
from bot.conversation.state import State
from bot.tables import OutboxMessage
from bot.wechat.channel import WeChatChannel
from bot.wechat.ledger import ALLOWANCES, FORGET_CLOSED, Act, opening
from bot.wechat.tables import WeChatConsent, WeChatWindow
from entrypoints.desk import Desk
from foundation.clock import CHINA, now
from foundation.job_queue import enqueue
from reports.rewards import track
from reports.states import TipState, move
from reports.tables import Evidence, Reporter, Tip
from tests.bot.chatting import NINE, Person
from tests.bot.wechat.conftest import BOTH_DATABASES, settings
from tests.jobs import Jobs


@pytest.fixture
def follower(desk: Desk) -> Person:
    desk.channels[ChannelName.wechat] = WeChatChannel(settings(), desk)
    return Person(desk, channel=ChannelName.wechat)


async def reward(desk: Desk, receipt: str) -> None:
    """An officer proposes a reward for the tip, another approves; the reporter is owed a notice."""
    rules = desk.jurisdiction.rewards.model_copy(update={"budget_year": now().astimezone(CHINA).year})
    async with desk.transaction() as session:
        tip = (await session.exec(select(Tip).where(col(Tip.receipt) == receipt))).one()
        await move(session, tip, TipState.recognised, actor="officer:off_1", reason="查实", at=now())
        made = await track.propose(
            session, tip, officer_id="off_1", tier="lead", amount_fen=20000, reason="查实", rules=rules, at=now()
        )  # fmt: skip
        await track.approve(session, made, tip, officer_id="off_2", rules=rules, at=now())


@BOTH_DATABASES
async def test_draft_talk_and_address_go_and_a_submitted_tip_stays_with_nobody_behind_it(
    desk: Desk, follower: Person, jobs: Jobs
) -> None:
    receipt = await follower.reports()
    await follower.sends_file("media-1")
    await follower.says("有人在村里发传单")
    taken = await follower.does(Left(), "unsubscribe-1")
    assert taken.replies == ()
    assert (await follower.does(Left(), "unsubscribe-1")).replies == ()
    await jobs.run_all(but=("bot.fetch_media",))
    async with desk.reading() as session:
        assert await find(session, desk.vault, channel="wechat", address=follower.address) is None
        tip = (await session.exec(select(Tip).where(col(Tip.receipt) == receipt))).one()
        reporter = (await session.exec(select(Reporter).where(col(Reporter.id) == tip.reporter_id))).one()
        loose = (await session.exec(select(Evidence).where(col(Evidence.tip_id).is_(None)))).all()
        everybody = (await session.exec(select(Reporter))).all()
    assert tip.words
    assert reporter.wrapped_key is None
    assert [row.state for row in loose] == ["lost"]
    assert len(everybody) == 1, "the retry of a farewell makes a new person"


async def test_whoever_has_a_reward_coming_stays_sealed_and_hears_of_it_on_following_again(
    desk: Desk, follower: Person, jobs: Jobs
) -> None:
    receipt = await follower.reports()
    await follower.says("文字举报", "第二件事还没说完")
    await reward(desk, receipt)
    await follower.does(Left())
    async with desk.reading() as session:
        known = await find(session, desk.vault, channel="wechat", address=follower.address)
    await jobs.run_all()
    async with desk.reading() as session:
        owed = (await session.exec(select(OutboxMessage))).all()
    assert known is not None
    assert known.state.but(last_at=None) == State()
    assert known.unreachable
    assert [row.state for row in owed] == ["held"]
    back = await follower.does(Arrived("follow"))
    said = "\n".join(reply.text for reply in back.replies)
    assert "奖励" in said
    assert receipt in "\n".join(reply.text for reply in (await follower.does(Said("查我的举报"))).replies)


async def ways(desk: Desk) -> list[str]:
    """What is on record of when and how often somebody may be written to."""
    async with desk.reading() as session:
        windows = (await session.exec(select(WeChatWindow))).all()
        consents = (await session.exec(select(WeChatConsent))).all()
    return [*(f"{row.act} until {row.closes_at:%d %H}" for row in windows), *(row.unused for row in consents)]


async def agrees(desk: Desk, person: Person, scenes: str) -> None:
    async with desk.transaction() as session:
        known = await find(session, desk.vault, channel="wechat", address=person.address)
        assert known is not None
        session.add(WeChatConsent(contact_id=known.contact_id, unused=scenes))


@pytest.mark.parametrize("with_reward", [True, False])
async def test_neither_windows_nor_consents_outlive_the_one_who_leaves(
    desk: Desk, follower: Person, with_reward: bool
) -> None:
    receipt = await follower.reports()
    if with_reward:
        await reward(desk, receipt)
    said = follower.arrival(Said("你好"), beside=opening(Act.message, NINE))
    await desk.inbox.take_in(said)
    await agrees(desk, follower, "17,4")
    assert await ways(desk) == ["message until 04 00", "17,4"]
    await follower.does(Left())
    assert await ways(desk) == []


async def test_window_that_has_closed_and_consents_that_are_used_up_go_with_the_day(
    desk: Desk, follower: Person, jobs: Jobs
) -> None:
    still_open = now() - timedelta(hours=47)
    for person, at, unused in (
        (follower, NINE, ""),
        (Person(desk, channel=ChannelName.wechat), still_open, "9"),
    ):
        await desk.inbox.take_in(person.arrival(Said("你好"), beside=opening(Act.message, at)))
        await agrees(desk, person, unused)
    async with desk.transaction() as session:
        await enqueue(session, FORGET_CLOSED, "2026-11-22")
    await jobs.run_all()
    assert await ways(desk) == [f"message until {still_open + ALLOWANCES[Act.message].lasts:%d %H}", "9"]


async def test_file_that_was_given_up_cannot_be_asked_for_at_its_platform_either(
    desk: Desk, follower: Person, jobs: Jobs
) -> None:
    await follower.sends_file("media-1")
    await follower.does(Left())
    await jobs.run_all(but=("bot.fetch_media",))
    async with desk.reading() as session:
        assert (await session.exec(select(Evidence.remote_ref))).one() == ""


async def test_whoever_follows_again_is_a_new_person(desk: Desk, follower: Person) -> None:
    receipt = await follower.reports()
    await follower.does(Left())
    assert receipt not in await follower.says("查我的举报")
