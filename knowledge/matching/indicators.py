"""What identifies a person or shop behind a text: phone, WeChat, QQ, address on the net, payee, company.

Found in the normalised text, so that 幺三八…, ➕V and full-width digits are read; `raw` and `span` are
what was sent. A public number
that citizens are told to ring (110, 96110, 12378, a bank's 95588) is too short for any pattern here.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge.matching.normalize import Normalized, normalize


class IndicatorKind(StrEnum):
    """What kind of thing an indicator names."""

    PHONE = "phone"
    WECHAT = "wechat"
    QQ = "qq"
    URL = "url"
    PAYEE = "payee"
    """Tail of an account or card number, with the payee's name where one stands beside it:
    「张某某*6789」."""
    COMPANY = "company"
    QR = "qr"
    """Payload of a code in a picture; never found in text."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One identifier. Two texts that name the same thing have the same (kind, canonical)."""

    kind: IndicatorKind
    canonical: str
    raw: str
    span: tuple[int, int]


_SPOKEN = {c: str(d) for d, cs in enumerate(("零〇洞", "一幺壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒拐", "八捌", "九玖"))
           for c in cs}  # fmt: skip
_DIGIT = "0-9" + "".join(_SPOKEN)
_GAP = r"[\s\-—–.·_*~,]?"
_CN = "一-鿿"

_MOBILE = re.compile(
    rf"(?<![\d.])(?:\+?(?:00)?86{_GAP})?(1[3-9]\d(?:{_GAP}\d{{4}}{_GAP}\d{{4}}|\d?{_GAP}\d{{3}}{_GAP}\d{{4}}|"
    rf"{_GAP}\d{{3}}{_GAP}\d{{5}}|{_GAP}\d{{8}}|\d{{4}}{_GAP}\d{{4}}))(?!\d|\.\d)"
)
_MOBILE_SPACED = re.compile(r"(?<![\d.])(1(?:[\s\-.·_*~,][3-9])(?:[\s\-.·_*~,]\d){9})(?!\d)")
_MOBILE_SPOKEN = re.compile(
    rf"(?<![{_DIGIT}])([一幺壹1]{_GAP}(?:[{_DIGIT}]{_GAP}){{9}}[{_DIGIT}])(?![{_DIGIT}])"
)
_LANDLINE = re.compile(rf"(?<![\d.])(0(?:10|2\d|[3-9]\d{{2}})){_GAP}([2-9]\d{{6,7}})(?!\d)")
_SERVICE = re.compile(rf"(?<![\d.])([48]00){_GAP}(\d{{3,4}}){_GAP}(\d{{3,4}})(?!\d)")
_NUMBER_OF_SOMETHING = re.compile(
    r"(?:订单|单号|流水号|编号|运单|快递|合同|验证码|尾号|卡号|帐号|账号|账户|身份证|证件|工号|发票|税号|代码|期号|批号|案号|文号|邮编|序列号)"
    r"[^0-9，。；,;\n]{0,6}$"
)
_PHONE_LABEL = re.compile(r"(?:电话|手机|热线|致电|来电|联系|拨打|咨询|详询|微信|同号)[^0-9，。；,;\n]{0,4}$")
_MONEY_AFTER = re.compile(r"\s*(?:元|块|万|亿|股|积分|人次|美元|港元|rmb)")

_WECHAT = re.compile(
    r"(?:微信同?号?|加我?(?:微信)?号?|wechat|weixin)(?:号码?|账号|id|名|搜索?|添加|联系|咨询|[+➕])?[\s:：=\-—>→(（\[【\"“]*"
    r"((?<![a-z0-9_])[a-z][a-z0-9_\-]{5,19}|1[3-9]\d{9}|\d{6,11})(?![a-z0-9_])"
)
_QQ = re.compile(
    r"(?:qq|q群|企鹅)(?:交流|学习|股票|福利)?(?:群|号|裙)*(?:号码?|[+])?[\s:：=\-—>(（]*([1-9](?:[\s\-]?\d){4,10})(?!\d)"
)
_QQ_MAIL = re.compile(r"([1-9]\d{4,10})@qq\.com")
_URL = re.compile(
    r"(?:https?://|www\.)[a-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+|"
    r"(?<![a-z0-9@._\-])(?:[a-z0-9][a-z0-9\-]{0,40}\.){1,4}"
    r"(?:com|cn|net|org|top|xyz|vip|club|cc|io|me|app|shop|site|online|info|co|link|icu|fun|live|work|pro|tv|in|ltd|ink|wang|biz|la)"
    r"(?![a-z0-9\-])(?::\d{2,5})?(?:/[a-z0-9\-._~:/?#@!$&'*+,;=%]*)?"
)
_ACCOUNT = re.compile(
    r"(?:卡号|帐号|账号|账户|银行卡|对公户|收款卡|打款卡|转账到|汇款到)[^0-9\n]{0,12}?((?:\d[\s\-]?){11,18}\d)(?!\d)"
)
_ACCOUNT_TAIL = re.compile(
    r"(?:收款|打款|付款|转账|转到|汇款|汇到|打到)[^0-9\n]{0,12}?尾号[:：为是]?\s*(\d{4})(?!\d)"
)
_PAYEE_NAME = re.compile(
    rf"(?:收款人|户名|开户名|开户人|账户名|收款方)[:：是为\s]*([{_CN}]{{2,3}}?(?:有限公司)?)(?=[,，。;；:：\s、)）]|卡|账|帐|开|银|$)"
)
_COMPANY = re.compile(
    rf"[{_CN}()]{{2,22}}?(?:有限责任公司|股份有限公司|有限公司|合伙企业(?:\(有限合伙\))?|集团公司|律师事务所|专业合作社|资金互助社)"
)
_BEFORE_COMPANY = re.compile(
    r".*(?:我们是|本公司是|这里是|全称|叫做?|来自|就是|由于|关于|根据|收款方|户名|收款人|联系|转给|打给|转到|汇到|打到|进入|加入|"
    r"[我你他她]是|成立了?|设立了?|经营|注册|开办|对|案|[我你他她]在|是|由|找|向|被|把|给|的|了|名为|投资于)"
)
_SUFFIX = re.compile(r"^(?:投资|管理|咨询|科技|信息|贸易|商务|金融|资产|服务|发展|实业|文化|传媒|控股|小额|贷款|融资|担保|保险|基金|国际|集团|某某)*"
                     r"(?:有限责任公司|股份有限公司|有限公司|合伙企业.*|集团公司|律师事务所|专业合作社|资金互助社)$")  # fmt: skip


def find_indicators(text: str) -> tuple[Indicator, ...]:
    """All indicators in a text as sent, by position. Each (kind, canonical) once. Never raises."""
    return indicators_in(normalize(text), text)


def indicators_in(folded: Normalized, raw: str) -> tuple[Indicator, ...]:
    """The same for a text that has been normalised already; `raw` is what it was made from."""
    found: dict[tuple[IndicatorKind, str], Indicator] = {}
    for kind, canonical, start, end in sorted(_all(folded, raw), key=lambda hit: (hit[2], hit[3])):
        span = folded.raw_span(start, end)
        found.setdefault((kind, canonical), Indicator(kind, canonical, raw[span[0] : span[1]], span))
    return tuple(found.values())


Hit = tuple[IndicatorKind, str, int, int]


def _all(folded: Normalized, raw: str) -> Iterator[Hit]:
    text = folded.text
    urls = list(_urls(folded, raw))
    yield from urls
    inside_url = [(start, end) for _, _, start, end in urls]
    for hit in (*_phones(text), *_wechat(text), *_qq(text)):
        if not any(start <= hit[2] < end for start, end in inside_url):
            yield hit
    yield from _payees(text)
    yield from _companies(text)


def _digits(found: str) -> str:
    return "".join(_SPOKEN.get(c, c) for c in found if c.isdigit() or c in _SPOKEN)


def _phones(text: str) -> Iterator[Hit]:
    for pattern in (_MOBILE, _MOBILE_SPACED, _MOBILE_SPOKEN):
        for m in pattern.finditer(text):
            number = _digits(m.group(1))
            if (
                len(number) == 11
                and number[0] == "1"
                and number[1] in "3456789"
                and _is_phone(text, m.start(), m.end())
            ):
                yield IndicatorKind.PHONE, number, m.start(1), m.end(1)
    for m in _LANDLINE.finditer(text):
        if _is_phone(text, m.start(), m.end()):
            yield IndicatorKind.PHONE, m.group(1) + m.group(2), m.start(), m.end()
    for m in _SERVICE.finditer(text):
        number = "".join(m.groups())
        if len(number) == 10 and _is_phone(text, m.start(), m.end()):
            yield IndicatorKind.PHONE, number, m.start(), m.end()


def _is_phone(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 16) : start]
    if _PHONE_LABEL.search(before):
        return True
    return not _NUMBER_OF_SOMETHING.search(before) and not _MONEY_AFTER.match(text, end)


def _wechat(text: str) -> Iterator[Hit]:
    for m in _WECHAT.finditer(text):
        account = m.group(1)
        if account.isdigit() and not m.group(0).startswith(
            ("微信", "加微信", "加我微信", "wechat", "weixin")
        ):
            continue
        if "xxxx" in account or account.startswith(("http", "www", "url")):  # blotted out, or an address
            continue
        yield IndicatorKind.WECHAT, account, m.start(1), m.end(1)


def _qq(text: str) -> Iterator[Hit]:
    for pattern in (_QQ, _QQ_MAIL):
        for m in pattern.finditer(text):
            number = _digits(m.group(1))
            if 5 <= len(number) <= 11:
                yield IndicatorKind.QQ, number, m.start(1), m.end(1)


def _urls(folded: Normalized, raw: str) -> Iterator[Hit]:
    for m in _URL.finditer(folded.text):
        found = m.group(0).rstrip(".,;:!?)]'")
        start, end = folded.raw_span(m.start(), m.start() + len(found))
        address = unicodedata.normalize("NFKC", raw[start:end]).strip()
        if address.lower() != found:  # disguised: only the folded spelling is one
            address = found
        address = re.sub(r"^https?://", "", address, flags=re.IGNORECASE)
        host, slash, path = address.partition("/")
        host = host.lower().removeprefix("www.")
        if "." not in host or host.startswith(".") or "xxxx" in host:
            continue
        if host.endswith(".gov.cn"):  # an authority's own address is nobody's to be reported
            continue
        yield IndicatorKind.URL, (host + slash + path).rstrip("/"), m.start(), m.start() + len(found)


def _payees(text: str) -> Iterator[Hit]:
    names = [(m.group(1), m.start(1), m.end(1)) for m in _PAYEE_NAME.finditer(text)]
    used = set()
    for pattern in (_ACCOUNT, _ACCOUNT_TAIL):
        for m in pattern.finditer(text):
            number = _digits(m.group(1))
            if pattern is _ACCOUNT and not 12 <= len(number) <= 19:
                continue
            near = [n for n in names if abs(n[1] - m.start(1)) <= 40]
            name = min(near, key=lambda n: abs(n[1] - m.start(1))) if near else None
            used.add(name)
            yield IndicatorKind.PAYEE, f"{name[0] if name else ''}*{number[-4:]}", m.start(1), m.end(1)
    for name in names:
        if name not in used:
            yield IndicatorKind.PAYEE, name[0], name[1], name[2]


def _companies(text: str) -> Iterator[Hit]:
    for m in _COMPANY.finditer(text):
        name = m.group(0)
        head = _BEFORE_COMPANY.match(name)
        skip = head.end() if head and not _SUFFIX.match(name[head.end() :]) else 0
        name = name[skip:].strip("()")
        if len(name) >= 6 and not _SUFFIX.match(name):
            yield IndicatorKind.COMPANY, name, m.start() + skip, m.end()
