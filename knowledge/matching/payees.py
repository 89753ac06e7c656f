"""Accounts that money is asked to be sent to, in a normalised text: the tail of the number, and whose it is.

A number counts where a label stands before it (收款账号, 卡号…), on its line or on the one above, or where it is a UnionPay
card's (ISO/IEC 7812: 62, 16–19 digits) beside the name of a bank, since a leaflet often gives no more than bank, number, holder.
"""

import re
from collections.abc import Iterator
from typing import Final

Found = tuple[str, int, int]
"""(canonical, start, end)"""

_CN: Final = "一-鿿"
_DIGITS = re.compile(r"(?<![\d.])\d(?:[\s\-.·_]{0,3}\d){11,18}(?!\d)")
"""Twelve to nineteen, in groups, over two lines at most (below)."""
_MOBILE = re.compile(
    r"(?:(?:00)?86[\s\-.·_]?|[01])?1[3-9]\d(?:\d{8}|[\s\-.·_]{1,3}\d{4}[\s\-.·_]{1,3}\d{4}|\d[\s\-.·_]{1,3}\d{4}[\s\-.·_]{1,3}\d{3})(?=\s|$)"
)
"""A telephone in a run of digits, with what a reader added to it; whoever takes it for an account gives its owner away."""
_LABEL = re.compile(
    r"(?:卡号|[账帐][号户]|银行卡|(?:工商?|农业?|中国?|建设?|交通?|邮储?|招商?)行卡|储蓄卡|对公户|收款卡|打款卡|这个卡|(?:转账?|汇款?|打款?|存款?)[到至入给]|"
    r"收款|打款)[^\d。；;]{0,24}$"
)
_OTHER_NUMBER = re.compile(
    r"(?:订单|交易单|商户|单号|流水号|编号|运单|快递|合同|证件|身份证|身份号码|工号|发票|税号|信用代码|户号|学号|尾号|注册号|许可证)[^\d。；;]{0,12}$"
)
_BANK = re.compile(
    r"工商|农业银|农商|农信|建设银|交通银|招商|邮储|邮政储蓄|中信|光大|民生|兴业|浦发|平安|华夏|广发|信用社|银行|[工农中建交招]行|开户行"
)
_TAIL = re.compile(
    r"(?:收款|打款|付款|转账|转到|汇款|汇到|打到)[^0-9\n]{0,12}?尾号[:：为是]?\s{0,3}(\d{4})(?!\d)|尾号[:：为是]?\s{0,3}(\d{4})(?!\d)[^。;\n]{0,6}收款"
)
_NAME_LABEL: Final = r"(?:收款人|户名|开户名|开户人|账户名|收款方|对公账户|对公户|持卡人)"
_PAYEE: Final = rf"((?!户名|账号|开户)[{_CN}]{{2,3}}?|[{_CN}()]{{4,25}}?公司)"
_NAMED = re.compile(
    rf"{_NAME_LABEL}([:：是为]?)\s{{0,3}}{_PAYEE}(?=[,，。;；:：\s、)）]|卡|账|帐|开|银|尾|[工农中建交招]行|中国|工商|农业|建设|交通|招商|邮[储政]|$)"
)
_NO_NAME = re.compile(r"不对|不符|本人|自己|对方|同名|姓名|户名|账号|开户行?|一致|错误|信息|核对.*|[是为].*")
_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾萧肖田董袁潘蒋蔡余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范廖石金韦贾夏付方白邹孟熊秦邱江尹薛阎闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍"
    "庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_BARE_NAME: Final = rf"(?<![{_CN}])[{_SURNAMES}](?:[{_CN}]|某某?|[{_CN}]{{2}})(?![{_CN}])"
_NO_HOLDER = re.compile(
    r"[转账帐款卡行额费号办理贷元万日月年时分间全便功用急天内户营销店网部厅处市县区镇路街楼层室]"
)
"""What a person is hardly ever called and these leaflets are full of: 金额, 周转, 万元, 方便, 成功."""
_NO_PERSON = re.compile(
    rf"(?:中国)?(?:工商|农业|建设|交通|邮政储蓄|招商|中信|光大|民生|兴业|浦发|平安|华夏|广发|农商|农村商业)?银行(?:[{_CN}]{{2,8}}[支分]行)?|"
    r"[工农中建交招邮]行卡?|开户行|收款|打款|转账|汇款|银行卡|储蓄卡|[账帐][号户]|卡号|[到至]"
)
_NEAR_HOLDER = re.compile(rf"(?:姓名|户名|持卡人)?\s?[:：]?\s?({_BARE_NAME})")


def payees(text: str, in_digits: str) -> Iterator[Found]:
    """Accounts as 「张某某*6789」 or 「*6789」, and names that stand behind 收款人：. `in_digits` is the text with digits for
    spoken ones, in which 张三 is a name no more.
    """
    names = [
        (m.group(2), m.start(2), m.end(2), bool(m.group(1)))
        for m in _NAMED.finditer(text)
        if not _NO_NAME.fullmatch(m.group(2))
    ]
    used = set()
    plain = tuple(_accounts(text))
    spoken = (
        hit
        for hit in _accounts(in_digits)
        if not any(hit[1] < end and start < hit[2] for _, start, end in plain)
    )
    for number, start, end in sorted((*plain, *spoken, *_tails(in_digits)), key=lambda hit: hit[1]):
        near = [one for one in names if abs(one[1] - start) <= 40]
        name = min(near, key=lambda one: abs(one[1] - start)) if near else None
        used.add(name)
        yield f"{name[0] if name else _holder(text, start, end)}*{number[-4:]}", start, end
    for name in names:
        if name not in used and name[3]:  # without a colon and an account it is a word like any other
            yield name[0], name[1], name[2]


def _accounts(text: str) -> Iterator[Found]:
    for m in _DIGITS.finditer(text):
        if m.group().count("\n") > 1:
            continue
        number = re.sub(r"\D", "", m.group())
        before, after = text[max(0, m.start() - 40) : m.start()], text[m.end() : m.end() + 16]
        if (
            _OTHER_NUMBER.search(before)
            or _MOBILE.match(m.group())
            or _MOBILE.match(m.group().rpartition("\n")[2])
        ):
            continue
        is_card = number.startswith("62") and len(number) >= 16
        beside = f"{before[-20:]}|{after}"
        if _LABEL.search(before) or (is_card and _BANK.search(beside)):
            yield number, m.start(), m.end()


def _tails(text: str) -> Iterator[Found]:
    for m in _TAIL.finditer(text):
        which = m.lastindex or 1
        yield m.group(which), m.start(which), m.end(which)


def _holder(text: str, start: int, end: int) -> str:
    """A person's name that stands by itself beside an account; nothing where none does."""
    after, before = (
        [m.group(1) for m in _NEAR_HOLDER.finditer(_NO_PERSON.sub(" ", words))]
        for words in (text[end : end + 24], text[max(0, start - 24) : start])
    )
    return next((name for name in (*after, *reversed(before)) if not _NO_HOLDER.search(name)), "")
