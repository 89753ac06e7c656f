"""A person of 75: 大字版, fragments, “第一个”, “咋弄”, slow, and never rushed."""

from bot.conversation.state import Style
from tests.bot.conversation.talking import RECEIPT, Citizen

A_LONG_AFTERNOON = """
你好 咋弄 更多 还有别的 问一问 有人说能办贷款，先交手续费 好的 我已经转钱了 转了三千 1 手机 还有别的 短视频
更多 是的 我的举报 小测验 1 1 1 2 风险提示 1 接着看 接着看 接着看 人工 我听不清 0 字太小 隐私 电话 算了
删我的资料
先不删 有奖励吗 文字举报 还有别的 2 有人拉我投资 完了 不记得 不知道 不清楚 不对 说的话 是个女的 好了 对
"""


def test_large_print_that_is_still_too_small_is_not_switched_on_again() -> None:
    citizen = Citizen.elder()
    assert "已经是大字了" in citizen.says("字还是太小")
    assert citizen.state.style is Style.BIG


def test_the_first_message_may_be_a_number() -> None:
    assert "您好" in Citizen().says("1")


def test_she_reports_a_leaflet_in_her_own_way() -> None:
    she = Citizen.elder()
    she.says("在吗")
    assert "拍张照发来" in she.says("这个咋弄")
    she.says("第一个")
    assert "点“+”" in she.says("咋弄啊", after=300)
    she.sends("a")
    she.says("在我们", after=40)
    she.says("小区", after=40)
    assert "大门口" in she.says("大门口", after=60)
    she.says("咋弄", after=200)
    assert she.state.step == "medium"
    she.says("第二个", after=600)
    she.says("有个小伙子")
    she.says("发的")
    she.says("说不看征信", after=900)
    answer = she.says("没了")
    assert "对吗" in answer
    assert RECEIPT in she.says("对头")
    draft = she.submitted[0]
    assert draft.words == "有个小伙子\n发的\n说不看征信"
    assert draft.place_text == "在我们小区大门口"
    assert draft.medium == "flyer"


def test_she_never_reads_more_than_eighty_characters_and_three_options() -> None:
    she = Citizen.elder()
    for said in A_LONG_AFTERNOON.split():
        she.says(said)
        for reply in she.replies:
            assert len(reply.text) <= 80, reply.text
            assert len(reply.choices) <= 3


def test_a_long_warning_is_read_page_by_page_with_a_single_step_on() -> None:
    she = Citizen.elder()
    she.says("风险提示")
    text = she.says("第一个")
    pages = 1
    while [choice.id for choice in she.replies[-1].choices] == ["more"]:
        text += she.says("接着看")
        pages += 1
    assert pages >= 3
    assert "看别的" in text.splitlines()[-4]
    assert "1 问一问" not in text


def test_further_options_are_known_by_their_words_before_they_are_shown() -> None:
    she = Citizen.elder()
    she.says("你好")
    she.says("防骗小测验")
    assert she.state.dialogue == "quiz"


def test_numbers_mean_what_was_shown_last() -> None:
    she = Citizen.elder()
    she.says("你好")
    assert "还有这几个" in she.says("3")
    she.says("1")
    assert she.state.dialogue == "tips"


def test_slow_typing_never_costs_a_draft() -> None:
    she = Citizen.elder()
    she.says("举报")
    she.sends("a")
    she.says("城南菜场", after=5 * 86_400)
    she.says("1", after=5 * 86_400)
    she.says("没了", after=5 * 86_400)
    assert RECEIPT in she.says("好")
