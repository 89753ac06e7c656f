"""What a database keeps of a text that came from a stranger."""

import re

_NOT_KEPT = re.compile(r"[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text without NUL, which PostgreSQL refuses in a string, and without halves of surrogate pairs, which no
    UTF-8 can hold: a leaflet's QR code or a forged message may carry either."""
    return _NOT_KEPT.sub("", text)
