"""What learners answered, so that a round survives a restart and a campaign can be counted."""

from datetime import datetime

from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.ids import new_id


class QuizAnswer(SQLModel, table=True):
    """One answer. `learner_id` is opaque here: whoever asks knows whose it is."""

    __tablename__ = "quiz_answer"

    id: str = Field(primary_key=True)
    learner_id: str = Field(index=True)
    question_code: str = Field(index=True)
    chosen: int
    right: bool
    answered_at: datetime


async def note_answer(
    session: AsyncSession, *, learner_id: str, question_code: str, chosen: int, right: bool, at: datetime
) -> None:
    """Keeps one answer."""
    session.add(
        QuizAnswer(
            id=new_id("ans"),
            learner_id=learner_id,
            question_code=question_code,
            chosen=chosen,
            right=right,
            answered_at=at,
        )
    )
    await session.flush()
