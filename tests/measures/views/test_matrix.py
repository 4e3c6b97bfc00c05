"""Who gets which answer at every address of the desk; a new address without a row here fails.

The rows are in ``matrix/``, one file for each part of the desk.
"""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from measures.models import Document, DocumentState
from tests.factories.flow import make_draft
from tests.factories.statements import portal_writes
from tests.measures.views.matrix.rows import Row
from tests.measures.views.roles import (
    NOT_SIGNED_IN,
    ROLES,
    Cast,
    everything_stored,
    make_cast,
    patterns,
)

pytestmark = pytest.mark.django_db

MATRIX: dict[str, Row] = {
    name: row
    for module in iter_modules([str(Path(__file__).parent / "matrix")])
    for name, row in getattr(
        import_module(f"tests.measures.views.matrix.{module.name}"), "ROWS", {}
    ).items()
}
NAMES = sorted(MATRIX)


@pytest.fixture
def cast() -> Cast:
    """The cast."""
    return make_cast()


def ask(client: Client, name: str, method: str, arguments: list[Any]) -> HttpResponse:
    address = reverse(name, args=arguments)
    typed = MATRIX[name].typed_for(arguments) if method == "post" else None
    return getattr(client, method)(address, typed)


def test_every_address_has_its_row():
    assert sorted(patterns()) == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_gets_its_answer(cast, name, method):
    row = MATRIX[name]
    arguments = row.scene(cast.office)
    before = everything_stored() if method == "post" else {}
    found, changed, reasons = {}, set(), {}

    for role in ROLES:
        with transaction.atomic():
            client = cast.client(role)
            with portal_writes() as writes:
                response = ask(client, name, method, arguments)
            found[role] = response.status_code
            if method == "post" and writes and everything_stored() != before:
                changed.add(role)
            if response.status_code == 403:
                reasons[role] = response.context["reason"]
                assert response.context["reason"] in response.content.decode()
            if response.status_code == 302 and role in NOT_SIGNED_IN:
                assert response["Location"].startswith("/accounts/login/?next=/desk/")
            if response.streaming:
                response.getvalue()  # reads the file to its end, which closes it
            transaction.set_rollback(True)

    expected = getattr(row, method)
    assert found == expected
    assert changed == {role for role in ROLES if method == "post" and allowed(expected, role)}
    assert set(reasons.values()) <= {row.reason}


def allowed(expected: dict[str, int], role: str) -> bool:
    """Return whether a writing answer sends this person on, which it does once it has written."""
    return expected[role] == 302 and role not in NOT_SIGNED_IN


@pytest.mark.parametrize("name", NAMES)
def test_reading_answers_head_like_get(cast, name):
    row = MATRIX[name]
    address = reverse(name, args=row.scene(cast.office))

    response = cast.client("coordinator").head(address)

    assert response.status_code == row.get["coordinator"]
    assert response.getvalue() == b"" or response.status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in NAMES
        if patterns()[name].pattern.converters and not MATRIX[name].names_no_record
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_does_not_exist_looks_like_what_belongs_to_others(cast, name, method):
    """Neither the status nor the page tells a stranger that a number is taken."""
    arguments = MATRIX[name].scene(cast.office)
    typed = MATRIX[name].typed if method == "post" else None
    stranger = cast.client("outsider")

    others, missing = (
        getattr(stranger, method)(reverse(name, args=each), typed)
        for each in (arguments, [987_654_321, *arguments[1:]])
    )

    assert others.status_code == missing.status_code
    assert without_token(others) == without_token(missing)


def without_token(response: HttpResponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())


def test_a_post_that_has_ended_opens_nothing(cast):
    document = make_draft(cast.office)
    holding = cast.office.coordinator.holdings.get()
    holding.ends_on = holding.starts_on
    holding.save()

    response = cast.client("coordinator").post(reverse("desk:document_submit", args=[document.pk]))

    assert response.status_code == 404
    assert Document.objects.get(pk=document.pk).state == DocumentState.DRAFT
