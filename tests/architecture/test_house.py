"""The rules of the house, as far as a machine can see that they are kept."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ("foundation", "knowledge", "reports", "moderation", "bot", "admin", "entrypoints", "tests", "bench")
ROOMS = CODE[:6]
LOOK_TWICE = 500
"""Lines; a longer file says at its top why it is one."""
LAYERS_NOT_NOUNS = {"utils", "util", "helpers", "helper", "common", "core", "models", "model", "service", "services",
                    "misc", "base", "manager", "managers", "shared", "lib"}  # fmt: skip
NOUNS_ALL_THE_SAME = {"entrypoints/models.py"}
"""Versions of the learnt model are what that command is about."""


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    return tuple(ROOT / name for name in listed if name and (ROOT / name).is_file())


def modules() -> list[Path]:
    """Every Python file of ours."""
    return [path for path in tracked() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in CODE]


@cache
def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None


def _where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# ---- modules -------------------------------------------------------------------------------------


def test_every_module_says_what_it_is() -> None:
    silent = [_where(path) for path in modules() if not ast.get_docstring(ast.parse(_text(path) or ""))]
    assert silent == []


def test_every_public_class_and_function_of_a_room_says_what_it_is() -> None:
    silent = []
    for path in modules():
        if path.relative_to(ROOT).parts[0] not in (*ROOMS, "entrypoints"):
            continue
        for node in ast.parse(_text(path) or "").body:
            if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if node.name.startswith("_") or node.decorator_list:  # a route says where it leads
                continue
            if not ast.get_docstring(node):
                silent.append(f"{_where(path)}:{node.lineno} {node.name}")
    # A dialogue's steps have the names that `Dialogue` explains.
    assert [one for one in silent if not one.startswith("bot/conversation/dialogues/")] == []


def test_a_long_file_says_why_it_is_one() -> None:
    for path in modules():
        lines = (_text(path) or "").count("\n")
        if lines > LOOK_TWICE:
            head = ast.get_docstring(ast.parse(_text(path) or "")) or ""
            assert re.search(r"\blong\b|\blines\b|one file", head), (
                f"{_where(path)} has {lines} lines and no reason"
            )


def test_a_file_names_a_thing_or_an_act_and_no_layer() -> None:
    layers = [
        _where(path)
        for path in modules()
        if {path.stem, *(part for part in path.relative_to(ROOT).parts[:-1])} & LAYERS_NOT_NOUNS
    ]
    assert set(layers) == NOUNS_ALL_THE_SAME


def test_no_room_speaks_sql_that_ends_a_transaction() -> None:
    spoken = re.compile(r"\s*(COMMIT|ROLLBACK|END TRANSACTION|AUTOCOMMIT)\b", re.IGNORECASE)
    found = [
        f"{_where(path)}:{node.lineno}"
        for path in modules()
        if path.relative_to(ROOT).parts[0] in ROOMS
        for node in ast.walk(ast.parse(_text(path) or ""))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and spoken.fullmatch(node.value)
    ]
    # The one place: what a pool does with a connection that comes back in the middle of a transaction, and how the
    # driver's own commit is told apart, which waits for the disk.
    assert {where.partition(":")[0] for where in found} == {"foundation/database.py"}
    assert len(found) == 2


def test_nothing_but_the_clock_asks_the_machine_for_the_time() -> None:
    found = [
        f"{_where(path)}:{node.lineno}"
        for path in modules()
        if path.relative_to(ROOT).parts[0] in ROOMS and _where(path) != "foundation/clock.py"
        for node in ast.walk(ast.parse(_text(path) or ""))
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "utcnow", "today")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("datetime", "date")
    ]
    assert found == []


def test_nothing_is_switched_off_for_the_checkers_wholesale() -> None:
    blanket = re.compile(r"#\s*(type:\s*ignore(?!\[)|noqa(?!:)|mypy:\s*ignore-errors|ruff:\s*noqa\s*$)")
    ours = [path for path in modules() if path != Path(__file__)]
    assert [_where(path) for path in ours if blanket.search(_text(path) or "")] == []


# ---- the repository speaks of the project alone ----------------------------------------------------

_ELSEWHERE = {
    "a package registry": "|".join(("py" + "pi.org", "python" + "hosted", "npm" + "js", "registry" + ".npm")),
    "a mirror": "|".join(("(?<!emit-)index" + "-url", "tuna.tsinghua" + ".edu", "mirrors" + r"\.")),
    "a path of one machine": "/" + r"work/(main|team|shared)|/" + r"root/|/home/[a-z]+/",
    "the workplace": r"\b[Ii]ssue" + r" #?\d|\b(sub)?agent" + r"s?\b.{0,20}\b(brief|task)|DESIGN" + r"\.md",
    "a conflict": "^(<<<<<<<|>>>>>>>)" + " ",
}


@pytest.mark.parametrize("what", _ELSEWHERE)
def test_no_file_names(what: str) -> None:
    pattern = re.compile(_ELSEWHERE[what], re.MULTILINE)
    found = []
    for path in tracked():
        match = pattern.search(_text(path) or "")
        if match and path != Path(__file__):
            found.append(f"{_where(path)}: {match.group()}")
    assert found == []


def test_no_file_is_kept_that_a_tool_made() -> None:
    made = re.compile(
        r"(^|/)(__pycache__|\.venv|var|node_modules|\.pytest_cache|\.env$)(/|$)|\.(pyc|db|log)$"
    )
    assert [_where(path) for path in tracked() if made.search(_where(path))] == []


# ---- nobody real ---------------------------------------------------------------------------------

MADE_UP = re.compile(r"13800138000|13800000000|13900139000|1990000\d{4}|02[01]88880000")
_MOBILE = re.compile(r"(?<![\d.])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<![\d.])0[1-9]\d{1,2}[ -]\d{7,8}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])\d{5}[\dXx](?!\d)")
_PACKS = ("knowledge", "reports", "bot", "entrypoints", "admin")


def _pack_texts() -> list[tuple[str, str]]:
    return [
        (_where(path), _text(path) or "")
        for path in tracked()
        if path.relative_to(ROOT).parts[0] in _PACKS
        and path.suffix in (".toml", ".txt", ".jsonl", ".json", ".html", ".py")
        and "models" not in path.parts
    ]


def test_every_telephone_number_that_is_shipped_is_made_up() -> None:
    texts = _pack_texts()
    assert len(texts) > 100
    real = [
        f"{where}: {found.group()}"
        for where, text in texts
        for found in (*_MOBILE.finditer(text), *_LANDLINE.finditer(text))
        if not MADE_UP.fullmatch(re.sub(r"\D", "", found.group()))
    ]
    assert real == []


def test_no_identity_number_is_shipped() -> None:
    assert [where for where, text in _pack_texts() if _IDENTITY.search(text)] == []


def test_every_address_that_is_shipped_belongs_to_nobody() -> None:
    link = re.compile(r"https?://([A-Za-z0-9.-]+)")
    allowed = re.compile(
        r"127\.0\.0\.1|(.+\.)?example(\.(com|org|net|xyz))?|www\.w3\.org|picocss\.com|api\.telegram\.org|(api|mp)\.weixin\.qq\.com"
    )
    found = [
        f"{where}: {match.group()}"
        for where, text in _pack_texts()
        for match in link.finditer(text)
        if "." in match[1] and not allowed.fullmatch(match[1])
    ]
    assert found == []
