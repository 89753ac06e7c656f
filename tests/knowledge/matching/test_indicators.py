"""Indicators: what is found in a text, and what is none."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching import IndicatorKind, find_indicators
from tests.knowledge.matching.indicator_cases import (
    ADDRESSES,
    BROKEN,
    HANDLES,
    LAWFUL,
    NOTHING,
    OTHER_PHONES,
    OTHER_WECHAT,
    PAYEES,
    PHONE_19900001234,
    QQ_123456789,
    TOGETHER,
    WECHAT_ABC_123,
    WRITTEN_SO,
)


def found(text: str, kind: IndicatorKind) -> list[str]:
    return [i.canonical for i in find_indicators(text) if i.kind is kind]


@pytest.mark.parametrize(
    "sent",
    [
        "电话13800138000",
        "138-0013-8000",
        "138 0013 8000",
        "1380 0138 000",
        "+86 138 0013 8000",
        "１３８００１３８０００",
        "①③⑧〇〇①③⑧〇〇〇",
        "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣",
        "幺三八零零幺三八零零零",
        "一三八零零一三八零零零",
        "壹叁捌零零壹叁捌零零零",
        "138OO138OOO",
        "1.3.8.0.0.1.3.8.0.0.0",
        "资金周转找小李138\u200b0013\u200b8000。",
    ],
)
def test_a_phone_has_one_canonical_form_however_it_is_written(sent: str) -> None:
    assert found(sent, IndicatorKind.PHONE) == ["13800138000"]


@pytest.mark.parametrize(
    "sent",
    [
        "被骗了请打110或96110",
        "消费投诉打12378、12345",
        "工行客服95588，招行95555",
        "订单号：13800138000",
        "快递单号13800138000已签收",
        "2024年10月11日，20241011123",
        "身份证号110101199001011234",
        "到账13800138000元",
        "卡号6222021234567890123",
        "费用15-30，5000-8000元",
    ],
)
def test_a_hotline_an_order_a_date_an_amount_is_no_phone(sent: str) -> None:
    assert found(sent, IndicatorKind.PHONE) == []


def test_landlines_and_service_numbers_are_phones() -> None:
    assert found("座机020-88880000", IndicatorKind.PHONE) == ["02088880000"]
    assert found("热线400-800-0000", IndicatorKind.PHONE) == ["4008000000"]


@pytest.mark.parametrize(
    "sent",
    [
        "➕V：abc_123",
        "vx:abc_123",
        "加薇 abc_123",
        "薇信：ABC_123",
        "微❤abc_123",
        "V信abc_123",
        "加我微信 abc_123",
        "+v abc_123",
        "𝐕𝐗：abc_123",
        "wx号：abc_123",
        "威信：abc_123",
    ],
)
def test_a_wechat_id_has_one_canonical_form(sent: str) -> None:
    assert found(sent, IndicatorKind.WECHAT) == ["abc_123"]


def test_a_masked_account_is_no_indicator() -> None:
    assert found("微信XXXXXX", IndicatorKind.WECHAT) == []
    assert found("电话1XXXXXXXXXX", IndicatorKind.PHONE) == []


@pytest.mark.parametrize(
    "sent", ["QQ：123456789", "加q群 123456789", "扣扣123456789", "企鹅：123456789", "123456789@qq.com"]
)
def test_a_qq_number_is_found(sent: str) -> None:
    assert found(sent, IndicatorKind.QQ) == ["123456789"]


@pytest.mark.parametrize(
    "sent", ["http://www.example.com/AbC", "EXAMPLE.com/AbC 点开", "打开ｅxample.com/AbC。"]
)
def test_an_address_keeps_its_path_and_loses_its_dress(sent: str) -> None:
    assert [url.lower() for url in found(sent, IndicatorKind.URL)] == ["example.com/abc"]


def test_the_case_of_a_short_link_survives() -> None:
    assert found("点 https://t.example.cn/AbCd 领取", IndicatorKind.URL) == ["t.example.cn/AbCd"]


def test_a_payee_is_the_tail_of_the_card_and_the_name() -> None:
    assert found("请汇到 户名：张某某，卡号6222 0212 3456 7890", IndicatorKind.PAYEE) == ["张某某*7890"]
    assert found("转到尾号7890的卡上", IndicatorKind.PAYEE) == ["*7890"]


def test_a_company_is_found_without_the_words_before_it() -> None:
    assert found("我们是前哨县广某投资咨询有限公司的客服", IndicatorKind.COMPANY) == [
        "前哨县广某投资咨询有限公司"
    ]
    assert found("投资咨询有限公司", IndicatorKind.COMPANY) == []


def test_the_span_is_in_the_text_as_sent() -> None:
    sent = "找我：幺三八 零零幺三 八零零零！"
    phone = find_indicators(sent)[0]
    assert sent[slice(*phone.span)] == phone.raw == "幺三八 零零幺三 八零零零"


@given(st.text(alphabet="13800幺零〇.-加微信vx:qQ号卡户名公司有限www.comhttp/ ，\u200b", max_size=60))
def test_indicators_of_any_text_lie_inside_it(text: str) -> None:
    for indicator in find_indicators(text):
        start, end = indicator.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == indicator.raw


CONTACTS = [
    *((sent, "phone", "19900001234") for sent in PHONE_19900001234),
    *((sent, "phone", number) for sent, number in OTHER_PHONES.items()),
    *((sent, "wechat", "abc_123") for sent in WECHAT_ABC_123),
    *((sent, "wechat", account) for sent, account in OTHER_WECHAT.items()),
    *((sent, "qq", "123456789") for sent in QQ_123456789),
    *((sent, "url", address) for sent, address in ADDRESSES.items()),
    *((sent, kind, name) for sent, (kind, name) in HANDLES.items()),
    *((sent, "payee", payee) for sent, payee in PAYEES.items()),
    *((sent, kind, name) for sent, (kind, name) in WRITTEN_SO.items()),
]


def test_every_disguise_of_a_contact_has_its_one_form() -> None:
    wrong = {}
    for sent, kind, canonical in CONTACTS:
        if found(sent, IndicatorKind(kind)) != ([canonical] if canonical else []):
            wrong[sent] = [(i.kind.value, i.canonical) for i in find_indicators(sent)]
    assert wrong == {}


def test_what_identifies_nobody_is_no_indicator() -> None:
    wrong = {
        sent: [(i.kind.value, i.canonical) for i in find_indicators(sent)] for sent in (*NOTHING, *LAWFUL)
    }
    assert {sent: seen for sent, seen in wrong.items() if seen} == {}


def all_found(text: str) -> list[tuple[str, str]]:
    return [(i.kind.value, i.canonical) for i in find_indicators(text)]


def test_what_a_picture_breaks_over_two_lines_is_put_together_and_nothing_else() -> None:
    wrong = {sent: all_found(sent) for sent, named in BROKEN.items() if all_found(sent) != named}
    assert wrong == {}


def test_each_of_several_contacts_is_found_and_no_piece_of_one() -> None:
    wrong = {
        sent: all_found(sent) for sent, named in TOGETHER.items() if sorted(all_found(sent)) != sorted(named)
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "repeated",
    [
        "微信\n",
        "加",
        "1 ",
        "a点",
        "一-",
        "199 ",
        "群名",
        "收款人",
        "tg:",
        "400-",
        "http://",
        "aa[.]",
        "收款\n",
        "62 22 ",
        "微信:d k ",
        "工商银行 ",
        "199(",
        "1)(1",
        "张三 ",
        "打开 k\nefu.xyz",
        "a\n",
        "微信领扫一扫",
        "微信:a1b2c3d/",
        "a1b2c3d4/",
        "a." * 40 + "\n",
    ],
)
def test_no_text_takes_long(repeated: str) -> None:
    began = time.process_time()
    find_indicators(repeated * (10_000 // len(repeated)))
    assert time.process_time() - began < 2.0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("QQ 98765432\n一小时放款", "98765432"),
        ("群号 712345678\n8人成团", "712345678"),
        ("QQ98765432\n24小时", "98765432"),
    ],
)
def test_a_number_ends_with_its_line(text: str, number: str) -> None:
    assert found(text, IndicatorKind.QQ) == [number]


def test_a_payees_account_below_its_label_or_beside_bank_and_holder_is_found() -> None:
    assert found("收款账号：\n6222 0210 0112 3456 789", IndicatorKind.PAYEE) == ["*6789"]
    assert found("工商银行\n6222 0210 0112 3456 789\n张三", IndicatorKind.PAYEE) == ["张三*6789"]
    assert found("工商银行交易单号 6222021001123456789", IndicatorKind.PAYEE) == []


def test_half_an_account_whose_underscore_was_not_read_is_none() -> None:
    assert found("微信：qianshao 61193", IndicatorKind.WECHAT) == []
    assert found("微信：qianshao 13800138000", IndicatorKind.WECHAT) == ["qianshao"]
    assert found("微话：ceshi_76446", IndicatorKind.WECHAT) == ["ceshi_76446"]
    assert found("微博：ceshi_76446", IndicatorKind.WECHAT) == []


@pytest.mark.parametrize(
    "text", ["打款 1990 0001 234 0", "收款 19900001234\n2", "收款账号 8619900001234", "收款 019900001234"]
)
def test_a_telephone_is_nobodys_account(text: str) -> None:
    assert found(text, IndicatorKind.PAYEE) == []
