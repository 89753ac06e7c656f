"""Whoever speaks of ending their life is heard, plainly or in hints; whoever only speaks so is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.despair import despair_in_names, says_despair


@pytest.mark.parametrize(
    "said",
    [
        "我不想活了",
        "想死",
        "活着没意思了",
        "钱没了我要跳楼",
        "不如死了算了",
        "我想自杀",
        "没脸活下去了 想喝农药",
        "一了百了",
        "活不下去",
        "跳楼",
        "喝药",
        "我想喝药算了",
        "死了算了",
        "活着没盼头",
        "我去死好了",
        "錢都沒了，我不想活了",
        "活不下去了，我要跳樓",
        "想輕生",
        "I want to kill myself",
        "I don’t want to live any more",
        "I can't go on like this",
        "there is no reason to live",
        "累死了，真的不想活了",
        "想死的心都有了",
        "真想从楼上跳下去",
        "我撑不下去了，对不起孩子",
        "这辈子完了，不如一头撞死",
        "老天爷快收了我吧",
        "我走了以后，请你们照顾我妈",
        "我不想在这个世上了",
        "死了就解脱了",
        "我想一觉睡过去再也不醒",
        "活着还有什么意思",
        "活着没意思",
        "我不想活嘞",
        "俺不想活咧",
        "真不想活啦",
        "莫得活头了",
        "冇活路了，想死算数",
        "唔想做人啦",
        "生不如死",
        "我想结束这一切",
        "我把遗书写好了",
        "买好了百草枯",
        "站在桥上了，不想回头",
        "钱没了，我这条老命也不要了",
        "想吃药走掉",
        "没有活下去的勇气了",
        "人间不值得，我先走了",
        "我要去陪我老伴了，活够了",
        "让我去死吧",
        "我要跳樓",
        "錢沒了，我活著沒意思",
        "想不開，想跳河",
        "I'd be better off dead",
        "I don't see the point of living any more",
        "I'm going to end it tonight",
        "I feel like dying",
        "life is not worth living",
        "I just want to disappear forever, nobody would miss me",
        "I am standing on the bridge and I want to jump",
        "做鬼也不放过他们，我今晚就喝农药",
        "活不起了，一根绳子算了",
        "想死，我好累",
        "想死\n我好累",
        "他们逼得我走投无路了",
        "我妈被骗光了，她不想活了",
        "死咗算啦，冇活路",
        "去年我也想过自杀，现在又想了",
        "unable to sleep, I don’t want to wake up",
    ],
)
def test_despair_is_heard(said: str) -> None:
    assert says_despair(said)


@pytest.mark.parametrize(
    "said",
    [
        "想死你了",
        "跳楼价甩卖",
        "烦死了",
        "笑死我了",
        "我不会自杀的放心",
        "这药死贵",
        "累死",
        "死缠烂打",
        "他对我死缠烂打",
        "急死我了",
        "我天天喝药",
        "听说有人跳楼",
        "笑死我了，這也信",
        "I am dying to know",
        "suicide prevention hotline",
        "my phone is dead",
        "气死我了",
        "吓死我了",
        "热死人了",
        "我想死我孙子了",
        "这家店跳楼价清仓",
        "他们说不买就跳楼价没了",
        "死机了怎么办",
        "死活不肯退钱",
        "他说我不还钱就让我去死",
        "催债的说让我去死",
        "对方骂我怎么不去死",
        "他威胁说要跳楼",
        "骗子说他妈自杀了要我借钱",
        "我不想活动了",
        "不想活得太累，想退休理财",
        "活不了几年了，想买个养老房",
        "我爸去年走了，留下三万块",
        "她想死你了",
        "电视里有人喝农药",
        "邻居上个月被骗跳河了，我来举报这个公司",
        "我天天要吃安眠药，他们卖的药是假的",
        "开车撞死了一条狗",
        "这个平台快死了",
        "没意思，不玩了",
        "活动没意思",
        "别想不开买那个理财",
        "想不开账户",
        "老人想不开户怎么办",
        "手机跳出来一个链接",
        "楼上跳广场舞的拉我投资",
        "上吊牌的那个店",
        "I'm dying to know",
        "my battery died",
        "this deadline is killing me",
        "he threatened to kill me if I don't pay",
        "I would rather die than pay them",
        "they sell sleeping pills",
        "I died laughing",
        "suicide squad movie tickets scam",
        "结束生命周期的产品",
        "遗书是假的，是他们骗人的",
        "想死的人才信这个",
        "死了这条心吧",
        "别跳楼啊",
        "钱都死在里面了",
        "死心了，不要了",
    ],
)
def test_everyday_words_are_no_despair(said: str) -> None:
    assert not says_despair(said)


@given(st.text(max_size=200))
def test_hearing_despair_is_total(text: str) -> None:
    says_despair(text)


@pytest.mark.parametrize(
    "text",
    [
        "我想去死", "只能去死了", "真不想再活下去了", "不想继续活着", "我要割手腕", "我要吃老鼠药", "想自我了断", "农药在我手里",
        "I want to end it", "I can't go on", "I have nothing left to live for", "I no longer want to live", "cut my wrists",
    ],
)  # fmt: skip
def test_plain_words_of_despair_are_heard(text: str) -> None:
    assert says_despair(text)


@pytest.mark.parametrize("text", ["我想死你了", "不想活得太累", "想死心塌地跟着他干", "他们打算死磕到底"])
def test_ways_of_speaking_are_still_no_despair(text: str) -> None:
    assert not says_despair(text)


@pytest.mark.parametrize(
    "name",
    [
        "遗书.docx",
        "我的遗书2",
        "给女儿的遗书.txt",
        "不想活了_1.jpg",
        "suicide-note.pdf",
        "goodbye_letter.doc",
    ],
)
def test_names_of_files_that_cry_are_heard(name: str) -> None:
    assert despair_in_names("IMG_2041.jpg", None, name)


@pytest.mark.parametrize(
    "name", ["IMG_2041.jpg", "遗嘱公证.pdf", "人寿保险.docx", "贷款合同.pdf", "自杀免责条款.pdf"]
)
def test_other_names_of_files_are_not(name: str) -> None:
    assert despair_in_names(name) == ""
