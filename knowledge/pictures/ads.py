"""Several ads in one picture told apart: a plumber's card beside a loan shark's is not evidence against the plumber.

Pure geometry and colour. Pieces of writing and codes are joined from the nearest pair outwards. What holds two
pieces apart is room between them (in line heights, so that large print may stand wide) and above all a ground
of another colour between them: the wall between two papers. An ad is something said and a way to answer it, so
two groups that each have both are joined only when they stand close on one ground, while a group that lacks one
of the two is drawn to its neighbour.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from numpy import uint8
from numpy.typing import NDArray

from knowledge.pictures.grounds import WALL_BETWEEN, Bond, Grounds, Part, Placed, place
from knowledge.pictures.reading_order import Point, Strip, in_reading_order
from knowledge.pictures.symbols import Box


@dataclass(frozen=True, slots=True)
class Ad:
    """One ad on a picture. `lines` and `codes` are places in those of the reading; `box` in pixels of the
    whole upright picture.
    """

    box: Box
    lines: tuple[int, ...]
    codes: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        return {"box": list(self.box), "lines": list(self.lines), "codes": list(self.codes)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Ad":
        left, top, right, bottom = stored["box"]
        return cls((left, top, right, bottom), tuple(stored["lines"]), tuple(stored["codes"]))


def around(boxes: Sequence[Box]) -> Box:
    """The box around at least one box."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def told_apart(
    parts: Sequence[Part], along: Point, colour: NDArray[uint8] | None = None
) -> tuple[tuple[int, ...], ...]:
    """The parts by ad, as indices; ads in reading order. `along` is the direction in which the picture's text
    runs; `colour` its pixels (height × width × 3), without which only the room between parts is weighed.
    """
    placed = [place(part, along) for part in parts]
    groups = {index: _Group.of(index, part) for index, part in enumerate(parts)}
    home = list(range(len(parts)))
    ground = Grounds(placed, along, colour)
    bonds = ground.bonds()
    second_codes: list[Bond] = []
    # A code goes to an ad that has none before one that has: two papers with a code each are commoner than one
    # paper with two codes.
    for among, late in ((bonds, False), (second_codes, True)):
        for bond in among:
            one, other = groups[home[bond.one]], groups[home[bond.other]]
            if one is other:
                continue
            second = _second_code(one, other)
            if second and not late:
                second_codes.append(bond)
            if second is not late:
                continue
            most = _most(one, other, bond)
            # Where it counts it is looked at closely; that would take too long for every pair.
            if bond.cost > most or (_counts(one, other) and ground.closely(bond) > most):
                continue
            one.take(other, bond.room)
            for index in other.parts:
                home[index] = home[one.parts[0]]
    members = [sorted(groups[key].parts) for key in sorted(set(home))]
    strips = [_around([placed[index] for index in group], along) for group in members]
    order = in_reading_order(strips)
    return tuple(tuple(members[index]) for row in order.rows for index in row)


_CLOSE = 2.0
"""Room, in line heights, up to which two complete ads on one ground are one: paragraphs of one notice."""
_BESIDE = 1.2
"""The same for ads side by side: columns stand closer than paragraphs."""
_TWICE = 0.5
"""And for two that each have their own number and account or code: lines of one list, hardly apart."""
_WIDE = 5.0
"""And up to which a group that lacks its words or its number is drawn to another."""
_ACROSS_A_WALL = 7.0
"""A number in a frame of its own, or a headline within a border, still belongs to what it nearly touches."""
_FAR = 13.0
"""And up to which words that lack a number are drawn to a number that lacks words, whatever lies between."""
_COMPLETE_FROM = 4
"""Letters beside labels and names from which a group says something."""

_CALL = re.compile(
    r"(?:\d[\s\-—.·_]{0,2}){7,}|微信(?!支付|收款|红包|转账)|薇信|威信|wechat|weixin|\bv[x信]|[加十+➕]\s*[v薇威徽卫]|q\s?q|扣扣|www\.|\.(?:com|cn|net)\b",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"(?:活动|营业|集合|签到|上课|公司|店铺|门店)?(?:地址|地点|位置|时间)\s*[:：].*"  # a place is no offer, nor is the house there
    r"|(?<=[:：])\s*[一-鿿]{1,3}(?=\s*1\d{2})"  # nor is whoever answers
    r"|电话|手机|热线|联系人?|咨询|微信|同号|号码|扫码|扫一扫|二维码|添加|详情|欢迎|来电|致电|请?加(?!盟|息)|先生|女士|小姐|经理|老师|师傅|地址|客服|好友|24小时"
    r"|(?:服务|客服|咨询|活动|售后)中心|报名|预约|下载|收款码|付款码|公众号|小程序|长按|识别|关注|官网|扫描"
)
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_ACCOUNT = re.compile(
    r"(?:微信|薇信|威信|wechat|weixin|[v+]信|q\s?q|扣扣)号?\s*[:：]?\s*([A-Za-z0-9][\w-]{4,})", re.IGNORECASE
)
_HAN = re.compile(r"[一-鿿]")


def calls(text: str) -> bool:
    """Whether it names a way to answer: a number, an account, an address on the web."""
    return bool(_CALL.search(text))


@dataclass(slots=True)
class _Group:
    parts: list[int]
    calls: bool
    """Holds a number, an account or a code."""
    says: int
    """Letters of what is offered."""
    ways: frozenset[tuple[str, str]]
    """The numbers, accounts and codes that tell two ads apart, by kind."""
    loosest: float = 0.0
    """The widest room between parts that were joined."""

    @classmethod
    def of(cls, index: int, part: Part) -> "_Group":
        if not part.text:
            return cls([index], True, 0, frozenset({("code", str(index))}))
        says = len(_HAN.findall(_LABELS.sub("", part.text)))
        return cls([index], calls(part.text), says, _ways(part.text))

    def take(self, other: "_Group", room: float) -> None:
        """The other's parts become this one's, over so much room."""
        self.parts += other.parts
        self.calls, self.says = self.calls or other.calls, self.says + other.says
        self.ways |= other.ways
        self.loosest = max(self.loosest, other.loosest, room)

    @property
    def complete(self) -> bool:
        return self.calls and self.says >= _COMPLETE_FROM

    @property
    def code_alone(self) -> bool:
        return not self.says and bool(self.ways) and all(kind == "code" for kind, _ in self.ways)


def _ways(text: str) -> frozenset[tuple[str, str]]:
    closed = re.sub(r"[\s\-—.·]", "", text)
    phones = [("phone", number) for number in _MOBILE.findall(closed)]
    return frozenset([*phones, *(("account", account) for account in _ACCOUNT.findall(text))])


def _second_code(one: _Group, other: _Group) -> bool:
    return any(
        code.code_alone and words.says and any(kind == "code" for kind, _ in words.ways)
        for code, words in ((one, other), (other, one))
    )


def _counts(one: _Group, other: _Group) -> bool:
    """Whether joining them might throw two ads together."""
    return (one.complete and (other.complete or other.code_alone)) or (other.complete and one.code_alone)


def _twice(one: _Group, other: _Group) -> bool:
    """Whether each has its own number, account and code, or two of these three."""
    if one.ways & other.ways:
        return False
    return len({kind for kind, _ in one.ways} & {kind for kind, _ in other.ways}) >= 2


def _most(one: _Group, other: _Group, bond: Bond) -> float:
    if one.complete and other.complete:
        if _twice(one, other):
            return _TWICE
        return _BESIDE if bond.beside else max(_CLOSE, 1.4 * min(one.loosest, other.loosest, _CLOSE))
    if one.calls != other.calls and (one.says < _COMPLETE_FROM) != (other.says < _COMPLETE_FROM):
        return _FAR  # words without a number, and a number without words: the bar at the foot of a poster
    if bond.cost - bond.room >= WALL_BETWEEN:
        return _ACROSS_A_WALL
    return _WIDE


def _around(placed: Sequence[Placed], along: Point) -> Strip:
    left, right = min(one.left for one in placed), max(one.right for one in placed)
    top, bottom = min(one.top for one in placed), max(one.bottom for one in placed)
    corners = [_back(x, y, along) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))]
    return Strip((corners[0], corners[1], corners[2], corners[3]), along, 1)


def _back(ahead: float, down: float, along: Point) -> Point:
    return (ahead * along[0] - down * along[1], ahead * along[1] + down * along[0])
