# ruff: noqa: E501  (tables read better in long lines; a Chinese character counts as two columns)
"""What a writer denies: 没有人能修复征信, 本店不做套现, 不存在内部渠道 offer nothing.

A denial that takes away a hurdle (不看征信, 不收前期费用, 不是骗子) is a seller's; it is left standing.
"""

import re
from typing import Final

_IN = r"[^,，。!！?？;；\n]"
"""Inside a clause; what is listed with 、 belongs together."""
_ACT = (
    r"(?:做|办|帮|替|代|支持|提供|受理|接(?!受)|碰|搞|干|参与|参加|从事|炒|荐|推荐|买|卖|收(?!入|益|款|到)|租|出租|投|套现|刷(?!脸)|修复|洗|消除|删除|"
    r"存在|承诺|保证|保障|拉|放贷|放款|加入|要求|委托|借过?网贷|说过?)"
)
_NEVER = (
    r"(?:从来?不|从来?(?:就)?没有?|[绝决](?!对)不|绝对不|坚决不|再也不|永远不|不会|不可能|不敢|不想|不愿意?|不肯|拒绝(?:了|过)?|没法|无法|"
    r"没(?!什么|事|问题)有?|不(?!管|论|只|仅|但|光|同|断|错|懂|知|要|用|是|得|到|了))"
)
_HURDLE = r"(?:收|要|交|付|取|你|您|们|任何|一|分|毫|点|半|个|首先|的){0,6}(?:前期|费|钱|定金|押金|手续|套路|风险|门槛|隐形|抵押|担保|限制|条件|流水|工作|本金|后顾)"
_DENIALS: Final = (
    re.compile(
        rf"(?<![再若果是论管]){_NEVER}(?:再|去|敢|曾|有人?|会|能|可以|让|叫|人|我|跟人|给[人你您我他]?|任何人?|为|向|对外|随便|私下|别人|也|过|了|什么|这种|这些|那些|那个|这个){{0,3}}{_ACT}(?!{_HURDLE}){_IN}*"
    ),
    re.compile(
        rf"(?:警察|公安{_IN}{{0,4}}?|民警|警方|银行|法院|检察院|政府|国家|客服|快递公司|正规{_IN}{{0,8}}?|工作人员|监管{_IN}{{0,4}}?)[都也是]?(?:从来?|绝对?|决|根本)?(?:不会|不可能|不得|不能)(?:主动|随便|再|去|来)*(?:通过{_IN}{{0,8}}?|打电话|用{_IN}{{0,6}}?)?(?:让|叫|要求|向|问|索要){_IN}*"
    ),
    re.compile(rf"(?:没有?|并没有?|从没)(?:让|叫|要|问|收|跟)(?:过|我|你|他|她|我们|人家?)*(?!{_HURDLE}){_IN}*"),
    re.compile(
        rf"(?:谁(?:都|也)|任何(?:人|机构|公司|单位|个人)|哪家{_IN}{{0,6}}也)(?:都|也)?(?:没有?|不)(?:办法|法|本事|权利?|资格|能|敢|可能|可以|会|得)?{_IN}*"
    ),
    re.compile(
        rf"(?:没有?|哪有|不存在){_IN}{{0,8}}?(?:人|机构|公司|中介|银行|平台|谁|单位)(?:能|可以|会|敢|有权){_IN}*"
    ),
    re.compile(
        rf"(?:根本|压根|世上|世界上|天下|天底下|现实中)就?(?:没有?|哪有|不存在){_IN}+|(?:哪有|哪里有|哪来的?|不存在)(?:什么|任何|所谓|这么|那么|那种|这种|的)+{_IN}+|(?<!有)没有(?:什么)?(?:所谓的?|稳赚|包赚|保本|内部){_IN}*"
    ),
    re.compile(
        rf"(?:别|不要|勿|切勿|请勿|切莫|不能|不可)(?:再|去|要|随便|轻易|盲目|乱)*(?:信|相信|听信|轻信|搞|碰|参与|加入|贪){_IN}*|(?:别|不要|勿|切勿|请勿|切莫)(?:再|去|要|随便|轻易|盲目|乱|给)*(?:做|买|投|卖|租|出借|出租|刷|炒|打(?!扰)){_IN}*"
    ),
    re.compile(
        rf"(?<![是要])(?:绝|并|决|可|绝对|又|真)?不是(?:什么|一个|来|在|搞|做|所谓的?|让[你您]|要[你您]|叫[你您]|叫大家)*(?:校园)?(?:贷款|网贷|刷单|传销|集资|非法|高利贷|诈骗|骗子|骗人|骗钱|理财|投资|中介|推销|广告|套路贷|资金盘|杀猪盘|微商|保险|兼职|卖|拉人头|洗钱|套现|荐股){_IN}*"
    ),
)  # fmt: skip
_CANNOT_BE: Final = re.compile(
    rf"(?:^|(?<=[,，。!！?？;；\n])){_IN}*(?:删不掉|洗不白|洗不掉|消不掉|修复不了|信不得|不可信|靠不住|行不通|(?<!不)是(?:假的|骗人|骗局|骗子|诈骗|陷阱|违法|犯法|犯罪|非法)){_IN}*"
)
"""Clauses that deny what they name first: 逾期记录是删不掉的."""
_ALL_THE_SAME: Final = re.compile(
    r"也能|也可|也行|也做|也办|照样|照做|都能|都可|一样能|仍[可能]|不成功|的(?:来|找|优先|请|朋友|客户|可以|联系)|包退|[不没](?:有)?[^,，。]{0,6}不了|"
    r"就(?:影响|上|会|要|扣|等)|后悔|吗|么$|否则|不然|的话"
)
"""没有流水也能贷, 没有我们办不了的: such a denial is followed, or turned round, by an offer; so is a question."""
_OF_OTHERS: Final = re.compile(r"别人|人家|别家|同行|其他|外面|市面")
_TURN: Final = re.compile(r"只(?!要|有)|而是|但是?|不过|却|反而|专(?:业|做|门)|我们(?:能|可|专|才)")
"""Where a denial ends inside its clause: 不办假只办真."""


def without_denials(text: str) -> str:
    """A normalised text, as long as it was, with blanks where its writer denies."""
    for pattern in _DENIALS:
        text = pattern.sub(_blank_denial, text)
    return _CANNOT_BE.sub(_blank_denial, text)


def _blank_denial(found: re.Match[str]) -> str:
    said = found[0]
    after = found.string[found.end() : found.end() + 1]
    if after in ("?", "？") or _ALL_THE_SAME.search(said):
        return said
    before = found.string[max(0, found.start() - 6) : found.start()]
    if _OF_OTHERS.search(before) or _OF_OTHERS.search(said[:6]):
        return said
    turn = _TURN.search(said, 2)
    kept = said[turn.start() :] if turn else ""
    return " " * (len(said) - len(kept)) + kept
