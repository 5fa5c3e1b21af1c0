"""What can be set from outside, read once from the AUDITAPP_* variables of the environment.

Every setting has a default that is right for a single machine, so that nothing has to be set to begin. The field `port`
is the variable `AUDITAPP_PORT`, and so on; `describe_settings` tells them all.
"""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from auditapp.settings.keys import kept_key
from auditapp.settings.values import (
    SHORTEST_SECRET,
    SettingsError,
    Told,
    a_database_url,
    a_limit,
    a_path,
    a_public_url,
    a_secret,
    an_existing_file,
    default_data_dir,
    existing_folders,
    length,
    own_public_url,
    without_password,
)

__all__ = ["SettingDescription", "Settings", "SettingsError", "describe_settings", "secret_key"]

PREFIX = "AUDITAPP_"
# Read by the tests, not by the product.
TEST_PREFIX = "AUDITAPP_TEST_"


class Settings(BaseModel):
    """Everything that can be set, checked once at the start and the same from then on."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    data: Annotated[
        Path,
        BeforeValidator(a_path),
        Told(
            "Folder for everything that is kept: the database, uploaded files, the secret key.",
            "a path",
            "instance/ in a checkout, otherwise ~/.local/share/auditapp",
        ),
    ] = Field(default_factory=lambda: default_data_dir(os.environ))
    database_url: Annotated[
        str,
        AfterValidator(a_database_url),
        Told(
            "Database: an SQLite file, or PostgreSQL when one machine is no longer enough.",
            "sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME",
            "sqlite file auditapp.sqlite in the data folder",
            shown=without_password,
        ),
    ] = Field(default_factory=lambda values: f"sqlite:///{values['data'] / 'auditapp.sqlite'}", repr=False)
    name: Annotated[
        str,
        Field(min_length=1, max_length=60),
        Told("What the product is called on its pages and reports.", "1 to 60 characters", "Whole Field"),
    ] = "Whole Field"
    host: Annotated[
        str,
        Field(pattern=r"^[A-Za-z0-9.:_-]+$"),
        Told(
            "Address the server listens on; 0.0.0.0 lets other machines in.",
            "a host name or IP address",
            "127.0.0.1",
        ),
    ] = "127.0.0.1"
    port: Annotated[
        int,
        Field(ge=1, le=65535),
        Told("Port the server listens on.", "a whole number from 1 to 65535", "8000"),
    ] = 8000
    public_url: Annotated[
        str,
        AfterValidator(a_public_url),
        Told(
            "Address under which people reach the product: used in links, reports and PDFs. "
            "With https, cookies are sent over https only.",
            "an address that begins with http:// or https://",
            "http:// with host and port",
        ),
    ] = Field(default_factory=own_public_url)
    threads: Annotated[
        int,
        Field(ge=1, le=256),
        Told("Requests answered at the same time.", "a whole number from 1 to 256", "8"),
    ] = 8
    pdf_workers: Annotated[
        int,
        Field(ge=1, le=64),
        Told("PDFs made at the same time, each in a process of its own.", "a whole number from 1 to 64", "1"),
    ] = 1
    pdf_seconds: Annotated[
        int,
        Field(ge=1, le=600),
        Told("Seconds after which the making of a PDF is stopped.", "a whole number from 1 to 600", "60"),
    ] = 60
    pdf_memory_mb: Annotated[
        int,
        Field(ge=256, le=65536),
        Told(
            "Memory in megabytes that the making of one PDF may take.",
            "a whole number from 256 to 65536",
            "1024",
        ),
    ] = 1024
    pdf_ahead: Annotated[
        Literal["yes", "no"],
        BeforeValidator(str.lower),
        Told(
            "Have the PDF of an audit ready before it is asked for; without, a small machine does less in vain.",
            "yes or no",
            "yes",
        ),
    ] = "yes"
    secret_key: Annotated[
        SecretStr | None,
        AfterValidator(lambda secret: secret and a_secret(secret)),
        Told(
            "Signs cookies and forms. Needed only when several machines serve the same database.",
            f"at least {SHORTEST_SECRET} characters",
            "made on the first run and kept in the file secret-key in the data folder",
            shown=length,
        ),
    ] = Field(default=None, repr=False)
    checklists: Annotated[
        tuple[Path, ...],
        BeforeValidator(existing_folders),
        Told(
            f"Folders with checklists of your own, beside those that come along; {os.pathsep!r} between two.",
            "folders that exist",
            "none",
        ),
    ] = ()
    limits_storage: Annotated[
        str,
        Field(pattern=r"^(memory|redis|rediss|memcached)://"),
        Told(
            "Where requests are counted for the limits; Redis when several processes serve.",
            "memory:// or redis://HOST:PORT",
            "memory://",
            shown=without_password,
        ),
    ] = Field(default="memory://", repr=False)
    start_limit: Annotated[
        str,
        AfterValidator(a_limit),
        Told("How many audits one address may start.", "a limit such as 30 per hour", "30 per hour"),
    ] = "30 per hour"
    sqlite_synchronous: Annotated[
        Literal["OFF", "NORMAL", "FULL", "EXTRA"],
        BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value),
        Told(
            "How surely SQLite writes: with FULL, what a page called saved survives a power cut.",
            "OFF, NORMAL, FULL or EXTRA",
            "FULL",
        ),
    ] = "FULL"
    proxies: Annotated[
        int,
        Field(ge=0, le=8),
        Told(
            "Trusted proxies in front of the server, whose X-Forwarded-* headers are believed.",
            "a whole number from 0 to 8",
            "0",
        ),
    ] = 0
    seal_certificate: Annotated[
        Path | None,
        BeforeValidator(an_existing_file),
        Told(
            "A certificate of your own, with its private key, to seal the PDFs of reports with.",
            "a PEM or PKCS #12 file that exists",
            "made on the first publication and kept in the data folder; it vouches for this installation alone",
        ),
    ] = None
    seal_passphrase: Annotated[
        SecretStr | None,
        Told("The passphrase of that certificate's file.", "text", "none", shown=length),
    ] = Field(default=None, repr=False)
    places: Annotated[
        Path,
        BeforeValidator(a_path),
        Told(
            "Folder for the file of the world’s towns, by which events near a place are found: 32 MB, made once. "
            "Several installations may share it.",
            "a path",
            "the data folder",
        ),
    ] = Field(default_factory=lambda values: values["data"])
    report_contact: Annotated[
        str | None,
        Field(pattern=r"^(mailto:[^@\s]+@[^@\s]+|https?://\S+)$"),
        Told(
            "Where a reader can object to a published report; shown on every report.",
            "an address that begins with mailto: or https://",
            "none",
        ),
    ] = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """Read the AUDITAPP_* variables; an empty one counts as not set.

        Raises SettingsError with one line for each value that cannot be used and each variable that does not exist.
        """
        given = {
            name.removeprefix(PREFIX).lower(): value
            for name, value in environ.items()
            if name.startswith(PREFIX) and not name.startswith(TEST_PREFIX) and value.strip()
        }
        mistakes = [_unknown(name) for name in given if name not in cls.model_fields]
        known = {name: value.strip() for name, value in given.items() if name in cls.model_fields}
        known.setdefault("data", str(default_data_dir(environ)))
        try:
            settings = cls.model_validate(known)
        except ValidationError as error:
            # Once for each setting: a value can be wrong in two ways, and the expectation names both.
            wrong = dict.fromkeys(str(detail["loc"][0]) for detail in error.errors())
            mistakes += [_mistaken(name, known[name]) for name in wrong if name in known]
        if mistakes:
            raise SettingsError("\n".join(mistakes))
        return settings

    @property
    def is_https(self) -> bool:
        """Whether people reach the product over https, so that cookies may insist on it."""
        return self.public_url.startswith("https://")


class SettingDescription(NamedTuple):
    """One row of the table of settings."""

    name: str
    meaning: str
    default: str


def describe_settings() -> list[SettingDescription]:
    """Every variable with its meaning and its default, in the order of `Settings`."""
    return [
        SettingDescription(_variable(name), _told(name).meaning, _told(name).default)
        for name in Settings.model_fields
    ]


def secret_key(settings: Settings) -> str:
    """The key that signs cookies and forms: the one that was set, else the one kept in the data folder.

    Raises SettingsError when the file there holds no usable key.
    """
    if settings.secret_key:
        return settings.secret_key.get_secret_value()
    return kept_key(settings.data / "secret-key")


def _variable(name: str) -> str:
    return PREFIX + name.upper()


def _told(name: str) -> Told:
    return next(part for part in Settings.model_fields[name].metadata if isinstance(part, Told))


def _mistaken(name: str, value: str) -> str:
    told = _told(name)
    return f"{_variable(name)} must be {told.expected}, not {told.shown(value)}."


def _unknown(name: str) -> str:
    alike = difflib.get_close_matches(name, Settings.model_fields, n=1)
    meant = f" Did you mean {_variable(alike[0])}?" if alike else ""
    return f"{_variable(name)} is not a setting of this product.{meant}"
