"""The quiz and the warnings."""

from datetime import UTC, date, datetime

import pytest

from bot.conversation.book import Book
from bot.conversation.effects import RecordQuizAnswer
from bot.conversation.state import State
from knowledge.quizzes.questions import Question, daily_question
from tests.bot.conversation.book import county_book
from tests.bot.conversation.talking import Citizen


def asked(citizen: Citizen) -> Question:
    code = (
        citizen.state.quiz.daily_code
        if citizen.state.step == "daily"
        else citizen.state.quiz.codes[citizen.state.quiz.position]
    )
    return next(question for question in citizen.engine.book.questions if question.code == code)


def test_the_daily_question_is_that_of_the_day_in_china() -> None:
    citizen = Citizen(at=datetime(2026, 4, 1, 17, 0, tzinfo=UTC))  # 1 a.m. on the 2nd in China
    citizen.says("小测验")
    answer = citizen.says("今天这一题")
    question = daily_question(county_book().questions, date(2026, 4, 2))
    assert question.question in answer
    assert question.right_option in answer


@pytest.mark.parametrize("how", ["number", "letter", "words"])
def test_a_right_answer_is_recorded_and_explained(how: str) -> None:
    citizen = Citizen()
    citizen.says("每日一题")
    citizen.says("1")
    question = asked(citizen)
    said = {
        "number": str(question.answer + 1),
        "letter": "ABC"[question.answer],
        "words": question.right_option,
    }[how]
    answer = citizen.says(said)
    assert citizen.effects == [RecordQuizAnswer(question.code, question.answer, True)]
    assert question.explanation in answer
    assert "今天这一题" not in citizen.says("小测验")


def test_a_wrong_answer_names_the_right_one() -> None:
    citizen = Citizen()
    citizen.says("小测验")
    citizen.says("1")
    question = asked(citizen)
    wrong = (question.answer + 1) % 3
    answer = citizen.says(str(wrong + 1))
    assert citizen.effects == [RecordQuizAnswer(question.code, wrong, False)]
    assert question.right_option in answer


def play(citizen: Citizen, *, right: bool) -> str:
    question = asked(citizen)
    return citizen.says(str((question.answer if right else (question.answer + 1) % 3) + 1))


def test_a_round_has_five_questions_and_ends_with_the_count() -> None:
    citizen = Citizen()
    citizen.says("答题")
    citizen.says("连答五题")
    codes = citizen.state.quiz.codes
    for place in range(4):
        play(citizen, right=place % 2 == 0)
        citizen.says("下一题")
    assert "5 题答对 3 题" in play(citizen, right=True)
    citizen.says("再来一轮")
    assert citizen.state.quiz.rounds == 1
    assert citizen.state.quiz.codes != codes


def test_a_round_goes_on_where_it_was_left() -> None:
    citizen = Citizen()
    citizen.says("小测验")
    citizen.says("2")
    play(citizen, right=True)
    citizen.says("1")
    citizen.says("算了")
    citizen.sends("a")
    citizen.says("问一问")
    answer = citizen.says("小测验", after=86_400)
    assert "接着上次的答" in answer
    assert "第 2 题" in citizen.says("接着上次的答")


def test_an_old_button_does_not_answer_a_later_question() -> None:
    citizen = Citizen()
    citizen.says("小测验")
    citizen.says("2")
    old = citizen.replies[-1].choices[0].id
    play(citizen, right=True)
    citizen.says("1")
    assert "那个按钮是前面的了" in citizen.presses(old)
    assert citizen.effect(RecordQuizAnswer) is None


def test_a_question_that_left_the_bank_ends_no_round() -> None:
    citizen = Citizen()
    citizen.says("小测验")
    citizen.says("2")
    lost = asked(citizen).code
    book = county_book()
    rest = tuple(question for question in book.questions if question.code != lost)
    later = Citizen.over(Book(questions=rest, mediums=book.mediums))
    later.state = citizen.state
    later.says("9")
    later.says("0")
    assert "题" in later.says("小测验")


def test_without_questions_or_warnings_the_menu_stays() -> None:
    citizen = Citizen.over(Book())
    assert "过几天再来" in citizen.says("小测验")
    assert "没有新的风险提示" in citizen.says("风险提示")


def test_only_warnings_that_are_out_are_listed_and_read() -> None:
    citizen = Citizen(at=datetime(2026, 3, 20, tzinfo=UTC))
    out = [w for w in county_book().warnings if w.publish_on.isoformat() <= "2026-03-20"]
    answer = citizen.says("风险提示")
    assert [choice.label for choice in citizen.replies[-1].choices] == [warning.title for warning in out]
    page = citizen.says("第一个")
    assert out[0].body.strip() in page
    assert all(step in page for step in out[0].steps)
    assert answer.splitlines()[0] in citizen.says("看别的提示")


def test_all_ten_warnings_can_be_reached_in_every_style() -> None:
    for citizen in (Citizen(), Citizen.elder()):
        citizen.at = datetime(2026, 12, 1, tzinfo=UTC)
        citizen.says("风险提示")
        seen = set()
        for _ in range(10):
            seen |= {choice.id for choice in citizen.replies[-1].choices}
            if citizen.replies[-1].choices[-1].id != "more":
                break
            citizen.says("还有别的")
        assert {f"read.{warning.code}" for warning in county_book().warnings} <= seen


def test_a_warning_is_found_by_a_word_of_its_title_though_it_is_on_a_later_page() -> None:
    citizen = Citizen.elder()
    citizen.at = datetime(2026, 12, 1, tzinfo=UTC)
    citizen.says("风险提示")
    citizen.says("全额退保")
    assert citizen.state.reading == "surrender_agents"


def test_a_sentence_in_the_middle_of_a_quiz_is_listened_to_and_the_round_kept() -> None:
    citizen = Citizen()
    citizen.says("小测验")
    citizen.says("2")
    assert "疑似" in citizen.says("刚才有人打电话说能办贷款，要手续费")
    assert citizen.state.quiz.codes
    assert citizen.state != State()
