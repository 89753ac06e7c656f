"""Turns: those with one name go one after the other, and nobody waits for somebody with another."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Line:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    people: int = 0
    """Who waits, and whose turn it is."""


class Turns:
    """A line for each name, first come first served, within this process. A line nobody stands in is forgotten."""

    def __init__(self) -> None:
        self._lines: dict[str, _Line] = {}

    @asynccontextmanager
    async def of(self, name: str) -> AsyncIterator[None]:
        """Waits for those with this name who came before."""
        line = self._lines.setdefault(name, _Line())
        line.people += 1
        try:
            async with line.lock:
                yield
        finally:
            line.people -= 1
            if not line.people:
                del self._lines[name]

    def __len__(self) -> int:
        """How many lines there are."""
        return len(self._lines)
