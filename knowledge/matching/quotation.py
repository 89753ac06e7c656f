"""What is quoted to warn of it, and what only pretends to warn.

A warning that repeats an advertisement is none: 有人以“征信修复”为名行骗，请勿相信. But an office's name in front of an
offer with a way to be reached, 警方提示：贷款找我, is a disguise, whoever is named.
"""

import re
from dataclasses import dataclass
from typing import Final

from knowledge.matching.denial import without_denials

_QUOTED: Final = re.compile(r"[“‘「『《][^”’」』》\n]{2,120}[”’」』》]")
_PRETEXT: Final = re.compile(
    r"(?:以|借|打着|假借|利用|冒充|假冒|自称)[^。!?\n]{2,80}?(?:为由|为名|为幌子|为诱饵|名义|幌子|旗号|为借口|话术)"
)
_CROOKS: Final = re.compile(
    r"(?:骗子|不法分子|犯罪分子|诈骗分子|嫌疑人|违法分子|诈骗团伙|犯罪团伙)(?:们)?(?:往往|通常|常常?|会|先|再|多|就|一般|经常)*(?:说|称|声称|谎称|宣称|以|冒充|发布|通过|利用|假冒|打着|诱导|承诺)[^。!?\n]*"
)
_ALL_SUCH: Final = re.compile(
    r"(?:凡是?|一切|所有|看[到见]|遇到|碰到|接到|收到|听到|让你|要求你?)[^。!?\n]{2,80}?(?:[都均全]|一律|一定|必|肯定|就|千万)(?:是|属|为)?(?:诈?骗|假|非法|违法|陷阱|圈套|犯罪|不要|别|不能|不可|挂断)[^。!?\n]*"
)
_WARNS: Final = re.compile(
    r"谨防|警惕|当心|小心|防范|切勿(?!告)|请勿|勿信|勿轻信|不要(?:轻信|相信|理会|上当|参与|点|打|转)|别(?:轻?信|上当|理|打|点|碰|加)|一律(?:不要|是|属|不)|[都均全]是(?:诈?骗|假|违法|陷阱)|均(?:属|为)|属于?(?:诈骗|非法|违法)|"
    r"诈骗|骗局|(?<!不是)骗子|(?<!不是)(?<!不)骗人|骗取|骗走|被骗|行骗|受骗|上当|陷阱|圈套|幌子|团伙|嫌疑人|抓获|涉案|刑拘|判处|判刑|不法分子|是假的|辟谣|远离|帮信罪|违法|非法|犯罪|无资质|未经批准"
)
"""Words that warn. An office's name alone warns of nothing."""
_OFFICE: Final = re.compile(
    r"^[^,，。!?\n:：]{0,18}?(?:警方|公安[局部厅]?|民警|反诈(?:中心)?|派出所|法院|检察院|监管(?:总)?局|银保监[会局]?|银监[会局]|证监[会局]|央行|人民银行|金融办|处非办|居委会|社区|街道|消协|国务院|政府|教育局|学校|银行|记者|消费|风险|反诈|安全|官方|温馨|防骗|友情|本报|新华社|央视)"
    r"[^,，。!?\n:：]{0,10}?(?:提示|提醒|提请|告诫|警示|通报|声明|通知|公告|获悉|消息|讯|播报|发布)[您你]?[:：,，!！ ]*"
)
"""Who is said to speak, with the colon."""
_SELLS: Final = re.compile(
    r"(?:我们|本公司|我司|本店|专业|老店|本人)[^。!?\n]{0,12}(?:修复|消除|办理|代办|代理|放款|下款|套现|出售|回收|贷|协商|退保|受理)|找我|联系我|加我|私信|私聊|认准|扫码(?:进|加|认|领)|名额(?:仅|只|有)|欢迎(?:咨询|来电|加)|限量|从速"
)
_REACHED: Final = re.compile(
    r"(?:微信|qq|v|电话|热线|@|联系|加群|群号?)[:：号是 ]*(?=[a-z0-9_-]*[0-9_x])[a-z0-9][a-z0-9_-]{4,}|(?<!\d)1[3-9][0-9x]{9}(?!\d)|进群|扫码|加群|https?://|点击"
)
"""A way to be reached that is the seller's own."""
_HOTLINES: Final = re.compile(
    r"(?:电话|热线|拨打|致电|联系)?[:： ]*(?:110|96110|12378|12345|12337|12315|12381|12386|95\d{3})(?!\d)"
)

_INSTEAD: Final = re.compile(r"只(?:做|办|收|放|接|卖|出)|而是")
"""我们不办假，只办真: who says what he does instead denies nothing."""


@dataclass(frozen=True, slots=True)
class Voice:
    """`text` is as long as the text it was made of, with blanks where its writer quotes or denies."""

    text: str
    warns: bool
    """The writer warns of what is quoted."""
    office: bool
    """An office or a newspaper is named in front."""
    poses: bool
    """It is named in front of an offer."""
    denied: float
    """The share of the text that is denied."""


def voice_of(text: str) -> Voice:
    """What of a normalised text its writer says for themself."""
    front = _OFFICE.match(text)
    start = front.end() if front else 0
    kept, warns, poses = text, False, False
    if _WARNS.search(text, start):
        unquoted = text
        for pattern in (_QUOTED, _PRETEXT, _CROOKS, _ALL_SUCH):
            unquoted = pattern.sub(lambda found: " " * len(found[0]), unquoted)
        own = without_denials(unquoted)[start:]
        poses = bool(_SELLS.search(own) and _REACHED.search(_HOTLINES.sub("", own)))
        warns = not poses
        kept = unquoted if warns else text
    elif front:
        poses = bool(_REACHED.search(_HOTLINES.sub("", text), start) or _SELLS.search(text, start))
    if poses and front:
        kept = " " * start + kept[start:]
    said = without_denials(kept)
    denied = 0.0 if _INSTEAD.search(said) else sum(map(str.__ne__, kept, said)) / max(1, len(text))
    return Voice(said, warns, front is not None, poses and front is not None, denied)


def office_in_front(text: str) -> str:
    """The words in which an office or a newspaper introduces itself at the beginning; empty where none does."""
    front = _OFFICE.match(text)
    return front[0] if front else ""
