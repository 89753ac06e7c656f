"""What learners answered, so that a round survives a restart and a campaign can be counted."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from foundation.ids import new_id
from foundation.statements import Write, insertion


class QuizAnswer(SQLModel, table=True):
    """One answer. `learner_id` is opaque here: whoever asks knows whose it is."""

    __tablename__ = "quiz_answer"

    id: str = Field(primary_key=True)
    learner_id: str = Field(index=True)
    question_code: str = Field(index=True)
    chosen: int
    right: bool
    answered_at: datetime


_KEEP = insertion(QuizAnswer)


def noting(*, learner_id: str, question_code: str, chosen: int, right: bool, at: datetime) -> Write:
    """What keeps one answer."""
    return _KEEP, {
        "id": new_id("ans"),
        "learner_id": learner_id,
        "question_code": question_code,
        "chosen": chosen,
        "right": right,
        "answered_at": at,
    }
