"""Codes: found on pictures, and sorted by what they are for."""

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from knowledge.pictures.codes import Code, CodeKind, classify, find_codes
from tests.leaflets import leaflet_image


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        ("https://u.wechat.com/EXAMPLEabc_123", CodeKind.WECHAT_PROFILE),
        ("HTTP://WEIXIN.QQ.COM/r/example", CodeKind.WECHAT_PROFILE),
        ("https://work.weixin.qq.com/ca/cawcde0000", CodeKind.WECHAT_PROFILE),
        ("weixin://contacts/profile/example", CodeKind.WECHAT_PROFILE),
        ("weixin://qr/example", CodeKind.WECHAT_PROFILE),
        ("https://weixin.qq.com/sph/Example", CodeKind.WECHAT_PROFILE),
        ("https://weixin.qq.com/g/AwYAAExample", CodeKind.WECHAT_GROUP),
        ("https://work.weixin.qq.com/gm/0123456789", CodeKind.WECHAT_GROUP),
        ("https://mp.weixin.qq.com/a/~Example~~", CodeKind.MINI_PROGRAM),
        ("weixin://dl/business/?t=example", CodeKind.MINI_PROGRAM),
        ("https://wxaurl.cn/Example", CodeKind.MINI_PROGRAM),
        ("wxp://f2f0example", CodeKind.PAYMENT),
        ("weixin://wxpay/bizpayurl?pr=example", CodeKind.PAYMENT),
        ("https://qr.alipay.com/fkx0example", CodeKind.PAYMENT),
        ("HTTPS://QR.ALIPAY.COM/FKX0EXAMPLE", CodeKind.PAYMENT),
        ("alipays://platformapi/startapp?appId=20000000", CodeKind.PAYMENT),
        ("https://payapp.wechatpay.cn/sjt/qr/Example", CodeKind.PAYMENT),
        ("uppay://example", CodeKind.PAYMENT),
        ("https://qr.95516.com/00010000/0example", CodeKind.PAYMENT),
        ("130000000000000000", CodeKind.PAYMENT),
        ("280000000000000000", CodeKind.PAYMENT),
        ("00020101021129300012example", CodeKind.PAYMENT),
        ("https://apps.apple.com/cn/app/id000000000", CodeKind.APP_DOWNLOAD),
        ("https://download.example.com/app/loan.APK", CodeKind.APP_DOWNLOAD),
        ("https://example.com/get?file=loan.apk&v=2", CodeKind.APP_DOWNLOAD),
        ("itms-services://?action=download-manifest&url=https://example.com/a.plist", CodeKind.APP_DOWNLOAD),
        ("tel:13800138000", CodeKind.PHONE),
        ("138 0013 8000", CodeKind.PHONE),
        ("+8613800138000", CodeKind.PHONE),
        ("0763-3330000", CodeKind.PHONE),
        ("400-000-0000", CodeKind.PHONE),
        ("smsto:13800138000:贷款", CodeKind.PHONE),
        ("BEGIN:VCARD\nVERSION:3.0\nFN:示例\nTEL:13800138000\nEND:VCARD", CodeKind.PHONE),
        ("https://example.com/loan", CodeKind.URL),
        ("www.example.com", CodeKind.URL),
        ("example.com/loan?id=1", CodeKind.URL),
        ("https://qm.qq.com/q/example", CodeKind.URL),
        ("whatsapp://send?phone=000", CodeKind.URL),
        ("加微信 qianshao_demo", CodeKind.TEXT),
        ("6901234567892", CodeKind.TEXT),
        ("v1.2", CodeKind.TEXT),
        ("", CodeKind.TEXT),
    ],
)
def test_a_payload_is_sorted_by_what_it_is_for(payload: str, kind: CodeKind) -> None:
    assert classify(payload) is kind


@pytest.mark.parametrize(
    "payload",
    [
        "https://u.wechat.com.example.cn/EXAMPLE",
        "https://u.wechat.com@example.cn/EXAMPLE",
        "https://example.cn/u.wechat.com/",
        "https://fakeu.wechat.com/EXAMPLE",
        "https://example.cn/?to=https://qr.alipay.com/fkx",
        "https://eviltenpay.com/",
        "http://[::1",
    ],
)
def test_an_address_that_only_looks_like_a_platform_is_a_plain_address(payload: str) -> None:
    assert classify(payload) is CodeKind.URL


def test_a_host_followed_by_its_root_dot_or_port_is_still_that_host() -> None:
    assert classify("https://u.wechat.com.:443/EXAMPLE") is CodeKind.WECHAT_PROFILE


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


def test_several_codes_are_found_with_their_places_from_top_to_bottom() -> None:
    grey = grey_with(("https://example.com/below", 200, (500, 450)), ("tel:13800138000", 200, (100, 200)))
    below, above = find_codes(np.asarray(grey))[::-1]
    assert (above.payload, above.kind) == ("tel:13800138000", CodeKind.PHONE)
    assert (below.payload, below.kind) == ("https://example.com/below", CodeKind.URL)
    left, top, right, bottom = below.box
    assert 500 <= left < right <= 700
    assert 450 <= top < bottom <= 650


def test_boxes_are_scaled_to_the_whole_picture() -> None:
    grey = np.asarray(grey_with(("https://example.com", 200, (500, 450))))
    (plain,), (doubled,) = find_codes(grey), find_codes(grey, scale=2.0)
    assert doubled.box == pytest.approx([2 * edge for edge in plain.box], abs=1)


def test_a_small_blurred_code_is_found_by_looking_twice() -> None:
    grey = grey_with(("https://u.wechat.com/EXAMPLEabc123", 80, (500, 450))).filter(
        ImageFilter.GaussianBlur(1.0)
    )
    assert not zxingcpp.read_barcodes(grey)
    (code,) = find_codes(np.asarray(grey))
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
        found |= {code.payload for code in find_codes(np.asarray(page))}
    assert found == {"ABC-12345"}


def test_no_code_is_found_in_writing() -> None:
    assert find_codes(np.asarray(grey_with())) == ()


def test_a_code_survives_its_json() -> None:
    code = Code(CodeKind.PAYMENT, "wxp://f2f0示例", (1, 2, 3, 4))
    assert Code.from_json(code.to_json()) == code
