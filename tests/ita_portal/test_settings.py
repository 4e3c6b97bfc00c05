"""What the settings accept and refuse, read by a process of its own as the server would."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

KEY = "not-a-secret-" + "x" * 50
SHOWN = ["DEBUG", "DEMO_MODE", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "SECURE_HSTS_SECONDS"]
PROGRAM = (
    "import json; from ita_portal import settings; "
    f"print(json.dumps({{name: getattr(settings, name) for name in {SHOWN!r}}}))"
)
# Blank: a .env in the root is read too, and what the process already has wins over it.
PRODUCTION = {
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "ita.example.go.th",
    "DEBUG": "",
    "DEMO_MODE": "",
    "DATABASE_URL": "",
    "HTTPS": "",
    "BEHIND_PROXY": "",
    "EVIDENCE_MAX_MEGABYTES": "",
    "TASKS_BACKEND": "",
}
DEMO = PRODUCTION | {"DEMO_MODE": "true", "ALLOWED_HOSTS": ""}


def run(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}
    }
    return subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def settings_with(variables: dict[str, str]) -> dict[str, object]:
    done = run(variables)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refusal_of(variables: dict[str, str]) -> str:
    """Return the last line of what a refused start says."""
    done = run(variables)
    assert done.returncode != 0
    kind, _, sentence = done.stderr.strip().splitlines()[-1].partition(": ")
    assert kind == "django.core.exceptions.ImproperlyConfigured"
    return sentence


def test_production_is_secure_without_being_told():
    assert settings_with(PRODUCTION) == {
        "DEBUG": False,
        "DEMO_MODE": False,
        "ALLOWED_HOSTS": ["ita.example.go.th"],
        "SESSION_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
    }


def test_the_demo_runs_with_debug_off_on_loopback_over_http():
    assert settings_with(DEMO) == {
        "DEBUG": False,
        "DEMO_MODE": True,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "SESSION_COOKIE_SECURE": False,
        "SECURE_HSTS_SECONDS": 0,
    }


@pytest.mark.parametrize("hosts", ["127.0.0.1", "localhost", "[::1]", "127.0.0.2,localhost"])
def test_the_demo_may_name_loopback_hosts(hosts):
    assert settings_with(DEMO | {"ALLOWED_HOSTS": hosts})["ALLOWED_HOSTS"] == hosts.split(",")


def test_development_needs_no_key_and_no_host():
    found = settings_with(PRODUCTION | {"DEBUG": "true", "SECRET_KEY": "", "ALLOWED_HOSTS": ""})

    assert (found["DEBUG"], found["ALLOWED_HOSTS"]) == (True, ["127.0.0.1", "localhost", "[::1]"])


@pytest.mark.parametrize("key", ["", "short", "x" * 49])
def test_a_missing_or_short_secret_key_is_refused(key):
    assert refusal_of(PRODUCTION | {"SECRET_KEY": key}) == (
        "SECRET_KEY: set at least 50 random characters; "
        "`make setup` writes a .env with one for demo mode"
    )


@pytest.mark.parametrize("hosts", ["*", "*.example.go.th", ".example.go.th", "a.example.go.th,*"])
def test_wildcard_hosts_are_refused(hosts):
    assert refusal_of(PRODUCTION | {"ALLOWED_HOSTS": hosts}) == (
        "ALLOWED_HOSTS: name each host; wildcards are refused"
    )


@pytest.mark.parametrize("hosts", ["", " , "])
def test_no_host_at_all_is_refused(hosts):
    assert refusal_of(PRODUCTION | {"ALLOWED_HOSTS": hosts}) == (
        "ALLOWED_HOSTS: name the host of this install, e.g. ita.example.go.th"
    )


@pytest.mark.parametrize(
    "hosts",
    ["ita.example.go.th", "127.0.0.1,ita.example.go.th", "10.0.0.5", "0.0.0.0"],
)
def test_the_demo_refuses_hosts_that_others_can_reach(hosts):
    assert refusal_of(DEMO | {"ALLOWED_HOSTS": hosts}) == (
        "DEMO_MODE: its passwords are public, so only loopback hosts are allowed; "
        "take the other hosts out of ALLOWED_HOSTS or set DEMO_MODE=false"
    )


def test_work_is_done_by_one_of_the_known_backends():
    assert refusal_of(PRODUCTION | {"TASKS_BACKEND": "redis"}) == (
        "TASKS_BACKEND: use one of immediate, database"
    )


def test_the_demo_refuses_debug():
    assert refusal_of(DEMO | {"DEBUG": "true"}) == (
        "DEMO_MODE: runs with DEBUG off; set one of the two"
    )


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("DEBUG", "perhaps", "use 'true' or 'false'"),
        ("DEMO_MODE", "perhaps", "use 'true' or 'false'"),
        ("EVIDENCE_MAX_MEGABYTES", "twenty", "use a whole number such as 25"),
        (
            "DATABASE_URL",
            "the usual one",
            "use sqlite:///file.sqlite3 or postgres://user:password@host:5432/name",
        ),
    ],
)
def test_nonsense_is_refused_with_a_remedy(name, value, remedy):
    assert refusal_of(PRODUCTION | {name: value}).startswith(f"{name}: {remedy}")
