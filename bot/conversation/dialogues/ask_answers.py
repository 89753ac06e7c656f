"""What is told of a finding in 问一问: the answer, what an addition changed, a word in passing; and what can follow."""

from dataclasses import replace
from typing import Final

from bot.conversation.dialogues import ask_unrecognised
from bot.conversation.messages import Finding
from bot.conversation.replies import Choice, Reply
from bot.conversation.state import Asked, State
from bot.conversation.turn import Step, Turn

NAME: Final = "ask"
_OFFER_BIG_AT: Final = 2


def answer(turn: Turn, state: State, finding: Finding) -> Step:
    """The whole answer; one that tells nothing is counted, for 大字版 is offered after the second."""
    says_nothing = not finding.dispute and not ask_unrecognised.tells_something(turn, state.asked.text)
    too_little = state.asked.too_little + 1 if finding.verdict == "none" and says_nothing else 0
    asked = replace(state.asked, unseen=False, too_little=too_little)
    state = state.standing_at(NAME, "answered").but(asked=asked)
    return Step(
        state,
        (with_big(turn, asked, turn.ask(told(turn, state, finding), options(turn, state, finding))),),
    )


def added(turn: Turn, state: State, before: Finding, now: Finding) -> Step:
    """What was added to something answered already: read together with it, and only what is new is told."""
    name = turn.scheme_name(now)
    news = state.asked.text.rpartition("\n")[2]
    if now.verdict == "none" and not ask_unrecognised.tells_something(turn, news):
        text = turn.say("ask.same_none")
    elif before.verdict == "none" or before.dispute:
        step = answer(turn, state, now)
        return replace(step, replies=(step.replies[0].after(turn.say("ask.together")),))
    elif before.scheme_code != now.scheme_code:
        steps = turn.steps(now, paid=state.asked.paid) or turn.steps(now, paid=False)
        lines = [turn.say("ask.changed", scheme=name)]
        lines += [turn.say("ask.now", now=turn.listed(steps))] if steps else []
        text = "\n".join(lines)
    else:
        text = turn.say("ask.same" if before.verdict == now.verdict else "ask.surer", scheme=name)
    return Step(state.standing_at(NAME, "answered"), (turn.ask(text, options(turn, state, now)),))


def told(turn: Turn, state: State, finding: Finding) -> str:
    """What it looks like, why, and what to do now; or what to say where no scheme was recognised."""
    if finding.dispute:
        return turn.say("ask.dispute")
    if finding.verdict == "none" or not finding.scheme_name:
        return ask_unrecognised.told(turn, state.asked.text)
    lines = [turn.say(f"ask.{finding.verdict}", scheme=turn.scheme_name(finding))]
    if finding.why:
        lines.append(
            turn.say(
                "ask.why", why=turn.listed(turn.reasons(finding, state.asked.text)[: 2 if turn.big else 3])
            )
        )
    steps = turn.steps(finding, paid=state.asked.paid) or turn.steps(finding, paid=False)
    if steps:
        lines.append(turn.say("ask.now", now=turn.listed(steps)))
    lines.append(turn.say("ask.not_ours"))
    return "\n".join(filter(None, lines))


def options(turn: Turn, state: State, finding: Finding) -> tuple[Choice, ...]:
    """What can follow the answer to a finding."""
    if finding.dispute:
        return (turn.choice("again"), turn.choice("menu"))
    if finding.verdict == "none":
        return ask_unrecognised.options(turn, state.asked.text)
    return (turn.choice("tip"), turn.choice("paid"), turn.choice("again"))


def options_paid(turn: Turn) -> tuple[Choice, ...]:
    """What can follow once stop-loss has been told."""
    return (turn.choice("tip", "label.tip_paid"), turn.choice("judge"))


def with_big(turn: Turn, asked: Asked, reply: Reply) -> Reply:
    """The reply, and 大字版 offered where it says for the second time that nothing can be told: somebody who is not
    understood twice may not have understood us."""
    if asked.too_little < _OFFER_BIG_AT or turn.big:
        return reply
    return replace(reply, choices=(*reply.choices, turn.choice("big")))


def in_passing(turn: Turn, state: State, finding: Finding) -> Step:
    """The finding in one breath, while something else is being talked about; 问一问 tells the rest."""
    state = state.but(asked=replace(state.asked, unseen=True))
    if finding.dispute or finding.verdict == "none":
        return Step(state, (turn.tell(turn.say("ask.passing_none")),))
    return Step(state, (turn.tell(turn.say("ask.passing", scheme=turn.scheme_name(finding))),))


def of_a_report(turn: Turn, state: State, finding: Finding) -> Step:
    """Pictures of a draft or of a tip: the officers get the finding; the citizen hears of it only where it
    helps."""
    if finding.verdict == "none" or finding.dispute:
        return Step(state)
    draft = state.draft
    if draft and set(finding.evidence_ids) & set(draft.evidence_ids):
        hinted = replace(draft, scheme_hint=draft.scheme_hint or finding.scheme_code)
        return Step(
            state.but(draft=hinted), (turn.tell(turn.say("ask.passing", scheme=turn.scheme_name(finding))),)
        )
    return Step(state, (turn.tell(turn.say("ask.tip_seen", scheme=turn.scheme_name(finding))),))
