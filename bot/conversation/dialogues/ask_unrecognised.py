"""问一问 where no scheme was recognised: what a word means, or what is wrong whichever scheme it is."""

from bot.conversation.demands import demand_in
from bot.conversation.meanings import term_asked_in
from bot.conversation.replies import Choice
from bot.conversation.turn import Turn
from knowledge.schemes.terms import Meaning


def meaning_asked_in(turn: Turn, text: str) -> Meaning | None:
    """What the last message asks the meaning of; None where it asks for none, or nobody has explained it."""
    term = term_asked_in(text.rpartition("\n")[2])
    return turn.book.meaning_of(term) if term else None


def tells_something(turn: Turn, text: str) -> bool:
    """Whether there is something to say of the text although no scheme was recognised."""
    return demand_in(text) is not None or meaning_asked_in(turn, text) is not None


def told(turn: Turn, text: str) -> str:
    """What the word means that was asked about; what is wrong by itself; or that nothing was recognised."""
    if meaning := meaning_asked_in(turn, text):
        name, about, plain = turn.explained(meaning)
        return turn.say("ask.meaning", name=name, about=about, plain=plain)
    if demand := demand_in(text):
        return turn.say("ask.demand", demand=turn.say(f"demand.{demand}"))
    return turn.say("ask.none")


def options(turn: Turn, text: str) -> tuple[Choice, ...]:
    """What can follow; after an explanation there is nothing to report yet."""
    if meaning_asked_in(turn, text):
        return (turn.choice("again"), turn.choice("quiz"), turn.choice("menu"))
    return (turn.choice("again"), turn.choice("tip", "label.tip_anyway"), turn.choice("paid"))
