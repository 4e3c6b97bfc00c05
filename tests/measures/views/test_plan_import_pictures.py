"""The pictures of a plan's file at the desk: shown without a place, ticked, attached later."""

import datetime
import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from measures.domain.importing import plan_imports
from measures.models import Evidence, ReportingRound
from tests.factories.plan_imports import (
    YEAR,
    draft_measure,
    make_staged,
    page,
    plan_draft,
    post,
)

pytestmark = pytest.mark.django_db

CHOICES = {"version": 1, "fiscal_year": str(YEAR), "status": ""}


@pytest.fixture
def client(office, as_person) -> Client:
    """The coordinator's browser."""
    return as_person(office.coordinator)


def test_a_picture_is_shown_without_what_the_camera_wrote(office, client, as_person):
    made = make_staged(office, pictures=1)
    address = reverse("desk:plan_import_picture", args=[made.pk, 1])

    response = client.get(address)

    with Image.open(io.BytesIO(response.content)) as picture:
        assert dict(picture.getexif()) == {}
    assert b"Fictional Phone" not in response.content
    assert response["Content-Type"] == "image/jpeg"
    assert address in page(client, made)
    assert client.get(reverse("desk:plan_import_picture", args=[made.pk, 2])).status_code == 404


def test_pictures_are_ticked_by_hand_and_come_with_the_results(office, client):
    plan = plan_draft(draft_measure(1, status="done", results=["ทำแล้ว"]))
    made = make_staged(office, plan, pictures=2)
    assert "checked" not in page(client, made).split("ตัวเลือกและการยืนยัน")[0]

    post(client, "plan_import_pictures", made.pk, 1, version=0, picture=["2"], **{"caption-2": ""})
    typed = CHOICES | {"with_results": "on", "round": "6", "act": "confirm"}
    post(client, "plan_import_confirm", made.pk, **typed)

    (evidence,) = Evidence.objects.all()
    assert evidence.caption == "ภาพประกอบมาตรการ มาตรการสมมติข"


def test_pictures_of_a_stored_import_are_attached_to_a_round_later(office, client):
    plan = plan_draft(draft_measure(1, title=office.measures[0].title))
    made = make_staged(office, plan, pictures=2, fiscal_year=2564)
    plan_imports.confirm(made, by=office.coordinator, version=0)
    assert "แนบภาพที่เลือก" in page(client, made)
    typed = {"picture": ["1"], "caption-1": "ภาพสมมติ", "round": office.round.pk}

    post(client, "plan_import_pictures", made.pk, 1, **typed)

    (evidence,) = Evidence.objects.all()
    assert (evidence.caption, evidence.entry.measure) == ("ภาพสมมติ", office.measures[0])
    assert "แนบเป็นหลักฐานแล้ว" in page(client, made)


def test_a_round_of_another_office_takes_no_pictures(office, client):
    plan = plan_draft(draft_measure(1, title=office.measures[0].title))
    made = make_staged(office, plan, pictures=1, fiscal_year=2564)
    plan_imports.confirm(made, by=office.coordinator, version=0)
    stranger = office.outsider.holdings.get().post.organisation
    other = ReportingRound.objects.create(
        organisation=stranger,
        fiscal_year=2564,
        months=6,
        opens_on=datetime.date(2020, 10, 1),
        due_on=datetime.date(2021, 3, 31),
    )

    response = post(client, "plan_import_pictures", made.pk, 1, picture="1", round=other.pk)

    assert response.status_code == 404
    assert not Evidence.objects.exists()
