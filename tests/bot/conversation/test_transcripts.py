"""The transcripts under docs/dialogues are what the engine says today, and what it says there keeps to the rules."""

import re

import pytest

from bot.conversation.fitting import LIMITS
from bot.conversation.languages import Language
from bot.conversation.state import Style
from moderation.promises import promise_in
from tests.bot.conversation import transcripts
from tests.bot.conversation.transcripts import SCENES, Scene

BOTH = [(language, style) for language in Language for style in Style]
HAN = re.compile(r"[\u3400-\u9fff]+")
CHINESE_ONLY = {"language"}
"""The dialogue that names each language in its own words."""


@pytest.fixture(scope="module", params=BOTH, ids=lambda both: f"{both[0]}-{both[1]}")
def spoken(request: pytest.FixtureRequest) -> tuple[Language, Style, dict[str, Scene]]:
    language, style = request.param
    return language, style, {name: transcripts.played(name, language, style) for name in SCENES}


Spoken = tuple[Language, Style, dict[str, Scene]]


def test_a_change_of_wording_shows_in_review(spoken: Spoken) -> None:
    language, style, _ = spoken
    for name in SCENES:
        path = transcripts.path_of(name, language, style)
        kept = path.read_text("utf-8") if path.exists() else ""
        assert transcripts.transcript(name, language, style) == kept, (
            f"{path} is not what the engine says; look at the change and write it anew: {transcripts.WRITE_ANEW}"
        )


def test_a_change_of_what_no_dialogue_says_shows_in_review_too(spoken: Spoken) -> None:
    language, style, _ = spoken
    path = transcripts.path_of(transcripts.ELSE, language, style)
    kept = path.read_text("utf-8") if path.exists() else ""
    assert transcripts.unsaid(language, style) == kept, f"write it anew: {transcripts.WRITE_ANEW}"


def test_every_act_is_answered_within_the_size_of_the_style(spoken: Spoken) -> None:
    _, style, scenes = spoken
    limits = LIMITS[style]
    for name, scene in scenes.items():
        for act, replies in scene.heard:
            assert replies, (name, act)
            assert sum(bool(reply.standing) for reply in replies) <= 1, (name, act, "two open questions")
            for reply in replies:
                assert len(reply.text) <= limits.characters, (name, act, reply.text)
                assert len(reply.choices) <= limits.choices, (name, act)


def test_one_question_is_asked_at_a_time_in_large_print(spoken: Spoken) -> None:
    _, style, scenes = spoken
    if style is not Style.BIG:
        return
    for name in scenes.keys() - {"quiz", "warnings"}:
        for act, replies in scenes[name].heard:
            for reply in replies:
                # What is said to make sure that they called is no question that awaits its number.
                text = (
                    reply.text.replace("打了没有？", "")
                    .replace("打了沒有？", "")
                    .replace("Have you called 110?", "")
                )
                assert len(re.findall("[？?]", text.replace("Urgent?", ""))) <= 1, (name, act, reply.text)


def test_nobody_is_told_the_same_thing_three_times_in_a_row(spoken: Spoken) -> None:
    for name, scene in spoken[2].items():
        texts = ["\n".join(reply.text for reply in replies) for _, replies in scene.heard]
        for first, second, third in zip(texts, texts[1:], texts[2:], strict=False):
            assert not first == second == third, (name, first)


def test_no_answer_promises(spoken: Spoken) -> None:
    for name in spoken[2].keys() - {"quiz", "warnings"}:
        for act, replies in spoken[2][name].heard:
            for reply in replies:
                assert not promise_in(reply.text), (name, act)


def test_who_reads_english_reads_no_chinese_but_names(spoken: Spoken) -> None:
    language, _, scenes = spoken
    if language is not Language.ENGLISH:
        return
    for name in scenes.keys() - CHINESE_ONLY:
        for act, replies in scenes[name].heard:
            for reply in replies:
                said = "\n".join([reply.text, *(choice.label for choice in reply.choices)])
                assert set(HAN.findall(said)) <= {"县金融办", "中文", "简体", "繁體請發"}, (name, act, said)


def test_no_transcript_is_there_for_no_dialogue() -> None:
    written = {path.relative_to(transcripts.FOLDER) for path in transcripts.FOLDER.glob("*/*.md")}
    assert written == {
        transcripts.path_of(*one).relative_to(transcripts.FOLDER)
        for one in (*transcripts.everything(), *((transcripts.ELSE, *both) for both in BOTH))
    }
