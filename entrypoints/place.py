"""Which place a process works for."""

from foundation.errors import Refusal
from foundation.settings import Environment, Settings
from moderation.promises import refuse_promising_place
from reports.jurisdictions.calendar import read_calendar
from reports.jurisdictions.jurisdiction import Jurisdiction, read_jurisdiction


class JurisdictionFictional(Refusal):
    """{name} is made up, and its telephone numbers answer nobody: set QIANSHAO_JURISDICTION to a real place's pack."""


def place_of(settings: Settings) -> Jurisdiction:
    """The jurisdiction's pack. Raises its faults, PackPromises where it would have us promise something, and
    JurisdictionFictional where real citizens would be misled."""
    jurisdiction = read_jurisdiction(settings.jurisdiction)
    refuse_promising_place(jurisdiction)
    if settings.calendar is not None:
        jurisdiction = jurisdiction.model_copy(update={"calendar": read_calendar(settings.calendar)})
    if jurisdiction.fictional and settings.environment is Environment.production:
        raise JurisdictionFictional(name=jurisdiction.name)
    return jurisdiction
