"""Every kind of push, through the door."""

import pytest

from bot.channels import RemoteMedia
from bot.conversation.messages import Arrived, Chose, Incoming, Left, Said, SentPlace, Unsupported
from tests.bot.wechat.conftest import OPENID, SECONDS, Account, event_xml, text_xml, xml

SCENE = "<EventKey><![CDATA[qrscene_village-07]]></EventKey><Ticket><![CDATA[gQH]]></Ticket>"


def kind(name: str, inside: str) -> str:
    """A message of this kind."""
    return xml(f"<MsgType><![CDATA[{name}]]></MsgType>{inside}<MsgId>24000000000000002</MsgId>")


UNDERSTOOD: dict[str, tuple[str, Incoming]] = {
    "text": (text_xml("1"), Said("1")),
    "text of several lines": (text_xml("甲\n乙 <b>"), Said("甲\n乙 <b>")),
    "location": (
        kind(
            "location",
            "<Location_X>23.134521</Location_X><Location_Y>113.358803</Location_Y><Scale>20</Scale>"
            "<Label><![CDATA[前哨县人民路1号]]></Label>",
        ),
        SentPlace(23.134521, 113.358803, "前哨县人民路1号"),
    ),
    "link": (
        kind(
            "link",
            "<Title><![CDATA[高息理财]]></Title><Description><![CDATA[保本保息]]></Description>"
            "<Url><![CDATA[http://example.invalid/a?b=1&c=2]]></Url>",
        ),
        Said("高息理财\n保本保息\nhttp://example.invalid/a?b=1&c=2"),
    ),
    "place of words alone": (kind("location", "<Label>东街菜市场</Label>"), Said("东街菜市场")),
    "place off the earth": (
        kind("location", "<Location_X>91</Location_X><Location_Y>nan</Location_Y><Label>东街菜市场</Label>"),
        Said("东街菜市场"),
    ),
    "place of nothing": (kind("location", ""), Unsupported("unknown")),
    "endless place": (
        kind("location", "<Location_X>inf</Location_X><Location_Y>1</Location_Y>"),
        Unsupported("unknown"),
    ),
    "voice of which only the words came": (
        kind("voice", "<Recognition><![CDATA[有人放贷]]></Recognition>"),
        Said("有人放贷"),
    ),
    "voice of nothing": (kind("voice", "<Format>amr</Format>"), Unsupported("unknown")),
    "video of nothing": (kind("video", ""), Unsupported("unknown")),
    "signs that nobody sees": (text_xml("有人\x08放贷\uffff，利息高\x1f"), Said("有人放贷，利息高")),
    "sticker": (kind("image", "<PicUrl></PicUrl>"), Unsupported("sticker")),
    "nothing said": (text_xml(""), Unsupported("unknown")),
    "not passed on": (text_xml("【收到不支持的消息类型，暂无法显示】"), Unsupported("unknown")),
    "file whose name cries": (
        kind("file", "<Title>遗书.docx</Title><Description></Description>"),
        Unsupported("file", "遗书"),
    ),
    "new kind": (kind("hologram", ""), Unsupported("hologram")),
    "follow": (event_xml("subscribe"), Arrived("follow")),
    "follow by poster": (event_xml("subscribe", SCENE), Arrived("follow", scene="village-07")),
    "follow after a payment": (
        event_xml("subscribe", "<EventKey><![CDATA[last_trade_no_4200000]]></EventKey>"),
        Arrived("follow"),
    ),
    "scan": (event_xml("SCAN", "<EventKey>village-07</EventKey>"), Arrived("start", scene="village-07")),
    "menu": (event_xml("CLICK", "<EventKey>report</EventKey>"), Arrived("menu", scene="report")),
    "tapped line of a message": (
        xml(
            "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[要举报]]></Content>"
            "<MsgId>24000000000000003</MsgId><bizmsgmenuid><![CDATA[paid.no]]></bizmsgmenuid>"
        ),
        Chose("paid.no"),
    ),
    "tapped line that comes back under a number of WeChat's": (
        xml(
            "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[要举报]]></Content>"
            "<MsgId>24000000000000004</MsgId><bizmsgmenuid>101</bizmsgmenuid>"
        ),
        Said("要举报"),
    ),
    "scan of a poster from the menu": (
        event_xml(
            "scancode_push",
            "<EventKey>scan</EventKey><ScanCodeInfo><ScanType>barcode</ScanType>"
            "<ScanResult><![CDATA[EAN_13,6900000000000]]></ScanResult></ScanCodeInfo>",
        ),
        Said("EAN_13,6900000000000"),
    ),
    "scan of nothing": (event_xml("scancode_waitmsg", "<EventKey>scan</EventKey>"), Unsupported("scan")),
    "scan from the menu": (
        event_xml(
            "scancode_waitmsg",
            "<EventKey>scan</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType>"
            "<ScanResult><![CDATA[http://example.invalid/x]]></ScanResult></ScanCodeInfo>",
        ),
        Said("http://example.invalid/x"),
    ),
}


@pytest.mark.parametrize("name", UNDERSTOOD)
async def test_push_means_what_wechat_documents(account: Account, name: str) -> None:
    message, meaning = UNDERSTOOD[name]
    assert account.shown(await account.push(message)) == "收到。"
    assert account.desk.only.incoming == meaning
    assert account.desk.only.media == ()


@pytest.mark.parametrize(
    ("name", "as_what"),
    [("image", "picture"), ("voice", "voice"), ("video", "video"), ("shortvideo", "video")],
)
async def test_file_is_named_for_fetching(account: Account, name: str, as_what: str) -> None:
    inside = (
        "<PicUrl><![CDATA[http://example.invalid/p.jpg]]></PicUrl><MediaId><![CDATA[media-1_x]]></MediaId>"
        "<Format>amr</Format><Recognition><![CDATA[听写]]></Recognition>"
    )
    await account.push(kind(name, inside))
    assert account.desk.only.media == (RemoteMedia(as_what, "media-1_x"),)
    assert account.desk.only.external_id == "24000000000000002"


@pytest.mark.parametrize(
    ("heard", "hint"),
    [
        ("人工。", Said("人工。")),
        (
            "他们说存十万一年给两万还说是国家的项目。",
            Said("他们说存十万一年给两万还说是国家的项目。"),
        ),
        (
            "村口有人发传单，说存十万一年给两万，保证到期还钱。",
            Said("（语音转写）村口有人发传单，说存十万一年给两万，保证到期还钱。"),
        ),
        ("", None),
    ],
)
async def test_voice_is_kept_and_what_wechat_heard_in_it_is_a_hint(
    account: Account, heard: str, hint: Said | None
) -> None:
    inside = (
        f"<MediaId><![CDATA[media-1_x]]></MediaId><Format>amr</Format>"
        f"<Recognition><![CDATA[{heard}]]></Recognition>"
    )
    await account.push(kind("voice", inside))
    assert account.desk.only.media == (RemoteMedia("voice", "media-1_x"),)
    assert account.desk.only.incoming == hint


@pytest.mark.parametrize(
    "event",
    ["VIEW", "view_miniprogram", "LOCATION", "pic_sysphoto", "pic_photo_or_album", "pic_weixin",
     "location_select", "TEMPLATESENDJOBFINISH", "MASSSENDJOBFINISH", "subscribe_msg_popup_event",
     "subscribe_msg_change_event", "subscribe_msg_sent_event", "user_info_modified", "user_authorization_revoke"],
)  # fmt: skip
async def test_event_that_says_nothing_to_us_leaves_no_trace(account: Account, event: str) -> None:
    where = "<Latitude>23.1</Latitude><Longitude>113.3</Longitude><Precision>119.0</Precision>"
    answer = await account.push(event_xml(event, where))
    assert (answer.status_code, answer.text) == (200, "success")
    assert account.desk.arrivals == []


async def test_what_becomes_of_the_accounts_verification_is_told_to_the_operator(
    account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await account.push(event_xml("verify_expired", "<ExpiredTime>1442401093</ExpiredTime>"))
    assert (answer.status_code, answer.text) == (200, "success")
    assert account.desk.arrivals == []
    assert [(record.levelname, record.event) for record in caplog.records] == [("ERROR", "verify_expired")]  # type: ignore[attr-defined]


async def test_whoever_closes_their_wechat_account_has_left(account: Account) -> None:
    who = "<OpenID><![CDATA[oTest-who-closed]]></OpenID><AppID>wx0123456789abcdef</AppID>"
    await account.push(event_xml("user_authorization_cancellation", who))
    assert (account.desk.only.incoming, account.desk.only.address) == (Left(), "oTest-who-closed")
    await account.push(event_xml("user_authorization_cancellation"))
    assert account.desk.arrivals[1].incoming is None


async def test_sign_that_is_none_in_json_does_not_lose_the_message(account: Account) -> None:
    message = (
        f'{{"ToUserName":"gh_demo0000000","FromUserName":"{OPENID}","CreateTime":{SECONDS},"MsgType":"text",'
        '"Content":"有人\\u0000放\\ud83d贷\x08","MsgId":24000000000000077}'
    )
    await account.push_plain(message)
    assert account.desk.only.incoming == Said("有人放贷")


async def test_event_of_a_kind_we_have_never_heard_of_is_recorded_and_not_answered(account: Account) -> None:
    answer = await account.push(event_xml("hologram_shown", "<EventKey>1</EventKey>"))
    assert (answer.status_code, answer.text) == (200, "success")
    assert (account.desk.only.incoming, account.desk.only.media) == (None, ())


async def test_two_events_of_one_second_are_two_and_a_repeated_one_is_one(account: Account) -> None:
    pushes = [
        event_xml("subscribe"),
        event_xml("CLICK", "<EventKey>report</EventKey>"),
        event_xml("CLICK", "<EventKey>ask</EventKey>"),
        event_xml("CLICK", "<EventKey>ask</EventKey>", created=SECONDS + 1),
        event_xml("CLICK", "<EventKey>ask</EventKey>", sender="oTest-another"),
    ]
    for push in (*pushes, *pushes):
        query, body = account.wechat.secure(push, SECONDS)
        await account.http.post("/wechat", params=query, content=body)
    ids = [arrival.external_id for arrival in account.desk.arrivals]
    assert len(set(ids)) == len(pushes)
    assert ids[: len(pushes)] == ids[len(pushes) :]


async def test_two_messages_of_one_second_without_an_id_are_two_and_a_repeated_one_is_one(
    account: Account,
) -> None:
    said = [xml(f"<MsgType>text</MsgType><Content>{words}</Content>") for words in ("第一句", "第二句")]
    for push in (*said, *said):
        await account.push(push)
    ids = [arrival.external_id for arrival in account.desk.arrivals]
    assert ids[:2] == ids[2:]
    assert ids[0] != ids[1]


async def test_id_of_an_event_does_not_tell_who_it_was(account: Account) -> None:
    await account.push(event_xml("subscribe"))
    assert OPENID not in account.desk.only.external_id
