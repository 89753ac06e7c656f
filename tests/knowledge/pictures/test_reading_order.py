"""The order of lines, as a person would read them."""

from math import cos, pi, sin

import pytest

from knowledge.pictures.reading_order import Point, Strip, in_reading_order


def strip(
    left: float, top: float, right: float, bottom: float, turned: float = 0.0, characters: int = 5
) -> Strip:
    """A line of text in an upright page that is then turned clockwise about the origin, in degrees."""
    angle = turned * pi / 180

    def at(x: float, y: float) -> Point:
        return (x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle))

    corners = (at(left, top), at(right, top), at(right, bottom), at(left, bottom))
    return Strip(corners, at(1.0, 0.0), characters)


def page(turned: float) -> list[Strip]:
    """Rows [2], [0, 3], [1], given out of order."""
    return [
        strip(0, 50, 100, 70, turned),
        strip(0, 100, 300, 120, turned),
        strip(0, 0, 200, 20, turned),
        strip(150, 53, 300, 73, turned),
    ]


@pytest.mark.parametrize("turned", [0, 5, -20, 45, 89, 90, 135, 180, -90, -170])
def test_rows_run_downwards_and_each_from_left_to_right_however_the_page_is_held(turned: float) -> None:
    order = in_reading_order(page(turned))
    assert order.rows == ((2,), (0, 3), (1,))
    assert abs((order.angle - turned + 180) % 360 - 180) < 0.01


def test_columns_of_vertical_writing_are_read_from_right_to_left() -> None:
    right = Strip(((100, 0), (120, 0), (120, 200), (100, 200)), (0.0, 1.0), 8)
    left = Strip(((50, 0), (70, 0), (70, 200), (50, 200)), (0.0, 1.0), 8)
    assert in_reading_order([left, right]).rows == ((1,), (0,))


def test_a_line_read_upside_down_by_mistake_does_not_turn_the_page() -> None:
    wrong = strip(0, 150, 100, 170, characters=2)
    wrong = Strip(wrong.corners, (-1.0, 0.0), 2)
    order = in_reading_order([*page(0), wrong])
    assert order.rows == ((2,), (0, 3), (1,), (4,))


def test_small_print_beside_a_headline_keeps_its_own_rows() -> None:
    headline, first, second = strip(0, 0, 100, 100), strip(120, 5, 300, 30), strip(120, 60, 300, 85)
    order = in_reading_order([second, first, headline])
    assert order.rows.index((1,)) < order.rows.index((0,))


def test_the_room_before_a_piece_is_told_in_line_heights() -> None:
    order = in_reading_order([strip(0, 0, 100, 20), strip(130, 0, 200, 20)])
    assert order.gaps == pytest.approx((0.0, 1.5))


def test_no_lines_have_no_order() -> None:
    assert in_reading_order([]).rows == ()


def test_a_label_whose_box_runs_into_that_of_its_account_stands_before_it() -> None:
    """Boxes of tiny letters, as a photograph of a card on a far wall gave them."""
    label = Strip(((239, 622), (282, 622), (282, 641), (239, 641)), (1.0, 0.0), 3)
    account = Strip(((272, 620), (400, 616), (400, 641), (272, 645)), (1.0, -0.03), 14)
    assert in_reading_order([label, account], (1.0, -0.018)).rows == ((0, 1),)
