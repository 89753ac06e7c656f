"""What we write into a citizen's words for the officers, and the same in the language in which it is read back to them."""

import re
from functools import cache
from typing import Final

from bot.conversation.languages import Language
from bot.conversation.state import Style
from bot.conversation.wording import FIRST, phrases

_NOTES: Final = ("report.other_medium", "note.identity_hidden", "note.card_hidden", "note.hidden")
"""Each stands in brackets of its own and holds one value at most."""
_VALUE: Final = re.compile(r"\{(\w+)\}")


def noted(key: str, **values: object) -> str:
    """The note as it goes into a tip: officers read one language."""
    return phrases(FIRST, Style.ORDINARY)[key].format(**values)


def read_back(words: str, language: Language) -> str:
    """The citizen's words with our notes in what they are spoken to in; what they wrote themselves stays as it is."""
    if language is FIRST:
        return words
    for key, note in _notes().items():
        spoken = phrases(language, Style.ORDINARY)[key]
        words = note.sub(lambda found, spoken=spoken: spoken.format(**found.groupdict()), words)  # type: ignore[misc]
    return words


@cache
def _notes() -> dict[str, re.Pattern[str]]:
    return {
        key: re.compile(_VALUE.sub(r"(?P<\1>[^（）]*)", phrases(FIRST, Style.ORDINARY)[key]))
        for key in _NOTES
    }
