"""The blob store, on a folder and on an S3-compatible server."""

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from foundation.blobs import BlobExists, BlobMissing, Blobs


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["file", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Blobs:
    if request.param == "file":
        return Blobs(f"file://{tmp_path}/blobs")
    endpoint = request.getfixturevalue("s3")
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1", "AWS_ENDPOINT": endpoint, "AWS_ALLOW_HTTP": "true",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    boto3.client("s3", endpoint_url=endpoint).create_bucket(Bucket="evidence")
    return Blobs("s3://evidence/county")


async def test_bytes_come_back_as_they_went_in(blobs: Blobs) -> None:
    await blobs.put("evidence/one", bytes(range(256)) * 1000)
    assert await blobs.get("evidence/one") == bytes(range(256)) * 1000


async def test_a_file_is_never_overwritten(blobs: Blobs) -> None:
    await blobs.put("evidence/two", b"first")
    with pytest.raises(BlobExists):
        await blobs.put("evidence/two", b"second")
    assert await blobs.get("evidence/two") == b"first"


async def test_a_missing_file_is_said_to_be_missing(blobs: Blobs) -> None:
    with pytest.raises(BlobMissing, match="evidence/none"):
        await blobs.get("evidence/none")


async def test_deleting_twice_is_no_fault(blobs: Blobs) -> None:
    await blobs.put("evidence/three", b"x")
    await blobs.delete("evidence/three")
    await blobs.delete("evidence/three")


async def test_the_check_leaves_nothing_behind(blobs: Blobs, tmp_path: Path) -> None:
    await blobs.check()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
