"""The emblem in the back office: accepted pictures are kept, everything else is explained."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import model_to_dict
from django.urls import reverse

from measures.models import Organisation
from tests.factories.pictures import picture

pytestmark = pytest.mark.django_db


def send(client, organisation, data, name):
    page = reverse("admin:measures_organisation_change", args=[organisation.pk])
    typed = {
        field: value
        for field, value in model_to_dict(organisation).items()
        if field not in {"slug", "emblem"} and value not in (None, False)
    }
    return client.post(page, typed | {"emblem": SimpleUploadedFile(name, data)})


def test_picture_is_kept_as_png(office, coordinator):
    answer = send(coordinator, office.organisation, picture("JPEG", (400, 400)), "ตรา.jpg")

    assert answer.status_code == 302
    kept = Organisation.objects.get(pk=office.organisation.pk).emblem
    assert kept.name.startswith(f"emblems/{office.organisation.slug}/")
    assert kept.name.endswith(".png")


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"<svg><script>alert(1)</script></svg>", "garuda.svg", "รับไฟล์ SVG ไม่ได้"),
        (b"MZ program", "garuda.png", "ตราของหน่วยงานรับไฟล์ PNG, JPEG หรือ WebP"),
        (b"", "garuda.png", "ไฟล์ตราว่างเปล่า"),
    ],
)
def test_refusal_stands_beside_the_field(office, coordinator, data, name, said):
    answer = send(coordinator, office.organisation, data, name)

    assert answer.status_code == 200
    assert said in str(answer.context["adminform"].form.errors["emblem"])
    assert not Organisation.objects.get(pk=office.organisation.pk).emblem
