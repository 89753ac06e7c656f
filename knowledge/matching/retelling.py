"""Hearing that somebody tells of an offer which another made: 楼下有人说能修征信，先交八百.

Most tips are such. Nobody is harmed yet and no advertiser speaks, so neither the victim's voice nor the
advertisement's is heard. Who tells is read from a few turns of phrase; whether what they tell of is a scheme, a
linear model of its own says, fitted on tellings of schemes and on everyday hearsay about money.
"""

import re
from typing import Final

_TELLER: Final = re.compile(
    r"(?:有|来了?|是|[一几])(?:个|一个|几个|位|些|一?帮|一?伙)?(?:陌生)?(?:人|电话|女的|男的|小伙|小姑娘|大姐|老师|经理|公司|平台|软件|网友|老板)|"
    r"[^我你您，。！？\n说讲][^，。！？\n]{0,14}?[说讲](?!明|话|法|好|实话|服|座|课)|(?:^|[，。 ])[说讲](?!明|话|法|好|服|座)|"
    r"(?:[老]?[叫让劝拉喊要问教带催借]|动员|推荐|介绍|找|骗|缠着)(?:了|给)?(?:我|我们|咱|我?[爸妈爷奶]|我?老[伴公婆]|我?儿|我?女|老人|大家)|"
    r"接(?:到|了)?(?:一?个)?(?:陌生)?电话|(?:打|来)了?个?电话|听说|据说|自称"
)
"""Somebody else, and that they said, asked, called or canvassed."""
_OWN_CONTACT: Final = re.compile(
    r"(?<![人个他她友事的服])加我|联系我|(?:^|[，。！ ])找我|私我|私信|(?:微信|电话|qq|v)[:：]?\s*[a-z0-9x]{5}|1[3-9][0-9x]{9}|"
    r"欢迎|咨询|退订|详询|有需要|http|www|[您亲]"
)
"""Whoever gives a way to be reached, or speaks to a customer, advertises."""


_NUMBER = r"[0-9一二两三四五六七八九十几半]"
_SUM = rf"{_NUMBER}+[0-9.一二两三四五六七八九十百千万]*(?:块|元|百|千|万|w|k|个点|成|分利)?"
_SIGNS: Final = (
    re.compile(
        r"(?:能|可以|会|给|来|有办法)(?:帮|替|给|把|办|做|全额|解决|搞定|弄|修|洗|删|消|退|贷|恢复|处理|去掉)|帮(?:我|你|人|忙|他|她|大家|我们)|替[我你人]|搞定|包(?:过|退|赚|成|你)|保证|不看征信|黑户|内部(?:渠道|有人|名额)|认识(?:银行|里面|领导|内部)|"
        r"不(?:用|需要|要)(?:我|你|人)?(?:还|出钱|抵押|担保|本钱|上班|管)|可以不还|一分不亏|要不要(?:贷|借|办|刷)|缺不缺钱|没关系|治病|能降|马上(?:领|拿|放|到账)|送我|免费送|费率低|无抵押|(?:啥|什么)都不(?:看|要|查)|不管(?:啥|什么)|都有办法"
    ),
    re.compile(
        rf"先(?:要|得|让我|给他们?|给我)?(?:我)?(?:交|付|给|打|转|充|垫|汇|拿|掏|缴)|(?:先|自己|要我?|让我|叫我)[^，。]{{0,4}}(?:垫|付款|充值)|(?:手续|会|服务|包装|中介|解冻|保证|材料|渠道|代办|咨询|加盟|工本|激活|验证|跑腿|资料)(?:费|金)|押金|定金|本金|投钱|"
        rf"(?:收|要|交|付|给|花|投|存|充|掏|拿|卖|缴|一口价|买|得给|扣)(?:我|他们?|她|人家|您)?(?:个|上|了|出|到)?(?:费)?{_SUM}|给(?:点)?钱就|花(?:点)?钱|交钱|收(?:点|些)?(?:利息|好处费|提成)|一共{_SUM}|(?:钱|款)(?:存|放|转|投)(?:到|过|进)"
    ),
    re.compile(
        rf"(?:一|每|半|两|几)?(?:天|个?月|年|单|张|次|周|星期|小时)(?:之内|底|后)?[^，。]{{0,5}}(?:给|返|挣|赚|拿|领|分|还|涨|翻|得|发){_SUM}?|年息|月息|利息(?:比|高|{_NUMBER})|{_SUM}个半?点|百分之|保底|返(?:钱|现|利|{_SUM})|分(?:一次|[^，。]{{0,2}})?红|翻(?:倍|番|一倍)|涨[^，。]{{0,2}}倍|保本|稳赚|包赚|回本|(?:拿|领|收)回|放着就涨|会涨|涨了|挣钱|抵房款|都返|返给|"
        rf"拉[^，。]{{0,3}}个?人|介绍人|一人一半|跟他分|给(?:我|你|人|他)?{_SUM}|一(?:单|天|张|套|个月){_SUM}|赚了?(?:再)?分|补贴|(?:领|拿)[^，。]{{0,3}}(?:退休金|养老金|{_SUM})|有(?:奖|提成)|到手只|的利|还能(?:挣|赚|分|拿|领|买)|发[^，。]{{0,8}}的?(?:钱|补贴|福利|扶贫款)|分一笔钱"
    ),
    re.compile(
        r"身份证|(?:租|借|收|要|卖|办)[^，。]{0,4}(?:银行卡|手机卡|电话卡|微信号|账户|的卡)|验证码|安全账户|(?:转|打|汇)到|(?:下|装)(?:载|了|他)?[^，。]{0,4}(?:软件|app|平台)|拉我?(?:进|入|们?去)|进群|入(?:股|会|伙)|上会|共享(?:屏幕|桌面)|屏幕共享|签(?:合同|字)|房(?:本|产证|子抵押)|注册公司|办个执照|"
        r"背债|刷(?:单|好评|流水|成现金)|点(?:赞|关注)|垫付|挖矿|炒(?:黄金|币|外汇|股)|买(?:一种|个)?[^，。]{0,4}(?:币|股票)|荐股|认(?:养|领)|按他|照他|跟他操作|别告诉|当(?:什么|法人|股东)|用我的名字|撞一下"
    ),
    re.compile(
        r"涉嫌|洗钱|毒品|(?:贷款|会员|账户|卡|额度|征信|白条)[^，。]{0,4}(?:要|得|没)(?:注销|关闭|解冻|处理)|(?:卡|卡号|账户|征信|社保|包裹|快递)[^，。]{0,3}(?:填错|有问题|异常|丢了|冻结|查出)|开了[^，。]{0,2}(?:会员|保险|直播|业务)"
    ),
    re.compile(
        r"(?:不然|否则|要不|不[^，。]{1,4}就)[^，。]{0,8}(?:征信|扣|抓|起诉|拘留|坐牢|冻结)|自动扣|要?扣(?:我|费|钱|[一二两三四五六七八九]百)|解冻费"
    ),
)
"""What an offer consists of when it is told: a promise, money wanted, money to be had, a hold on the hearer, something
said to be wrong, a threat."""


def is_told(text: str) -> bool:
    """Whether a normalised text tells of what another said or did, and advertises nothing itself."""
    return bool(_TELLER.search(text)) and not _OWN_CONTACT.search(text)


def told_signs(text: str) -> int:
    """How many different parts of an offer are told of."""
    return sum(bool(pattern.search(text)) for pattern in _SIGNS)
