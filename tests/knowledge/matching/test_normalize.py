"""Normalising: disguises fall, and every character keeps its origin."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.matching import normalize
from knowledge.matching.normalize import LONGEST

DISGUISED = st.lists(
    st.sampled_from(
        [
            *"征信贷款代带薇威微V❤➕+加修复zx洗白xyk套现T正",
            *"·*. _-|退葆保逾鱼期0⃣１①幺〇oOl8\n，。吗",
            *("dai", "zheng", "\u200b", "\u200d", "征信", "微信", "信用卡", "貸款", "橡木"),
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "plain"),
    [
        ("征*信修 复", "征信修复"),
        ("征\u200b信", "征信"),
        ("貸款當天放款", "贷款当天放款"),
        ("ｄａｉ款", "贷款"),
        ("办理贷kuan", "办理贷款"),
        ("xinyongka套xian", "信用卡套现"),
        ("代款找我", "贷款找我"),
        ("zx修复", "征信修复"),
        ("加➕V：abc123", "加微信:abc123"),
        ("薇❤qs_abc", "微信qs_abc"),
        ("信用娥度", "信用额度"),
        ("停西挂帐", "停息挂账"),
        ("日洁", "日结"),
        ("扌殳资", "投资"),
        ("0⃣投姿０风险", "0投资0风险"),
        ("𝐰𝐱同号", "微信同号"),
        ("ѵх：abc_123", "微信:abc_123"),
        ("豆yin", "抖音"),
    ],
)
def test_a_disguised_word_becomes_the_plain_word(sent: str, plain: str) -> None:
    assert normalize(sent).text == plain


@pytest.mark.parametrize(
    "honest",
    [
        "银行带宽不够",
        "他很有威信",
        "新款式上市",
        "https://zx.example.cn/wx/vx",
        "货款两清",
        "大家我先走了",
        "橡木地板打折",
        "wx",
        "逢低吸纳",
        "建群讲股",
    ],
)
def test_an_honest_word_is_left_alone(honest: str) -> None:
    assert normalize(honest).text == honest


def test_a_clue_can_be_underlined_in_what_was_sent() -> None:
    sent = "找我办 dai\u200b款，秒下"
    folded = normalize(sent)
    at = folded.text.index("贷款")
    start, end = folded.raw_span(at, at + 2)
    assert sent[start:end] == "dai\u200b款"


def test_disguise_is_told_from_ordinary_writing() -> None:
    assert normalize("办理贷款，请到银行网点咨询。").disguise == 0.0
    assert normalize("辦理貸款請到銀行").disguise == 0.0
    assert normalize("征*信xiu复，加➕薇❤").disguise > 0.8


@given(st.text(max_size=200))
def test_no_string_at_all_makes_it_raise_and_twice_is_once(text: str) -> None:
    once = normalize(text).text
    assert normalize(once).text == once


@given(DISGUISED)
@settings(max_examples=300)
def test_normalising_disguised_text_twice_is_once(text: str) -> None:
    once = normalize(text).text
    assert normalize(once).text == once


@given(st.one_of(st.text(max_size=80), DISGUISED), st.data())
def test_every_span_lies_inside_the_raw_text(text: str, data: st.DataObject) -> None:
    folded = normalize(text)
    assert len(folded.origins) == len(folded.ends) == len(folded.text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    a, b = folded.raw_span(start, end)
    assert 0 <= a <= b <= len(text)
    assert 0.0 <= folded.disguise <= 1.0


@pytest.mark.parametrize("text", ["", "\u200b\ufeff", "🙂👍🏽🎉" * 50, "\ud800", "\x00\x01"])
def test_texts_without_words_normalise_to_nothing_much(text: str) -> None:
    assert normalize(text).text.strip() == ""


def test_a_megabyte_is_cut_and_says_so() -> None:
    began = time.perf_counter()
    folded = normalize("征*信 修复，" * 150_000)
    assert folded.cut
    assert folded.ends[-1] <= LONGEST
    assert time.perf_counter() - began < 5.0


def test_no_character_folds_further_when_it_is_folded_again() -> None:
    """Every character of the two planes in use; Cyrillic and Greek capitals that look Latin are the ones to mistake."""
    characters = [chr(code) for code in range(0x20000) if chr(code) != "\n"]
    size = LONGEST // 2  # a line each: nothing is folded across the end of a line
    once: dict[str, str] = {}
    for at in range(0, len(characters), size):
        lines = characters[at : at + size]
        once |= zip(lines, normalize("\n".join(lines)).text.split("\n"), strict=True)
    become = {folded for char, folded in once.items() if folded != char}
    assert len(become) > 2_000
    assert [folded for folded in become if normalize(folded).text != folded][:5] == []
    assert {char: normalize(char).text for char in characters[::97]} == {c: once[c] for c in characters[::97]}


def test_foreign_capitals_read_as_the_latin_letters_they_look_like() -> None:
    assert normalize("加VХ АВС12345").text == normalize("加VX ABC12345").text
    assert normalize("ΡΟЅ机").text == "pos机"
