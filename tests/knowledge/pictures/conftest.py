"""One warm reader for all tests that need one: it belongs to no event loop."""

import asyncio
from collections.abc import Iterator

import pytest

from knowledge.pictures.reader import PictureReader


@pytest.fixture(scope="session")
def warm_reader() -> Iterator[PictureReader]:
    """A reader with one worker whose models are loaded."""
    reader = PictureReader()
    asyncio.run(reader.warm())
    yield reader
    asyncio.run(reader.close())
