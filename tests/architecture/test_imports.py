"""Imports run one way, stand at the top of the file, and name what they take."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import PYTHON_FOLDERS, module_of, name_of, python_files, tree_of

# The layers, lowest first. A module may import its own layer and lower ones. What starts with a
# longer name belongs to the longer one.
LAYERS = [
    {"ita_portal.thai", "ita_portal.environment", "ita_portal"},
    {"measures.models"},
    {"measures.permissions"},
    {"measures.notifications"},
    {"measures.domain"},
    {"measures.templatetags"},
    {"measures.forms", "measures.resources", "measures.accounts", "measures.context_processors"},
    {"measures.admin", "measures.management", "measures.apps", "measures"},
    {"measures.views"},
    {"measures.urls"},
    {"reports"},
    # What puts the parts together imports from all of them.
    {"ita_portal.urls", "ita_portal.wsgi", "ita_portal.back_office_site", "ita_portal.settings"},
]
LEVELS = {name: level for level, names in enumerate(LAYERS) for name in names}
OURS = ("ita_portal", "measures", "reports")

# Files with imports inside functions, each with the reason why they cannot stand at the top.
INLINE_IMPORTS = {
    "ita_portal/thai/words.py": "pythainlp reads its word lists when it is imported (a second)",
    "reports/apps.py": "the checks need the models, which are loaded after the configurations",
    "reports/sealing/keys.py": "pyHanko takes most of a second; most installs seal nothing",
    "reports/sealing/seals.py": "pyHanko takes most of a second; most installs seal nothing",
    "scripts/reset_demo.py": "Django must know the settings before anything of it is imported",
    "bench/__main__.py": "Django must know the settings before anything of it is imported",
    "bench/one_document.py": "Django must know the settings before anything of it is imported",
    "bench/one_import.py": "Django must know the settings before anything of it is imported",
}


def layer_of(module: str) -> int:
    """Return the level of the longest layer name that ``module`` starts with."""
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length])
        if name in LEVELS:
            return LEVELS[name]
    raise LookupError(module)


def is_for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def imports_in(tree: ast.AST, module: str) -> Iterator[str]:
    """Yield each dotted name that a tree imports at run time, relative ones resolved."""
    for node in ast.iter_child_nodes(tree):
        if is_for_types_only(node):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*module.split(".")[: -node.level], base]).rstrip(".")
            yield from (f"{base}.{alias.name}" for alias in node.names)
        else:
            yield from imports_in(node, module)


def ours(path: Path) -> list[str]:
    module = module_of(path)
    return [name for name in imports_in(tree_of(path), module) if name.split(".")[0] in OURS]


SOURCES = list(python_files(*OURS))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_only_its_own_layer_and_lower_ones(path):
    level = layer_of(module_of(path))

    upward = [name for name in ours(path) if layer_of(name) > level]

    assert upward == []


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [
        ("ita_portal/thai", ("measures", "reports", "django.db", "django.http")),
        ("measures", ("reports",)),
    ],
)
def test_a_lower_part_knows_nothing_of_the_higher(package, forbidden):
    found = [
        (name_of(path), name)
        for path in python_files(package)
        for name in imports_in(tree_of(path), module_of(path))
        if any(name == banned or name.startswith(f"{banned}.") for banned in forbidden)
    ]

    assert found == []


def test_tests_are_never_imported_by_the_product():
    found = [
        name_of(path)
        for path in python_files(*OURS, "scripts")
        for name in imports_in(tree_of(path), module_of(path))
        if name.split(".")[0] == "tests"
    ]

    assert found == []


def test_every_import_names_what_it_takes():
    found = [
        name_of(path)
        for path in python_files(*PYTHON_FOLDERS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]

    assert found == []


def test_imports_stand_at_the_top_of_the_file():
    found = {
        name_of(path)
        for path in python_files(*OURS, "scripts", "bench")
        for function in ast.walk(tree_of(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    assert found == set(INLINE_IMPORTS)


def test_reports_own_no_tables():
    names = [name_of(path) for path in SOURCES]

    assert [
        name for name in names if name.startswith(("reports/models", "reports/migrations"))
    ] == []
