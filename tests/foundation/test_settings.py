"""Settings, and the page that documents them."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from foundation.errors import SettingWrong
from foundation.settings import Settings, read_settings

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"


def _names(model: type[BaseModel], prefix: str = "QIANSHAO_") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found |= _names(kind, f"{prefix}{name.upper()}__")
        else:
            found[f"{prefix}{name.upper()}"] = field.description or ""
    return found


def test_the_page_names_exactly_the_settings_there_are() -> None:
    documented = set(re.findall(r"^\| `(QIANSHAO_[A-Z_]+)` \|", PAGE.read_text("utf-8"), re.MULTILINE))
    assert documented == set(_names(Settings))


def test_the_page_says_what_the_code_says() -> None:
    text = PAGE.read_text("utf-8")
    for name, description in _names(Settings).items():
        assert f"| `{name}` | {description} |" in text, name


def test_nested_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIANSHAO_WECHAT__APP_ID", "wx0123456789abcdef")
    monkeypatch.setenv("QIANSHAO_WECHAT__TOKEN", "secret-token")
    settings = read_settings(_env_file=None)
    assert settings.wechat.receives
    assert not settings.wechat.sends


def test_a_wrong_setting_is_named_and_its_value_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIANSHAO_DATABASE_URL", "mysql://root:hunter2@db/x")
    with pytest.raises(SettingWrong, match="QIANSHAO_DATABASE_URL") as refused:
        read_settings(_env_file=None)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("secret", ["hunter2 with a space", "hunter2密", "hunter2" * 40])
def test_a_secret_that_telegram_would_not_take_stops_the_start(secret: str) -> None:
    with pytest.raises(SettingWrong, match="QIANSHAO_TELEGRAM__WEBHOOK_SECRET") as refused:
        read_settings(telegram={"webhook_secret": secret}, _env_file=None)
    assert "hunter2" not in str(refused.value)


def test_a_secret_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIANSHAO_TELEGRAM__TOKEN", "123:hunter2")
    assert "hunter2" not in repr(read_settings(_env_file=None))


@pytest.mark.parametrize(
    "origins",
    ["*", "https://*.county.example", "county.example", "https://county.example/path", "http://county.example",
     "https://a@county.example", "https://county.example; script-src *", "https://", "null", "https://a.example b.example"],
)  # fmt: skip
def test_an_origin_that_is_none_is_refused_at_the_start(origins: str) -> None:
    with pytest.raises(SettingWrong, match="QIANSHAO_WEBCHAT"):
        read_settings(webchat={"embed_origins": origins}, public_url="https://tips.example", _env_file=None)


def test_a_frame_needs_https() -> None:
    with pytest.raises(SettingWrong, match="https"):
        read_settings(
            webchat={"embed_origins": "https://county.example"},
            public_url="http://tips.example",
            _env_file=None,
        )
