"""A second look at the lines that were read badly: spray paint, hand-writing, embossed, curved or tiny letters.

The recogniser sees a line 48 pixels high. Grain and gaps of paint, letters that touch, and digits that repeat ("000" is
easily read as "00") come out otherwise when the line is cut from the full picture, stretched, smoothed or given more
contrast. Only a line that was read doubtfully is looked at again, or one whose digits nearly make a telephone number:
few lines, within a share of the time that the picture has taken so far.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np
from numpy import uint8
from numpy.typing import NDArray

from knowledge.pictures.bowed import straightened
from knowledge.pictures.lines import SURE_FROM
from knowledge.pictures.lost_digits import View, restored
from knowledge.pictures.symbols import Box

Image = NDArray[uint8]
Recognise = Callable[[list[Image]], list[View]]

DOUBTFUL = 0.8
"""Confidence below which any line is looked at again."""
_DOUBTFUL_CONTACT = 0.93
"""And below which one that names how to reach somebody is."""
_ACCOUNT_APART = re.compile(r"(?:微信|薇信|[vw]x)号?[:：]?\s?[a-z]{3,} \d{3,8}$", re.IGNORECASE)
"""Of qianshao_66108 the underscore is lost when the line is bent or small."""
MOST_LINES = 4
SHARE_OF_TIME = 0.5
"""Of the time the picture's text has taken: where all of it is used, the reading takes half as long again."""
_PIECED_TOGETHER = 0.6
"""How sure a number is that no view, or one alone, has read so: enough to count, and shown as doubtful."""
_BETTER_BY = 0.05
_MOST_WIDE = 3200
"""Pixels of a view: a hair across a whole banner must cost no more than a line."""
_MOST_LETTERS = 5
"""Among the digits of a number that stands on its head."""
_AGREEING = 2
"""Views that must read the same number before it replaces what was read."""

_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_COLON = re.compile(r"(?<!\d)11(?=[3-9]\d{9}(?!\d))")
"""A colon or a stroke before a mobile number, none of which begins with 11, read as a digit."""
_LABEL = re.compile(r"电话|手机|热线|致电|来电|联系|咨询|微信|薇信|同号")


def wanted(text: str, confidence: float) -> bool:
    """Whether a line is worth a second look."""
    return (
        confidence < (_DOUBTFUL_CONTACT if _LABEL.search(text) else DOUBTFUL)
        or _spoilt_number(text)
        or _ACCOUNT_APART.search(text) is not None
    )


def _spoilt_number(text: str) -> bool:
    """A number of about eleven digits that is no telephone number, or a label for one without any."""
    closed = re.sub(r"[\s\-—.·]", "", text)
    if _MOBILE.search(closed):
        return False
    digits = sum(letter.isdigit() for letter in closed)
    longest = max((len(run) for run in re.findall(r"[\dA-Za-z]+", closed)), default=0)
    if re.search(r"(?<!\d)(?:0\d{9,11}|[48]00\d{7})(?!\d)", closed):
        return False  # a landline, or a service number
    return (
        (_LABEL.search(closed) is not None and 7 <= digits <= 13 and longest >= 7 and "信" not in closed)
        or (6 <= digits < longest and re.fullmatch(r"[0-9A-Za-z]{9,13}", closed) is not None)
        or (
            9 <= digits <= 13
            and digits == longest
            and closed[-longest:].isdigit()
            and closed[-longest] in "19"
        )
    )


def look_again(crop: Image, text: str, confidence: float, recognise: Recognise) -> tuple[str, float]:
    """The better reading of a line from an upright crop of it (height × width × BGR), or the one there was."""
    views = _views(crop)
    if (straight := straightened(crop)) is not None:
        # Bent, a line is easily taken to stand on its head: it is read both ways.
        views += [straight, _on_its_head(straight)]
    read = recognise(views)
    if _spoilt_number(text):
        number = _agreed(read, text)
        if number is None and len(re.findall(r"[^\W\d]", text)) <= _MOST_LETTERS:
            # Digits alone are easily taken to stand on their heads: 1990000 is read as 000066I.
            number = _agreed(recognise(_views(_on_its_head(crop))), None)
        return number or (text, confidence)
    if _ACCOUNT_APART.search(text):
        read = [view for view in read if "_" in view.text] or read
        confidence = min(confidence, DOUBTFUL)
    best = max(
        ((view.text, view.confidence) for view in read), key=lambda pair: pair[1], default=(text, confidence)
    )
    if confidence < SURE_FROM and (len(best[0].strip()) < 2 or best[1] < DOUBTFUL):
        return text, confidence  # a code or a portrait, enlarged, is "read" as some sign or other
    return best if best[0].strip() and best[1] >= confidence + _BETTER_BY else (text, confidence)


def _agreed(read: Sequence[View], text: str | None) -> tuple[str, float] | None:
    """The line with the telephone number that the views agree on, or that can be pieced together from them where `text`
    says that it is one."""
    votes = Counter(number for view in read for number in _numbers(view.text))
    if votes:
        (number, count), *others = votes.most_common(2)
        if count >= _AGREEING and (not others or others[0][1] < count):
            best = max(
                (view for view in read if number in _numbers(view.text)), key=lambda view: view.confidence
            )
            return _COLON.sub("1", best.text), best.confidence
    if text is None or not (_LABEL.search(text) or re.fullmatch(r"[\d\s]+", text)):
        return None
    whole = restored(read)
    label = re.match(r"\D*", text)
    return ((label.group() if label else "") + whole, _PIECED_TOGETHER) if whole is not None else None


def _on_its_head(image: Image) -> Image:
    return np.ascontiguousarray(image[::-1, ::-1])


def _numbers(text: str) -> list[str]:
    return _MOBILE.findall(_COLON.sub("1", re.sub(r"[\s\-—.·]", "", text)))


_SMALL_SHARE = 0.25
"""Of a picture's width and of its height: writing within less of both is worth a closer look."""
_MARGIN = 6.0
"""Line heights around it: where only the headline was found, the rest stands near."""
_OTHER_NUMBER = re.compile(
    r"(?<!\d)(?:0\d{9,11}|[48]00[\s\-]?\d{3,4}[\s\-]?\d{3,4})(?!\d)|q\s?q\D{0,4}\d{5}", re.IGNORECASE
)


def where_to_look_closer(
    read: Sequence[tuple[str, float]], boxes: Sequence[Box], heights: Sequence[float], width: int, height: int
) -> Box | None:
    """The corner of a picture that holds all that was read, where that is tiny and was read badly or is only part of
    an ad: it names no number that somebody answers. `heights` are those of its lines, in pixels. None where another look
    would hardly bring more.
    """
    sure = all(confidence >= DOUBTFUL for _, confidence in read)
    if not boxes or (sure and any(_numbers(text) or _OTHER_NUMBER.search(text) for text, _ in read)):
        return None
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    if right - left > _SMALL_SHARE * width or bottom - top > _SMALL_SHARE * height:
        return None
    room = round(_MARGIN * float(np.median(heights)))
    return max(0, left - room), max(0, top - room), min(width, right + room), min(height, bottom + room)


class Patience:
    """How many lines may still be looked at again, and for how long."""

    def __init__(self, begun: float) -> None:
        now = perf_counter()
        self._until = now + SHARE_OF_TIME * (now - begun)
        self._lines = MOST_LINES

    def left(self) -> bool:
        """Whether there is time for one more; counts it."""
        self._lines -= 1
        return self._lines >= 0 and perf_counter() < self._until


def _views(crop: Image) -> list[Image]:
    import cv2

    height = crop.shape[0]
    grain = max(1.0, height / 40)

    def wide(image: Image, by: float) -> Image:
        size = (min(_MOST_WIDE, max(8, round(image.shape[1] * by * 64 / height))), 64)
        how = cv2.INTER_AREA if height > 64 else cv2.INTER_CUBIC
        return cv2.resize(image, size, interpolation=how).astype(uint8, copy=False)

    smooth = cv2.GaussianBlur(crop, (0, 0), grain).astype(uint8, copy=False)
    smoother = cv2.GaussianBlur(crop, (0, 0), 1.8 * grain).astype(uint8, copy=False)
    spread = lifted(smooth)
    return [
        wide(crop, 1.0),
        wide(crop, 1.4),
        wide(smooth, 1.15),
        wide(smooth, 1.6),
        wide(smoother, 1.3),
        wide(spread, 1.25),
    ]


def lifted(crop: Image) -> Image:
    """A picture with the contrast of each part of it spread out."""
    import cv2

    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    spread = cv2.createCLAHE(clipLimit=3.0, tileGridSize=(2, 8)).apply(grey)
    return cv2.cvtColor(spread, cv2.COLOR_GRAY2BGR).astype(uint8, copy=False)


def cut_out(
    colour: Image, corners: Sequence[tuple[float, float]], upside_down: bool, margin: float = 0.08
) -> Image:
    """The line within four corners (from the top left on, clockwise) as an upright strip, with a little around it."""
    import cv2

    points = np.array(corners, np.float32)
    if np.linalg.norm(points[3] - points[0]) >= 1.5 * np.linalg.norm(points[1] - points[0]):
        points = np.roll(points, -1, axis=0)  # a column: laid down counterclockwise
    if upside_down:
        points = np.roll(points, 2, axis=0)
    across, down = points[1] - points[0], points[3] - points[0]
    height = float(np.linalg.norm(down))
    length = max(1e-3, float(np.linalg.norm(across)))
    beside, over = across / length * height * margin, down * margin
    points += np.array([-beside - over, beside - over, beside + over, -beside + over], np.float32)
    width, tall = round(length + 2 * margin * height), round(height * (1 + 2 * margin))
    width, tall = min(max(width, 8), 4000), min(max(tall, 8), 400)
    flat = np.array([(0, 0), (width, 0), (width, tall), (0, tall)], np.float32)
    turned = cv2.getPerspectiveTransform(points, flat)
    return cv2.warpPerspective(colour, turned, (width, tall), borderMode=cv2.BORDER_REPLICATE).astype(
        uint8, copy=False
    )
