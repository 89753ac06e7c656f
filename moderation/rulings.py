"""What an officer can rule on a tip, what must be filled in for it, and why a ruling is not taken."""

from dataclasses import dataclass
from enum import StrEnum

from foundation.errors import Refusal
from reports.states import TipState, may_move
from reports.tables import Tip

MAX_REASON = 1000
MAX_SAID = 500
"""Characters; what is said to a reporter must fit one message of every channel."""


class DecisionKind(StrEnum):
    """What an officer can rule."""

    accept = "accept"
    """受理: taken up, or taken up again after it was refused."""
    need_more = "need_more"
    """需补充: the reporter is asked for something."""
    route = "route"
    """转办: handed to a department."""
    verify = "verify"
    """核实中: the department has begun to look into it."""
    recognise = "recognise"
    """属实: the responsible department recognised it."""
    not_recognise = "not_recognise"
    """不属实: looked into, not recognised."""
    merge = "merge"
    """重复: the same facts as another tip."""
    screen_out = "screen_out"
    """不予受理: no matter for this desk."""
    close = "close"
    """办结: nothing more is owed to anybody."""


LABELS: dict[DecisionKind, str] = {
    DecisionKind.accept: "受理",
    DecisionKind.need_more: "需补充",
    DecisionKind.route: "转办",
    DecisionKind.verify: "核实中",
    DecisionKind.recognise: "属实",
    DecisionKind.not_recognise: "不属实",
    DecisionKind.merge: "重复",
    DecisionKind.screen_out: "不予受理",
    DecisionKind.close: "办结",
}

TO_STATE: dict[DecisionKind, TipState] = {
    DecisionKind.accept: TipState.accepted,
    DecisionKind.need_more: TipState.need_more,
    DecisionKind.route: TipState.routed,
    DecisionKind.verify: TipState.verifying,
    DecisionKind.recognise: TipState.recognised,
    DecisionKind.not_recognise: TipState.not_recognised,
    DecisionKind.merge: TipState.merged,
    DecisionKind.screen_out: TipState.screened_out,
    DecisionKind.close: TipState.closed,
}


class ReasonMissing(Refusal):
    """请写明理由（至少 4 个字），便于日后核对。"""


class TextTooLong(Refusal):
    """{what}太长，请控制在 {most} 个字以内。"""


class QuestionMissing(Refusal):
    """请写明需要举报人补充什么。"""


class AskedRecently(Refusal):
    """24 小时内已经请举报人补充过一次，请在 {when} 之后再问。"""


class DuplicateMissing(Refusal):
    """请填写与哪一条线索重复（回执号）。"""


class DuplicateUnknown(Refusal):
    """没有找到回执号为“{receipt}”的线索。"""


class DuplicateOfItself(Refusal):
    """不能与自己重复（包括已并入本条的线索）。"""


class DepartmentUnknown(Refusal):
    """请选择转办的部门（“{department}”不在本地部门名单中）。"""


class SchemeUnknown(Refusal):
    """套路库里没有“{scheme}”。"""


class RewardUnderWay(Refusal):
    """这条线索的奖励还在办理（{state}），发放、逾期或退回之后才能办结。"""


class TipChanged(Refusal):
    """在您查看期间，这条线索有了新的变化，请看过最新内容再决定。"""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an officer fills in. Fields that the kind does not need are left alone."""

    kind: DecisionKind
    reason: str
    said: str = ""
    """To the reporter: the question of a 需补充, a remark for the others."""
    duplicate_of: str = ""
    """A receipt, in whatever spacing and case."""
    department: str = ""
    """A department key of the jurisdiction."""
    scheme: str | None = None
    """A corrected scheme code; None leaves it as it is."""
    is_honest: bool = False
    """The text is everyday content, of which nobody should be warned again. Only with 不属实 and 不予受理, and
    never by itself: that nothing was recognised does not make an advertisement harmless."""


def possible(tip: Tip) -> tuple[DecisionKind, ...]:
    """What can be ruled on the tip as it stands."""
    return tuple(kind for kind, to in TO_STATE.items() if may_move(TipState(tip.state), to))
