"""Nothing of a reporter's identity, and no number at all, enters a judged text; of the scheme enough does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.learning.masking import learnable, mask, of_tip
from knowledge.matching import IndicatorKind, find_indicators, normalize
from knowledge.schemes.examples import Register, read_exemplars
from tests.knowledge.learning.identity_cases import CASES


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("急用钱打138-0013-8000当天放款", "0013"),
        ("办卡➕V：xiaoming88 秒批", "xiaoming88"),
        ("电话幺三八零零幺三八零零零，黑户可做", "幺三八"),
        ("进QQ群12345678领福利", "12345678"),
        ("登录 www.abc-test.com/x?y=1 领取", "abc-test"),
        ("转账到卡号6222 0211 1111 1111 111即可", "0211"),
        ("凭身份证11010119900307123X办理", "11010119900307"),
        ("有意发邮件到 lao.wang@mail.example", "lao.wang"),
        ("工号 9876543 的经理", "9876543"),
        ("手机１３８００１３８０００随时", "１３８"),
    ],
)
def test_numbers_and_addresses_are_replaced(text: str, secret: str) -> None:
    masked = mask(text)
    assert secret not in masked
    assert mask(masked) == masked


def test_that_a_contact_stood_there_is_still_seen() -> None:
    found = {i.kind for i in find_indicators(mask("办卡加微信xiaoming88，电话13912345678"))}
    assert {IndicatorKind.WECHAT, IndicatorKind.PHONE} <= found


def test_sums_of_money_stay() -> None:
    assert "5000000元" in mask("最高可贷5000000元，当天到账")


def test_of_a_tip_with_a_picture_only_the_picture_is_kept() -> None:
    text = of_tip(on_pictures="无抵押贷款当天放款", words="我叫李小花，家住幸福小区三号楼", place="幸福路")
    assert text == "无抵押贷款当天放款"


def test_of_a_tip_in_words_what_the_reporter_says_of_themself_is_left_out() -> None:
    text = of_tip(
        on_pictures="",
        words="我叫李小花，家住柳树巷3号。桥头镇有人说交钱就能洗白征信，保证成功。我的电话13800138000",
        place="桥头镇",
    )
    assert "征信" in text
    for own in ("李小花", "柳树巷", "桥头镇", "138"):
        assert own not in text


def test_of_a_tip_that_says_nothing_but_of_its_reporter_nothing_is_kept() -> None:
    assert of_tip(on_pictures="", words="我叫李小花", place="") == ""


@pytest.mark.parametrize("told", [True, False], ids=["citizens words", "picture or import"])
def test_whoever_writes_or_is_named_is_not_learnt_and_the_scheme_is(told: bool) -> None:
    left, kept, lost = [], 0, 0
    for case in CASES:
        text = learnable(case.text, told=told)
        folded = normalize(text).text
        left += [(case.text, text, s) for s in case.secrets if s in text or normalize(s).text in folded]
        if case.evidence:
            is_there = normalize(case.evidence).text in folded
            kept, lost = kept + is_there, lost + (not is_there)
    assert len(CASES) >= 160
    assert left == []
    assert kept / (kept + lost) >= 0.95


def test_advertisement_is_kept_nearly_whole() -> None:
    ads = (Register.FLYER, Register.SMS, Register.POST)
    texts = [one.text for one in read_exemplars() if one.register in ads][::5]
    whole = [text for text in texts if learnable(text) == mask(text)]
    assert len(texts) > 100
    assert len(whole) / len(texts) >= 0.9


def test_swindlers_words_about_himself_stay_and_a_citizens_do_not() -> None:
    said = "我是京东金融客服，您的白条需要注销，否则影响征信"
    assert learnable(said) == said
    assert learnable(said, told=True) == "您的白条需要注销，否则影响征信"


def test_disguise_of_what_is_kept_stays() -> None:
    assert learnable("张建国说能修復❤征信，先交八百") == "某某说能修復❤征信，先交八百"


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="张建国王李小花说我叫住村镇路号贷款征信修复先交八百，。：\n 12349x@a·某地", max_size=60),
    st.booleans(),
)
def test_what_is_learnable_is_learnable_again(text: str, told: bool) -> None:
    once = learnable(text, told=told)
    assert learnable(once, told=told) == once


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_masking_never_fails_and_twice_is_once(text: str) -> None:
    masked = mask(text)
    assert mask(masked) == masked
