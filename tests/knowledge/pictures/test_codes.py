"""Codes found on pictures: small, blurred, tilted, several, and none where there is none."""

import io
from math import cos, radians, sin
from time import process_time

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from knowledge.pictures.codes import Code, CodeKind, FoundCodes, find_codes
from knowledge.pictures.square_codes import find_eyes
from knowledge.pictures.symbols import BARS, Symbology
from tests.leaflets import leaflet_image


def grey_with(*codes: tuple[str, int, tuple[int, int]]) -> Image.Image:
    """A leaflet with codes of the given side at the given places."""
    page = leaflet_image(("急用钱找我", "电话 13800138000"), width=900).resize((1000, 700))
    for payload, side, at in codes:
        code = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode)
        drawn = Image.fromarray(np.array(code.to_image(scale=8))).resize(
            (side, side), Image.Resampling.LANCZOS
        )
        page.paste(drawn.convert("RGB"), at)
    return page.convert("L")


def codes_on(page: Image.Image) -> tuple[Code, ...]:
    return find_codes(np.asarray(page)).codes


def test_several_codes_are_found_with_their_places_from_top_to_bottom() -> None:
    grey = grey_with(("https://example.com/below", 200, (500, 450)), ("tel:13800138000", 200, (100, 200)))
    above, below = codes_on(grey)
    assert (above.payload, above.kind) == ("tel:13800138000", CodeKind.PHONE)
    assert (below.payload, below.kind) == ("https://example.com/below", CodeKind.URL)
    left, top, right, bottom = below.box
    assert 500 <= left < right <= 700
    assert 450 <= top < bottom <= 650


def test_boxes_are_scaled_to_the_whole_picture() -> None:
    grey = np.asarray(grey_with(("https://example.com", 200, (500, 450))))
    (plain,), (doubled,) = find_codes(grey).codes, find_codes(grey, scale=2.0).codes
    assert doubled.box == pytest.approx([2 * edge for edge in plain.box], abs=1)


def test_a_small_blurred_code_is_found_by_its_eyes() -> None:
    grey = grey_with(("https://u.wechat.com/EXAMPLEabc123", 80, (500, 450))).filter(
        ImageFilter.GaussianBlur(1.0)
    )
    assert not zxingcpp.read_barcodes(grey)
    (code,) = codes_on(grey)
    assert code.payload == "https://u.wechat.com/EXAMPLEabc123"
    left, top, right, bottom = code.box
    assert 495 <= left < right <= 585
    assert 445 <= top < bottom <= 535


def test_a_slanted_bar_code_is_one_code() -> None:
    """At 5.5° some row across its bars reads `AB"-12369`, with a check digit that is right."""
    bars = zxingcpp.create_barcode("ABC-12345", zxingcpp.BarcodeFormat.Code128).to_image(scale=6)
    drawn = Image.fromarray(np.array(bars)).convert("L").resize((420, 140), Image.Resampling.LANCZOS)
    found = set()
    for degrees in (-9.5, 0.0, 5.5):
        page = Image.new("L", (600, 400), 200)
        turned = drawn.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=200)
        page.paste(turned, (60, 80))
        found |= {(code.symbology, code.payload) for code in codes_on(page)}
    assert found == {("Code128", "ABC-12345")}


def test_no_code_is_found_in_writing() -> None:
    assert find_codes(np.asarray(grey_with())) == FoundCodes()


def drawn(payload: str, kind: Symbology, width: int, quiet: int = 40) -> Image.Image:
    """A symbol of that width with some white around it."""
    name = {Symbology.QR: "QRCode", Symbology.MICRO_QR: "MicroQRCode", Symbology.RMQR: "RMQRCode"}.get(
        kind, kind.value
    )
    bare = Image.fromarray(
        np.array(
            zxingcpp.create_barcode(payload, getattr(zxingcpp.BarcodeFormat, name)).to_image(
                scale=6, add_quiet_zones=False
            )
        )
    ).convert("L")
    high = (
        max(90, round(width * bare.height / bare.width))
        if kind in BARS
        else round(width * bare.height / bare.width)
    )
    page = Image.new("L", (width + 2 * quiet, high + 2 * quiet), 255)
    page.paste(bare.resize((width, high), Image.Resampling.LANCZOS), (quiet, quiet))
    return page


def photographed(
    symbol: Image.Image, degrees: float = 0.0, blur: float = 0.6, quality: int = 70
) -> Image.Image:
    """It on a grey wall beside a leaflet, as a camera keeps it."""
    wall = leaflet_image(("急用钱找我", "电话 13800138000"), width=500).convert("L")
    page = Image.new("L", (1280, 960), 150)
    page.paste(wall, (40, 300))
    turned = symbol.convert("LA").rotate(degrees, Image.Resampling.BICUBIC, expand=True)
    at = (820 - turned.width // 2, 360 - turned.height // 2)
    page.paste(turned.getchannel("L"), at, turned.getchannel("A"))
    kept = io.BytesIO()
    page.filter(ImageFilter.GaussianBlur(blur)).save(kept, "JPEG", quality=quality)
    return Image.open(kept).convert("L")


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        (Symbology.EAN13, "6901234567892"),
        (Symbology.EAN8, "96385074"),
        (Symbology.CODE128, "ABC-12345"),
        (Symbology.CODE93, "ABC12345"),
        (Symbology.CODE39, "ABC-12345"),
        (Symbology.ITF, "16901234567899"),
        (Symbology.CODABAR, "A1234567B"),
    ],
)
@pytest.mark.parametrize("degrees", [0, 32, 45, 118, 225])
def test_a_bar_code_is_read_however_it_is_held(kind: Symbology, payload: str, degrees: int) -> None:
    (code,) = codes_on(photographed(drawn(payload, kind, 340), degrees))
    assert (code.symbology, code.payload) == (kind.value, payload)
    left, top, right, bottom = code.box
    assert (left + right) / 2 == pytest.approx(820, abs=30)
    assert (top + bottom) / 2 == pytest.approx(360, abs=30)


@pytest.mark.parametrize("blur", [1.8, 2.0])
def test_a_code_of_130_pixels_that_is_out_of_focus_is_read(blur: float) -> None:
    """As the decoder is given it, it reads nothing."""
    page = photographed(drawn("https://u.wechat.com/EXAMPLE123456789", Symbology.QR, 96, 17), 14, blur, 30)
    assert not zxingcpp.read_barcodes(np.asarray(page), formats=zxingcpp.BarcodeFormat.QRCode)
    (code,) = codes_on(page)
    assert code.payload == "https://u.wechat.com/EXAMPLE123456789"
    left, top, right, bottom = code.box
    assert 740 <= left < right <= 900
    assert 280 <= top < bottom <= 440


def test_a_code_that_nobody_could_read_is_said_to_be_there() -> None:
    code = drawn("https://u.wechat.com/EXAMPLE123456789", Symbology.QR, 174)
    code.paste(128, (72, 84, 140, 146))  # torn off
    assert find_codes(np.asarray(photographed(code))) == FoundCodes(unread=True)


def round_code() -> Image.Image:
    """As WeChat's round mini-program codes look: rays around a middle, and three round eyes."""
    page = Image.new("L", (360, 360), 255)
    pen = ImageDraw.Draw(page)
    for ray in range(0, 360, 5):
        x, y = cos(radians(ray)), sin(radians(ray))
        for begin, end in ((80, 96), (108, 120 + ray % 20), (150, 160)):
            pen.line((180 + begin * x, 180 + begin * y, 180 + end * x, 180 + end * y), 0, 5)
    for x, y in ((70, 70), (290, 70), (70, 290)):
        for radius, shade in ((40, 255), (28, 0), (20, 255), (12, 0)):
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), shade)
    return page


def test_a_round_mini_program_code_is_said_to_be_there_though_nothing_reads_it() -> None:
    assert find_codes(np.asarray(photographed(round_code(), 20))) == FoundCodes(unread=True)


@pytest.mark.parametrize("what", ["grain", "eyes"])
def test_a_picture_made_to_keep_the_search_for_eyes_busy_takes_little_time(what: str) -> None:
    if what == "grain":
        picture = np.random.default_rng(1).integers(0, 255, (1600, 1600)).astype(np.uint8)
    else:
        eye = np.pad(
            np.pad(np.pad(np.zeros((3, 3), np.uint8), 1, constant_values=255), 1), 4, constant_values=255
        )
        picture = np.tile(np.kron(eye, np.ones((2, 2), np.uint8)), (54, 54))
    begun = process_time()
    assert len(find_eyes(picture)) <= 30
    assert process_time() - begun < 2.0


def test_the_same_code_on_two_papers_is_two_codes() -> None:
    first, second = codes_on(
        grey_with(("https://example.com/a", 200, (100, 450)), ("https://example.com/a", 150, (700, 500)))
    )
    assert first.payload == second.payload
    assert first.box[2] < second.box[0]


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        (Symbology.MICRO_QR, "12345"),
        (Symbology.RMQR, "EXAMPLE"),
        (Symbology.DATA_MATRIX, "EXAMPLE 123"),
        (Symbology.AZTEC, "EXAMPLE 123"),
        (Symbology.PDF417, "EXAMPLE 123"),
    ],
)
def test_the_rarer_square_codes_are_read(kind: Symbology, payload: str) -> None:
    (code,) = codes_on(photographed(drawn(payload, kind, 300), 7))
    assert (code.symbology, code.payload) == (kind.value, payload)


def test_the_number_of_goods_is_known_for_what_it_is() -> None:
    (goods,) = codes_on(photographed(drawn("6901234567892", Symbology.EAN13, 300)))
    assert goods.kind is CodeKind.GOODS
    assert goods.names_goods
    (carton,) = codes_on(photographed(drawn("16901234567899", Symbology.ITF, 340)))
    assert carton.kind is CodeKind.GOODS
    (other,) = codes_on(photographed(drawn("6901234567892", Symbology.CODE128, 300)))
    assert not other.names_goods
    kept_before = Code.from_json(
        {"kind": "text", "payload": "6901234567892", "box": [1, 2, 3, 4], "symbology": "EANUPC"}
    )
    assert kept_before.names_goods


def test_a_code_survives_its_json() -> None:
    code = Code(CodeKind.PAYMENT, "wxp://f2f0示例", (1, 2, 3, 4))
    assert Code.from_json(code.to_json()) == code
