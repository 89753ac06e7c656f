"""What we fetch from WeChat, against a server that has it."""

import logging
from datetime import timedelta

import pytest

from bot.channels import ChannelName, MediaGone, RemoteMedia, TryLater
from bot.wechat.channel import WeChatChannel
from bot.wechat.client import MOST_MEDIA_BYTES
from entrypoints import metrics
from entrypoints.desk import Desk
from foundation.clock import now
from reports import evidence
from tests.bot.chatting import Person
from tests.jobs import Jobs
from tests.peers.wechat import WeChatPeer


async def test_picture_comes_as_the_user_sent_it(peer: WeChatPeer, channel: WeChatChannel) -> None:
    data = bytes(range(256)) * 1000
    assert await channel.fetch(RemoteMedia("picture", peer.keep(data))) == data


async def test_picture_that_looks_like_an_answer_is_still_a_picture(
    peer: WeChatPeer, channel: WeChatChannel
) -> None:
    data = b'{"errcode":40007,"errmsg":"invalid media_id"}'
    assert await channel.fetch(RemoteMedia("picture", peer.keep(data))) == data


async def test_error_in_place_of_a_file_is_no_file_although_it_says_200(channel: WeChatChannel) -> None:
    with pytest.raises(MediaGone, match="附件已过期"):
        await channel.fetch(RemoteMedia("picture", "forgotten"))


async def test_file_is_fetched_again_with_a_new_token(peer: WeChatPeer, channel: WeChatChannel) -> None:
    media = RemoteMedia("voice", peer.keep(b"#!AMR\n", "audio/amr"))
    assert await channel.fetch(media) == b"#!AMR\n"
    peer.expire_token()
    assert await channel.fetch(media) == b"#!AMR\n"


async def test_video_is_fetched_from_the_address_that_wechat_gives(
    peer: WeChatPeer, channel: WeChatChannel
) -> None:
    assert await channel.fetch(RemoteMedia("video", peer.keep_video(b"moving"))) == b"moving"


@pytest.mark.parametrize(
    "address",
    ["http://169.254.169.254/latest", "file:///etc/hostname", "http://qq.com.example.invalid/v", ""],
)
async def test_video_address_that_is_not_wechats_is_never_opened(
    peer: WeChatPeer, channel: WeChatChannel, address: str
) -> None:
    media_id = peer.keep(f'{{"video_url":"{address}"}}'.encode(), "application/json")
    with pytest.raises(TryLater):
        await channel.fetch(RemoteMedia("video", media_id))


def test_addresses_of_wechat_are_told_from_lookalikes(channel: WeChatChannel) -> None:
    ours = channel._client._is_wechats
    assert ours("http://mp.weixin.qq.com/v?x=1")
    assert ours("https://a.qpic.cn/v")
    for foreign in (
        "https://qq.com.example.invalid/",
        "https://notqq.com/",
        "https://x@example.invalid/.qq.com",
    ):
        assert not ours(foreign)


async def test_file_without_end_is_given_up(peer: WeChatPeer, channel: WeChatChannel) -> None:
    media_id = peer.keep(b"x" * (MOST_MEDIA_BYTES + 1), "video/mp4")
    with pytest.raises(MediaGone, match="太大"):
        await channel.fetch(RemoteMedia("video", media_id))


async def test_answer_that_cannot_be_read_is_tried_later(peer: WeChatPeer, channel: WeChatChannel) -> None:
    with pytest.raises(TryLater):
        await channel.fetch(RemoteMedia("picture", peer.keep(b"<html>busy</html>", "text/html")))


async def test_file_that_will_be_lost_is_told_to_the_operator_a_day_before(
    peer: WeChatPeer, channel: WeChatChannel, desk: Desk, jobs: Jobs, caplog: pytest.LogCaptureFixture
) -> None:
    desk.channels[ChannelName.wechat] = channel
    person = Person(desk, channel=ChannelName.wechat, at=now() - timedelta(hours=25))
    await person.sends_file(peer.keep(b"not yet"))
    peer.fail("/cgi-bin/media/get", -1)
    await jobs.run_all()
    async with desk.reading() as session:
        assert await evidence.count_overdue(session, now()) == 1
        shown = (await metrics.exposition(session)).decode()
    assert "qianshao_media_overdue 1.0" in shown
    assert [r.levelno for r in caplog.records if r.name == "bot.delivery"] == [logging.ERROR]
    await jobs.run_all(delayed=True, but=("reports.evidence_read",))
    async with desk.reading() as session:
        assert await evidence.count_overdue(session, now()) == 0
