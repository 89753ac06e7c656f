"""Which pieces of writing and which codes belong to one ad."""

from math import cos, radians, sin

import numpy as np
import pytest
from PIL import Image, ImageDraw

from knowledge.pictures.ads import Ad, told_apart
from knowledge.pictures.grounds import Part
from knowledge.pictures.reading import PictureReading, read
from tests.leaflets import LOAN_SHARK_LINES, as_jpeg, chinese_font, leaflet_image

Colour = tuple[int, int, int]
WALL = (150, 148, 142)
CODE, OTHER_CODE = "https://u.wechat.com/EXAMPLEabc123", "https://u.wechat.com/EXAMPLEplumber"
PLUMBER_LINES = ("老王管道疏通", "马桶 下水道 化粪池清理", "随叫随到 价格公道", "电话 13900139000")
SHARK, PLUMBER = ("13800138000", CODE), ("13900139000", OTHER_CODE)


def part(text: str, left: float, top: float, right: float, bottom: float) -> Part:
    return Part(((left, top), (right, top), (right, bottom), (left, bottom)), text)


def held(reading: PictureReading) -> list[tuple[bool, bool]]:
    """For each ad, whether it holds the shark's number and code, and the plumber's."""
    ads = []
    for ad in reading.parts:
        everything = reading.text_of(ad).replace(" ", "") + "".join(
            reading.codes[place].payload for place in ad.codes
        )
        ads.append((all(mark in everything for mark in SHARK), all(mark in everything for mark in PLUMBER)))
    return ads


def wall_of_two(beside: bool) -> Image.Image:
    shark, plumber = leaflet_image(LOAN_SHARK_LINES, CODE), leaflet_image(PLUMBER_LINES, OTHER_CODE)
    if beside:
        wall = Image.new("RGB", (shark.width + plumber.width, max(shark.height, plumber.height) + 60), WALL)
        wall.paste(shark, (0, 0))
        wall.paste(plumber, (shark.width, 60))
    else:
        wall = Image.new("RGB", (shark.width, shark.height + plumber.height), WALL)
        wall.paste(shark, (0, 0))
        wall.paste(plumber, (0, shark.height))
    return wall


@pytest.mark.parametrize("beside", [True, False])
@pytest.mark.parametrize("angle", [0, 17, -90])
def test_two_cards_on_a_wall_are_two_ads_however_they_are_held(beside: bool, angle: float) -> None:
    wall = wall_of_two(beside).rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=WALL)
    wall.thumbnail((1600, 1600))
    assert sorted(held(read(as_jpeg(wall)))) == [(False, True), (True, False)]


def test_one_leaflet_with_headline_number_and_code_is_one_ad() -> None:
    reading = read(as_jpeg(leaflet_image(LOAN_SHARK_LINES, CODE)))
    assert held(reading) == [(True, False)]
    assert reading.ads[0].lines == tuple(range(len(LOAN_SHARK_LINES)))


def test_two_columns_on_one_ground_each_with_a_number_are_two_ads() -> None:
    paper = Image.new("RGB", (1250, 480), (235, 235, 230))
    draw = ImageDraw.Draw(paper)
    for left, lines in ((30, LOAN_SHARK_LINES), (690, PLUMBER_LINES)):
        for place, line in enumerate(lines):
            draw.text((left, 30 + place * 80), line, (20, 20, 30), chinese_font(44))
    texts = [read(as_jpeg(paper)).text_of(ad) for ad in read(as_jpeg(paper)).parts]
    assert [("13800138000" in text, "13900139000" in text) for text in texts] == [
        (True, False),
        (False, True),
    ]


def test_a_number_far_below_its_ad_still_belongs_to_it() -> None:
    parts = [
        part("急用钱 当天放款", 0, 0, 300, 40), part("不看征信", 0, 60, 200, 100),
        part("电话 13800138000", 0, 250, 300, 290),
    ]  # fmt: skip
    assert told_apart(parts, (1.0, 0.0)) == ((0, 1, 2),)


def test_the_bar_at_the_foot_of_a_poster_belongs_to_the_words_far_above_it() -> None:
    poster = np.full((1500, 1000, 3), (20, 60, 160), np.uint8)
    poster[1150:] = 250
    parts = [
        part("全额退保", 200, 130, 800, 270), part("专业代理 无理由退全款", 150, 570, 850, 650),
        part("电话：13800138000", 60, 1210, 600, 1270), part("", 700, 1200, 900, 1400),
    ]  # fmt: skip
    assert told_apart(parts, (1.0, 0.0), poster) == ((0, 1, 2, 3),)


@pytest.mark.parametrize(
    "foot",
    [
        ("活动地点：某某酒店二楼", "报名电话：小李13800138000"),
        ("咨询热线：13800138000", "下载APP", "收款码"),
        ("服务中心电话13800138000",),
    ],
    ids=["a place and a name", "labels of codes", "a counter"],
)
def test_ways_to_be_reached_below_white_space_belong_to_the_offer_above(foot: tuple[str, ...]) -> None:
    parts = [
        part("康养之家邀请函", 100, 0, 500, 40), part("存入床位预订金每年返12%", 100, 60, 500, 100),
        *(part(line, 100, 360 + 60 * place, 500, 400 + 60 * place) for place, line in enumerate(foot)),
    ]  # fmt: skip
    assert told_apart(parts, (1.0, 0.0)) == (tuple(range(len(parts))),)


def test_an_offer_with_its_own_number_below_white_space_stays_its_own_ad() -> None:
    parts = [
        part("康养之家邀请函", 100, 0, 500, 40), part("电话：小王13900139000", 100, 60, 500, 100),
        part("专业疏通马桶下水道", 100, 360, 500, 400), part("电话：小李13800138000", 100, 420, 500, 460),
    ]  # fmt: skip
    assert told_apart(parts, (1.0, 0.0)) == ((0, 1), (2, 3))


def test_the_name_of_a_way_to_pay_is_no_account() -> None:
    parts = [
        part("微信支付", 150, 0, 350, 40), part("推荐使用微信支付", 100, 60, 400, 100),
        part("", 100, 250, 400, 550), part("理财保证金收款 保本月息", 80, 570, 420, 610),
    ]  # fmt: skip
    assert told_apart(parts, (1.0, 0.0)) == ((0, 1, 2, 3),)


def test_a_paper_of_its_own_outweighs_nearness() -> None:
    """The plumber's number stands nearer to the shark's words than to his own, but on his own paper."""
    picture = np.full((600, 600, 3), 150, np.uint8)
    picture[0:230, 0:400] = (255, 255, 255)
    picture[250:600, 0:400] = (255, 255, 255)
    parts = [
        part("急用钱 当天放款", 20, 60, 300, 100), part("电话 13800138000", 20, 150, 300, 190),
        part("电话 13900139000", 20, 262, 300, 302), part("管道疏通 马桶下水道", 20, 400, 300, 440),
    ]  # fmt: skip
    assert told_apart(parts, (1.0, 0.0), picture) == ((0, 1), (2, 3))


def askew(gap: int, paper: Colour, other: Colour) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Two papers beside each other, the edges between them leaning by seven degrees."""
    picture = Image.new("RGB", (900, 420), (150, 148, 142))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(0, 20), (460, 20), (412, 400), (0, 400)], fill=paper)
    draw.polygon([(460 + gap, 20), (900, 20), (900, 400), (412 + gap, 400)], fill=other)
    return np.asarray(picture)


CLOSE_PAPERS = [
    part("急用钱 当天放款", 20, 60, 380, 100), part("电话 13800138000", 20, 120, 420, 160),
    part("微信 qianshao_demo", 20, 180, 425, 220), part("管道疏通 马桶下水道", 475, 60, 860, 100),
    part("电话 13900139000", 475, 120, 860, 160), part("微信 lizi_demo", 475, 180, 860, 220),
]  # fmt: skip


@pytest.mark.parametrize(
    ("gap", "other"), [(10, (255, 255, 255)), (0, (255, 214, 225))], ids=["a slit", "another hue"]
)
def test_papers_that_nearly_touch_and_hang_askew_are_two_ads(gap: int, other: Colour) -> None:
    apart = ((0, 1, 2), (3, 4, 5))
    assert told_apart(CLOSE_PAPERS, (1.0, 0.0), askew(gap, (255, 255, 255), other)) == apart


def test_two_ads_in_glare_are_told_by_having_everything_twice() -> None:
    nothing_seen = np.full((420, 900, 3), 255, np.uint8)
    assert told_apart(CLOSE_PAPERS, (1.0, 0.0), nothing_seen) == ((0, 1, 2), (3, 4, 5))


def test_a_paper_half_in_shadow_is_one_paper() -> None:
    picture = np.full((420, 900, 3), 250, np.uint8)
    picture[:, 430:] = 110
    split = [
        part("急用钱 当天放款 13800138000", 20, 60, 400, 100),
        part("不看征信 身份证就能贷", 460, 60, 860, 100),
    ]
    assert told_apart(split, (1.0, 0.0), picture) == ((0, 1),)


def test_a_code_goes_to_the_ad_that_has_none() -> None:
    """The upper ad's code stands nearer to the lower ad's headline, and nothing is seen of the papers."""
    parts = [
        part("急用钱 当天放款", 20, 20, 300, 60), part("电话 13800138000", 20, 80, 300, 120),
        part("管道疏通 马桶下水道", 20, 260, 500, 300), part("电话 13900139000", 20, 320, 300, 360),
        part("", 360, 130, 480, 250), part("", 330, 305, 450, 425),
    ]  # fmt: skip
    assert told_apart(parts, (1.0, 0.0)) == ((0, 1, 4), (2, 3, 5))


def test_light_that_fades_across_a_paper_is_no_wall() -> None:
    fading = np.linspace(255, 90, 600).astype(np.uint8)
    picture = np.repeat(np.repeat(fading[:, None], 400, axis=1)[:, :, None], 3, axis=2)
    parts = [
        part("急用钱 当天放款 13800138000", 20, 60, 380, 100),
        part("不看征信 加微信 qianshao_demo", 20, 170, 380, 210),
    ]
    assert told_apart(parts, (1.0, 0.0), picture) == ((0, 1),)


@pytest.mark.parametrize("angle", [0, 30, 90, 180, -135])
def test_ads_come_in_reading_order_in_any_direction(angle: float) -> None:
    along = (cos(radians(angle)), sin(radians(angle)))

    def turned(x: float, y: float) -> tuple[float, float]:
        return (x * along[0] - y * along[1], x * along[1] + y * along[0])

    upright = [
        part("管道疏通 马桶 13900139000", 600, 10, 900, 50),
        part("急用钱 放款 13800138000", 0, 0, 300, 40),
        part("高价回收旧家电 13700137000", 0, 400, 300, 440),
    ]
    parts = [Part(tuple(turned(*corner) for corner in one.corners), one.text) for one in upright]  # type: ignore[arg-type]
    assert told_apart(parts, along) == ((1,), (0,), (2,))


def test_nothing_holds_no_ads() -> None:
    assert told_apart([], (1.0, 0.0)) == ()


def test_a_reading_kept_before_ads_were_told_apart_is_one_ad() -> None:
    kept = read(as_jpeg(leaflet_image(LOAN_SHARK_LINES, CODE))).to_json()
    del kept["ads"], kept["stages"]
    reading = PictureReading.from_json(kept)
    assert reading.ads == ()
    assert [(ad.lines, ad.codes) for ad in reading.parts] == [((0, 1, 2, 3, 4), (0,))]


def test_an_ad_survives_its_json() -> None:
    ad = Ad((1, 2, 3, 4), (0, 2), (1,))
    assert Ad.from_json(ad.to_json()) == ad


def test_a_code_that_stands_on_two_papers_belongs_to_both() -> None:
    one, other = leaflet_image(LOAN_SHARK_LINES, CODE), leaflet_image(PLUMBER_LINES, CODE)
    wall = Image.new("RGB", (one.width + other.width, one.height + 60), WALL)
    wall.paste(one, (0, 0))
    wall.paste(other, (one.width, 60))
    reading = read(as_jpeg(wall))
    assert [[reading.codes[place].payload for place in ad.codes] for ad in reading.parts] == [[CODE], [CODE]]
