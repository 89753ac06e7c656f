"""Names of companies and shops on pictures and in words, screened against a jurisdiction's restricted words."""

from collections.abc import Sequence

from knowledge.names import ScreenedName, WordTier, names_in, screened
from reports.jurisdictions.restricted_words import RestrictedWords


def screened_names(
    text: str, companies: Sequence[str], restricted: RestrictedWords
) -> tuple[ScreenedName, ...]:
    """Those with a restricted word in them: the `companies` that were found as indicators, then what else in the text
    looks like a name and is not one of them with more around it.
    """
    on_signs = [name for name in names_in(text.split("\n")) if not any(one in name for one in companies)]
    tiers = [WordTier(group.tier.value, group.words) for group in restricted.groups]
    return screened([*companies, *on_signs], tiers, [harmless.text for harmless in restricted.exceptions])
