"""The commands that Telegram lists beside the input line, in the three languages of the bot.

What each does is the conversation's affair: it hears `/tip` as it hears 举报.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

Described = tuple[tuple[str, str], ...]

_SIMPLIFIED: Final[Described] = (
    ("start", "从头开始"),
    ("tip", "我要举报"),
    ("ask", "问一问，是不是骗局"),
    ("quiz", "防骗小测验"),
    ("mytips", "我的举报"),
    ("big", "换成大字版"),
    ("language", "换语言 Language"),
    ("privacy", "我的信息怎么保密"),
    ("human", "找工作人员"),
    ("cancel", "不弄了"),
    ("delete", "删掉我的资料"),
)
_TRADITIONAL: Final[Described] = (
    ("start", "從頭開始"),
    ("tip", "我要舉報"),
    ("ask", "問一問，是不是騙局"),
    ("quiz", "防騙小測驗"),
    ("mytips", "我的舉報"),
    ("big", "換成大字版"),
    ("language", "換語言 Language"),
    ("privacy", "我的資料怎樣保密"),
    ("human", "找工作人員"),
    ("cancel", "不弄了"),
    ("delete", "刪掉我的資料"),
)
_ENGLISH: Final[Described] = (
    ("start", "Start from the beginning"),
    ("tip", "Report an ad"),
    ("ask", "Ask whether it is a scam"),
    ("quiz", "A short quiz"),
    ("mytips", "My reports"),
    ("big", "Large print, fewer words"),
    ("language", "语言 Language"),
    ("privacy", "How I am kept secret"),
    ("human", "Talk to a person"),
    ("cancel", "Stop this"),
    ("delete", "Delete my data"),
)

COMMANDS: Final[Mapping[str, Described]] = MappingProxyType(
    {"zh-Hans": _SIMPLIFIED, "zh-Hant": _TRADITIONAL, "en": _ENGLISH}
)
"""The commands and what is said of each, by the conversation's languages."""

BY_CODE: Final[Mapping[str, str]] = MappingProxyType({"": "zh-Hans", "zh": "zh-Hans", "en": "en"})
"""Which list is set under which of Telegram's language codes; the empty one is for everybody else.

A code has two letters (ISO 639-1, as `setMyCommands` documents), so that it cannot tell one script of Chinese from the
other: whoever chooses a language with /language gets its list for their own chat.
"""
