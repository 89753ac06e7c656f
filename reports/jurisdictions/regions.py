"""Regions: the units of administration, and the places in them that people name."""

from enum import StrEnum

from reports.jurisdictions.provenance import Code, Line, Sourced


class RegionKind(StrEnum):
    """What kind of unit a region is."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    STREET = "street"
    TOWN = "town"
    TOWNSHIP = "township"


class Region(Sourced):
    """A unit of administration within the jurisdiction."""

    code: Code
    name: Line
    kind: RegionKind
    parent: Code | None = None
    """Code of the unit above it; absent for the jurisdiction as a whole."""
    places: tuple[Line, ...] = ()
    """Villages, communities and landmarks in it, by which people name where they saw something."""
