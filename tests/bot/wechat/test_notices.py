"""What reaches a person who may not be written to: held, told of by a notice, delivered at the next contact."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from sqlmodel import col, select

from bot.channels import ChannelName
from bot.conversation.replies import Choice, Reply
from bot.tables import OutboxMessage
from bot.wechat.channel import WeChatChannel
from bot.wechat.client import WeChatClient
from bot.wechat.consents import AGREED, DECLINED, WORDS, Consents
from bot.wechat.door import build_door
from bot.wechat.operating import Capability
from entrypoints.desk import Desk
from foundation.clock import now
from reports import notices
from reports.notices import NoticeKind
from reports.tables import Tip
from tests.bot.chatting import AD
from tests.bot.wechat.conftest import (
    OPENID,
    SECONDS,
    Clock,
    event_xml,
    sending_settings,
    text_xml,
)  # fmt: skip
from tests.jobs import Jobs
from tests.peers.wechat import WeChatPeer
from tests.peers.wechat_crypto import WeChatCrypto

TEMPLATE = "1uDxHNXwYQfBmXOfPJcjAS3FynHArD8aWMEFNRGSbCc"
SUBSCRIBE = "/cgi-bin/message/template/subscribe"


@dataclass
class Reporter:
    """Somebody who reports over a real desk and WeChat's peer."""

    desk: Desk
    http: httpx.AsyncClient
    wechat: WeChatCrypto
    peer: WeChatPeer
    channel: WeChatChannel
    clock: Clock
    numbers: int = 28000000000000000

    async def says(self, *texts: str) -> str:
        shown = ""
        for text in texts:
            self.numbers += 1
            shown = await self.push(text_xml(text, self.numbers))
        return shown

    async def push(self, message: str, act: str = "message") -> str:
        self.peer.user_acts(OPENID, act)
        query, body = self.wechat.secure(message, int(self.clock.moment().timestamp()))
        answer = await self.http.post("/wechat", params=query, content=body)
        assert answer.status_code == 200
        return (
            ""
            if answer.text == "success"
            else ElementTree.fromstring(self.wechat.open(answer.content)).findtext("Content") or ""
        )

    async def reports(self) -> str:
        """A whole report by words; what the receipt's message says."""
        return await self.says("文字举报", AD, "没有", "东街菜市场门口", "墙上", "没有了", "提交")

    async def is_owed_news(self, count: int = 1) -> None:
        async with self.desk.transaction() as session:
            tip = (await session.exec(select(Tip))).one()
            for _ in range(count):
                await notices.owe(
                    session, NoticeKind.accepted, reporter_id=tip.reporter_id, at=now(), tip=tip
                )

    async def states(self) -> list[str]:
        async with self.desk.reading() as session:
            rows = await session.exec(select(OutboxMessage).order_by(col(OutboxMessage.created_at)))
            return [row.state for row in rows.all()]

    async def follows(self, shown: str, **changed: str) -> httpx.Response:
        """Opens the link of the receipt and agrees; WeChat's page sends them back."""
        link = shown.split('href="')[1].split('"')[0]
        asked = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
        assert urlsplit(link).netloc == "mp.weixin.qq.com"
        assert asked["redirect_url"] == "https://tips.example/wechat/consent"
        self.peer.user_agrees(OPENID, asked["template_id"], int(asked["scene"]))
        back = {name: asked[name] for name in ("template_id", "scene", "reserved")}
        query = {"openid": OPENID, "action": "confirm"} | back | changed
        return await self.http.get("/wechat/consent", params=query)


@pytest_asyncio.fixture
async def reporter(
    desk: Desk, peer: WeChatPeer, wechat: WeChatCrypto, clock: Clock
) -> AsyncIterator[Reporter]:
    account = sending_settings(peer).model_copy(update={"notice_template": TEMPLATE})
    client = WeChatClient(account, seconds=clock)
    channel = WeChatChannel(account, desk, client=client, clock=clock.moment)
    desk.channels[ChannelName.wechat] = channel
    app = FastAPI()
    consents = Consents(desk, account)
    app.include_router(
        build_door(
            desk.inbox, account, consents=consents, public_url="https://tips.example", clock=clock.moment
        )
    )
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://qianshao.test") as http:
        yield Reporter(desk, http, wechat, peer, channel, clock)
    await channel.close()


async def test_receipt_asks_whether_to_be_told_and_the_consent_is_used_once(
    reporter: Reporter, jobs: Jobs, clock: Clock
) -> None:
    shown = await reporter.reports()
    assert "回执号" in shown
    answer = await reporter.follows(shown)
    assert AGREED.simplified in answer.text
    assert AGREED.simplified in (await reporter.follows(shown)).text  # opened twice, counted once
    clock.now += 3 * 86400
    await reporter.is_owed_news(2)
    await jobs.run_all()
    assert [notice["data"] for notice in reporter.peer.notices] == [{"content": {"value": WORDS.simplified}}]
    assert await reporter.states() == ["held", "held"]
    assert len(await reporter.says("1")) > len(WORDS.simplified)
    assert await reporter.states() == ["sent", "sent"]


async def test_the_consents_page_and_its_notice_are_in_the_persons_language(
    reporter: Reporter, jobs: Jobs, clock: Clock
) -> None:
    shown = await reporter.reports()
    await reporter.says("English")
    page = (await reporter.follows(shown)).text
    assert AGREED.english in page
    assert '<html lang="en">' in page
    clock.now += 3 * 86400
    await reporter.is_owed_news(1)
    await jobs.run_all()
    assert reporter.peer.notices[0]["data"] == {"content": {"value": WORDS.english}}


async def test_news_within_the_window_uses_no_consent(reporter: Reporter, jobs: Jobs) -> None:
    await reporter.follows(await reporter.reports())
    await reporter.is_owed_news()
    await jobs.run_all()
    assert await reporter.states() == ["sent"]
    assert reporter.peer.notices == []
    assert len(reporter.peer.sent) == 1


async def test_receipt_that_comes_late_asks_as_well(reporter: Reporter, jobs: Jobs) -> None:
    late = "https://tips.example"
    channel = WeChatChannel(
        reporter.channel._settings, reporter.desk, client=reporter.channel._client, public_url=late,
        clock=reporter.clock.moment,
    )  # fmt: skip
    reporter.desk.channels[ChannelName.wechat] = channel
    await reporter.says("文字举报", AD, "没有", "东街菜市场门口", "墙上", "没有了")
    receipt = Reply("收到了。回执号：QS-1", (Choice("tips.1", "看看"),), wants="notice")
    await channel.send(OPENID, (receipt,), key="late")
    (said,) = reporter.peer.texts_to(OPENID)
    assert said.startswith("收到了。回执号：QS-1\n\n1 看看")
    assert (await reporter.follows(said)).status_code == 200


async def test_consent_that_somebody_else_made_up_is_refused(reporter: Reporter) -> None:
    shown = await reporter.reports()
    for changed in ({"openid": "oTest-another"}, {"scene": "17"}, {"reserved": "0" * 32}, {"reserved": ""}):
        answer = await reporter.follows(shown, **changed)
        assert (answer.status_code, answer.content) == (403, b"")
    assert DECLINED.simplified in (await reporter.follows(shown, action="cancel")).text


async def test_notice_that_the_person_declined_is_not_tried_again(
    reporter: Reporter, jobs: Jobs, clock: Clock
) -> None:
    await reporter.follows(await reporter.reports())
    reporter.peer.fail(SUBSCRIBE, 43101)
    clock.now += 3 * 86400
    await reporter.is_owed_news(2)
    await jobs.run_all()
    assert len(reporter.peer.calls_of(SUBSCRIBE)) == 1
    assert await reporter.states() == ["held", "held"]


@pytest.mark.parametrize("code", [43004, 45015, 45047, 48001])
async def test_whoever_agreed_is_told_of_news_too_where_wechat_and_not_our_count_says_that_nothing_is_left(
    reporter: Reporter, jobs: Jobs, code: int
) -> None:
    await reporter.follows(await reporter.reports())
    reporter.peer.fail("/cgi-bin/message/custom/send", code)
    await reporter.is_owed_news()
    await jobs.run_all()
    assert len(reporter.peer.notices) == 1
    assert await reporter.states() == ["held"]


@pytest.mark.parametrize("code", [40037, 47003])
async def test_template_that_does_not_fit_is_told_to_the_operator_by_its_id(
    reporter: Reporter, jobs: Jobs, clock: Clock, code: int
) -> None:
    await reporter.follows(await reporter.reports())
    reporter.peer.fail(SUBSCRIBE, code)
    clock.now += 3 * 86400
    await reporter.is_owed_news()
    await jobs.run_all()
    (fault,) = await reporter.channel.operating.faults()
    assert (fault.part, fault.errcode) == ("account", code)
    assert TEMPLATE in fault.detail


async def test_account_without_notices_is_not_asked_twice(
    reporter: Reporter, jobs: Jobs, clock: Clock
) -> None:
    await reporter.follows(await reporter.reports())
    reporter.peer.fail(SUBSCRIBE, 48001)
    clock.now += 3 * 86400
    await reporter.is_owed_news()
    await jobs.run_all()
    assert not await reporter.channel.operating.may(Capability.notices)


async def test_tip_of_whoever_scanned_a_poster_carries_its_scene(reporter: Reporter, desk: Desk) -> None:
    scanned = event_xml("subscribe", "<EventKey><![CDATA[qrscene_village-07]]></EventKey>")
    assert "您好" in await reporter.push(scanned, "follow")
    await reporter.reports()
    async with desk.reading() as session:
        assert (await session.exec(select(Tip))).one().scene == "village-07"


async def test_every_entry_of_the_menu_that_ships_has_an_answer_of_its_own(reporter: Reporter) -> None:
    from bot.wechat.menu import read_menu

    heard = []
    for number, entry in enumerate(entry for root in read_menu().root for entry in root.entry):
        if entry.option:
            key = f"<EventKey><![CDATA[{entry.option}]]></EventKey>"
            heard.append(await reporter.push(event_xml("CLICK", key, created=SECONDS + number), "click"))
    assert all(heard)
    assert len({text[:30] for text in heard}) >= len(heard) - 1
