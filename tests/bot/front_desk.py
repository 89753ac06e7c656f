"""A front desk that records what the doors bring and answers what it is told; it keeps no database."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.channels import Arrival, Taken
from bot.conversation.replies import Reply

Answer = Callable[[Arrival], Sequence[Reply]]


def thank(arrival: Arrival) -> Sequence[Reply]:
    """One short reply to whatever has a meaning."""
    return (Reply("收到。"),) if arrival.incoming is not None or arrival.media else ()


@dataclass
class RecordingDesk:
    """Answers every arrival once and a second delivery with the stored replies, as the inbox promises."""

    answer: Answer = thank
    seconds: float = 0.0
    """How long each arrival takes."""
    faults: int = 0
    """How many arrivals fail before one is taken."""
    arrivals: list[Arrival] = field(default_factory=list)
    """Every delivery, also second ones."""
    _stored: dict[str, tuple[Reply, ...]] = field(default_factory=dict)

    async def take_in(self, arrival: Arrival) -> Taken:
        """Records the arrival and answers."""
        self.arrivals.append(arrival)
        if self.seconds:
            await asyncio.sleep(self.seconds)
        if self.faults:
            self.faults -= 1
            raise ConnectionError("the database is away")
        fresh = arrival.external_id not in self._stored
        replies = self._stored.setdefault(arrival.external_id, tuple(self.answer(arrival)))
        return Taken("con_test", replies, fresh)

    @property
    def only(self) -> Arrival:
        """The one arrival there was."""
        (arrival,) = self.arrivals
        return arrival
