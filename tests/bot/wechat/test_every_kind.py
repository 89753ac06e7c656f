"""Whatever somebody sends to the account, the real inbox has an answer that fits it."""

import pytest

from bot.channels import ChannelName
from bot.wechat.channel import WeChatChannel
from entrypoints.desk import Desk
from tests.bot.wechat.conftest import SECONDS, door_of, event_xml, read_reply, settings
from tests.bot.wechat.test_arrivals import SCENE, kind
from tests.peers.wechat_crypto import WeChatCrypto

_FILE = "<MediaId><![CDATA[media-1_x]]></MediaId><ThumbMediaId>t</ThumbMediaId><Format>amr</Format>"
_HEARD = "<Recognition><![CDATA[东街有人发传单，说存十万一年给两万]]></Recognition>"
_SCANNED = (
    "<EventKey>scan</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType>"
    "<ScanResult><![CDATA[http://example.invalid/x]]></ScanResult></ScanCodeInfo>"
)
ANSWERS = {
    "text": (kind("text", "<Content>你好</Content>"), "您好"),
    "image": (kind("image", f"<PicUrl>http://example.invalid/p</PicUrl>{_FILE}"), "收到 1 张照片"),
    "voice": (kind("voice", _FILE), "给工作人员留着"),
    "voice with a transcript": (kind("voice", f"{_FILE}{_HEARD}"), "话也记下了。\n收到 1 份文件"),
    "video": (kind("video", _FILE), "给工作人员留着"),
    "shortvideo": (kind("shortvideo", _FILE), "给工作人员留着"),
    "location": (
        kind(
            "location", "<Location_X>23.1</Location_X><Location_Y>113.3</Location_Y><Label>人民路1号</Label>"
        ),
        "位置记下了。\n请拍张照片",
    ),
    "link": (
        kind(
            "link", "<Title>高息理财</Title><Description>保本</Description><Url>http://example.invalid</Url>"
        ),
        "是不是，要由负责的部门认定",
    ),
    "sticker": (kind("image", "<PicUrl></PicUrl>"), "收到您的表情了"),
    "kind of tomorrow": (kind("hologram", "这个我打不开"), ""),
    "subscribe": (event_xml("subscribe"), "您好，这里是“前哨”"),
    "subscribe by scene": (event_xml("subscribe", SCENE), "您好，这里是“前哨”"),
    "SCAN": (event_xml("SCAN", "<EventKey>village-07</EventKey>"), "您好，这里是“前哨”"),
    "CLICK": (event_xml("CLICK", "<EventKey>report</EventKey>"), "请拍张照片发给我"),
    "CLICK of a menu that was changed": (event_xml("CLICK", "<EventKey>no_such</EventKey>"), "1 我要举报"),
    "scancode_waitmsg": (event_xml("scancode_waitmsg", _SCANNED), "对方怎么说的"),
}


@pytest.mark.parametrize("name", ANSWERS)
async def test_every_kind_has_an_answer_that_fits_it(desk: Desk, wechat: WeChatCrypto, name: str) -> None:
    desk.channels[ChannelName.wechat] = WeChatChannel(settings(), desk)
    message, expected = ANSWERS[name]
    async with door_of(desk.inbox, settings()) as http:  # type: ignore[arg-type]
        query, body = wechat.secure(message, SECONDS)
        answer = await http.post("/wechat", params=query, content=body)
    said = read_reply(wechat.open(answer.content))
    assert expected in said
