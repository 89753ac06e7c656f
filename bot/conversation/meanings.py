"""“什么叫反催收”: a question of what a word means, which is asked to learn and tells of nobody's scheme. Total and pure."""

import re
from typing import Final

from bot.conversation.understanding import fold

_LONGEST: Final = 60
"""Characters from which on it is a story and not a question of a word."""
_OPENING: Final = "(?:您好|你好|请问|麻烦|我?想(?:问|知道)(?:一下|下|问)?|我?想(?=了解)|问(?:一下|下|问)?|那|给我|帮我|跟我|到底|,|，| )*"
_CLOSING: Final = "(?:啊|呀|呢|吗|嘛|的|来着|哦|哟|[?？。.!！ ])*"
_TERM: Final = "[“\"'「《]?(?P<term>[^,，。?？!！\\n]{2,24}?)[”\"'」》]?"
_ASKED: Final = tuple(
    re.compile(form)
    for form in (
        f"{_OPENING}(?:什么(?:叫做?|是)|啥(?:叫做?|是)|何为|何谓|乜嘢?系|咩系|(?:介绍|解释|讲讲?|说说|说明|科普|了解)(?:一下|下)?(?:什么是|啥是)?){_TERM}{_CLOSING}",
        f"{_OPENING}{_TERM}(?:到底)?(?:(?:都)?是(?:什么|啥|个什么|个啥|指什么|怎么回事|咋回事)(?:意思|东西|玩意儿?|骗局|套路|来的)?|(?:是)?(?:什么|啥)意思"
        f"|指的?是?什么|怎么回事|咋回事|系乜嘢?|系咩(?:嚟|来)?(?:嘅|㗎)?){_CLOSING}",
        r"(?:please |can you |could you |)(?:what(?:'s| is| are| does)|explain|define|tell me (?:about|what)) (?:an? |the |is )*"
        f"{_TERM}(?: means?| is)?{_CLOSING}",
    )
)


def term_asked_in(text: str) -> str:
    """The word whose meaning is asked, as it was written but folded; "" where the text asks for none."""
    heard = fold(text).replace("’", "'").strip()
    if len(heard) > _LONGEST:
        return ""
    for form in _ASKED:
        if found := form.fullmatch(heard):
            return found["term"].strip()
    return ""
