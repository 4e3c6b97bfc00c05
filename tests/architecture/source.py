"""The project's own files, as the house rules look at them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("ita_portal", "measures", "reports")
PYTHON_FOLDERS = (*PACKAGES, "tests", "scripts", "bench")
SHOWN_FOLDERS = ("templates", "static", "docs", "requirements", "fixtures", ".ci")
NOT_OURS = {"__pycache__", "paper"}  # static/fonts/paper holds fonts that set-up unpacks


def name_of(path: Path) -> str:
    """Return the path from the root of the project, as a failure names it."""
    return path.relative_to(ROOT).as_posix()


def files(*folders: str, suffix: str = "") -> Iterator[Path]:
    """Yield the files of these folders that end in ``suffix``, in order."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob(f"*{suffix}")):
            if path.is_file() and not NOT_OURS & set(path.relative_to(ROOT).parts[:-1]):
                yield path


def python_files(*folders: str) -> Iterator[Path]:
    """Yield the Python files of these folders; migrations are written by Django."""
    for path in files(*folders, suffix=".py"):
        if "migrations" not in path.parts:
            yield path


def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def module_of(path: Path) -> str:
    """Return the dotted name under which a Python file is imported."""
    dotted = name_of(path).removesuffix(".py").replace("/", ".")
    return dotted.removesuffix(".__init__")
