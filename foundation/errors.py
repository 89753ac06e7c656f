"""Expected failures: each is a class of its own, and its docstring is the message."""

from string import Formatter
from typing import Any, ClassVar


class Refusal(Exception):
    """The request was refused."""

    __slots__ = ("fields",)

    code: ClassVar[str] = "refused"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "code" not in cls.__dict__:
            cls.code = "".join(f"_{c.lower()}" if c.isupper() else c for c in cls.__name__).lstrip("_")

    def __init__(self, **fields: object) -> None:
        """Takes exactly the fields that the docstring's placeholders name, and any more that a caller may want."""
        self.fields = fields
        super().__init__(str(self))

    def __str__(self) -> str:
        template = " ".join((self.__doc__ or type(self).__name__).split())
        wanted = {name for _, name, _, _ in Formatter().parse(template) if name}
        return template.format(**{name: self.fields.get(name, "?") for name in wanted})


class SettingMissing(Refusal):
    """{what} is not configured: set {setting}."""


class SettingWrong(Refusal):
    """{setting} is wrong: {reason}."""
