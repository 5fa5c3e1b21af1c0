"""The values settings take: how each is read from text, and what is said of one that cannot be used."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from auditapp.resources import PACKAGE, in_checkout

SHORTEST_SECRET = 32


class SettingsError(ValueError):
    """Settings the product cannot start with: one line for each, naming the variable, the value and what is expected."""


@dataclass(frozen=True)
class Told:
    """How a setting is told to people: its meaning, the values it takes, and its default in words.

    `shown` turns a refused value into what an error may say of it: a password is not repeated.
    """

    meaning: str
    expected: str
    default: str
    shown: Callable[[str], str] = repr


def default_data_dir(environ: Mapping[str, str]) -> Path:
    """`instance` in a checkout, otherwise the user's data folder (XDG base directory specification)."""
    if in_checkout():
        return PACKAGE.parent / "instance"
    home = environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "auditapp"


def a_path(text: str | Path) -> Path:
    """An absolute path; ~ is the user's home."""
    return Path(text).expanduser().absolute()


def existing_folders(value: str | tuple[Path, ...]) -> tuple[Path, ...]:
    """Folders that exist, in the order given."""
    folders = value.split(os.pathsep) if isinstance(value, str) else value
    found = tuple(a_path(folder) for folder in folders)
    if missing := [str(folder) for folder in found if not folder.is_dir()]:
        raise ValueError(f"no such folder: {', '.join(missing)}")
    return found


def an_existing_file(value: str | Path | None) -> Path | None:
    """The path of a file that exists; None where none is named."""
    if value is None:
        return None
    path = a_path(value)
    if not path.is_file():
        raise ValueError(f"no such file: {path}")
    return path


def a_database_url(url: str) -> str:
    """The URL with the driver this product uses."""
    scheme, separator, rest = url.partition("://")
    if separator and scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        return f"postgresql+psycopg://{rest}"
    if separator and scheme == "sqlite":
        return url
    raise ValueError("not a database this product knows")


def a_public_url(url: str) -> str:
    """An address without a last slash."""
    if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", url):
        raise ValueError("not an address")
    return url.rstrip("/")


def a_limit(limit: str) -> str:
    """A limit as Flask-Limiter reads it."""
    if not re.fullmatch(r"[1-9][0-9]* (per|/) ([1-9][0-9]* )?(second|minute|hour|day)s?", limit):
        raise ValueError("not a limit")
    return limit


def a_secret(secret: SecretStr) -> SecretStr:
    """A secret long enough to sign with."""
    if len(secret.get_secret_value()) < SHORTEST_SECRET:
        raise ValueError("too short")
    return secret


def own_public_url(values: dict[str, Any]) -> str:
    """The address of this machine itself; a server that listens everywhere is reached at localhost."""
    host = {"0.0.0.0": "localhost", "::": "localhost"}.get(values["host"], values["host"])  # noqa: S104 - compared, not bound
    return f"http://{f'[{host}]' if ':' in host else host}:{values['port']}"


def without_password(url: str) -> str:
    """The URL as an error may repeat it."""
    return repr(re.sub(r"(://[^:/@]*):.*@", r"\1:…@", url))


def length(secret: str) -> str:
    """How long a secret is, and nothing more of it."""
    return f"{len(secret)} characters"
