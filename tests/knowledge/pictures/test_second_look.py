"""The second look: at which lines, when it replaces what was read, and how little time it may take."""

from time import perf_counter

import numpy as np
import pytest
from PIL import Image, ImageDraw

from knowledge.pictures.reader import PictureReader
from knowledge.pictures.second_look import (
    MOST_LINES,
    Patience,
    cut_out,
    look_again,
    wanted,
    where_to_look_closer,
)
from tests.leaflets import as_jpeg, chinese_font, leaflet_image

CROP = np.full((60, 400, 3), 255, np.uint8)


@pytest.mark.parametrize(
    ("text", "confidence", "again"),
    [
        ("急用钱找我", 0.99, False),
        ("急用钱找我", 0.6, True),
        ("电话：13800138000", 0.99, False),
        ("电话：1380013800", 0.99, True),
        ("电话 LLS8000066I", 0.95, True),
        ("13800138", 0.99, False),
        ("电话：020-12345678", 0.99, False),
        ("客服热线 4001234567", 0.99, False),
        ("微信：qianshao_66108", 0.99, False),
        ("日结一千 当天到账", 0.99, False),
    ],
)
def test_only_what_was_read_badly_is_looked_at_again(text: str, confidence: float, again: bool) -> None:
    assert wanted(text, confidence) is again


@pytest.mark.parametrize(
    ("views", "read"),
    [
        (["电话：13800138000", "电话13800138000", "电话：1380013800"], "13800138000"),
        (["电话：13800138000", "电话：1380013800", "电话：138"], "电话：1380013800"),
        (["13800138000", "13800138001", "13800138000", "13800138001"], "电话：1380013800"),
    ],
    ids=["two views agree", "one alone proves nothing", "a draw proves nothing"],
)
def test_a_number_is_replaced_only_by_one_that_more_than_one_view_reads(views: list[str], read: str) -> None:
    text, _ = look_again(CROP, "电话：1380013800", 0.9, lambda _: [(view, 0.9) for view in views])
    assert read in text


def test_a_doubtful_line_is_replaced_only_by_a_surer_reading() -> None:
    assert look_again(CROP, "急用线", 0.5, lambda _: [("急用钱", 0.9), ("急", 0.3)]) == ("急用钱", 0.9)
    assert look_again(CROP, "急用线", 0.5, lambda _: [("急用钱", 0.52)]) == ("急用线", 0.5)


def test_few_lines_are_looked_at_within_a_share_of_the_time() -> None:
    patient = Patience(perf_counter() - 100)
    assert [patient.left() for _ in range(MOST_LINES + 1)] == [True] * MOST_LINES + [False]
    assert not Patience(perf_counter() + 1).left()


@pytest.mark.parametrize("turns", range(4))
def test_a_line_is_cut_out_upright_however_it_lies(turns: int) -> None:
    """Red on its left half: in the strip that is cut out it is there again."""
    upright = np.full((40, 200, 3), 255, np.uint8)
    upright[:, :100] = (0, 0, 255)
    lying = np.ascontiguousarray(np.rot90(upright, -turns))
    height, width = lying.shape[:2]
    corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
    # Laid down counterclockwise, one turn reads on; two and three stand on their heads.
    strip = cut_out(lying, corners, upside_down=turns in (2, 3), margin=0.0)
    assert strip.shape[1] > strip.shape[0]
    assert strip[strip.shape[0] // 2, 20, 1] < 60
    assert strip[strip.shape[0] // 2, -20, 1] > 200


async def test_faint_writing_is_found_when_nothing_else_is(warm_reader: PictureReader) -> None:
    image = Image.new("RGB", (900, 500), (150, 150, 150))
    ImageDraw.Draw(image).text((60, 200), "电话 13800138000", (157, 157, 157), chinese_font(80))
    grain = np.random.default_rng(7).normal(0, 1, (500, 900, 1))
    faint = Image.fromarray((np.asarray(image, np.float32) + grain).clip(0, 255).astype(np.uint8))
    faint.paste((190, 190, 190), (0, 0, 900, 8))
    reading = (await warm_reader.examine(as_jpeg(faint))).reading
    assert "13800138000" in reading.text.replace(" ", "")


@pytest.mark.parametrize(
    ("read", "box", "corner"),
    [
        (("急用钱找我", 0.99), (300, 200, 400, 220), (180, 80, 520, 340)),
        (("急用钱找我 13800138000", 0.99), (300, 200, 400, 220), None),
        (("急用钱找我 13800138000", 0.5), (300, 200, 400, 220), (180, 80, 520, 340)),
        (("急用钱找我", 0.99), (300, 200, 900, 320), None),
    ],
    ids=["only a headline", "an ad with its number", "a doubtful number", "large writing"],
)
def test_a_tiny_corner_is_looked_at_closer_where_something_is_missing(
    read: tuple[str, float], box: tuple[int, int, int, int], corner: tuple[int, int, int, int] | None
) -> None:
    assert where_to_look_closer([read], [box], 1600, 1200) == corner


async def test_a_card_on_a_wall_nine_times_as_wide_is_read(warm_reader: PictureReader) -> None:
    """At the size at which the whole is searched its letters are eight pixels high."""
    wall = Image.new("RGB", (1600, 1100), (188, 176, 160))
    card = leaflet_image(("急用钱找我", "无抵押 当天到账", "电话 13800138000"), width=900)
    wall.paste(card.resize((170, card.height * 170 // 900), Image.Resampling.LANCZOS), (900, 300))
    reading = (await warm_reader.examine(as_jpeg(wall, 70))).reading
    assert "13800138000" in reading.text
