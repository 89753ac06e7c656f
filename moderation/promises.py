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

from opencc import OpenCC

from foundation.errors import Refusal
from knowledge.packs import Packs


class PackPromises(Refusal):
    """The pack entry {entry} says “{words}”, which promises or praises. Put it in quotation marks, say who says it, or word
    it otherwise."""


class PromiseRefused(Refusal):
    """给群众的话里有“{words}”，属于承诺性或定性的说法，请改为说明办理进度或依法途径（例如：由主管部门依法核实处理）。"""


_SURE = r"(?:保证|确保|担保|包管|(?<![钱红腰背书面])包|一定|肯定|必定|必然|绝对|百分之?百|100%|稳稳?)"
_BACK = r"(?:[还退]款|[还退赔]钱|返还|退还|退赔|偿还|兑付|赔偿|赔付|[追要拿讨挽退找]得?回|追讨?到|[还退赔返](?:给)?[您你])"
_BETWEEN = r"(?:能|能够|可以|会|[给帮替为让][你您]|把|将|都|全部|全额|的?钱|资金|本金|损失)*"
_MONEY = r"(?:钱|款|本金|损失|资金|养老金)"
_EASY = r"(?:放心|没问题|没有问题|不成问题|不用担心|别担心)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        f"{_SURE}{_BETWEEN}{_BACK}",
        r"(?:保证|确保|一定|肯定)(?:能|会|可以|给您|给你)*(?:立案|抓到|破案|奖励|发奖)",
        r"(?:包赔|包退|包追回|包过|包下款|保本|保息|保收益|刚兑|全额兜底)",
        f"{_MONEY}(?:全部|都)?(?:一定|肯定|绝对)(?:不会少|没问题|回得来)",
        # that money comes, said softly
        f"{_MONEY}(?:都|也|全|全部|很快|马上|就|最后|迟早)*会(?:回来|[要追拿退]回|[退还返赔](?:给|还))",
        f"{_MONEY}.{{0,4}}(?:跑|丢|少)不了|{_MONEY}[^。！？；不]{{0,8}}[要追拿退][得]?回[^。！？；不]{{0,6}}{_EASY}|全额[退还返赔].{{0,3}}{_EASY}",
        f"{_MONEY}.{{0,6}}(?:马上|很快|过几天|不久|明天|今天).{{0,4}}[退还返赔打](?:给|回|还)[您你]",
        r"(?:我们|我)(?:会|将|来|负责|可以|能|帮|给|替|把|[您你])+的?(?:钱|款|损失|本金)?[^。！？；，不]{0,4}(?:追回|[退还赔](?:给|还)|赔偿|赔)",
        r"我们(?:来|负责)[退赔]|负责赔(?!偿机构)|(?:我们|我|政府)(?:来|给您|替您|可以)?(?:担保|兜底|打包票)|包在我们?身上|打包票(?!说)",
        r"奖(?:励|金).{0,2}(?:一定|肯定|保证|必定)(?:会|能)?[发给有]|举报(?:就|必|都)有奖",
        # an offer praised
        r"[稳必包躺](?:赚|赢|挣)|只赚不赔|稳赢不输|(?:零|无|毫无)风险(?!提示|警示|等级)|放心(?:投|买|转|存|交|付|打款)",
        # a verdict
        r"(?:已经?|可以|我们)(?:定性|认定|判定)(?:为|是|成)?(?:诈骗|骗子|非法集资|犯罪|传销)",
        r"(?:就是|肯定是|绝对是)(?:诈骗犯|犯罪分子|罪犯)",
    )
)
_NEGATION = re.compile(
    r"(?:不|(?:不能|不会|不得|不可|不许|不准|无法|无权|难以|没有人能|没人能|谁也不能|别信|谨防|凡是|声称|自称|宣称|号称|没有|哪有|哪来)[^。！？；，.!?;,]{0,6}"
    r"|(?:别|不要|莫|勿|切勿)(?:轻信|相信|听信|信)[^。！？；，.!?;,]{0,6}"
    # what others say: “说买保险保本”, but neither “我跟您说” nor “可以说”
    r"|(?:^|[。！？；，：.!?;,:、])[^我您你。！？；，：.!?;,:]{0,10}(?<!可以)(?<![敢实])(?:说|写着?|答应|拍胸脯|签字盖章)[^我。！？；，.!?;,]{0,8})$"
)
_DISTANCED = re.compile(
    r"[^。！？；，.!?;,]{0,8}的[^。！？；.!?;]{0,10}(?:别信|不要信|不可信|莫信|信不得|当心|小心|是骗|不存在|是假的)|[，,]?[这那](?:本身|种|样|些|个|就)?[^。！？；]{0,4}(?:不合法|违法|是假|是骗|不可信)"
)
"""What follows words that are spoken of and not said: “稳赚不赔的话不要信”."""
_GET_BACK = (
    r"(?:(?:get|have|recover|return|refund|repay|pay|give|bring)\w*(?: (?:you|it|all|back|of|your|the|full|every|penny"
    r"|money|loss|losses|savings|funds|in))*|(?:money|loss|losses|savings|funds)(?: (?:will|be|is|are|comes?))*"
    r" (?:back|returned|recovered|refunded|repaid)|refund|compensation|profits?|returns?|income|win)"
)
_ENGLISH = re.compile(
    rf"\b(?:guarantee|promise|assure|ensure|swear|make sure)\w*(?: (?:you|that|we|will|can|a|full|to|your|the|all|i|it|of"
    rf"|money|be|is))* {_GET_BACK}\b"
    rf"|\b(?:certainly|definitely|surely|absolutely|for sure|without fail|100 ?%|no doubt)(?: (?:will|can|be|you|we|your"
    rf"|the|money|to|all))* {_GET_BACK}\b"
    r"|\byou(?:'ll| will)(?: (?:definitely|certainly|surely))? (?:get|have|receive) (?:all )?(?:of )?(?:your|the) "
    r"(?:money|savings|funds) back\b"
    r"|\b(?:we|i)(?:'ll| will| can| could| shall)(?: (?:definitely|certainly|surely))? (?:get|recover|refund|return|bring) (?:you )?(?:all )?(?:of )?"
    r"(?:your|the) (?:money|loss|losses|savings|funds)\b"
    r"|\bwe(?:'ll| will| can| shall) (?:compensate|reimburse|repay|refund)\b"
    r"|\b(?:your|the) (?:money|savings|funds) (?:is|are|will be) (?:safe|guaranteed)\b"
    r"|\byour (?:money|savings|funds|loss|losses) (?:will|is going to|are going to) (?:be )?(?:returned|refunded|repaid|recovered|come back)\b"
    r"|\b(?:refund|repayment|recovery|return of your money|reward) (?:is|are) (?:guaranteed|certain)\b"
    r"|\b(?:risk|loss)[ -]?free\b|\b(?:no|zero)[ -]risk\b|\b(?:you|one) (?:cannot|can't|can not) lose\b|\ba sure (?:win|profit|thing)\b"
    r"|\b(?:safe to invest|you can (?:safely )?invest|(?:platform|app|company|investment) is (?:safe|legitimate))\b"
    r"|\bwe (?:have )?(?:determined|established|ruled|concluded|found) (?:that )?(?:it|this|they|he|she) (?:is|are|was) (?:a )?"
    r"(?:fraud|scam|crime|criminal)s?\b|\b(?:he|she|they|it|this) (?:is|are) (?:definitely|certainly) (?:a )?"
    r"(?:fraud|scam|criminal|swindler)s?\b"
)
_ENGLISH_NEGATION = re.compile(
    r"(?:\b(?:not|never|no|nobody|no one|cannot|can't|won't|don't|doesn't|unable to|whoever|anyone who|those who|if (?:someone|anyone"
    r"|they)|claims?|claim to|pretends?|(?:he|she|they|it|ads?) (?:says?|said|promised?|offers?))\b[^.!?;,]{0,16})$"
)
_DIVIDING = re.compile(r"(?<=[\u3400-\u9fff])[-_·•.*~—–…|/\\+=#^]+(?=[\u3400-\u9fff])")
"""Marks put between characters so that the words are not found."""
_SPELT_OUT = re.compile(r"\b(?:[a-z][ .\-_*]){3,}[a-z]\b")
_QUOTES = {"“": "”", "「": "」", "『": "』", '"': '"'}


def refuse_promises(text: str) -> None:
    """Raises PromiseRefused with the words that promise, whatever language they are in."""
    words = promise_in(text)
    if words:
        raise PromiseRefused(words=words)


def refuse_promising_packs(packs: Packs) -> None:
    """Raises PackPromises for the first question, warning or scheme that would have us promise something. The wrong
    answers of a question may: they are there to be told from the right one."""
    for entry, texts in _told_by(packs):
        for text in texts:
            if words := promise_in(text):
                raise PackPromises(entry=entry, words=words)


def _told_by(packs: Packs) -> Iterator[tuple[str, tuple[str, ...]]]:
    for question in packs.questions:
        english = question.english
        spoken = () if english is None else (english.question, english.explanation)
        yield f"question/{question.code}", (question.question, question.explanation, *spoken)
    for warning in packs.warnings:
        other = warning.english
        told = () if other is None else (other.title, other.body, *other.steps)
        yield f"warning/{warning.code}", (warning.title, warning.body, *warning.steps, *told)
    for scheme in packs.catalogue.values():
        reasons = (flag.plain for flag in scheme.red_flags)
        yield (
            f"scheme/{scheme.code}",
            (scheme.plain_name, *scheme.advice.now, *scheme.advice.if_paid, *reasons),
        )


@functools.lru_cache(maxsize=1024)
def promise_in(text: str) -> str:
    """The words of the text that promise, or nothing. Spaces, marks between the characters, full-width letters and
    traditional characters do not hide them. What is negated (“我们不能保证追回”), told of others (“说买保险保本”) or quoted
    (凡是说“保证追回”的都要当心) is let through."""
    visible = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFKC", text))
    plain = _DIVIDING.sub("", _to_simplified().convert("".join(visible.split())))
    for pattern in _PATTERNS:
        for found in pattern.finditer(plain):
            told_of = _NEGATION.search(plain[: found.start()]) or _DISTANCED.match(plain, found.end())
            if not told_of and not _inside_quotes(plain, found.start(), found.end()):
                return found.group()
    english = " ".join(visible.lower().replace("’", "'").split())
    english = _SPELT_OUT.sub(lambda spelt: re.sub("[^a-z]", "", spelt.group()), english)
    for found in _ENGLISH.finditer(english):
        before = english[: found.start()]
        if not _ENGLISH_NEGATION.search(before) and not _inside_quotes(english, found.start(), found.end()):
            return found.group()
    return ""


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
