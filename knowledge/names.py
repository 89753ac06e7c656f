"""Names of companies and shops, screened against tiers of restricted words (名称字样).

The words are a jurisdiction's data and are handed in. What is found is a reason to look the licence up and nothing
more, which is why every result carries the sentence that says so.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from opencc import OpenCC

NOTE = "名称含需重点关注字样，不等于违法，请核实牌照"


@dataclass(frozen=True, slots=True)
class WordTier:
    """Words of one tier, e.g. "prohibited", "watch", "context"."""

    tier: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScreenedName:
    """A name and the restricted words in it, in the order in which they stand, each with its tier."""

    name: str
    words: tuple[tuple[str, str], ...]
    note: str = NOTE

    def to_json(self) -> dict[str, Any]:
        found = [{"word": word, "tier": tier} for word, tier in self.words]
        return {"name": self.name, "words": found, "note": self.note}


_ORGANISATION = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9()（）·]{2,24}?(?:有限责任公司|股份有限公司|有限公司|公司|集团|合伙企业|合作社|互助社|交易所|事务所|"
    r"(?:交易|管理|理财|服务|咨询|投资|财富|金融)中心|商行|典当行|经营部|服务部|营业部|门市部|俱乐部)(?![\u4e00-\u9fff])"
)
_LABEL = re.compile(r"^(?:公司名称|公司|名称|单位|店名|户名|收款方|收款单位|主办|主办单位|地址)[:：]")


def names_in(lines: Iterable[str]) -> tuple[str, ...]:
    """What looks like the name of a company or a shop: a line of a sign, or what stands behind a label."""
    found: dict[str, None] = {}
    for line in lines:
        for name in _ORGANISATION.finditer(_LABEL.sub("", re.sub(r"[ \t\u3000]", "", line))):
            found.setdefault(name[0])
    return tuple(found)


def screened(
    names: Iterable[str], tiers: Sequence[WordTier], exceptions: Iterable[str] = ()
) -> tuple[ScreenedName, ...]:
    """The names that hold a restricted word. The longest word is looked for first and takes its letters (基金管理
    before 基金), after the harmless texts of `exceptions` have taken theirs (基金会).
    """
    tier_of = {_folded(word): (word, tier.tier) for tier in tiers for word in tier.words}
    # A harmless text goes before a word of the same length.
    looked_for = [(text, None) for text in map(_folded, exceptions)] + list(tier_of.items())
    looked_for.sort(key=lambda pair: (-len(pair[0]), pair[1] is not None))
    results = []
    for name in dict.fromkeys(names):
        left = _folded(name)
        hits: list[tuple[int, tuple[str, str]]] = []
        for text, hit in looked_for:
            while text and (at := left.find(text)) >= 0:
                left = left[:at] + "\0" * len(text) + left[at + len(text) :]
                if hit is not None:
                    hits.append((at, hit))
        if hits:
            words = dict.fromkeys(hit for _, hit in sorted(hits))
            results.append(ScreenedName(name, tuple(words)))
    return tuple(results)


_SIMPLIFIED = OpenCC("t2s")


def _folded(name: str) -> str:
    """Simplified, small letters, nothing between the words."""
    folded: str = _SIMPLIFIED.convert(name)
    return re.sub(r"[\s·・.\-_（）()【】\[\]]", "", folded).lower()
