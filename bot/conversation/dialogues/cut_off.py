"""A photo whose writing runs off its edge: another one is asked for, kindly, and no oftener than once a day."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.conversation.messages import Finding
from bot.conversation.turn import Step, Turn

_NOT_AGAIN_FOR: Final = timedelta(days=1)


def noted(turn: Turn, step: Step, finding: Finding) -> Step:
    """The step, with a word about the photo first, where it can still be sent anew: it was asked about, or its report
    is not handed in yet.
    """
    state = step.state
    told_at = state.cut_off_told_at
    if not finding.cut_off or (told_at is not None and turn.at - told_at < _NOT_AGAIN_FOR):
        return step
    open_ones = {*state.asked.evidence_ids, *(state.draft.evidence_ids if state.draft else ())}
    if not open_ones & set(finding.evidence_ids):
        return step
    word = turn.tell(turn.say("ask.cut_off"))
    return replace(step, state=state.but(cut_off_told_at=turn.at), replies=(word, *step.replies))
