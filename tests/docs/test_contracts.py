"""The page on the platforms' contracts names tests that there are; secrets are compared as they must be."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/contracts.md").read_text("utf-8")
PROOFS = sorted(set(re.findall(r"`([a-z_/]+\.py)::(test_[a-z0-9_]+)`", PAGE)))
DOORS = ("bot/wechat/envelope.py", "bot/wechat/consents.py", "bot/telegram/door.py", "reports/passphrases.py")


def test_every_proof_that_the_page_names_is_a_test() -> None:
    assert len(PROOFS) > 60
    missing = [
        f"{file}::{name}"
        for file, name in PROOFS
        if not re.search(rf"^(?:async )?def {name}\(", _text(ROOT / "tests" / file), re.MULTILINE)
    ]
    assert missing == []


def test_every_promise_has_a_proof() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
    assert [row for row in rows if "::test_" not in row] == []


@pytest.mark.parametrize("door", DOORS)
def test_no_secret_is_compared_in_a_way_that_tells_by_time(door: str) -> None:
    code = _text(ROOT / door)
    assert "hmac.compare_digest(" in code
    assert not re.search(r"\b(?:signature|proof|secret|digest|expected|shown)\b\s*[!=]=", code)


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""
