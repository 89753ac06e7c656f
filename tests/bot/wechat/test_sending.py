"""What we send through WeChat's API, against a server with its limits."""

import asyncio

import pytest

from bot.channels import RemoteMedia, TryLater, WindowClosed
from bot.conversation.replies import Choice, Reply
from bot.wechat.channel import WeChatChannel
from bot.wechat.client import WeChatClient
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
from tests.bot.wechat.conftest import settings as account_settings
from tests.peers.wechat import WeChatPeer

SEND = "/cgi-bin/message/custom/send"


# ---- messages --------------------------------------------------------------------------------------------


async def test_message_goes_out_as_it_is_written(
    user: User, peer: WeChatPeer, channel: WeChatChannel
) -> None:
    await user.acts()
    reply = Reply("查到了 🙏 “线索”", (), (Choice("back", "返回"), Choice("human", "人工")))
    await channel.send(OPENID, (Reply("您好。"), reply), key="k")
    assert peer.texts_to(OPENID) == ["您好。\n\n查到了 🙏 “线索”\n\n0 返回 · 9 人工"]


# ---- text that WeChat finds too long ---------------------------------------------------------------------

LONG = "这是一句话。" * 60


async def test_text_found_too_long_does_not_spend_what_is_kept_back(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    await user.acts()
    await says_numbers(channel, 3)
    peer.fail(SEND, 45002)
    with pytest.raises(WindowClosed):
        await say(channel, LONG, notice=NoticeKind.accepted)
    await say(channel, "三")
    await say(channel, "请补拍一张", notice=NoticeKind.need_more)
    assert peer.texts_to(OPENID) == ["0", "1", "2", "三", "请补拍一张"]


async def test_officers_question_found_too_long_may_spend_what_is_kept_back(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    await user.acts()
    await says_numbers(channel, 3)
    peer.fail(SEND, 45002)
    await say(channel, LONG, notice=NoticeKind.need_more)
    assert "".join(peer.texts_to(OPENID)[3:]) == LONG


async def test_retry_after_half_of_a_split_text_does_not_repeat_the_first_half(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    await user.acts()
    peer.fail(SEND, 45002, None, -1)
    await says_in_vain(channel, LONG)
    await say(channel, LONG)
    assert "".join(peer.texts_to(OPENID)) == LONG
    await spends_the_rest(channel)
    assert len(peer.sent) == 4


async def test_text_that_wechat_never_takes_is_held_and_nothing_counted(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    await user.acts()
    peer.fail(SEND, *[45002] * 9)
    with pytest.raises(WindowClosed):
        await say(channel, "短" * 80)
    peer._faults[SEND].clear()
    await spends_the_rest(channel)
    assert len(peer.sent) == 4


async def test_options_found_too_long_go_as_text(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    await user.acts()
    peer.fail(SEND, 45002)
    await channel.send(OPENID, ASKED, key="k")
    assert peer.texts_to(OPENID) == ["您付过钱吗？\n\n1 没有\n2 付过\n9 人工"]


async def test_long_replies_use_as_few_messages_as_they_can(
    user: User, peer: WeChatPeer, channel: WeChatChannel
) -> None:
    await user.acts()
    replies = [Reply(f"第{number}段。" + "说得很长。" * 58) for number in range(4)]
    await channel.send(OPENID, replies, key="k")
    assert len(peer.sent) == 2
    assert "\n\n".join(peer.texts_to(OPENID)) == "\n\n".join(reply.text for reply in replies)


async def test_retry_after_half_a_delivery_does_not_repeat_the_first_half(
    user: User, peer: WeChatPeer, channel: WeChatChannel
) -> None:
    await user.acts()
    replies = (Reply("甲。" * 300), Reply("乙。" * 300))
    peer.fail(SEND, None, -1)
    with pytest.raises(TryLater):
        await channel.send(OPENID, replies, key="k")
    assert peer.texts_to(OPENID) == ["甲。" * 300]
    await channel.send(OPENID, replies, key="k")
    assert peer.texts_to(OPENID) == ["甲。" * 300, "乙。" * 300]
    await channel.send(OPENID, replies, key="k2")
    assert len(peer.sent) == 4


async def test_account_without_a_secret_calls_nobody(peer: WeChatPeer, desk: Desk) -> None:
    channel = WeChatChannel(account_settings(api_base=peer.address), desk)
    await may_not_say(channel, "您好")
    with pytest.raises(TryLater):
        await channel.fetch(RemoteMedia("picture", "m"))
    assert peer.calls == []
    await channel.close()


async def test_wechat_out_of_reach_is_tried_later_and_no_address_is_told(
    peer: WeChatPeer, desk: Desk, user: User, clock: Clock
) -> None:
    account = sending_settings(peer).model_copy(update={"api_base": "http://127.0.0.1:9"})
    channel = WeChatChannel(account, desk, clock=clock.moment)
    await user.acts()
    with pytest.raises(TryLater) as fault:
        await say(channel, "您好")
    assert fault.value.__context__ is None
    assert "127.0.0.1" not in str(fault.value)
    assert peer.app_secret not in str(fault.value)
    await channel.close()


async def test_wechat_that_hangs_up_is_tried_later_and_the_token_is_not_told(
    user: User, peer: WeChatPeer, channel: WeChatChannel
) -> None:
    await user.acts()
    await say(channel, "一")
    held = peer.calls[-1].query["access_token"]

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    channel._client._base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    with pytest.raises(TryLater) as fault:
        await say(channel, "二")
    server.close()
    assert held not in repr(fault.value)
    assert fault.value.__context__ is None


# ---- options that can be tapped --------------------------------------------------------------------------

ASKED = (
    Reply(
        "您付过钱吗？", (Choice("paid.no", "没有"), Choice("paid.yes", "付过")), (Choice("human", "人工"),)
    ),
)


async def test_choices_can_be_tapped_and_their_numbers_typed(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    await user.acts()
    await channel.send(OPENID, (Reply("照片看过了。"), *ASKED), key="k")
    assert peer.options == [
        (
            OPENID,
            [
                {"id": "paid.no", "content": "1 没有"},
                {"id": "paid.yes", "content": "2 付过"},
                {"id": "human", "content": "9 人工"},
            ],
        )
    ]
    assert peer.texts_to(OPENID) == [
        "照片看过了。\n\n您付过钱吗？\n1 没有\n2 付过\n9 人工\n点一下，或回复前面的数字。"
    ]


async def test_hint_to_tap_or_type_speaks_the_language_of_the_question(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    await user.acts()
    for question, label in (("Have you paid them?", "Not yet"), ("您付過錢嗎？", "還沒有")):
        await channel.send(OPENID, (Reply(question, (Choice("paid.no", label),)),), key=label)
    assert [text.splitlines()[-1] for text in peer.texts_to(OPENID)] == [
        "Tap one, or reply with its number.",
        "點一下，或回覆前面的數字。",
    ]


async def test_account_without_options_says_them_as_text_and_the_operator_hears_of_it(
    peer: WeChatPeer, channel: WeChatChannel, user: User
) -> None:
    await user.acts()
    peer.fail(SEND, 40200)
    await channel.send(OPENID, ASKED, key="k")
    await channel.send(OPENID, ASKED, key="k2")
    assert peer.options == []
    assert peer.texts_to(OPENID) == ["您付过钱吗？\n\n1 没有\n2 付过\n9 人工"] * 2
    assert [call.body["msgtype"] for call in peer.calls_of(SEND)] == ["msgmenu", "text", "text"]
    assert [(fault.part, fault.errcode) for fault in await channel.operating.faults()] == [("options", 40200)]
    assert await channel.operating.allow("options")
    await channel.send(OPENID, ASKED, key="k3")
    assert len(peer.options) == 1


async def test_operator_may_leave_options_out(peer: WeChatPeer, desk: Desk, clock: Clock, user: User) -> None:
    await user.acts()
    account = sending_settings(peer).model_copy(update={"options": False})
    channel = WeChatChannel(account, desk, client=WeChatClient(account, seconds=clock), clock=clock.moment)
    await channel.send(OPENID, ASKED, key="k")
    await channel.close()
    assert peer.options == []


# ---- what only the operator can mend ---------------------------------------------------------------------


@BOTH_DATABASES
async def test_account_that_may_not_send_is_not_asked_again_and_the_operator_hears_of_it(
    peer: WeChatPeer, channel: WeChatChannel, user: User, desk: Desk, clock: Clock
) -> None:
    await user.acts()
    peer.fail(SEND, 48001)
    for _ in range(2):
        with pytest.raises(WindowClosed):
            await say(channel, "一")
    another = WeChatChannel(sending_settings(peer), desk, clock=clock.moment)
    with pytest.raises(WindowClosed, match="may not send"):
        await say(another, "一")
    await another.close()
    assert len(peer.calls_of(SEND)) == 1
    assert [(fault.part, fault.errcode) for fault in await channel.operating.faults()] == [
        ("messages", 48001)
    ]


@pytest.mark.parametrize(
    "code", [40013, 40125, 40164, 40243, 50004, 50007, 61004, 89501, 89503, 89506, 89507]
)
async def test_token_that_is_given_to_nobody_is_told_to_the_operator(
    peer: WeChatPeer, channel: WeChatChannel, user: User, code: int
) -> None:
    await user.acts()
    peer.fail("/cgi-bin/stable_token", code)
    await says_in_vain(channel, "一")
    assert [(fault.part, fault.errcode) for fault in await channel.operating.faults()] == [("account", code)]
    await say(channel, "一")
