"""The desk of the judging tests, on both databases."""

import pytest

from foundation.database import Database
from reports.vault import Vault
from tests.moderation.judging import JudgingDesk


@pytest.fixture
def judging_desk(database: Database, vault: Vault) -> JudgingDesk:
    """Real sessions on a migrated database."""
    return JudgingDesk(database, vault)
