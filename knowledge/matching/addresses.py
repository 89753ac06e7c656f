"""Addresses on the net in a normalised text, however their dots are hidden: `[.]`, 点, dot, hxxp."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from knowledge.matching.normalize import Normalized
from knowledge.matching.public_contacts import is_public_address

SUFFIX: Final = (
    r"(?:com|cn|net|org|top|xyz|vip|club|cc|io|me|app|shop|site|online|info|co|link|icu|fun|live|work|pro|tv|in|ltd|ink|wang|biz|la|"
    r"xn--[a-z0-9]+)"
)
"""What a host may end in, as a pattern."""
_HIDDEN_DOT: Final = r"(?:\s?(?:\[\s?(?:\.|dot|点)\s?\]|\(\s?(?:\.|dot|点)\s?\)|丶|点)\s?|。|·|\sdot\s|(?<=[a-z0-9]),(?=(?:com|cn|net|vip|top|cc)\b))"
_PATH: Final = r"(?::\d{2,5})?(?:/[a-z0-9\-._~:/?#@!$&'*+,;=%]*)?"
_END: Final = r"(?![a-z0-9\-])"
_ADDRESS = re.compile(
    r"(?:h(?:tt|xx|\*\*)ps?://|www\.)[a-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+|"
    rf"(?<![a-z0-9@._\-])(?:[a-z0-9][a-z0-9\-]{{0,40}}\.){{1,4}}{SUFFIX}{_END}{_PATH}|"
    r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}:\d{2,5}(?!\d)(?:/[a-z0-9\-._~/?#&=%]*)?"
)
_HIDDEN = re.compile(
    rf"(?<![a-z0-9@._\-])(?:h(?:tt|xx)ps?://)?(?=[a-z0-9\-]*[a-z])[a-z0-9][a-z0-9\-]{{2,40}}"
    rf"(?:(?:{_HIDDEN_DOT}|\.)[a-z0-9\-]{{1,40}}){{0,2}}{_HIDDEN_DOT}{SUFFIX}{_END}{_PATH}"
)
_DOT = re.compile(_HIDDEN_DOT)
_SCHEME = re.compile(r"^h(?:tt|xx|\*\*)ps?://", re.IGNORECASE)


def addresses_in(folded: Normalized, raw: str) -> Iterator[tuple[str, str, int, int]]:
    """(host in small letters, the rest as it was sent, start, end) in the folded text; authorities' own are left out."""
    taken: list[tuple[int, int]] = []
    for pattern in (_HIDDEN, _ADDRESS):
        for found in pattern.finditer(folded.text):
            text = found.group(0).rstrip(".,;:!?)]'")
            start, end = found.start(), found.start() + len(text)
            if any(start < stop and begin < end for begin, stop in taken):
                continue
            plain = _plain(text)
            sent = _plain(
                unicodedata.normalize("NFKC", raw[slice(*folded.raw_span(start, end))])
                .replace("\n", "")
                .strip()
            )
            if sent.lower() != plain:  # disguised: only the folded spelling is one
                sent = plain
            host, slash, path = sent.partition("/")
            host = host.lower().removeprefix("www.")
            if "." not in host or host.startswith(".") or "xxxx" in host:
                continue
            path = path.rstrip("/")
            taken.append((start, end))
            if not is_public_address(host, path):
                yield host, (slash + path) if path else "", start, end


def _plain(address: str) -> str:
    return _DOT.sub(".", _SCHEME.sub("", address))
