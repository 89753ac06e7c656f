"""Where no scheme is recognised: the meaning of a word that is asked for, and demands that nobody honest makes."""

from dataclasses import replace

import pytest

from bot.conversation.demands import demand_in
from bot.conversation.effects import JudgeText
from bot.conversation.meanings import term_asked_in
from bot.conversation.state import Style
from tests.bot.conversation.talking import LOAN, Citizen


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("什么叫反催收", "反催收"),
        ("请问征信修复是什么意思啊？", "征信修复"),
        ("我想了解一下“套路贷”", "套路贷"),
        ("啥是背债", "背债"),
        ("征信修復係乜嘢", "征信修复"),
        ("What’s a Ponzi scheme?", "ponzi scheme"),
        ("what does money laundering mean", "money laundering"),
    ],
)
def test_a_question_of_meaning_names_its_term(text: str, term: str) -> None:
    assert term_asked_in(text) == term


@pytest.mark.parametrize(
    "text",
    [
        "这是什么",
        "你是什么东西",
        "你说什么",
        "他说能修征信，先交八百",
        "有人叫我转钱，说是什么保证金",
        "",
        "什么" * 40,
    ],
)
def test_what_tells_a_story_asks_for_no_meaning(text: str) -> None:
    assert term_asked_in(text) == ""


DEMANDS = (
    ("说我是中奖了 要交800手续费", "pay_first"),
    ("中奖了要先交税才能领", "pay_first"),
    ("they say I won a prize and must pay a fee first", "pay_first"),
    ("有人冒充我孙子说出事了要钱", "kin"),
    ("老同学换了个新微信找我借2000块", "kin"),
    ("对方问我要验证码", "code"),
    ("he wants me to send him the verification code", "code"),
    ("让我下载个会议软件共享屏幕", "screen"),
    ("叫我别跟家里人说", "secrecy"),
    ("They told me not to tell my family", "secrecy"),
    ("讓我把錢轉到經理的個人賬戶", "person"),
)
HARMLESS = (
    "办信用卡要先交年费吗",
    "银行会问我要密码吗",
    "租房子要先交押金正常吗",
    "银行提醒不要把验证码告诉别人",
    "我想问下手续费怎么收",
    "贷款要先还清吗",
    "忘记密码怎么办",
    "还钱需要验证码，可是手机收不到验证码",
    "客服没有问我要验证码",
    "Do not tell anybody your code",
)


@pytest.mark.parametrize(("text", "demand"), DEMANDS)
def test_a_demand_is_heard(text: str, demand: str) -> None:
    assert demand_in(text) == demand


@pytest.mark.parametrize("text", HARMLESS)
def test_a_warning_or_an_everyday_question_tells_of_no_demand(text: str) -> None:
    assert demand_in(text) is None


def test_who_tells_of_a_demand_hears_more_than_that_nothing_was_recognised() -> None:
    citizen = Citizen()
    citizen.says("问一问")
    answer = citizen.says("对方问我要验证码")
    for piece in ("验证码、密码跟谁都不能说", "先停下", "96110", "还是想举报"):
        assert piece in answer


def test_a_word_is_explained_although_it_is_short_and_nothing_was_recognised() -> None:
    citizen = Citizen()
    answer = citizen.says("啥是跑分")
    assert "“跑分、借收款码”是这么回事" in answer
    assert "记住：" in answer
    assert "举报" not in answer


def test_a_word_that_looks_a_little_like_its_scheme_is_explained_all_the_same() -> None:
    citizen = Citizen(judge=lambda text: replace(LOAN, verdict="possible", why=("里面提到“反催收”",)))
    assert "“反催收联盟”是这么回事" in citizen.says("什么叫反催收")


def test_a_second_word_is_a_question_by_itself() -> None:
    citizen = Citizen()
    citizen.says("什么叫跑分")
    answer = citizen.says("那啥是背债")
    assert "“替人背债拿钱”是这么回事" in answer
    assert citizen.effect(JudgeText) == JudgeText("那啥是背债")


def test_explained_words_are_no_misunderstanding() -> None:
    citizen = Citizen()
    for word in ("跑分", "背债", "杀猪盘"):
        answer = citizen.says(f"什么叫{word}")
    assert "大字" not in answer


def test_what_is_told_after_an_explanation_is_judged_with_it() -> None:
    citizen = Citizen()
    citizen.says("什么叫跑分")
    assert "疑似" in citizen.says("有人叫我帮他做这个，给返利")


def test_the_same_in_large_print() -> None:
    citizen = Citizen()
    citizen.says("大字版")
    assert citizen.state.style is Style.BIG
    assert "“替人背债拿钱”，记住：" in citizen.says("什么是背债")
    assert "有一样不对" in citizen.says("让我下载个会议软件共享屏幕")
