# ruff: noqa: E501  (tables read better in long lines; a Chinese character counts as two columns)
"""The advertisement of a licensed house: it names itself, says what the law has it say, and sends nobody to a private account.

Whoever only borrows the name is known by what no licensed house writes: 无视黑白, 前期费, 加微信.
"""

import re
from typing import Final

from knowledge.matching.dispute import HOUSE

_MUST_SAY: Final = re.compile(
    r"年化|年利率|日利率|日息|按日计息|以[^,。;]{0,12}(?:审批|评估|为准|公告|合同)|审批(?:结果)?为准|持牌|官方(?:app|应用|软件|客服|网站|渠道|入口)|官网|手机银行|掌上|营业(?:网点|部|厅)|网点|柜台|支行|面签|"
    r"(?:贷款|投资|市场|基金)有风险|借款需谨慎|理性(?:借贷|借款|消费|投资)|合理(?:借贷|贷款|借款)|诚信借款|业绩(?:比较)?基准|产品(?:合同|说明书)|不向学生|应用(?:商店|市场)|app(?:申请|内|中|认购|查)|95\d{3}|单利|综合(?:资金|年化)?成本"
)
_NEVER_SAYS: Final = re.compile(
    r"无视|黑[白户]|白户|不[看查上]征信|征信花|不看|强[开下制]|内部|通道|前期|先[交付充]|会员费|包装|技术费|手续费\d|资料费|保证金|定金|解冻|验证金|个点|秒批|秒到|套现|包过|人工|刷流水|反催收|停息|退保|"
    r"加(?:我|个)?(?:微信|v|q|群|好友)|微信[: ]*[a-z0-9_x]{4}|qq[: ]*\d{5}|\+v|扫码(?:加|进)|私[信聊]|老师|牛股|涨停|内幕|进群|名额|(?<!\d)1[3-9x][0-9x]{9}|https?:|点击|回复|稳赚|保底|共享屏幕|验证码|安全账户"
)


def is_lawful_house(text: str) -> bool:
    """Whether a licensed house advertises in a normalised text as the law allows it."""
    if not HOUSE.search(text) or _NEVER_SAYS.search(text):
        return False
    return len({found[0] for found in _MUST_SAY.finditer(text)}) >= 2
