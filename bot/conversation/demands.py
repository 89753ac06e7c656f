"""Demands that nobody honest makes, whatever the scheme: to pay before anything is seen, to tell a code, to show one's
screen, to keep it from the family, to pay into a person's own account, to send money to kin who write from a new
number. Total and pure.

Where no scheme is recognised, whoever tells of such a demand must not hear only that nothing was recognised. Sources:
the advice of the police's anti-fraud centre that is summed up as 不轻信、不透露、不转账, and the common part of the pack's own
red flags.
"""

import re
from typing import Final, Literal

from bot.conversation.understanding import fold

Demand = Literal["code", "screen", "secrecy", "kin", "pay_first", "person"]

_ASKED = "(?:要|让|叫|请|问|骗|催|逼|非得|必须|需要|得)"
_PAY = "(?:交|付|缴|转|打|汇|垫|充|给|出)"
_FEE = (
    "(?:手续费|保证金|税|解冻费|解冻金|工本费|会员费|验证金|认证金|公证费|激活费|开户费|服务费|材料费|好处费|邮费|运费"
    "|资料费|报名费|诚意金|流水|保险费|检测费|违约金)"
)
_SUM = r"(?:\d[\d,.]*|[一二两三四五六七八九十百千万几]+)(?:多|来)?(?:元|块|万|千|百|k|w|$)"
_MONEY = f"(?:钱|款|{_FEE}|{_SUM})"
_NEAR = "(?:儿子|女儿|闺女|孙子|孙女|外孙|侄子|外甥|孩子|亲戚|老领导|领导|老板|老同学|同学|老战友|战友|朋友)"
_FAMILY = "(?:家人|家里人?|家属|老伴|儿女|子女|儿子|女儿|孩子|老公|老婆|亲戚|别人|外人|任何人|警察|公安|银行)"

_DEMANDS: Final[tuple[tuple[Demand, re.Pattern[str]], ...]] = (
    (
        "code",
        re.compile(
            "(?:(?<!需)要|让|叫|问|骗|催|逼|非得|必须).{0,8}(?:验证码|校验码|短信码|动态码|动态口令|支付密码|银行卡密码|卡密码)"
            "|(?:验证码|动态码|密码).{0,4}(?:报|发|念|说|告诉|给)(?:给)?(?:他|她|对方|客服|人家|我们)"
            r"|\b(?:ask(?:s|ed|ing)?|wants?|need(?:s|ed)?|tell|told|give|send|read)\b.{0,30}\b(?:verification|sms|security|one.?time)?"
            r" ?(?:code|otp|pin|password)\b"
        ),
    ),
    (
        "screen",
        re.compile(
            "(?:共享|分享)(?:一下)?(?:手机)?屏幕|屏幕(?:共享|分享)|远程(?:控制|操作|协助)|(?:下载?|装|安装|打开).{0,8}(?:会议软件|向日葵|teamviewer|anydesk|todesk)"
            r"|\bshar(?:e|ing)\b.{0,12}\bscreen\b|\bremote (?:control|access|desktop)\b|\b(?:teamviewer|anydesk|todesk)\b"
        ),
    ),
    (
        "secrecy",
        re.compile(
            f"(?:不要|不能|不可以|别|不许|不准|不让)(?:我|您|你)?(?:跟|和|对|向|同)?(?:告诉|让)?(?:我|您|你)?的?{_FAMILY}.{{0,3}}(?:说|讲|知道|提|商量|透露|$)"
            f"|(?:不要|不能|别|不许|不准|不让)(?:我|您|你)?(?:告诉|让)(?:我|您|你)?的?{_FAMILY}|{_ASKED}(?:我|您|你)保密"
            r"|\b(?:don'?t|do not|not to|must not|never) (?:tell|inform|talk to)\b.{0,16}\b(?:family|anyone|anybody|husband|wife|children|son"
            r"|daughter|police|bank)\b(?! (?:your|my|the|any) (?:\w+ )?(?:code|password|pin|otp))|\bkeep (?:it|this) (?:a )?secret\b"
        ),
    ),
    (
        "kin",
        re.compile(
            f"(?:冒充|自称是?|说(?:他|她)?是)(?:我|您|你|他|她|咱)?(?:的|家)?{_NEAR}.{{0,24}}(?:钱|出事|急用|被抓|住院|{_SUM})"
            f"|{_NEAR}.{{0,6}}(?:换了?|用)(?:个|了)?(?:新)?(?:号|手机|微信).{{0,20}}(?:钱|{_SUM})"
            f"|(?:说|讲)(?:我|您|你)?(?:的|家)?{_NEAR}.{{0,8}}(?:出事|被抓|出车祸|被打|惹祸).{{0,16}}(?:钱|{_SUM})"
            r"|\b(?:pretend(?:s|ed|ing)? to be|says? (?:he|she)(?: is|'s)|claim(?:s|ed|ing)? to be) my"
            r" (?:son|daughter|grandson|granddaughter|boss|friend|nephew|niece)\b"
        ),
    ),
    (
        "pay_first",
        re.compile(
            f"(?:先|得先|要先|先得){_ASKED}?(?:我|您|你|他|她|人)?{_PAY}.{{0,8}}{_MONEY}"
            f"|{_PAY}.{{0,8}}{_MONEY}.{{0,6}}(?:才(?:能|给|可以|会|放|发|退)|再(?:给|放|发|退))"
            f"|{_ASKED}(?:我|您|你|他|她|我们|老人)?(?:先)?{_PAY}.{{0,6}}{_FEE}"
            r"|\b(?:pay|send|transfer|deposit)\b.{0,30}\b(?:first|upfront|up front|in advance|beforehand)\b"
            r"|\b(?:fee|tax|deposit|insurance)\b.{0,24}\b(?:to (?:claim|get|receive|release|unlock|withdraw)|before (?:i|you|they|we))\b"
        ),
    ),
    (
        "person",
        re.compile(
            f"(?:{_ASKED}.{{0,10}}|把钱){_PAY}.{{0,6}}(?:到|进|给)(?:他|她|对方|一个|某个|业务员|经理|老师)?的?(?:私人|个人|私|指定)的?(?:账户|账号|卡|帐户|银行卡|微信|支付宝)"
            r"|\b(?:personal|private) (?:bank )?account\b"
        ),
    ),
)
_LAWFUL_TO_PAY_FIRST: Final = re.compile(
    "年费|学费|房租|租房|首付|水电|电费|水费|话费|保费|社保|医保|押金|定金|挂号|物业|罚款|契税|个税|过户|契约|还清|还款|欠款|本金"
)
_WARNED: Final = re.compile(
    "不要|别|勿|不用|不需要|无需|谨防|切莫|不会|不该|没有?(?:让|叫|要|问)|免|\\b(?:never|not|n't|nobody)\\b"
)
"""Before or in what is demanded: then it is a warning, or is not asked for. Not looked for in a demand of secrecy."""
_CLAUSES: Final = re.compile(r"[。.!！?？;；\n]+")
_REACH: Final = 6


def demand_in(text: str) -> Demand | None:
    """The gravest demand that is told of; None where there is none. Judged sentence by sentence."""
    sentences = [sentence for sentence in _CLAUSES.split(fold(text)) if sentence]
    return next(
        (
            demand
            for demand, told in _DEMANDS
            for sentence in sentences
            if any(_is_made(demand, sentence, found) for found in told.finditer(sentence))
        ),
        None,
    )


def _is_made(demand: Demand, sentence: str, found: re.Match[str]) -> bool:
    if demand == "pay_first" and _LAWFUL_TO_PAY_FIRST.search(sentence):
        return False
    around = sentence[max(0, found.start() - _REACH) : found.end()]
    return demand == "secrecy" or _WARNED.search(around) is None
