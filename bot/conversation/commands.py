"""What a command does: the option it stands for, and whether it is heard while free words are awaited."""

from typing import Final

from bot.conversation.languages import Language
from bot.conversation.vocabulary import Command

OPTION_OF: Final = {
    Command.MENU: "menu",
    Command.BIG: "big",
    Command.ORDINARY: "ordinary",
    Command.PRIVACY: "privacy",
    Command.ERASE: "erase",
    Command.REPORT: "report",
    Command.WORDS: "words",
    Command.ASK: "ask",
    Command.TIPS: "tips",
    Command.QUIZ: "quiz",
    Command.WARNINGS: "warnings",
    Command.LANGUAGE: "language",
    Command.SIMPLIFIED: f"language.{Language.SIMPLIFIED.lower()}",
    Command.TRADITIONAL: f"language.{Language.TRADITIONAL.lower()}",
    Command.ENGLISH: f"language.{Language.ENGLISH.lower()}",
}
LOUD: Final = frozenset(
    {
        Command.CANCEL,
        Command.RESTART,
        Command.HELP,
        Command.MENU,
        Command.BIG,
        Command.ORDINARY,
        Command.ERASE,
        Command.PRIVACY,
        Command.REWARD,
        Command.MONEY_BACK,
        Command.ANGRY,
        Command.FREE,
        Command.NO_TYPING,
        Command.POLICE,
        Command.WHO,
        Command.LANGUAGE,
        Command.SIMPLIFIED,
        Command.TRADITIONAL,
        Command.ENGLISH,
    }
)
"""Heard even while free words are awaited; the other commands must be said at some length there."""


HEARD_EVERYWHERE: Final = frozenset(
    {
        Command.BACK,
        Command.BIG,
        Command.ORDINARY,
        Command.LANGUAGE,
        Command.SIMPLIFIED,
        Command.TRADITIONAL,
        Command.ENGLISH,
    }
)
"""What is a command even to somebody whose every word goes to the officers: the way back, and how they read."""

SENTENCE_OF: Final = {
    Command.THANKS: "thanks",
    Command.WHO: "said.who",
    Command.REWARD: "reward.text",
    Command.MONEY_BACK: "money_back.text",
    Command.ANGRY: "angry.text",
    Command.WAIT: "said.wait",
    Command.ARRIVED: "said.arrived",
    Command.FREE: "said.free",
    Command.SLIP: "said.slip",
    Command.MISTOLD: "said.slip",
    Command.AGAIN: "said.again",
    Command.NO_TYPING: "said.no_typing",
    Command.POLICE: "said.police",
}
"""Commands that are answered with one sentence over the question that is open."""

FOR_OFFICERS: Final = frozenset(
    {
        Command.ANGRY,
        Command.MONEY_BACK,
        Command.WHO,
        Command.WAIT,
        Command.ARRIVED,
        Command.FREE,
        Command.SLIP,
        Command.MISTOLD,
        Command.AGAIN,
        Command.NO_TYPING,
    }
)
"""What is no command while an officer is spoken to: it is said to them."""

SAID_BESIDE: Final = frozenset(
    {
        Command.HELP,
        Command.HELLO,
        Command.HOTLINES,
        Command.PRIVACY,
        *SENTENCE_OF,
    }
)
"""Commands that are answered without leaving the question that is open."""
