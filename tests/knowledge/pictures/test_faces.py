"""A picture of a person is noticed; a leaflet with somebody's photograph on it is none."""

import hashlib
import re

import numpy as np
from PIL import Image, ImageDraw

from knowledge.pictures.codes import Code, CodeKind
from knowledge.pictures.faces import MODEL, Face, largest_face
from knowledge.pictures.lines import TextLine
from knowledge.pictures.privacy import may_show_a_person, shows_identity_card, shows_selfie
from knowledge.pictures.reading import ReadingWarning, read
from tests.leaflets import LOAN_SHARK_LINES, as_jpeg, chinese_font, leaflet_image
from tests.portraits import portrait


def lines(*texts: str, confidence: float = 0.99) -> list[TextLine]:
    return [TextLine(text, (0, 0, 100, 20), confidence) for text in texts]


def in_pixels(image: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])


def test_the_notice_names_the_model_with_its_digest() -> None:
    notice = (MODEL.parent / "NOTICE.txt").read_text("utf-8")
    stated = dict(re.findall(r"(?ms)^(\S+\.onnx)$.*?sha256 ([0-9a-f]{64})", notice))
    assert stated == {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in MODEL.parent.glob("*.onnx")
    }


def test_a_selfie_is_noticed_and_a_leaflet_with_the_same_face_is_none() -> None:
    person = portrait(900, 1100, 0.5)
    assert ReadingWarning.SELFIE in read(as_jpeg(person)).warnings
    leaflet = leaflet_image(LOAN_SHARK_LINES)
    poster = Image.new("RGB", (leaflet.width, leaflet.height + 1100), "white")
    poster.paste(person, (0, 0))
    poster.paste(leaflet, (0, 1100))
    face = largest_face(in_pixels(poster))
    assert face is not None
    assert face.share > 0.03
    assert ReadingWarning.SELFIE not in read(as_jpeg(poster)).warnings


def test_a_share_is_that_of_the_whole_picture() -> None:
    near, far = largest_face(in_pixels(portrait(head=0.65))), largest_face(in_pixels(portrait(head=0.3)))
    assert near is not None
    assert far is not None
    assert 0.2 < near.share < 0.4
    assert 0.03 < far.share < 0.08


def test_a_wall_or_an_empty_picture_has_no_face() -> None:
    assert largest_face(in_pixels(Image.new("RGB", (33, 2000), (150, 148, 142)))) is None
    assert largest_face(in_pixels(leaflet_image(LOAN_SHARK_LINES))) is None


def test_who_advertises_is_not_asked_whether_the_face_is_theirs() -> None:
    face = Face(0.3, 0.9)
    assert shows_selfie([], (), face)
    assert shows_selfie(lines("2026-10-12 08:30 某某县东街12号"), (), face)
    assert not shows_selfie(lines("急用钱 19900001234"), (), face)
    assert not shows_selfie(lines("贷款加微信"), (), face)
    assert not shows_selfie([], (Code(CodeKind.URL, "https://example.com", (0, 0, 9, 9)),), face)
    assert not shows_selfie(lines("天" * 61), (), face)
    assert shows_selfie(lines("天" * 61, confidence=0.3), (), face)


def test_a_small_face_among_words_or_in_a_street_is_nobodys_selfie() -> None:
    assert not shows_selfie([], (), Face(0.01, 0.9))
    assert not shows_selfie(lines("某某县某某镇东街居民理财知识讲座"), (), Face(0.035, 0.9))
    assert not shows_selfie([], (), None)


def test_no_face_is_looked_for_on_a_leaflet() -> None:
    assert not may_show_a_person(lines(*LOAN_SHARK_LINES), ())
    assert may_show_a_person(lines("姓名 某某", "性别 女"), ())


def test_an_identity_card_read_in_part_is_known_by_its_portrait() -> None:
    card = Image.new("RGB", (1100, 690), (225, 235, 245))
    draw = ImageDraw.Draw(card)
    for place, line in enumerate(("姓名 某某", "性别 女")):
        draw.text((60, 60 + place * 110), line, "black", chinese_font(46))
    assert ReadingWarning.IDENTITY_CARD not in read(as_jpeg(card)).warnings
    card.paste(portrait(400, 500, 0.6), (660, 60))
    assert ReadingWarning.IDENTITY_CARD in read(as_jpeg(card)).warnings
    assert not shows_identity_card(lines("姓名", "性别", "天" * 61), Face(0.1, 0.9))
