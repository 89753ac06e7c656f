"""Texts written to get past the matcher, and honest ones written to be taken for a swindle."""

import pytest

from knowledge.matching import Sense, Verdict, find_indicators, normalize
from knowledge.schemes.training import pack_matcher

DISGUISED = [
    "💰💰急用钱💸来找我❗️黑户白户都可💯当天到账➕薇♥：abc_123",
    "氵先白征亻言，身亻分证就行，佳微abc_123",
    "女口果您急用金戋，言青耳关系我，无抵才甲贷款当天放款",
    "ZX洗白｜YQ消除｜DK秒批，+v abc123",
    "保 本 保 息 年 化 12 % 国企担保 限时认购 名额有限 添加徽信abc123",
    "Ⓥ：abc_123 专业铲⃝单，征⃝信⃝修⃝复⃝",
    "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎 信鼡咔套現 秒到账 费率低",
    "收❗️银❗️行❗️卡❗️四❗️件❗️套 一套1500 日结",
    "兼zhi日结，刷dan点赞，一单5圆，+qun口令888",
    "全额退葆，葆单十年内都能退，成功后收費",
    "犹豫期过了也能全额退保 加微信 tuibao88",
    "高价回收银行卡 电话卡 19900010060",
    "内部牛股VIP交流3群\n带单老师保证盈利\n该二维码7天内有效",
    "停息挂帐，债務优化，协商分期60期，成功收费，电话13800138000",
]
HONEST = [
    "警方提示：凡是声称“无抵押、无担保、当天放款、先交手续费”的网贷都是诈骗！",
    "国家反诈中心：刷单就是诈骗！骗子常说“日赚三百、先垫后返、轻松兼职”，千万别信。",
    "以案说险：李某轻信“保本高息、年化12%、国企担保”的宣传，投入养老钱50万元，血本无归。",
    "本报讯 记者昨日从市公安局获悉，警方打掉一个以“停息挂账、代理维权”为名的诈骗团伙，涉案金额三千万元。",
    "农商银行惠农贷：凭身份证即可申请，最高30万，随借随还，年化4.35%起，详询当地网点客户经理。",
    "【招商银行】您的信用卡可办理账单分期，12期费率低至0.6%，登录掌上生活办理，退订回T。",
    "中国人民银行征信中心：个人每年可免费查询两次信用报告，网址https://example.org/zx/index",
    "小李，你的zx同学录整理好了，qq群发你了",
    "我从不贷款，也不借钱，请不要再给我打电话",
    "警察不会让您转账到安全账户，挂电话，打110。",
    "银行绝不会打电话问您要验证码。",
    "提醒您的父母：今天免费领鸡蛋，明天养老金空。",
    "信用卡套现要坐牢的，别听那些人瞎说。",
    "某某人寿 惠民保 犹豫期内可全额退保 服务热线 95519",
    "土鸡蛋现货批发 团长招募每单提成2元 微信 nongjia001 电话 19900020071",
    "高价回收旧手机 19900020071",
    "高价回收黄金 19900020071",
]
ELDERS = [
    "我老头子前天接了个电话说是什么公安局的说他身份证在外地被人冒用了要他把银行卡里的钱转到一个安全账户去查一查我不让他转他还跟我吵",
    "那个人天天来我们小区给我们上课送鸡蛋送面条喊我们干妈后来就让我们买他那个床垫一万二一个说能治百病我们好几个都买了现在人找不到了",
    "我孙子说他在网上做那个任务给人家点赞一单五块先是赚了一百多后来让他垫三千做大单钱就提不出来了他还是学生你们帮帮忙",
]


@pytest.mark.parametrize("text", DISGUISED)
def test_disguised_offer_is_found(text: str) -> None:
    assert pack_matcher().match(text).verdict is not Verdict.NONE


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_with_a_swindlers_words_is_left_alone(text: str) -> None:
    assert pack_matcher().match(text).verdict is Verdict.NONE


@pytest.mark.parametrize("text", ELDERS)
def test_an_elders_breathless_story_is_heard(text: str) -> None:
    result = pack_matcher().match(text)
    assert result.verdict is not Verdict.NONE
    assert result.sense in (Sense.VICTIM, Sense.TOLD)


@pytest.mark.parametrize(
    "text",
    [
        "银行乱收我年费，客服不给退，我要投诉",
        "保险公司拒赔，说我没如实告知，该找谁投诉",
        "我信用卡被多扣了利息，银行客服不处理怎么办",
    ],
)
def test_quarrel_with_a_licensed_institution_is_a_dispute_and_no_tip(text: str) -> None:
    result = pack_matcher().match(text)
    assert result.sense is Sense.DISPUTE
    assert result.verdict is Verdict.NONE


def test_letters_of_an_address_are_no_initials() -> None:
    assert "征信" not in normalize("http://www.example.org/zx/list.html 可以查到政策").text
    assert normalize("zx修复").text == "征信修复"


@pytest.mark.parametrize("text", ["➕ V abc_123", "佳微abc_123", "加 微 abc_123", "請加溦：abc_123"])
def test_account_behind_a_disguised_label_is_found_where_it_was_sent(text: str) -> None:
    (found,) = find_indicators(text)
    assert found.canonical == "abc_123"
    assert text[slice(*found.span)] == found.raw
