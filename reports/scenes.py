"""Scenes: the places whose posters bring people here."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from reports.tables import Scene


async def name(session: AsyncSession, code: str, place: str, at: datetime) -> None:
    """A poster for this place is made; a second one for the same code names it anew."""
    row = await session.get(Scene, code)
    if row is None:
        row = Scene(code=code, place=place, made_at=at)
    row.place = place
    session.add(row)


async def place_of(session: AsyncSession, code: str) -> str:
    """The place's name; the code itself where no poster of ours was made for it."""
    found = await session.exec(select(Scene.place).where(col(Scene.code) == code))
    return found.first() or code
