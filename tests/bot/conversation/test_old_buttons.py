"""A button of an earlier question is met kindly: what it meant there is not what is asked now."""

from dataclasses import replace

from bot.conversation.messages import Chose
from bot.conversation.replies import Choice
from tests.bot.conversation.talking import Citizen


def tell(citizen: Citizen, *texts: str) -> None:
    """Says one thing after the other."""
    for text in texts:
        citizen.says(text)


def offered(citizen: Citizen, label: str) -> Chose:
    """Pressing the button with this label that is shown now."""
    choice = next(one for one in citizen.state.offered if one.label == label)
    return Chose(choice.key, choice.mark)


def test_next_of_an_earlier_question_does_not_answer_this_one() -> None:
    citizen = Citizen()
    citizen.sends("evi_1")
    tell(citizen, "举报它", "东街菜市场门口", "墙上")
    next_step = offered(citizen, "没有了，下一步")
    tell(citizen, "没有了，下一步", "改一下", "照片")
    assert any(choice.id == "done" for choice in citizen.state.offered)
    before = citizen.state
    citizen.does(next_step)
    assert "前面的了" in citizen.replies[-1].text
    assert (citizen.state.step, citizen.state.draft) == (before.step, before.draft)


def test_button_of_the_same_question_asked_again_still_works() -> None:
    citizen = Citizen()
    tell(citizen, "文字举报", "楼下有人发传单，说能办无抵押贷款")
    next_step = offered(citizen, "说完了，下一步")
    tell(citizen, "还有电话")
    citizen.does(next_step)
    assert citizen.state.step == "place"


def test_option_with_a_name_too_long_for_a_button_is_found_by_its_key() -> None:
    citizen = Citizen()
    tell(citizen, "风险提示")
    first = citizen.state.offered[0]
    long = Choice("read." + "x" * 99, first.label, first.at)
    citizen.state = citizen.state.but(offered=(replace(long),))
    citizen.does(Chose(long.key, long.mark))
    assert citizen.replies  # unknown to the pack: met kindly, and no fault
    assert len(long.key) <= 30
