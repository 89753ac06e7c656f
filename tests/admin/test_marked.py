"""The judged text, cut at its clues."""

from typing import Any

from admin.pages.marked import Piece, marked


def _clue(query: str, start: int, weight: float = 0.6) -> dict[str, Any]:
    return {"query": query, "span": [start, start + len(query)], "reason": "红旗词", "weight": weight}


def test_pieces_are_the_whole_text_and_name_what_stands_on_them() -> None:
    pieces = marked("先交八百再办", [_clue("先交八百", 0), _clue("八百", 2, -0.2)])
    assert [p.text for p in pieces] == ["先交", "八百", "再办"]
    assert [p.why for p in pieces] == ["红旗词 +0.60", "红旗词 +0.60；红旗词 -0.20", ""]


def test_clue_that_speaks_against_is_told_apart() -> None:
    assert marked("银行公告", [_clue("公告", 2, -0.8)])[1] == Piece("公告", "红旗词 -0.80", True)


def test_span_that_no_longer_shows_its_words_is_left_out() -> None:
    assert marked(
        "别的文字", [_clue("先交", 0), _clue("先交", 90), {"span": None, "reason": "整体措辞"}]
    ) == [Piece("别的文字")]


def test_empty_text_has_no_pieces() -> None:
    assert marked("", []) == []
