"""我的举报: the state of my tips, what is asked of me, the result and the reward; and the answer to an
officer."""

import re
from dataclasses import replace
from typing import Final

from bot.conversation import understanding, vocabulary
from bot.conversation.dialogues import menu
from bot.conversation.effects import AnswerNeedMore, LookUpTips
from bot.conversation.messages import SentMedia, SentPlace, TipCard, TipMoved, TipsFound
from bot.conversation.replies import Choice, Reply
from bot.conversation.state import MOST_MEDIA, MOST_WORDS, State, TipsSeen
from bot.conversation.turn import Dialogue, Step, Turn
from foundation.ids import read_receipt

NAME = "tips"

_PASSPHRASE = re.compile(r"(?<!\d)(\d{4})[\s-]?(\d{4})(?!\d)")
_RECEIPT = re.compile(r"qs(?:[\s-]?[0-9a-z]){9}", re.IGNORECASE)


def receipt_in(text: str) -> str | None:
    """The receipt in the text, in its one spelling; None where there is none or it was mistyped."""
    found = _RECEIPT.search(understanding.fold(text))
    return read_receipt(found.group()) if found else None


def open_(turn: Turn, state: State) -> Step:
    """Looks up the tips of this very person."""
    state = menu.idle(state).standing_at(NAME, "looking").but(tips=TipsSeen())
    return Step(state, (), (LookUpTips(),))


def passphrase_in(text: str) -> str | None:
    """The eight digits of a passphrase in the text, beside a receipt or alone; None where there are none."""
    found = _PASSPHRASE.search(_RECEIPT.sub(" ", understanding.fold(text)))
    return "".join(found.groups()) if found else None


def look_up(turn: Turn, state: State, receipt: str, text: str = "") -> Step:
    """Looks up one receipt, with the passphrase where the text has one."""
    state = menu.idle(state).standing_at(NAME, "looking").but(tips=TipsSeen(receipt=receipt))
    return Step(state, (), (LookUpTips(receipt, passphrase_in(text)),))


def found(turn: Turn, state: State, message: TipsFound) -> Step:
    """The answer to either."""
    wanted = state.tips.receipt
    state = state.but(tips=TipsSeen(cards=message.cards, receipt=wanted))
    if len(message.cards) == 1:
        return _show(turn, state, message.cards[0])
    if message.cards:
        state = state.standing_at(NAME, "list")
        return Step(state, (question(turn, state),))
    state = state.standing_at(NAME, "receipt")
    text = turn.say("tips.not_found" if wanted else "tips.none_yours")
    return Step(state, (turn.ask(text, (turn.choice("report"), turn.choice("menu")), wants="words"),))


def _show(turn: Turn, state: State, card: TipCard) -> Step:
    state = state.standing_at(NAME, "card").but(
        tips=replace(state.tips, receipt=card.receipt, words="", evidence_ids=())
    )
    return Step(state, (turn.ask(_card(turn, card), _card_options(turn, state, card)),))


def _card(turn: Turn, card: TipCard) -> str:
    lines = [turn.say("tips.card", receipt=card.receipt, day=_day(turn, card), state=_state(turn, card))]
    if f"tips.result.{card.result or card.state}" in turn.words:
        lines.append(turn.say("tips.result", result=turn.say(f"tips.result.{card.result or card.state}")))
    if f"tips.reward.{card.reward}" in turn.words:
        lines.append(turn.say("tips.reward", reward=_reward(turn, card)))
    if card.asked:
        lines.append(turn.say("tips.asked", asked=card.asked))
    return "\n".join(lines)


def _state(turn: Turn, card: TipCard) -> str:
    return turn.words.get(f"tips.state.{card.state}", turn.words["tips.state.submitted"])


def _reward(turn: Turn, card: TipCard) -> str:
    """What is said of the reward; with the last day to claim it, or the days from now, where one is known."""
    last, key = card.claim_until, f"tips.reward.{card.reward}"
    if card.reward == "notified" and last is None:
        key = "tips.reward.approved"
    if card.reward == "approved" and card.claim_days:
        key = "tips.reward.news"
    return turn.say(
        key,
        never=turn.say("tips.reward.never"),
        month=turn.month(last) if last else "",
        day=last.day if last else "",
        days=card.claim_days,
        counted=turn.words.get(f"tips.days.{card.counted}", ""),
    )


def _day(turn: Turn, card: TipCard) -> str:
    return turn.say("tips.day", month=turn.month(card.submitted_on), day=card.submitted_on.day)


def _card_options(turn: Turn, state: State, card: TipCard) -> tuple[Choice, ...]:
    options = ["answer"] if card.asked else []
    options += ["others"] if len(state.tips.cards) > 1 else ["by_receipt"]
    return tuple(turn.choice(option) for option in (*options, "menu"))


def _open_card(state: State) -> TipCard | None:
    return next((card for card in state.tips.cards if card.receipt == state.tips.receipt), None)


def question(turn: Turn, state: State) -> Reply:
    card = _open_card(state)
    match state.step:
        case "list":
            return turn.ask(turn.say("tips.list", count=len(state.tips.cards)), _listed(turn, state))
        case "card" if card:
            return turn.ask(_card(turn, card), _card_options(turn, state, card))
        case "answer" if card:
            if state.tips.words or state.tips.evidence_ids:
                return turn.ask(
                    turn.say("tips.answer_more"), (turn.choice("done", "label.send_answer"),), wants="words"
                )
            return turn.ask(turn.say("tips.answer", asked=card.asked or ""), wants="words")
        case _:
            return turn.ask(turn.say("tips.ask_receipt"), (turn.choice("menu"),), wants="words")


def _listed(turn: Turn, state: State) -> tuple[Choice, ...]:
    rows = [
        Choice(
            f"tip.{card.receipt.lower()}",
            turn.say(
                "tips.row_asked" if card.asked else "tips.row", day=_day(turn, card), state=_state(turn, card)
            ),
        )
        for card in state.tips.cards
    ]
    return (*rows, turn.choice("by_receipt"))


def hint(turn: Turn, state: State) -> str:
    return turn.say("hint.tips_answer" if state.step == "answer" else "hint.tips")


def open_ended(state: State) -> bool:
    return state.step in ("answer", "receipt")


def chose(turn: Turn, state: State, option: str) -> Step | None:
    card = _open_card(state)
    match option:
        case "answer" if card:
            state = state.standing_at(NAME, "answer")
            return Step(state, (question(turn, state),))
        case "done" if card and state.step == "answer":
            return _send(turn, state, card)
        case "others":
            state = state.standing_at(NAME, "list")
            return Step(state, (question(turn, state),))
        case "by_receipt":
            state = state.standing_at(NAME, "receipt")
            return Step(state, (question(turn, state),))
    if option.startswith("tip."):
        receipt = option.removeprefix("tip.").upper()
        chosen = next((card for card in state.tips.cards if card.receipt == receipt), None)
        return _show(turn, state, chosen) if chosen else None
    return None


_HAS_NONE: Final = re.compile(
    "(?:没有?|丢|忘|不记得|记不|找不|不知道|删|冇|唔见).{0,6}(?:回执|号|码|单)|回执号?.{0,6}(?:没|丢|忘|不记得|记不|找不|删|冇|唔见)|忘了|记不得"
    r"|\b(?:lost|forgot|no|don't have|dont have|can't find|cannot find|deleted)\b"
)
"""“回执号丢了”."""


def _send(turn: Turn, state: State, card: TipCard) -> Step:
    tips = state.tips
    if not tips.words and not tips.evidence_ids:
        return Step(state, (question(turn, state),))
    effect = AnswerNeedMore(card.receipt, tips.words, tips.evidence_ids)
    step = menu.show(turn, state.but(tips=TipsSeen()), turn.say("tips.answered"))
    return Step(step.state, step.replies, (effect,))


def said(turn: Turn, state: State, text: str) -> Step | None:
    heard = understanding.plain(text)
    forgot = state.step == "receipt" and any(word in heard for word in ("忘", "记", "forgot", "remember"))
    passes = not forgot and understanding.is_saying(heard, (*vocabulary.SKIP, *vocabulary.FINISHED))
    asked = state.step == "answer" or ((open_card := _open_card(state)) is not None and open_card.asked)
    if passes and not asked:
        return menu.show(turn, state, turn.say("ask.acknowledged"))
    receipt = receipt_in(text)
    if receipt and state.step != "answer":
        return look_up(turn, state, receipt, text)
    if state.step == "card" and state.tips.receipt and passphrase_in(text):
        return look_up(turn, state, state.tips.receipt, text)
    card = _open_card(state)
    if state.step == "card" and card and card.asked and len(understanding.plain(text)) >= 2:
        state = state.standing_at(NAME, "answer")  # the question was before their eyes: this answers it
    if state.step == "answer" and card:
        words = "\n".join(filter(None, (state.tips.words, text.strip())))[:MOST_WORDS]
        state = state.but(tips=replace(state.tips, words=words))
        return Step(state, (question(turn, state),))
    if state.step == "receipt":
        has_none = _HAS_NONE.search(understanding.fold(text)) is not None
        acknowledges = understanding.is_saying(heard, vocabulary.ACKNOWLEDGED)
        key = "tips.lost_receipt" if has_none else "ask.acknowledged" if acknowledges else "tips.no_receipt"
        return Step(state, (question(turn, state).after(turn.say(key)),))
    return None


def sent_media(turn: Turn, state: State, media: SentMedia) -> Step | None:
    card = _open_card(state)
    if card is None or not card.asked or state.step not in ("answer", "card"):
        return None
    ids = tuple(dict.fromkeys((*state.tips.evidence_ids, *media.evidence_ids)))[:MOST_MEDIA]
    state = state.standing_at(NAME, "answer").but(tips=replace(state.tips, evidence_ids=ids))
    return Step(state, (question(turn, state),))


def sent_place(turn: Turn, state: State, place: SentPlace) -> Step | None:
    if state.step != "answer" or not place.label.strip():
        return None
    return said(turn, state, place.label)


def back(turn: Turn, state: State) -> Step | None:
    if state.step == "answer":
        return chose(turn, state, f"tip.{state.tips.receipt.lower()}")
    if state.step in ("card", "receipt") and len(state.tips.cards) > 1:
        return chose(turn, state, "others")
    return None


def not_taken(turn: Turn, state: State) -> Step:
    """The answer came too late: nothing is asked any more."""
    return menu.show(turn, state, turn.say("tips.not_taken"))


def moved(turn: Turn, state: State, message: TipMoved) -> Step:
    """A notice about one tip. With nothing else open, an officer's question can be answered straight away."""
    card = message.card
    lines = [turn.say("tips.news"), _card(turn, card)]
    if message.department:
        lines.append(turn.say("tips.department", department=message.department))
    if message.said:
        lines.append(turn.say("tips.said", said=message.said))
    text = "\n".join(lines)
    if state.dialogue in ("", NAME) and state.step != "answer":
        state = menu.idle(state).standing_at(NAME, "card").but(tips=TipsSeen((card,), card.receipt))
        return Step(state, (turn.ask(text, _card_options(turn, state, card)),))
    later = turn.say("tips.answer_later") if card.asked else ""
    return Step(state, (turn.tell("\n".join(filter(None, (text, later)))),))


DIALOGUE = Dialogue(
    NAME,
    question,
    hint,
    open_ended=open_ended,
    chose=chose,
    said=said,
    sent_media=sent_media,
    sent_place=sent_place,
    back=back,
)
