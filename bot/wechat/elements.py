"""What WeChat pushes, XML or JSON, as a flat table of texts: without document types, entities or depth.

The account's owner picks the format beside the URL; XML is read by expat. wechatpy's own parser is not used: it
accepts a document type, builds trees of any depth, and fails in as many ways as there are broken bodies.
"""

import json
import re
from typing import NoReturn
from xml.parsers import expat

from foundation.errors import Refusal

_DEEPEST = 8
"""`xml > SendPicsInfo > PicList > item > PicMd5Sum` is the deepest that WeChat documents."""


NO_SIGNS_OF_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What somebody pasted or an old keyboard wrote and XML cannot hold, nor JSON make a text of: nobody sees it, and no message is
lost for it.
"""


class Malformed(Refusal):
    """The body is not a message as WeChat writes them: {reason}."""


def read_fields(body: str) -> dict[str, str]:
    """The texts of a push in either format, nested ones as `Parent.Child`; of repeated ones the first.

    Raises Malformed.
    """
    return read_json(body) if body.lstrip().startswith("{") else read_xml(body)


def read_json(body: str) -> dict[str, str]:
    """The texts of a push in JSON. Raises Malformed."""
    try:
        # Numbers stay as they are written: a MsgId has 64 bits, and a degree its own digits.
        told = json.loads(body, parse_int=str, parse_float=str, parse_constant=str, strict=False)
    except (ValueError, RecursionError):
        raise Malformed(reason="it is not well-formed JSON") from None
    texts: dict[str, str] = {}
    _flatten(told, "", 1, texts)
    return texts


def _flatten(value: object, path: str, depth: int, texts: dict[str, str]) -> None:
    if depth > _DEEPEST:
        raise Malformed(reason="it is nested too deeply")
    if isinstance(value, dict):
        for name, inner in value.items():
            _flatten(inner, f"{path}.{name}" if path else str(name), depth + 1, texts)
    elif isinstance(value, list):
        for inner in value:  # XML repeats the element, so the list itself has no name of its own
            _flatten(inner, path, depth, texts)
    elif value is not None:
        texts.setdefault(path, NO_SIGNS_OF_XML.sub("", str(value)).strip())


def read_xml(xml: str) -> dict[str, str]:
    """The text of each element below the root `xml`, nested ones as `Parent.Child`; of repeated ones the
    first.

    Raises Malformed.
    """
    reader = _Reader()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(NO_SIGNS_OF_XML.sub("", xml).encode("utf-8"), True)
    except (expat.ExpatError, UnicodeEncodeError):
        raise Malformed(reason="it is not well-formed XML") from None
    return reader.texts


class _Reader:
    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._path: list[str] = []
        self._words: list[str] = []

    def start(self, name: str, _attributes: object) -> None:
        if not self._path and name != "xml":
            raise Malformed(reason="its root is not xml")
        if len(self._path) >= _DEEPEST:
            raise Malformed(reason="it is nested too deeply")
        self._path.append(name)
        self._words.clear()

    def text(self, words: str) -> None:
        self._words.append(words)

    def end(self, _name: str) -> None:
        if len(self._path) > 1:
            self.texts.setdefault(".".join(self._path[1:]), "".join(self._words).strip())
        self._words.clear()
        self._path.pop()

    def refuse(self, *_: object) -> NoReturn:
        raise Malformed(reason="it declares a document type")
