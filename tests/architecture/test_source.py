"""Rules about every file: short enough to read, of no machine and of no real person."""

import re

import pytest

from measures.models import DocumentLayout
from reports.layouts import LAYOUTS
from tests.architecture.source import (
    PYTHON_FOLDERS,
    ROOT,
    SHOWN_FOLDERS,
    files,
    name_of,
    python_files,
)

MOST_LINES = 400  # of the product; a test file shows many cases of one concept
MOST_LINES_OF_TESTS = 600
TEXTS = {
    ".css", ".html", ".js", ".json", ".md", ".po", ".py", ".sh", ".svg", ".toml", ".txt", "",
}  # fmt: skip
# Put together here, so that this file does not break its own rule.
MACHINE_PATHS = re.compile(
    r"(?<![\w.:/-])/(?:" + "|".join(["work", "root", "home", "tmp"]) + r")/\w"
)
ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
EXAMPLE_HOST = re.compile(r"(?:^|\.)example(?:\.(?:com|org|net|go\.th|or\.th|test))?$|\.invalid$")


def texts():
    yield from (
        path
        for path in files(*PYTHON_FOLDERS, *SHOWN_FOLDERS)
        if path.suffix in TEXTS and path.is_file()
    )
    for name in ("Makefile", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", ".env.example"):
        if (ROOT / name).is_file():
            yield ROOT / name
    yield ROOT / "pyproject.toml"


def test_every_file_can_be_read_in_one_sitting():
    """More than 400 lines usually hold a second concept."""
    lines = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files(*PYTHON_FOLDERS)
    }
    too_long = {
        name: count
        for name, count in lines.items()
        if count > (MOST_LINES_OF_TESTS if name.startswith("tests/") else MOST_LINES)
    }

    assert too_long == {}


def test_no_file_knows_the_machine_it_was_written_on():
    found = [
        (name_of(path), match.group(0))
        for path in texts()
        for match in MACHINE_PATHS.finditer(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_mail_addresses_are_examples():
    """No real person, no real office: fixtures, demo and tests use the reserved names."""
    found = [
        (name_of(path), match.group(0))
        for path in texts()
        if not name_of(path).startswith("requirements/")
        for match in ADDRESS.finditer(path.read_text(encoding="utf-8"))
        if not EXAMPLE_HOST.search(match.group(1))
    ]

    assert found == []


def test_no_citizen_number_stands_anywhere():
    number = re.compile(r"(?<![\d./])\d-?\d{4}-?\d{5}-?\d{2}-?\d(?![\d.])")
    found = [
        (name_of(path), match.group(0))
        for path in files("fixtures", "measures", "reports", suffix="")
        if path.suffix in TEXTS
        for match in number.finditer(path.read_text(encoding="utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize("path", list(files("requirements", suffix=".txt")), ids=name_of)
def test_every_requirement_is_pinned_and_hashed(path):
    text = path.read_text(encoding="utf-8")
    entries = [
        entry
        for entry in re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
        if entry.strip()
    ]

    assert "://" not in text
    assert entries != []
    assert [entry for entry in entries if not re.match(r"[a-z0-9][\w.\[\]-]*==\S+", entry)] == []
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_file_of_another_locking_tool_is_kept():
    assert [name for name in ("uv.lock", "package-lock.json") if (ROOT / name).exists()] == []


def test_every_layout_that_can_be_chosen_can_be_printed():
    assert sorted(DocumentLayout.values) == sorted(LAYOUTS)


def test_every_package_and_module_says_what_it_is_for():
    silent = [
        name_of(path)
        for path in python_files("ita_portal", "measures", "reports")
        if path.stat().st_size and not path.read_text(encoding="utf-8").startswith('"""')
    ]

    assert silent == []
