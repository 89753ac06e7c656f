"""What identifies a person or shop behind a text: phone, account, address on the net, payee, company, group.

Found in the normalised text, so that 幺三八…, ➕V and full-width digits are read; `raw` and `span` are what was sent.
What belongs to the public (`public_contacts`) is no indicator.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge.matching import handles
from knowledge.matching.addresses import addresses_in
from knowledge.matching.broken_lines import lines_joined
from knowledge.matching.normalize import Normalized, normalize
from knowledge.matching.payees import payees
from knowledge.matching.public_contacts import is_licensed_company, is_public_phone


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
    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"
    DOUYIN = "douyin"
    OFFICIAL_ACCOUNT = "official_account"
    """Name of a WeChat official account (公众号)."""
    GROUP = "group"
    """Name of a chat group."""
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
_IN_RUN = _SPOKEN | {"么": "1"}
"""么 is a digit only among others: it also ends 什么."""
_SPOKEN_RUN = re.compile(rf"(?:[{_DIGIT}]|么(?=[{_DIGIT}]))(?:[\s\-—–.·_*~]?[{_DIGIT}么]){{3,}}")
_GAP = r"(?:[\s\-—–.·_*~/]{0,4}|,)"
_CN = "一-鿿"

_MOBILE = re.compile(
    rf"(?<![\d.])(?:\+?(?:00)?86{_GAP})?(1[3-9]\d(?:{_GAP}\d{{4}}{_GAP}\d{{4}}|\d?{_GAP}\d{{3}}{_GAP}\d{{4}}|"
    rf"{_GAP}\d{{3}}{_GAP}\d{{5}}|{_GAP}\d{{8}}|\d{{4}}{_GAP}\d{{4}}))(?!\d|\.\d)"
)
_MOBILE_SPACED = re.compile(
    r"(?<![\d.])(1(?:[\s\-.·_*~,]\d{1,4}){3,10}|1(?:\)\(?\d{1,5}|\(\d){3,10})(?!\d|\.\d)"
)
_MOBILE_DRESSED = re.compile(r"(?<![\d.])(1[3-9]\d[^\w\n]{1,3}\d{4}[^\w\n]{1,3}\d{4})(?!\d|\.\d)")
"""Three, four and four digits with any signs between them."""
_LISTED = re.compile(r"[、;%¥$]|[(\[【](?:19|20)\d\d[)\]】]")
"""Prices stand in a row so, and years in the numbers of documents."""
_MOBILE_MISREAD = re.compile(rf"(?<![0-9a-z])([1li]{_GAP}[3-9](?:{_GAP}[0-9oli]){{9}})(?![0-9a-z])")
_LEAST_DIGITS = 5
"""Of eleven, that were read as digits: then o and l among them are digits too."""
_MOBILE_SPOKEN = re.compile(
    rf"(?<![{_DIGIT}a-z])([一幺么壹1li]{_GAP}(?:[{_DIGIT}么]{_GAP}){{9}}[{_DIGIT}])(?![{_DIGIT}])"
)
_LANDLINE = re.compile(
    rf"(?<![\d.])\(?(0(?:10|2\d|[3-9]\d{{2}}))\)?{_GAP}([2-9]\d{{2,3}}){_GAP}(\d{{4}})(?!\d)"
)
_SERVICE = re.compile(r"(?<![\d.])([48]00(?:[\s\-—–.·_*~]{0,2}\d){7})(?!\d)")
_ABROAD = re.compile(r"(?<![\d+])\+(?!86)([1-9](?:[\s\-()]{0,2}\d){7,14})(?!\d)")
_RINGED_AND_LETTERS = re.compile(r"[①-⑨⓪❶-❾⓿➀-➈➊-➒⓵-⓽].*[oO]|[oO].*[①-⑨⓪❶-❾⓿➀-➈➊-➒⓵-⓽]", re.DOTALL)
"""A reader of pictures that takes some ringed zeros for letters drops others: how many there were nobody knows."""
_LABEL = (
    r"(?:(?<![刷抢做接派])订单|单号|流水号|编号|运单|验证码|尾号|卡号|工号|学号|证号|(?<!账)户号|会员号|社保号|"
    r"设备号|车架号|税号|期号|批号|案号|文号|邮编|序列号)"
)
_MEASURE = r"(?:房价|单价|原价|售价|尺寸|规格|比分|坐标)"
"""A label only where nothing follows: 单价高 is said in advertisements."""
_ACCOUNT_LABEL = r"(?:帐号|账号|账户)"
"""A mobile behind it is a phone: payment services take one as the account, and an advertisement buys accounts."""
_LABEL_OR_WORD = r"(?:快递|合同|身份证|证件|代码|发票)"
"""Also what an advertisement asks for, or promises; a label only before 号, or where its line begins with it."""
_TRADED = r"办收买卖售购代做刻开"
_NUMBER_OF_SOMETHING = re.compile(
    rf"{_LABEL}[^0-9，。；,;\n]{{0,6}}\Z|{_LABEL_OR_WORD}(?:号码?|单号|编号)[是为:： ]*\Z|"
    rf"{_MEASURE}[是为:： ]*\Z|(?:^|[\n。；;]){_LABEL_OR_WORD}[是为:： ]*\Z|(?:^|\n)[^\n{_TRADED}]*{_LABEL_OR_WORD}[是为:：][是为:： ]*\Z|"
    rf"(?:^|\n){_LABEL}号?码?[:： ]*\n\Z|(?:{_LABEL}|{_LABEL_OR_WORD})(?:(?<=号)|号码?|[:：])[:： ]*\n\Z"
)
"""What the number is of: in front of it on its line, or a line above that is a label and ends so (当天签合同 is none)."""
_ACCOUNT_OF_SOMETHING = re.compile(rf"{_ACCOUNT_LABEL}[^0-9，。；,;\n]{{0,6}}\n?\Z")
_PHONE_LABEL = re.compile(
    r"(?:(?:电话|手机|热线|致电|来电|联系|拨打|咨询|详询|微信|(?<!合)同号)[^0-9，。；,;\n]{0,4}|支付宝(?:账号|帐号|账户|号)?[:：\s]{0,2})$"
)
_MONEY_AFTER = re.compile(
    r"\s*(?:元|块|万|亿|股|积分|人次|美元|港元|rmb|起(?![\w一-鿿])|mm|cm|毫米|厘米|平方?米|平米)"
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
    folded = lines_joined(folded)
    found: dict[tuple[IndicatorKind, str], Indicator] = {}
    for kind, canonical, start, end in _sure(sorted(_all(folded, raw), key=lambda hit: (hit[2], hit[3]))):
        span = folded.raw_span(start, end)
        if kind is IndicatorKind.PHONE and _RINGED_AND_LETTERS.search(raw[slice(*span)]):
            continue
        found.setdefault((kind, canonical), Indicator(kind, canonical, raw[span[0] : span[1]], span))
    return tuple(found.values())


Hit = tuple[IndicatorKind, str, int, int]


def _sure(hits: list[Hit]) -> Iterator[Hit]:
    """Without the beginnings of what is found whole at the same place: 1990000 of 1990000 0300, dk8866 of dk8866 a."""
    longest: dict[int, list[Hit]] = {}
    for hit in hits:
        longest.setdefault(hit[2], []).append(hit)
    for hit in hits:
        kind, canonical, start, _ = hit
        if kind is IndicatorKind.WECHAT and any(
            other[1] != canonical and other[1].startswith(canonical)
            for other in longest[start]
            if other[0] in (IndicatorKind.WECHAT, IndicatorKind.PHONE)
        ):
            continue
        yield hit


def _all(folded: Normalized, raw: str) -> Iterator[Hit]:
    text = in_digits(folded.text)
    inside_url: list[tuple[int, int]] = []
    for host, path, start, end in addresses_in(folded, raw):
        inside_url.append((start, end))
        if (name := handles.telegram_in_link(host, path)) is not None:
            yield IndicatorKind.TELEGRAM, name, start, end
        elif (number := handles.whatsapp_in_link(host, path)) is not None:
            yield IndicatorKind.WHATSAPP, number, start, end
        else:
            yield IndicatorKind.URL, host + path, start, end
    for hit in (*_phones(text, folded.text), *_handles(text)):
        if not any(start <= hit[2] < end for start, end in inside_url):
            yield hit
    for canonical, start, end in payees(folded.text, text):
        yield IndicatorKind.PAYEE, canonical, start, end
    yield from _companies(text)


def in_digits(text: str) -> str:
    """The text with digits for runs of spoken ones, character for character: 幺三八零 → 1380."""
    return _SPOKEN_RUN.sub(lambda run: "".join(_IN_RUN.get(c, c) for c in run.group(0)), text)


def _handles(text: str) -> Iterator[Hit]:
    for kind, find in (
        (IndicatorKind.WECHAT, handles.wechat_ids),
        (IndicatorKind.QQ, handles.qq_numbers),
        (IndicatorKind.TELEGRAM, handles.telegram_names),
        (IndicatorKind.WHATSAPP, handles.whatsapp_numbers),
        (IndicatorKind.DOUYIN, handles.douyin_names),
        (IndicatorKind.OFFICIAL_ACCOUNT, handles.official_accounts),
        (IndicatorKind.GROUP, handles.groups),
    ):
        for canonical, start, end in find(text):
            yield kind, canonical, start, end


def _digits(found: str) -> str:
    return "".join(
        {"l": "1", "i": "1"}.get(c) or _IN_RUN.get(c, c)
        for c in found
        if c.isdigit() or c in _IN_RUN or c in "li"
    )


def _phones(text: str, spoken: str) -> Iterator[Hit]:
    """`text` is with digits for spoken ones, `spoken` without: in it a run ends where other words begin."""
    for pattern, where in (
        (_MOBILE, text),
        (_MOBILE_SPACED, text),
        (_MOBILE_DRESSED, text),
        (_MOBILE_SPOKEN, spoken),
        (_MOBILE_MISREAD, text),
    ):
        for m in pattern.finditer(where):
            if pattern is _MOBILE_MISREAD and sum(c.isdigit() for c in m.group(1)) < _LEAST_DIGITS:
                continue
            if (
                pattern is _MOBILE_DRESSED
                and _LISTED.search(m.group(1))
                and not _PHONE_LABEL.search(text[: m.start()])
            ):
                continue
            number = _digits(m.group(1).replace("o", "0"))
            if (
                len(number) == 11
                and number[0] == "1"
                and number[1] in "3456789"
                and _is_phone(text, m.start(), m.end())
            ):
                yield IndicatorKind.PHONE, number, m.start(1), m.end(1)
    for pattern, sign in ((_LANDLINE, ""), (_SERVICE, ""), (_ABROAD, "+")):
        for m in pattern.finditer(text):
            number = _digits("".join(m.groups()))
            is_account = _ACCOUNT_OF_SOMETHING.search(text[max(0, m.start() - 16) : m.start()])
            if not is_account and not is_public_phone(number) and _is_phone(text, m.start(), m.end()):
                yield IndicatorKind.PHONE, sign + number, m.start(), m.end()


def _is_phone(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 16) : start]
    if _PHONE_LABEL.search(before):
        return True
    return not _NUMBER_OF_SOMETHING.search(before) and not _MONEY_AFTER.match(text, end)


def _companies(text: str) -> Iterator[Hit]:
    for m in _COMPANY.finditer(text):
        name = m.group(0)
        head = _BEFORE_COMPANY.match(name)
        skip = head.end() if head and not _SUFFIX.match(name[head.end() :]) else 0
        name = name[skip:].strip("()")
        if len(name) >= 6 and not _SUFFIX.match(name) and not is_licensed_company(name):
            yield IndicatorKind.COMPANY, name, m.start() + skip, m.end()
