"""What a code is for, told from its payload alone. A payload is never opened.

A host is compared whole or by its last labels, never as a substring: `weixin.qq.com.example.cn` is a plain
URL. The tables hold the public payload forms of the platforms as seen on printed codes; they say what a
code is for, not whether it is honest.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit


class CodeKind(StrEnum):
    """What scanning the code would lead to."""

    WECHAT_PROFILE = "wechat_profile"  # a person, an official account or an enterprise contact
    WECHAT_GROUP = "wechat_group"
    MINI_PROGRAM = "mini_program"
    PAYMENT = "payment"  # pays somebody, or is somebody's purse
    APP_DOWNLOAD = "app_download"
    PHONE = "phone"  # dials, writes to, or saves a number
    URL = "url"  # any other address, deep links of other programs included
    TEXT = "text"


_BY_ADDRESS: tuple[tuple[CodeKind, str, str], ...] = (
    # kind, host (its subdomains count when it begins with a dot), how the path begins
    (CodeKind.WECHAT_GROUP, "weixin.qq.com", "/g/"),
    (CodeKind.WECHAT_GROUP, "work.weixin.qq.com", "/gm/"),
    (CodeKind.WECHAT_PROFILE, "u.wechat.com", "/"),
    (CodeKind.WECHAT_PROFILE, "weixin.qq.com", "/r/"),
    (CodeKind.WECHAT_PROFILE, "weixin.qq.com", "/q/"),
    (CodeKind.WECHAT_PROFILE, "weixin.qq.com", "/sph/"),
    (CodeKind.WECHAT_PROFILE, "mp.weixin.qq.com", "/mp/profile_ext"),
    (CodeKind.WECHAT_PROFILE, "work.weixin.qq.com", "/ca/"),
    (CodeKind.WECHAT_PROFILE, "work.weixin.qq.com", "/u/"),
    (CodeKind.WECHAT_PROFILE, "work.weixin.qq.com", "/kfid/"),
    (CodeKind.MINI_PROGRAM, "mp.weixin.qq.com", "/a/"),
    (CodeKind.MINI_PROGRAM, "wxaurl.cn", "/"),
    (CodeKind.MINI_PROGRAM, "wxmpurl.cn", "/"),
    (CodeKind.PAYMENT, "qr.alipay.com", "/"),
    (CodeKind.PAYMENT, ".tenpay.com", "/"),
    (CodeKind.PAYMENT, "ur.alipay.com", "/"),
    (CodeKind.PAYMENT, "ulink.alipay.com", "/"),
    (CodeKind.PAYMENT, "payapp.weixin.qq.com", "/"),
    (CodeKind.PAYMENT, "payapp.wechatpay.cn", "/"),
    (CodeKind.PAYMENT, "i.qianbao.qq.com", "/"),
    (CodeKind.PAYMENT, "qr.95516.com", "/"),
    (CodeKind.PAYMENT, "qr.chinaums.com", "/"),
    (CodeKind.APP_DOWNLOAD, "apps.apple.com", "/"),
    (CodeKind.APP_DOWNLOAD, "itunes.apple.com", "/"),
    (CodeKind.APP_DOWNLOAD, "testflight.apple.com", "/"),
    (CodeKind.APP_DOWNLOAD, "play.google.com", "/store/apps/"),
    (CodeKind.APP_DOWNLOAD, "a.app.qq.com", "/"),
    (CodeKind.APP_DOWNLOAD, "sj.qq.com", "/"),
    (CodeKind.APP_DOWNLOAD, "appgallery.huawei.com", "/"),
    (CodeKind.APP_DOWNLOAD, "appgallery.cloud.huawei.com", "/"),
    (CodeKind.APP_DOWNLOAD, "app.mi.com", "/"),
    (CodeKind.APP_DOWNLOAD, ".pgyer.com", "/"),
    (CodeKind.APP_DOWNLOAD, "fir.im", "/"),
    (CodeKind.APP_DOWNLOAD, "install.appcenter.ms", "/"),
)
_BY_SCHEME: tuple[tuple[CodeKind, str], ...] = (
    (CodeKind.PAYMENT, "wxp://"),
    (CodeKind.PAYMENT, "weixin://wxpay/"),
    (CodeKind.PAYMENT, "alipays://"),
    (CodeKind.PAYMENT, "alipay://"),
    (CodeKind.PAYMENT, "upwallet://"),
    (CodeKind.PAYMENT, "uppay://"),
    (CodeKind.WECHAT_PROFILE, "weixin://contacts/"),
    (CodeKind.WECHAT_PROFILE, "weixin://qr/"),
    (CodeKind.MINI_PROGRAM, "weixin://dl/business/"),
    (CodeKind.APP_DOWNLOAD, "itms-services://"),
    (CodeKind.APP_DOWNLOAD, "itms-apps://"),
    (CodeKind.APP_DOWNLOAD, "market://"),
    (CodeKind.PHONE, "tel:"),
    (CodeKind.PHONE, "sms:"),
    (CodeKind.PHONE, "smsto:"),
)
_PACKAGES = (".apk", ".ipa", ".hap", ".mobileconfig", ".plist")
_HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,30}://", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?:[:/?#]\S*)?", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+?86)?1[3-9]\d{9}|0\d{2,3}\d{7,8}|[48]00\d{7}")
_PURSE = re.compile(r"1[0-5]\d{16}|(?:2[5-9]|30)\d{14,22}")
"""The pay-me-out code that a customer shows at a till: 18 digits (WeChat Pay), 16–24 digits (Alipay)."""
_EMV_PAYMENT = re.compile(r"000201(?:0102|26|29|15|5)")
"""Merchant-presented payment code: EMVCo QR Code Specification for Payment Systems, payload format "01"."""
_CARD_WITH_NUMBER = re.compile(r"(?:BEGIN:VCARD|MECARD:).*\bTEL\b", re.IGNORECASE | re.DOTALL)


def classify(payload: str) -> CodeKind:
    """What the payload is for. Never raises: what fits nothing is text."""
    payload = payload.strip()
    lowered = payload.lower()
    for kind, beginning in _BY_SCHEME:
        if lowered.startswith(beginning):
            return kind
    digits = re.sub(r"[\s()（）-]", "", payload)
    if _PHONE.fullmatch(digits) or _CARD_WITH_NUMBER.match(payload):
        return CodeKind.PHONE
    if _PURSE.fullmatch(payload) or _EMV_PAYMENT.match(payload):
        return CodeKind.PAYMENT
    if _HAS_SCHEME.match(payload):
        return _classify_address(payload)
    if _BARE_ADDRESS.fullmatch(payload):
        return _classify_address("http://" + payload)
    return CodeKind.TEXT


def _classify_address(address: str) -> CodeKind:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:  # e.g. an unclosed bracket
        return CodeKind.URL
    if parts.scheme not in ("http", "https"):
        return CodeKind.URL
    path = parts.path.lower() or "/"
    for kind, known_host, beginning in _BY_ADDRESS:
        is_host = host.endswith(known_host) if known_host.startswith(".") else host == known_host
        if is_host and path.startswith(beginning):
            return kind
    return CodeKind.APP_DOWNLOAD if _leads_to_package(parts) else CodeKind.URL


def _leads_to_package(parts: SplitResult) -> bool:
    places: Iterable[str] = (parts.path, *re.split(r"[&=]", parts.query))
    return any(place.lower().endswith(_PACKAGES) for place in places)
