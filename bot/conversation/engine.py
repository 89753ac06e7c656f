"""The conversation: state and message in, state, replies and effects out. No I/O, no clock, no chance.

It is long because whatever can be said is told apart in one place, in one order: what comes first decides."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.conversation import alarms, album, cries, edited, told, understanding, vocabulary, wishes
from bot.conversation.book import Book
from bot.conversation.commands import (
    FOR_OFFICERS,
    HEARD_EVERYWHERE,
    LOUD,
    OPTION_OF,
    SAID_BESIDE,
    SENTENCE_OF,
)
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
    quiz,
    report,
    urgent,
    warnings,
)
from bot.conversation.effects import CallHuman, EraseMe, SetStyle
from bot.conversation.fitting import LIMITS, MORE, fit, split
from bot.conversation.languages import NAMES, Language, guessed_from_words
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
    Incoming,
    Judged,
    Left,
    MediaRefused,
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
from bot.conversation.personal_numbers import mask_own_phone, mask_personal_numbers
from bot.conversation.replies import Choice, Reply
from bot.conversation.state import Draft, Held, State, Style
from bot.conversation.turn import Dialogue, Step, Turn, utc
from bot.conversation.varying import varied
from bot.conversation.vocabulary import Command

DIALOGUES: Final[Mapping[str, Dialogue]] = MappingProxyType(
    {
        module.DIALOGUE.name: module.DIALOGUE
        for module in (menu, report, ask, loose_media, my_tips, quiz, warnings, human, leaving, private)
    }
)

_NOT_THEIRS: Final = (
    Judged
    | PictureIsPrivate
    | TipsFound
    | TipMoved
    | OfficerSaid
    | Submitted
    | NotSubmitted
    | AnswerRefused
    | AlbumQuiet
    | AlbumAdded
    | Amended
)
"""What comes in without the citizen's doing anything."""

_NINE: Final = 9
_LONGEST_MESSAGE: Final = 4000
"""Characters of one message that are listened to; no channel sends more."""
_OFFER_HELP_AT: Final = 2
"""Misunderstandings in a row after which a person and 大字版 are offered."""
_LEAST: Final = 2
"""Characters from which words out of nowhere say something."""

_LEAST_OF_A_CONTACT: Final = 5
"""Digits from which a number may be somebody's (QQ, telephone) and no choice gone wrong."""
_AT_SOME_LENGTH: Final = 3
"""Characters from which a command is heard where free words are awaited: “举报” there may be a piece of a
story."""
_A_FEW_WORDS: Final = 10
"""Characters up to which words with no dialogue open are looked through for an option; longer ones tell
something."""

_SLASHED: Final = re.compile(r"/[A-Za-z]\w{0,31}(?:@\w+)?")
"""A command of a chat program, which ours may not have."""

_ADDRESSED: Final = re.compile(r"^(/\w+)@\w+$")

_ONE_GREETING: Final = 120
"""Seconds within which “在吗” after “你好” belongs to the same greeting, and is not welcomed anew."""

_LEISURELY: Final = frozenset({quiz.NAME, warnings.NAME, my_tips.NAME, leaving.NAME})
"""Dialogues in which a sentence is no answer: it tells of something else, and is listened to."""


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
                return self._said(turn, state, text[:_LONGEST_MESSAGE])
            case Chose(option_id, as_shown):
                return self._pressed(turn, state, option_id, as_shown)
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
                step = edited.put_right(turn, state, message)
                if says_despair(after) and not says_despair(before):
                    return _and_then(step, urgent.despair(turn, step.state, after))
                return step
            case Amended():
                return Step(state, (turn.tell(turn.say("tips.answered")),))
            case SentPlace():
                return self._placed(turn, _below(state), message)
            case Arrived(how, scene):
                return self._arrived(turn, state, how, scene)
            case Left():
                return leaving.left()
            case Unsupported(words=words) | MediaRefused(words=words) if cry := cries.cry_in(
                turn, state, words
            ):
                return urgent.despair(turn, state, cry)
            case Unsupported("contact") if state.minimal:
                return self._ask_again(turn, state, turn.say("warn.personal_numbers"))
            case Unsupported(kind):
                key = f"unsupported.{kind}"
                return self._ask_again(
                    turn, state, turn.say(key if key in turn.words else "unsupported.other")
                )
            case MediaRefused(reason):
                key = f"refused.{reason}"
                return self._ask_again(turn, state, turn.say(key if key in turn.words else "refused.other"))
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
            case AnswerRefused():
                return my_tips.not_taken(turn, state)
            case Submitted():
                return report.submitted(turn, state, message)
            case NotSubmitted():
                return report.not_submitted(turn, state, message)

    def _arrived(self, turn: Turn, state: State, how: str, scene: str) -> Step:
        state = _below(state)
        if how == "menu":
            return self._global(turn, state, scene) or self._ask_again(turn, state)
        if scene:
            state = state.but(scene=scene)
        return menu.welcome(turn, state)

    def _media(self, turn: Turn, state: State, media: SentMedia) -> Step:
        if not media.evidence_ids:
            return self._ask_again(turn, state, turn.say("refused.other"))
        state = _below(state)
        if state.dialogue == human.NAME and urgent.is_feared_for(turn, state):
            return urgent.sent_media(turn, state, media)
        return self._dialogue(state).sent_media(turn, state, media) or loose_media.take(turn, state, media)

    def _placed(self, turn: Turn, state: State, place: SentPlace) -> Step:
        if says_despair(place.label):
            return urgent.despair(turn, state, human.in_words(turn, place))
        if urgent.is_feared_for(turn, state):
            if state.dialogue in ("", human.NAME):
                return urgent.sent_place(turn, state, place)
            taken = self._dialogue(state).sent_place(turn, state, place) or self._ask_again(turn, state)
            call = CallHuman(human.in_words(turn, place), urgent=True)
            return replace(taken, effects=(*taken.effects, call))
        step = self._dialogue(state).sent_place(turn, state, place)
        return step or self._place_out_of_nowhere(turn, state, place)

    def _place_out_of_nowhere(self, turn: Turn, state: State, place: SentPlace) -> Step:
        if state.dialogue:
            return self._ask_again(turn, state, turn.say("place.unasked"))
        step = report.begin(turn, state)
        placed = report.sent_place(turn, step.state, place)
        return placed or step

    # ---- words -----------------------------------------------------------------------------------

    def _said(self, turn: Turn, state: State, text: str) -> Step:
        guess = None if state.language_is_chosen else guessed_from_words(text, state.language)
        if guess is not None:
            # What somebody writes in is what they read, until they say otherwise: a platform's tag only guesses.
            state = state.but(language=guess, language_is_chosen=True)
            turn = Turn.of(self.book, state, turn.at)
        if cry := cries.cry_in(turn, state, text):
            return urgent.despair(turn, state.but(just_said=()), cry)
        text, had_numbers = mask_personal_numbers(text)
        if state.minimal:
            text, had_own = mask_own_phone(text)
            had_numbers = had_numbers or had_own
        if had_numbers:
            step = self._heard(turn, state, text)
            return replace(step, replies=(turn.tell(turn.say("warn.personal_numbers")), *step.replies))
        step = self._heard(turn, state, text)
        if (
            not state.language_is_chosen
            and understanding.is_latin(text)
            and _command_in(text) in (Command.HELLO, Command.HELP)
        ):
            return _and_languages(turn, step)
        return step

    def _heard(self, turn: Turn, state: State, text: str) -> Step:
        heard = understanding.plain(text)
        if self._is_for_officers(turn, state, text):
            return human.said(turn, _understood(state), text)
        if not heard:
            return self._hint(turn, state) if "?" in understanding.fold(text) else self._missed(turn, state)
        dialogue = self._dialogue(state)
        open_ended = dialogue.open_ended(state)
        choices = (*state.offered, *state.held.choices)
        command = _command_in(text)
        if _is_to_an_officer(state) and (
            command in FOR_OFFICERS or (command is Command.HUMAN and understanding.command_in(heard) is None)
        ):
            command = None
        if command is None and _SLASHED.fullmatch(text.strip()):
            return self._beside(turn, _understood(state), turn.say("said.unknown_command"))
        if command in (Command.HELLO, Command.THANKS) and heard not in vocabulary.YES:
            return self._command(turn, state, command)  # first: “你好” must never pass for “好”
        if command is Command.BACK:
            return self._back(turn, state)
        if command is Command.HUMAN:
            return human.call(turn, _understood(state))
        if not state.dialogue and understanding.is_saying(heard, vocabulary.AT_A_LOSS):
            return menu.help_text(turn, _understood(state))
        nothing_more = (*vocabulary.ACKNOWLEDGED, *vocabulary.SKIP, *vocabulary.FINISHED)
        if not state.dialogue and command is None and understanding.is_saying(heard, nothing_more):
            return self._ask_again(turn, _understood(state), turn.say("ask.acknowledged"))
        number = understanding.number_in(text, len(state.offered), tight=open_ended)
        option = state.offered[number - 1] if number else None
        option = option or understanding.pick(text, choices, self._words_for, open_ended=True)
        off_the_list = understanding.number_in(text, _NINE, tight=True) or (
            not open_ended and heard.isdigit() and len(heard) < _LEAST_OF_A_CONTACT
        )
        if option is None and off_the_list:
            return self._missed(turn, state)  # a number that is not on the list is no word either
        paid = alarms.says_paid(text)
        if option and (not paid or option.id == "paid.yes" or state.dialogue in (quiz.NAME, warnings.NAME)):
            return self._pressed(turn, state, option.id)
        if paid and urgent.is_due(turn, state, text):
            return urgent.stop_loss(turn, _understood(_below(state)), text)
        if command and (command in LOUD or not state.dialogue):
            return self._command(turn, state, command)
        in_passing = not state.dialogue and understanding.size(heard) > _A_FEW_WORDS
        if not open_ended and not in_passing:
            option = understanding.pick(text, choices, self._words_for)
            if option:
                return self._pressed(turn, state, option.id)
        if command and (not open_ended or len(heard) >= _AT_SOME_LENGTH):
            return self._command(turn, state, command)
        if state.dialogue == private.NAME:
            return self._heard_below(turn, state, text)
        step = dialogue.said(turn, _understood(state), text)
        if step is not None:
            return step
        if state.dialogue and understanding.is_saying(heard, (*vocabulary.ACKNOWLEDGED, *vocabulary.YES)):
            return self._ask_again(turn, _understood(state), turn.say("ask.acknowledged"))
        receipt = my_tips.receipt_in(text)
        if receipt:
            return my_tips.look_up(turn, _understood(state), receipt, text)
        if command:
            return self._command(turn, state, command)
        leisurely = state.dialogue in _LEISURELY and understanding.size(heard) > _A_FEW_WORDS
        if not state.dialogue or leisurely:
            return self._out_of_nowhere(turn, state, text)
        return self._missed(turn, state)

    def _is_for_officers(self, turn: Turn, state: State, text: str) -> bool:
        """Whether words of somebody who is feared for are no way back and no button: then they are for the officers,
        though “算了” or “谢谢” mean something else anywhere else."""
        if state.dialogue != human.NAME or not urgent.is_feared_for(turn, state):
            return False
        command = _command_in(text)
        if command in HEARD_EVERYWHERE or alarms.says_paid(text):
            return False
        choices = (*state.offered, *state.held.choices)
        return (
            understanding.number_in(text, len(state.offered)) is None
            and understanding.pick(text, choices, self._words_for, open_ended=True) is None
        )

    def _heard_below(self, turn: Turn, state: State, text: str) -> Step:
        """Words that do not answer whether to send a private picture answer what was asked before it."""
        state = private.put_off(state)
        offered = self._dialogue(state).question(turn, state).choices
        return self._heard(turn, state.but(offered=offered, held=Held()), text)

    def _command(self, turn: Turn, state: State, command: Command) -> Step:
        state = _understood(state if command in SAID_BESIDE else _below(state))
        match command:
            case Command.CANCEL:
                return leaving.leave(turn, state)
            case Command.RESTART:
                return self._restart(turn, state)
            case Command.HELP:
                return self._hint(turn, state)
            case Command.HELLO:
                greeted = not state.dialogue and state.offered and turn.within(_ONE_GREETING)
                if state.dialogue in ("", leaving.NAME) and not greeted:
                    return menu.welcome(turn, state)
                return self._ask_again(turn, state, turn.say("hello.in_between"))
            case _ if command in SENTENCE_OF:
                return self._beside(turn, state, turn.say(SENTENCE_OF[command], phone=menu.phone(turn)))
            case Command.HOTLINES:
                return self._ask_again(turn, state, menu.hotlines(turn))
            case Command.PRIVACY if state.dialogue:
                return self._ask_again(turn, state, turn.say("privacy.text"))
            case Command.REPORT | Command.WORDS if state.dialogue == report.NAME:
                return self._ask_again(turn, state, turn.say("report.in_it"))
        option = OPTION_OF.get(command)
        return (self._global(turn, state, option) if option else None) or self._missed(turn, state)

    def _restart(self, turn: Turn, state: State) -> Step:
        if state.dialogue == report.NAME:
            return report.restart(turn, state)
        name = state.dialogue if state.dialogue in _OPENERS else "menu"
        return self._global(turn, state, name) or menu.show(turn, state)

    def _out_of_nowhere(self, turn: Turn, state: State, text: str) -> Step:
        """Words with no dialogue open: a report begun in one breath, or something to be judged."""
        heard = understanding.plain(text)
        if len(heard) < _LEAST:
            return self._missed(turn, state)
        if any(word in heard for word in vocabulary.WANTS_TO_REPORT) and not told.sounds_like_question(text):
            tells = len(told.without_request(text)) >= _AT_SOME_LENGTH
            return report.begin(turn, _understood(state), Draft(words=text.strip()) if tells else None)
        return ask.about(turn, _understood(state), text)

    def _words_for(self, option_id: str) -> Sequence[str]:
        """Further words for an option; for a medium also those of the book."""
        if option_id.startswith("medium."):
            medium = self.book.medium(option_id.removeprefix("medium."))
            return (
                *(medium.names if medium else ()),
                *vocabulary.MEDIUM_WORDS.get(option_id.removeprefix("medium."), ()),
            )
        return vocabulary.WITHIN.get(option_id, ())

    # ---- choices ---------------------------------------------------------------------------------

    def _pressed(self, turn: Turn, state: State, option: str, as_shown: str = "") -> Step:
        """A button or what amounts to one. Old buttons are met kindly; `as_shown` tells those of another question."""
        now = next((one for one in (*state.offered, *state.held.choices) if one.key == option), None)
        option = now.id if now else option
        if option == MORE and (state.held.pages or state.held.choices):
            return self._more(turn, _understood(state))
        if option in (private.KEEP, private.DROP):
            return self._answered_private(turn, _understood(state), option)
        if now and as_shown in ("", now.mark):
            step = self._dialogue(state).chose(turn, _understood(state), option)
            if step is not None:
                return step
        step = self._global(turn, _understood(state), option)
        if step is not None:
            return step
        return self._ask_again(turn, state, turn.say("stale"))

    def _answered_private(self, turn: Turn, state: State, option: str) -> Step:
        """The answer, and then what was being done, in one message."""
        step = private.chose(turn, state, option)
        if step is None:
            return self._ask_again(turn, state, turn.say("stale"))
        again = self._ask_again(turn, step.state, step.replies[0].text)
        return replace(again, effects=step.effects)

    def _global(self, turn: Turn, state: State, option: str) -> Step | None:
        """Options that mean the same wherever they are pressed."""
        match option:
            case "back" | "go_back":
                return self._back(turn, state)
            case "human":
                return human.call(turn, state)
            case "big" | "ordinary":
                return self._restyled(turn, state, Style(option))
            case "language":
                offered = tuple(Choice(f"language.{one.lower()}", name) for one, name in NAMES.items())
                return Step(state, (turn.ask(turn.say("language.ask"), offered),))
            case "words":
                step = report.begin(turn, state)
                return step if step.state.step == "which" else report.chose(turn, step.state, "no_photo")
            case "paid":
                return urgent.stop_loss(turn, state, turn.say("label.paid"))
        if option.startswith("language."):
            chosen = next((one for one in Language if option == f"language.{one.lower()}"), None)
            return self._spoken_to(turn, state, chosen) if chosen else None
        opener = _OPENERS.get(option)
        return opener(turn, state) if opener else None

    def _back(self, turn: Turn, state: State) -> Step:
        if state.dialogue == private.NAME:
            return self._ask_again(turn, _understood(private.put_off(state)))
        state = _understood(state)
        if state.dialogue == human.NAME and state.paused and state.paused.dialogue != human.NAME:
            state = state.standing_at(state.paused.dialogue, state.paused.step).but(paused=None)
            return self._ask_again(turn, state)
        return self._dialogue(state).back(turn, state) or menu.show(turn, state)

    def _restyled(self, turn: Turn, state: State, style: Style) -> Step:
        state = state.but(style=style, held=Held())
        turn = Turn.of(self.book, state, turn.at)
        step = self._ask_again(turn, state, turn.say(f"style.now_{style.value}"))
        return replace(step, effects=(SetStyle(style),))

    def _spoken_to(self, turn: Turn, state: State, language: Language) -> Step:
        state = state.but(language=language, language_is_chosen=True, held=Held())
        turn = Turn.of(self.book, state, turn.at)
        return self._ask_again(turn, state, turn.say("language.now"))

    def _more(self, turn: Turn, state: State) -> Step:
        """The next page of a long text, or the further options."""
        held = state.held
        if held.pages:
            reply = turn.ask(held.pages[0], held.choices)
            if len(held.pages) > 1:
                left = Held(held.pages[1:], held.choices)
                return Step(
                    state.but(held=left), (replace(reply, choices=(turn.choice(MORE, "label.more"),)),)
                )
            return Step(state.but(held=Held()), (reply,))
        return Step(state.but(held=Held()), (turn.ask(turn.say("more_options"), held.choices),))

    # ---- when something is not understood --------------------------------------------------------

    def _ask_again(self, turn: Turn, state: State, text: str = "") -> Step:
        """The open question once more, after a sentence. Nothing is lost."""
        return Step(state, (self._dialogue(state).question(turn, state).after(text),))

    def _hint(self, turn: Turn, state: State) -> Step:
        if not state.dialogue:
            return menu.help_text(turn, state)
        return self._beside(turn, _understood(state), self._dialogue(state).hint(turn, state))

    def _beside(self, turn: Turn, state: State, text: str) -> Step:
        """A sentence and the open question; where the style has no room for both, the sentence over the question's
        options. The question stands right above, and “回 1” must mean its first option and not the next page."""
        asked = self._dialogue(state).question(turn, state)
        if len(text) + 1 + len(asked.text) > LIMITS[state.style].characters:
            return Step(state, (replace(asked, text=text),))
        return Step(state, (asked.after(text),))

    def _missed(self, turn: Turn, state: State) -> Step:
        """Said kindly once; after that a person is offered, and 大字版 to whoever has not got it."""
        misses = state.misses + 1
        state = state.but(misses=misses)
        if misses < _OFFER_HELP_AT:
            return self._beside(turn, state, turn.say("missed.once"))
        step = self._beside(turn, state, turn.say("missed.again", phone=menu.phone(turn)))
        reply = step.replies[-1]
        if turn.big or any(choice.id == "big" for choice in reply.choices):
            return step
        return replace(step, replies=(replace(reply, choices=(*reply.choices, turn.choice("big"))),))

    # ---- the last touch --------------------------------------------------------------------------

    def _dialogue(self, state: State) -> Dialogue:
        return DIALOGUES.get(state.dialogue, menu.DIALOGUE)

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


def _below(state: State) -> State:
    """What the citizen was doing when it was asked whether to send a private picture; that question waits."""
    return private.put_off(state) if state.dialogue == private.NAME else state


def _command_in(text: str) -> Command | None:
    """A command, said in a word or two or as a wish of one's own wording."""
    return understanding.command_in(understanding.plain(_ADDRESSED.sub(r"\1", text))) or wishes.wish_in(text)


def _is_to_an_officer(state: State) -> bool:
    """Whether what is said now is read by an officer."""
    return state.dialogue == human.NAME or (state.dialogue == my_tips.NAME and state.step == "answer")


def _and_languages(turn: Turn, step: Step) -> Step:
    """“Hello” and “help” are said by everybody: whoever reads another language is told how to have it."""
    other = turn.say("menu.other_language")
    if not step.replies or not other or other in step.replies[-1].text:
        return step
    last = step.replies[-1]
    return replace(step, replies=(*step.replies[:-1], replace(last, text=f"{last.text}\n{other}")))


def _and_then(first: Step, then: Step) -> Step:
    """Both, in this order; the state is that of the second, which was led to from the first's."""
    return Step(then.state, (*first.replies, *then.replies), (*first.effects, *then.effects))


def _understood(state: State) -> State:
    return state.but(misses=0) if state.misses else state


_OPENERS: Final[Mapping[str, Callable[[Turn, State], Step]]] = MappingProxyType(
    {
        "menu": menu.show,
        "help": menu.help_text,
        "privacy": menu.privacy,
        "erase": leaving.ask_to_erase,
        "report": report.begin,
        "resume": report.resume,
        "ask": ask.open_,
        "again": ask.open_,
        "tip": ask.make_tip,
        "tips": my_tips.open_,
        "quiz": quiz.open_,
        "warnings": warnings.open_,
    }
)
"""Every option that opens something, wherever it is pressed; also the event keys of a channel's menu."""

OPTIONS_EVERYWHERE: Final = frozenset({*_OPENERS, "human", "big", "ordinary", "words", "paid"})
"""What a channel's own menu may offer."""
