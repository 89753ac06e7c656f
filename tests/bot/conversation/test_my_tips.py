"""我的举报: found by person or receipt, an officer's question answered, notices that arrive by themselves."""

from datetime import date

import pytest

from bot.conversation.effects import AnswerNeedMore, LookUpTips
from bot.conversation.languages import Language
from bot.conversation.messages import TipCard, TipMoved
from bot.conversation.state import State
from tests.bot.conversation.talking import RECEIPT, Citizen, but_for_the_last_words, card

OTHER = "QS-2222-3333-J"
ASKED = card(state="need_more", asked="传单上的公司叫什么？")


def test_one_tip_is_shown_at_once() -> None:
    citizen = Citizen(cards=(card(state="recognised"),))
    answer = citizen.says("我的举报")
    assert citizen.effects == [LookUpTips()]
    for piece in (RECEIPT, "3月30日", "已核实属实", "结果：主管部门已核实并认定"):
        assert piece in answer


def test_the_reward_is_told_as_it_stands() -> None:
    until = date(2026, 5, 8)
    citizen = Citizen(cards=(card(state="recognised", reward="notified", claim_until=until),))
    answer = citizen.says("查进度")
    assert "奖励：奖励已批准。请在 5 月 8 日前凭回执号" in answer
    assert "不会在聊天里要您的银行卡号" in answer


def test_the_notice_of_a_reward_says_how_many_days_there_are() -> None:
    for language, told in (
        (Language.SIMPLIFIED, "请在收到本消息后 30 个工作日内"),
        (Language.TRADITIONAL, "請在收到本消息後 30 個工作日內"),
        (Language.ENGLISH, "within 30 working days of this message"),
    ):
        citizen = Citizen(state=State(language=language))
        news = card(state="recognised", reward="approved", claim_days=30, counted="working")
        assert told in citizen.does(TipMoved(news))


def test_several_tips_are_chosen_from() -> None:
    citizen = Citizen(cards=(ASKED, card(OTHER)))
    answer = citizen.says("我的举报")
    assert "有问题问您" in answer
    assert OTHER in citizen.says("第二个")
    assert "最近有这 2 条" in citizen.says("看别的")
    assert RECEIPT in citizen.says("1")


def test_nothing_yet_leads_to_the_receipt_and_to_reporting() -> None:
    citizen = Citizen()
    assert "回执号" in citizen.says("我的举报")
    assert "没有回执号" in citizen.says("我忘了")
    assert "没查到" in citizen.says(RECEIPT)
    assert citizen.effects == [LookUpTips(receipt=RECEIPT)]
    assert "拍张照片" in citizen.says("1")


@pytest.mark.parametrize(
    "spelling", [RECEIPT, "qs7kqfm2xax", "回执 QS 7KQF M2XA X", "ＱＳ－７ＫＱＦ－Ｍ２ＸＡ－Ｘ"]
)
def test_a_receipt_is_known_wherever_and_however_it_is_typed(spelling: str) -> None:
    citizen = Citizen(cards=(card(),))
    assert "已收到" in citizen.says(spelling)
    assert citizen.effects == [LookUpTips(receipt=RECEIPT)]


def test_a_mistyped_receipt_is_not_looked_up() -> None:
    citizen = Citizen()
    citizen.says("我的举报")
    citizen.says("QS-7KQF-M2XA-Z")
    assert citizen.effect(LookUpTips) is None


def test_an_officers_question_is_answered_in_several_messages_and_a_photo() -> None:
    citizen = Citizen(cards=(ASKED,))
    assert "传单上的公司叫什么？" in citizen.says("我的举报")
    assert "您打字说" in citizen.says("1")
    citizen.says("好像叫")
    citizen.says("某某咨询公司")
    assert "记下了" in citizen.sends("e")
    assert "交给工作人员了" in citizen.says("说完了")
    assert citizen.effects == [AnswerNeedMore(RECEIPT, "好像叫\n某某咨询公司", ("e",))]


def test_an_empty_answer_is_not_sent() -> None:
    citizen = Citizen(cards=(ASKED,))
    citizen.says("我的举报")
    citizen.says("现在回答")
    citizen.says("说完了")
    assert citizen.effect(AnswerNeedMore) is None


def test_a_notice_with_a_question_can_be_answered_straight_away() -> None:
    citizen = Citizen()
    assert "新消息" in citizen.does(TipMoved(ASKED))
    assert "记下了" in citizen.says("叫某某咨询")
    citizen.says("1")
    assert citizen.effects == [AnswerNeedMore(RECEIPT, "叫某某咨询", ())]


def test_what_an_officer_wrote_and_where_the_tip_went_are_in_the_notice() -> None:
    told = Citizen().does(TipMoved(TipCard(RECEIPT, "routed", date(2026, 1, 2)), "照片很清楚", "县金融办"))
    assert "工作人员说：照片很清楚" in told
    assert "转给了：县金融办" in told


def test_a_notice_in_the_middle_of_a_report_disturbs_nothing() -> None:
    citizen = Citizen()
    citizen.says("举报")
    citizen.sends("a")
    before = citizen.state
    answer = citizen.does(TipMoved(ASKED))
    assert "发“我的举报”就能回答" in answer
    assert but_for_the_last_words(citizen.state) == but_for_the_last_words(before)


def test_back_from_an_answer_is_the_tip() -> None:
    citizen = Citizen(cards=(ASKED, TipCard(OTHER, "closed", date(2026, 1, 2))))
    citizen.says("我的举报")
    citizen.says("1")
    citizen.says("现在回答")
    assert "需要您补充" in citizen.says("0")
    assert "最近有这 2 条" in citizen.says("0")
    assert "您想做什么" in citizen.says("0")
