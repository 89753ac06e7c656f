"""问一问: findings for texts and pictures, disputes, and one tap to a tip."""

from dataclasses import replace

import pytest

from bot.conversation.effects import JudgePictures, JudgeText, SubmitTip
from bot.conversation.messages import Finding, Judged
from bot.conversation.state import Asked, Draft, State, Style
from tests.bot.conversation.talking import LOAN, RECEIPT, Citizen

PICTURE = replace(LOAN, evidence_ids=("a",), text_seen="凭身份证放款")


def test_a_text_gets_what_it_looks_like_why_and_what_to_do() -> None:
    citizen = Citizen()
    citizen.says("问一问")
    answer = citizen.says("有人说能办贷款，先交手续费")
    for piece in ("疑似“冒牌贷款中介”", "放款之前先要您交钱", "先别转钱", "96110", "1 举报它"):
        assert piece in answer


def test_a_text_out_of_nowhere_is_judged_without_ado() -> None:
    citizen = Citizen()
    assert "疑似" in citizen.says("有人说能办贷款，先交手续费")
    assert citizen.effect(JudgeText) == JudgeText("有人说能办贷款，先交手续费")


def test_three_short_messages_are_judged_together() -> None:
    citizen = Citizen()
    citizen.says("有人打电话来")
    citizen.says("说能办贷款")
    assert "还是像" in citizen.says("要先交手续费")
    assert citizen.effect(JudgeText) == JudgeText("有人打电话来\n说能办贷款\n要先交手续费")


@pytest.mark.parametrize("opening", [[], ["问一问"]])
def test_a_word_or_two_is_waited_upon(opening: list[str]) -> None:
    citizen = Citizen()
    for said in opening:
        citizen.says(said)
    assert "您接着说" in citizen.says("有人")
    assert "您接着说" in citizen.says("叫我")
    assert "疑似" in citizen.says("办贷款")
    assert citizen.effect(JudgeText) == JudgeText("有人\n叫我\n办贷款")


def test_a_voice_message_stays_with_the_words_that_explain_it() -> None:
    citizen = Citizen()
    citizen.says("问一问")
    citizen.sends("v", kind="voice")
    citizen.says("说能办贷款，先交手续费")
    citizen.says("举报它")
    assert citizen.state.draft is not None
    assert citizen.state.draft.evidence_ids == ("v",)


def test_another_matter_an_hour_later_stands_alone() -> None:
    citizen = Citizen()
    citizen.says("有人打电话来说能办贷款")
    citizen.says("买保健品送鸡蛋", after=3600)
    assert citizen.effect(JudgeText) == JudgeText("买保健品送鸡蛋")


def test_nothing_found_is_not_called_safe() -> None:
    citizen = Citizen()
    answer = citizen.says("楼下新开了一家早餐店")
    assert "不等于没问题" in answer
    assert "还是想举报" in answer


def test_a_bare_question_does_not_undo_a_finding() -> None:
    citizen = Citizen()
    citizen.says("有人说能办贷款，先交手续费")
    citizen.says("这是不是骗人的")
    assert citizen.effect(JudgeText) is None
    answer = citizen.says("他人挺好的")
    assert "还是像“冒牌贷款中介”" in answer


def test_one_tap_makes_it_a_tip_with_text_and_photos() -> None:
    citizen = Citizen()
    citizen.sends("a")
    citizen.says("2")
    assert citizen.effect(JudgePictures) == JudgePictures(("a",))
    citizen.does(Judged(PICTURE))
    citizen.says("昨天群里发的，要先交手续费")
    assert "在哪里看到的" in citizen.presses("tip")
    draft = citizen.state.draft
    assert draft == Draft(
        kind="photo",
        evidence_ids=("a",),
        words="昨天群里发的，要先交手续费",
        seen_when="昨天",
        scheme_hint="loan_broker",
        asked_first=True,
    )
    assert citizen.state.asked == Asked()
    citizen.says("微信群里看到的")
    assert "我念一遍" in citizen.replies[-1].text
    assert RECEIPT in citizen.says("对")


def test_a_tip_from_text_alone_asks_only_what_is_missing() -> None:
    citizen = Citizen()
    citizen.says("有人说能办贷款，先交手续费")
    asked = [citizen.says("举报它"), citizen.says("城南菜场"), citizen.says("传单"), citizen.says("没有")]
    for answer, piece in zip(asked, ("在哪里", "哪种地方", "交过钱吗", "我念一遍"), strict=True):
        assert piece in answer
    citizen.says("提交")
    assert isinstance(citizen.effect(SubmitTip), SubmitTip)
    assert citizen.submitted[0].kind == "words"


def test_a_dispute_with_an_institution_is_shown_its_way_and_no_tip_is_pressed() -> None:
    citizen = Citizen()
    answer = citizen.says("保险公司不给退保，多扣了我的钱")
    assert answer.index("客服") < answer.index("12378")
    assert "举报它" not in answer
    assert all(choice.id not in ("tip", "report") for choice in citizen.replies[-1].choices)


def test_a_picture_finding_comes_later_and_answers_in_full_when_it_is_awaited() -> None:
    citizen = Citizen()
    citizen.says("问一问")
    assert "正在看" in citizen.sends("a")
    assert "还在看" in citizen.says("是骗子吗")
    answer = citizen.does(Judged(PICTURE), after=90)
    assert "疑似“冒牌贷款中介”" in answer
    assert "1 举报它" in answer


def test_a_picture_finding_in_the_middle_of_something_else_disturbs_nothing() -> None:
    citizen = Citizen()
    citizen.says("问一问")
    citizen.sends("a")
    citizen.says("小测验")
    citizen.says("连答五题")
    before = citizen.state
    answer = citizen.does(Judged(PICTURE), after=60)
    assert "疑似" in answer
    assert citizen.state.offered == before.offered
    assert (citizen.state.dialogue, citizen.state.step, citizen.state.quiz) == (
        before.dialogue,
        before.step,
        before.quiz,
    )
    assert "第 2 题" in citizen.says("1") + citizen.says("1")
    again = citizen.says("问一问")
    assert "您上次问的" in again
    assert "1 举报它" in again
    assert "您说吧" in citizen.presses("again")


def test_pictures_of_a_submitted_tip_are_mentioned_only_if_they_show_something() -> None:
    citizen = Citizen()
    assert "已经写进线索" in citizen.does(Judged(PICTURE))
    assert citizen.does(Judged(Finding(evidence_ids=("a",)))) == ""


def test_pictures_being_reported_give_the_draft_its_hint() -> None:
    citizen = Citizen()
    citizen.sends("a")
    citizen.says("问一问")
    citizen.says("举报它")
    answer = citizen.does(Judged(PICTURE))
    assert "疑似" in answer
    assert "交的照片" not in answer
    assert citizen.state.draft is not None
    assert citizen.state.draft.scheme_hint == "loan_broker"
    assert citizen.state.step == "place"


def test_a_voice_message_is_not_pretended_to_be_understood() -> None:
    citizen = Citizen()
    citizen.says("问一问")
    answer = citizen.sends("v", kind="voice")
    assert "打几个字" in answer
    assert citizen.effect(JudgePictures) is None


@pytest.mark.parametrize("answer", ["好的", "知道了", "明白了", "嗯"])
def test_taking_advice_in_starts_no_report(answer: str) -> None:
    citizen = Citizen()
    citizen.says("有人说能办贷款，先交手续费")
    assert "接下来您想" in citizen.says(answer)
    assert citizen.state.dialogue == "ask"


@pytest.mark.parametrize(
    ("said", "dialogue"),
    [
        ("1", "report"),
        ("举报", "report"),
        ("举报它", "report"),
        ("2", "ask"),
        ("帮我看看是不是骗人的", "ask"),
        ("问一问", "ask"),
    ],
)
def test_a_photo_out_of_the_blue_is_reported_or_asked_about(said: str, dialogue: str) -> None:
    citizen = Citizen()
    answer = citizen.sends("a")
    assert "举报它" in answer
    assert "问一问" in answer
    citizen.says(said)
    assert citizen.state.dialogue == dialogue
    kept = citizen.state.draft.evidence_ids if citizen.state.draft else citizen.state.asked.evidence_ids
    assert kept == ("a",)


def test_an_album_and_its_caption_out_of_the_blue_stay_together() -> None:
    citizen = Citizen()
    citizen.sends("a")
    citizen.sends("b")
    assert "2 张" in citizen.says("光明小区楼道里贴的")
    citizen.says("举报它")
    assert citizen.state.draft is not None
    assert citizen.state.draft.evidence_ids == ("a", "b")
    assert citizen.state.draft.words == "光明小区楼道里贴的"


def test_a_photo_with_an_unfinished_report_can_join_it() -> None:
    citizen = Citizen()
    citizen.says("举报")
    citizen.sends("a")
    citizen.says("菜单")
    assert "加到没报完的那条里" in citizen.sends("b")
    citizen.says("1")
    assert citizen.state.draft is not None
    assert citizen.state.draft.evidence_ids == ("a", "b")
    assert citizen.state.step == "place"


def test_a_word_for_reading_on_is_no_part_of_the_question() -> None:
    citizen = Citizen.elder()
    citizen.says("有人说能办贷款，先交手续费")
    citizen.says("接着看")
    assert citizen.state.asked.text == "有人说能办贷款，先交手续费"


@pytest.mark.parametrize("said", ["看看", "像哪种骗局", "是什么骗局", "2"])
def test_after_stop_loss_looking_is_asked_for_in_many_ways(said: str) -> None:
    citizen = Citizen()
    citizen.says("办贷款交了手续费，我已经转钱了")
    citizen.says(said)
    assert citizen.effect(JudgeText) is not None


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("opening", ["问一问", "在吗"])
def test_pieces_of_one_matter_get_one_full_answer_that_nothing_before_it_contradicts(
    style: Style, opening: str
) -> None:
    citizen = Citizen(state=State(style=style))
    citizen.says(opening)
    heard = [citizen.says(piece, after=4) for piece in ("有人", "叫我", "转钱", "说能办贷款", "先交手续费")]
    told = [answer for answer in heard if "先别转钱；" in answer or "\n· 先别转钱" in answer]
    assert len(told) == 1
    assert not [answer for answer in heard if "没看出" in answer]
    assert citizen.state.asked.text == "有人\n叫我\n转钱\n说能办贷款\n先交手续费"


@pytest.mark.parametrize("all_said", ["1", "说完了", "怎么办", "没了", "靠谱吗"])
def test_whoever_has_no_more_to_say_is_answered(all_said: str) -> None:
    citizen = Citizen()
    citizen.says("问一问")
    for piece in ("有人", "在楼下", "卖菜"):
        assert "您接着说" in citizen.says(piece, after=90)
    assert "不等于没问题" in citizen.says(all_said)
    assert "不等于没问题" not in citizen.says("好的")


def test_what_is_added_to_nothing_found_is_read_together_with_it() -> None:
    citizen = Citizen()
    assert "不等于没问题" in citizen.says("我在小区里碰到一个小伙子发传单")
    assert "连着前面一起看，还是没看出" in citizen.says("人挺热情的", after=60)
    answer = citizen.says("说能办贷款", after=300)
    assert answer.startswith("连着您前面说的一起看")
    assert "疑似" in answer


def test_a_surer_finding_on_the_same_scheme_is_said_in_one_sentence() -> None:
    citizen = Citizen()
    weak = replace(LOAN, verdict="possible")
    citizen.judge = lambda text: LOAN if "三百" in text else weak
    assert "先别转钱" in citizen.says("有人跟我说能办贷款不看征信")
    answer = citizen.says("要先交三百")
    assert answer.startswith("加上这句，更像")
    assert "因为" not in answer


def test_after_an_answer_what_shall_i_do_is_answered_with_what_to_do() -> None:
    citizen = Citizen()
    citizen.says("有人跟我说能办贷款，先交手续费")
    assert "先别转钱" in citizen.says("怎么办")


def test_of_words_cut_off_at_the_edge_is_told_kindly_and_once() -> None:
    citizen = Citizen()
    citizen.sends("a")
    citizen.presses("ask")
    cut = replace(PICTURE, cut_off=True)
    assert "照片边上的字没拍全" in citizen.does(Judged(cut))
    assert citizen.replies[-1].choices  # the answer itself stands last
    citizen.says("再看一张")
    citizen.sends("b")
    assert "没拍全" not in citizen.does(Judged(replace(cut, evidence_ids=("b",))))


def test_of_words_cut_off_in_a_report_is_told_before_it_is_handed_in() -> None:
    nothing = Finding(evidence_ids=("a",), cut_off=True)
    citizen = Citizen()
    citizen.sends("a")
    citizen.presses("report")
    assert "没拍全" in citizen.does(Judged(nothing))
    late = Citizen()
    late.sends("a")
    late.presses("report")
    for words in ("东街菜市场门口", "墙上", "没有了", "提交"):
        late.says(words)
    assert "没拍全" not in late.does(Judged(nothing))


@pytest.mark.parametrize(
    ("first", "doubt", "anew"),
    [(("问一问",), "是不是骗局", "问一问"), (("English", "ask"), "is it a scam", "ask")],
)
def test_a_doubt_about_what_was_answered_hears_the_answer_again_and_a_mere_ask_begins_anew(
    first: tuple[str, ...], doubt: str, anew: str
) -> None:
    citizen = Citizen()
    for words in first:
        opened = citizen.says(words)
    answered = citizen.says("楼下有人说能修征信，先交八百")
    assert citizen.says(doubt).splitlines()[0] == answered.splitlines()[0]
    assert citizen.says(anew).splitlines()[0] == opened.splitlines()[0]


CARE_HOME = replace(LOAN, verdict="possible", scheme_code="care_home_beds", scheme_name="养老床位集资")


def judge_two(text: str) -> Finding:
    """The matcher's part where two schemes are told of: the first line that names one decides."""
    for line in text.split("\n"):
        if "贷款" in line or "loan" in line:
            return LOAN
        if "养老院" in line or "care home" in line:
            return CARE_HOME
    return Finding()


def asking(*said: str) -> Citizen:
    citizen = Citizen()
    citizen.judge = judge_two
    for words in said:
        citizen.says(words)
    return citizen


@pytest.mark.parametrize(
    "second",
    [
        "养老院预存卡打八折是不是骗人的",
        "另外问一下，养老院预存卡能买吗",
        "再问一个，养老院送鸡蛋",
        "还有一件事，养老院让预存钱",
        "群里有人说养老院预存打八折",
    ],
)
def test_a_second_question_of_something_else_is_no_continuation_of_the_first(second: str) -> None:
    citizen = asking("有人说能办贷款，先交手续费")
    answer = citizen.says(second, after=60)
    assert "养老床位集资" in answer
    assert "连着" not in answer
    assert citizen.state.asked.text == second
    citizen.says("举报它")
    assert citizen.state.draft is not None
    assert citizen.state.draft.words == second


@pytest.mark.parametrize(
    "more", ["要先交手续费", "他还说包成功", "没有合同要紧吗", "利息这么高正常吗", "还有个人跟他一起"]
)
def test_what_only_goes_on_still_belongs_to_what_was_asked(more: str) -> None:
    citizen = asking("有人说能办贷款，放款快")
    assert "还是像" in citizen.says(more, after=300)
    assert citizen.state.asked.text == f"有人说能办贷款，放款快\n{more}"


@pytest.mark.parametrize("language", ["简体", "English"])
def test_a_question_that_looks_like_nothing_is_answered_for_both_that_it_may_be_of(language: str) -> None:
    first, second = {
        "简体": ("有人说能办贷款，先交手续费", "我儿子想报个公务员班靠谱吗"),
        "English": ("a man offers a loan, fee first", "is it safe to buy eggs from the group?"),
    }[language]
    citizen = asking(language, first)
    answer = citizen.says(second)
    assert (
        ("单看这一句" in answer or "光看这一句" in answer)
        if language == "简体"
        else "In this alone" in answer
    )
    assert "前面那件" in answer if language == "简体" else "told me before" in answer
    assert citizen.state.step == "answered"


def test_two_questions_of_nothing_known_are_not_read_together() -> None:
    citizen = asking("楼下新开的早餐店预存卡能办吗")
    answer = citizen.says("我儿子想报个公务员班靠谱吗")
    assert "连着前面" not in answer
    assert citizen.state.asked.text == "我儿子想报个公务员班靠谱吗"


def test_a_single_character_is_a_piece_of_what_is_being_told() -> None:
    citizen = asking("问一问", "有人卖保健")
    assert "没太听明白" not in citizen.says("品", after=60)
    assert "没听明白" not in citizen.says("买")
    assert citizen.state.asked.text == "有人卖保健\n品\n买"


@pytest.mark.parametrize("said", ["不知道", "说不清"])
def test_who_has_no_more_to_say_after_an_answer_is_not_judged_by_it(said: str) -> None:
    citizen = asking("有人说能办贷款，先交手续费")
    assert "好嘞" in citizen.says(said)
    assert citizen.effect(JudgeText) is None


@pytest.mark.parametrize("said", ["看好了没有啊", "看出来没"])
def test_whoever_waits_for_a_photo_may_ask_how_it_goes(said: str) -> None:
    citizen = asking("问一问")
    citizen.sends("a")
    assert "还在看" in citizen.says(said)


def test_a_question_after_nothing_found_is_answered_as_one() -> None:
    citizen = asking("有人打电话说我中奖了要来领")
    answer = citizen.says("我儿子想报个公务员班靠谱吗")
    assert "连着前面" not in answer
    assert "不等于没问题" in answer


def test_an_answer_is_not_taken_back_when_a_few_words_are_added() -> None:
    citizen = Citizen()
    citizen.judge = lambda text: replace(LOAN, verdict="possible", why=("里面提到“贷款”",))
    assert "有点像" in citizen.says("有人跟我说能办贷款不用审核")
    assert "看不出来" not in citizen.says("包成功")
