"""Money that is gone and despair, told from what only sounds like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.alarms import says_called, says_not_paid, says_paid


@pytest.mark.parametrize(
    "said",
    [
        "我已经转钱了",
        "我已经付了",
        "钱都转过去了",
        "我妈交了5万",
        "我妈已经转了三万块给他们",
        "老伴投了八千块进去",
        "昨天打了两万过去",
        "我付了",
        "转了",
        "我被骗了",
        "被骗走了养老钱",
        "我老伴上当了，怎么办",
        "不小心把验证码告诉他了",
        "他要验证码我就给他了",
        "他要我把验证码给他，我给他了",
        "我填了卡号和验证码",
        "还填了验证码",
        "收了我三千块",
        "中介拿走了我妈五百块",
        "卡号密码都输了",
        "我轉錢了",
        "已经交了定金",
        "我给他转了2000",
        "交钱了现在联系不上人",
        "钱被他们卷走了",
        "我转脱了",
        "我轉咗三萬",
        "钱都交哒",
        "骗子还我养老钱",
        "他们骗我的钱",
        "打了三万过去了",
        "我過咗五萬蚊俾佢",
        "我俾咗錢佢喇",
        "我老公俾人呃咗",
        "我媽俾咗驗證碼佢",
        "我入咗數",
    ],
)
def test_money_gone_is_heard(said: str) -> None:
    assert says_paid(said)


@pytest.mark.parametrize(
    "said",
    [
        "他让我先交钱",
        "点进去要填卡号",
        "对方要我把验证码报给他",
        "他让我把验证码告诉他",
        "她要我念验证码给她听",
        "能不能把验证码给他",
        "他要我把验证码给他，我没给他",
        "没输过密码",
        "没收了我的钱就好",
        "收我三千才给办",
        "银行收了我二十块年费",
        "他们要我填进验证码",
        "还没交钱",
        "我没转",
        "差点被骗",
        "准备转钱了",
        "我怕被骗了",
        "只要交了500就能办",
        "交了定金就能返利",
        "今天要我交5万",
        "今天开会说投5万返1万",
        "我已经打了110",
        "我打了电话",
        "要不要转钱",
        "放款前要先交手续费",
        "他们打了广告",
        "鼓楼菜场门口",
        "打了三次电话过去",
        "打三万就能返五万",
        "佢叫我俾錢",
        "我未俾錢",
        "我冇俾人呃",
        "如果俾咗錢會點",
        "佢話俾咗錢就得",
        "過咗三日先覆我",
        "",
    ],
)
def test_what_only_sounds_like_it_is_not(said: str) -> None:
    assert not says_paid(said)


@pytest.mark.parametrize(
    "said",
    [
        "I have already sent them 5000 yuan",
        "I sent them the money",
        "my mother transferred 20,000 to him",
        "I was scammed",
        "I paid",
        "I gave him the code",
        "the money is gone",
        "I lost 5000",
        "my mother lost all her savings",
        "我已經轉錢了",
    ],
)
def test_money_gone_is_heard_in_english_and_in_traditional_characters(said: str) -> None:
    assert says_paid(said)


@pytest.mark.parametrize(
    "said",
    [
        "he wants me to pay 5000 first",
        "should I pay?",
        "I haven't paid",
        "they asked me to pay a fee before they lend",
        "I am about to pay",
        "If I paid them",
        "I lost my receipt",
        "I lost my password",
        "I almost paid",
        "someone says he can repair my credit",
        "我還沒轉錢",
    ],
)
def test_a_demand_or_a_fear_is_none_in_english_either(said: str) -> None:
    assert not says_paid(said)


@pytest.mark.parametrize("said", ["没交钱", "还没转", "没花钱", "没给他钱", "没掏一分", "还没有给他们转"])
def test_not_paid_is_heard(said: str) -> None:
    assert says_not_paid(said)


@pytest.mark.parametrize("said", ["報咗警喇", "报了警", "I called the police"])
def test_a_call_to_the_police_is_heard(said: str) -> None:
    assert says_called(said)


@given(st.text(max_size=200))
def test_alarms_are_total(text: str) -> None:
    says_paid(text)
    says_not_paid(text)
