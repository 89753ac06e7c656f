"""What an officer must not promise a citizen.

A district's plan for the rectification of internet finance (2016) has petitioners received warmly and the
law explained, with no promise such as “保证还款”; a city's plan asks for one public line. Whether money comes
back, and whether something is fraud, is for the responsible department and the courts to say, not for an
answer in a chat.
"""

import functools
import re
import unicodedata

from opencc import OpenCC

from foundation.errors import Refusal


class PromiseRefused(Refusal):
    """给群众的话里有“{words}”，属于承诺性或定性的说法，请改为说明办理进度或依法途径（例如：由主管部门依法核实处理）。"""


_SURE = r"(?:保证|确保|担保|包管|(?<![钱红腰背书面])包|一定|肯定|必定|必然|绝对|百分之?百|100%|稳稳?)"
_BACK = r"(?:[还退]款|[还退赔]钱|返还|退还|偿还|兑付|赔偿|赔付|[追要拿讨挽退找]得?回|追讨?到)"
_BETWEEN = r"(?:能|能够|可以|会|[给帮替为让][你您]|把|将|都|全部|全额|的?钱|资金|本金|损失)*"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        f"{_SURE}{_BETWEEN}{_BACK}",
        r"(?:保证|确保|一定|肯定)(?:能|会|可以|给您|给你)*(?:立案|抓到|破案|奖励|发奖)",
        r"(?:包赔|包退|包追回|保本|刚兑|全额兜底)",
        r"(?:钱|本金|损失|资金)(?:全部|都)?(?:一定|肯定|绝对)(?:不会少|没问题|回得来)",
        r"(?:已经?|可以|我们)(?:定性|认定|判定)(?:为|是|成)?(?:诈骗|骗子|非法集资|犯罪|传销)",
        r"(?:就是|肯定是|绝对是)(?:诈骗犯|犯罪分子|罪犯)",
    )
)
_NEGATION = re.compile(
    r"(?:不|(?:不能|不会|不得|不可|无法|无权|难以|没有人能|没人能|谁也不能|别信|谨防|凡是|声称|自称|宣称|号称)[^。！？；，.!?;,]{0,4})$"
)
_GET_BACK = (
    r"(?:(?:get|have|recover|return|refund|repay|pay|give|bring)\w*(?: (?:you|it|all|back|of|your|the|full|every|penny"
    r"|money|loss|losses|savings|funds|in))*|(?:money|loss|losses|savings|funds)(?: (?:will|be|is|are))*"
    r" (?:back|returned|recovered|refunded|repaid)|refund|compensation)"
)
_ENGLISH = re.compile(
    rf"\b(?:guarantee|promise|assure|ensure|swear|make sure)\w*(?: (?:you|that|we|will|can|a|full|to|your|the|all|i|it|of"
    rf"|money|be|is))* {_GET_BACK}\b"
    rf"|\b(?:certainly|definitely|surely|absolutely|for sure|without fail|100 ?%|no doubt)(?: (?:will|can|be|you|we|your"
    rf"|the|money|to|all))* {_GET_BACK}\b"
    r"|\byou(?:'ll| will)(?: (?:definitely|certainly|surely))? (?:get|have|receive) (?:all )?(?:of )?(?:your|the) "
    r"(?:money|savings|funds) back\b"
    r"|\bwe(?:'ll| will)(?: (?:definitely|certainly|surely))? (?:get|recover|refund|return|bring) (?:you )?(?:all )?(?:of )?"
    r"(?:your|the) (?:money|loss|losses|savings|funds)\b"
    r"|\b(?:your|the) (?:money|savings|funds) (?:is|are|will be) (?:safe|guaranteed)\b"
    r"|\b(?:refund|repayment|recovery|return of your money|reward) (?:is|are) (?:guaranteed|certain)\b"
    r"|\bwe (?:have )?(?:determined|established|ruled|concluded|found) (?:that )?(?:it|this|they|he|she) (?:is|are|was) (?:a )?"
    r"(?:fraud|scam|crime|criminal)s?\b|\b(?:he|she|they|it|this) (?:is|are) (?:definitely|certainly) (?:a )?"
    r"(?:fraud|scam|criminal|swindler)s?\b"
)
_ENGLISH_NEGATION = re.compile(
    r"(?:\b(?:not|never|no|nobody|no one|cannot|can't|won't|don't|doesn't|unable to|whoever|anyone who|those who|if (?:someone|anyone"
    r"|they)|claims?|claim to|pretends?)\b[^.!?;,]{0,16})$"
)
_QUOTES = {"“": "”", "「": "」", "『": "』", '"': '"'}


def refuse_promises(text: str) -> None:
    """Raises PromiseRefused with the words that promise, whatever language they are in."""
    words = promise_in(text)
    if words:
        raise PromiseRefused(words=words)


def promise_in(text: str) -> str:
    """The words of the text that promise, or nothing. Spaces, full-width letters and traditional characters do not
    hide them. What is negated (“我们不能保证追回”) or quoted (凡是说“保证追回”的都要当心) is let through."""
    visible = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFKC", text))
    plain = _to_simplified().convert("".join(visible.split()))
    for pattern in _PATTERNS:
        for found in pattern.finditer(plain):
            before = plain[: found.start()]
            if not _NEGATION.search(before) and not _inside_quotes(plain, found.start(), found.end()):
                return found.group()
    english = " ".join(visible.lower().replace("’", "'").split())
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
