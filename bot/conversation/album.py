"""An album: pictures sent in one go that come one by one, with no sign of the last. They are taken together.

Telegram gives no count and no end mark, so that quiet decides: two seconds without another piece, ten at the most. What
comes later joins what the album became, for ten minutes. Albums whose pieces come in between each other are one.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.conversation.effects import AddToTip, Hear, WaitForQuiet
from bot.conversation.messages import AlbumPiece, AlbumQuiet, Incoming, Said, SentMedia
from bot.conversation.state import Album, State
from bot.conversation.turn import Step, Turn

QUIET: Final = timedelta(seconds=2)
MOST: Final = timedelta(seconds=10)
JOINS_FOR: Final = timedelta(minutes=10)


def is_gathering(state: State) -> bool:
    """Whether pieces of an album wait to be taken."""
    return bool(state.album.pieces)


def gather(turn: Turn, state: State, piece: AlbumPiece) -> Step:
    """Keeps the piece and says nothing yet."""
    album = state.album
    names = {album.name, *album.others}
    known = piece.name in names and album.last is not None and turn.at - album.last <= JOINS_FOR
    if known or album.pieces:  # whoever sends two albums at once means one thing with both
        others = tuple(sorted(names - {piece.name}))
        album = replace(album, name=piece.name, others=others)
    else:
        album = Album(name=piece.name)
    if not album.pieces:
        album = replace(album, since=turn.at)
    album = replace(
        album,
        pieces=(*album.pieces, *((one, piece.kind) for one in piece.evidence_ids)),
        words="\n".join(filter(None, (album.words, piece.words))),
        count=album.count + 1,
        last=turn.at,
    )
    since = album.since or turn.at
    wait = max(timedelta(0), min(QUIET, since + MOST - turn.at))
    return Step(state.but(album=album), (), (WaitForQuiet(album.name, album.count, wait),))


def take(turn: Turn, state: State, quiet: AlbumQuiet) -> Step:
    """Hands the pieces on, unless more came meanwhile; the last one's quiet is still to come then."""
    album = state.album
    is_over = album.since is not None and turn.at - album.since >= MOST
    if not album.pieces or album.name != quiet.name or not (album.count <= quiet.count or is_over):
        return Step(state)
    ids = tuple(one for one, _ in album.pieces)
    handed = replace(album, pieces=(), words="", earlier=(*album.earlier, *ids))
    messages: list[Incoming] = [
        SentMedia(tuple(one for one, of in album.pieces if of == kind), kind)
        for kind in dict.fromkeys(kind for _, kind in album.pieces)
    ]
    if album.words:
        messages.append(Said(album.words))
    state = state.but(album=handed)
    if album.earlier and not set(album.earlier) & _in_hand(state):
        return Step(state, (), (AddToTip(album.earlier[0], ids, tuple(messages)),))
    return Step(state, (), (Hear(tuple(messages)),))


def _in_hand(state: State) -> set[str]:
    """Files of what is being talked about; others were submitted or given up."""
    draft, waiting = state.draft, state.report.waiting
    return {
        *(draft.evidence_ids if draft else ()),
        *(waiting.evidence_ids if waiting else ()),
        *state.loose.evidence_ids,
        *state.asked.evidence_ids,
        *state.tips.evidence_ids,
        *state.handed,
    }
