# ruff: noqa: SIM905  (a list of words reads better as words)
"""Ten disguises put on texts that were found in clear, and how many are still found.

    python -m bench.disguise [--data DIR]

The disguiser has no table in common with the normaliser: homophones and spellings come from pypinyin over all
of GB 2312's common characters, traditional script from OpenCC, and the small tables below were written for it.
It changes the words an advertiser would hide, wherever they stand, each differently in each text.
"""

import argparse
import random
import re
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin, load_phrases_dict
from pypinyin.phrases_dict import phrases_dict

from bench.measured import DEFAULT_FOLDER, Measured, read_measured

load_phrases_dict(
    phrases_dict
)  # a word's own sounds; the normaliser, beside which it runs, starts without them
HIDDEN = (
    "贷款 借款 放款 下款 信用卡 套现 刷卡 额度 提额 征信 逾期 催收 网贷 负债 债务 黑户 抵押 担保 利息 流水 投资 理财 股票 牛股 涨停 收益 分红 返利 "
    "本金 保本 佣金 兼职 刷单 日结 赚钱 返现 银行卡 账户 收款 转账 微信 加群 入群 老师 手续费 保证金 提现 虚拟币 平台 会员 代理 客服 中介 公积金 资金"
).split()
"""What an advertiser would hide from a filter."""
_HIDDEN = re.compile("|".join(sorted(map(re.escape, HIDDEN), key=len, reverse=True)))

LOOKALIKE = {
    "贷": "货", "款": "欵", "信": "伩", "用": "甩", "卡": "咔", "现": "规", "额": "頟", "度": "庋", "征": "怔", "债": "偾", "户": "戶",
    "抵": "抿", "押": "柙", "息": "熄", "投": "扱", "资": "姿", "理": "埋", "财": "材", "票": "漂", "股": "殳", "收": "攸", "益": "溢",
    "返": "饭", "利": "莉", "本": "夲", "金": "釒", "兼": "蒹", "职": "识", "单": "単", "赚": "嫌", "钱": "线", "银": "很", "账": "胀",
    "微": "徽", "群": "裙", "师": "帅", "手": "毛", "提": "堤", "币": "巾", "平": "乎", "员": "圆", "代": "伐", "服": "眼", "介": "芥",
    "催": "摧", "网": "冈", "黑": "嘿", "流": "硫", "水": "氺", "日": "曰", "结": "诘", "转": "砖", "放": "旅", "借": "惜", "刷": "唰",
}  # fmt: skip
"""Characters drawn nearly alike, or the same with one part more or less."""

SPLIT = {
    "贷": "代贝", "款": "士示欠", "信": "亻言", "征": "彳正", "额": "客页", "债": "亻责", "抵": "扌氐", "押": "扌甲", "投": "扌殳", "财": "贝才",
    "股": "月殳", "收": "丩攵", "利": "禾刂", "返": "辶反", "钱": "钅戋", "银": "钅艮", "账": "贝长", "群": "君羊", "提": "扌是", "催": "亻崔",
    "期": "其月", "放": "方攵", "借": "亻昔", "现": "王见", "赚": "贝兼", "理": "王里", "职": "耳只", "结": "纟吉", "转": "车专", "师": "丨帅",
    "佣": "亻用", "代": "亻弋", "虚": "虍业", "保": "亻呆", "证": "讠正", "费": "弗贝", "卡": "上卜", "流": "氵㐬", "咨": "次口", "询": "讠旬",
}  # fmt: skip
"""Characters taken apart into what they are made of."""

EMOJI = {
    "钱": "💰", "卡": "💳", "银行": "🏦", "电话": "☎️", "手机": "📱", "加": "➕", "房": "🏠", "车": "🚗", "涨": "📈", "水": "💧", "牛": "🐂",
    "金": "🪙", "老师": "👨‍🏫", "微信": "🛰️", "信": "💌", "可": "🉑", "有": "🈶", "无": "🈚", "满": "🈵",
}  # fmt: skip
_DECORATION = "🔥✨💥🎉👉❗🌟💎🚀🙏"
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
_SEPARATORS = (".", "·", "*", "_", "-", "/", " ", "~", "|")
Pick = random.Random


def homophone(text: str, pick: Pick) -> str:
    """One character of each word becomes another of the same sound."""

    def change(word: str) -> str:
        at = pick.randrange(len(word))
        others = [c for c in _sounding_like(word[at]) if c != word[at]]
        return word[:at] + pick.choice(others) + word[at + 1 :] if others else word

    return _words(text, change)


def look_alike(text: str, pick: Pick) -> str:
    """One character of each word becomes one that is drawn nearly alike."""
    return _words(text, lambda word: _by_table(word, LOOKALIKE, pick))


def split_character(text: str, pick: Pick) -> str:
    """One character of each word is taken apart."""
    return _words(text, lambda word: _by_table(word, SPLIT, pick))


def spelled(text: str, pick: Pick) -> str:
    """One character of each word, or all of it, is written in pinyin."""

    def change(word: str) -> str:
        sounds = lazy_pinyin(word)
        if pick.random() < 0.3:
            return "".join(sounds)
        at = pick.randrange(len(word))
        return word[:at] + sounds[at] + word[at + 1 :]

    return _words(text, change)


def initials(text: str, pick: Pick) -> str:
    """Half of the words become their first letters, the others keep one character: dk, x用卡."""

    def change(word: str) -> str:
        letters = lazy_pinyin(word, style=Style.FIRST_LETTER)
        if pick.random() < 0.5:
            return "".join(letters)
        at = pick.randrange(len(word))
        return word[:at] + letters[at] + word[at + 1 :]

    return _words(text, change)


def emoji(text: str, pick: Pick) -> str:
    """Pictures for words where there is one, and decoration between the clauses and inside the words."""
    for word, picture in EMOJI.items():
        text = text.replace(word, picture)
    text = re.sub("[，。！、,!]", lambda _: pick.choice(_DECORATION), text)
    return _words(text, lambda word: word[0] + pick.choice(_DECORATION) + word[1:])


def zero_width(text: str, pick: Pick) -> str:
    """A character that nobody sees after every second one."""
    return "".join(c + (pick.choice(_ZERO_WIDTH) if pick.random() < 0.5 else "") for c in text)


def separators(text: str, pick: Pick) -> str:
    """A dot, a star or a blank between the characters of each word."""
    return _words(text, lambda word: pick.choice(_SEPARATORS).join(word))


def traditional(text: str, _pick: Pick) -> str:
    """All of it in traditional script."""
    return str(_to_traditional().convert(text))


def mixed(text: str, pick: Pick) -> str:
    """Another disguise for each word, and hidden characters over all."""
    kinds = (homophone, look_alike, split_character, spelled, initials, separators)
    return zero_width(_words(text, lambda word: pick.choice(kinds)(word, pick)), pick)


DISGUISES: Mapping[str, Callable[[str, Pick], str]] = {
    "homophone": homophone, "look-alike": look_alike, "split character": split_character, "pinyin": spelled,
    "initials": initials, "emoji": emoji, "zero-width": zero_width, "separators": separators,
    "traditional": traditional, "mixed": mixed,
}  # fmt: skip


def disguised(text: str, kind: str) -> str:
    """The text in that disguise; the same each time."""
    return DISGUISES[kind](text, random.Random(zlib.crc32(f"{kind}:{text}".encode())))


def survive(measured: Measured) -> dict[str, tuple[int, int]]:
    """For each disguise: texts still found, and texts that it changed, among the offers found in clear."""
    from knowledge.matching import Verdict
    from knowledge.schemes.training import pack_matcher

    matcher = pack_matcher()
    clear = [
        q.text for q in measured.queries if q.positive and matcher.match(q.text).verdict is not Verdict.NONE
    ]
    found = {}
    for kind in DISGUISES:
        changed = [made for text in clear if (made := disguised(text, kind)) != text]
        found[kind] = (
            sum(matcher.match(made).verdict is not Verdict.NONE for made in changed),
            len(changed),
        )
    return found


def print_table(found: Mapping[str, tuple[int, int]]) -> None:
    """One line for each disguise."""
    print("Disguise: of the offers found in clear and changed by it, the share still found\n")
    print("| disguise | still found | of |")
    print("|---|---|---|")
    for kind, (still, changed) in found.items():
        print(f"| {kind} | {still / max(1, changed):.3f} | {changed} |")


def _words(text: str, change: Callable[[str], str]) -> str:
    return _HIDDEN.sub(lambda found: change(found[0]), text)


def _by_table(word: str, table: Mapping[str, str], pick: Pick) -> str:
    places = [at for at, char in enumerate(word) if char in table]
    if not places:
        return word
    at = pick.choice(places)
    return word[:at] + table[word[at]] + word[at + 1 :]


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


@cache
def _by_sound() -> dict[str, list[str]]:
    common = [
        bytes((high, low)).decode("gb2312", "ignore")
        for high in range(0xB0, 0xD8)
        for low in range(0xA1, 0xFF)
    ]
    heard: dict[str, list[str]] = {}
    for char in filter(None, common):
        heard.setdefault(lazy_pinyin(char)[0], []).append(char)
    return heard


def _sounding_like(char: str) -> list[str]:
    return _by_sound().get(lazy_pinyin(char)[0], [])


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description="How many disguised offers are still found.")
    parser.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="folder of the measured texts")
    print_table(survive(read_measured(parser.parse_args().data)))


if __name__ == "__main__":
    main()
