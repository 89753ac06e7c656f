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
    LOGIN = "login"  # signs in somewhere whoever scans it: a way to take an account over
    OTHER_CHAT = "other_chat"  # a person or group of QQ, Telegram, WhatsApp, DingTalk and the like
    PHONE = "phone"  # dials, writes to, or saves a number
    EMAIL = "email"
    WIFI = "wifi"  # joins a network
    PLACE = "place"  # a place on a map
    SHORT_LINK = (
        "short_link"  # a short link or a code service: its goal is hidden, and may be changed at any time
    )
    URL = "url"  # any other address, deep links of other programs included
    GOODS = "goods"  # the number of some goods, the same on every packet: it points at nobody
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
    (CodeKind.WECHAT_PROFILE, "work.weixin.qq.com", "/kf/"),
    (CodeKind.WECHAT_PROFILE, "channels.weixin.qq.com", "/"),
    (CodeKind.LOGIN, "weixin.qq.com", "/x/"),
    (CodeKind.LOGIN, "login.weixin.qq.com", "/"),
    (CodeKind.LOGIN, "login.wx.qq.com", "/"),
    (CodeKind.LOGIN, "open.weixin.qq.com", "/connect/"),
    (CodeKind.LOGIN, "txz.qq.com", "/"),
    (CodeKind.LOGIN, "ssl.ptlogin2.qq.com", "/"),
    (CodeKind.MINI_PROGRAM, "mp.weixin.qq.com", "/a/"),
    (CodeKind.MINI_PROGRAM, "m.q.qq.com", "/"),
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
    (CodeKind.PAYMENT, "qr.shouqianba.com", "/"),
    (CodeKind.PAYMENT, "paypal.me", "/"),
    (CodeKind.OTHER_CHAT, "qm.qq.com", "/"),
    (CodeKind.OTHER_CHAT, "jq.qq.com", "/"),
    (CodeKind.OTHER_CHAT, "qun.qq.com", "/"),
    (CodeKind.OTHER_CHAT, "shang.qq.com", "/"),
    (CodeKind.OTHER_CHAT, "wpa.qq.com", "/"),
    (CodeKind.OTHER_CHAT, "wpa1.qq.com", "/"),
    (CodeKind.OTHER_CHAT, "t.me", "/"),
    (CodeKind.OTHER_CHAT, "telegram.me", "/"),
    (CodeKind.OTHER_CHAT, "telegram.dog", "/"),
    (CodeKind.OTHER_CHAT, "wa.me", "/"),
    (CodeKind.OTHER_CHAT, "api.whatsapp.com", "/send"),
    (CodeKind.OTHER_CHAT, "chat.whatsapp.com", "/"),
    (CodeKind.OTHER_CHAT, "line.me", "/"),
    (CodeKind.OTHER_CHAT, "qr.dingtalk.com", "/"),
    (CodeKind.OTHER_CHAT, "h5.dingtalk.com", "/"),
    (CodeKind.OTHER_CHAT, "applink.feishu.cn", "/"),
    (CodeKind.OTHER_CHAT, "discord.gg", "/"),
    (CodeKind.OTHER_CHAT, "signal.group", "/"),
    (CodeKind.OTHER_CHAT, "signal.me", "/"),
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
    (CodeKind.MINI_PROGRAM, "alipays://platformapi/startapp?appid=202"),
    (CodeKind.PAYMENT, "wxp://"),
    (CodeKind.PAYMENT, "weixin://wxpay/"),
    (CodeKind.PAYMENT, "alipays://"),
    (CodeKind.PAYMENT, "alipay://"),
    (CodeKind.PAYMENT, "upwallet://"),
    (CodeKind.PAYMENT, "uppay://"),
    (CodeKind.PAYMENT, "bitcoin:"),
    (CodeKind.PAYMENT, "ethereum:"),
    (CodeKind.PAYMENT, "tron:"),
    (CodeKind.PAYMENT, "tether:"),
    (CodeKind.PAYMENT, "litecoin:"),
    (CodeKind.WECHAT_PROFILE, "weixin://contacts/"),
    (CodeKind.WECHAT_PROFILE, "weixin://qr/"),
    (CodeKind.MINI_PROGRAM, "weixin://dl/business/"),
    (CodeKind.APP_DOWNLOAD, "itms-services://"),
    (CodeKind.APP_DOWNLOAD, "itms-apps://"),
    (CodeKind.APP_DOWNLOAD, "market://"),
    (CodeKind.PHONE, "tel:"),
    (CodeKind.PHONE, "sms:"),
    (CodeKind.PHONE, "smsto:"),
    (CodeKind.PHONE, "mms:"),
    (CodeKind.PHONE, "mmsto:"),
    (CodeKind.PHONE, "callto:"),
    (CodeKind.PHONE, "telprompt:"),
    (CodeKind.PHONE, "facetime:"),
    (CodeKind.EMAIL, "mailto:"),
    (CodeKind.EMAIL, "matmsg:"),
    (CodeKind.WIFI, "wifi:"),
    (CodeKind.PLACE, "geo:"),
    (CodeKind.OTHER_CHAT, "tg:"),
    (CodeKind.OTHER_CHAT, "whatsapp:"),
    (CodeKind.OTHER_CHAT, "mqqapi:"),
    (CodeKind.OTHER_CHAT, "mqqopensdkapi:"),
    (CodeKind.OTHER_CHAT, "dingtalk:"),
    (CodeKind.OTHER_CHAT, "line:"),
)
_HIDING_HOSTS = frozenset(
    {
        "t.cn", "dwz.cn", "url.cn", "w.url.cn", "suo.im", "suo.nz", "c.suo.nz", "mrw.so", "sourl.cn", "3.cn", "u.jd.com", "m.tb.cn",
        "s.tb.cn", "b23.tv", "v.douyin.com", "v.kuaishou.com", "xhslink.com", "dwz.date", "dwz.lc", "0x9.me", "ft12.com",
        "rrd.me", "r6f.cn", "c1n.cn", "s.id", "6du.in", "u6v.cn", "985.so", "kurl.cn", "kzurl.cn", "6d.pub", "t.co", "bit.ly",
        "tinyurl.com", "goo.gl", "is.gd", "v.gd", "ow.ly", "cutt.ly", "rebrand.ly", "rb.gy", "shorturl.at", "tiny.cc", "t.ly",
        "qr.cli.im", "qr09.cn", "qr61.cn", "h5.clewm.net", "qr.clewm.net", "l.wl.co", "lnk.ink", "reurl.cc", "lihi.cc",
    }
)  # fmt: skip
"""Short links and services whose printed code stays while its goal is changed (活码). From common knowledge, not complete."""
_PACKAGES = (".apk", ".ipa", ".hap", ".mobileconfig", ".plist")
_HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,30}://", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?:[:/?#]\S*)?", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+?86)?1[3-9]\d{9}|0\d{2,3}\d{7,8}|[48]00\d{7}")
_PURSE = re.compile(r"1[0-5]\d{16}|(?:2[5-9]|30)\d{14,22}")
"""The pay-me-out code that a customer shows at a till: 18 digits (WeChat Pay), 16–24 digits (Alipay)."""
_COIN_PURSE = re.compile(r"T[1-9A-HJ-NP-Za-km-z]{33}|0x[0-9A-Fa-f]{40}|bc1[02-9ac-hj-np-z]{11,71}")
"""An address of TRON (where most USDT moves), Ethereum or Bitcoin."""
_EMV_PAYMENT = re.compile(r"000201(?:0102|26|29|15|5)")
"""Merchant-presented payment code: EMVCo QR Code Specification for Payment Systems, payload format "01"."""
_CARD_WITH_NUMBER = re.compile(
    r"(?:BEGIN:VCARD|MECARD:|BIZCARD:).*(?:\bTEL\b|;B:)", re.IGNORECASE | re.DOTALL
)
_BOOKMARK = re.compile(r"(?:MEBKM:.*?URL:|URL:|URLTO:[^:]*:)([^;\s]+)", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}", re.IGNORECASE)


def classify(payload: str) -> CodeKind:
    """What the payload is for. Never raises: what fits nothing is text."""
    payload = payload.strip()
    if bookmark := _BOOKMARK.match(payload):
        payload = bookmark[1]
    lowered = payload.lower()
    for kind, beginning in _BY_SCHEME:
        if lowered.startswith(beginning):
            return kind
    digits = re.sub(r"[\s()（）-]", "", payload)
    if _PHONE.fullmatch(digits) or _CARD_WITH_NUMBER.match(payload):
        return CodeKind.PHONE
    if _PURSE.fullmatch(payload) or _COIN_PURSE.fullmatch(payload) or _EMV_PAYMENT.match(payload):
        return CodeKind.PAYMENT
    if _EMAIL.fullmatch(payload):
        return CodeKind.EMAIL
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
    if _leads_to_package(parts):
        return CodeKind.APP_DOWNLOAD
    return CodeKind.SHORT_LINK if hides_its_goal(host) else CodeKind.URL


def hides_its_goal(host: str) -> bool:
    """Whether addresses at this host say nothing of where they lead."""
    return host.lower().rstrip(".").removeprefix("www.") in _HIDING_HOSTS


def names_carton(digits: str) -> bool:
    """Whether these are fourteen digits with the check digit of goods by the carton (GTIN-14, GS1 General Specifications)."""
    if not re.fullmatch(r"\d{14}", digits):
        return False
    return sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(digits)) % 10 == 0


def _leads_to_package(parts: SplitResult) -> bool:
    places: Iterable[str] = (parts.path, *re.split(r"[&=]", parts.query))
    return any(place.lower().endswith(_PACKAGES) for place in places)
