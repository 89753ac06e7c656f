"""Where bytes are kept: a local folder or an S3-compatible bucket, behind four verbs."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, ObjectStore, S3Store

from foundation.errors import Refusal


class BlobMissing(Refusal):
    """The file “{key}” is not in the store."""


class BlobExists(Refusal):
    """The file “{key}” is already in the store and is never overwritten."""


class Blobs:
    """A store of immutable, sealed files. A key is written once and never changed."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._store: ObjectStore
        if parts.scheme == "file":
            folder = Path(unquote(parts.path))
            folder.mkdir(parents=True, exist_ok=True)
            self._store = LocalStore(folder)
        else:
            # Credentials, region and endpoint come from the usual AWS_… variables.
            self._store = S3Store(parts.netloc, prefix=parts.path.strip("/") or None)

    async def put(self, key: str, data: bytes) -> None:
        """Keeps `data` under `key`. Raises BlobExists where the key is taken."""
        try:
            await self._store.put_async(key, data, mode="create")
        except AlreadyExistsError:
            raise BlobExists(key=key) from None

    async def get(self, key: str) -> bytes:
        """The bytes under `key`. Raises BlobMissing."""
        try:
            answer = await self._store.get_async(key)
            return bytes(await answer.bytes_async())
        except FileNotFoundError:
            raise BlobMissing(key=key) from None

    async def delete(self, key: str) -> None:
        """Removes `key`; nothing happens where it is gone already."""
        try:
            await self._store.delete_async(key)
        except FileNotFoundError:
            return

    async def check(self) -> None:
        """Writes, reads and removes a small file; raises what goes wrong."""
        from foundation.ids import new_id

        key = f"check/{new_id('chk')}"
        await self.put(key, b"qianshao")
        if await self.get(key) != b"qianshao":
            raise BlobMissing(key=key)
        await self.delete(key)
