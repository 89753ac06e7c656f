"""How many messages of our own go out, against a server that counts them too."""

import asyncio
from datetime import timedelta

import pytest

from bot import contacts
from bot.channels import Priority, TryLater, WindowClosed
from bot.conversation.replies import Reply
from bot.wechat.channel import WeChatChannel
from bot.wechat.client import WeChatClient
from bot.wechat.ledger import Act, opening
from entrypoints.desk import Desk
from reports.notices import NoticeKind
from tests.bot.wechat.conftest import (
    BOTH_DATABASES,
    OPENID,
    Clock,
    User,
    may_not_say,
    say,
    says_in_vain,
    says_numbers,
    sending_settings,
    spends_the_rest,
)
from tests.peers.wechat import WeChatPeer

SEND = "/cgi-bin/message/custom/send"


@BOTH_DATABASES
async def test_fifth_message_is_kept_back_for_an_officers_question(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    await user.acts()
    await says_numbers(channel, 4)
    with pytest.raises(WindowClosed, match="0 allowed"):
        await say(channel, "一条进展", notice=NoticeKind.accepted)
    await say(channel, "请补拍一张", notice=NoticeKind.need_more)
    await may_not_say(channel, "再问一句", notice=NoticeKind.officer_answer)
    await user.acts()
    await say(channel, "一条进展")
    assert peer.texts_to(OPENID) == ["0", "1", "2", "3", "请补拍一张", "一条进展"]


async def test_what_may_not_wait_gets_the_message_that_is_kept_back(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    await user.acts()
    await says_numbers(channel, 4)
    await may_not_say(channel, "一条答复", priority=Priority.reply)
    await say(channel, "先打 110", priority=Priority.emergency)
    assert peer.texts_to(OPENID)[-1] == "先打 110"


async def test_what_does_not_fit_into_what_is_left_goes_out_whole_or_not_at_all(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    await user.acts()
    await says_numbers(channel, 3)
    long = (Reply("甲。" * 300), Reply("乙。" * 300))
    with pytest.raises(WindowClosed, match="2 to send and 1 allowed"):
        await channel.send(OPENID, long, key="long")
    await say(channel, "短的")
    assert peer.texts_to(OPENID) == ["0", "1", "2", "短的"]


async def test_many_processes_together_send_no_more_than_is_allowed(
    peer: WeChatPeer, channel: WeChatChannel, user: User, desk: Desk, clock: Clock
) -> None:
    await user.acts()
    account = sending_settings(peer)
    others = [
        WeChatChannel(account, desk, client=WeChatClient(account, seconds=clock), clock=clock.moment)
        for _ in range(3)
    ]
    everywhere = [channel, *others] * 3
    said = await asyncio.gather(
        *(say(one, str(number), key=str(number)) for number, one in enumerate(everywhere)),
        return_exceptions=True,
    )
    for other in others:
        await other.close()
    assert len(peer.sent) == 4
    assert sum(isinstance(one, WindowClosed) for one in said) == len(everywhere) - 4


@pytest.mark.parametrize("act", ["click", "follow", "scan"])
async def test_tap_follow_or_scan_allows_three_in_a_minute(
    peer: WeChatPeer, channel: WeChatChannel, clock: Clock, user: User, act: str
) -> None:
    await user.acts(act)
    await says_numbers(channel, 3)
    await may_not_say(channel, "3")
    await user.acts(act)
    clock.now += 61
    await may_not_say(channel, "3")


async def test_minute_of_a_tap_is_used_before_the_two_days_of_a_message(
    peer: WeChatPeer, channel: WeChatChannel, clock: Clock, user: User
) -> None:
    await user.acts()
    await user.acts("click")
    await says_numbers(channel, 3)
    clock.now += 61
    await says_numbers(channel, 4)
    assert len(peer.sent) == 7


async def test_window_closes_after_48_hours(
    peer: WeChatPeer, channel: WeChatChannel, clock: Clock, user: User
) -> None:
    await user.acts()
    clock.now += 48 * 3600 - 90
    await say(channel, "还在")
    clock.now += 60
    await may_not_say(channel, "还在吗")


async def test_message_that_did_not_go_out_is_not_counted(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    await user.acts()
    peer.fail(SEND, *[-1] * 6)
    for _ in range(6):
        with pytest.raises(TryLater):
            await say(channel, "一")
    await says_numbers(channel, 4)
    assert len(peer.sent) == 4


@pytest.mark.parametrize("status", [0, 502, 504])
async def test_message_whose_answer_was_lost_stays_counted_and_is_said_again(
    peer: WeChatPeer, channel: WeChatChannel, user: User, status: int
) -> None:
    await user.acts()
    peer.lose(SEND, status)
    with pytest.raises(TryLater) as fault:
        await say(channel, "有结果了")
    assert fault.value.seconds == 20  # each try may cost another message
    await say(channel, "有结果了")
    await spends_the_rest(channel)
    assert peer.texts_to(OPENID) == ["有结果了", "有结果了", "0", "1"]


async def test_message_that_wechat_took_too_long_over_stays_counted(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    await user.acts()
    await say(channel, "一")
    peer.delay, channel._client._http.timeout = 0.3, 0.1
    await says_in_vain(channel, "二")
    peer.delay, channel._client._http.timeout = 0.0, 5
    await spends_the_rest(channel)
    assert peer.texts_to(OPENID) == ["一", "二", "0", "1"]


async def test_what_surely_did_not_arrive_is_not_counted(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    await user.acts()
    peer.lose("/cgi-bin/stable_token", 0, 504)  # no token, so no message
    for _ in range(2):
        with pytest.raises(TryLater):
            await say(channel, "一")
    await channel._client._access_token()
    there, channel._client._base = channel._client._base, "http://127.0.0.1:9"  # nobody opens
    await says_in_vain(channel, "一")
    channel._client._base = there
    await spends_the_rest(channel)
    assert len(peer.sent) == 4


async def test_what_was_counted_for_a_window_is_not_taken_from_the_next_one(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    ledger = channel._ledger
    await user.acts()
    unsent = await ledger.take(OPENID, 1, all_of_it=False)
    await user.acts()
    await say(channel, "一")
    await ledger.settle(unsent)
    await spends_the_rest(channel)
    assert len(peer.sent) == 4


async def test_message_that_was_under_way_when_the_person_wrote_counts_in_the_new_window(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    ledger = channel._ledger
    await user.acts()
    under_way = await ledger.take(OPENID, 2, all_of_it=False)
    await user.acts()
    under_way.spent = 2
    await ledger.settle(under_way)
    await spends_the_rest(channel)
    assert len(peer.sent) == 2


async def test_push_that_a_later_one_overtook_opens_no_window_anew(
    peer: WeChatPeer, channel: WeChatChannel, user: User, desk: Desk, clock: Clock
) -> None:
    await user.acts()
    await says_numbers(channel, 4)
    async with desk.transaction() as session:
        known = await contacts.recognise(
            session, desk.vault, channel="wechat", address=OPENID, at=clock.moment()
        )
        earlier = clock.moment() - timedelta(seconds=1)
        for statement, values in opening(Act.message, earlier)(known.contact_id, known.key, ()):
            await statement.run(session, values)
    await may_not_say(channel, "4")


async def test_wechats_own_count_goes_before_ours(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    await user.acts()
    peer.fail(SEND, 45047)
    with pytest.raises(WindowClosed, match="45047"):
        await say(channel, "一")
    calls = len(peer.calls)
    await may_not_say(channel, "一")
    assert len(peer.calls) == calls


async def test_whoever_never_wrote_is_not_written_to(peer: WeChatPeer, channel: WeChatChannel) -> None:
    await may_not_say(channel, "您好")
    assert peer.calls == []
