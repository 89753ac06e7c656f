"""What of others lies in the repository, and that it is what they published."""

import hashlib
import re

from admin.rendering import STATIC


def test_notice_names_every_foreign_file_with_its_digest() -> None:
    notice = (STATIC / "NOTICE.txt").read_text("utf-8")
    stated = dict(re.findall(r"(?ms)^(\S+\.min\.\w+)$.*?sha256 ([0-9a-f]{64})", notice))
    present = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in STATIC.glob("*.min.*")}
    assert stated == present
    assert set(present) == {"pico-2.1.1.min.css", "htmx-2.0.11.min.js"}
