"""Visitors at the real application, without a network between."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from tests.bot.webchat.visiting import ADDRESS, Visitor

Arrive = Callable[[], Visitor]


@pytest_asyncio.fixture
async def arrive(app: FastAPI) -> AsyncIterator[Arrive]:
    """Makes visitors, each with a browser of their own."""
    there: list[Visitor] = []

    def arrive() -> Visitor:
        client = (f"127.0.0.{len(there) + 1}", 50_000)  # an address of their own too: each is paced
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=client)
        there.append(Visitor(httpx.AsyncClient(transport=transport, base_url=ADDRESS)))
        return there[-1]

    yield arrive
    for visitor in there:
        await visitor.client.aclose()


@pytest.fixture
def visitor(arrive: Arrive) -> Visitor:
    """Somebody at the web chat."""
    return arrive()
