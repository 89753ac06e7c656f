"""Strips are cut between lines, and nothing of them is lost."""

import numpy as np
from PIL import Image, ImageDraw

from knowledge.pictures.reader import PictureReader
from knowledge.pictures.tiles import Tile, read_once, tiles
from tests.leaflets import as_jpeg, chinese_font


def test_an_ordinary_picture_is_read_in_one_piece() -> None:
    assert tiles(np.zeros((3000, 4000), np.uint8), 1280) == (Tile(0, 0, 4000, 3000),)
    assert tiles(np.zeros((400, 6000), np.uint8), 1280) == (Tile(0, 0, 6000, 400),)


def test_a_long_screenshot_is_cut_between_its_lines() -> None:
    page = np.full((9000, 1080), 255, np.uint8)
    for top in range(0, 9000, 100):
        page[top : top + 60, 40:1000:7] = 0  # a line of writing, then 40 rows of nothing
    pieces = tiles(page, 1280)
    assert len(pieces) >= 7
    assert [piece.bottom for piece in pieces[:-1]] == [piece.top for piece in pieces[1:]]
    assert (pieces[0].top, pieces[-1].bottom) == (0, 9000)
    assert all(piece.top % 100 >= 60 for piece in pieces[1:])
    assert all(piece.bottom - piece.top <= 1.2 * 1280 for piece in pieces)


def test_what_runs_down_the_whole_page_does_not_hide_where_its_lines_are() -> None:
    page = np.full((9000, 1080), 255, np.uint8)
    page[:, 30:34] = 0  # a bubble's edge, and a scroll bar
    page[:, 1060:1070] = 120
    for top in range(0, 9000, 100):
        page[top : top + 60, 50:1000:7] = 90
    page = np.clip(page + np.random.default_rng(1).normal(0, 2, page.shape), 0, 255).astype(np.uint8)
    pieces = tiles(page, 1280)
    assert len(pieces) >= 7
    assert all(piece.top % 100 >= 60 for piece in pieces[1:])


def test_a_very_wide_strip_is_cut_across() -> None:
    pieces = tiles(np.full((100, 5000), 255, np.uint8), 1280)
    assert (pieces[0].left, pieces[-1].right) == (0, 5000)
    assert all((piece.top, piece.bottom) == (0, 100) for piece in pieces)
    assert len(pieces) > 1


def test_a_line_on_the_seam_of_two_tiles_counts_once() -> None:
    upper, lower = Tile(0, 0, 400, 100), Tile(0, 80, 400, 200)
    whole, cut, other = (10, 70, 390, 92), (10, 80, 390, 93), (10, 94, 390, 110)
    assert read_once(upper, lower, [(whole, 0.8)], [(cut, 0.9), (other, 0.9)]) == (set(), {0})
    assert read_once(upper, lower, [((10, 90, 390, 100), 0.9)], [((10, 90, 390, 108), 0.7)]) == ({0}, set())
    assert read_once(upper, lower, [((10, 86, 390, 95), 0.7)], [((10, 86, 390, 95), 0.9)]) == ({0}, set())
    assert read_once(upper, lower, [((10, 85, 90, 95), 0.7)], [((200, 85, 390, 95), 0.9)]) == (set(), set())


async def test_a_page_whose_columns_leave_no_row_free_is_read_line_for_line(
    warm_reader: PictureReader,
) -> None:
    """The second column stands half a line lower, so that every row cuts through one of them, on a patterned ground."""
    page = Image.new("RGB", (700, 2200), "white")
    draw = ImageDraw.Draw(page)
    for across in range(0, 700, 9):
        draw.line((across, 0, across + 60, page.height), fill=(225, 232, 240), width=3)
    lines = [f"{side}{number:02d}合同条款" for number in range(42) for side in ("甲", "乙")]
    for place, line in enumerate(lines):
        row, right = divmod(place, 2)
        draw.text((20 + 350 * right, row * 51 + 22 * right), line, "black", chinese_font(36))
    assert len(tiles(np.asarray(page.convert("L")), 1280)) > 1
    read = (await warm_reader.examine(as_jpeg(page, 90))).reading.text
    counted = {line: read.count(line[:3]) for line in lines}
    assert {line: count for line, count in counted.items() if count != 1} == {}
