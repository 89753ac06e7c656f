"""The packs in the database: loaded from files, idempotently, so that every process cites the same edition."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.crypto import sha256_hex
from foundation.errors import Refusal
from knowledge.quizzes.questions import Question, read_questions
from knowledge.schemes.catalogue import Catalogue, read_pack
from knowledge.schemes.scheme import Scheme
from knowledge.warnings.notices import RiskWarning, read_warnings


class PackKind(StrEnum):
    """What an entry is."""

    scheme = "scheme"
    question = "question"
    warning = "warning"


class PackNotLoaded(Refusal):
    """The knowledge pack is not in the database yet: run `qianshao packs load`."""


class PackOutdated(Refusal):
    """The pack entry {entry} in the database is not of this version: run `qianshao packs load`."""


class PackEntry(SQLModel, table=True):
    """One scheme, question or warning as it was last loaded. What left the files is retired, never deleted."""

    __tablename__ = "pack_entry"

    kind: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    digest: str
    data: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    loaded_at: datetime
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PackChanges:
    """What a load did, as `kind/code` lists, and how many entries were as they should be."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    retired: tuple[str, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Packs:
    """Everything the packs hold."""

    catalogue: Catalogue
    questions: tuple[Question, ...]
    warnings: tuple[RiskWarning, ...]


def read_embedded() -> Packs:
    """The packs that ship with the project. Raises the fault of the first broken file."""
    return Packs(read_pack(), tuple(read_questions()), tuple(read_warnings()))


async def load(session: AsyncSession, packs: Packs, at: datetime) -> PackChanges:
    """Brings the database to what the files say, and says what changed."""
    wanted: dict[tuple[str, str], dict[str, Any]] = {}
    for kind, entries in _by_kind(packs):
        for entry in entries:
            wanted[kind.value, _code(entry)] = entry.model_dump(mode="json")
    rows = {(row.kind, row.code): row for row in (await session.exec(select(PackEntry))).all()}
    added, changed, retired = [], [], []
    for (kind_value, code), data in wanted.items():
        digest = _digest(data)
        row = rows.get((kind_value, code))
        if row is None:
            session.add(PackEntry(kind=kind_value, code=code, digest=digest, data=data, loaded_at=at))
            added.append(f"{kind_value}/{code}")
        elif row.digest != digest or row.retired_at is not None:
            row.digest, row.data, row.loaded_at, row.retired_at = digest, data, at, None
            session.add(row)
            changed.append(f"{kind_value}/{code}")
    for key, row in rows.items():
        if key not in wanted and row.retired_at is None:
            row.retired_at = at
            session.add(row)
            retired.append("/".join(key))
    await session.flush()
    return PackChanges(tuple(added), tuple(changed), tuple(retired), len(wanted) - len(added) - len(changed))


async def loaded(session: AsyncSession) -> Packs:
    """The packs as they stand in the database. Raises PackNotLoaded where there are none, or PackOutdated."""
    rows = (
        await session.exec(
            select(PackEntry)
            .where(col(PackEntry.retired_at).is_(None))
            .order_by(PackEntry.kind, PackEntry.code)
        )
    ).all()
    by_kind: dict[str, list[Mapping[str, Any]]] = {kind.value: [] for kind in PackKind}
    for row in rows:
        by_kind[row.kind].append(row.data)
    if not by_kind[PackKind.scheme]:
        raise PackNotLoaded
    return Packs(
        Catalogue(_read(Scheme, data) for data in by_kind[PackKind.scheme]),
        tuple(_read(Question, data) for data in by_kind[PackKind.question]),
        tuple(_read(RiskWarning, data) for data in by_kind[PackKind.warning]),
    )


T = TypeVar("T", bound=BaseModel)


def _read(kind: type[T], data: Mapping[str, Any]) -> T:
    try:
        return kind.model_validate_json(json.dumps(data))
    except ValidationError:
        raise PackOutdated(entry=f"{_KINDS[kind].value}/{data.get('code', '?')}") from None


_KINDS: Mapping[type[BaseModel], PackKind] = {
    Scheme: PackKind.scheme,
    Question: PackKind.question,
    RiskWarning: PackKind.warning,
}


def _by_kind(packs: Packs) -> list[tuple[PackKind, Iterable[Scheme | Question | RiskWarning]]]:
    return [
        (PackKind.scheme, packs.catalogue.values()),
        (PackKind.question, packs.questions),
        (PackKind.warning, packs.warnings),
    ]


def _code(entry: Scheme | Question | RiskWarning) -> str:
    return entry.code


def _digest(data: Mapping[str, Any]) -> str:
    return sha256_hex(json.dumps(data, ensure_ascii=False, sort_keys=True).encode())
