"""WeChat's door: whose call it is, and what goes back."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.conversation.messages import Left, Said
from bot.conversation.replies import Choice, Reply
from bot.wechat.door import MOST_BODY_BYTES, build_door
from bot.wechat.texts import divide
from foundation.errors import SettingWrong
from foundation.settings import WeChatSettings
from tests.bot.front_desk import RecordingDesk
from tests.bot.wechat.conftest import (
    APP_ID,
    AT,
    KEY,
    OPENID,
    SECONDS,
    TOKEN,
    Account,
    door_of,
    event_xml,
    read_reply,
    settings,
    text_xml,
    xml,
)
from tests.peers.wechat_crypto import WeChatCrypto, wechat_crypto

OTHER_KEY = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefg"


def refused(answer: httpx.Response) -> bool:
    """Whether the answer is a 403 that says nothing."""
    return answer.status_code == 403 and answer.content == b""


# ---- the URL check ----------------------------------------------------------------------------------------


async def test_url_check_gets_its_echo_back(account: Account) -> None:
    answer = await account.http.get("/wechat", params=account.wechat.plain(SECONDS, echostr="5921385"))
    assert (answer.status_code, answer.text) == (200, "5921385")
    assert answer.headers["content-type"].startswith("text/plain")


async def test_url_check_with_a_wrong_signature_is_refused_in_silence(account: Account) -> None:
    query = account.wechat.plain(SECONDS, echostr="5921385") | {"signature": "0" * 40}
    assert refused(await account.http.get("/wechat", params=query))


@pytest.mark.parametrize("off", [-301, 301, -86400])
async def test_url_check_of_another_time_is_refused(account: Account, off: int) -> None:
    assert refused(await account.http.get("/wechat", params=account.wechat.plain(SECONDS + off, echostr="1")))


# ---- the three modes --------------------------------------------------------------------------------------


async def test_secure_push_is_understood_and_its_answer_is_sealed_for_wechat(account: Account) -> None:
    account.desk.answer = lambda _: (Reply("这像是假贷款，先别转钱。"),)
    answer = await account.push(text_xml("有人让我先交钱再放款 🙏 是真的吗？"))
    assert account.shown(answer) == "这像是假贷款，先别转钱。"
    arrival = account.desk.only
    assert arrival.incoming == Said("有人让我先交钱再放款 🙏 是真的吗？")
    assert (arrival.channel, arrival.address, arrival.received_at) == ("wechat", OPENID, AT)
    assert arrival.raw.decode() == text_xml("有人让我先交钱再放款 🙏 是真的吗？")


async def test_answer_of_any_length_is_opened_by_wechat(account: Account) -> None:
    for length in range(1, 70):
        account.desk.answer = lambda _, n=length: (Reply("好" * n),)  # type: ignore[misc]
        answer = await account.push(text_xml("在吗", 25000000000000000 + length))
        assert account.shown(answer) == "好" * length


async def test_plain_push_gets_a_plain_answer(account: Account) -> None:
    answer = await account.push_plain(text_xml("你好"))
    assert answer.headers["content-type"].startswith("application/xml")
    assert read_reply(answer.content) == "收到。"


async def test_push_in_the_clear_is_refused_where_a_key_is_configured(account: Account) -> None:
    query = account.wechat.plain(SECONDS)
    assert refused(await account.http.post("/wechat", params=query, content=text_xml("你好").encode()))
    assert account.desk.arrivals == []


async def test_compatible_push_is_read_from_its_sealed_half(account: Account) -> None:
    beside = "<Content><![CDATA[不是这一句]]></Content><MsgType><![CDATA[text]]></MsgType>"
    query, body = account.wechat.secure(text_xml("是这一句"), SECONDS, beside=beside)
    answer = await account.http.post("/wechat", params=query, content=body)
    assert account.shown(answer) == "收到。"
    assert account.desk.only.incoming == Said("是这一句")


async def test_push_in_json_is_understood_and_answered_in_xml(account: Account) -> None:
    message = {
        "ToUserName": "gh_demo0000000",
        "FromUserName": OPENID,
        "CreateTime": SECONDS,
        "MsgType": "text",
        "Content": "你好 ]]> \U0001f64f",
        "MsgId": 24000000000000077,
    }
    plain = await account.push_plain(json.dumps(message))
    assert read_reply(plain.content) == "收到。"
    query, sealed = account.wechat.secure(json.dumps(message), SECONDS)
    encrypt = sealed.decode().split("<Encrypt><![CDATA[")[1].split("]]>")[0]
    body = json.dumps({"ToUserName": "gh_demo0000000", "Encrypt": encrypt})
    assert account.shown(await account.http.post("/wechat", params=query, content=body)) == "收到。"
    first, second = account.desk.arrivals
    assert first.incoming == second.incoming == Said("你好 ]]> \U0001f64f")
    assert first.external_id == second.external_id == "24000000000000077"


async def test_previous_key_still_opens_and_seals_while_keys_change(wechat: WeChatCrypto) -> None:
    both = settings(encoding_aes_key=SecretStr(f"{OTHER_KEY},{KEY}"))
    with wechat_crypto(TOKEN, OTHER_KEY, APP_ID) as renewed:
        async with door_of(desk := RecordingDesk(), both) as http:
            for number, side in enumerate((wechat, renewed)):
                account = Account(desk, http, side)
                assert (
                    account.shown(await account.push(text_xml("你好", 26000000000000000 + number)))
                    == "收到。"
                )


# ---- who it is not ----------------------------------------------------------------------------------------


async def test_wrong_signature_is_refused_in_silence_in_both_modes(account: Account) -> None:
    query, body = account.wechat.secure(text_xml("你好"), SECONDS)
    assert refused(
        await account.http.post("/wechat", params=query | {"msg_signature": "0" * 40}, content=body)
    )
    plain = account.wechat.plain(SECONDS) | {"signature": "é" * 40}
    assert refused(await account.http.post("/wechat", params=plain, content=text_xml("你好").encode()))
    assert account.desk.arrivals == []


@pytest.mark.parametrize("left_out", ["signature", "timestamp", "nonce"])
async def test_call_without_its_proof_is_refused(account: Account, left_out: str) -> None:
    query = account.wechat.plain(SECONDS)
    del query[left_out]
    assert refused(await account.http.post("/wechat", params=query, content=text_xml("你好").encode()))


async def test_signature_of_the_plain_mode_does_not_open_a_sealed_body(account: Account) -> None:
    query, body = account.wechat.secure(text_xml("你好"), SECONDS)
    del query["msg_signature"]
    assert refused(await account.http.post("/wechat", params=query, content=body))


async def test_sealed_text_of_another_push_is_refused(account: Account) -> None:
    query, _ = account.wechat.secure(text_xml("你好"), SECONDS)
    _, another = account.wechat.secure(text_xml("把钱转走"), SECONDS)
    assert refused(await account.http.post("/wechat", params=query, content=another))


@pytest.mark.parametrize("off", [-301, 301])
async def test_push_outside_five_minutes_is_refused(account: Account, off: int) -> None:
    query, body = account.wechat.secure(text_xml("你好"), SECONDS + off)
    assert refused(await account.http.post("/wechat", params=query, content=body))


@pytest.mark.parametrize("off", [-299, 299])
async def test_push_within_five_minutes_is_taken(account: Account, off: int) -> None:
    query, body = account.wechat.secure(text_xml("你好"), SECONDS + off)
    assert (await account.http.post("/wechat", params=query, content=body)).status_code == 200


@pytest.mark.parametrize("timestamp", ["", "-1", "１７９５３１０２００", "1e9", "9" * 40, "17953102000x"])
async def test_timestamp_that_is_none_is_refused(account: Account, timestamp: str) -> None:
    nonce = "1"
    signature = account.wechat._ask(act="sign", timestamp=timestamp, nonce=nonce, encrypt="")["signature"]
    query = {"signature": signature, "timestamp": timestamp, "nonce": nonce}
    assert refused(await account.http.post("/wechat", params=query, content=text_xml("你好").encode()))


async def test_push_for_another_account_is_refused(account: Account) -> None:
    with wechat_crypto(TOKEN, KEY, "wx9999999999999999") as other:
        query, body = other.secure(text_xml("你好"), SECONDS)
    assert refused(await account.http.post("/wechat", params=query, content=body))


async def test_push_sealed_with_a_key_that_is_not_ours_is_refused(account: Account) -> None:
    with wechat_crypto(TOKEN, OTHER_KEY, APP_ID) as other:
        for number in range(40):  # noise decrypts to something else each time
            query, body = other.secure(text_xml("你好", number), SECONDS)
            assert refused(await account.http.post("/wechat", params=query, content=body))


async def test_account_that_is_not_configured_refuses_everything(wechat: WeChatCrypto) -> None:
    async with door_of(RecordingDesk(), WeChatSettings()) as http:
        assert refused(await http.get("/wechat", params=wechat.plain(SECONDS, echostr="1")))
        assert refused(
            await http.post("/wechat", params=wechat.plain(SECONDS), content=text_xml("你好").encode())
        )


async def test_sealed_push_without_a_key_of_ours_is_refused(wechat: WeChatCrypto) -> None:
    async with door_of(RecordingDesk(), settings(encoding_aes_key=SecretStr(""))) as http:
        query, body = wechat.secure(text_xml("你好"), SECONDS)
        assert refused(await http.post("/wechat", params=query, content=body))


@pytest.mark.parametrize("key", ["short", KEY + "x", "!" * 43, "钥" * 43])
def test_key_that_is_none_stops_the_start_without_being_told(key: str) -> None:
    with pytest.raises(SettingWrong) as refusal:
        build_door(RecordingDesk(), settings(encoding_aes_key=SecretStr(key)))
    assert "QIANSHAO_WECHAT__ENCODING_AES_KEY" in str(refusal.value)
    assert key not in str(refusal.value)


# ---- bodies that are none ---------------------------------------------------------------------------------

BROKEN = {
    "nothing": "",
    "blank": "  \n",
    "words": "你好",
    "json without a sender": '{"ToUserName":"gh_demo","MsgType":"text"}',
    "json cut short": '{"ToUserName":"gh_demo","FromUserName":"o1","MsgType":"text","Content":"1',
    "json too deep": '{"a":' * 2000 + "1" + "}" * 2000,
    "json of lists": '{"FromUserName":[["o1"]],"ToUserName":["gh"],"MsgType":[]}',
    "unclosed": "<xml><MsgType>text",
    "another root": "<html><body/></html>",
    "empty root": "<xml/>",
    "no sender": "<xml><ToUserName>gh_demo</ToUserName><MsgType>text</MsgType><Content>1</Content></xml>",
    "no kind": "<xml><ToUserName>gh_demo</ToUserName><FromUserName>o1</FromUserName></xml>",
    "nested sender": xml("<MsgType>text</MsgType>").replace(f"<![CDATA[{OPENID}]]>", "<a><b>1</b></a>"),
    "sender with markup": xml("<MsgType>text</MsgType><Content>1</Content>", sender="o1]]]]><![CDATA[>"),
    "document type": '<!DOCTYPE xml [<!ENTITY a "b">]>' + text_xml("你好"),
    "bare document type": "<!DOCTYPE xml>" + text_xml("你好"),
    "outside file": '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    + xml("<MsgType>&a;</MsgType>"),
    "unknown entity": xml("<MsgType>&nbsp;</MsgType>"),
    "too deep": text_xml("你好").replace("</xml>", "<a>" * 2000 + "</a>" * 2000 + "</xml>"),
    "control sign by number": xml("<MsgType>text</MsgType><Content>&#1;</Content>"),
    "two roots": text_xml("你好") * 2,
}


@pytest.mark.parametrize("name", BROKEN)
async def test_broken_message_is_refused_in_silence(account: Account, name: str) -> None:
    assert refused(await account.push_plain(BROKEN[name]))
    assert refused(await account.push(BROKEN[name]))
    assert account.desk.arrivals == []


@pytest.mark.parametrize("body", [b"\xff\xfe<\x00x\x00", "<xml>你好</xml>".encode("gb18030"), b"\x00" * 100])
async def test_body_that_is_not_utf8_is_refused_in_silence(account: Account, body: bytes) -> None:
    assert refused(await account.push_plain(body))


@pytest.mark.parametrize("sealed", ["", "你好", "AAAA", "A" * 43, "=" * 64, "QUJD" * 100 + "!"])
async def test_ciphertext_that_is_none_is_refused_in_silence(account: Account, sealed: str) -> None:
    query = account.wechat.plain(SECONDS)
    query |= {
        "encrypt_type": "aes",
        "msg_signature": account.wechat.sign(SECONDS, query["nonce"], sealed),
    }
    body = f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode()
    assert refused(await account.http.post("/wechat", params=query, content=body))


async def test_document_type_inside_words_is_only_words(account: Account) -> None:
    assert account.shown(await account.push(text_xml("<!DOCTYPE xml> <!ENTITY"))) == "收到。"
    assert account.desk.only.incoming == Said("<!DOCTYPE xml> <!ENTITY")


@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    body=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda t: f"<xml>{t}</xml>".encode()))
)
async def test_no_body_whatever_is_a_fault_of_ours(account: Account, body: bytes) -> None:
    assert refused(await account.push_plain(body))
    query, _ = account.wechat.secure("<xml/>", SECONDS)
    assert refused(await account.http.post("/wechat", params=query, content=body))


async def test_body_over_the_limit_is_refused_announced_or_not(account: Account) -> None:
    large = text_xml("长" * MOST_BODY_BYTES).encode()

    async def unannounced() -> AsyncIterator[bytes]:
        for start in range(0, len(large), 8192):
            yield large[start : start + 8192]

    for content in (large, unannounced()):
        answer = await account.http.post("/wechat", params=account.wechat.plain(SECONDS), content=content)
        assert refused(answer)
    assert account.desk.arrivals == []


async def test_body_just_within_the_limit_is_taken(account: Account) -> None:
    room = MOST_BODY_BYTES - len(text_xml("").encode())
    assert (await account.push_plain(text_xml("a" * room))).status_code == 200


# ---- what goes back ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "]]>",
        "]]]]>>",
        "先]]>后]]>",
        "]]></Content><MsgType><![CDATA[image]]></MsgType><Content><![CDATA[",
        "<b>&amp;</b>",
        "结尾]]",
    ],
)
async def test_echoed_markup_stays_text(account: Account, words: str) -> None:
    account.desk.answer = lambda _: (Reply(f"您说的是：{words}"),)
    assert account.shown(await account.push(text_xml("1"))) == f"您说的是：{words}"
    assert read_reply((await account.push_plain(text_xml("1"))).content) == f"您说的是：{words}"


async def test_signs_that_xml_forbids_are_left_out(account: Account) -> None:
    account.desk.answer = lambda _: (Reply("甲\x00乙\x0b丙\ud800丁\ufffe"),)
    assert account.shown(await account.push(text_xml("1"))) == "甲乙丙丁"


async def test_choices_are_numbered_and_several_replies_are_one_message(account: Account) -> None:
    account.desk.answer = lambda _: (
        Reply("照片收到了。"),
        Reply(
            "在哪儿看到的？",
            choices=(Choice("wall", "墙上"), Choice("sms", "短信")),
            standing=(Choice("back", "返回"), Choice("human", "人工")),
        ),
    )
    shown = account.shown(await account.push(text_xml("1")))
    assert shown == "照片收到了。\n\n在哪儿看到的？\n\n1 墙上\n2 短信\n0 返回 · 9 人工"


async def test_no_reply_is_success_so_that_nothing_is_shown_or_pushed_again(account: Account) -> None:
    account.desk.answer = lambda _: ()
    answer = await account.push(text_xml("1"))
    assert (answer.status_code, answer.text) == (200, "success")


async def test_second_delivery_gets_the_same_words(account: Account) -> None:
    said = iter(("第一次说的", "第二次说的"))
    account.desk.answer = lambda _: (Reply(next(said)),)
    first, second = [account.shown(await account.push(text_xml("1"))) for _ in range(2)]
    assert first == second == "第一次说的"
    assert account.desk.arrivals[0].external_id == account.desk.arrivals[1].external_id


async def test_answer_too_long_for_one_message_ends_with_a_sentence_and_its_choices_come_last(
    account: Account,
) -> None:
    long = "".join(f"这是第{number}句话，说得很清楚。" for number in range(150))
    replies: tuple[Reply, ...] = (
        Reply(long, (Choice("yes", "看懂了"),)),
        Reply("还有吗？", (Choice("no", "没有了"),)),
    )
    parts: list[str] = []
    while replies:
        division = divide(replies)
        account.desk.answer = lambda _, now=division.now: now  # type: ignore[misc]
        parts.append(account.shown(await account.push(text_xml("1", 27000000000000000 + len(parts)))))
        replies = division.later
    assert all(len(part.encode()) <= 2048 for part in parts)
    assert all(sum(sign > "\xff" for sign in part) <= 600 for part in parts)
    assert all(part.endswith("。") for part in parts[:-1])
    assert "".join(parts).replace("\n", "") == f"{long}1 看懂了还有吗？1 没有了"


async def test_fault_of_ours_is_not_taken_for_an_answer(account: Account) -> None:
    account.desk.faults = 1
    assert (await account.push(text_xml("1"))).status_code == 500
    assert account.shown(await account.push(text_xml("1"))) == "收到。"


# ---- in time, or later ------------------------------------------------------------------------------------


async def test_account_that_cannot_send_hears_its_answer_however_late(wechat: WeChatCrypto) -> None:
    desk = RecordingDesk(seconds=0.3)
    async with door_of(desk, settings(), patience=0.05) as http:
        account = Account(desk, http, wechat)
        assert account.shown(await account.push(text_xml("1"))) == "收到。"


async def test_leaving_is_success_and_nothing_is_said(account: Account) -> None:
    account.desk.answer = lambda _: ()
    answer = await account.push(event_xml("unsubscribe"))
    assert answer.text == "success"
    assert account.desk.only.incoming == Left()
