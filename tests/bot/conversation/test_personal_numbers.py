"""Card numbers, identity numbers and codes never stay in what is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.languages import Language
from bot.conversation.personal_numbers import mask_personal_numbers
from bot.conversation.state import State
from tests.bot.conversation.talking import Citizen


@pytest.mark.parametrize(
    "number",
    [
        "6222021234567890123",
        "6222 0212 3456 7890 123",
        "4000-0000-0000-0002",
        "６２２２０２１２３４５６７８９０",
    ],
)
def test_a_card_number_keeps_only_its_tail(number: str) -> None:
    masked, found = mask_personal_numbers(f"打到{number}，户名某某")
    assert found
    assert "户名某某" in masked
    assert not any(character.isdigit() for character in masked.split("尾号")[0])


@pytest.mark.parametrize(
    "number", ["110101194912310025", "11010119491231002X", "11010119491231002x", "110101 19491231 0025"]
)
def test_an_identity_number_goes_entirely(number: str) -> None:
    masked, found = mask_personal_numbers(f"我的身份证{number}")
    assert found
    assert masked == "我的身份证（身份证号已隐去）"


def test_a_code_goes_and_the_word_stays() -> None:
    assert mask_personal_numbers("验证码是 123456") == ("验证码是 （已隐去）", True)


@pytest.mark.parametrize(
    "text",
    [
        "电话13800138000",
        "13800138000 13900139000",
        "微信号 qs138001380001234567",
        "统一社会信用代码91330200144052096M",
        "订单号12345678901234567890123",
        "年化12%，10000起投",
        "QS-7KQF-M2XA-X",
    ],
)
def test_what_a_tip_needs_stays_whole(text: str) -> None:
    assert mask_personal_numbers(text) == (text, False)


def test_a_firm_code_of_digits_alone_is_no_card() -> None:
    body = "91330200144052096"
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(signs.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    code = body + signs[(31 - total % 31) % 31]
    assert mask_personal_numbers(code) == (code, False)


@given(st.text(alphabet="0123456789 -Xxa，", max_size=60))
def test_nothing_is_left_to_mask(text: str) -> None:
    once, _ = mask_personal_numbers(text)
    assert mask_personal_numbers(once) == (once, False)


@pytest.mark.parametrize(
    ("language", "read_back", "foreign"),
    [
        (Language.ENGLISH, "(ID number taken out)", "已隐去"),
        (Language.TRADITIONAL, "（身份證號已隱去）", "已隐去"),
        (Language.SIMPLIFIED, "（身份证号已隐去）", "taken out"),
    ],
)
def test_what_was_taken_out_is_read_back_in_the_citizens_language_and_kept_in_the_officers(
    language: Language, read_back: str, foreign: str
) -> None:
    citizen = Citizen(state=State(language=language, language_is_chosen=True))
    citizen.presses("report")
    citizen.presses("no_photo")
    told = citizen.says("加微信 kuaidai_8866，要我的 110101194912310025")
    for _ in range(8):
        if "submit" in {choice.id for choice in citizen.state.offered}:
            break
        told = citizen.presses(citizen.state.offered[-1].id) if citizen.state.offered else citizen.says("x")
    assert read_back in told
    assert foreign not in told
    citizen.presses("submit")
    assert "（身份证号已隐去）" in citizen.submitted[0].words
