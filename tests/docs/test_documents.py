"""The documents speak of what is there: tables, jobs, files."""

import re
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from entrypoints import tables
from foundation.job_queue import JobBook

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text("utf-8")


def _section(heading: str) -> str:
    return ARCHITECTURE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]


def _first_cells(text: str) -> set[str]:
    return set(re.findall(r"^\| `([a-z_.]+)` \|", text, re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    text = document.read_text("utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)", text) + re.findall(r'src="([^"]+)"', text)
    missing = [t for t in targets if "://" not in t and not (document.parent / t).exists()]
    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_named_in_a_document_exists(document: Path) -> None:
    rooms = r"(?:foundation|knowledge|reports|moderation|bot|admin|entrypoints|alembic|bench|tests|docs|requirements)"
    named = re.findall(rf"`({rooms}/[A-Za-z0-9_./-]*)`", document.read_text("utf-8"))
    assert not [path for path in named if not (ROOT / path).exists()]


def test_the_architecture_lists_exactly_the_tables_there_are() -> None:
    assert tables.__all__
    listed = set(
        re.findall(r"`([a-z_]+)`", re.sub(r"^\| `[a-z]+` \|", "|", _section("Tables"), flags=re.MULTILINE))
    )
    assert listed == set(SQLModel.metadata.tables)


def test_the_architecture_lists_exactly_the_jobs_there_are() -> None:
    from bot.delivery import Delivery
    from bot.wechat.late import LatePushes
    from moderation import jobs

    book = JobBook()
    jobs.register(book, object(), object())  # type: ignore[arg-type]  (handlers are not called)
    Delivery.register(object.__new__(Delivery), book)
    LatePushes.register(object.__new__(LatePushes), book)
    assert _first_cells(_section("The path of a tip")) == set(book.handlers)


def test_the_two_readmes_show_the_same_commands_and_settings() -> None:
    def shown(name: str) -> list[str]:
        blocks = re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
        lines = [line.split(" #")[0].strip() for block in blocks for line in block.splitlines()]
        return [re.sub(r"\S+\.jpg", "….jpg", line) for line in lines]

    assert shown("README.md") == shown("README.zh-CN.md")


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = {
        path.name: path.read_text("utf-8").split(".", 1)[0]
        for path in (ROOT / "docs/decisions").glob("0*.md")
    }
    assert len({name[:4] for name in numbers}) == len(numbers)
    assert all(said == f"# {int(name[:4])}" for name, said in numbers.items())
