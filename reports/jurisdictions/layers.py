"""The files behind a jurisdiction: a pack stands on its base, and what it says itself wins.

An entry is taken over whole or replaced whole, never mixed: a number from one file under the source of
another would be worse than no source.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from foundation.errors import Refusal

PACK_FOLDER: Final = Path(__file__).parent / "pack"

_OWN = frozenset({"id", "name", "notice", "fictional", "base", "template"})
"""What a file says of itself alone and hands on to nobody."""
_NAMED_BY: Final = {
    "departments": "key",
    "regions": "code",
    "hotlines": "number",
    "mediums": "code",
    "other_channels": "code",
    "tiers": "code",
    "groups": "code",
    "exceptions": "text",
}
"""By which field the entries of a list are told apart."""
_JOINED = frozenset({"deadlines", "restricted_words"})
"""Tables whose entries are taken over one by one; any other table is replaced whole."""


class JurisdictionUnknown(Refusal):
    """There is no jurisdiction {id}: the pack holds {known}."""

    def __init__(self, id: str, folder: Path) -> None:
        known = ", ".join(path.stem for path in sorted(folder.glob("*.toml"))) or "none"
        super().__init__(id=id, known=known)


class JurisdictionFault(Refusal):
    """{path}: {reason}."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path=path, reason=reason)
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Layers:
    """One jurisdiction's data after joining, and the file that each section or entry came from."""

    path: Path
    data: dict[str, Any]
    origins: dict[tuple[str, ...], Path]

    def place(self, steps: tuple[int | str, ...]) -> tuple[Path, str]:
        """The file and the name of a place in the data: (…/national.toml, "hotlines[12345].when")."""
        at: Any = self.data
        named: list[str] = []
        words = ""
        path = self.path
        for step in steps:
            if isinstance(step, int):
                at = at[step]
                field = _NAMED_BY.get(named[-1], "") if named else ""
                name = str(at.get(field, step)) if isinstance(at, dict) else str(step)
                words += f"[{name}]"
            else:
                at = at.get(step) if isinstance(at, dict) else None
                name = step
                words += f".{name}" if words else name
            named.append(name)
            path = self.origins.get(tuple(named), path)
        return path, words


def read_layers(id: str, folder: Path) -> Layers:
    """Reads a pack file and the bases under it; raises `JurisdictionUnknown` or `JurisdictionFault`."""
    path = folder / f"{id}.toml"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", id) or not path.is_file():
        raise JurisdictionUnknown(id, folder)
    files = [(path, _read(path))]
    if files[0][1].get("template"):
        raise JurisdictionFault(path, "is a base for others to stand on, not a jurisdiction")
    while (base := files[-1][1].get("base")) is not None:
        lower = folder / f"{base}.toml"
        if lower in (known for known, _ in files):
            raise JurisdictionFault(files[-1][0], f"stands on {base}, which stands on it")
        if not lower.is_file():
            raise JurisdictionFault(files[-1][0], f"its base {base} is not in the pack")
        files.append((lower, _read(lower)))
    joined: dict[str, Any] = {}
    origins: dict[tuple[str, ...], Path] = {}
    for file, raw in reversed(files):
        own = raw if file == path else {key: value for key, value in raw.items() if key not in _OWN}
        _join(joined, own, (), file, origins)
    return Layers(path, joined, origins)


def _read(path: Path) -> dict[str, Any]:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:  # unreadable, not UTF-8, not TOML
        raise JurisdictionFault(path, f"cannot be read: {error}") from error
    if raw.get("id") != path.stem:
        raise JurisdictionFault(path, f"its id is {raw.get('id')}, so it must be named {raw.get('id')}.toml")
    return raw


def _join(
    under: dict[str, Any],
    over: dict[str, Any],
    at: tuple[str, ...],
    file: Path,
    origins: dict[tuple[str, ...], Path],
) -> None:
    """Lays `over` on `under`, in place, and notes for each entry which file it is from."""
    for key, value in over.items():
        here = (*at, key)
        if not at and key in _JOINED:
            if not isinstance(value, dict):
                raise JurisdictionFault(file, f"{key} must be a table")
            _join(under.setdefault(key, {}), value, here, file, origins)
        elif key in _NAMED_BY:
            if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
                raise JurisdictionFault(file, f"{'.'.join(here)} must be a list of tables")
            under[key] = _join_entries(under.get(key, []), value, here, file, origins)
        else:
            under[key] = value
            origins[here] = file


def _join_entries(
    under: list[dict[str, Any]],
    over: list[dict[str, Any]],
    at: tuple[str, ...],
    file: Path,
    origins: dict[tuple[str, ...], Path],
) -> list[dict[str, Any]]:
    field = _NAMED_BY[at[-1]]
    entries: dict[str, dict[str, Any]] = {str(entry.get(field)): entry for entry in under}
    own: set[str] = set()
    for number, entry in enumerate(over):
        name = str(entry.get(field, f"number {number + 1}"))
        if name in own:
            raise JurisdictionFault(file, f"{'.'.join(at)}[{name}] stands twice")
        own.add(name)
        entries[name] = entry
        origins[*at, name] = file
    return list(entries.values())
