"""Accounts by which somebody is reached, in a normalised text: WeChat, QQ, Telegram, WhatsApp, Douyin, names of groups."""

import re
from collections.abc import Iterator
from typing import Final

from knowledge.matching.public_contacts import is_authoritys_name, is_service_number

Found = tuple[str, int, int]
"""(canonical, start, end)"""

_LINK: Final = r"(?:号码?|账号|帐号|id|名|搜索?|添加|联系|咨询|客服|[+加]){0,6}\s{0,3}(?:是|为)?[\s:;=\-—>→(（\[【「『《\"“'丨|]{0,8}"
_SIGNS: Final = r"\s{0,3}[:;=\-—>→(（\[【「『《\"“'丨|]{1,4}\s{0,3}"
_NTH: Final = r"(?:[1-9一二三四五](?=\s?[:=]))?"
"""微信1：… 微信2：…"""
_CUT: Final = r"(?<![a-z0-9_])[a-z]+ (?!1[3-9]\d{9})\d{3,8}(?![\d年月日元点万天:.%])"
"""Letters, a space and digits are what is left of lizi_66108 when a reader misses the underscore: no half of it counts."""
_ACCOUNT: Final = rf"(?!{_CUT})(?<![a-z0-9_])[a-z][a-z0-9_\-]{{5,19}}|1[3-9]\d{{9}}|\d{{6,11}}"
_WECHAT = re.compile(
    rf"(?:微信(?:同[号步]|号)?|加我?(?:微信)?号?|wechat|weixin|卫星号|绿色软件|绿泡泡|微信?号)(?:/?qq(?:同[号步]|号)?)?{_NTH}\s{{0,3}}{_LINK}({_ACCOUNT})(?![a-z0-9_])"
)
_WECHAT_BY_LETTERS = re.compile(
    rf"(?<![a-z0-9.])(?:[vw][\s.\-_]{{0,2}}x|v)\s{{0,3}}{_LINK}((?=[a-z0-9\-]*[\d_])(?<![a-z0-9_])[a-z][a-z0-9_\-]{{5,19}})(?![a-z0-9_])"
)
_WECHAT_SPACED = re.compile(
    rf"(?:微信|wechat|weixin|薇|(?<![a-z0-9.])[vw]x)(?:号码?|id)?{_SIGNS}((?<![a-z0-9_])[a-z][a-z0-9_\-]*(?:[ .·\-][a-z0-9_\-]+)+)(?![a-z0-9_])"
)
"""An account whose letters stand apart, one by one or in groups; it is put together in `_closed_up`."""
_WITH_DIGITS: Final = (
    r"(?<![a-z0-9_@./\-])(?=[a-z0-9_\-]*\d[a-z_\-]*\d)[a-z][a-z0-9_\-]{5,19}(?![a-z0-9_@/]|\.[a-z0-9])"
)
"""An account that cannot be a word."""
_WECHAT_BEHIND = re.compile(rf"({_WITH_DIGITS})\s?[(\[【]\s?(?:微信|wechat|[vw]x)(?:同?号)?\s?[)\]】]")
_WECHAT_ASKED = re.compile(
    r"(?:微信|加微)(?:领取?|资料|福利|扫一扫|扫码|扫|或者?|搜索?|添加|加|备注|长按|复制|识别|好友|咨询|详聊|详谈|了解|进群|名额|联系|我|老师|客服|免费|方案|[\s,，/、:：]){1,12}"
    rf"(?!iphone|ipad|huawei|xiaomi|windows|android|covid)({_WITH_DIGITS})"
)
"""加微领资料 …: what one is asked to do stands between label and account."""
_ANOTHER = re.compile(rf"\s?(?:/|、|,|或者?|和|\||丨)\s?({_WITH_DIGITS})".replace("@./", "@."))
_LETTER_BY_LETTER = re.compile(r"[a-z](?:-[a-z0-9_]){5,}")
_OTHER_LABEL = re.compile(r"qq|tel|tg|vx|wx|phone|call|app|id|www|http|com|\d{7,}")
_WITH_PHONE = re.compile(r"[\-_]1[3-9]\d{9}\Z")
_ON_THE_LINE = re.compile(r"[一-鿿]")
"""Behind a hyphen it parts an account from what comes next: dk8866a-张三; at the end of a line the account may be cut."""
_SHORTEST: Final = 6
"""Letters of a WeChat id (6–20)."""
_QQ_LINK: Final = r"(?:号码?|[+加]|是|为){0,4}[\s:;=\-—>(（\[【]{0,8}"
_QQ = re.compile(
    rf"(?:q[\s.\-]?q|q群|企鹅|[抠蔻秋]{{2}})(?:交流|学习|股票|福利|客服|在线){{0,2}}(?:群|号|裙|/?微信|同[号步]){{0,3}}"
    rf"{_QQ_LINK}([1-9](?:[ \-]?\d){{4,10}}|[1-9](?:\.\d){{6,10}})(?!\d|\.\d)"
)
_ANOTHER_QQ = re.compile(r"\s?(?:/|、|,|或者?|和)\s?(?!1[3-9]\d{9})([1-9]\d{6,10})(?![\d.元块万])")
_QQ_GROUP = re.compile(rf"(?:群号|进群|加群|入群){_QQ_LINK}(?!1[3-9]\d{{9}})([1-9](?:[ \-]?\d){{5,9}})(?!\d)")
_QQ_MAIL = re.compile(r"(?<![a-z0-9._])([1-9]\d{4,10})@qq\.com")
_TELEGRAM = re.compile(
    r"(?:电报|飞机|telegram|(?<![a-z])t\s?g)(?:飞机|群|频道|客服|联系|搜索?|账号){0,3}(?:\s{0,3}[(\[【「『《]?\s?@|(?:号|id)?\s{0,3}[:=]\s{0,3}@?|号\s{0,3}@?)\s{0,3}([a-z][a-z0-9_]{4,31})(?![a-z0-9_])|"
    r"(?:telegram|(?<![a-z])tg)\s{1,3}((?=[a-z]*[\d_])[a-z][a-z0-9_]{4,31})(?![a-z0-9_])"
)
_TELEGRAM_LINK = re.compile(r"([a-z][a-z0-9_]{4,31})", re.IGNORECASE)
_WHATSAPP = re.compile(r"whats\s?app(?:号码?|[\s:=+(]){0,8}([1-9](?:[ \-()]{0,2}\d){7,14})(?!\d)")
_DOUYIN = re.compile(
    r"抖音(?:号码?|账号|id|搜索?)\s{0,3}(?:是|为)?[\s:=【「“\"]{0,6}((?=[a-z_.]*\d|[a-z0-9.]*_)[a-z0-9][a-z0-9_.]{4,23})(?![a-z0-9_])"
)
_QUOTED: Final = r"[【「『《\"“\[]([^】」』》\"”\]\n]{2,30})[】」』》\"”\]]"
_NAMED: Final = r"\s{0,3}(?:是|为)?:\s{0,3}([一-鿿a-z0-9]{2,20})"
_OFFICIAL_ACCOUNT = re.compile(rf"公众号(?:名称?)?(?:是|为|:)?\s{{0,3}}{_QUOTED}|公众号(?:名称?)?{_NAMED}")
_GROUP = re.compile(
    rf"(?:群名称?|群聊|进群|入群|加群)(?:是|为|:)?\s{{0,3}}{_QUOTED}|(?:群名称?|群聊名称?){_NAMED}"
)
_ANY_GROUP = re.compile(
    r"股票|理财|投资|交流|学习|福利|内部|免费|官方|微信|qq|vip|粉丝|兼职|咨询|客服|讨论|群聊?|[一二三四五六七八九十\d]+"
)


def wechat_ids(text: str) -> Iterator[Found]:
    """WeChat ids, and the phone or QQ number that stands for one."""
    for pattern in (_WECHAT, _WECHAT_BY_LETTERS, _WECHAT_SPACED, _WECHAT_BEHIND, _WECHAT_ASKED):
        for m in pattern.finditer(text):
            account = _closed_up(m.group(1)) if pattern is _WECHAT_SPACED else m.group(1)
            account = _WITH_PHONE.sub("", account)
            if account.endswith("-") and _ON_THE_LINE.match(text, m.end(1)):
                account = account.rstrip("-_")
            if pattern is not _WECHAT_SPACED and _LETTER_BY_LETTER.fullmatch(account):
                continue
            if account.isdigit() and not m.group(0).startswith(
                ("微信", "加微信", "加我微信", "wechat", "weixin")
            ):
                continue
            if not _is_account(account):
                continue
            yield account, m.start(1), m.end(1)
            end = m.end(1)
            while (another := _ANOTHER.match(text, end)) is not None:
                if _is_account(another.group(1)):
                    yield another.group(1), another.start(1), another.end(1)
                end = another.end(1)


def _is_account(account: str) -> bool:
    """Not blotted out, no address, and not cut short: an account ends in no sign."""
    return len(account) >= _SHORTEST and not (
        "xxxx" in account or account.startswith(("http", "www", "url")) or account.endswith(("-", "_"))
    )


def _closed_up(spaced: str) -> str:
    """dk 8866 a, d.k.8.8.6.6.a and d-k-8-8-6-6-a are dk8866a; nothing where it is no account."""
    apart = re.split(r"[ .·\-]", spaced)
    if all(len(part) == 1 for part in apart):
        whole = "".join(apart)
    elif re.search(r"[.·]", spaced):  # an address, or the end of a sentence
        return ""
    else:
        parts: list[str] = []
        for part in spaced.split(" "):
            if len("".join(parts)) >= _SHORTEST or _OTHER_LABEL.fullmatch(part):
                break
            parts.append(part)
        rest = spaced.split(" ")[len(parts) :]
        while rest and len(rest[0]) <= 2 and not _OTHER_LABEL.fullmatch(rest[0]):
            parts.append(rest.pop(0))
        if re.fullmatch(r"[a-z]{3,} \d{3,}", spaced) or any(
            len(part) > 2 and part.isalpha() for part in parts[1:]
        ):
            return ""  # words
        whole = "".join(parts)
    is_account = _SHORTEST <= len(whole) <= 20 and sum(letter.isdigit() for letter in whole) >= 2
    return whole if is_account else ""


def qq_numbers(text: str) -> Iterator[Found]:
    """Numbers of persons and of groups."""
    for pattern in (_QQ, _QQ_GROUP, _QQ_MAIL):
        for m in pattern.finditer(text):
            number = re.sub(r"\D", "", m.group(1))
            if not is_service_number(number):
                yield number, m.start(1), m.end(1)
            if pattern is _QQ and (another := _ANOTHER_QQ.match(text, m.end(1))) is not None:
                yield another.group(1), another.start(1), another.end(1)


def telegram_names(text: str) -> Iterator[Found]:
    """Names on Telegram, which do not tell capitals apart."""
    for m in _TELEGRAM.finditer(text):
        which = 1 if m.group(1) else 2
        if "xxxx" not in m.group(which):
            yield m.group(which), m.start(which), m.end(which)


def telegram_in_link(host: str, path: str) -> str | None:
    """Whose address t.me/… is; None for an invitation, which is a link of its own."""
    name = path.removeprefix("/")
    return name.lower() if host in ("t.me", "telegram.me") and _TELEGRAM_LINK.fullmatch(name) else None


def whatsapp_numbers(text: str) -> Iterator[Found]:
    """International numbers, in digits."""
    for m in _WHATSAPP.finditer(text):
        yield re.sub(r"\D", "", m.group(1)), m.start(1), m.end(1)


def whatsapp_in_link(host: str, path: str) -> str | None:
    """Whose address wa.me/… is."""
    number = path.removeprefix("/")
    return number if host == "wa.me" and number.isdigit() else None


def douyin_names(text: str) -> Iterator[Found]:
    """Accounts on Douyin."""
    for m in _DOUYIN.finditer(text):
        yield m.group(1).rstrip("."), m.start(1), m.end(1)


def official_accounts(text: str) -> Iterator[Found]:
    """Names of WeChat official accounts, but for authorities' and banks' own."""
    for name, start, end in _names(_OFFICIAL_ACCOUNT, text):
        if not is_authoritys_name(name):
            yield name, start, end


def groups(text: str) -> Iterator[Found]:
    """Names of chat groups, but such as any group may have."""
    for name, start, end in _names(_GROUP, text):
        if len(_ANY_GROUP.sub("", name)) >= 2:
            yield name, start, end


def _names(pattern: re.Pattern[str], text: str) -> Iterator[Found]:
    for m in pattern.finditer(text):
        which = 1 if m.group(1) else 2
        name = m.group(which).strip()
        if len(name) >= 2:
            yield name, m.start(which), m.end(which)
