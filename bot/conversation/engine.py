"""The conversation: state and message in, state, replies and effects out. No I/O, no clock, no chance.

Here are the kinds of messages; words are told apart in `hearing`, buttons in `pressing`, and `asides` speaks beside the
question that stays open."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.conversation import album, asides, cries, edited, hearing, pressing, understanding
from bot.conversation.asides import below, dialogue_of
from bot.conversation.book import Book
from bot.conversation.despair import says_despair
from bot.conversation.dialogues import (
    ask,
    cut_off,
    human,
    leaving,
    loose_media,
    menu,
    my_tips,
    private,
    report,
    urgent,
)
from bot.conversation.effects import CallHuman, EraseMe
from bot.conversation.fitting import LIMITS, MORE, fit, split
from bot.conversation.messages import (
    AlbumAdded,
    AlbumPiece,
    AlbumQuiet,
    Amended,
    AnswerRefused,
    Arrived,
    Chose,
    DraftLeft,
    Edited,
    FilesTaken,
    Incoming,
    Judged,
    Left,
    MediaRefused,
    NotAmended,
    NotSubmitted,
    OfficerSaid,
    PictureIsPrivate,
    Said,
    SentMedia,
    SentPlace,
    Submitted,
    TipMoved,
    TipsFound,
    Unsupported,
)
from bot.conversation.replies import Reply
from bot.conversation.state import State
from bot.conversation.turn import Step, Turn, utc
from bot.conversation.varying import varied

_NOT_THEIRS: Final = (
    Judged
    | PictureIsPrivate
    | TipsFound
    | TipMoved
    | OfficerSaid
    | FilesTaken
    | Submitted
    | NotSubmitted
    | AnswerRefused
    | AlbumQuiet
    | AlbumAdded
    | Amended
    | NotAmended
)
"""What comes in without the citizen's doing anything."""

_ANYTHING_MAY_BE_SAID: Final = frozenset({"", ask.NAME, human.NAME})
"""Dialogues in which changed words are words as good as new ones."""

_TELLS: Final = 5
"""Characters from which changed words with nothing open tell something; fewer put an answer right that was used long ago."""

_LONGEST_MESSAGE: Final = 4000
"""Characters of one message that are listened to; no channel sends more."""


class Engine:
    """All dialogues over one book."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def step(self, state: State, message: Incoming, at: datetime) -> Step:
        """What the message leads to. Total: any message in any state gets an answer.

        `replies` is empty only when an effect is a query (the runtime steps again at once with its answer), for a
        `Judged` that says nothing new about pictures already submitted, for a piece of an album, whose answer
        comes when it is whole, for a `DraftLeft` where no draft waits, and for whoever left. Raises ValueError
        for a naive `at`.
        """
        turn = Turn.of(self.book, state, utc(at))
        step = self._act(turn, state, message)
        state = step.state
        if isinstance(message, Said) and state.despair_at != turn.at and EraseMe() not in step.effects:
            state = cries.keep_piece(turn, state, message.text)
        if not isinstance(message, _NOT_THEIRS):
            state = state.but(last_at=turn.at)
        return self._fitted(replace(step, state=state), turn.at)

    # ---- by kind of message ----------------------------------------------------------------------

    def _act(self, turn: Turn, state: State, message: Incoming) -> Step:
        match message:
            case Said(text):
                return hearing.said(turn, state, text[:_LONGEST_MESSAGE])
            case Chose(option_id, as_shown):
                return pressing.pressed(turn, state, option_id, as_shown)
            case SentMedia():
                return self._media(turn, state, message)
            case AlbumPiece(words=words) if cry := cries.cry_in(turn, state, words):
                step = album.gather(turn, state, replace(message, words=""))
                return _and_then(step, urgent.despair(turn, step.state, cry))
            case AlbumPiece():
                return album.gather(turn, state, message)
            case AlbumQuiet():
                return album.take(turn, state, message)
            case AlbumAdded():
                return Step(state, (turn.tell(turn.say("report.added")),))
            case Edited(before, after):
                cries_now = says_despair(after) and not says_despair(before)
                if not message.on_record and not cries_now:
                    return self._said_anew(turn, state, after) if message.is_recent else Step(state)
                step = edited.put_right(turn, state, message) if message.on_record else Step(state)
                if cries_now:
                    return _and_then(step, urgent.despair(turn, step.state, after))
                return step
            case Amended():
                return Step(state, (turn.tell(turn.say("tips.answered")),))
            case NotAmended(after):
                return self._said_anew(turn, state, after)
            case SentPlace():
                return self._placed(turn, below(state), message)
            case Arrived(how, scene):
                return self._arrived(turn, state, how, scene)
            case Left():
                return leaving.left()
            case Unsupported(words=words) | MediaRefused(words=words) if cry := cries.cry_in(
                turn, state, words
            ):
                return urgent.despair(turn, state, cry)
            case Unsupported("contact") if state.minimal:
                return asides.ask_again(turn, state, turn.say("warn.personal_numbers"))
            case Unsupported(kind):
                key = f"unsupported.{kind}"
                return asides.ask_again(
                    turn, state, turn.say(key if key in turn.words else "unsupported.other")
                )
            case MediaRefused(reason):
                key = f"refused.{reason}"
                return asides.ask_again(turn, state, turn.say(key if key in turn.words else "refused.other"))
            case Judged():
                return cut_off.noted(turn, ask.judged(turn, state, message), message.finding)
            case PictureIsPrivate():
                return private.ask(turn, state, message)
            case TipsFound():
                return my_tips.found(turn, state, message)
            case TipMoved():
                return my_tips.moved(turn, state, message)
            case DraftLeft():
                return report.left(turn, state)
            case OfficerSaid(text, picture):
                return human.answered(turn, state, text, picture)
            case FilesTaken(receipt, opened):
                return human.files_taken(turn, state, receipt, opened=opened)
            case AnswerRefused():
                return my_tips.not_taken(turn, state)
            case Submitted():
                return report.submitted(turn, state, message)
            case NotSubmitted():
                return report.not_submitted(turn, state, message)

    def _arrived(self, turn: Turn, state: State, how: str, scene: str) -> Step:
        state = below(state)
        if how == "menu":
            return pressing.everywhere(turn, state, scene) or asides.ask_again(turn, state)
        if scene:
            state = state.but(scene=scene)
        return menu.welcome(turn, state)

    def _said_anew(self, turn: Turn, state: State, words: str) -> Step:
        """Changed words that nothing keeps. Where anything may be said they are heard, for whoever put them right waits for
        an answer; taken for the answer to a question that was asked since, they would spoil what is being written."""
        answers = not state.dialogue and understanding.size(understanding.plain(words)) < _TELLS
        if state.dialogue in _ANYTHING_MAY_BE_SAID and not answers:
            return hearing.said(turn, state, words)
        return asides.beside(turn, below(state), turn.say("edit.unplaced"))

    def _media(self, turn: Turn, state: State, media: SentMedia) -> Step:
        if not media.evidence_ids:
            return asides.ask_again(turn, state, turn.say("refused.other"))
        state = below(state)
        if state.dialogue == human.NAME and urgent.is_feared_for(turn, state):
            return urgent.sent_media(turn, state, media)
        return dialogue_of(state).sent_media(turn, state, media) or loose_media.take(turn, state, media)

    def _placed(self, turn: Turn, state: State, place: SentPlace) -> Step:
        if says_despair(place.label):
            return urgent.despair(turn, state, human.in_words(turn, place))
        if urgent.is_feared_for(turn, state):
            if state.dialogue in ("", human.NAME):
                return urgent.sent_place(turn, state, place)
            taken = dialogue_of(state).sent_place(turn, state, place) or asides.ask_again(turn, state)
            call = CallHuman(human.in_words(turn, place), urgent=True)
            return replace(taken, effects=(*taken.effects, call))
        step = dialogue_of(state).sent_place(turn, state, place)
        return step or self._place_out_of_nowhere(turn, state, place)

    def _place_out_of_nowhere(self, turn: Turn, state: State, place: SentPlace) -> Step:
        if state.dialogue:
            return asides.ask_again(turn, state, turn.say("place.unasked"))
        step = report.begin(turn, state)
        placed = report.sent_place(turn, step.state, place)
        return placed or step

    # ---- the last touch --------------------------------------------------------------------------

    def _fitted(self, step: Step, at: datetime) -> Step:
        """Cuts replies to the style's size and notes what is now offered."""
        state = step.state
        turn = Turn.of(self.book, state, at)
        more, rest = turn.choice(MORE, "label.more"), turn.choice(MORE, "label.more_options")
        state, said = varied(turn, state, step.replies)
        replies: list[Reply] = []
        for reply in said:
            if not reply.standing:
                # What awaits no answer cannot be leafed through: it becomes several messages.
                pages = split(reply.text, LIMITS[state.style].characters)
                replies.extend(replace(reply, text=page) for page in pages)
                continue
            shown, held = fit(reply, state.style, more, rest)
            if state.held.pages and reply.choices == (more,):
                held = state.held  # a page of a text that is being read; what is left of it was noted already
            place = f"{state.dialogue}.{state.step}"
            shown = replace(shown, choices=tuple(replace(choice, at=place) for choice in shown.choices))
            held = replace(held, choices=tuple(replace(choice, at=place) for choice in held.choices))
            replies.append(shown)
            state = state.but(offered=shown.choices, held=held)
        return Step(state, tuple(replies), step.effects)


def _and_then(first: Step, then: Step) -> Step:
    """Both, in this order; the state is that of the second, which was led to from the first's."""
    return Step(then.state, (*first.replies, *then.replies), (*first.effects, *then.effects))
