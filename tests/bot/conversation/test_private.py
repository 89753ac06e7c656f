"""A picture that looks like the citizen's own card: they are asked, in the middle of anything, and nothing is lost."""

from datetime import UTC, datetime

import pytest

from bot.conversation.effects import DropPictures, KeepPictures, SubmitTip
from bot.conversation.messages import PictureIsPrivate
from tests.bot.conversation.talking import Citizen

ASKED = datetime(2026, 4, 1, 2, 0, 20, tzinfo=UTC)
CARD = PictureIsPrivate(("evi_card",), "identity_card", ASKED)


def reporting() -> Citizen:
    """Somebody who sent two photos and is asked where they were taken."""
    citizen = Citizen()
    citizen.sends("evi_card", "evi_wall")
    assert "哪里看到" in citizen.presses("report")
    return citizen


def dropped(citizen: Citizen) -> bool:
    return citizen.effect(DropPictures) == DropPictures(("evi_card",))


def kept(citizen: Citizen) -> bool:
    return citizen.effect(KeepPictures) == KeepPictures(("evi_card",))


@pytest.mark.parametrize("answer", ["1", "不发", "删掉", "不用了", "别发了", "第一个", "不要发"])
def test_no_drops_the_picture_and_the_report_goes_on(answer: str) -> None:
    citizen = reporting()
    asked = citizen.does(CARD)
    assert "像是身份证" in asked
    assert "1 不发" in asked
    said = citizen.says(answer)
    assert dropped(citizen)
    assert "删掉了" in said
    assert "哪里看到" in said
    assert citizen.state.draft is not None
    assert citizen.state.draft.evidence_ids == ("evi_wall",)


@pytest.mark.parametrize("answer", ["2", "照样发", "发吧", "照发", "第二个"])
def test_yes_keeps_it(answer: str) -> None:
    citizen = reporting()
    citizen.does(CARD)
    assert "照样发给工作人员" in citizen.says(answer)
    assert kept(citizen)
    assert citizen.state.draft is not None
    assert citizen.state.draft.evidence_ids == ("evi_card", "evi_wall")


def test_whoever_answers_the_question_before_goes_on_and_is_asked_again_before_submitting() -> None:
    citizen = reporting()
    citizen.does(CARD)
    assert "哪种地方" in citizen.says("东街菜市场门口")
    citizen.says("墙上")
    assert "我念一遍" in citizen.says("没有了")
    asked = citizen.says("提交")
    assert "像是身份证" in asked
    assert citizen.effect(SubmitTip) is None
    assert "我念一遍" in citizen.says("不发")
    assert dropped(citizen)
    assert "回执号" in citizen.says("提交")
    assert citizen.submitted[0].evidence_ids == ("evi_wall",)


@pytest.mark.parametrize(
    ("words", "answer"),
    [("举报它", "哪里看到"), ("举报", "哪里看到"), ("我要举报", "哪里看到"), ("先问问", "正在看")],
)
def test_an_answer_to_what_was_asked_of_the_photos_before_is_heard_as_that(words: str, answer: str) -> None:
    citizen = Citizen()
    citizen.sends("evi_card", "evi_wall")
    citizen.does(CARD)
    assert answer in citizen.says(words)
    loose = citizen.state.draft.evidence_ids if citizen.state.draft else citizen.state.asked.evidence_ids
    assert loose == ("evi_card", "evi_wall")
    citizen.presses("private.drop")
    assert dropped(citizen)


def test_a_picture_sent_meanwhile_joins_the_report() -> None:
    citizen = reporting()
    citizen.does(CARD)
    citizen.sends("evi_more")
    assert citizen.state.draft is not None
    assert "evi_more" in citizen.state.draft.evidence_ids
    citizen.presses("private.drop")  # the button stays good
    assert dropped(citizen)


def test_after_the_receipt_it_is_asked_all_the_same() -> None:
    citizen = reporting()
    for words in ("东街菜市场门口", "墙上", "没有了", "提交"):
        citizen.says(words)
    assert "像是身份证" in citizen.does(CARD)
    assert "删掉了" in citizen.says("不发")
    assert dropped(citizen)


def test_after_a_day_it_cannot_be_taken_back_here() -> None:
    citizen = reporting()
    for words in ("东街菜市场门口", "墙上", "没有了", "提交"):
        citizen.says(words)
    citizen.does(CARD)
    citizen.at = citizen.at.replace(day=citizen.at.day + 1)
    assert "工作人员可能看过了" in citizen.says("不发")
    assert citizen.effect(DropPictures) is None


def test_several_pictures_are_one_question() -> None:
    citizen = reporting()
    citizen.does(CARD)
    asked = citizen.does(PictureIsPrivate(("evi_wall",), "bank_card", ASKED))
    assert "有 2 张像是证件、银行卡或者人" in asked
    citizen.says("不发")
    assert citizen.effect(DropPictures) == DropPictures(("evi_card", "evi_wall"))


def test_a_button_pressed_twice_drops_nothing_more() -> None:
    citizen = reporting()
    citizen.does(CARD)
    citizen.presses("private.drop")
    assert "前面的" in citizen.presses("private.drop")
    assert citizen.effects == []


@pytest.mark.parametrize("words", ["返回", "算了", "人工", "我已经转钱了", "帮助", "嗯", "举报"])
def test_other_words_neither_send_nor_drop_it(words: str) -> None:
    citizen = reporting()
    citizen.does(CARD)
    citizen.says(words)
    assert citizen.effect(DropPictures) is None
    assert citizen.effect(KeepPictures) is None
    assert citizen.state.private.evidence_ids == ("evi_card",)


def test_it_is_asked_in_one_breath_of_an_elder() -> None:
    citizen = Citizen.elder()
    citizen.sends("evi_card")
    citizen.does(CARD)
    assert len(citizen.replies[-1].text) <= 80
    assert [choice.label for choice in citizen.replies[-1].choices] == ["不发，删掉", "照样发"]
    citizen.says("不发")
    assert dropped(citizen)
