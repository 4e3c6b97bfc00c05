"""Every variable that is read is in .env.example, and the other way round."""

import ast

from tests.architecture.source import PACKAGES, ROOT, name_of, python_files, tree_of

SETTINGS = ROOT / "ita_portal" / "settings.py"
READERS = {"boolean", "integer", "text", "texts", "networks", "path", "database"}


def variables_read() -> list[str]:
    return [
        ast.literal_eval(node.args[0])
        for node in ast.walk(tree_of(SETTINGS))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "environment"
        and node.func.attr in READERS
    ]


def example_lines() -> list[str]:
    return (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()


def test_the_example_names_every_variable_that_is_read():
    named = [line.split("=")[0] for line in example_lines() if "=" in line and line[:1] != "#"]

    assert sorted(named) == sorted(set(variables_read()))


def test_each_variable_is_read_once():
    found = variables_read()

    assert sorted(found) == sorted(set(found))


def test_only_the_settings_read_the_environment():
    """Elsewhere a value would have no type, no default and no place in the example."""
    readers = {
        name_of(path)
        for path in python_files(*PACKAGES)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
        and node.attr in {"environ", "getenv"}
    }

    assert readers == {
        "ita_portal/thai/__init__.py",  # tells pythainlp to stay offline
        "ita_portal/wsgi.py",  # names the settings module
    }


def test_each_group_of_the_example_has_a_comment():
    groups = "\n".join(example_lines()).split("\n\n")

    assert [group for group in groups if not group.lstrip().startswith("#")] == []
