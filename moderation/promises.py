"""What an officer must not promise a citizen.

A district's plan for the rectification of internet finance (2016) has petitioners received warmly and the
law explained, with no promise such as “保证还款”; a city's plan asks for one public line. Whether money comes
back, and whether something is fraud, is for the responsible department and the courts to say, not for an
answer in a chat.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from opencc import OpenCC

from foundation.errors import Refusal
from knowledge.packs import Packs
from knowledge.schemes.english import read_english
from moderation.promise_patterns import (
    CANTONESE,
    CHINESE,
    ENGLISH,
    HEDGED,
    HEDGED_ENGLISH,
    SOFT,
    SOFT_ENGLISH,
    SPELT,
    Promised,
)
from reports.jurisdictions.jurisdiction import Jurisdiction


class PackPromises(Refusal):
    """The pack entry {entry} says “{words}”, which promises or praises. Put it in quotation marks, say who says it, or word
    it otherwise."""


class PromiseRefused(Refusal):
    """给群众的话里有“{words}”，属于承诺性或定性的说法，没有发出。请改为说明办理进度或依法途径，例如：“{instead}”"""


INSTEAD: Final = {
    Promised.MONEY: "能否追回，要看案件办理的情况；请尽快到公安机关登记损失，有进展会告诉您。",
    Promised.REWARD: "是否奖励、奖励多少，以主管部门审核的结果为准，审核完会通知您。",
    Promised.OUTCOME: "线索已转公安机关依法核查，是否立案以他们的通知为准。",
    Promised.OFFER: "这类宣传要当心：请先别转钱，到正规金融机构的柜台问清楚。",
    Promised.VERDICT: "疑似违法金融活动，由主管部门依法认定。",
}
"""What an officer may say instead, by what they promised."""


_NEGATION = re.compile(
    r"(?:不|(?:不能|不会|不得|不可|不许|不准|无法|无权|难以|没有人能|没人能|谁也不能|别信|谨防|凡是|声称|自称|宣称|号称|没有|不存在|并无|严禁|禁止|哪有|哪来|要求|申请|主张|诉求|能否|是否|可否|如果|假如|若)[^。！？；，.!?;,]{0,6}"
    r"|(?:别|不要|莫|勿|切勿)(?:轻信|相信|听信|信)[^。！？；，.!?;,]{0,6}"
    # what others say: “说买保险保本”, but neither “我跟您说” nor “可以说”
    r"|(?:^|[。！？；，：.!?;,:、])[^我您你。！？；，：.!?;,:]{0,10}(?<!可以)(?<![敢实])(?:说|写着?|答应|拍胸脯|签字盖章)[^我。！？；，.!?;,]{0,8})$"
)
_DISTANCED = re.compile(
    # a question: “钱会退给您吗”
    r"[^。！？；，.!?;,]{0,8}(?:[?？]|吗(?:$|[。！？；，.!?;,]))|[^。！？；，.!?;,]{0,8}(?:要看|取决于|说不准|不一定)"
    r"|[^。！？；，.!?;,]{0,4}(?:是|为|作)?(?:诱饵|违法|违规|非法|不合法|不允许|假的)"
    r"|[^。！？；，.!?;,]{0,8}的[^。！？；.!?;]{0,10}(?:违背|诱饵|骗局|别信|不要信|不可信|莫信|信不得|当心|小心|是骗|骗人|不存在|没有的|没有这|是假的)|[，,]?[这那](?:本身|种|样|些|个|就)?[^。！？；]{0,4}(?:不合法|违法|是假|是骗|不可信)"
)
"""What follows words that are spoken of and not said: “稳赚不赔的话不要信”, and what makes a question of them."""
_OTHERS = re.compile(
    r"(?:对方|他|她|人家|公司|平台|客服|骗子|业务员|老板|商家|机构|单位|广告|有人|谁|中介)[^我您你。！？；，.!?;,]{0,6}$"
)
"""Whose word it is, where it is not ours: “对方承诺退款了”."""
_ENGLISH_NEGATION = re.compile(
    r"(?:\b(?:nobody|no one|cannot|can't|can not|not|never)\b(?: \w+){0,3} (?:promise|guarantee|assure)\w*(?: \w+){0,3} ?$"
    r"|\b(?:not|never|no|nobody|no one|cannot|can't|won't|don't|doesn't|unable to|whoever|anyone who|those who|if (?:someone|anyone"
    r"|they)|claims?|beware of|be wary of|no such thing as|(?:did|do|does|have|has) (?:they|he|she|it|anyone|someone|the \w+)"
    r"|claim to|pretends?"
    r"|scammers?|fraudsters?|swindlers?|con (?:men|artists?)|criminals?|callers?|agents?"
    r"|(?:he|she|they|it|ads?) (?:says?|said|promised?|offers?))\b[^.!?;,]{0,16})$"
)
_ENGLISH_DISTANCED = re.compile(
    r"[^.!?;]{0,24}\b(?:is|are) (?:a |all )?(?:scams?|lies|lying|fake|false|frauds?|not to be trusted)\b"
)
_ENGLISH_ASKING = re.compile(
    r"(?:^|[.!?;:] ?)(?:was|were|is|are|did|do|does|has|have|had|can|could|who|what|why|when|where|how|which)\b[^.!?;]*$"
)
_ENGLISH_ASKED = re.compile(r"[^.!?;]*\?")
"""A question from its first word to its mark: “Was a return guaranteed?” asks, “Guaranteed, ok?” does not."""
_SENTENCE: Final = re.compile(r"(?:[^。！？!?;；.]|\.(?! ))+[。！？!?;；.]*")
_DIVIDING = re.compile(r"(?<=[\u3400-\u9fff])[-_·•.*~—–…|/\\+=#^]+(?=[\u3400-\u9fff])")
"""Marks put between characters so that the words are not found."""
_NOUGHTS = re.compile(r"(?<=\d)[oO]+(?=[\doO%])")
"""“1OO%”: letters where noughts belong."""
_SPELT_OUT = re.compile(r"\b(?:[a-z][ .\-_*]){3,}[a-z]\b")
_QUOTES = {"“": "”", "「": "」", "『": "』", '"': '"'}


def refuse_promises(text: str) -> None:
    """Raises PromiseRefused with the words that promise, whatever language they are in."""
    found = _first(text)
    if found is not None:
        promised, words = found
        raise PromiseRefused(words=words, instead=INSTEAD[promised])


def refuse_promising_packs(packs: Packs) -> None:
    """Raises PackPromises for the first question, warning or scheme that would have us promise something. The
    options of a question may: “which of these words is forbidden?” has one of them for its answer."""
    for entry, texts in _told_by(packs):
        for text in texts:
            if words := promise_in(text):
                raise PackPromises(entry=entry, words=words)


def refuse_promising_place(place: Jurisdiction) -> None:
    """Raises PackPromises for the first text of a place's pack that citizens are told and that promises: options,
    hotlines, hours, names of departments."""
    for entry, text in _told_of(place):
        if words := promise_in(text):
            raise PackPromises(entry=entry, words=words)


def _told_of(place: Jurisdiction) -> Iterator[tuple[str, str]]:
    yield "place/notice", place.notice
    for medium in place.mediums:
        for text in (medium.label, medium.plain, medium.english):
            yield f"medium/{medium.code.value}", text
    for hotline in place.hotlines:
        for text in (hotline.name, hotline.purpose, hotline.when, hotline.english, hotline.english_when):
            yield f"hotline/{hotline.number}", text
    for department in place.departments:
        yield f"department/{department.key.value}", department.name
    for text in (place.human.name, place.human.hours, place.human.hours_english):
        yield "human", text


def _told_by(packs: Packs) -> Iterator[tuple[str, tuple[str, ...]]]:
    for question in packs.questions:
        english = question.english
        spoken = () if english is None else (english.question, english.explanation)
        yield (
            f"question/{question.code}",
            (question.question, question.explanation, *spoken),
        )
    for warning in packs.warnings:
        other = warning.english
        told = () if other is None else (other.title, other.body, *other.steps)
        yield f"warning/{warning.code}", (warning.title, warning.body, *warning.steps, *told)
    for scheme in packs.catalogue.values():
        reasons = (flag.plain for flag in scheme.red_flags)
        in_english = read_english().get(scheme.code)
        translated = (
            ()
            if in_english is None
            else (in_english.name, *in_english.now, *in_english.if_paid, *in_english.reasons)
        )
        yield (
            f"scheme/{scheme.code}",
            (scheme.plain_name, scheme.advice.plain, *scheme.advice.now, *scheme.advice.if_paid, *reasons),
        )
        yield f"scheme/{scheme.code} (english)", translated


def promise_in(text: str) -> str:
    """The words of the text that promise, or nothing. Spaces, marks between the characters, full-width letters and
    traditional characters do not hide them. What is negated (“我们不能保证追回”), told of others (“说买保险保本”) or quoted
    (凡是说“保证追回”的都要当心) is let through."""
    found = _first(text)
    return "" if found is None else found[1]


@functools.lru_cache(maxsize=1024)
def _first(text: str) -> tuple[Promised, str] | None:
    """What is promised, and in which words."""
    visible = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFKC", text))
    plain = _DIVIDING.sub("", _to_simplified().convert("".join(visible.split())))
    plain = _NOUGHTS.sub(lambda letters: "0" * len(letters.group()), plain)
    for word, mandarin in CANTONESE:
        plain = word.sub(mandarin, plain)
    for promised, pattern in CHINESE:
        for found in pattern.finditer(plain):
            if not _is_told_of(plain, found):
                return promised, found.group()
    if words := _said_softly(plain, SOFT, HEDGED):
        return Promised.MONEY, words
    english = " ".join(visible.lower().replace("’", "'").split())
    english = _SPELT_OUT.sub(lambda spelt: re.sub("[^a-z]", "", spelt.group()), english)
    for promised, pattern in (*ENGLISH, (Promised.MONEY, SPELT)):
        for found in pattern.finditer(english):
            before = english[: found.start()]
            told_of = _ENGLISH_NEGATION.search(before) or _ENGLISH_DISTANCED.match(english, found.end())
            asked = _ENGLISH_ASKING.search(before) and _ENGLISH_ASKED.match(english, found.end())
            if not told_of and not asked and not _inside_quotes(english, found.start(), found.end()):
                return promised, found.group()
    if words := _said_softly(english, SOFT_ENGLISH, HEDGED_ENGLISH):
        return Promised.MONEY, words
    return None


def _said_softly(text: str, patterns: tuple[re.Pattern[str], ...], hedged: re.Pattern[str]) -> str:
    """The words by which a sentence has money come without a doubt; nothing where the sentence leaves it open."""
    for sentence in _SENTENCE.findall(text):
        if hedged.search(sentence):
            continue
        for pattern in patterns:
            for found in pattern.finditer(sentence):
                if not _is_told_of(sentence, found):
                    return found.group()
    return ""


def _is_told_of(text: str, found: re.Match[str]) -> bool:
    """Whether the words are denied, asked, another's, or quoted."""
    before = text[: found.start()]
    is_others = found.group().startswith(("承诺", "答应")) and _OTHERS.search(before) is not None
    return (
        is_others
        or _NEGATION.search(before) is not None
        or _DISTANCED.match(text, found.end()) is not None
        or _inside_quotes(text, found.start(), found.end())
    )


@functools.cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def _inside_quotes(text: str, start: int, end: int) -> bool:
    for opening, closing in _QUOTES.items():
        if opening == closing:
            if text.count(opening, 0, start) % 2 == 1 and closing in text[end:]:
                return True
        elif text.rfind(opening, 0, start) > text.rfind(closing, 0, start) and closing in text[end:]:
            return True
    return False
