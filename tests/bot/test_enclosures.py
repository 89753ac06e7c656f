"""A picture that an officer sends along reaches the citizen on each channel as that channel shows pictures, or not at all."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
import pytest_asyncio
from PIL import Image
from pydantic import SecretStr

from bot.channels import ChannelName, WindowClosed
from bot.conversation.languages import Language
from bot.conversation.messages import Said
from bot.conversation.replies import Choice, Reply
from bot.pictures import NOT_SHOWN
from bot.telegram.channel import TelegramChannel
from bot.wechat.channel import WeChatChannel
from bot.wechat.ledger import Act, opening
from entrypoints.desk import Desk
from foundation.clock import now
from foundation.ids import new_id
from foundation.settings import TelegramSettings, WeChatSettings
from moderation import enclosures, help_desk
from moderation.officers import Role
from moderation.tables import Enclosure, Officer
from reports.vault import rewrap_all
from tests.bot.chatting import NINE, Person, ScriptedChannel, heard
from tests.jobs import Jobs
from tests.leaflets import draw_leaflet
from tests.peers.telegram import TelegramPeer
from tests.peers.wechat import WeChatPeer

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WAY = ("便民服务站", "东街12号 一楼", "周一到周五 9点到17点")
OPENID = "oTest-openid_0000000000000001"


@dataclass
class Counter:
    """The help desk's side: somebody asked, and an officer answers with a picture."""

    desk: Desk
    jobs: Jobs

    async def answers(self, data: bytes, text: str = "请看这张图。") -> Enclosure:
        """An answer with this picture to whoever waits; everything that follows is done."""
        enclosure_id = new_id("enc")
        sealed = await enclosures.seal_into(self.desk.blobs, self.desk.vault.masters, enclosure_id, data)
        async with self.desk.transaction() as session:
            officer = await session.get(Officer, "off_1")
            if officer is None:
                officer = Officer(
                    id="off_1", login="li.na", name="李娜", role=Role.reviewer.value, password_hash="", created_at=NINE
                )  # fmt: skip
                session.add(officer)
                await session.flush()
            [request] = await help_desk.waiting_list(session)
            await help_desk.answer(
                session, request.id, text=text, officer=officer, at=now(), picture=(enclosure_id, sealed)
            )
        await self.jobs.run_all()
        return await self.found(enclosure_id)

    async def found(self, enclosure_id: str) -> Enclosure:
        async with self.desk.reading() as session:
            return await enclosures.find(session, enclosure_id)


@pytest.fixture
def counter(desk: Desk, jobs: Jobs) -> Counter:
    return Counter(desk, jobs)


@pytest_asyncio.fixture
async def telegram(desk: Desk) -> AsyncIterator[TelegramPeer]:
    """Telegram's place is taken by its peer."""
    with TelegramPeer().running() as peer:
        bot = TelegramSettings(token=SecretStr(peer.token), api_base=peer.address)
        channel = TelegramChannel(bot, pictures=desk.enclosed_picture)
        desk.channels[ChannelName.telegram] = channel
        yield peer
        await channel.close()


@pytest_asyncio.fixture
async def wechat(desk: Desk) -> AsyncIterator[WeChatPeer]:
    """WeChat's place is taken by its peer."""
    with WeChatPeer().running() as peer:
        account = WeChatSettings(
            app_id=peer.app_id,
            app_secret=SecretStr(peer.app_secret),
            token=SecretStr("t"),
            api_base=peer.address,
        )
        channel = WeChatChannel(account, desk, pictures=desk.enclosed_picture)
        desk.channels[ChannelName.wechat] = channel
        yield peer
        await channel.close()
    assert not peer.overruns


class OnWeChat(Person):
    """Somebody whose every message opens a window, there and here."""

    peer: WeChatPeer

    async def says(self, *texts: str) -> str:
        for text in texts:
            self.peer.user_acts(self.address)
            said = self.arrival(Said(text), beside=opening(Act.message, now()))
            taken = await self.desk.inbox.take_in(said)
        return heard(taken)


def on_wechat(desk: Desk, peer: WeChatPeer) -> OnWeChat:
    person = OnWeChat(desk, OPENID, ChannelName.wechat)
    person.peer = peer
    return person


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


async def test_picture_reaches_a_chat_of_telegram_as_a_copy_without_metadata(
    desk: Desk, counter: Counter, telegram: TelegramPeer
) -> None:
    person = Person(desk, "700000001")
    await person.says("9")
    data = draw_leaflet(WAY)
    exif = Image.Exif()
    exif[0x010F] = "phone of the officer"
    tagged = io.BytesIO()
    opened(data).save(tagged, "JPEG", exif=exif)
    row = await counter.answers(tagged.getvalue())
    assert row.state == "sent"
    words, picture = telegram.said_to(700000001)
    assert "请看这张图" in words.text
    assert picture.caption == "工作人员给您发来一张图。"
    shown = telegram.picture_in(picture)
    assert opened(shown).size == opened(data).size
    assert b"phone of the officer" not in shown
    with pytest.raises(Exception, match="is not in the store"):  # the officer's own file is gone
        await desk.blobs.get(row.blob_key)


@ONE_DATABASE
async def test_promise_in_a_picture_is_withheld_and_the_words_go_all_the_same(
    desk: Desk, counter: Counter, telegram: TelegramPeer
) -> None:
    person = Person(desk, "700000001")
    await person.says("9")
    row = await counter.answers(draw_leaflet(("通知", "我们保证全额退款", "请耐心等待")))
    assert row.state == "withheld"
    assert "退款" in row.refusal
    assert [bool(message.photo) for message in telegram.said_to(700000001)] == [False]


@ONE_DATABASE
async def test_picture_that_cannot_be_opened_is_withheld_with_its_reason(
    desk: Desk, counter: Counter, telegram: TelegramPeer
) -> None:
    await Person(desk, "700000001").says("9")
    row = await counter.answers(draw_leaflet(WAY)[:4000])
    assert (row.state, row.refusal) == ("withheld", "照片没有传完整，请再发一次。")


@ONE_DATABASE
@pytest.mark.parametrize(
    ("code", "said"), [(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"), (413, "Request Entity Too Large")]
)
async def test_picture_that_telegram_does_not_take_is_told_in_words(
    desk: Desk, counter: Counter, telegram: TelegramPeer, code: int, said: str
) -> None:
    await Person(desk, "700000001").says("9")
    telegram.refuse("sendPhoto", code, said)
    await counter.answers(draw_leaflet(WAY))
    assert NOT_SHOWN.simplified in telegram.said_to(700000001)[-1].text


@ONE_DATABASE
async def test_long_strip_is_made_to_fit_telegram(telegram: TelegramPeer, desk: Desk) -> None:
    strip = io.BytesIO()
    Image.new("RGB", (800, 12_000), "white").save(strip, "JPEG")

    async def pictures(_: str) -> bytes:
        return strip.getvalue()

    bot = TelegramSettings(token=SecretStr(telegram.token), api_base=telegram.address)
    channel = TelegramChannel(bot, pictures=pictures)
    words = "这条街上的三家店。" * 120  # more than stands below a picture
    await channel.send("700000001", (Reply(words, (Choice("a", "知道了"),), picture="enc_1"),), key="k")
    text, picture = telegram.said_to(700000001)
    assert text.text == words
    assert "知道了" in telegram.buttons_of(text)
    assert (picture.photo, picture.caption, picture.reply_markup) != (None, "", None)
    assert sum(opened(telegram.picture_in(picture)).size) <= 10_000
    await channel.close()


@ONE_DATABASE
async def test_held_picture_follows_the_words_when_the_person_writes(
    desk: Desk, counter: Counter, telegram: TelegramPeer, jobs: Jobs
) -> None:
    person = Person(desk, "700000001")
    await person.says("9")
    platform = ScriptedChannel(faults=[WindowClosed("later"), WindowClosed("later")])
    real = desk.channels[ChannelName.telegram]
    desk.channels[ChannelName.telegram] = platform
    await counter.answers(draw_leaflet(WAY))
    desk.channels[ChannelName.telegram] = real
    answer = await person.says("0")
    assert "请看这张图" in answer
    assert "工作人员给您发来一张图。" in answer
    await jobs.run_all()
    assert telegram.picture_in(telegram.said_to(700000001)[0])


@ONE_DATABASE
async def test_picture_goes_up_to_wechat_once_and_again_when_it_is_gone_there(
    desk: Desk, counter: Counter, wechat: WeChatPeer
) -> None:
    person = on_wechat(desk, wechat)
    await person.says("9")
    row = await counter.answers(draw_leaflet(WAY))
    assert [text[:6] for text in wechat.texts_to(OPENID)] == ["工作人员回复", "工作人员给您", "［图片］"]
    assert opened(wechat.pictures[0][1]).format == "JPEG"
    channel = desk.channels[ChannelName.wechat]
    picture = (Reply("", picture=row.id),)
    await person.says("你好")
    await channel.send(OPENID, picture, key="again")
    assert (len(wechat.pictures), wechat.uploads) == (2, 1)
    wechat.fail("/cgi-bin/message/custom/send", 40007)  # deleted there before its time
    await channel.send(OPENID, picture, key="gone")
    assert (len(wechat.pictures), wechat.uploads) == (3, 2)


@ONE_DATABASE
async def test_upload_is_renewed_before_wechat_forgets_it(
    desk: Desk, counter: Counter, wechat: WeChatPeer
) -> None:
    clock = {"now": 1000.0}
    wechat.seconds = lambda: clock["now"]
    begun = now()
    channel = desk.channels[ChannelName.wechat]
    assert isinstance(channel, WeChatChannel)
    person = on_wechat(desk, wechat)
    await person.says("9")
    row = await counter.answers(draw_leaflet(WAY))
    clock["now"] += 3 * 86_400 - 1800  # half an hour before it ends
    channel._uploads._clock = lambda: begun.fromtimestamp(
        begun.timestamp() + clock["now"] - 1000.0, begun.tzinfo
    )
    await person.says("你好")
    await channel.send(OPENID, (Reply("", picture=row.id),), key="later")
    assert wechat.uploads == 2
    async with desk.reading() as session:
        from sqlmodel import select

        from bot.wechat.tables import WeChatPicture

        assert len((await session.exec(select(WeChatPicture))).all()) == 1


@ONE_DATABASE
@pytest.mark.parametrize(
    ("code", "asked", "language"),
    [
        (40004, "9", Language.SIMPLIFIED),
        (40005, "找真人，請幫幫我", Language.TRADITIONAL),
        (40006, "I want to talk to the staff please", Language.ENGLISH),
        (40009, "9", Language.SIMPLIFIED),
    ],
)
async def test_picture_that_wechat_does_not_take_is_told_in_the_persons_own_words(
    desk: Desk, counter: Counter, wechat: WeChatPeer, code: int, asked: str, language: Language
) -> None:
    person = on_wechat(desk, wechat)
    await person.says(asked)
    await person.says("9")
    wechat.fail("/cgi-bin/media/upload", code)
    await counter.answers(draw_leaflet(WAY))
    assert wechat.texts_to(OPENID)[-1] == NOT_SHOWN.spoken(language)
    assert wechat.pictures == []


@ONE_DATABASE
async def test_large_picture_goes_to_wechat_within_two_megabytes(desk: Desk, wechat: WeChatPeer) -> None:
    large = io.BytesIO()
    Image.effect_noise((1900, 1500), 120).convert("RGB").save(large, "JPEG", quality=95)

    async def pictures(_: str) -> bytes:
        return large.getvalue()

    await on_wechat(desk, wechat).says("你好")
    account = desk.settings.wechat.model_copy(
        update={
            "app_id": wechat.app_id, "app_secret": SecretStr(wechat.app_secret),
            "token": SecretStr("t"), "api_base": wechat.address,
        }
    )  # fmt: skip
    channel = WeChatChannel(account, desk, pictures=pictures)
    await channel.send(OPENID, (Reply("", picture="enc_1"),), key="k")
    assert len(large.getvalue()) > 2 * 1024 * 1024 >= len(wechat.pictures[0][1])
    await channel.close()


async def test_account_that_cannot_send_says_that_there_was_a_picture(desk: Desk) -> None:
    channel = WeChatChannel(WeChatSettings(app_id="wx0123456789abcdef", token=SecretStr("t")), desk)
    division = channel.divide((Reply("工作人员给您发来一张图。", picture="enc_1"),))
    assert division.later == ()
    assert NOT_SHOWN.simplified in division.now[0].text
    await channel.close()


@ONE_DATABASE
async def test_whoever_is_forgotten_leaves_no_picture_behind(
    desk: Desk, counter: Counter, telegram: TelegramPeer, jobs: Jobs
) -> None:
    person = Person(desk, "700000001")
    await person.says("9")
    row = await counter.answers(draw_leaflet(WAY))
    assert row.shown_key is not None
    await person.says("删除我的资料", "都删掉")
    await jobs.run_all()
    gone = await counter.found(row.id)
    assert (gone.state, gone.wrapped_key) == ("forgotten", None)
    assert await desk.enclosed_picture(row.id) == b""
    with pytest.raises(Exception, match="is not in the store"):
        await desk.blobs.get(row.shown_key)


@ONE_DATABASE
async def test_picture_in_the_web_chat_is_shown_to_its_own_visitor_alone(
    desk: Desk, counter: Counter, app: object
) -> None:
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    async with (
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as mine,
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as other,
    ):
        for visitor in (mine, other):
            await visitor.get("/chat")
            said = await visitor.post(
                "/chat/api/messages", json={"id": "message-1", "text": "9"}, headers={"X-Qianshao": "1"}
            )
            assert said.status_code == 200
            if visitor is mine:
                row = await counter.answers(draw_leaflet(WAY))
        lines = (await mine.get("/chat/api/thread")).json()["lines"]
        assert [line["picture"] for line in lines if line.get("picture")] == [row.id]
        shown = await mine.get(f"/chat/api/pictures/{row.id}")
        assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
        assert opened(shown.content).size == opened(draw_leaflet(WAY)).size
        assert (await other.get(f"/chat/api/pictures/{row.id}")).status_code == 404
        for made_up in ("enc_00000000000000000000000000", "..%2f..%2fetc", "evi_1"):
            assert (await mine.get(f"/chat/api/pictures/{made_up}")).status_code == 404


@ONE_DATABASE
async def test_key_of_a_picture_is_wrapped_anew_with_the_others(
    desk: Desk, counter: Counter, telegram: TelegramPeer
) -> None:
    await Person(desk, "700000001").says("9")
    row = await counter.answers(draw_leaflet(WAY))
    from foundation.crypto import MasterKeys, new_master_key
    from tests.conftest import MASTER

    both = MasterKeys.parse(f"{new_master_key('next')},{MASTER}")
    async with desk.transaction() as session:
        assert await rewrap_all(session, both) >= 3
    found = await counter.found(row.id)
    assert found.key_id == "next"
    assert await enclosures.shown(desk.blobs, both, found)
