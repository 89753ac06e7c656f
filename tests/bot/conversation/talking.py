"""One citizen in a test: says things, and plays the runtime's part for queries."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.conversation.book import Book
from bot.conversation.effects import Effect, JudgeText, LookUpTips, SubmitTip
from bot.conversation.engine import Engine
from bot.conversation.messages import (
    Chose,
    Finding,
    Incoming,
    Judged,
    NotSubmitted,
    Said,
    SentMedia,
    Submitted,
    TipCard,
    TipsFound,
)
from bot.conversation.rendering import as_numbered_text
from bot.conversation.replies import Reply
from bot.conversation.state import Draft, State, Style
from tests.bot.conversation.book import county_book

RECEIPT = "QS-7KQF-M2XA-X"
LOAN = Finding(
    verdict="likely",
    scheme_code="loan_broker",
    scheme_name="冒牌贷款中介",
    why=("放款之前先要您交钱", "说不看征信都能办", "留的是私人手机号"),
    advice_now=("先别转钱", "别给验证码", "去银行柜台问"),
    advice_if_paid=("马上打110", "收据聊天都留着"),
)
NOTHING = Finding()
DISPUTE = Finding(verdict="possible", scheme_code="agent_surrender", scheme_name="代理退保", dispute=True)


def judge(text: str) -> Finding:
    """A stand-in for matching with three answers; what matching really says is tested where it lives."""
    if any(word in text for word in ("多扣", "不给退保", "银行服务态度")):
        return DISPUTE
    return LOAN if any(word in text for word in ("贷款", "征信", "手续费", "返利", "投资")) else NOTHING


@dataclass
class Citizen:
    """Keeps the state between messages, through JSON as the runtime does."""

    engine: Engine = field(default_factory=lambda: Engine(county_book()))
    state: State = field(default_factory=State)
    at: datetime = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
    cards: tuple[TipCard, ...] = ()
    refuse: str | None = None
    judge: Callable[[str], Finding] = judge
    effects: list[Effect] = field(default_factory=list)
    submitted: list[Draft] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    replies: tuple[Reply, ...] = ()

    @classmethod
    def elder(cls) -> "Citizen":
        return cls(state=State(style=Style.BIG))

    @classmethod
    def over(cls, book: Book) -> "Citizen":
        return cls(engine=Engine(book))

    def does(self, message: Incoming, after: float = 5.0) -> str:
        """Sends one message `after` seconds; returns everything that is answered, as numbered text."""
        self.at += timedelta(seconds=after)
        replies: list[Reply] = []
        self.effects = []
        waiting: list[Incoming] = [message]
        while waiting:
            step = self.engine.step(self.state, waiting.pop(0), self.at)
            self.state = State.model_validate_json(step.state.model_dump_json())
            assert self.state == step.state
            replies += step.replies
            self.effects += step.effects
            waiting += [answer for answer in map(self._answer, step.effects) if answer]
        self.replies = tuple(replies)
        return "\n\n".join(map(as_numbered_text, replies))

    def says(self, text: str, after: float = 5.0) -> str:
        return self.does(Said(text), after)

    def presses(self, option: str) -> str:
        return self.does(Chose(option))

    def sends(self, *evidence_ids: str, kind: str = "picture") -> str:
        return self.does(SentMedia(evidence_ids, kind))  # type: ignore[arg-type]

    def effect(self, kind: type[Effect]) -> Effect | None:
        """The last one of this kind that the message led to."""
        return next((effect for effect in reversed(self.effects) if isinstance(effect, kind)), None)

    def _answer(self, effect: Effect) -> Incoming | None:
        match effect:
            case JudgeText(text):
                return Judged(self.judge(text))
            case LookUpTips(receipt):
                return TipsFound(tuple(c for c in self.cards if receipt in (None, c.receipt)))
            case SubmitTip(draft):
                if self.refuse:
                    return NotSubmitted(self.refuse)
                self.submitted.append(draft)
                return Submitted(RECEIPT)
        return None


def card(receipt: str = RECEIPT, state: str = "submitted", asked: str | None = None, **rest: Any) -> TipCard:
    return TipCard(receipt, state, date(2026, 3, 30), asked, **rest)


def but_for_the_last_words(state: State) -> State:
    """The state without the note of what was said last, which every answer changes."""
    return state.but(last_told=0, times_told=0)
