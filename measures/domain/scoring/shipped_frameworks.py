"""The frameworks that come with the portal, given to an install that has not got them yet."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import serializers
from django.core.management import call_command
from django.db import transaction

from measures.models import Framework, RatingScheme, Remedy

REMEDIES = "measures.remedy"


@dataclass(frozen=True)
class Loaded:
    """Which years got their whole framework, and which the remedies alone."""

    frameworks: tuple[int, ...]
    remedies: tuple[int, ...]


def shipped_years() -> list[int]:
    """Return the fiscal years (B.E.) that come with the portal, oldest first."""
    return sorted(int(path.stem) for path in _folder().glob("25*.json"))


@transaction.atomic
def load(years: Iterable[int]) -> Loaded:
    """Add the shipped frameworks of these years that are missing.

    A year that is there stays as the administrator has made it; where it has no remedy at all it
    gets those that are shipped. Raises ``DeserializationError`` where they name an item that the
    year has not, with nothing stored.
    """
    there = set(Framework.objects.values_list("fiscal_year", flat=True))
    advised = set(Remedy.objects.values_list("framework__fiscal_year", flat=True))
    wanted = sorted(set(years))
    new = [year for year in wanted if year not in there]
    if new:
        if not RatingScheme.objects.exists():
            call_command("loaddata", "frameworks/rating_schemes", verbosity=0)
        call_command("loaddata", *(f"frameworks/{year}" for year in new), verbosity=0)
    remedied = [year for year in wanted if year in there - advised and _load_remedies(year)]
    return Loaded(tuple(new), tuple(remedied))


def _folder() -> Path:
    return Path(settings.FIXTURE_DIRS[0]) / "frameworks"


def _load_remedies(year: int) -> bool:
    """Add the shipped remedies of a year; return whether it has any."""
    rows: list[dict[str, Any]] = json.loads((_folder() / f"{year}.json").read_text("utf-8"))
    remedies = [row for row in rows if row["model"] == REMEDIES]
    for remedy in serializers.deserialize("python", remedies):
        remedy.save()
    return bool(remedies)
