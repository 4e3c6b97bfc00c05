"""Typed readers of the environment that refuse nonsense and say how to mend it.

A thin layer over environs: its errors name the type, ours name the remedy too.
"""

from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

Value = TypeVar("Value")

_environment = Env()

# Asked for in the place of a blank variable, so that the default is read in the same way.
NEVER_SET = "ITA_PORTAL_NEVER_SET"


def load_file(path: Path) -> None:
    """Read a ``.env`` file if there is one; what the process already has wins."""
    if path.is_file():
        _environment.read_env(str(path), recurse=False)


def _read(reader: Callable[..., Value], name: str, default: Any, hint: str) -> Value:
    # "NAME=" in a copied .env.example means: not set.
    is_set = bool(_environment.str(name, "").strip())
    try:
        return reader(name if is_set else NEVER_SET, default)
    except (EnvError, ValueError) as error:
        raise ImproperlyConfigured(f"{name}: {hint} ({error})") from error


def boolean(name: str, *, default: bool) -> bool:
    """Return True or False; anything that is neither is refused."""
    return _read(_environment.bool, name, default, "use 'true' or 'false'")


def integer(name: str, *, default: int) -> int:
    """Return a whole number; anything else is refused."""
    return _read(_environment.int, name, default, "use a whole number such as 25")


def text(name: str, *, default: str = "") -> str:
    """Return the text as it stands."""
    return _read(_environment.str, name, default, "use plain text")


def texts(name: str, *, default: list[str]) -> list[str]:
    """Return the comma separated texts, without blanks."""
    values = _read(_environment.list, name, default, "use a list such as a.go.th,b.go.th")
    return [str(value).strip() for value in values if str(value).strip()]


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Return the comma separated networks such as 10.20.0.0/16; none unless set."""
    try:
        return [ip_network(value) for value in texts(name, default=[])]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}; use a list such as 10.20.0.0/16") from error


def path(name: str, *, default: Path) -> Path:
    """Return a file system path."""
    return _read(_environment.path, name, default, "use a path such as /srv/ita/media")


def database(name: str, *, default: str) -> dict[str, Any]:
    """Return Django's settings for one database URL."""
    hint = "use sqlite:///file.sqlite3 or postgres://user:password@host:5432/name"
    return dict(_read(_environment.dj_db_url, name, default, hint))
