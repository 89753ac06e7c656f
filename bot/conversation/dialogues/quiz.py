"""防骗小测验: the question of the day and rounds of five; progress stays in the state."""

from dataclasses import replace

from bot.conversation import understanding, vocabulary
from bot.conversation.dialogues import menu
from bot.conversation.effects import RecordQuizAnswer
from bot.conversation.replies import Choice, Reply
from bot.conversation.state import QuizProgress, State
from bot.conversation.turn import Dialogue, Step, Turn
from knowledge.quizzes.questions import ROUND_SIZE, Audience, Question, daily_question, round_of

NAME = "quiz"


def open_(turn: Turn, state: State) -> Step:
    """What to play. A round that was left goes on where it was left."""
    state = menu.idle(state).standing_at(NAME, "open")
    if not _bank(turn):
        return menu.show(turn, state, turn.say("quiz.empty"))
    return Step(state, (question(turn, state),))


def _bank(turn: Turn) -> tuple[Question, ...]:
    return tuple(q for q in turn.book.questions if q.audience is not Audience.STAFF)


def _find(turn: Turn, code: str) -> Question | None:
    return next((q for q in turn.book.questions if q.code == code), None)


def _current(turn: Turn, state: State) -> Question | None:
    """The question awaiting an answer; None if there is none or the bank no longer has it."""
    quiz = state.quiz
    if state.step == "daily":
        return _find(turn, quiz.daily_code)
    if state.step == "round" and quiz.position < len(quiz.codes):
        return _find(turn, quiz.codes[quiz.position])
    return None


def question(turn: Turn, state: State) -> Reply:
    quiz = state.quiz
    current = _current(turn, state)
    if current:
        answers = tuple(
            Choice(f"{current.code}.{letter}", text)
            for letter, text in zip("abc", current.options, strict=True)
        )
        if state.step == "daily":
            return turn.ask(turn.say("quiz.daily", question=current.question), answers)
        number = turn.say(
            "quiz.number", number=quiz.position + 1, of=len(quiz.codes), question=current.question
        )
        return turn.ask(number, answers)
    if state.step == "told" and quiz.position < len(quiz.codes):
        return turn.ask(turn.say("quiz.go_on"), (turn.choice("next"),))
    options = [] if quiz.daily_on == turn.today else [turn.choice("quiz.daily")]
    options.append(turn.choice("quiz.go_on" if 0 < quiz.position < len(quiz.codes) else "quiz.round"))
    return turn.ask(turn.say("quiz.open" if len(options) > 1 else "quiz.daily_done"), tuple(options))


def hint(turn: Turn, state: State) -> str:
    return turn.say("hint.quiz")


def chose(turn: Turn, state: State, option: str) -> Step | None:
    match option:
        case "quiz.daily" if _bank(turn):
            code = daily_question(_bank(turn), turn.today).code
            return _ask(turn, state.standing_at(NAME, "daily").but(quiz=replace(state.quiz, daily_code=code)))
        case "quiz.round" if _bank(turn):
            return _ask(turn, _new_round(turn, state))
        case "next" | "quiz.go_on":
            return _ask(turn, _skipping_lost(turn, state.standing_at(NAME, "round")))
    current = _current(turn, state)
    code, _, letter = option.rpartition(".")
    if current and code == current.code and letter in ("a", "b", "c"):
        return _answered(turn, state, current, "abc".index(letter))
    return None


def said(turn: Turn, state: State, text: str) -> Step | None:
    """“不知道” is an answer, if no right one: what is right is told. Anywhere else whoever wants no more is let go."""
    if not understanding.is_saying(understanding.plain(text), (*vocabulary.SKIP, *vocabulary.FINISHED)):
        return None
    if (current := _current(turn, state)) is not None:
        return _answered(turn, state, current, None)
    if state.step == "told":
        return chose(turn, state, "next")
    return menu.show(turn, state, turn.say("ask.acknowledged"))


def _ask(turn: Turn, state: State) -> Step:
    if _current(turn, state) is None:
        state = state.standing_at(NAME, "open")
    return Step(state, (question(turn, state),))


def _new_round(turn: Turn, state: State) -> State:
    # A round's number makes its questions differ from the last one's; the day makes them differ between
    # people who begin on different days. Nothing of the person goes in.
    bank = _bank(turn)
    seed = f"{turn.today.isoformat()}/{state.quiz.rounds}"
    codes = tuple(q.code for q in round_of(bank, seed, min(ROUND_SIZE, len(bank))))
    quiz = replace(state.quiz, codes=codes, position=0, right=0)
    return state.standing_at(NAME, "round").but(quiz=quiz)


def _skipping_lost(turn: Turn, state: State) -> State:
    """Past questions that a newer pack has dropped in the middle of a round."""
    quiz = state.quiz
    position = quiz.position
    while position < len(quiz.codes) and _find(turn, quiz.codes[position]) is None:
        position += 1
    return state.but(quiz=replace(quiz, position=position))


def _answered(turn: Turn, state: State, current: Question, chosen: int | None) -> Step:
    right = chosen == current.answer
    key = "quiz.unknown" if chosen is None else "quiz.right" if right else "quiz.wrong"
    told = turn.say(key, answer=current.right_option, why=current.explanation)
    effects = () if chosen is None else (RecordQuizAnswer(current.code, chosen, right),)
    if state.step == "daily":
        state = state.standing_at(NAME, "told_daily").but(
            quiz=replace(state.quiz, daily_on=turn.today, daily_code="")
        )
        further = (turn.choice(_round_option(state.quiz)), turn.choice("menu"))
        return Step(state, (turn.ask(told, further),), effects)
    quiz = replace(state.quiz, position=state.quiz.position + 1, right=state.quiz.right + right)
    if quiz.position < len(quiz.codes):
        state = state.standing_at(NAME, "told").but(quiz=quiz)
        return Step(state, (turn.ask(told, (turn.choice("next"),)),), effects)
    result = turn.say("quiz.result", right=quiz.right, of=len(quiz.codes), cheer=_cheer(turn, quiz))
    quiz = QuizProgress(rounds=quiz.rounds + 1, daily_on=quiz.daily_on)
    state = state.standing_at(NAME, "over").but(quiz=quiz)
    options = (turn.choice("quiz.round", "label.quiz_again"), turn.choice("warnings"), turn.choice("menu"))
    return Step(state, (turn.ask(f"{told}\n{result}", options),), effects)


def _round_option(quiz: QuizProgress) -> str:
    return "quiz.go_on" if 0 < quiz.position < len(quiz.codes) else "quiz.round"


def _cheer(turn: Turn, quiz: QuizProgress) -> str:
    return turn.say("quiz.cheer_all" if quiz.right == len(quiz.codes) else "quiz.cheer_some")


def back(turn: Turn, state: State) -> Step | None:
    return open_(turn, state) if state.step != "open" else None


DIALOGUE = Dialogue(NAME, question, hint, chose=chose, said=said, back=back)
