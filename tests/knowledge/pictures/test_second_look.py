"""The second look: at which lines, when it replaces what was read, and how little time it may take."""

from time import perf_counter

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from knowledge.pictures.bowed import straightened
from knowledge.pictures.lost_digits import View, restored
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
        ("LLS8000066I", 0.95, True),
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
    text, _ = look_again(CROP, "电话：1380013800", 0.9, lambda _: [View(view, 0.9) for view in views])
    assert read in text


def test_a_doubtful_line_is_replaced_only_by_a_surer_reading() -> None:
    assert look_again(CROP, "急用线", 0.5, lambda _: [View("急用钱", 0.9), View("急", 0.3)]) == (
        "急用钱",
        0.9,
    )
    assert look_again(CROP, "急用线", 0.5, lambda _: [View("急用钱", 0.52)]) == ("急用线", 0.5)


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
    assert where_to_look_closer([read], [box], [box[3] - box[1]], 1600, 1200) == corner


async def test_a_card_on_a_wall_nine_times_as_wide_is_read(warm_reader: PictureReader) -> None:
    """At the size at which the whole is searched its letters are eight pixels high."""
    wall = Image.new("RGB", (1600, 1100), (188, 176, 160))
    card = leaflet_image(("急用钱找我", "无抵押 当天到账", "电话 13800138000"), width=900)
    wall.paste(card.resize((170, card.height * 170 // 900), Image.Resampling.LANCZOS), (900, 300))
    reading = (await warm_reader.examine(as_jpeg(wall, 70))).reading
    assert "13800138000" in reading.text


def _steps(letters: str, wide: int = 1) -> NDArray[np.float32]:
    """What the recogniser answers for letters ("-" is a blank), each `wide` steps long and nearly sure."""
    steps = np.full((len(letters) * wide, 11), 0.002, np.float32)
    for place, letter in enumerate(letters):
        steps[place * wide : (place + 1) * wide, "-0123456789".index(letter)] = 0.97
    return steps


def test_a_digit_that_touches_its_like_is_given_back_where_all_views_agree_on_the_rest() -> None:
    touching = _steps("-1-3-8-0-0-1-3-8-0-0000000-")
    touching[-4, :] = 0.01
    touching[-4, 0], touching[-4, 1] = 0.45, 0.5
    views = [View("电话：1380013800", 0.9, touching)] * 6
    assert restored(views) == "13800138000"
    assert look_again(CROP, "电话：1380013800", 0.9, lambda _: views) == ("电话：13800138000", 0.6)


def test_a_digit_that_may_be_any_is_not_made_up() -> None:
    clear = [View("电话：1380013800", 0.9, _steps("1-3-8-0-0-1-3-8-0-0"))] * 3
    other = [View("电话：1380013801", 0.9, _steps("1-3-8-0-0-1-3-8-0-1"))] * 3
    assert restored(clear + other) is None
    assert restored([View("电话：138001", 0.9, _steps("1-3-8-0-0-1"))] * 6) is None


def test_the_thin_one_that_begins_a_mobile_number_is_given_back() -> None:
    assert restored([View("电话：3800138000", 0.9, _steps("3-8-0-0-1-3-8-0-0-0"))] * 6) == "13800138000"


def test_a_number_on_its_head_is_read_the_other_way_up() -> None:
    asked: list[list[str]] = [["0008E1008EI"] * 6, ["13800138000"] * 6]
    read, sure = look_again(CROP, "0008E1008EI", 0.9, lambda _: [View(text, 0.9) for text in asked.pop(0)])
    assert (read, sure) == ("13800138000", 0.9)


@pytest.mark.parametrize("arc", [-60, 60])
def test_a_line_on_a_bent_paper_is_laid_straight(arc: int) -> None:
    image = Image.new("RGB", (900, 260), "white")
    ImageDraw.Draw(image).text((60, 95), "微信 qianshao_66108", "black", chinese_font(70))
    straight = np.asarray(image)
    assert straightened(straight[70:190]) is None
    along = np.linspace(-1, 1, 900, dtype=np.float32)
    down = np.arange(260, dtype=np.float32)[:, None] + (arc * (along**2 - 1 / 3))[None, :]
    across = np.ascontiguousarray(np.broadcast_to(np.arange(900, dtype=np.float32), (260, 900)))
    bent = cv2.remap(
        straight, across, down.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    flat = straightened(np.asarray(bent, np.uint8))
    assert flat is not None
    inked = (np.asarray(flat).min(axis=2) < 128).sum(axis=1)
    bowed = (np.asarray(bent).min(axis=2) < 128).sum(axis=1)
    assert np.count_nonzero(inked) < 0.75 * np.count_nonzero(bowed)
