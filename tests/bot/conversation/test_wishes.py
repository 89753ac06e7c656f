"""What an old person says that is no story: to talk to somebody, to read larger letters, to stop, to be told again."""

import tomllib
from pathlib import Path

import pytest

from bot.conversation.effects import CallHuman, JudgeText
from bot.conversation.languages import Language
from bot.conversation.messages import Arrived
from bot.conversation.state import State, Style
from bot.conversation.understanding import command_in, plain
from bot.conversation.vocabulary import Command
from bot.conversation.wishes import wish_in
from tests.bot.conversation.talking import Citizen, card

COMMANDS = tomllib.loads((Path(__file__).with_name("sayings") / "commands.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "none"])
def test_all_ways_of_saying_a_command_are_heard(name: str) -> None:
    heard = {said: command_in(plain(said)) or wish_in(said) for said in COMMANDS[name]}
    assert {said: command for said, command in heard.items() if command is not Command(name)} == {}


def test_pieces_of_stories_are_no_wish() -> None:
    assert [said for said in COMMANDS["none"] if wish_in(said)] == []


@pytest.mark.parametrize("before", ["", "我要举报", "小测验", "电梯里有人让我先交手续费"])
@pytest.mark.parametrize(
    "said", ["can I talk to a real person", "我不想跟机器说话", "搵真人", "叫你们领导来", "怎么没人理我"]
)
def test_whoever_asks_for_a_person_gets_one(before: str, said: str) -> None:
    citizen = Citizen()
    if before:
        citizen.says(before)
    citizen.says(said)
    assert isinstance(citizen.effect(CallHuman), CallHuman)
    assert citizen.state.dialogue == "human"


@pytest.mark.parametrize("said", ["叫你们领导来", "等一下", "收到没有", "发错了", "我想问问多久能回我"])
def test_whatever_is_said_to_an_officer_is_passed_on(said: str) -> None:
    citizen = Citizen()
    citizen.says("人工")
    citizen.says(said)
    assert citizen.effect(CallHuman) == CallHuman(said)


@pytest.mark.parametrize("said", ["已经发了", "等一下", "发错了"])
def test_an_answer_to_an_officers_question_is_no_small_talk(said: str) -> None:
    citizen = Citizen(cards=(card(asked="您转了多少钱？"),))
    citizen.says("我的举报")
    citizen.presses("answer")
    citizen.says(said)
    assert citizen.state.tips.words == said


@pytest.mark.parametrize(
    "said",
    ["bigger letters please", "print is too small", "字太小了看不清", "睇唔清楚", "能不能大一点", "太长了"],
)
def test_whoever_cannot_read_it_gets_large_print(said: str) -> None:
    citizen = Citizen()
    citizen.says("我要举报")
    citizen.says(said)
    assert citizen.state.style is Style.BIG
    assert citizen.state.dialogue == "report"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("等一下", "不着急"),
        ("等一下我找眼镜", "不着急"),
        ("我老头子会弄，我叫他", "不着急"),
        ("你是谁", "自动回复的助手"),
        ("你不会是骗子吧", "不会跟您要钱"),
        ("who are you", "answers by itself"),
        ("我刚才说错了", "回 9"),
        ("啥", "很简单"),
        ("我去问问儿子", "不着急"),
        ("收到没有", "都能收到"),
        ("收费吗", "不要钱"),
        ("按错了", "没关系"),
        ("再说一遍", "再说一遍"),
        ("我不会打字", "不会打字没关系"),
        ("我要报警", "110"),
        ("不知道", "很简单"),
        ("随便", "好嘞"),
        ("I pressed the wrong button", "No harm done"),
        ("can I send a voice message", "microphone"),
        ("help me call the police", "110"),
        ("收唔收錢", "不要錢"),
    ],
)
@pytest.mark.parametrize("style", list(Style))
def test_small_talk_out_of_nowhere_is_answered_and_not_judged(said: str, answer: str, style: Style) -> None:
    citizen = Citizen(state=State(style=style))
    citizen.does(Arrived())
    heard = citizen.says(said)
    assert answer in heard or style is Style.BIG
    assert citizen.effect(JudgeText) is None
    assert citizen.state.dialogue == ""
    assert citizen.state.misses == 0


def test_two_answers_of_too_little_in_a_row_offer_large_print() -> None:
    citizen = Citizen()
    citizen.says("我一个人在家")
    assert all(choice.id != "big" for choice in citizen.replies[-1].choices)
    citizen.says("我耳朵不好")
    assert any(choice.id == "big" for choice in citizen.replies[-1].choices)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("said", ["/foo", "/settings", "/tips@qianshao_bot", "/Menu2"])
def test_a_command_that_is_not_ours_is_answered_in_their_language(said: str, language: Language) -> None:
    citizen = Citizen(state=State(language=language, language_is_chosen=True))
    answer = citizen.says(said)
    assert "/tip" in answer
    assert ("命令" in answer) is (language is not Language.ENGLISH)
    assert citizen.effects == []
    citizen.says("我要举报")
    citizen.says(said)
    assert citizen.state.step == "photo"  # the question that is open stays open


@pytest.mark.parametrize("said", ["/help", "/help@qianshao_bot", "?", "？", "帮助", "help"])
def test_help_is_asked_for_in_many_ways(said: str) -> None:
    citizen = Citizen()
    citizen.does(Arrived())
    assert "很简单" in citizen.says(said)


@pytest.mark.parametrize("said", ["0", "退出", "/cancel", "exit"])
def test_the_way_out_leads_to_the_menu_from_anywhere(said: str) -> None:
    for before in ("", "问一问", "小测验", "风险提示"):
        citizen = Citizen()
        if before:
            citizen.says(before)
        assert "您想做什么" in citizen.says(said)


def test_a_command_with_the_bots_name_is_the_command() -> None:
    citizen = Citizen()
    citizen.says("/quiz@qianshao_bot")
    assert citizen.state.dialogue == "quiz"
