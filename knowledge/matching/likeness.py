"""How alike two texts are, and a search for near-duplicates that plain tables can hold.

`likeness` compares two texts after normalising, blind to contacts and numbers and to the order of lines.
`signature` and `bands` make the keys for a search. Two texts whose shingles overlap by the share s
(Jaccard) have a band in common with the probability 1 - (1 - s^4)^28: .93 at .55, which is about one
character in ten changed, .9999 at .7, and 2 in 10,000 at .05, where unrelated texts lie. Store one row
(band, key, text id) for each band, look up the texts that share any row, and let `likeness` decide.
"""

import functools
import hashlib
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from knowledge.matching.grams import skeleton
from knowledge.matching.normalize import normalize
from knowledge.matching.sounds import sound

BANDS = 28
ROWS = 4
_SHINGLE = 3
_READ = 2000
_SURE = 0.97
"""From here on nobody asks whether the lines were reordered."""
_LINK = re.compile(r"(?:https?://|www\.)[a-z0-9\-._~:/?#\[\]@!$&'()*+;=%]+")
"""An address ends where other writing begins, blank or none: 「www.a.example，凭身份证」."""
_CLAUSES = re.compile(r"[\n。！？!?；;，,]+")

_numbers = np.random.Generator(np.random.PCG64(20_260_501))
_FACTORS: NDArray[np.uint64] = _numbers.integers(0, 1 << 63, BANDS * ROWS, dtype=np.uint64) * 2 + 1
_SHIFTS: NDArray[np.uint64] = _numbers.integers(0, 1 << 63, BANDS * ROWS, dtype=np.uint64)
_STIR = np.uint64(0x9E3779B97F4A7C15)
"""Fixed by the seed: signatures are stored, so these may never change without storing all anew."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A text made ready for comparing: once for each text, since that is most of the work."""

    bare: str
    """Normalised, without contacts, numbers and punctuation."""
    heard: tuple[str, ...]
    """The sound of each of its characters, or the character itself."""
    folded: str
    """Normalised, as it was sent otherwise."""
    blank: str
    """What was sent, where nothing else is left of it to compare."""

    @classmethod
    def of(cls, text: str) -> "Compared":
        """Reads the first 2,000 characters of any text."""
        folded = normalize(text[:_READ]).text
        bare = _bare(folded)
        return cls(bare, _heard(bare), folded, "" if bare else text.strip())

    @classmethod
    def again(cls, folded: str) -> "Compared":
        """The same from the `folded` of an earlier one that had words, without normalising anew."""
        bare = _bare(folded)
        return cls(bare, _heard(bare), folded, "")

    def __len__(self) -> int:
        return len(self.bare)


def shingles(text: str | Compared) -> frozenset[str]:
    """The different pieces of three characters of a text as sent, after normalising, by their sound, without
    contacts and numbers."""
    heard = (text if isinstance(text, Compared) else Compared.of(text)).heard
    if not heard:
        return frozenset()
    return frozenset(" ".join(heard[i : i + _SHINGLE]) for i in range(max(1, len(heard) - _SHINGLE + 1)))


def signature(text: str | Compared) -> tuple[int, ...]:
    """BANDS * ROWS minimum hashes of the text's shingles; empty for a text without any."""
    pieces = shingles(text)
    if not pieces:
        return ()
    hashes = np.array([zlib.crc32(piece.encode()) for piece in sorted(pieces)], dtype=np.uint64)
    # Multiplying alone keeps small numbers small, so that one piece would be the least under every factor.
    mixed = hashes[:, None] * _FACTORS[None, :] + _SHIFTS[None, :]
    mixed = (mixed ^ (mixed >> np.uint64(32))) * _STIR
    mixed ^= mixed >> np.uint64(29)
    return tuple(int(x) for x in mixed.min(axis=0))


def bands(signed: Sequence[int]) -> tuple[int, ...]:
    """The BANDS keys of a signature, each a signed 63-bit integer that any SQL database can index; () for
    ()."""
    keys = []
    for band in range(len(signed) // ROWS):
        part = ",".join(str(x) for x in signed[band * ROWS : (band + 1) * ROWS])
        digest = hashlib.blake2b(f"{band}:{part}".encode(), digest_size=8).digest()
        keys.append(int.from_bytes(digest, "big") >> 1)
    return tuple(keys)


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0..1: at .9 and above the same text edited, well below that another text.

    The greater of two views: character by character, where a character also counts by its sound; and
    clause by clause, so that reordered lines stay the same text.
    """
    return alike(Compared.of(one), Compared.of(other))


def alike(one: Compared, other: Compared) -> float:
    """`likeness` of two texts that are ready."""
    if not one.bare or not other.bare:
        return 1.0 if one.bare == other.bare and one.blank == other.blank else 0.0
    if one.bare == other.bare:
        return 1.0
    plain = Indel.normalized_similarity(one.bare, other.bare)
    heard = Indel.normalized_similarity(one.heard, other.heard)
    straight = max(plain, 0.3 * plain + 0.7 * heard)
    if straight >= _SURE:
        return straight
    return max(straight, fuzz.ratio(_in_order(one.folded), _in_order(other.folded)) / 100.0)


@functools.lru_cache(maxsize=256)
def _in_order(folded: str) -> str:
    """The same clauses in an order of their own, so that reordered lines look alike."""
    return "".join(sorted(bare for clause in _CLAUSES.split(folded) if (bare := _bare(clause))))


def _heard(bare: str) -> tuple[str, ...]:
    return tuple(sound(c) or c for c in bare)


def _bare(folded: str) -> str:
    return skeleton(_LINK.sub(" ", folded)).replace("＠", "")
