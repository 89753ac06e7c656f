"""Words: whatever can be said is told apart here, in one order, and what comes first decides."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from bot.conversation import alarms, asides, cries, pressing, told, understanding, vocabulary, wishes
from bot.conversation.asides import below, dialogue_of, understood
from bot.conversation.commands import (
    FOR_OFFICERS,
    HEARD_EVERYWHERE,
    LOUD,
    OPTION_OF,
    SAID_BESIDE,
    SENTENCE_OF,
)
from bot.conversation.dialogues import (
    ask,
    human,
    leaving,
    menu,
    my_tips,
    private,
    quiz,
    report,
    urgent,
    warnings,
)
from bot.conversation.dialogues.report_elsewhere import is_no_option
from bot.conversation.fitting import MORE
from bot.conversation.languages import guessed_from_words
from bot.conversation.personal_numbers import mask_own_phone, mask_personal_numbers
from bot.conversation.state import Draft, Held, State
from bot.conversation.turn import Step, Turn
from bot.conversation.vocabulary import Command

_NINE: Final = 9
_LEAST: Final = 2
"""Characters from which words out of nowhere say something."""
_LEAST_OF_A_CONTACT: Final = 5
"""Digits from which a number may be somebody's (QQ, telephone) and no choice gone wrong."""
_LEAST_OF_A_SUM: Final = 3
_AT_SOME_LENGTH: Final = 3
"""Characters from which a command is heard where free words are awaited: “举报” there may be a piece of a
story."""
_A_MERE_ASK: Final = 3
"""Characters of “问一问”, “ask”."""
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


def said(turn: Turn, state: State, text: str) -> Step:
    """What the words lead to, in any language, whatever is open."""
    guess = None if state.language_is_chosen else guessed_from_words(text, state.language)
    if guess is not None:
        # What somebody writes in is what they read, until they say otherwise: a platform's tag only guesses.
        state = state.but(language=guess, language_is_chosen=True)
        turn = turn.again(state)
    if cry := cries.cry_in(turn, state, text):
        return urgent.despair(turn, state.but(just_said=()), cry)
    text, had_numbers = mask_personal_numbers(text)
    if state.minimal:
        text, had_own = mask_own_phone(text)
        had_numbers = had_numbers or had_own
    if had_numbers:
        step = _heard(turn, state, text)
        return replace(step, replies=(turn.tell(turn.say("warn.personal_numbers")), *step.replies))
    step = _heard(turn, state, text)
    if (
        not state.language_is_chosen
        and understanding.is_latin(text)
        and _command_in(text) in (Command.HELLO, Command.HELP)
    ):
        return _and_languages(turn, step)
    return step


def _heard(turn: Turn, state: State, text: str) -> Step:
    heard = understanding.plain(text)
    if _is_for_officers(turn, state, text):
        return human.said(turn, understood(state), text)
    if not heard:
        return asides.hint(turn, state) if "?" in understanding.fold(text) else asides.missed(turn, state)
    dialogue = dialogue_of(state)
    open_ended = dialogue.open_ended(state)
    choices = (*state.offered, *state.held.choices)
    command = _command_in(text)
    if command is Command.ASK and _asks_of_the_answer(state, heard):
        command = None
    if _is_to_an_officer(state) and (
        command in FOR_OFFICERS or (command is Command.HUMAN and understanding.command_in(heard) is None)
    ):
        command = None
    if command is None and _SLASHED.fullmatch(text.strip()):
        return asides.beside(turn, understood(state), turn.say("said.unknown_command"))
    if command in (Command.HELLO, Command.THANKS) and heard not in vocabulary.YES:
        return _command(turn, state, command)  # first: “你好” must never pass for “好”
    if command is Command.BACK:
        return pressing.back(turn, state)
    if command is Command.HUMAN:
        return human.call(turn, understood(state))
    if not state.dialogue and understanding.is_saying(heard, vocabulary.AT_A_LOSS):
        return menu.help_text(turn, understood(state))
    nothing_more = (*vocabulary.ACKNOWLEDGED, *vocabulary.SKIP, *vocabulary.FINISHED)
    if not state.dialogue and command is None and (further := _wish_to_go_on(state, heard)):
        return pressing.pressed(turn, state, further)
    if not state.dialogue and command is None and understanding.is_saying(heard, nothing_more):
        return asides.ask_again(turn, understood(state), turn.say("ask.acknowledged"))
    number = understanding.number_in(text, len(state.offered), tight=open_ended)
    option = state.offered[number - 1] if number else None
    option = option or understanding.pick(text, choices, partial(_words_for, turn), open_ended=True)
    off_the_list = not _is_to_an_officer(state) and (
        understanding.number_in(text, _NINE, tight=True) is not None
        or (
            not open_ended
            and heard.isdigit()
            and len(heard) < _LEAST_OF_A_CONTACT
            and not _asks_how_much(state, heard)
        )
        or (not open_ended and understanding.names_a_place_of_none(text, len(state.offered)))
    )  # to “how many?” of an officer a number is the answer
    if option is None and state.dialogue == private.NAME and _answers_below(turn, state, text):
        return _heard_below(turn, state, text)
    if option is None and off_the_list and not choices and not state.dialogue:
        return menu.welcome(turn, state)
    if option is None and off_the_list:
        return asides.missed(turn, state)  # a number that is not on the list is no word either
    paid = alarms.says_paid(text)
    if option and (not paid or option.id == "paid.yes" or state.dialogue in (quiz.NAME, warnings.NAME)):
        return pressing.pressed(turn, state, option.id)
    if paid and urgent.is_due(turn, state, text):
        return urgent.stop_loss(turn, understood(below(state)), text)
    if command and (command in LOUD or not state.dialogue):
        return _command(turn, state, command)
    if state.dialogue == report.NAME and (noted := is_no_option(turn, understood(state), text)):
        return noted
    in_passing = not state.dialogue and understanding.size(heard) > _A_FEW_WORDS
    if not open_ended and not in_passing:
        option = understanding.pick(text, choices, partial(_words_for, turn))
        if option:
            return pressing.pressed(turn, state, option.id)
    if command and (not open_ended or len(heard) >= _AT_SOME_LENGTH):
        return _command(turn, state, command)
    if state.dialogue == private.NAME:
        return _heard_below(turn, state, text)
    step = dialogue.said(turn, understood(state), text)
    if step is not None:
        return step
    if state.dialogue and understanding.is_saying(heard, (*vocabulary.ACKNOWLEDGED, *vocabulary.YES)):
        return asides.ask_again(turn, understood(state), turn.say("ask.acknowledged"))
    receipt = my_tips.receipt_in(text)
    if receipt:
        return my_tips.look_up(turn, understood(state), receipt, text)
    if command:
        return _command(turn, state, command)
    leisurely = state.dialogue in _LEISURELY and understanding.size(heard) > _A_FEW_WORDS
    if not state.dialogue or leisurely:
        return _out_of_nowhere(turn, state, text)
    return asides.missed(turn, state)


def _is_for_officers(turn: Turn, state: State, text: str) -> bool:
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
        and understanding.pick(text, choices, partial(_words_for, turn), open_ended=True) is None
    )


def _answers_below(turn: Turn, state: State, text: str) -> bool:
    """Whether the words are an answer that was offered before the question of a private picture came in between: “举报它”
    is said of the photos that were shown then, and begins no report without any."""
    choices = _put_off(turn, state).offered
    return understanding.pick(text, choices, partial(_words_for, turn), open_ended=True) is not None


def _asks_how_much(state: State, heard: str) -> bool:
    """Whether a number may be the sum that was paid."""
    return state.dialogue == report.NAME and state.step == "paid" and len(heard) >= _LEAST_OF_A_SUM


def _wish_to_go_on(state: State, heard: str) -> str:
    """“继续” with no dialogue open: the report that was left, or the further options, where either is offered."""
    offered = {one.id for one in state.offered}
    for option in ("resume", MORE):
        words = tuple(word for word in vocabulary.EXACT[option] if word not in vocabulary.YES)
        if option in offered and understanding.is_saying(heard, words):
            return option
    return ""


def _asks_of_the_answer(state: State, heard: str) -> bool:
    """Whether “is it a scam?” is asked of what was answered just now; a mere “ask” asks something new."""
    if state.dialogue != ask.NAME or state.step != "answered":
        return False
    return understanding.size(heard) > _A_MERE_ASK and understanding.is_saying(heard, vocabulary.EXACT["ask"])


def _heard_below(turn: Turn, state: State, text: str) -> Step:
    """Words that do not answer whether to send a private picture answer what was asked before it."""
    return _heard(turn, _put_off(turn, state), text)


def _put_off(turn: Turn, state: State) -> State:
    """Back to what was asked before whether to send a private picture, with the answers that it offers."""
    state = private.put_off(state)
    return state.but(offered=dialogue_of(state).question(turn, state).choices, held=Held())


def _command(turn: Turn, state: State, command: Command) -> Step:
    state = understood(state if command in SAID_BESIDE else below(state))
    match command:
        case Command.CANCEL:
            return leaving.leave(turn, state)
        case Command.RESTART:
            return _restart(turn, state)
        case Command.HELP:
            return asides.hint(turn, state)
        case Command.HELLO:
            greeted = not state.dialogue and state.offered and turn.within(_ONE_GREETING)
            if state.dialogue in ("", leaving.NAME) and not greeted:
                return menu.welcome(turn, state)
            return asides.ask_again(turn, state, turn.say("hello.in_between"))
        case Command.MISTOLD if not state.dialogue:
            return asides.beside(turn, state, turn.say("said.slip_handed_in"))
        case _ if command in SENTENCE_OF:
            return asides.beside(turn, state, turn.say(SENTENCE_OF[command], phone=menu.phone(turn)))
        case Command.HOTLINES:
            return asides.ask_again(turn, state, menu.hotlines(turn))
        case Command.PRIVACY if state.dialogue:
            return asides.ask_again(turn, state, turn.say("privacy.text"))
        case Command.REPORT | Command.WORDS if state.dialogue == report.NAME:
            return asides.ask_again(turn, state, turn.say("report.in_it"))
    option = OPTION_OF.get(command)
    return (pressing.everywhere(turn, state, option) if option else None) or asides.missed(turn, state)


def _restart(turn: Turn, state: State) -> Step:
    if state.dialogue == report.NAME:
        return report.restart(turn, state)
    name = state.dialogue if state.dialogue in pressing.OPENERS else "menu"
    return pressing.everywhere(turn, state, name) or menu.show(turn, state)


def _out_of_nowhere(turn: Turn, state: State, text: str) -> Step:
    """Words with no dialogue open: a report begun in one breath, or something to be judged."""
    heard = understanding.plain(text)
    if len(heard) < _LEAST:
        return asides.missed(turn, state)
    if any(word in heard for word in vocabulary.WANTS_TO_REPORT) and not told.sounds_like_question(text):
        tells = len(told.without_request(text)) >= _AT_SOME_LENGTH
        return report.begin(turn, understood(state), Draft(words=text.strip()) if tells else None)
    return ask.about(turn, understood(state), text)


def _words_for(turn: Turn, option_id: str) -> Sequence[str]:
    """Further words for an option; for a medium also those of the book."""
    if option_id.startswith("medium."):
        medium = turn.book.medium(option_id.removeprefix("medium."))
        return (
            *(medium.names if medium else ()),
            *vocabulary.MEDIUM_WORDS.get(option_id.removeprefix("medium."), ()),
        )
    return vocabulary.WITHIN.get(option_id, ())


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
