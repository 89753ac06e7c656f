"""What an officer must not promise a citizen.

A district's plan for the rectification of internet finance (2016) has petitioners received warmly and the
law explained, with no promise such as “保证还款”; a city's plan asks for one public line. Whether money comes
back, and whether something is fraud, is for the responsible department and the courts to say, not for an
answer in a chat.
"""

import re
import unicodedata

from foundation.errors import Refusal


class PromiseRefused(Refusal):
    """给群众的话里有“{words}”，属于承诺性或定性的说法，请改为说明办理进度或依法途径（例如：由主管部门依法核实处理）。"""


_SURE = r"(?:保证|确保|担保|包管|(?<![钱红腰背书面])包|一定|肯定|必定|必然|绝对|百分之?百|100%|稳稳?)"
_BACK = r"(?:[还退]款|[还退赔]钱|返还|退还|偿还|兑付|赔偿|赔付|[追要拿讨挽退找]回|追讨?到)"
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
_QUOTES = {"“": "”", "「": "」", "『": "』", '"': '"'}


def refuse_promises(text: str) -> None:
    """Raises PromiseRefused with the words that promise; spaces or full-width letters do not hide them.

    What is negated (“我们不能保证追回”) or quoted (凡是说“保证追回”的都要当心) is let through.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and c.isprintable())
    for pattern in _PATTERNS:
        for found in pattern.finditer(plain):
            before = plain[: found.start()]
            if not _NEGATION.search(before) and not _inside_quotes(plain, found.start(), found.end()):
                raise PromiseRefused(words=found.group())


def _inside_quotes(text: str, start: int, end: int) -> bool:
    for opening, closing in _QUOTES.items():
        if opening == closing:
            if text.count(opening, 0, start) % 2 == 1 and closing in text[end:]:
                return True
        elif text.rfind(opening, 0, start) > text.rfind(closing, 0, start) and closing in text[end:]:
            return True
    return False
