"""The catalogue of schemes: a folder of files is read, checked as a whole, and held in memory."""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from foundation.errors import Refusal
from knowledge.schemes.scheme import Scheme, squeezed

PACK_FOLDER: Final = Path(__file__).parent / "pack"


class PackFault(Refusal):
    """{path}: {reason}."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path=path, reason=reason)
        self.path = path
        self.reason = reason


class Catalogue(Mapping[str, Scheme]):
    """The known schemes by code, in the order of their codes."""

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        self._schemes = {scheme.code: scheme for scheme in sorted(schemes, key=lambda scheme: scheme.code)}

    def __getitem__(self, code: str) -> Scheme:
        return self._schemes[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._schemes)

    def __len__(self) -> int:
        return len(self._schemes)

    @property
    def digest(self) -> str:
        """SHA-256 over the digests of all schemes, in hex: what `packs load` compares."""
        return hashlib.sha256("\n".join(scheme.digest for scheme in self.values()).encode()).hexdigest()


def read_pack(folder: Path = PACK_FOLDER) -> Catalogue:
    """Every `*.toml` of the folder; the first fault found is raised as `PackFault`."""
    if not folder.is_dir():
        raise PackFault(folder, "there is no such folder")
    said: dict[str, str] = {}
    schemes = []
    for path in sorted(folder.glob("*.toml")):
        scheme = read_scheme(path)
        for phrase in scheme.phrases:
            if (other := said.setdefault(squeezed(phrase), scheme.code)) != scheme.code:
                raise PackFault(path, f"the phrase 「{phrase}」 stands already in {other}.toml")
        schemes.append(scheme)
    if not schemes:
        raise PackFault(folder, "there is no scheme file in it")
    return Catalogue(schemes)


def read_scheme(path: Path) -> Scheme:
    """One file of the pack; raises `PackFault` when it is no TOML, no scheme, or not named after its code."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise PackFault(path, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise PackFault(path, f"is not UTF-8 (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise PackFault(path, f"is not valid TOML: {error}") from error
    try:
        scheme = Scheme.model_validate(raw)
    except ValidationError as error:
        raise PackFault(path, _first_fault(error)) from error
    if scheme.code != path.stem:
        raise PackFault(path, f"its code is {scheme.code}, so it must be named {scheme.code}.toml")
    return scheme


def _first_fault(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_context=False)
    first = faults[0]
    where = ""
    for step in first["loc"]:
        where += f"[{step}]" if isinstance(step, int) else f".{step}" if where else str(step)
    what = first["msg"].removeprefix("Value error, ")
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return (f"{where}: {what}" if where else what) + more
