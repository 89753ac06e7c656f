"""The sentences themselves: complete, within their limits, and free of what the bot may not say."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from bot.conversation import understanding
from bot.conversation.book import NUMBERS
from bot.conversation.dialogues.report_way import PATHS
from bot.conversation.fitting import LIMITS
from bot.conversation.languages import Language, in_traditional
from bot.conversation.state import State, Style
from bot.conversation.vocabulary import EXACT, WITHIN
from bot.conversation.wording import FIRST, LANGUAGES, phrases
from reports.jurisdictions.deadlines import Counting
from reports.rewards.track import RewardState
from reports.states import TipState

ROOM = Path(__file__).parents[3] / "bot" / "conversation"
FIRST_KEYS = set(LANGUAGES[FIRST].ordinary)
ASKED_FOR_NEVER = re.compile("(请|麻烦).{0,6}(发|告诉|填|输|报).{0,6}(银行卡|卡号|身份证|验证码|密码)")
FORBIDDEN = re.compile(
    "犯罪|违法公司|骗子公司|诈骗公司|保证(追回|还款|退|能)|一定(能|会)?(追回|退还|赔)|肯定能|包赔|包退|已定性"
)
KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language: Language) -> None:
    assert set(LANGUAGES[language].ordinary) == FIRST_KEYS
    assert set(LANGUAGES[language].big) <= FIRST_KEYS
    for key, text in LANGUAGES[language].ordinary.items():
        assert bool(text) == bool(LANGUAGES[FIRST].ordinary[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_says_in_every_language_what_it_says_in_the_first(language: Language) -> None:
    for key, text in LANGUAGES[language].ordinary.items():
        assert fields(text) == fields(LANGUAGES[FIRST].ordinary[key]), key


def test_every_state_result_and_reward_has_its_sentence() -> None:
    assert {f"tips.state.{state}" for state in TipState} <= FIRST_KEYS
    told = set(RewardState) - {RewardState.refused}
    assert {f"tips.reward.{stage}" for stage in told} <= FIRST_KEYS
    assert {f"tips.days.{counting}" for counting in Counting} <= FIRST_KEYS


def test_traditional_sentences_hold_no_simplified_character() -> None:
    for style in Style:
        for key, text in phrases(Language.TRADITIONAL, style).items():
            if key in {"menu.other_language", "help.text"}:
                continue  # they name 简体 as its readers write it
            assert in_traditional(text) == text, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_of_another_style_or_language_names_nothing_that_is_not_given(language: Language) -> None:
    for key, text in {**LANGUAGES[language].ordinary, **LANGUAGES[language].big}.items():
        assert fields(text) - set(NUMBERS) <= fields(LANGUAGES[FIRST].ordinary[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_big_style_says_the_numbers_that_the_ordinary_one_says_where_life_or_money_hang_on_it(
    language: Language,
) -> None:
    big = phrases(language, Style.BIG)
    assert {"police", "antifraud"} <= fields(big["urgent.stop_loss"])
    assert {"police", "ambulance"} <= fields(big["urgent.despair"])
    assert "institutions" in fields(big["ask.dispute"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", Style)
def test_texts_keep_to_the_size_of_their_style(language: Language, style: Style) -> None:
    for key, text in phrases(language, style).items():
        shown = text.format(**{**dict.fromkeys(fields(text), "一二三四"), **NUMBERS})
        assert len(shown) <= LIMITS[style].characters, key
        if key.startswith("label."):
            assert understanding.size(shown) <= (10 if style is Style.BIG else 16), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", Style)
def test_nothing_is_promised_nobody_is_judged_and_no_secret_is_asked_for(
    language: Language, style: Style
) -> None:
    for key, text in phrases(language, style).items():
        assert not FORBIDDEN.search(text), key
        assert not ASKED_FOR_NEVER.search(text), key


def test_what_is_found_is_called_suspected_in_every_style() -> None:
    for style in Style:
        texts = phrases(FIRST, style)
        for key in ("ask.likely", "ask.possible", "ask.passing", "ask.same", "ask.tip_seen"):
            assert "疑似" in texts[key], key


def strings_in_code() -> set[str]:
    found: set[str] = set()
    for path in ROOM.rglob("*.py"):
        if path.parent.name == "wording":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def asked_for_in_code() -> set[str]:
    """Literal first arguments of `say` and the labels that `choice` takes."""
    keys: set[str] = set()
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            given = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
            first, second = (*given, None, None)[:2]
            if node.func.attr == "say" and isinstance(first, str):
                keys.add(first)
            if node.func.attr == "choice" and isinstance(second, str):
                keys.add(second)
            elif node.func.attr == "choice" and isinstance(first, str):
                keys.add(f"label.{first}")
    return keys


def test_every_sentence_that_the_code_names_is_there() -> None:
    assert asked_for_in_code() <= FIRST_KEYS


def test_no_sentence_is_there_for_nobody() -> None:
    strings = strings_in_code()
    spoken_by_pattern = (
        "label.",
        "hint.report.",
        "refused.",
        "unsupported.",
        "style.now_",
        "report.got_",
        "report.readback_paid_",
        "ask.",
        "demand.",
        "tips.state.",
        "tips.result.",
        "tips.reward.",
        "tips.days.",
        "private.",
        "human.kind_",
    )
    unused = {key for key in FIRST_KEYS - strings if not key.startswith(spoken_by_pattern)}
    assert unused == set()
    labels = {key.removeprefix("label.") for key in FIRST_KEYS if key.startswith("label.")}
    assert {name for name in labels if name not in strings and f"label.{name}" not in strings} <= {
        "loose_report",
        "loose_ask",
        "loose_merge",
    }


def test_every_question_of_a_report_can_be_explained() -> None:
    asked = {step for path in PATHS.values() for step in path}
    assert {f"hint.report.{step}" for step in asked - {"paid"}} <= FIRST_KEYS


def test_no_choice_is_listened_for_that_is_never_offered() -> None:
    labels = {key.removeprefix("label.") for key in FIRST_KEYS if key.startswith("label.")}
    assert set(EXACT) | set(WITHIN) <= labels | {"done"}


def test_a_language_that_is_not_there_speaks_the_first_one() -> None:
    assert State.model_validate_json('{"language": "xx"}').language is FIRST
