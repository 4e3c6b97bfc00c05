"""The readers of the environment: typed, blank means unset, nonsense is refused with a remedy."""

from ipaddress import ip_network

import pytest
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from ita_portal import environment

NAME = "ITA_PORTAL_TEST_VARIABLE"


@pytest.fixture
def given(monkeypatch):
    """Set the variable of these tests; it, and what files said, are gone again afterwards."""
    monkeypatch.setattr(environment, "_environment", Env())
    monkeypatch.delenv(NAME, raising=False)
    return lambda value: monkeypatch.setenv(NAME, value)


def test_an_unset_variable_is_its_default(given, tmp_path):
    assert environment.boolean(NAME, default=True) is True
    assert environment.integer(NAME, default=25) == 25
    assert environment.text(NAME, default="plain") == "plain"
    assert environment.text(NAME) == ""
    assert environment.texts(NAME, default=["a", "b"]) == ["a", "b"]
    assert environment.path(NAME, default=tmp_path) == tmp_path


@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_a_blank_variable_counts_as_unset(given, blank):
    """``NAME=`` stands in a copied .env.example."""
    given(blank)
    assert environment.integer(NAME, default=25) == 25

    given(blank)
    assert environment.boolean(NAME, default=True) is True

    given(blank)
    assert environment.texts(NAME, default=["a"]) == ["a"]

    given(blank)
    assert environment.database(NAME, default="sqlite://")["ENGINE"] == "django.db.backends.sqlite3"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("true", True), ("1", True), ("yes", True), ("false", False), ("0", False), ("no", False)],
)
def test_a_boolean_is_read(given, typed, read):
    given(typed)

    assert environment.boolean(NAME, default=not read) is read


def test_numbers_texts_and_lists_are_read(given):
    given("587")
    assert environment.integer(NAME, default=25) == 587

    given("ข้อความ")
    assert environment.text(NAME) == "ข้อความ"

    given(" a.example.go.th, b.example.go.th ,")
    assert environment.texts(NAME, default=[]) == ["a.example.go.th", "b.example.go.th"]


def test_a_database_url_becomes_settings(given):
    given("postgres://ita:secret@db.example.org:5433/portal")

    read = environment.database(NAME, default="sqlite://")

    assert (read["ENGINE"], read["NAME"], read["HOST"], read["PORT"], read["USER"]) == (
        "django.db.backends.postgresql",
        "portal",
        "db.example.org",
        5433,
        "ita",
    )


@pytest.mark.parametrize(
    ("reader", "typed", "remedy"),
    [
        (lambda: environment.boolean(NAME, default=False), "maybe", "use 'true' or 'false'"),
        (lambda: environment.integer(NAME, default=1), "many", "use a whole number such as 25"),
        (lambda: environment.integer(NAME, default=1), "2.5", "use a whole number such as 25"),
        (
            lambda: environment.database(NAME, default="sqlite://"),
            "my database",
            "use sqlite:///file.sqlite3 or postgres://user:password@host:5432/name",
        ),
        (
            lambda: environment.database(NAME, default="sqlite://"),
            "oldsql://host/name",
            "use sqlite:///file.sqlite3 or postgres://user:password@host:5432/name",
        ),
    ],
)
def test_nonsense_is_refused_with_a_remedy(given, reader, typed, remedy):
    given(typed)

    with pytest.raises(ImproperlyConfigured) as refusal:
        reader()

    assert str(refusal.value).startswith(f"{NAME}: {remedy}")


def test_what_the_process_has_wins_over_the_file(given, tmp_path):
    other = f"{NAME}_OF_FILE"
    file = tmp_path / ".env"
    file.write_text(f"{NAME}=from the file\n{other}=from the file\n", encoding="utf-8")
    given("from the process")

    environment.load_file(file)

    assert environment.text(NAME) == "from the process"
    assert environment.text(other) == "from the file"


def test_a_blank_line_of_the_file_counts_as_unset(given, tmp_path):
    """.env.example is copied as it stands, with ``NAME=`` for what has a default."""
    file = tmp_path / ".env"
    file.write_text(f"{NAME}=\n", encoding="utf-8")

    environment.load_file(file)

    assert environment.integer(NAME, default=25) == 25
    assert environment.path(NAME, default=tmp_path) == tmp_path
    assert environment.database(NAME, default="sqlite://")["ENGINE"] == "django.db.backends.sqlite3"


def test_a_missing_file_is_no_error(given, tmp_path):
    environment.load_file(tmp_path / "no such file")

    assert environment.text(NAME) == ""


def test_networks_are_read(given):
    assert environment.networks(NAME) == []

    given("10.20.0.0/16, fd00::/8")
    assert environment.networks(NAME) == [ip_network("10.20.0.0/16"), ip_network("fd00::/8")]


@pytest.mark.parametrize("typed", ["office.example.go.th", "10.20.0.1/16", "10.0.0.0/8;fd00::/8"])
def test_what_is_no_network_is_refused_with_a_remedy(given, typed):
    given(typed)

    with pytest.raises(ImproperlyConfigured, match=rf"{NAME}: .* use a list such as 10"):
        environment.networks(NAME)
