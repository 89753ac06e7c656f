"""The page of schemes says what the pack says."""

from pathlib import Path

import pytest

from knowledge.schemes.catalogue import Catalogue, read_pack
from knowledge.schemes.overview import as_markdown
from knowledge.schemes.scheme import Family, Scheme

PAGE = Path(__file__).parents[3] / "docs" / "schemes.md"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_pack()


def row_of(page: str, code: str) -> list[str]:
    rows = [line for line in page.splitlines() if line.startswith(f"| `{code}` |")]
    assert len(rows) == 1
    return [cell.strip() for cell in rows[0].strip("|").split("|")]


def changed(scheme: Scheme, **parts: object) -> Scheme:
    return Scheme.model_validate(scheme.model_dump() | parts)


def test_the_page_in_docs_is_what_the_pack_prints(catalogue: Catalogue) -> None:
    assert PAGE.read_text("utf-8") == as_markdown(catalogue), (
        "docs/schemes.md is out of date: python -m knowledge.schemes.overview > docs/schemes.md"
    )


def test_every_scheme_has_one_row_and_families_stand_together(catalogue: Catalogue) -> None:
    page = as_markdown(catalogue)
    families = [row_of(page, code)[3] for code in catalogue]
    assert sorted(set(families)) == sorted(Family)
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert len(rows) == len(catalogue)
    shown = [line.split("|")[4].strip() for line in rows]
    assert shown == sorted(shown, key=[str(family) for family in Family].index)


def test_a_row_counts_only_the_laws_that_were_read(catalogue: Catalogue) -> None:
    scheme = catalogue["illegal_lending"]
    laws = [{"name": f"某法{n}", "article": "第一条", "verified": n == 0} for n in range(3)]
    page = as_markdown(Catalogue([changed(scheme, laws=laws)]))
    assert row_of(page, "illegal_lending")[-1] == "1 of 3"
    assert "1 schemes; 1 of 3 provisions verified" in page


def test_a_lead_that_no_public_plan_names_is_marked_as_a_proposal(catalogue: Catalogue) -> None:
    scheme = catalogue["pos_cashout"]
    route = {"lead": ["PBC", "NFRA"], "assist": [], "basis": "为测试而写"}
    named = as_markdown(Catalogue([changed(scheme, route=route | {"verified": True})]))
    proposed = as_markdown(Catalogue([changed(scheme, route=route | {"verified": False})]))
    assert row_of(named, "pos_cashout")[4] == "PBC + NFRA"
    assert row_of(proposed, "pos_cashout")[4] == "PBC + NFRA \\*"


def test_an_upright_bar_in_a_name_does_not_break_the_table(catalogue: Catalogue) -> None:
    page = as_markdown(Catalogue([changed(catalogue["pos_cashout"], name="套现|代还")]))
    assert "| 套现\\|代还 |" in page
