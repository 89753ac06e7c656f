"""The room of reports on both databases."""

import pytest

from foundation.blobs import Blobs
from foundation.database import Database
from foundation.settings import Settings
from reports.vault import Vault
from tests.reports.reporting import Office


@pytest.fixture
def office(settings: Settings, database: Database, vault: Vault) -> Office:
    """Over a migrated database and an empty blob store."""
    return Office(database, vault, Blobs(settings.blobs_url))
