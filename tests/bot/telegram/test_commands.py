"""Every command that is listed beside the input line does what it says, in every language."""

import pytest

from bot.conversation.engine import Engine
from bot.conversation.languages import Language
from bot.conversation.messages import Said
from bot.conversation.state import State, Style
from bot.telegram.commands import COMMANDS
from tests.bot.conversation.book import county_book
from tests.bot.telegram.conftest import AT

LEADS_TO = {
    "tip": ("report", "photo"),
    "ask": ("ask", "open"),
    "quiz": ("quiz", None),
    "mytips": ("tips", "looking"),
    "human": ("human", None),
    "delete": ("leaving", "erase"),
}
"""The dialogue and step that a command opens; None where any step will do."""


@pytest.mark.parametrize("language", list(Language))
def test_every_listed_command_does_what_it_says(language: Language) -> None:
    engine = Engine(county_book())
    begun = State(language=language, language_is_chosen=True)
    for command, _ in COMMANDS[language]:
        step = engine.step(begun, Said(f"/{command}"), AT)
        if command in LEADS_TO:
            dialogue, at = LEADS_TO[command]
            assert step.state.dialogue == dialogue, command
            assert at is None or step.state.step == at, command
        if command == "big":
            assert step.state.style is Style.BIG
        if command == "language":
            assert [choice.label for choice in step.replies[-1].choices] == [
                "简体中文",
                "繁體中文",
                "English",
            ]
        if command in ("privacy", "cancel"):
            assert step.replies[-1].text
        assert step.replies or step.effects, command
        assert step.state.misses == 0, command
        assert step.state.language == language
