"""What all sections share: typed texts as paragraphs and cells, dates, Thai letters that count."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

Content = dict[str, Any]  # the frozen content of a document, schema_version 1 or 2
Context = dict[str, Any]  # what a section's template draws

EMPTY = "-"  # what stands in an empty cell
AGAIN = "(ต่อ)"  # behind a label that is repeated on the next page


def paragraphs_of(texts: Iterable[str]) -> list[str]:
    """Split typed texts at their line breaks into paragraphs, without the empty ones."""
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


def date_of(text: str | None) -> dt.date | None:
    """Read an ISO date, or the Thai day of an ISO moment; None stays None."""
    if not text:
        return None
    if "T" in text:
        moment = dt.datetime.fromisoformat(text)
        return timezone.localtime(moment).date() if moment.tzinfo else moment.date()
    return dt.date.fromisoformat(text)


def cell(texts: Iterable[str]) -> str:
    """The texts of one table cell, each on its own line; a dash in an empty cell."""
    return "\n".join(paragraphs_of(texts)) or EMPTY


def listed(texts: Iterable[str]) -> list[str]:
    """Typed texts as the lines of a list: several are set apart by a dash, as the offices do."""
    lines = paragraphs_of(texts)
    if len(lines) > 1:
        lines = [line if is_numbered(line) else f"{EMPTY} {line}" for line in lines]
    return lines


def is_numbered(line: str) -> bool:
    """Return whether a line brings its own dash, bullet or number: "- ", "1.", "(๑)", "2)"."""
    head = line.split(maxsplit=1)[0]
    digits = head.strip("().")
    return line.startswith((EMPTY, "•", "–")) or (digits.isdecimal() and digits != head)


def steps_of(measure: Content) -> list[str]:
    """The steps of one measure as typed, without the empty ones."""
    return [step["text"].strip() for step in measure["steps"] if step["text"].strip()]


def responsible_of(measure: Content) -> str:
    """Who is responsible, one party a line."""
    return cell(party["text"] for party in measure["responsible"])


def is_plan(content: Content) -> bool:
    """Return whether the document is the plan of a year: nothing is reported yet."""
    return bool(content["kind"] == "plan")
