"""Words of despair written by their sound: in pinyin (“bu xiang huo le”), or in characters and figures that sound alike
(“想4”, “想紫砂”), as people write where a platform takes the plain words away. Total and pure."""

import re
import unicodedata
from typing import Final

_PINYIN: Final = {
    "bu xiang (zai )?huo(?! ?dong)": "不想活",
    "bu xiang (zai )?xing": "不想醒",
    "huo bu xia qu": "活不下去",
    "huo gou": "活够",
    "huo zhe (zhen |hao |ye |dou )?mei (you )?(yi si|jin|yong)": "活着没意思",
    "mei fa huo": "没法活",
    "mei lian huo": "没脸活",
    "cheng bu xia qu": "撑不下去",
    "xiang (qu )?si": "想死",
    "zhi neng (qu )?si": "只能去死",
    "bu ru si": "不如死",
    "si le suan": "死了算",
    "zi sha(?! ?hu)": "自杀",
    "tiao (lou|he|jiang|qiao)(?! ?ji)": "跳楼",
    "shang diao": "上吊",
    "he nong yao": "喝农药",
    "xiang jie tuo": "想解脱",
    "xie hao yi shu|yi shu xie hao": "写好遗书",
}
"""As it is spelt, and what it says. The blanks between the syllables may be left out."""
_SPELT: Final = tuple(
    (re.compile(rf"(?<![a-z])(?:{sound.replace(' ', '[ ]*').replace('*?', '*')})"), words)
    for sound, words in _PINYIN.items()
)
_BEHIND: Final = {"le": "了", "ni": "你", "ta": "他", "jia": "价", "suan": "算"}
"""What follows at once, and tells “想死你了” and “跳楼价” from “想死了”."""
_FOLLOWING: Final = re.compile(rf"(?<=[\u3400-\u9fff]) ?({'|'.join(_BEHIND)})(?![a-z])")
_TONES: Final = re.compile(r"(?<=[a-z])[1-5](?!\d)")

_WISH: Final = "(想|想去|只能|只想|不如|要去|准备)"
_ALIKE: Final = (
    (re.compile(f"{_WISH}(?:4|s|si|亖|鼠|似|嘎|噶)(?=$|[了啦喇嘞咯算吧，。！,.! ])"), r"\1死"),
    (
        re.compile(
            f"{_WISH}(?:紫砂|紫沙|自鲨|自沙|自刹|子杀|zs)(?![壶杯锅茶罐泥厂店艺花器煲碗]|收藏|投资|理财|作品|大师|制品)"
        ),
        r"\1自杀",
    ),
    (re.compile("跳lou|tiao楼"), "跳楼"),
    (re.compile("不想(?:再)?(?:huo|h)(?=$|[了啦])"), "不想活"),
)


def written_out(folded: str) -> str:
    """The folded text with what only sounds like despair put into the characters that say it."""
    for alike, words in _ALIKE:
        folded = alike.sub(words, folded)
    bare = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    bare = _TONES.sub("", bare)
    spelt = bare
    for sound, words in _SPELT:
        spelt = sound.sub(words, spelt)
    return folded if spelt == bare else _FOLLOWING.sub(lambda after: _BEHIND[after.group(1)], spelt)
