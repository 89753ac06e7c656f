"""Whether a short message in 问一问 belongs to the matter that was answered just before, or asks of another one. Pure.

People send one matter in several messages, and ask of several matters one after the other: what is told of the second must
not be the answer to the first."""

import re
from enum import StrEnum
from typing import Final

from bot.conversation.messages import Finding
from bot.conversation.told import sounds_like_question
from bot.conversation.turn import has_red_flag
from bot.conversation.understanding import fold, plain, size

_OPENS_ANOTHER: Final = re.compile(
    "^(?:对了|哦|噢|嗯|好的?|那|请|麻烦|我|您|你|帮我|顺便|同志|姑娘)*"
    "(?:另外|(?:再|还|另|又)(?:想|要|得)?(?:帮我|请)?(?:问|看看?|查)(?!这|那|他|她)|(?:还|又|另)有(?:一|另外?)?(?:个|件|条|种|样)(?!人)"
    "|另(?:一|外一?)?(?:个|件|条|种)|换(?:一|个)(?:个|件|样)?(?:事|问|说)|别的事|说(?:个|件)别的|不是(?:这|那)(?:个|件)(?:事)?)"
    r"|\b(?:another (?:question|thing|matter|case|ad|offer|one|message|call)|different (?:question|matter|thing|case|ad)|something else"
    r"|one more (?:question|thing)|separate(?:ly)?)\b|^also[, ]+(?:is|are|was|what|can|i|my|someone|there)\b"
)
_POINTS_BACK: Final = re.compile(
    "他|她|它|佢|对方|人家|这|那|上面|前面|刚才|同一|还(?:说|要|让|叫|是)|也(?:说|要|让|叫|是)|然后|而且|后来"
    r"|\b(?:he|she|it|they|him|her|them|his|their|its|this|that|these|those|also|then|still)\b"
)
_GOES_ON: Final = re.compile(
    "^(?:就|都|也|还|又|才|先|再|不|没|只|说|讲|要|让|叫|给|收|交|付|打|加|包|每|一|利息|利率|手续费|押金|定金|钱|因为|所以|但|可|然后"
    "|后来|而且|我(?:没|不|还|就|已|给|把|该|要|能)|他|她|它|佢|对方|人家|那|这)"
    r"|^(?:and|but|then|so|he|she|it|they|with|no|not|without|i (?:have|did|do|gave|am|was|should|can|must))\b"
)
_ASKS: Final = re.compile(
    "是不是|会不会|能不能|可不可以|要不要|有没有|该不该|请问|想问|问一?下?|骗子|骗人|骗局|骗|真的|假的|靠谱|可信|正常|合法|安全|正规|行|好"
    "|怎么办|怎么|咋|什么|为什么|为啥|多少|多久|吗|么|呢|吧|的|是|可以|能|会|有事|要紧|不"
)
_ASKS_ENGLISH: Final = re.compile(
    r"\b(?:is|are|am|was|do|does|did|can|could|should|would|will|how|what|why|when|where|who|which|a|an|the|i|my|real|true|fake|scam|fraud"
    r"|legal|safe|legit|genuine|normal|ok|to|be|of|for|or|and|not|about)\b|[^a-z]"
)
_WHAT_ABOUT: Final = re.compile(r"^那(?![个家人边里些种样])(?=.{4,}呢)|\bis it (?=\w+ to\b)")
"""“那退保理财呢”, “is it safe to”: nothing is pointed at."""
_TELLS_OF_SOMEBODY: Final = re.compile(
    "^(?:刚才|昨天|今天|前天|最近|这几天)?.{0,6}?(?:有人|有一?个|有一?家|来了(?:个|一个)|(?:接|收)到(?:一个|一条|个|条)?)"
    r"|^(?:someone|somebody|a (?:man|woman|girl|boy|person|caller|group|shop|company)|my (?:neighbou?r|friend|colleague))\b"
)
_OF_ITS_OWN: Final = 4
"""Characters that must be left of a question, its asking taken away, for it to have a matter of its own."""
_TELLS: Final = 8
"""Characters from which a message may tell of a whole matter."""


class Relation(StrEnum):
    """How a short message stands to what was answered just before it."""

    ADDS = "adds"
    ANOTHER = "another"
    UNCLEAR = "unclear"
    """A question or a story of its own that looks like nothing known: it may still be of what was answered."""


def opens_another(text: str) -> bool:
    """Whether it says itself that it is about something else (“另外问一下”, “还有一件事”)."""
    return _OPENS_ANOTHER.search(fold(text)) is not None


def relation(text: str, alone: Finding, before: Finding) -> Relation:
    """How `text`, which by itself looks like `alone`, stands to what was answered with `before`."""
    if opens_another(text):
        return Relation.ANOTHER
    asks = _asks_of_its_own(text)
    tells = _tells_of_somebody(text)
    if before.verdict == "none" and not before.dispute:
        return Relation.ANOTHER if asks else Relation.ADDS  # nothing was told that it could take back
    named = alone.verdict != "none" and not alone.dispute
    if named and alone.scheme_code != before.scheme_code:
        plainly = alone.verdict == "likely" or has_red_flag(alone) or asks or tells
        whole = size(plain(text)) >= _TELLS and (asks or _GOES_ON.search(fold(text)) is None)
        return Relation.ANOTHER if plainly and whole else Relation.ADDS
    if not named and (asks or tells):
        return Relation.ANOTHER if before.dispute else Relation.UNCLEAR
    return Relation.ADDS


def both_ask(said_before: str, text: str) -> bool:
    """Whether each of the two is a question of its own."""
    return sounds_like_question(said_before.split("\n")[-1]) and _asks_of_its_own(text)


def _tells_of_somebody(text: str) -> bool:
    """Whether somebody new comes into it, and nothing said before."""
    heard = fold(text)
    return (
        _TELLS_OF_SOMEBODY.search(heard) is not None
        and _POINTS_BACK.search(heard) is None
        and _GOES_ON.search(heard) is None
    )


def _asks_of_its_own(text: str) -> bool:
    """Whether it is a question that names what it asks of, and points at nothing said before."""
    heard = _WHAT_ABOUT.sub("", fold(text))
    if not sounds_like_question(text) or _POINTS_BACK.search(heard) or _GOES_ON.search(heard):
        return False
    left = _ASKS_ENGLISH.sub("", heard) if heard.isascii() else _ASKS.sub("", plain(text))
    return size(left) >= _OF_ITS_OWN
