"""The account's menu: a file that an operator edits, and what WeChat wants of it.

Limits are those of the page on custom menus: three roots, five entries, names of 16 and 60 bytes, of which a phone shows
about four and seven characters.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.conversation.pressing import OPTIONS_EVERYWHERE
from foundation.errors import Refusal
from moderation.promises import promise_in

MENU_FILE: Final = Path(__file__).with_name("menu.toml")
"""What ships with the project."""
SCAN_KEY: Final = "scan"

_WIDEST_ROOT: Final = 4
_WIDEST_ENTRY: Final = 7


class MenuWrong(Refusal):
    """{file} is no menu: {reason}."""


def _https(value: str) -> str:
    if not value.startswith("https://"):
        raise ValueError("a page's address begins with https://")
    return value


Page = Annotated[str, AfterValidator(_https)]


class Entry(BaseModel):
    """One line of the menu: exactly one thing happens when it is tapped."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    option: str = ""
    scan: bool = False
    page: Page | None = None
    mini_program: str = Field("", pattern=r"^(wx[0-9a-f]{16})?$")
    path: str = ""

    @model_validator(mode="after")
    def _one_thing(self) -> "Entry":
        if not 1 <= _width(self.name) <= _WIDEST_ENTRY:
            raise ValueError(f"“{self.name}” is not of one to {_WIDEST_ENTRY} characters")
        _refuse_promise(self.name)
        if self.option and self.option not in OPTIONS_EVERYWHERE:
            raise ValueError(f"the conversation knows no option “{self.option}”")
        if bool(self.mini_program) != bool(self.path) or (self.mini_program and not self.page):
            raise ValueError(f"“{self.name}”: a mini-program needs its path, and a page where there is none")
        doings = (self.option, self.scan, self.mini_program or self.page)
        if sum(map(bool, doings)) != 1:
            raise ValueError(f"“{self.name}” must do one thing")
        return self

    def as_button(self) -> dict[str, Any]:
        """As WeChat writes it."""
        if self.option:
            return {"type": "click", "name": self.name, "key": self.option}
        if self.scan:
            return {"type": "scancode_waitmsg", "name": self.name, "key": SCAN_KEY}
        if self.mini_program:
            return {
                "type": "miniprogram",
                "name": self.name,
                "appid": self.mini_program,
                "pagepath": self.path,
                "url": self.page,
            }
        return {"type": "view", "name": self.name, "url": self.page}


class Root(BaseModel):
    """One of the three at the bottom of the chat."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    entry: tuple[Entry, ...] = Field(min_length=1, max_length=5)

    @model_validator(mode="after")
    def _short(self) -> "Root":
        if not 1 <= _width(self.name) <= _WIDEST_ROOT:
            raise ValueError(f"“{self.name}” is not of one to {_WIDEST_ROOT} characters")
        _refuse_promise(self.name)
        return self


class Menu(BaseModel):
    """The whole menu."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    root: tuple[Root, ...] = Field(min_length=1, max_length=3)

    def as_wechat(self) -> dict[str, Any]:
        """The body of `menu/create`."""
        return {
            "button": [
                {"name": root.name, "sub_button": [entry.as_button() for entry in root.entry]}
                for root in self.root
            ]
        }


def read_menu(path: Path = MENU_FILE) -> Menu:
    """Raises MenuWrong, naming what is wrong."""
    try:
        return Menu.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as fault:
        raise MenuWrong(file=path, reason=fault.strerror) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise MenuWrong(file=path, reason=fault) from None
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        reason = f"{where + ': ' if where else ''}{first['msg'].removeprefix('Value error, ')}"
        raise MenuWrong(file=path, reason=reason) from None


def _refuse_promise(name: str) -> None:
    if promise_in(name):
        raise ValueError(f"“{name}” promises something")


def _width(text: str) -> float:
    """In Chinese characters; others are half as wide."""
    return sum(1 if ord(sign) > 0xFF else 0.5 for sign in text)
