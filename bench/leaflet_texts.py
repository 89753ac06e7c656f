"""What the made leaflets say, in words of our own. Every number, account and address is made up."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """One ad. `schemes`: the codes of which any one is a right answer; none for an honest trade."""

    title: str
    lines: tuple[str, ...]
    schemes: frozenset[str] = frozenset()


CROOKED = (
    Offer("急用钱找我", ("无抵押 秒下款", "征信花了也能做", "身份证就能贷 当天到账"),
          frozenset({"loan_broker", "illegal_lending", "illegal_fin_ad", "downpay_loan", "fake_loan_app", "taolu_loan"})),
    Offer("信用卡代还套现", ("刷卡取现 秒到账", "低手续费 额度全提"), frozenset({"pos_cashout"})),
    Offer("高价收银行卡", ("电话卡 对公户长期收", "日结一千 绝对安全"), frozenset({"account_rental"})),
    Offer("征信修复 逾期消除", ("网贷逾期记录可洗白", "不成功不收费"), frozenset({"credit_repair"})),
    Offer("全额退保", ("各家人寿保险都能退", "专业代理 无理由退全款"), frozenset({"agent_surrender", "agent_rights"})),
    Offer("手机兼职刷单", ("点赞关注做任务返佣金", "垫付小额 立返本金"), frozenset({"brush_rebate"})),
    Offer("债务优化 停息挂账", ("信用卡网贷逾期协商", "停催收 停利息 分六十期"),
          frozenset({"anti_collection", "agent_rights", "debt_clearing", "credit_repair"})),
    Offer("内部牛股推荐", ("老师带你抓涨停", "进群免费领股 稳赚翻倍"), frozenset({"stock_tip_illegal", "fake_invest_app"})),
    Offer("养老公寓预订", ("交五万享床位 年返百分之十二", "本金随时退 送米面油"),
          frozenset({"ifr_elder_care", "elder_house_pension", "ifr_wealth", "elder_products"})),
)  # fmt: skip
HONEST = (
    Offer("老王管道疏通", ("马桶 下水道 化粪池", "随叫随到 价格公道")),
    Offer("家电清洗维修", ("空调加氟 油烟机清洗", "明码标价 修好收钱")),
    Offer("旺铺转让", ("临街门面 水电齐全", "接手可营业")),
    Offer("少儿书法班招生", ("小班教学 周末上课", "免费试听一节")),
)


@dataclass(frozen=True, slots=True)
class Posted:
    """An offer with the ways to answer it: what is true of one ad on a picture."""

    offer: Offer
    phone: str
    wechat: str
    code: str

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it but the code, line by line."""
        return (
            self.offer.title,
            *self.offer.lines,
            *([f"电话：{self.phone}"] if self.phone else []),
            *([f"微信：{self.wechat}"] if self.wechat else []),
        )


def posted(offer: Offer, chance: random.Random, *, wechat: bool = True, code: bool = True) -> Posted:
    """The offer with a number, an account and an address that nobody has."""
    number = f"199{chance.choice(('0000', '0001', '0002'))}{chance.randrange(10_000):04d}"
    account = chance.choice(("demo", "qianshao", "lizi", "ceshi")) + f"_{chance.randrange(100, 99_999)}"
    address = f"https://u.wechat.com/EXAMPLE{chance.randrange(10**9):09d}"
    return Posted(offer, number, account if wechat else "", address if code else "")
