"""Wishes said in a sentence of one's own: to talk to a person, to read larger letters, to be waited for. Total and pure.

`vocabulary` has what people say in a word or two; a sentence has too many forms to list. It is a wish where every one of its
words is of the kind that such wishes are made of: “客服让我转账” is a story, for 转账 is not.
"""

import re
from typing import Final

from bot.conversation import vocabulary
from bot.conversation.understanding import fold, is_latin, plain, size
from bot.conversation.vocabulary import Command

_LONGEST: Final = 20
"""Characters of Chinese up to which a sentence may be a mere wish."""

# ---- Chinese and Cantonese, folded to simplified characters ----------------------------------------

_WANT: Final = (
    "(?:请问|请|麻烦|帮我|帮忙|给我|我们|我哋|我|俺|你们的?|你哋|你|您|能不能|可不可以|可唔可以|可否|可以|能|想|要|得|就|还是|先|快点?|赶紧|赶快|怎么|咋|如何|点样|点"
    "|到底|直接)*"
)
_SUMMON: Final = "(?:找到?|叫|换|派|喊|转|接|联系|见|让|问|[搵揾])"
_SOME: Final = "(?:一个|个|位|你们的?|你哋|下)*"
_AFTER: Final = (
    "(?:来|嚟|吗|呢|啊|呀|吧|了|啦|喇|嘛|哦|么|帮我|帮下我|帮|跟我|同我|给我|说话|讲话|讲嘢|说|讲|倾|聊|谈|听电话|接电话|听|接|出来|回话|回复|回我|服务"
    "|问问|问一下|问|处理|解决|一下|下|行不行|好不好|谢谢|唔该|快点)*"
)
_THERE: Final = "(?:在吗|在不在|在哪里?|在哪儿|喺度|喺边度?|呢|来|嚟|出来|服务|电话)"
_SOFTLY: Final = "(?:吗|呢|啊|呀|吧|了|啦|喇|嘛|哦|么|在)*"
_STAFF: Final = "(?:真人|活人|人工客服|人工服务|人工|客服|工作人员|职员)"
_PERSON: Final = f"(?:{_STAFF}|领导|主任|经理|上司|主管|负责人|管事的|值班人员|值班的)"
_MACHINE: Final = "(?:机器人|机器|机械人|电脑|人工智能|ai|自动回复)"
_HUMAN: Final = re.compile(
    "|".join(
        (
            f"{_WANT}{_SUMMON}{_SOME}{_PERSON}{_AFTER}",
            f"{_WANT}(?:想|要|能不能|可不可以|可唔可以|可以)(?:直接|跟|同|和|有|一个|个|你们的?|你哋)*{_PERSON}{_AFTER}",
            f"(?:请问|你们|你哋|这里|里面|到底)*(?:有没有|有冇){_SOME}{_PERSON}{_THERE}*{_SOFTLY}",
            f"(?:请问|你们|你哋|这里|里面)*(?:有{_PERSON}{_THERE}*(?:吗|么|没有|没)|没有?{_STAFF}(?:吗|么)){_SOFTLY}",
            f"(?:请问|你们的?|你哋)*{_PERSON}{_THERE}{_SOFTLY}|{_STAFF}{_SOFTLY}",
            f"(?:我|俺)?(?:就|都|真)?(?:不想|不要|不|别|唔想|唔要|唔好)(?:再)?(?:让|跟|同|和|与|对着?)?(?:你)?(?:这个|呢个|这种)?{_MACHINE}"
            "(?:跟我|同我)?(?:说话|讲话|讲嘢|说|讲|聊|倾|回)?(?:了|啊|呀|喇)?",
            f"(?:跟|同|和)(?:真人|活人|人工){_AFTER}",
            f"{_WANT}(?:找|叫|派|换|喊|[搵揾])(?:一个|个|到)?人(?:跟我|同我|来|嚟|帮我|帮下我|说话?|讲话?|讲嘢|倾|聊|问问?|出来|接|听|处理|吗|啊|呀|吧|了|下)*",
            "(?:到底)?(?:有没有|有冇)人(?:管|理|在|接|帮|答|回|喺度|听)*(?:我|一下|下)*(?:吗|呢|啊|呀|的|嘅|了)*",
            "(?:到底)?有人(?:管|理|在|接|帮|答|回|听)*(?:我|一下|下)*(?:吗|么|没有|没)(?:啊|呀)?",
            "(?:怎么|点解)?(?:没有|没|冇)人(?:管|理|在|接|帮|答|回|听)+(?:我|一下|下)*(?:吗|呢|啊|呀|的|嘅|了)*",
            "(?:你们?的?)?人(?:都)?(?:在|去|喺|跑)?(?:哪里|哪儿|哪|边度|边)(?:去)?了?(?:啊|呀|呢)?",
            "(?:能不能|可不可以|可唔可以|可以|能|请|麻烦|叫)*(?:你们?|您|你哋|人)?(?:给我|俾我)?[打回](?:个|一个|返个)?电话(?:给我|俾我|过来|给俺)(?:吗|吧|啊|呀|呢)*",
            "(?:能不能|可不可以|可以|能|请|麻烦|叫)*(?:你们?|您|人)?(?:给我|给俺|俾我)[打回](?:个|一个)?电话(?:吗|吧|啊|呢|好吗|行吗)*",
        )
    )
)

_LETTERS: Final = "(?:这个?|你们?的?|上面的?|手机的?|那个?|呢啲|啲)*(?:字体|文字|字)"
_MAY: Final = "(?:请|麻烦|帮我|给我|我要|要|想|怎么|点样|能不能|可不可以|可唔可以|能|可以|再|把|将)*"
_SOFT: Final = "(?:吗|呢|啊|呀|吧|了|啦|喇|嘛|哦|的|好吗|行吗|可以吗|谢谢|唔该)*"
_UNSEEN: Final = "(?:看不太?清楚?|看不见|看不到|睇唔(?:到|清楚?|见)|看唔清楚?)"
_BIGGER: Final = "大(?:一)?(?:点|些|啲|d)儿?"
_BIG: Final = re.compile(
    "|".join(
        (
            f"{_LETTERS}(?:还是|还|也|真|有点|实在|好|太|这么|咁|咪)*[小细](?:了|喇|啦|咯|啊|呀|得|到)*(?:我)?(?:都|根本|实在)*{_UNSEEN}?{_SOFT}",
            f"(?:太|好)[小细](?:了|喇)?(?:我)?(?:都)?{_UNSEEN}{_SOFT}",
            f"{_MAY}(?:{_LETTERS})?{_MAY}(?:放|调|变|弄|搞|写)?{_BIGGER}(?:的)?(?:字体|字)?{_SOFT}",
            f"{_MAY}(?:{_LETTERS})?{_MAY}(?:放|调|变|弄)大(?:点|些|一点|啲)?(?:字体|字)?{_SOFT}|{_MAY}大(?:的)?字{_SOFT}",
            f"(?:我|我的|俺)?(?:人?老了|年纪大了?)?(?:我)?(?:老花眼?|眼睛?|眼神)(?:不太?好使?|不行|唔好|花了?|{_UNSEEN}|有问题)?(?:{_UNSEEN})?(?:字)?{_SOFT}",
            f"(?:我|俺)?(?:实在|都|也|完全|根本|有点)*(?:{_UNSEEN})(?:{_LETTERS})?{_SOFT}",
            f"(?:字|我)?看(?:着|起来|得|字)?(?:很|好|太|真)?(?:费劲|吃力|费眼|辛苦){_SOFT}",
        )
    )
)
_EYE_ALONE: Final = frozenset({"眼", "眼睛", "眼神", "我眼睛", "大字", "字"})


_NEAR: Final = "(?:我家?的?)?(?:老头子?|老伴|老公|老婆|媳妇|女婿|儿子|女儿|闺女|孙子|孙女|外孙|孩子|娃|邻居|家里人|家人|阿姨|保姆|个仔|个女|他|她|他们)"
_THINGS: Final = (
    "(?:我的?|一?副|个|下)*(?:老花镜|老花眼镜|眼镜|手机|充电器|充电线|那张纸|那张|单子|传单|照片)"
)
_COME: Final = "(?:过来|回来|来|嚟|帮我|帮忙|帮|弄|搞|看看|看一下|看|问问|问|发|教我|一下|下|先)*"
_WAIT: Final = re.compile(
    "(?:你|您|请|先|麻烦)*(?:等一?等|等一?下|等会儿?|稍等|等我|慢着)?"
    f"(?:(?:我|俺|咱)?(?:先|去|来|得|要|想|正在|在)*(?:(?:叫|喊|等|问问?|找|让){_NEAR}{_COME}|(?:找|拿|取|戴|翻){_THINGS}{_COME})"
    f"|{_NEAR}(?:会弄|会用|会搞|懂)(?:我|俺)?(?:去|来)?(?:叫|喊|找|问){_NEAR}{_COME})(?:吧|啊|了|哈|呢|再说|再弄|再报)*"
)
"""Somebody or something is fetched first: “等一下我找眼镜”, “我老头子会弄，我叫他”."""


# ---- English: every word of a kind --------------------------------------------------------------------

_WORD: Final = re.compile(r"[a-z']+")
_TO_PERSONS: Final = frozenset(
    (*vocabulary.SMALL_TALK, *vocabulary.PERSONS, *vocabulary.TO_PERSONS, *vocabulary.MACHINES)
)
_ABOUT_PRINT: Final = frozenset((*vocabulary.SMALL_TALK, *vocabulary.ABOUT_PRINT))
_SOMEBODY: Final = frozenset({"someone", "somebody", "anyone", "anybody"})
_STAFF_WORDS: Final = frozenset(vocabulary.PERSONS) - _SOMEBODY
_MACHINES: Final = frozenset(vocabulary.MACHINES)
_TALKING: Final = frozenset(
    {"talk", "speak", "chat", "call", "ring", "phone", "connect", "contact", "reach", "put", "transfer"}
)
_WANTED: Final = _TALKING | {"real", "need", "want", "get", "where", "find", "help", "there"}
_AGAINST: Final = frozenset({"dont", "not", "hate", "stop", "no", "instead", "tired", "sick"})
_SERVICES: Final = re.compile(
    r"\bcustomer (?:service|support|care)\b|\blive chat\b|\bcall cent(?:re|er)\b|\bhelp ?desk\b|\b(?:call|ring) me\b"
)
_LARGER: Final = frozenset({"bigger", "larger", "enlarge", "magnify", "zoom"})
_PRINT: Final = frozenset(
    {"letters", "letter", "text", "print", "font", "fonts", "words", "writing", "size", "type", "characters"}
)
_TINY: Final = frozenset({"small", "tiny", "little"})
_HARDLY: Final = frozenset(
    {"cant", "cannot", "hard", "difficult", "trouble", "struggle", "hardly", "barely", "not"}
)


def wish_in(text: str) -> Command | None:
    """HUMAN, BIG or WAIT, where the text wishes for that and tells of nothing else."""
    if size(plain(text)) > _LONGEST:
        return None
    if is_latin(text):
        return _english(fold(text).replace("’", "'"))
    heard = plain(text)
    if _HUMAN.fullmatch(heard):
        return Command.HUMAN
    if heard not in _EYE_ALONE and _BIG.fullmatch(heard):
        return Command.BIG
    return Command.WAIT if _WAIT.fullmatch(heard) else None


def _english(text: str) -> Command | None:
    said = [word.replace("'", "") for word in _WORD.findall(text)]
    words = frozenset(said)
    if words <= _TO_PERSONS and said[:2] != ["are", "you"] and _is_for_a_person(text, words, len(said)):
        return Command.HUMAN
    if words <= _ABOUT_PRINT and _is_for_print(words):
        return Command.BIG
    return None


def _is_for_a_person(text: str, words: frozenset[str], count: int) -> bool:
    if words & _MACHINES:
        return bool(words & _AGAINST)
    if words & _STAFF_WORDS:
        return count <= 3 or bool(words & _WANTED)
    return bool(_SERVICES.search(text) or (words & _SOMEBODY and words & (_TALKING | {"there", "here"})))


def _is_for_print(words: frozenset[str]) -> bool:
    if words & _LARGER or words & {"big", "large", "increase"}:
        return bool(words & _PRINT or (words & _LARGER and not words & _HARDLY and len(words) <= 4))
    if words & _TINY:
        return bool(words & {"too", "so", "very"} or words & _PRINT)
    if words & {"read", "see", "reading", "seeing"}:
        return bool(words & _HARDLY)
    return bool(
        words & {"eyes", "eyesight", "vision"} and words & {"bad", "poor", "weak", "old", "not", "cant"}
    )
