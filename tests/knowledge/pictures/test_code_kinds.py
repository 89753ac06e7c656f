"""What a code is for, told from its payload."""

import pytest

from knowledge.pictures.code_kinds import CodeKind, classify


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
