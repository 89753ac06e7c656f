"""What the matcher is told: known schemes as plain values, so that it needs nothing else of the project."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A telling sign of a scheme. `cues` are substrings looked for after normalising; `plain` completes
    「因为：…」."""

    cues: tuple[str, ...]
    plain: str
    weight: float = 0.6


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Something lawful that resembles the scheme; its `cues` speak against a match."""

    text: str
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownScheme:
    """One scheme: how people call it, how its advertisers write, and what tells it from lawful neighbours.

    `phrases` holds the pack's advertising phrases and every exemplar judged to belong to the scheme.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    topic_words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    red_flags: tuple[RedFlag, ...] = ()
    lookalikes: tuple[Lookalike, ...] = ()
    plain_name: str = ""
    family: str = ""
