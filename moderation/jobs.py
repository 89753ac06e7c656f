"""The jobs of this room: reading pictures, screening tips, joining them, fitting the learnt model, the day's tidying."""

from foundation.job_queue import JobBook, JobRun
from knowledge.pictures.reader import PictureReader
from moderation import enclosures
from moderation.daily import DAILY, tidy
from moderation.joining import JOIN, join_tip
from moderation.learning import REFIT, refit
from moderation.screening import (
    CONSENT_DUE,
    EVIDENCE_KEPT,
    SCREEN,
    ScreeningDesk,
    read_picture,
    screen_after_consent,
    screen_tip,
)
from reports.intake import SUBMITTED, SUPPLEMENTED


def register(book: JobBook, desk: ScreeningDesk, reader: PictureReader) -> None:
    """Answers to what `reports` announces, and to the jobs that screening sets itself."""

    async def read(run: JobRun, evidence_id: str) -> None:
        await read_picture(desk, reader, run, evidence_id)

    async def screen(run: JobRun, tip_id: str) -> None:
        await screen_tip(desk, run, tip_id)

    async def fit(run: JobRun, name: str) -> None:
        await refit(desk, run, name)

    async def join(run: JobRun, tip_id: str) -> None:
        await join_tip(run, tip_id)

    async def read_enclosure(run: JobRun, enclosure_id: str) -> None:
        await enclosures.read(desk, reader, run, enclosure_id)

    async def forget_enclosure(run: JobRun, enclosure_id: str) -> None:
        await enclosures.delete_files(desk, run, enclosure_id)

    book.on(EVIDENCE_KEPT, read)
    book.on(SUBMITTED, screen)
    book.on(SUPPLEMENTED, screen)
    book.on(SCREEN, screen)
    book.on(JOIN, join)
    book.on(CONSENT_DUE, screen_after_consent)
    book.on(REFIT, fit)
    book.on(DAILY, tidy)
    book.on(enclosures.READ, read_enclosure)
    book.on(enclosures.FORGET, forget_enclosure)
