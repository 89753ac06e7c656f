"""Departments: the part each has in the work, and what it is called in a place."""

from foundation.departments import DepartmentKey
from reports.jurisdictions.provenance import Line, Sourced


class Department(Sourced):
    """A department as it is called here."""

    key: DepartmentKey
    name: Line
    duty: Line
    """What it takes up, for the officer who hands a tip on."""
    phone: str = ""
    former_names: tuple[Line, ...] = ()
    """Names in older documents; an aid to reading them, which `verified_at` does not cover."""
