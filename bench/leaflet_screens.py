"""What a phone's screen shows: a text message, a chat."""

import random
from collections.abc import Callable

from PIL import Image, ImageDraw

from bench.leaflet_pens import Colour, Drawn, crooked, font, write


def sms(dark: bool) -> Callable[[random.Random], Drawn]:
    """A message on a phone's screen."""

    def draw(chance: random.Random) -> Drawn:
        truth = crooked(chance, code=False)
        ground, bubble, ink = (((18, 18, 20), (48, 48, 52), (240, 240, 240)) if dark else
                               ((255, 255, 255), (233, 233, 235), (0, 0, 0)))  # fmt: skip
        image = Image.new("RGB", (1080, 1500), ground)
        pen = ImageDraw.Draw(image)
        pen.text((540, 60), "短信", ink, font(44), anchor="mm")
        pen.rounded_rectangle((50, 200, 930, 240 + 84 * len(truth.lines)), 40, fill=bubble)
        for place, line in enumerate(truth.lines):
            write(pen, (90, 225 + place * 84), line, ink, 48, 800)
        return image, (truth,)

    return draw


def chat(bubbles: Colour, long: bool = False) -> Callable[[random.Random], Drawn]:
    """A chat, of which the other side's bubbles hold the ad. A long one is a strip with small talk first."""

    def draw(chance: random.Random) -> Drawn:
        truth = crooked(chance, code=False)
        talk = [(True, "你好 在吗"), (False, "在的 请问什么事")] * (9 if long else 1)
        said = [*talk, *((True, line) for line in truth.lines), (False, "我考虑一下")]
        image = Image.new("RGB", (1080, 200 + 170 * len(said)), (237, 237, 237))
        pen = ImageDraw.Draw(image)
        pen.text((540, 70), "小李", (0, 0, 0), font(46, bold=True), anchor="mm")
        for place, (theirs, line) in enumerate(said):
            top, length = 170 + place * 170, font(46).getlength(line) + 60
            left = 170 if theirs else 910 - length
            pen.rectangle(
                (30, top, 130, top + 100) if theirs else (950, top, 1050, top + 100), fill=(120, 140, 170)
            )
            pen.rounded_rectangle(
                (left, top, left + length, top + 100), 14, fill=(255, 255, 255) if theirs else bubbles
            )
            pen.text((left + 30, top + 22), line, (20, 20, 20), font(46))
        return image, (truth,)

    return draw
