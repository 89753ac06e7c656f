"""The catalogue at a glance: `python -m knowledge.schemes.overview` prints what `docs/schemes.md` holds."""

import sys
from collections.abc import Sequence
from typing import Final

from knowledge.schemes.catalogue import Catalogue, read_pack
from knowledge.schemes.scheme import Family, Scheme

COLUMNS: Final = ("Code", "Name", "Said to citizens", "Family", "Lead", "Laws verified")

INTRODUCTION: Final = """\
# The schemes

This page is printed from `knowledge/schemes/pack/` by `python -m knowledge.schemes.overview`; edit the pack,
not the page. The keys of the departments are explained in `knowledge/schemes/scheme.py`. A lead marked with
an asterisk is our own proposal: no public plan or report names it, and a jurisdiction should check it first.
“2 of 5” says that the pack cites five provisions and that the text of two has been read. Whether a provision
applies to a case is for the responsible department to say.
"""


def as_markdown(catalogue: Catalogue) -> str:
    """The whole page: an introduction, the totals, and a row for each scheme, by family and then by code."""
    schemes = sorted(catalogue.values(), key=lambda scheme: (list(Family).index(scheme.family), scheme.code))
    rows = [COLUMNS, tuple("---" for _ in COLUMNS), *(_cells(scheme) for scheme in schemes)]
    return "\n".join([INTRODUCTION, _totals(schemes), "", *(_row(cells) for cells in rows), ""])


def _totals(schemes: Sequence[Scheme]) -> str:
    laws = [law for scheme in schemes for law in scheme.laws]
    verified = sum(law.verified for law in laws)
    named = sum(scheme.route.verified for scheme in schemes)
    return (
        f"{len(schemes)} schemes; {verified} of {len(laws)} provisions verified; "
        f"{named} of {len(schemes)} routes named by a public plan or report."
    )


def _cells(scheme: Scheme) -> tuple[str, ...]:
    lead = " + ".join(scheme.route.lead) + ("" if scheme.route.verified else " \\*")
    verified = sum(law.verified for law in scheme.laws)
    laws = f"{verified} of {len(scheme.laws)}"
    return f"`{scheme.code}`", scheme.name, scheme.plain_name, scheme.family, lead, laws


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.stdout.write(as_markdown(read_pack()))
