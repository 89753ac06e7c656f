"""Whoever has no answer, or has said it all, is led on from every question, in every language; nothing is handed in by it."""

from dataclasses import replace

import pytest

from bot.conversation.effects import CallHuman, EraseMe, SubmitTip
from bot.conversation.languages import Language
from bot.conversation.messages import Arrived, OfficerSaid
from bot.conversation.state import State
from tests.bot.conversation.talking import LOAN, Citizen, card
from tests.bot.conversation.transcripts import county

SKIPPING = {
    Language.SIMPLIFIED: ("跳过", "没有", "没了", "不知道", "下一步", "不用"),
    Language.TRADITIONAL: ("跳過", "沒有", "唔知", "下一步", "唔使", "冇喇"),
    Language.ENGLISH: (
        "skip",
        "none",
        "no",
        "don't know",
        "nope",
        "next",
        "nothing",
        "I have none",
        "pass",
        "not sure",
    ),
}
DONE = {
    Language.SIMPLIFIED: ("说完了", "完了", "没话说了", "完毕"),
    Language.TRADITIONAL: ("講完", "完咗", "搞掂", "得喇"),
    Language.ENGLISH: ("that's all", "done", "finished", "no more", "I'm finished", "ready"),
}
PHOTO = ("举报",)
PLACE = (*PHOTO, "+e")
MEDIUM = (*PLACE, "=place.unknown")
WORDS = (*MEDIUM, "=medium.wall")
CONFIRM = (*WORDS, "=done")
TOPIC = ("举报", "=no_photo")
WHAT = (*TOPIC, "=topic.other")
PAID = (*WHAT, "他让我先交三百块钱", "=done", "=place.unknown", "=medium.wall")
EDIT = (*PAID, "=paid.no", "=edit")


def at(language: Language, acts: tuple[str, ...]) -> Citizen:
    """Somebody who did this: pressed what begins with “=”, sent what begins with “+”, said the rest."""
    citizen = Citizen(state=State(language=language, language_is_chosen=True))
    for act in acts:
        if act.startswith("+"):
            citizen.sends(act[1:])
        elif act.startswith("="):
            citizen.presses(act[1:])
        else:
            citizen.says(act)
    return citizen


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    ("acts", "leads_to"),
    [
        (PHOTO, "report.topic"),
        (PLACE, "report.medium"),
        (MEDIUM, "report.words"),
        (WORDS, "report.confirm"),
        (TOPIC, "report.what"),
        (WHAT, "report.what"),
        (PAID, "report.confirm"),
        (("问一问",), "."),
        (("问一问", "有人"), "ask.answered"),
        (("小测验",), "."),
        (("风险提示",), "."),
        (("我的举报",), "."),
        (("注销",), "."),
        (("+e",), "loose."),
    ],
)
def test_whoever_has_no_answer_is_led_on(language: Language, acts: tuple[str, ...], leads_to: str) -> None:
    for said in SKIPPING[language]:
        if acts == ("小测验",) and said == "next":
            continue  # that is a wish to play on
        citizen = at(language, acts)
        citizen.says(said)
        where = f"{citizen.state.dialogue}.{citizen.state.step}"
        assert (where, citizen.state.misses) == (leads_to, 0), said
        assert citizen.effect(SubmitTip) is citizen.effect(EraseMe) is None
        draft = citizen.state.draft
        assert draft is None or said not in (draft.place_text, *draft.words.splitlines())


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    ("acts", "leads_to"),
    [
        (PHOTO, "report.topic"),
        (PLACE, "report.place"),
        (MEDIUM, "report.words"),
        (WORDS, "report.confirm"),
        (WHAT, "report.what"),
        (EDIT, "report.confirm"),
        (("问一问", "有人"), "ask.answered"),
        (("小测验",), "."),
        (("注销",), "."),
    ],
)
def test_whoever_has_said_it_all_is_led_on(language: Language, acts: tuple[str, ...], leads_to: str) -> None:
    for said in DONE[language]:
        citizen = at(language, acts)
        citizen.says(said)
        where = f"{citizen.state.dialogue}.{citizen.state.step}"
        assert (where, citizen.state.misses) == (leads_to, 0), said
        assert citizen.effect(SubmitTip) is citizen.effect(EraseMe) is None


@pytest.mark.parametrize("said", ["不知道", "唔知", "I don't know", "跳过"])
def test_whoever_does_not_know_in_the_quiz_is_told_and_goes_on(said: str) -> None:
    citizen = Citizen()
    citizen.says("小测验")
    citizen.presses("quiz.round")
    answer = citizen.says(said)
    assert "应该是" in answer or "應該是" in answer or "It is" in answer
    assert citizen.state.quiz.position == 1
    assert citizen.state.quiz.right == 0
    assert citizen.effects == []


@pytest.mark.parametrize("acts", [PLACE, MEDIUM, TOPIC, WHAT, ("小测验",), ("风险提示",)])
@pytest.mark.parametrize("said", ["好的", "嗯", "知道了", "ok", "好的好的"])
def test_a_nod_is_no_misunderstanding(acts: tuple[str, ...], said: str) -> None:
    citizen = at(Language.SIMPLIFIED, acts)
    before = (citizen.state.dialogue, citizen.state.step)
    citizen.says(said)
    assert (citizen.state.dialogue, citizen.state.step) == before
    assert citizen.state.misses == 0


@pytest.mark.parametrize(
    ("said", "paid"), [("我没交", "no"), ("没交", "no"), ("交了", "yes"), ("we paid", "yes")]
)
def test_money_said_at_the_read_back_is_put_right(said: str, paid: str) -> None:
    citizen = at(Language.SIMPLIFIED, (*PAID, "=paid.unknown"))
    citizen.says(said)
    assert citizen.state.draft is not None
    assert citizen.state.draft.paid == paid
    assert citizen.state.step == "confirm"
    assert citizen.effect(SubmitTip) is None


@pytest.mark.parametrize("said", ["再来", "下一题", "another"])
def test_whoever_wants_to_play_on_gets_another_question(said: str) -> None:
    citizen = Citizen()
    citizen.says("小测验")
    citizen.presses("quiz.daily")
    citizen.says("不知道")
    citizen.says(said)
    assert citizen.state.step == "round"


def test_hello_in_letters_tells_how_to_have_english() -> None:
    citizen = Citizen()
    citizen.does(Arrived())
    assert "send “English”" in citizen.says("hello")
    assert "send “English”" not in citizen.says("你好")


def test_no_chinese_word_is_quoted_to_somebody_who_wrote_none() -> None:
    finding = replace(
        LOAN, scheme_code="debt_clearing", why=("里面提到“贷款”", "整段话的口气和冒牌贷款中介很像")
    )
    citizen = Citizen.over(county())
    citizen.judge = lambda _: finding
    answer = citizen.says("they lend money without a credit check if I pay the fee first")
    assert "it reads like" in answer
    assert "贷款" not in answer


@pytest.mark.parametrize("said", ["怎么办", "what do I do", "點算"])
def test_whoever_paid_and_asks_what_to_do_hears_it_again(said: str) -> None:
    citizen = Citizen()
    citizen.says("我给他转了五千块钱")
    assert "110" in citizen.says(said)


@pytest.mark.parametrize("said", ["好的", "ok", "知道了"])
def test_a_nod_after_stop_loss_is_no_part_of_the_story(said: str) -> None:
    citizen = Citizen()
    citizen.says("我给他转了五千块钱")
    before = citizen.state.asked
    citizen.says(said)
    assert citizen.state.asked == before


@pytest.mark.parametrize("said", ["好", "就这样", "好了", "行", "完了", "ok", "all right", "done"])
def test_a_nod_is_no_word_of_money_paid(said: str) -> None:
    citizen = at(Language.SIMPLIFIED, PAID)
    assert "110" not in citizen.says(said)
    assert citizen.state.draft is not None
    assert citizen.state.draft.paid != "yes"


@pytest.mark.parametrize("said", ["是", "嗯", "係呀", "yes", "畀咗"])
def test_a_yes_is_one(said: str) -> None:
    citizen = at(Language.SIMPLIFIED, PAID)
    assert "110" in citizen.says(said)


@pytest.mark.parametrize("said", ["就这个", "就呢個", "this one", "hmm", "这里"])
@pytest.mark.parametrize("acts", [PLACE, (*PLACE, "东街菜市场门口")])
def test_what_only_points_is_no_place(acts: tuple[str, ...], said: str) -> None:
    citizen = at(Language.SIMPLIFIED, acts)
    before = citizen.state.draft
    citizen.says(said)
    assert citizen.state.draft == before
    assert citizen.state.step == ("place" if acts == PLACE else "medium")


@pytest.mark.parametrize("said", ["继续", "接着", "continue", "go on"])
def test_whoever_says_go_on_comes_back_to_the_report_that_was_left(said: str) -> None:
    citizen = at(Language.SIMPLIFIED, (*PLACE, "算了", "=keep"))
    citizen.says(said)
    assert (citizen.state.dialogue, citizen.state.step) == ("report", "place")


@pytest.mark.parametrize("said", ["下一个", "继续", "none of them"])
def test_in_big_print_go_on_shows_what_else_there_is(said: str) -> None:
    citizen = Citizen.elder()
    citizen.does(Arrived())
    before = citizen.state.offered
    citizen.says(said)
    assert citizen.state.offered != before


@pytest.mark.parametrize("said", ["唔要喇", "刪咗佢", "不要了", "drop it"])
def test_a_draft_that_nobody_wants_is_given_up(said: str) -> None:
    citizen = at(Language.SIMPLIFIED, (*PLACE, "算了"))
    citizen.says(said)
    assert citizen.state.draft is None


@pytest.mark.parametrize("said", ["3", "三", "5", "第二个"])
def test_a_number_is_an_answer_to_an_officer(said: str) -> None:
    citizen = Citizen()
    citizen.says("9")
    citizen.does(OfficerSaid("您转了几次？"))
    citizen.says(said)
    assert citizen.effect(CallHuman) == CallHuman(said)


@pytest.mark.parametrize("said", ["1", "3", "两"])
def test_a_number_is_an_answer_to_what_was_asked_about_a_tip(said: str) -> None:
    citizen = Citizen(cards=(card(state="need_more", asked="一共几个人？"),))
    for act in ("我的举报", "现在回答", said):
        citizen.says(act)
    assert citizen.state.tips.words == said


@pytest.mark.parametrize("said", ["啱", "啱喇", "冇錯", "没错", "looks right"])
def test_a_yes_at_the_read_back_hands_it_in(said: str) -> None:
    citizen = at(Language.SIMPLIFIED, CONFIRM)
    citizen.says(said)
    assert len(citizen.submitted) == 1


@pytest.mark.parametrize("said", ["冇錯", "没错", "没有错"])
def test_a_yes_made_of_two_noes_is_a_yes(said: str) -> None:
    citizen = at(Language.SIMPLIFIED, PAID)
    citizen.says(said)
    assert citizen.state.draft is not None
    assert citizen.state.draft.paid == "yes"


@pytest.mark.parametrize("said", ["没有了", "冇喇", "nothing more"])
def test_nothing_more_at_the_read_back_changes_nothing(said: str) -> None:
    citizen = at(Language.SIMPLIFIED, CONFIRM)
    citizen.says(said)
    assert citizen.state.step == "confirm"
    assert citizen.submitted == []


@pytest.mark.parametrize("said", ["对", "好", "啱", "yes"])
def test_whoever_wants_to_change_nothing_after_all_reads_it_again(said: str) -> None:
    citizen = at(Language.SIMPLIFIED, EDIT)
    citizen.says(said)
    assert citizen.state.step == "confirm"
    assert citizen.submitted == []


@pytest.mark.parametrize("said", ["学校门口", "小区门口", "街市門口", "银行门口"])
def test_the_gate_of_something_is_a_place(said: str) -> None:
    citizen = Citizen.over(county())
    citizen.says("举报")
    citizen.sends("e")
    citizen.says(said)
    assert citizen.state.draft is not None
    assert citizen.state.draft.place_text == said


@pytest.mark.parametrize("said", ["昨天", "上個禮拜", "last week", "琴日囉"])
def test_a_time_is_no_place(said: str) -> None:
    citizen = at(Language.SIMPLIFIED, PLACE)
    citizen.says(said)
    assert citizen.state.draft is not None
    assert citizen.state.draft.place_text == ""
    assert citizen.state.draft.seen_when != ""
    assert citizen.state.step == "place"


@pytest.mark.parametrize("said", ["是骗子吗", "骗子吗", "是不是骗子", "is it real"])
def test_whoever_asks_once_more_whether_it_is_a_scam_hears_the_finding_again(said: str) -> None:
    citizen = Citizen()
    answer = citizen.says("他们让我办贷款，先交手续费")
    assert "冒牌贷款中介" in answer
    assert "冒牌贷款中介" in citizen.says(said)


@pytest.mark.parametrize("said", ["俺没照片", "我影唔到相", "咱没有照片"])
def test_whoever_has_no_photo_tells_it_in_words(said: str) -> None:
    citizen = at(Language.SIMPLIFIED, PHOTO)
    citizen.says(said)
    assert citizen.state.step == "topic"
