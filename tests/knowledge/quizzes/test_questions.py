"""The bank of quiz questions, and which of them is asked when."""

import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from foundation.errors import Refusal
from knowledge.quizzes.questions import (
    Audience,
    Question,
    QuestionPackFault,
    TooFewQuestions,
    daily_question,
    read_questions,
    round_of,
)
from knowledge.schemes.catalogue import PACK_FOLDER as SCHEME_FOLDER

BANK = read_questions()
DAY = date(2026, 11, 22)

ENTRY = """
[[question]]
code = "loan_broker-1"
scheme = "loan_broker"
question = "中介要先收前期费才放款，怎么办？"
options = ["不交", "交一半", "全交上"]
answer = 0
explanation = "放款之前先收钱的，多半靠不住，直接去银行问。"
audience = "all"
sources = ["只为测试而写"]
"""


def question(code: str) -> Question:
    return BANK[0].model_copy(update={"code": code, "scheme": code.rpartition("-")[0]})


def fault_of(folder: Path) -> str:
    with pytest.raises(QuestionPackFault) as caught:
        read_questions(folder)
    assert isinstance(caught.value, Refusal)
    return str(caught.value)


class TestBank:
    def test_sixty_questions_over_at_least_twenty_schemes(self) -> None:
        assert len(BANK) == 60
        assert len({question.scheme for question in BANK}) >= 20

    def test_every_scheme_named_is_in_the_scheme_pack(self) -> None:
        assert {question.scheme for question in BANK} <= {path.stem for path in SCHEME_FOLDER.glob("*.toml")}

    def test_right_answers_stand_equally_often_in_each_place(self) -> None:
        assert Counter(question.answer for question in BANK) == {0: 20, 1: 20, 2: 20}

    def test_the_longest_option_does_not_give_the_answer_away(self) -> None:
        longest = [
            question
            for question in BANK
            if all(
                len(question.right_option) > len(o) for o in question.options if o != question.right_option
            )
        ]
        assert len(longest) <= 20

    def test_options_of_one_question_are_of_like_length(self) -> None:
        for question in BANK:
            lengths = [len(option) for option in question.options]
            assert max(lengths) - min(lengths) <= 3, question.code

    def test_no_question_and_no_explanation_stands_twice(self) -> None:
        assert len({question.question for question in BANK}) == len(BANK)
        assert len({question.explanation for question in BANK}) == len(BANK)

    def test_a_question_with_its_options_fits_one_small_message(self) -> None:
        # 80 characters is what an old person reads at once (the chat rules); the explanation comes after.
        for question in BANK:
            assert len(question.question) <= 50, question.code
            assert len(question.question + "".join(question.options)) <= 80, question.code

    def test_citizens_are_asked_nothing_that_is_for_staff(self) -> None:
        assert {question.audience for question in BANK} == {Audience.ALL, Audience.ELDER, Audience.YOUTH}


class TestDailyQuestion:
    def test_is_the_same_for_everybody_in_whatever_order_the_bank_came(self) -> None:
        assert daily_question(BANK, DAY) == daily_question(tuple(reversed(BANK)), DAY)

    @given(st.dates(max_value=date(9000, 1, 1)))
    def test_walks_the_whole_bank_before_it_repeats(self, start: date) -> None:
        asked = [daily_question(BANK, start + timedelta(days=n)).code for n in range(len(BANK))]
        assert sorted(asked) == [question.code for question in BANK]

    def test_two_days_in_a_row_bring_different_schemes(self) -> None:
        asked = [daily_question(BANK, DAY + timedelta(days=n)).scheme for n in range(len(BANK) + 1)]
        assert all(today != tomorrow for today, tomorrow in pairwise(asked))

    def test_on_a_known_day_it_is_a_known_question(self) -> None:
        # Pinned, so that a change of the walk is seen: people on two releases would be asked two questions.
        few = [question(code) for code in ("a-1", "a-2", "b-1", "c-1")]
        asked = [daily_question(few, DAY + timedelta(days=n)).code for n in range(4)]
        assert asked == ["a-1", "a-2", "c-1", "b-1"]

    def test_an_empty_bank_is_refused(self) -> None:
        with pytest.raises(TooFewQuestions, match="0 quiz questions where 1"):
            daily_question([], DAY)


class TestRound:
    @given(st.text(max_size=30))
    def test_holds_five_different_questions_over_five_schemes(self, seed: str) -> None:
        drawn = round_of(BANK, seed)
        assert len({question.code for question in drawn}) == 5
        assert len({question.scheme for question in drawn}) == 5

    @given(st.text(max_size=30), st.permutations(BANK))
    def test_is_the_same_for_one_seed(self, seed: str, shuffled: list[Question]) -> None:
        assert round_of(BANK, seed) == round_of(shuffled, seed)

    def test_differs_from_seed_to_seed_and_reaches_the_whole_bank(self) -> None:
        seen = {question.code for n in range(200) for question in round_of(BANK, f"reporter-{n}")}
        assert seen == {question.code for question in BANK}

    def test_takes_a_second_question_of_a_scheme_only_when_schemes_run_out(self) -> None:
        few = [question(code) for code in ("a-1", "a-2", "a-3", "b-1")]
        drawn = round_of(few, "seed", size=3)
        assert len({question.code for question in drawn}) == 3
        assert {question.scheme for question in drawn[:2]} == {"a", "b"}

    def test_a_bank_smaller_than_a_round_is_refused(self) -> None:
        with pytest.raises(TooFewQuestions, match="4 quiz questions where 5"):
            round_of(BANK[:4], "seed")


class TestReading:
    def test_reads_a_good_file(self, tmp_path: Path) -> None:
        (tmp_path / "credit.toml").write_text(ENTRY, "utf-8")
        (question,) = read_questions(tmp_path)
        assert (question.code, question.right_option) == ("loan_broker-1", "不交")

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('"交一半"', '"不交"', "two of its options are the same"),
            ("answer = 0", "answer = 3", "question[0].answer"),
            ("answer = 0", 'answer = "0"', "question[0].answer"),
            (', "全交上"', "", "question[0].options"),
            ('scheme = "loan_broker"', 'scheme = "ab_loan"', "its code must begin with ab_loan-"),
            ("怎么办？", "怎么办？\\n", "question[0].question: String should match"),
            ('sources = ["只为测试而写"]', "sources = []", "question[0].sources"),
            ('audience = "all"', 'audience = "dogs"', "question[0].audience"),
            ('audience = "all"', 'audience = "all"\nhint = "无"', "question[0].hint"),
            ("[[question]]", "[[questions]]", "question: Field required"),
            ("[[question]]", "[[question", "cannot be read"),
        ],
    )
    def test_a_fault_names_the_file_and_the_field(
        self, tmp_path: Path, old: str, new: str, said: str
    ) -> None:
        assert old in ENTRY
        (tmp_path / "credit.toml").write_text(ENTRY.replace(old, new), "utf-8")
        sentence = fault_of(tmp_path)
        assert "credit.toml" in sentence
        assert said in sentence

    def test_a_fault_inside_a_question_names_its_code(self, tmp_path: Path) -> None:
        (tmp_path / "credit.toml").write_text(ENTRY.replace('"交一半"', '"不交"'), "utf-8")
        assert "(loan_broker-1)" in fault_of(tmp_path)

    def test_a_code_used_in_two_files_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a.toml").write_text(ENTRY, "utf-8")
        (tmp_path / "b.toml").write_text(ENTRY, "utf-8")
        assert "b.toml: the code loan_broker-1 is used twice" in fault_of(tmp_path)

    def test_a_file_that_is_not_utf8_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "credit.toml").write_bytes(ENTRY.encode("gb18030"))
        assert "credit.toml: cannot be read" in fault_of(tmp_path)

    def test_an_empty_folder_is_refused(self, tmp_path: Path) -> None:
        assert "there is no quiz question in it" in fault_of(tmp_path)

    def test_a_question_cannot_be_changed(self) -> None:
        with pytest.raises(ValidationError):
            BANK[0].answer = 1  # type: ignore[misc]


NUMBERS = re.compile(r"(?<!\d)(?:110|120|96110|12378|12345|12356)(?!\d)")


def test_every_question_is_there_in_english_and_names_the_same_numbers() -> None:
    for question in read_questions():
        assert question.english is not None, question.code
        assert not re.search("[\u3400-\u9fff]", question.english.model_dump_json()), question.code
        told = set(NUMBERS.findall(question.explanation + question.question + "".join(question.options)))
        english = question.english
        said = set(NUMBERS.findall(english.explanation + english.question + "".join(english.options)))
        assert said == told, question.code
