"""People who write to a real inbox, and a channel whose platform does what the test says."""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.channels import Arrival, ChannelName, Division, KeptMedia, MediaGone, Priority, RemoteMedia, Taken
from bot.conversation.languages import Language
from bot.conversation.messages import Arrived, Chose, Incoming, Said
from bot.conversation.replies import Reply
from entrypoints.desk import Desk
from foundation.ids import new_id
from reports import sealing
from reports.notices import NoticeKind

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Monday, nine in the morning in China."""

AD = "无抵押秒下款，黑户可做，放款前先交2000元手续费，加微信 kuaidai_8866"

_numbers = itertools.count(1)


@dataclass
class ScriptedChannel:
    """A platform that takes the first `most_now` replies as the answer to a call, and faults as it is told."""

    name: ChannelName = ChannelName.telegram
    most_now: int = 1
    faults: list[Exception] = field(default_factory=list)
    """Raised by the next sendings, one each."""
    sent: list[tuple[str, str]] = field(default_factory=list)
    """What got through: address and text."""
    files: dict[str, bytes | Exception] = field(default_factory=dict)
    meanwhile: Callable[[], object] | None = None
    """What happens elsewhere while something is sent or fetched; awaited where it can be."""

    def divide(self, replies: Sequence[Reply]) -> Division:
        return Division(tuple(replies[: self.most_now]), tuple(replies[self.most_now :]))

    async def send(
        self,
        address: str,
        replies: Sequence[Reply],
        *,
        key: str,
        notice: NoticeKind | None = None,
        priority: Priority = Priority.notice,
        language: Language | None = None,
    ) -> None:
        await self._elsewhere()
        if self.faults:
            raise self.faults.pop(0)
        self.sent.extend((address, reply.text) for reply in replies)

    async def fetch(self, media: RemoteMedia) -> bytes:
        await self._elsewhere()
        file = self.files.get(media.ref, MediaGone("平台已删除"))
        if isinstance(file, Exception):
            raise file
        return file

    async def close(self) -> None: ...

    async def _elsewhere(self) -> None:
        if self.meanwhile is not None:
            happening = self.meanwhile()
            if hasattr(happening, "__await__"):
                await happening


@contextmanager
def meanwhile_before_commit(desk: Desk, meanwhile: Callable[[], Awaitable[None]]) -> Iterator[None]:
    """The next transaction of this desk lets something else happen just before it is committed."""
    own = desk.quick_transaction

    @asynccontextmanager
    async def slow() -> AsyncIterator[AsyncSession]:
        del desk.quick_transaction  # type: ignore[method-assign]
        async with own() as session:
            yield session
            await meanwhile()

    desk.quick_transaction = slow  # type: ignore[method-assign]
    yield
    assert desk.quick_transaction == own, "there was no transaction"


@dataclass
class Person:
    """Somebody with one address on one channel."""

    desk: Desk
    address: str = field(default_factory=lambda: f"address-{next(_numbers)}")
    channel: ChannelName = ChannelName.telegram
    at: datetime = NINE

    def arrival(
        self,
        incoming: Incoming | None = None,
        message_id: str = "",
        raw: bytes = "原样".encode(),
        **rest: object,
    ) -> Arrival:
        self.at += timedelta(seconds=5)
        return Arrival(
            channel=self.channel,
            external_id=message_id or new_id("msg"),
            address=self.address,
            raw=raw,
            incoming=incoming,
            received_at=self.at,
            **rest,  # type: ignore[arg-type]
        )

    async def does(self, incoming: Incoming | None, message_id: str = "") -> Taken:
        return await self.desk.inbox.take_in(self.arrival(incoming, message_id))

    async def says(self, *texts: str) -> str:
        """Says one thing after the other; what the last one is answered, in the answer to the call."""
        for text in texts:
            taken = await self.does(Said(text))
        return heard(taken)

    async def presses(self, option: str) -> str:
        return heard(await self.does(Chose(option)))

    async def arrives(self) -> str:
        return heard(await self.does(Arrived("start")))

    async def shows(self, data: bytes, words: str = "") -> str:
        """Sends a photo whose bytes come along, as the web chat's do."""
        evidence_id = new_id("evi")
        sealed = await sealing.seal_into(self.desk.blobs, self.desk.vault.masters, evidence_id, data)
        kept = KeptMedia(evidence_id, "picture", sealed, "image/jpeg", len(data), 900, 900)
        written = Said(words) if words else None
        return heard(await self.desk.inbox.take_in(self.arrival(written, kept=(kept,))))

    async def sends_file(self, ref: str, kind: str = "picture") -> str:
        """Sends a file that the platform keeps."""
        return heard(await self.desk.inbox.take_in(self.arrival(media=(RemoteMedia(kind, ref),))))

    async def reports(self, words: str = AD) -> str:
        """A whole report by words; the receipt."""
        said = await self.says("文字举报", words, "没有", "东街菜市场门口", "墙上", "没有了", "提交")
        return said.split("回执号：")[1][:14]


def heard(taken: Taken) -> str:
    """All of it as one text."""
    return "\n".join(reply.text for reply in taken.replies)
