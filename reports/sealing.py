"""What evidence is kept in: the original, the copy that officers see and what the camera wrote, each sealed with the
file's own key.
"""

import contextlib
import json
from typing import Any

from foundation.blobs import BlobExists, Blobs
from foundation.crypto import MasterKeys, WrappedKey, new_key, seal, sha256_hex, unseal
from foundation.errors import Refusal
from foundation.ids import new_id
from reports.tables import Evidence

_PURPOSE_RAW = "evidence"
_PURPOSE_DISPLAY = "display"
_PURPOSE_TAKEN = "taken"

Sealed = tuple[str, WrappedKey, str]
"""Where sealed bytes lie (the blob's key), the wrapped key that opens them, and the SHA-256 of what was sealed."""


class EvidenceAltered(Refusal):
    """材料与收到时的校验值不一致，请立即报告管理员。"""


class EvidenceNotKept(Refusal):
    """这份材料还没有取到，请稍后再看。"""


async def seal_into(blobs: Blobs, masters: MasterKeys, evidence_id: str, data: bytes) -> Sealed:
    """Puts sealed bytes into the store, before any transaction, and returns (blob key, wrapped key, SHA-256).

    The blob's key is the evidence's own, so that a second run after a crash finds the first one's file: each run
    seals with its own data key, so the later writes under a key of its own and the row decides which one counts.
    """
    key = new_key()
    blob_key = f"evidence/{evidence_id}"
    sealed = seal(key, data, f"{_PURPOSE_RAW}:{evidence_id}")
    try:
        await blobs.put(blob_key, sealed)
    except BlobExists:
        blob_key = f"evidence/{evidence_id}.{new_id('run')}"
        await blobs.put(blob_key, sealed)
    return blob_key, masters.wrap(key), sha256_hex(data)


async def original(blobs: Blobs, masters: MasterKeys, row: Evidence) -> bytes:
    """The bytes as they came. Raises EvidenceNotKept, or EvidenceAltered where they no longer match their hash."""
    key = _key_of(masters, row)
    data = unseal(key, await blobs.get(row.blob_key), f"{_PURPOSE_RAW}:{row.id}")
    if sha256_hex(data) != row.sha256:
        raise EvidenceAltered
    return data


async def seal_display(blobs: Blobs, masters: MasterKeys, row: Evidence, data: bytes) -> tuple[str, str]:
    """Puts the copy that officers see into the store; returns (blob key, SHA-256 of the copy)."""
    key = _key_of(masters, row)
    digest = sha256_hex(data)
    display_key = f"display/{row.id}.{digest[:16]}"
    with contextlib.suppress(BlobExists):  # an earlier run made the same copy of the same bytes
        await blobs.put(display_key, seal(key, data, f"{_PURPOSE_DISPLAY}:{row.id}"))
    return display_key, digest


def seal_taken(masters: MasterKeys, row: Evidence, taken: dict[str, Any]) -> bytes:
    """What the camera wrote into the file, sealed as the file is. Raises EvidenceNotKept."""
    return seal(_key_of(masters, row), json.dumps(taken).encode(), f"{_PURPOSE_TAKEN}:{row.id}")


def taken(masters: MasterKeys, row: Evidence) -> dict[str, Any] | None:
    """What `seal_taken` sealed; None where the camera wrote nothing, or the file was forgotten."""
    if row.taken_sealed is None or row.wrapped_key is None:
        return None
    opened = unseal(_key_of(masters, row), row.taken_sealed, f"{_PURPOSE_TAKEN}:{row.id}")
    found: dict[str, Any] = json.loads(opened)
    return found


async def displayed(blobs: Blobs, masters: MasterKeys, row: Evidence) -> bytes:
    """The copy that officers see, a JPEG. Raises EvidenceNotKept."""
    if not row.display_key:
        raise EvidenceNotKept
    key = _key_of(masters, row)
    return unseal(key, await blobs.get(row.display_key), f"{_PURPOSE_DISPLAY}:{row.id}")


def _key_of(masters: MasterKeys, row: Evidence) -> bytes:
    if row.wrapped_key is None:  # still to be fetched, or given up
        raise EvidenceNotKept
    return masters.unwrap(WrappedKey(row.key_id, row.wrapped_key))
