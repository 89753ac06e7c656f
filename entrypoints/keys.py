"""The keys a process starts with."""

from foundation.crypto import MasterKeys
from foundation.database import Database
from foundation.errors import SettingMissing
from foundation.settings import Settings
from reports.vault import Vault, open_vault


def master_keys(settings: Settings) -> MasterKeys:
    """The master keys. Raises SettingMissing: nothing of a citizen is ever written unsealed."""
    text = settings.master_keys.get_secret_value()
    if not text:
        raise SettingMissing(what="A master key", setting="QIANSHAO_MASTER_KEYS")
    return MasterKeys.parse(text)


async def vault_of(database: Database, masters: MasterKeys) -> Vault:
    """Opens the deployment's secrets and hands the audit secret to every writing session."""
    async with database.writing() as session:
        vault = await open_vault(session, masters)
        await session.commit()
    database.session_info["audit_secret"] = vault.audit_secret
    return vault
