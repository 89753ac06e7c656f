"""What a typed message means: commands, numbers said in any way, the words of an option.

Nothing here knows the dialogues. All functions are total and pure.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from bot.conversation import vocabulary
from bot.conversation.languages import TO_SIMPLIFIED
from bot.conversation.replies import Choice
from bot.conversation.vocabulary import Command

# ---- the folded form -----------------------------------------------------------------------------

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f\u20e3\u00ad"))
_FOLDING = {
    **_INVISIBLE,
    **{ord(old): new for old, new in TO_SIMPLIFIED.items()},
    **{ord(sign): str(n % 10) for n, sign in enumerate("❶❷❸❹❺❻❼❽❾", start=1)},
    **{ord(sign): str(n % 10) for n, sign in enumerate("➊➋➌➍➎➏➐➑➒", start=1)},
}
_SPACE_AND_MARKS = re.compile(
    r"[\s~`!@#$%^&*()\-_=+\[\]{}\\|;:'\",.<>?·…—–‘’“”、。《》〈〉「」『』【】〔〕〜～]+"
)


def fold(text: str) -> str:
    """One spelling for what looks alike: NFKC (so １, ①, ⒈ become 1), lower case, simplified, nothing
    invisible."""
    return unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).translate(_FOLDING).lower().strip()


def plain(text: str) -> str:
    """The folded text without spaces and punctuation; a leading slash of a command is kept."""
    folded = fold(text)
    bare = _SPACE_AND_MARKS.sub("", folded)
    return bare if folded.startswith("/") else bare.replace("/", "")


_HAN = re.compile(r"[\u3400-\u9fff]")


def is_latin(text: str) -> bool:
    """Whether it is written in letters and not in characters."""
    return _HAN.search(text) is None and re.search(r"[A-Za-z]", text) is not None


_SAYS_NOTHING = frozenset(
    (
        *"啥咋哪谁么嘛吗呢啊呀哦噢唉哎喂额呃嗯恩哼哈嘿咩乜好对是行不没有冇系得",
        *vocabulary.LEAD,
        *vocabulary.TAIL,
    )
)
"""Characters that are a word of their own, or none."""


def is_piece_of_a_word(heard: str) -> bool:
    """Whether it is a single character that somebody who types slowly may send before the next (“保健” “品”)."""
    return len(heard) == 1 and _HAN.match(heard) is not None and heard not in _SAYS_NOTHING


def size(text: str) -> int:
    """How much is said, in characters of Chinese: letters count for two fifths, for a word of four or five letters
    says about what one or two characters do."""
    return -(-2 * len(text) // 5) if is_latin(text) else len(text)


# ---- commands and whole answers ------------------------------------------------------------------

_LONGEST_SAYING: Final = 16
"""Longer messages are sentences, not commands; it also bounds the work of the expressions below."""


def any_of(words: Iterable[str]) -> str:
    """An expression that matches one of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


def any_in_text(words: Iterable[str]) -> str:
    """The same for running text: a word in letters must stand by itself (“gate” is not in “investigate”)."""
    ordered = sorted(set(words), key=len, reverse=True)
    return "|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in ordered)


_LEAD = any_of(vocabulary.LEAD)
_TAIL = any_of(vocabulary.TAIL)


@lru_cache(maxsize=512)
def _saying(words: tuple[str, ...]) -> re.Pattern[str]:
    """Matches one of the words, said once or several times, with nothing but small talk around it."""
    core = any_of(words)
    return re.compile(f"(?:{core})|(?:{_LEAD})*(?:{core})(?:{core}|{_TAIL})*")


_BEFORE = re.compile(f"(?:{_LEAD})*")
_BEHIND = re.compile(f"(?:{_TAIL})*")


def _says_label(heard: str, label: str) -> bool:
    """`is_saying` of one label; labels are too many to keep an expression for each."""
    before, found, behind = heard.partition(label)
    return bool(found) and _BEFORE.fullmatch(before) is not None and _BEHIND.fullmatch(behind) is not None


def is_saying(heard: str, words: tuple[str, ...]) -> bool:
    """Whether the plain text `heard` says one of these words and nothing else of weight."""
    return bool(words) and 0 < size(heard) <= _LONGEST_SAYING and _saying(words).fullmatch(heard) is not None


_AS_WRITTEN = {word: command for command, words in vocabulary.COMMANDS.items() for word in words}


def command_in(heard: str) -> Command | None:
    """The command that the plain text is, if it is one as a whole; a word as it is written comes before the
    same word with small talk around it."""
    if not heard or size(heard) > _LONGEST_SAYING:
        return None
    return _AS_WRITTEN.get(heard) or next(
        (command for command, words in vocabulary.COMMANDS.items() if is_saying(heard, words)), None
    )


def is_yes(heard: str) -> bool:
    """Whether the plain text is a yes, in one of its many ways."""
    return is_saying(heard, vocabulary.YES)


def is_no(heard: str) -> bool:
    """Whether the plain text is a no. “没问题” is none."""
    return is_saying(heard, vocabulary.NO) and not is_yes(heard)


# ---- numbers -------------------------------------------------------------------------------------

_NUMERALS: Final = {
    **{numeral: n for n, numeral in enumerate("一二三四五六七八九十", start=1)},
    **{numeral: n for n, numeral in enumerate("壹贰叁肆伍陆柒捌玖拾", start=1)},
    "两": 2,
    "俩": 2,
    "仨": 3,
    "幺": 1,
    "㈠": 1,
}
_NUMERAL = "[" + "".join(_NUMERALS) + "]"
_LOOSE_NUMBER = re.compile(
    rf"(?:我|就|那个|那|这个|上面|上边|还是|要|想|选择|选|拣|挑|按|回复|回|打|点|发|是|说|嗯|应该|可能|也|填)*(?:(第)|编号|数字|选项|no)?"
    rf"(\d{{1,6}}|{_NUMERAL}|[a-h])(?:个|项|条|种|样|号|题|张|款|的|那|选项|吧|啊|呀|嘛|哦|呢|了|就行|好了|行|嘞)*"
)
_TIGHT_NUMBER = re.compile(
    rf"(?:选|按|回复|回|点)?(?:(\d)|{_NUMERAL}|第(\d|{_NUMERAL})(?:个|项|条)?(?:吧|那个)?)"
)
_IN_ENGLISH: Final = {
    **{
        word: n
        for n, word in enumerate(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=1
        )
    },
    **{
        word: n
        for n, word in enumerate(
            ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
            start=1,
        )
    },
    **{
        word: n
        for n, word in enumerate(["1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th"], start=1)
    },
}
_ORDINALS = "|".join(word for word in _IN_ENGLISH if word[-2:] in ("st", "nd", "rd", "th"))
_ENGLISH_NUMBER = re.compile(
    rf"(?:i|ill|want|would|like|choose|pick|take|say|its|reply|answer|the|my|option|number|no|choice)*"
    rf"({'|'.join(_IN_ENGLISH)}|\d)(?:one|option|choice|please|thanks|thankyou)*"
)
_ENGLISH_NUMBER_TIGHT = re.compile(rf"(?:the)?({_ORDINALS})(?:one|option|choice)|(?:option|number)(\d)")
_FIRST = re.compile(
    r"(?:选|要|就)*(?:头一|头|最前面|最前|最上面|最上|打头)(?:一)?(?:那)?(?:个|条|项)(?:吧)?|最上面|最前面|(?:the)?(?:top|topmost)(?:one)?"
)
_LAST = re.compile(
    r"(?:选|要|就)*(?:最后|末|最末|最下面|最底下|末尾)(?:面)?(?:一)?(?:那)?(?:个|条|项)(?:吧)?|最后|最下面|最底下|(?:the)?(?:last|bottom)(?:one)?"
)
_MIDDLE = re.compile(r"(?:选|要|就)*(?:中间|当中|当间)(?:那)?(?:个|条|项)?(?:吧)?|(?:the)?middle(?:one)?")
_UPPER = re.compile(r"(?:选|要|就)*(?:上面|前面|前|上)(?:一|那)*(?:个|条|项)(?:吧)?")
_LOWER = re.compile(r"(?:选|要|就)*(?:下面|后面|后|下)(?:一|那)*(?:个|条|项)(?:吧)?")


def names_a_place_of_none(text: str, count: int) -> bool:
    """Whether one of the options is pointed to that there is not: the middle one of six."""
    return count > 0 and count % 2 == 0 and _MIDDLE.fullmatch(plain(text)) is not None


def number_in(text: str, count: int, *, tight: bool = False) -> int | None:
    """The number from 1 to `count` that the message says: “1”, “１”, “1.”, “①”, “一”, “第一个”, “选1”, “A”…

    `tight` is for questions that want words: there “3个” or “a” is an answer, not a number.
    """
    heard = plain(text)
    if not heard or size(heard) > _LONGEST_SAYING or count < 1:
        return None
    if tight:
        if english := _ENGLISH_NUMBER_TIGHT.fullmatch(heard):
            number = _value(english.group(1) or english.group(2))
            return number if 1 <= number <= count else None
        found = _TIGHT_NUMBER.fullmatch(heard)
        said = (found.group(1) or found.group(2) or heard[-1]) if found else ""
        number = _value(said)
        return number if 1 <= number <= count and not re.search(r"\d\D+\d", fold(text)) else None
    for pattern, position in ((_FIRST, 1), (_LAST, count)):
        if pattern.fullmatch(heard):
            return position
    if count == 2 and _UPPER.fullmatch(heard):
        return 1
    if count == 2 and _LOWER.fullmatch(heard):
        return 2
    if count % 2 == 1 and _MIDDLE.fullmatch(heard):
        return count // 2 + 1
    if re.search(r"\d\s*[.．,，、/和或-]\s*\d", fold(text)):
        return None
    if english := _ENGLISH_NUMBER.fullmatch(heard):
        number = _value(english.group(1))
        return number if 1 <= number <= count else None
    found = _LOOSE_NUMBER.fullmatch(heard)
    if not found:
        return None
    said = found.group(2)
    if len(said) > 1 and len(set(said)) == 1:
        said = said[0]  # pressed several times: “111”
    number = _value(said)
    return number if 1 <= number <= count else None


def _value(said: str) -> int:
    if said.isascii() and said.isdigit():
        return int(said)
    if len(said) == 1 and "a" <= said <= "h":
        return ord(said) - ord("a") + 1
    return _NUMERALS.get(said) or _IN_ENGLISH.get(said, 0)


# ---- the words of an option ----------------------------------------------------------------------

_NEGATED = re.compile(r"(?:不是|不在|没在|没有|不要|不|没|别)$")
_NOT_BUT = re.compile(r"^不是.{1,12}?(?:而是|是)(?=.)")


def is_denied(heard: str, at: int) -> bool:
    """Whether what stands at this position is said not to be (“不是墙上”)."""
    return _NEGATED.search(heard[:at]) is not None


_NUMBER_THEN_WORDS = re.compile(r"^(\d)\s*[.、,:：)\s]*\s*(\D.*)$")
_LONGEST_ANSWER: Final = 40
_NEAR: Final = 75.0
"""rapidfuzz ratio above which a wrongly typed label still counts."""

SaidFor = Callable[[str], Sequence[str]]


def pick(text: str, choices: Sequence[Choice], within: SaidFor, *, open_ended: bool = False) -> Choice | None:
    """The choice that the message means, by its words; numbers are `number_in`'s.

    `within` gives further words for a choice id. In an open question only a whole answer counts, not a piece
    of one."""
    heard = plain(text)
    if not heard:
        return None
    numbered = _NUMBER_THEN_WORDS.match(fold(text))
    if numbered and not open_ended and 1 <= int(numbered.group(1)) <= len(choices):
        one = choices[int(numbered.group(1)) - 1]
        if _likeness(plain(numbered.group(2)), one, within) > 0:
            return one
    for choice in choices:
        label = plain(choice.label)
        if heard == label or (
            label and len(heard) <= len(label) + _LONGEST_SAYING and _says_label(heard, label)
        ):
            return choice
    for choice in choices:  # as it is written, first: “没错” is no “没” and no “错”
        if heard in vocabulary.EXACT.get(choice.id, ()):
            return choice
    for choice in choices:
        if is_saying(heard, vocabulary.EXACT.get(choice.id, ())):
            return choice
    if open_ended or size(heard) > _LONGEST_ANSWER:
        return None
    heard = _NOT_BUT.sub("", heard)
    scored = sorted(
        ((_likeness(heard, choice, within), choice) for choice in choices), key=lambda pair: -pair[0]
    )
    if not scored or scored[0][0] <= 0 or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def _likeness(heard: str, choice: Choice, within: SaidFor) -> float:
    """How surely these words mean this choice: 0 for not at all."""
    label = plain(choice.label)
    best = 0.0
    for word in (label, *within(choice.id)):
        at = heard.find(word) if word else -1
        if at >= 0 and not is_denied(heard, at):
            best = max(best, 100.0 + len(word))
    if best == 0.0 and len(heard) >= 2 and heard in label:
        best = 90.0 + len(heard) / len(label)
    if best == 0.0 and len(heard) >= 3 and len(label) >= 3:
        near = fuzz.ratio(heard, label)
        best = near if near >= _NEAR else 0.0
    return best
