"""Somebody tells of an offer that another made: at least possible, under the right scheme; and hearsay is left alone."""

import pytest

from knowledge.matching import Sense, Verdict, normalize
from knowledge.matching.retelling import is_told
from knowledge.schemes.training import pack_matcher

TOLD = [
    ("credit_repair", "有人打电话来说能帮我修复征信，收三千"),
    ("credit_repair", "楼下有人说能修征信，先交八百"),
    ("loan_broker", "一个女的打电话，说不看征信也能给我贷十万，先交手续费"),
    ("ab_loan", "他说我征信不行，让我找个朋友来担保，贷出来给我用"),
    ("ifr_wealth", "隔壁老王说有个公司存十万一年给一万二的利息，让我也去"),
    ("ifr_elder_care", "有人拉我们去看养老院，说交五万块定个床位，每个月还给返钱"),
    ("elder_products", "社区旁边新开的店，天天发鸡蛋，让我买八千块的床垫，说能治病"),
    ("agent_surrender", "有个电话打来，说我的保险能全额退，要收三成的手续费"),
    ("account_rental", "有人问我要银行卡，说租一个月给五百"),
    ("brush_rebate", "群里有人叫我点赞，说一单五块，后来让我先垫钱"),
    ("fake_police", "一个自称公安局的打来，说我涉嫌洗钱，要我把钱转到安全账户"),
    ("fake_cs", "有人打电话说是抖音客服，说我开了会员要扣八百，叫我按他说的弄"),
    ("stock_tip_illegal", "有个老师拉我进群，说跟着他买股票一个月能翻倍，要交会费六千八"),
    ("fake_invest_app", "网上认识的朋友让我下个软件炒黄金，说一天能挣一千"),
    ("crypto_ponzi", "我表弟叫我买一种币，说放着就涨，拉人还有奖"),
    ("pos_cashout", "店里老板说可以帮我把信用卡里的钱刷出来，收一个点"),
    ("anti_collection", "他说欠的信用卡不用还利息，交钱给他们去跟银行谈"),
    ("debt_carrier", "有人叫我去当什么背债人，说给我二十万，贷款不用我还"),
    ("taolu_loan", "说是无抵押借款，到手只有七千，条子写的一万"),
    ("illegal_lending", "市场里放高利贷的又来了，说一万块一天一百的利息"),
    ("ifr_coop_rosca", "村里合作社的人上门，说存钱给十个点，随时能取"),
    ("ifr_cloud_farm", "有人来推销认养牛，说投两万一年拿回两万六"),
    ("ifr_consume_rebate", "超市说充一万返一万二，分十二个月返，还能买东西"),
    ("ifr_real_estate", "卖商铺的说买了他们帮忙出租，每年给八个点，五年后原价收回"),
    ("national_asset", "群里说国家要发民族资产的钱，让我交五十块办手续"),
    ("name_misuse", "有人说给我一千块，用我的身份证去注册公司"),
]
"""Spoken, short, in the third person: how most citizens report."""
UNSEEN = [
    ("credit_repair", "我堂弟征信有污点，他说花四千找人给抹了"),
    ("credit_repair", "修手机的那个店，说还能顺便帮人修征信，收一千八"),
    ("loan_broker", "天天有人打电话问我贷不贷款，说只要身份证，办成给他一成"),
    ("loan_broker", "路口一个大哥说他能从银行弄出钱来，先交六百资料费"),
    ("ifr_wealth", "我家楼上的退休老师把钱给了一个投资公司，一个月领一千五，让我也放"),
    ("ifr_wealth", "一个小姑娘加了我儿子，说她们公司存钱给一分五的利"),
    ("ifr_elder_care", "来敬老院推销的，说交八万块就是会员，每年给七千红利"),
    ("elder_products", "听课送面条，后来叫我买六千块的治疗仪，说医保局推荐的"),
    ("agent_surrender", "有个男的说我的保险有问题，他给我弄全额退，退了买他的"),
    ("account_rental", "网吧门口有人问要不要赚钱，把银行卡给他用三天，给一千"),
    ("brush_rebate", "我表姐在家做任务，抢单返佣金，让我也垫五百试试"),
    ("fake_police", "电话里说我女儿名下的卡涉嫌洗黑钱，要我转八万去证明清白"),
    ("fake_cs", "有人说我买的东西有质量问题要双倍赔，让我扫个码"),
    ("stock_tip_illegal", "有个人打电话给我推荐股票，说跟着他做，赚的钱分他三成"),
    ("fake_invest_app", "网上一个军官跟我聊天，后来让我在他的平台买黄金"),
    ("crypto_ponzi", "老姐妹拉我买数字货币，说一万块一个月变两万"),
    ("pyramid_finance", "老乡骗我去合肥考察，说交了钱就发展下线，一年当老总"),
    ("pos_cashout", "卖烟的说可以帮人刷信用卡，给现钱，一万扣一百二"),
    ("anti_collection", "有个公司的人讲，欠的网贷他们出面，三年不用还，收我三千六"),
    ("debt_carrier", "有人介绍我去背贷款，说征信好的能拿四十万"),
    ("illegal_lending", "我邻居借了放印子钱的三万，一天要还三百利息"),
    ("ifr_coop_rosca", "大队会计办了个资金互助会，叫大家存，说给一分利"),
    ("ifr_cloud_farm", "有个公司说养鹿，我出三万他们养，一年给我三万八"),
    ("ifr_consume_rebate", "有个商城叫我去买东西，说花多少返多少，一天返一点"),
    ("ifr_real_estate", "卖房的说这个酒店公寓买了不用管，一年给百分之九"),
    ("national_asset", "我老伴天天在群里等着发大钱，交了两百块保证金"),
    ("name_misuse", "一个中年人拿两千块叫我签字当公司老板"),
    ("insurance_fraud", "朋友说把车开水里，保险公司能赔，分他两万"),
    ("unlicensed_payment", "有人叫我用收款码帮他收钱，再转出去，说一天三百"),
    ("taolu_loan", "我借了五千，他让我写一万的条子，说不逾期就不用管"),
]
"""Written after the rules and the model, which were not changed for them."""
HEARSAY = [
    "我堂弟说他房贷逾期一天，银行打电话催了",
    "修手机的店说换屏三百，贴膜免费",
    "我爸在邮局存了三万，柜台说三年利率一点七",
    "来敬老院做义工的说每周来一次，给老人剪头发",
    "有个男的说他是保险公司的，来给我送保单",
    "网吧门口有人发传单，招服务员，一天一百五",
    "表姐在家做手工活，一个月挣两千",
    "女儿打电话说给我买了医保，一年三百八",
    "有人说我的快递破了，让我签收的时候看看",
    "儿子说他买的股票涨停了，请我吃饭",
    "老姐妹拉我去旅游，说一个人八百",
    "老乡带我去工地干活，一天两百五",
    "卖烟的说最近烟涨价了，一条多十块",
    "公司的人讲年底要裁员，赔三个月工资",
    "我邻居跟银行贷了三万装修，三年还清",
    "大队会计通知去领地力补贴，一亩一百二",
    "有个亲戚养鹿，说一年卖鹿茸挣三万",
    "商场的人说买满五百可以停车免费",
    "卖房的说这个小区首付三成，公积金能贷",
    "我老伴天天在群里抢红包，抢了两块",
    "老板叫我签劳动合同，说试用期三个月",
    "朋友说车泡水了，保险公司正在定损",
    "店里让我用收款码收钱，下班对账",
    "我借了同事五千，写了借条，说年底还",
    "社区主任来说有个普惠贷款，让开店的去银行问",
]
"""Everyday talk about others and money; unseen as well."""


@pytest.mark.parametrize(("scheme", "text"), TOLD)
def test_account_of_an_offer_is_at_least_possible_and_its_scheme_is_right(scheme: str, text: str) -> None:
    result = pack_matcher().match(text)
    assert result.verdict is not Verdict.NONE
    assert scheme in [match.code for match in result.schemes[:3]]


def test_two_accounts_in_three_are_understood_in_words_never_seen() -> None:
    results = [(scheme, pack_matcher().match(text)) for scheme, text in UNSEEN]
    assert sum(result.verdict is not Verdict.NONE for _, result in results) >= 20
    assert sum(result.schemes[0].code == scheme for scheme, result in results if result.schemes) >= 27


def test_everyday_hearsay_about_money_is_left_alone() -> None:
    accused = [text for text in HEARSAY if pack_matcher().match(text).verdict is not Verdict.NONE]
    assert len(accused) <= 1


def test_who_tells_of_an_offer_is_no_advertiser() -> None:
    result = pack_matcher().match("楼下有人说能修征信，先交八百")
    assert result.sense is Sense.TOLD
    assert result.verdict is Verdict.POSSIBLE


@pytest.mark.parametrize(
    "text",
    [
        "有人说修复征信要收三千，警方提醒：都是骗局，切勿轻信",
        "我从不贷款，别再给我打电话说能办，我没有需要",
        "群里有人说能贷款，需要的加我微信qianshao_88",
    ],
)
def test_warning_a_refusal_and_an_advertisement_are_no_such_account(text: str) -> None:
    assert pack_matcher().match(text).sense is not Sense.TOLD


def test_who_gives_a_way_to_be_reached_tells_of_nobody_else() -> None:
    assert is_told(normalize("楼下有人说能修征信").text)
    assert not is_told(normalize("楼下有人说能修征信，电话13800138000").text)
