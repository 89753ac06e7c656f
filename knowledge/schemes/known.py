"""From the pack to the matcher: a scheme as `knowledge.matching` wants to be told of it."""

from collections.abc import Iterable

from knowledge.matching import KnownScheme, Lookalike, RedFlag
from knowledge.schemes.scheme import Scheme


def as_known(scheme: Scheme, exemplars: Iterable[str] = ()) -> KnownScheme:
    """The part of a scheme that matching uses; `exemplars` are further texts judged to belong to it."""
    return KnownScheme(
        code=scheme.code,
        name=scheme.name,
        plain_name=scheme.plain_name,
        family=scheme.family.value,
        aliases=scheme.aliases,
        variants=scheme.variants,
        topic_words=scheme.topic_words,
        phrases=(*scheme.phrases, *exemplars),
        red_flags=tuple(RedFlag(flag.cues, flag.plain, flag.weight) for flag in scheme.red_flags),
        lookalikes=tuple(Lookalike(item.text, item.cues) for item in scheme.lookalikes),
    )
