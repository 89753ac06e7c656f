"""Strips are cut between lines, and nothing of them is lost."""

import numpy as np

from knowledge.pictures.tiles import Tile, tiles


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
