"""Chat screenshots taken apart: who said what, under which name, when; and what is no chat is left alone."""

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw

from knowledge.pictures.chats import Chat, Side, Speaker, answered, find_bubbles
from knowledge.pictures.grounds import Part
from knowledge.pictures.reader import PictureReader
from knowledge.pictures.reading import PictureReading
from tests.leaflets import as_jpeg, chinese_font, draw_leaflet

LIGHT = ((237, 237, 237), (255, 255, 255), (149, 236, 105), (20, 20, 20), (20, 20, 20))
DARK = ((17, 17, 17), (44, 44, 44), (58, 181, 96), (220, 220, 220), (10, 10, 10))
Colours = tuple[tuple[int, int, int], ...]
Message = tuple[str, str, Sequence[str]]
"""Side, name and lines; a side of "time" has its words as name."""

TALK: tuple[Message, ...] = (
    ("time", "昨天 下午3:12", ()),
    ("left", "张老师", ("内部消息 明天涨停", "跟上的都赚了", "加微信 demo_88888")),
    ("left", "小助理", ("老师太准了",)),
    ("time", "10:05", ()),
    ("right", "", ("真的假的？",)),
    ("left", "张老师", ("不信看我朋友圈", "电话 13800138000")),
    ("right", "", ("我打这个13900139000问问",)),
)


def screenshot(
    talk: Sequence[Message] = TALK, colours: Colours = LIGHT, title: str = "财富交流群(128)"
) -> bytes:
    """A group's chat as WeChat shows it: 1080 pixels wide, portraits at the edges."""
    ground, theirs, own, ink, own_ink = colours
    image = Image.new("RGB", (1080, 2400), ground)
    pen = ImageDraw.Draw(image)
    pen.text((540, 80), title, ink, chinese_font(46, bold=True), anchor="mm")
    top = 180
    for side, name, lines in talk:
        if side == "time":
            pen.text((540, top + 20), name, (130, 130, 130), chinese_font(30), anchor="mm")
            top += 80
            continue
        at = 30 if side == "left" else 950
        pen.rectangle((at, top, at + 100, top + 100), fill=(90, 110, 160))
        if name:
            pen.text((165, top), name, (130, 130, 130), chinese_font(30))
            top += 46
        width = max(chinese_font(44).getlength(line) for line in lines) + 56
        left, height = (150 if side == "left" else 930 - width), 60 * len(lines) + 44
        pen.rounded_rectangle(
            (left, top, left + width, top + height), 12, fill=theirs if side == "left" else own
        )
        for row, line in enumerate(lines):
            inked = ink if side == "left" else own_ink
            pen.text((left + 28, top + 24 + 60 * row), line, inked, chinese_font(44))
        top += height + 50
    return as_jpeg(image.crop((0, 0, 1080, top + 60)))


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
async def test_a_group_chat_is_split_into_who_said_what_and_when(
    warm_reader: PictureReader, colours: Colours
) -> None:
    reading = (await warm_reader.examine(screenshot(colours=colours))).reading
    chat = reading.chat
    assert chat is not None
    assert chat.title.startswith("财富交流群")
    assert [(turn.side, turn.name) for turn in chat.turns] == [
        (Side.LEFT, "张老师"), (Side.LEFT, "小助理"), (Side.RIGHT, ""), (Side.LEFT, "张老师"), (Side.RIGHT, ""),
    ]  # fmt: skip
    assert [turn.time.replace(" ", "") for turn in chat.turns] == ["昨天下午3:12", "", "10:05", "", ""]
    said = [
        "".join(reading.lines[place].text for place in turn.lines).replace(" ", "") for turn in chat.turns
    ]
    assert said[0] == "内部消息明天涨停跟上的都赚了加微信demo_88888"
    assert said[4] == "我打这个13900139000问问"
    # What each speaker said is an ad of its own: the asker's number is not the swindler's.
    swindler = next(ad for ad in reading.ads if "demo_88888" in reading.text_of(ad))
    assert "13800138000" in reading.text_of(swindler)
    assert "13900139000" not in reading.text_of(swindler)
    assert PictureReading.from_json(reading.to_json()) == reading


async def test_ones_own_short_reply_is_no_ad_beside_the_offer(warm_reader: PictureReader) -> None:
    talk: tuple[Message, ...] = (
        ("time", "10:05", ()),
        ("left", "张老师", ("内部消息 明天涨停", "加微信 demo_88888")),
        ("right", "", ("我考虑下",)),
    )
    reading = (await warm_reader.examine(screenshot(talk))).reading
    assert reading.chat is not None
    assert [turn.side for turn in reading.chat.turns] == [Side.LEFT, Side.RIGHT]
    (ad,) = reading.ads
    assert "我考虑下" in reading.text_of(ad)
    assert ad.lines == tuple(range(len(reading.lines)))


TEACHER, SHILL, OWN = (Side.LEFT, "张老师"), (Side.LEFT, "小助理"), (Side.RIGHT, "")


@pytest.mark.parametrize(
    ("turns", "whom"),
    [
        ([(TEACHER, "明天涨停"), (SHILL, "太准了"), (OWN, "要押金吗")], {OWN: SHILL}),
        ([(OWN, "在吗"), (TEACHER, "明天涨停"), (OWN, "真的假的")], {OWN: TEACHER}),
        ([(TEACHER, "明天涨停"), (OWN, "我加了微信 demo_88888")], {}),
        (
            [
                (TEACHER, "在吗"),
                (OWN, "凭身份证就借 额度五万起 当天到账 无视征信 黑户白户都能做 不成功不收费"),
            ],
            {},
        ),
        ([(OWN, "在吗")], {}),
    ],
    ids=["the one it follows", "the first to answer", "an account", "an offer", "nobody else"],
)
def test_a_short_reply_answers_somebody(
    turns: list[tuple[Speaker, str]], whom: dict[Speaker, Speaker]
) -> None:
    assert answered(turns) == whom


def test_whoever_sends_a_code_does_more_than_reply() -> None:
    assert answered([(TEACHER, "扫不了"), (OWN, "这个")], {OWN}) == {}


async def test_a_leaflet_is_no_chat(warm_reader: PictureReader) -> None:
    assert (await warm_reader.examine(draw_leaflet())).reading.chat is None


def patch(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], fill: tuple[int, int, int]) -> Part:
    """A bubble with one line of 40 pixels in it."""
    pen.rectangle(box, fill=fill)
    left, top, right, bottom = box[0] + 20, box[1] + 20, box[2] - 20, box[3] - 20
    return Part(((left, top), (right, top), (right, bottom), (left, bottom)), "说的话")


WHITE, GREEN, RED, GROUND = (255, 255, 255), (149, 236, 105), (200, 0, 0), (237, 237, 237)


@pytest.mark.parametrize(
    ("patches", "is_chat"),
    [
        ([((100, 100, 500, 180), WHITE), ((450, 220, 900, 300), GREEN), ((100, 340, 300, 420), WHITE)], True),
        ([((100, 100, 900, 180), RED), ((100, 250, 900, 330), RED)], False),
        ([((100, 100, 500, 180), RED), ((300, 250, 700, 330), (0, 0, 200))], False),
        ([((100, 100, 500, 180), GROUND), ((450, 250, 900, 330), GROUND)], False),
    ],
    ids=["two sides", "two bands", "staggered panels", "no bubbles"],
)
def test_bubbles_keep_to_two_edges_and_bands_do_not(
    patches: list[tuple[tuple[int, int, int, int], tuple[int, int, int]]], is_chat: bool
) -> None:
    image = Image.new("RGB", (1000, 500), GROUND)
    pen = ImageDraw.Draw(image)
    parts = [patch(pen, box, fill) for box, fill in patches]
    found = find_bubbles(parts, (1.0, 0.0), np.asarray(image, np.uint8))
    assert (found is not None) is is_chat


def test_a_chat_survives_being_stored() -> None:
    chat = Chat("群", ())
    assert Chat.from_json(chat.to_json()) == chat
