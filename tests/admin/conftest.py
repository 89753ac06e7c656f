"""Fixtures of the panel's tests."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio

from foundation.database import Database
from foundation.settings import Settings
from knowledge.schemes.catalogue import Catalogue, read_pack
from moderation.officers import Role
from reports.jurisdictions.jurisdiction import Jurisdiction, read_jurisdiction
from reports.vault import Vault
from tests.admin.paneling import TrialDesk, Visitor, build_app

Entered = Callable[..., Awaitable[Visitor]]


@pytest.fixture(scope="session")
def panel_catalogue() -> Catalogue:
    """The schemes of the pack."""
    return read_pack()


@pytest.fixture(scope="session")
def panel_jurisdiction() -> Jurisdiction:
    """The fictional county."""
    return read_jurisdiction("demo-county")


@pytest.fixture
def trial_desk(
    settings: Settings,
    database: Database,
    vault: Vault,
    panel_catalogue: Catalogue,
    panel_jurisdiction: Jurisdiction,
) -> TrialDesk:
    """The desk that the panel finds."""
    return TrialDesk(settings, database, vault, panel_catalogue, panel_jurisdiction)


@pytest_asyncio.fixture
async def outsider(trial_desk: TrialDesk) -> AsyncIterator[Visitor]:
    """Somebody who has not signed in."""
    visitor = Visitor(build_app(trial_desk), "http://127.0.0.1:8000")
    yield visitor
    await visitor.client.aclose()


@pytest_asyncio.fixture
async def entered(trial_desk: TrialDesk) -> AsyncIterator[Entered]:
    """Makes officers who have signed in, each in a browser of their own."""
    app = build_app(trial_desk)
    inside: list[Visitor] = []

    async def enter(login: str = "li.na", role: Role = Role.reviewer, name: str = "李娜") -> Visitor:
        visitor = Visitor(app, "http://127.0.0.1:8000")
        inside.append(visitor)
        await visitor.sign_in(await trial_desk.settled(login, role, name))
        return visitor

    yield enter
    for visitor in inside:
        await visitor.client.aclose()
