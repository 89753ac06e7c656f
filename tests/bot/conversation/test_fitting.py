"""Cutting to size, and numbered text."""

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.fitting import MORE, fit, split
from bot.conversation.rendering import as_numbered_text
from bot.conversation.replies import Choice, Reply
from bot.conversation.state import Style

STANDING = (Choice("back", "返回"), Choice("human", "人工"))
ON, REST = Choice(MORE, "接着看"), Choice(MORE, "还有别的")


@given(st.text(alphabet="字。，！\n a；", max_size=400), st.integers(min_value=5, max_value=80))
def test_pages_lose_no_character_but_blanks_at_their_ends(text: str, limit: int) -> None:
    pages = split(text, limit)
    assert all(len(page) <= limit for page in pages)
    assert "".join("".join(pages).split()) == "".join(text.split())


def test_pages_end_where_sentences_end() -> None:
    assert split("先别转钱。去银行问。找儿女商量。", 10) == ["先别转钱。去银行问。", "找儿女商量。"]


def test_what_fits_is_left_alone() -> None:
    reply = Reply("您想做什么？", (Choice("a", "甲"),), STANDING)
    shown, held = fit(reply, Style.BIG, ON, REST)
    assert shown == reply
    assert held.pages == ()


def test_choices_beyond_the_third_wait_behind_one_more() -> None:
    choices = tuple(Choice(letter, letter) for letter in "abcde")
    shown, held = fit(Reply("?", choices, STANDING), Style.BIG, ON, REST)
    assert shown.choices == (*choices[:2], REST)
    assert held.choices == choices[2:]


def test_the_options_of_a_long_text_wait_for_its_last_page() -> None:
    choices = (Choice("a", "甲"),)
    shown, held = fit(Reply("一句话。" * 40, choices, STANDING), Style.BIG, ON, REST)
    assert shown.choices == (ON,)
    assert held.choices == choices
    assert shown.text + "".join(held.pages) == "一句话。" * 40


def test_numbered_text_always_ends_the_same() -> None:
    reply = Reply("哪种地方？", (Choice("a", "墙上"), Choice("b", "传单")), STANDING)
    assert as_numbered_text(reply) == "哪种地方？\n\n1 墙上\n2 传单\n0 返回 · 9 人工"
    assert as_numbered_text(Reply("在哪里？", (), STANDING)) == "在哪里？\n\n0 返回 · 9 人工"
    assert as_numbered_text(Reply("收到。")) == "收到。"
