"""Guidance beside the fields: the install's, unless the office wrote its own."""

import pytest
from django.core.management import call_command

from measures.domain.recording import guidance
from measures.models import EntryField, Event, Guidance
from measures.permissions import NotAllowed
from tests.factories.people import make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def installed(db):
    """The guidance that comes with the portal."""
    call_command("loaddata", "guidance", verbosity=0)


def shown(office, field="result"):
    return guidance.guidance_for(office.organisation)[field]


def test_every_field_has_guidance_out_of_the_box(installed, office):
    assert set(guidance.guidance_for(office.organisation)) == set(EntryField.values)


def test_own_guidance_shows_in_this_office_alone_and_is_logged(installed, office):
    other = make_office()
    guidance.save_own(
        office.organisation, "result", by=office.coordinator, text="ตามแบบของเรา", example=""
    )

    assert shown(office).text == "ตามแบบของเรา"
    assert shown(other).organisation is None
    assert Event.objects.latest("pk").verb == "record_changed"


def test_empty_guidance_brings_back_the_installs(installed, office):
    for text in ("ตามแบบของเรา", ""):
        guidance.save_own(
            office.organisation, "result", by=office.coordinator, text=text, example=""
        )

    assert shown(office).organisation is None
    assert Guidance.objects.filter(organisation=office.organisation).count() == 0


def test_same_guidance_is_not_written_again(installed, office):
    before = shown(office)

    guidance.save_own(
        office.organisation,
        "result",
        by=office.coordinator,
        text=before.text,
        example=before.example,
    )

    assert shown(office) == before
    assert Event.objects.count() == 0


def test_only_the_coordinator_writes_guidance(office):
    with pytest.raises(NotAllowed):
        guidance.save_own(office.organisation, "result", by=office.staff, text="ก", example="")
