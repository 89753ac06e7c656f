"""How often the collector of cyclic garbage looks at what a process holds."""

import gc


def collect_seldom() -> None:
    """The default looks for cycles every other message and hundreds of times while everything is loaded, and finds
    none: half a second of every start."""
    gc.set_threshold(20_000, 20, 20)


def settle_memory() -> None:
    """Takes what was loaded at the start (the packs, the matcher's index: half a million objects that stay) out of the
    collector's sight. A full collection would walk through all of it while every citizen waits, 0.2 s at a time.
    """
    gc.collect()
    gc.freeze()
    collect_seldom()
