"""What an operator sets: one frozen class, read from `QIANSHAO_…` variables or a `.env` file."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from foundation.errors import SettingWrong


class Environment(StrEnum):
    """How strict a start is."""

    production = "production"
    """Real citizens: refuses to start without a master key."""
    demo = "demo"
    """A trial on one machine: demo officers and demo tips are allowed."""
    test = "test"
    """The test suite."""


def _http_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("it must be an http or https address")
    return value.rstrip("/")


HttpAddress = Annotated[str, AfterValidator(_http_address)]


class WeChatSettings(BaseModel):
    """One Official Account (公众号/服务号); empty fields leave the channel switched off."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    app_id: str = Field("", description="AppID of the Official Account.")
    app_secret: SecretStr = Field(
        SecretStr(""), description="AppSecret; needed to send messages and fetch photos."
    )
    token: SecretStr = Field(SecretStr(""), description="Token of the message push; signs every call.")
    encoding_aes_key: SecretStr = Field(
        SecretStr(""),
        description="EncodingAESKey for secure mode: pushes in the clear are then refused. While it is changed: current,previous.",
    )
    api_base: HttpAddress = Field("https://api.weixin.qq.com", description="Where WeChat's API answers.")
    options: bool = Field(
        True, description="Whether the answers offered in messages of our own can be tapped (msgmenu)."
    )
    menu_file: str = Field("", description="The account's menu as a TOML file; empty for the one that ships.")
    notice_template: str = Field(
        "", description="Template id of one-time notices (一次性订阅消息); empty leaves them out."
    )

    @property
    def receives(self) -> bool:
        """True when pushes can be verified."""
        return bool(self.token.get_secret_value() and self.app_id)

    @property
    def sends(self) -> bool:
        """True when the API can be called."""
        return bool(self.app_id and self.app_secret.get_secret_value())


class TelegramSettings(BaseModel):
    """One bot; empty fields leave the channel switched off."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token: SecretStr = Field(SecretStr(""), description="Bot token.")
    webhook_secret: SecretStr = Field(
        SecretStr(""), description="Secret header that Telegram returns; without it every update is refused."
    )
    api_base: HttpAddress = Field("https://api.telegram.org", description="Where the Bot API answers.")
    minimal: bool = Field(
        True,
        description="No personal data over Telegram: own numbers are masked, a reward takes receipt and passphrase.",
    )

    @field_validator("webhook_secret")
    @classmethod
    def _as_telegram_takes_it(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", value.get_secret_value()):
            raise ValueError("it may have 256 letters, digits, _ and - at the most")  # setWebhook's own rule
        return value

    @property
    def receives(self) -> bool:
        """True when updates can be verified."""
        return bool(self.token.get_secret_value() and self.webhook_secret.get_secret_value())

    @property
    def sends(self) -> bool:
        """True when the API can be called."""
        return bool(self.token.get_secret_value())


class WebchatSettings(BaseModel):
    """The web chat in other people's pages; it always runs on its own page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    embed_origins: str = Field(
        "",
        description="Sites whose pages may show the web chat in a frame: https://host, comma-separated; nobody else may.",
    )

    @field_validator("embed_origins")
    @classmethod
    def _exact_origins(cls, value: str) -> str:
        return ",".join(_exact_origin(one.strip()) for one in value.split(",") if one.strip())

    @property
    def origins(self) -> tuple[str, ...]:
        """The sites one by one, as they stand in a policy."""
        return tuple(self.embed_origins.split(",")) if self.embed_origins else ()


def _exact_origin(value: str) -> str:
    """One site, exactly: a pattern, a path or a list hidden in a name would let in somebody nobody meant."""
    found = re.fullmatch(r"(https?)://([a-z0-9.-]+)(:[0-9]{1,5})?", value.lower().rstrip("/"))
    if found is None:
        raise ValueError("each must be https://host or https://host:port, without a path and without *")
    if found[1] == "http" and found[2] not in _LOOPBACK:
        raise ValueError("each must begin with https://")
    return found[0]


_LOOPBACK = ("localhost", "127.0.0.1")


class Settings(BaseSettings):
    """Everything an operator may set. `docs/configuration.md` lists the same names."""

    model_config = SettingsConfigDict(
        env_prefix="QIANSHAO_", env_nested_delimiter="__", env_file=".env", frozen=True, extra="ignore"
    )

    environment: Environment = Field(
        Environment.production, description="production, demo or test; production refuses to start unsafely."
    )
    database_url: str = Field(
        "sqlite:///var/qianshao.db", description="sqlite:///path or postgresql://user:password@host/name."
    )
    blobs_url: str = Field(
        "file:///var/lib/qianshao/blobs", description="file:///folder or s3://bucket/prefix."
    )
    master_keys: SecretStr = Field(
        SecretStr(""), description="id:base64 of 32 bytes, comma-separated, the current key first."
    )
    public_url: HttpAddress = Field(
        "http://127.0.0.1:8000", description="The address citizens and officers use."
    )
    jurisdiction: str = Field("demo-county", description="Which jurisdiction pack applies.")
    worker_name: str = Field(
        "local", description="A name that this worker keeps over restarts and shares with no other worker."
    )
    worker_embedded: bool = Field(
        True,
        description="Whether `qianshao serve` runs the jobs too; set false where `qianshao worker` does.",
    )
    reader_processes: int = Field(
        1, ge=1, le=16, description="Processes that read pictures, about 600 MB each."
    )
    official_domains: Path | None = Field(
        None,
        description="A file of official domains in place of the one that ships; addresses are compared with it.",
    )
    calendar: Path | None = Field(
        None,
        description="A file of public holidays and worked weekends (调休) in place of the pack's; announced each November.",
    )
    follow_every_seconds: float = Field(
        30.0,
        gt=0,
        description="Within how long every process judges by a matching model that was switched to.",
    )
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
    trusted_proxies: str = Field(
        "127.0.0.1", description="Addresses whose X-Forwarded-* headers are believed, comma-separated."
    )
    wechat: WeChatSettings = Field(default_factory=WeChatSettings, description="The WeChat channel.")
    telegram: TelegramSettings = Field(default_factory=TelegramSettings, description="The Telegram channel.")
    webchat: WebchatSettings = Field(
        default_factory=WebchatSettings, description="The web chat in other sites' pages."
    )

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("it must begin with sqlite:/// or postgresql://")
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError

        try:
            database = make_url(value).database
        except (ArgumentError, ValueError):
            raise ValueError("it is no address of a database") from None
        if value.startswith("sqlite") and database in (None, "", ":memory:"):
            raise ValueError("it must name a file: several processes share the database")
        return value

    @field_validator("blobs_url")
    @classmethod
    def _known_blobs(cls, value: str) -> str:
        if not value.startswith(("file:///", "s3://")):
            raise ValueError("it must begin with file:/// or s3://")
        if value.startswith("s3://") and not urlsplit(value).netloc:
            raise ValueError("it names no bucket")
        return value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("it must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("webchat")
    @classmethod
    def _framed_over_https(cls, value: WebchatSettings, info: ValidationInfo) -> WebchatSettings:
        public = urlsplit(str(info.data.get("public_url", "")))
        if value.origins and public.scheme != "https" and public.hostname not in _LOOPBACK:
            raise ValueError(
                "a page of another site carries our cookie over https alone: set an https public_url"
            )
        return value

    @property
    def is_demo(self) -> bool:
        """True where officers and tips of the demonstration are allowed."""
        return self.environment is Environment.demo

    @property
    def is_https(self) -> bool:
        """True where cookies must be marked Secure."""
        return self.public_url.startswith("https://")


def read_settings(**overrides: object) -> Settings:
    """The settings of this process.

    Raises SettingWrong with the first fault, naming the variable and never its value.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = "QIANSHAO_" + "__".join(str(part) for part in first["loc"]).upper()
        raise SettingWrong(setting=name, reason=first["msg"].removeprefix("Value error, ")) from None
    except SettingsError as error:  # a group of settings as one variable, and no JSON in it
        found = re.search(r'field "(\w+)"', str(error))
        name = f"QIANSHAO_{found[1].upper()}" if found else "QIANSHAO_…"
        raise SettingWrong(setting=name, reason=f"it is no JSON object; set {name}__… one by one") from None
    except UnicodeDecodeError:
        raise SettingWrong(setting="The file .env", reason="it is not UTF-8") from None
