"""Long texts become messages without a word lost."""

from hypothesis import given
from hypothesis import strategies as st

from bot.cutting import cut, utf8_size, utf16_size


def test_text_that_fits_is_one_piece() -> None:
    assert cut("先别转钱。", 100, utf8_size) == ["先别转钱。"]


def test_empty_text_is_no_piece() -> None:
    assert cut(" \n ", 100, utf8_size) == []


def test_pieces_end_with_sentences() -> None:
    text = "先别转钱。保存好聊天记录！打 96110 问一问？还有，别删对方。"
    pieces = cut(text, 44, utf8_size)
    assert pieces == ["先别转钱。保存好聊天记录！", "打 96110 问一问？", "还有，别删对方。"]


def test_closing_quote_stays_with_its_sentence() -> None:
    assert cut("他说：“快转钱。”然后就走了，再没有回来过。", 27, utf8_size)[0] == "他说：“快转钱。”"


def test_sentence_without_end_is_cut_at_a_comma_and_words_without_one_anywhere() -> None:
    assert cut("没有句号的话，一直说一直说一直说", 36, utf8_size)[0] == "没有句号的话，"
    assert cut("啊" * 25, 30, utf8_size) == ["啊" * 10, "啊" * 10, "啊" * 5]


def test_point_within_a_number_ends_no_sentence() -> None:
    assert cut("利息 3.14159 个点每天", 14, utf8_size)[0] == "利息 3.14159"


def test_signs_beyond_the_basic_plane_count_twice_in_utf16() -> None:
    assert utf16_size("🙏a好") == 4
    assert cut("🙏" * 5, 4, utf16_size) == ["🙏🙏", "🙏🙏", "🙏"]


@given(text=st.text(max_size=400), limit=st.integers(4, 100), unit=st.sampled_from([utf8_size, utf16_size]))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, limit: int, unit: type) -> None:
    pieces = cut(text, limit, unit)
    assert all(0 < unit(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
