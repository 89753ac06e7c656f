"""The writing on a picture: lines with box and confidence, in reading order, by rapidocr.

The three models (PP-OCRv6 detection and recognition, the direction classifier) are files inside rapidocr's
wheel and are named to it by path: given a path it never asks a server. They are loaded once per process, at
the first picture; a missing file raises FileNotFoundError.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import atan2, degrees, hypot
from pathlib import Path
from time import perf_counter
from typing import Any

import cv2
import numpy as np
from numpy import uint8
from numpy.typing import NDArray

from knowledge.pictures import second_look
from knowledge.pictures.ads import Ad, around, told_apart
from knowledge.pictures.chats import Bubbles, Chat, Speaker, Turn, answered, find_bubbles
from knowledge.pictures.codes import Code
from knowledge.pictures.grounds import Part
from knowledge.pictures.lines import SURE_FROM, TextLine
from knowledge.pictures.lost_digits import View
from knowledge.pictures.reading_order import Point, Strip, common_direction, in_reading_order
from knowledge.pictures.symbols import Box
from knowledge.pictures.tiles import MOST_TILES, Tile, read_once, tiles

LONGEST_SIDE = 1280
"""What the detector sees is scaled to this: more costs time and finds little more on photographs."""
FAINT_BELOW = 0.2
"""Below this most "lines" are bricks, leaves and shadows: they are shown to officers and count for nothing."""
MOST_FAINT = 20
"""As many of them are kept, the surest: a hedge has hundreds."""
_ENLARGED = 3.0
"""How many times a tiny corner is enlarged at most."""
_BOX_FROM = 0.4
"""Mean certainty within a line's box: a bowed line fills little of its own (the library's .5 loses such), bricks have less."""
_LEAST_CONTRAST = 16
"""Of 255: a tile with less between its lightest and its darkest value is empty, and is not searched."""
_JOIN_WITHIN = 1.5
"""Pieces in one row with less room between them, in line heights, are one line that was split."""
_SPACE_FROM = 0.25
"""And with more room than this there is a space between them."""


@dataclass(frozen=True, slots=True)
class FoundLines:
    """`angle`: degrees by which the writing is turned clockwise; `cut_off`: a strip longer than is read;
    `ads`: the lines and codes by ad. Lines stand ad by ad; those of a chat from top to bottom, and what each
    speaker of it says is an ad, with the short replies to it.
    """

    lines: tuple[TextLine, ...]
    angle: float
    cut_off: bool
    ads: tuple[Ad, ...] = ()
    chat: Chat | None = None
    unread: bool = False
    """Something as long as a line of writing could not be read."""
    faint: tuple[TextLine, ...] = ()
    """What was read with hardly any confidence, the surest first; it belongs to no ad."""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    confidence: float
    strip: Strip


def find_lines(colour: NDArray[uint8], scale: float = 1.0, codes: Sequence[Code] = ()) -> FoundLines:
    """Reads a picture (height × width × BGR). `scale` turns its pixels into those of the whole picture, in
    which the boxes of `codes` are: a code belongs to the ad around it.
    """
    pieces: list[_Piece] = []
    faint: list[_Piece] = []
    unread = False
    cut = tiles(cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY).astype(uint8, copy=False), LONGEST_SIDE)
    last: list[_Piece] = []
    for place, tile in enumerate(cut[:MOST_TILES]):
        found, hardly, something = _read_tile(colour, tile)
        if place and tile.top < cut[place - 1].bottom:
            worse, worse_here = read_once(cut[place - 1], tile, _boxed(last), _boxed(found))
            gone = [last[index] for index in worse]
            pieces = [piece for piece in pieces if not any(piece is one for one in gone)]
            found = [piece for index, piece in enumerate(found) if index not in worse_here]
        last = found
        pieces, faint, unread = pieces + found, faint + hardly, unread or something
    if not pieces and len(cut) == 1:  # embossed, or faint
        pieces, faint, unread = _read_tile(colour, cut[0], lifted=True)
    if len(cut) == 1:
        pieces, faint, unread = _closer(colour, (pieces, faint, unread))
    faint = sorted(faint, key=lambda piece: -piece.confidence)[:MOST_FAINT]
    hardly_read = tuple(_line([piece], scale) for piece in faint)
    along = common_direction([piece.strip for piece in pieces])
    parts = [Part(piece.strip.corners, piece.text) for piece in pieces]
    parts += [Part(_corners(code, scale)) for code in codes]
    angle = degrees(atan2(along[1], along[0]))
    cut_off = len(cut) > MOST_TILES
    bubbles = find_bubbles(parts[: len(pieces)], along, colour)
    if bubbles is not None:
        lines, ads, chat = _conversation(bubbles, pieces, along, scale, codes)
        return FoundLines(lines, angle, cut_off, ads, chat, unread, hardly_read)
    lines, ads = _ad_by_ad(told_apart(parts, along, colour), pieces, along, scale, codes)
    return FoundLines(lines, angle, cut_off, ads, unread=unread, faint=hardly_read)


def _ad_by_ad(
    groups: Sequence[Sequence[int]],
    pieces: Sequence[_Piece],
    along: Point,
    scale: float,
    codes: Sequence[Code],
) -> tuple[tuple[TextLine, ...], tuple[Ad, ...]]:
    lines: list[TextLine] = []
    ads: list[Ad] = []
    for members in groups:
        written = [pieces[index] for index in members if index < len(pieces)]
        held = tuple(index - len(pieces) for index in members if index >= len(pieces))
        own = _lines_of(written, along, scale)
        boxes = [line.box for line in own] + [codes[index].box for index in held]
        ads.append(Ad(around(boxes), tuple(range(len(lines), len(lines) + len(own))), held))
        lines += own
    return tuple(lines), tuple(ads)


def _conversation(
    found: Bubbles, pieces: Sequence[_Piece], along: Point, scale: float, codes: Sequence[Code]
) -> tuple[tuple[TextLine, ...], tuple[Ad, ...], Chat]:
    """The lines from top to bottom, what each speaker says as an ad, and the turns. What stands in no bubble
    belongs to the speaker before it, and above all of them to the first; so does a code, on its own side. One's own short
    replies stay with what they answer.
    """
    lines: list[TextLine] = []
    turns: list[Turn] = []
    said: dict[Speaker, list[int]] = {}

    def write(*places: int) -> list[int]:
        own = _lines_of([pieces[place] for place in places], along, scale)
        lines.extend(own)
        return list(range(len(lines) - len(own), len(lines)))

    def words(place: int | None) -> str:
        return pieces[place].text if place is not None else ""

    title = write(found.title) if found.title is not None else []
    strays = sorted(found.others, key=lambda place: _down(pieces[place].strip, along))
    unsaid = title
    for bubble in found.bubbles:
        while strays and _down(pieces[strays[0]].strip, along) < bubble.top:
            unsaid += write(strays.pop(0))
        above = write(*(place for place in (bubble.time, bubble.name) if place is not None))
        own = write(*bubble.parts)
        name = words(bubble.name)
        said.setdefault((bubble.side, name), []).extend([*unsaid, *above, *own])
        unsaid = []
        box = around([lines[place].box for place in own])
        turns.append(Turn(bubble.side, tuple(own), box, name, words(bubble.time)))
    if strays:
        last = turns[-1]
        said[last.side, last.name] += write(*strays)
    held: dict[Speaker, list[int]] = {}
    for index, code in enumerate(codes):
        nearest = min(turns, key=lambda turn: _apart(turn.box, code.box))
        held.setdefault((nearest.side, nearest.name), []).append(index)
    spoken = [
        ((turn.side, turn.name), "\n".join(lines[place].text for place in turn.lines)) for turn in turns
    ]
    for replier, other in answered(spoken, held).items():
        said[other] = sorted(said[other] + said.pop(replier))
    ads = []
    for speaker, places in said.items():
        own_codes = held.get(speaker, [])
        boxes = [lines[place].box for place in places] + [codes[index].box for index in own_codes]
        ads.append(Ad(around(boxes), tuple(places), tuple(own_codes)))
    return tuple(lines), tuple(ads), Chat(words(found.title), tuple(turns))


def _down(strip: Strip, along: Point) -> float:
    return min(y * along[0] - x * along[1] for x, y in strip.corners)


def _apart(one: Box, other: Box) -> float:
    """A code's distance from a bubble: below or above it counts once, beside it twice, since sides matter."""
    return 2 * min(abs(one[0] - other[0]), abs(one[2] - other[2])) + max(
        0, other[1] - one[3], one[1] - other[3]
    )


def _lines_of(pieces: list[_Piece], along: Point, scale: float) -> list[TextLine]:
    """The lines of one ad, in reading order: pieces that stand close in one row are one line."""
    order = in_reading_order([piece.strip for piece in pieces], along)
    lines: list[TextLine] = []
    for row in order.rows:
        joined: list[_Piece] = []
        for index in row:
            piece, gap = pieces[index], order.gaps[index]
            if joined and gap > _JOIN_WITHIN:
                lines.append(_line(joined, scale))
                joined = []
            elif joined and gap > _SPACE_FROM:
                piece = replace(piece, text=f" {piece.text}")
            joined.append(piece)
        lines.append(_line(joined, scale))
    return lines


def _corners(code: Code, scale: float) -> tuple[Point, Point, Point, Point]:
    left, top, right, bottom = code.box
    around_it = ((left, top), (right, top), (right, bottom), (left, bottom))
    first, second, third, fourth = ((x / scale, y / scale) for x, y in code.corners or around_it)
    return (first, second, third, fourth)


@cache
def _engine() -> Any:
    import rapidocr  # half a second and 70 MB: in a worker only

    models = Path(rapidocr.__file__).parent / "models"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_preprocess_img": False,  # tiles arrive scaled
            "Global.use_vertical_padding": False,  # and padded
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.box_thresh": _BOX_FROM,
            "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
            "Cls.model_path": str(models / "ch_ppocr_mobile_v2.0_cls_mobile.onnx"),
            "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
            # A batch pads all its lines to the longest: one by one takes half the time on long lines, on one
            # thread, and two thirds of the memory.
            "Rec.rec_batch_num": 1,
        }
    )


_Read = tuple[list[_Piece], list[_Piece], bool]
"""The pieces of a tile, those that were hardly read, and whether something like writing could not be read at all."""


def _closer(colour: NDArray[uint8], read: _Read) -> _Read:
    """What was read, or a second reading of a tiny corner, enlarged, where that says more."""
    pieces = read[0]
    corner = second_look.where_to_look_closer(
        [(piece.text, piece.confidence) for piece in pieces],
        [_box(piece) for piece in pieces],
        [_height(piece) for piece in pieces],
        colour.shape[1],
        colour.shape[0],
    )
    if corner is None:
        return read
    again = _read_tile(colour, Tile(*corner), enlarge=_ENLARGED)
    return again if _said(again[0]) > _said(read[0]) else read


def _said(pieces: Sequence[_Piece]) -> float:
    """Letters that were read with confidence."""
    return sum(len(piece.text) for piece in pieces if piece.confidence >= SURE_FROM)


def _box(piece: _Piece) -> Box:
    across, down = zip(*piece.strip.corners, strict=True)
    return round(min(across)), round(min(down)), round(max(across)), round(max(down))


def _boxed(pieces: Sequence[_Piece]) -> list[tuple[Box, float]]:
    return [(_box(piece), piece.confidence) for piece in pieces]


def _height(piece: _Piece) -> float:
    first, second, _, fourth = piece.strip.corners
    return min(
        hypot(second[0] - first[0], second[1] - first[1]), hypot(fourth[0] - first[0], fourth[1] - first[1])
    )


def _read_tile(colour: NDArray[uint8], tile: Tile, lifted: bool = False, enlarge: float = 1.0) -> _Read:
    """Reads a tile. `lifted`: with the contrast of each part of it spread out first; `enlarge`: how many times at most."""
    from rapidocr.main import RapidOCRError

    begun = perf_counter()
    engine = _engine()
    whole = colour[tile.top : tile.bottom, tile.left : tile.right]
    if int(whole.max()) - int(whole.min()) < _LEAST_CONTRAST:
        return [], [], False
    height, width = whole.shape[:2]
    shrink = min(enlarge, LONGEST_SIDE / max(height, width))
    piece = whole
    if shrink != 1.0:
        size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
        how = cv2.INTER_AREA if shrink < 1.0 else cv2.INTER_CUBIC
        piece = cv2.resize(whole, size, interpolation=how).astype(uint8, copy=False)
    if lifted:
        piece = second_look.lifted(piece)
    try:
        crops, found = engine.detect_and_crop(_padded(piece), {})
        upright, turned = engine.cls_and_rotate(crops)
        read = engine.recognize_txt(upright)
    except RapidOCRError:  # how it says that there is no writing
        return [], [], False
    marks = [label == "180" for label, _ in turned.cls_res]
    quads = [
        [(min(max(float(x) / shrink, 0.0), width), min(max(float(y) / shrink, 0.0), height)) for x, y in quad]
        for quad in found.boxes
    ]
    texts = [(words.strip(), float(sure)) for words, sure in zip(read.txts, read.scores, strict=True)]
    _look_again(whole, quads, marks, texts, begun)
    pieces: list[_Piece] = []
    faint: list[_Piece] = []
    unread = False
    for quad, mark, (text, confidence) in zip(quads, marks, texts, strict=True):
        is_writing = any(letter.isalnum() for letter in text)
        if confidence < FAINT_BELOW or not is_writing:
            # A portrait or an icon is "read" as ■; what is as long as a line might have been one.
            unread = unread or _is_long(quad)
        if not is_writing:
            continue
        corners = [(tile.left + x, tile.top + y) for x, y in quad]
        strip = Strip(
            (corners[0], corners[1], corners[2], corners[3]),
            _direction(corners, upside_down=mark),
            len(text) if len(text) > 1 and confidence >= SURE_FROM else 0,
        )
        (faint if confidence < FAINT_BELOW else pieces).append(_Piece(text, confidence, strip))
    return pieces, faint, unread


def _look_again(
    whole: NDArray[uint8], quads: Sequence[Sequence[Point]], marks: Sequence[bool], texts: list[tuple[str, float]],
    begun: float,
) -> None:  # fmt: skip
    """Reads what was read badly from enlarged and enhanced crops, numbers first, and puts what is better in place."""
    doubtful = [index for index, read in enumerate(texts) if second_look.wanted(*read)]
    doubtful.sort(key=lambda index: (texts[index][1] < second_look.DOUBTFUL, -len(texts[index][0])))
    patience = second_look.Patience(begun)
    for index in doubtful:
        if not patience.left():
            return
        crop = second_look.cut_out(whole, quads[index], marks[index])
        texts[index] = second_look.look_again(crop, *texts[index], _recognise)


def _recognise(views: list[NDArray[uint8]]) -> list[View]:
    """Reads each view of a line, and keeps how likely each of its steps is each digit."""
    model = _engine()._load_rec_model()
    tall = int(model.rec_image_shape[1])
    letters = model.postprocess_op
    digits = [0, *(letters.dict[digit] for digit in "0123456789")]
    read = []
    for view in views:
        height, width = view.shape[:2]
        ratio = max(model.rec_image_shape[2] / tall, width / height)
        steps = model.session(model.resize_norm_img(view, ratio)[None].astype(np.float32))
        ((text, sure),), _ = letters(steps)
        read.append(View(text.strip(), float(sure), steps[0][:, digits]))
    return read


def _is_long(quad: Sequence[Point]) -> bool:
    sides = [hypot(quad[place][0] - quad[0][0], quad[place][1] - quad[0][1]) for place in (1, 3)]
    return max(sides) >= 3 * min(sides)


def _padded(piece: NDArray[uint8]) -> NDArray[uint8]:
    """At most twice as long as wide, since the detector enlarges the shorter side to 736 at any price."""
    height, width = piece.shape[:2]
    below, beside = max(0, width // 2 - height), max(0, height // 2 - width)
    if not below and not beside:
        return piece
    ground = [float(value) for value in np.median(piece.reshape(-1, 3), axis=0)]
    padded = cv2.copyMakeBorder(piece, 0, below, 0, beside, cv2.BORDER_CONSTANT, value=ground)
    return padded.astype(uint8, copy=False)


def _direction(corners: list[Point], upside_down: bool) -> Point:
    """Which way the text runs. A piece half as tall again as wide is laid down counterclockwise before it is
    recognised (so its text runs downwards), and the classifier turns what stands on its head.
    """
    first, second, _, fourth = corners
    wide = hypot(second[0] - first[0], second[1] - first[1])
    tall = hypot(fourth[0] - first[0], fourth[1] - first[1])
    end = fourth if tall >= 1.5 * wide else second
    length = max(1e-6, hypot(end[0] - first[0], end[1] - first[1]))
    sign = -1.0 if upside_down else 1.0
    return (sign * (end[0] - first[0]) / length, sign * (end[1] - first[1]) / length)


def _line(pieces: list[_Piece], scale: float) -> TextLine:
    across = [x for piece in pieces for x, _ in piece.strip.corners]
    down = [y for piece in pieces for _, y in piece.strip.corners]
    box = tuple(round(edge * scale) for edge in (min(across), min(down), max(across), max(down)))
    letters = sum(len(piece.text) for piece in pieces)
    confidence = sum(piece.confidence * len(piece.text) for piece in pieces) / letters
    text = "".join(piece.text for piece in pieces)
    return TextLine(text, (box[0], box[1], box[2], box[3]), round(confidence, 3))
