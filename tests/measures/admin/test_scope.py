"""The back office shows and offers only what belongs to the person's organisations."""

import datetime

import pytest
from django.urls import reverse

from measures.domain.recording.progress import entries_of
from measures.models import Document, DocumentKind, Finding, ProgressEntry, User
from tests.factories.people import make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def neighbour(office):
    """Another office with rows that could leak."""
    other = make_office()
    entries_of(other.round)
    Finding.objects.create(
        organisation=other.organisation, fiscal_year=2563, number=1, analysis="ข้อบกพร่องเพื่อนบ้าน"
    )
    Document.objects.create(
        organisation=other.organisation,
        kind=DocumentKind.PLAN,
        fiscal_year=2564,
        layout="memo_status",
        office="สำนักปลัด",
        subject="แผนของเพื่อนบ้าน",
        addressee="นายก",
        opening="ความนำ",
        closing="จึงเรียนมาเพื่อโปรดทราบ",
        updated_at=datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC),
        updated_by=other.coordinator,
    )
    return other


def rows_in(client, model_name, **query):
    page = client.get(reverse(f"admin:measures_{model_name}_changelist"), query)
    return list(page.context["cl"].result_list)


@pytest.mark.parametrize(
    "model_name", ["division", "post", "postholding", "chainpost", "measure", "reportinground"]
)
def test_lists_hold_the_rows_of_ones_own_office_only(office, neighbour, coordinator, model_name):
    organisations = {
        getattr(row, "organisation_id", None) or row.post.organisation_id
        for row in rows_in(coordinator, model_name)
    }

    assert organisations == {office.organisation.pk}


def test_lists_without_own_rows_are_empty_though_the_neighbour_has_some(
    office, neighbour, coordinator
):
    for model_name in ("finding", "document", "progressentry"):
        assert rows_in(coordinator, model_name) == []


def test_administrator_sees_both_offices(office, neighbour, administrator):
    assert {row.organisation for row in rows_in(administrator, "measure")} == {
        office.organisation,
        neighbour.organisation,
    }


def test_people_of_another_office_are_not_listed(office, neighbour, coordinator):
    listed = set(rows_in(coordinator, "user"))

    assert listed == set(User.objects.filter(holdings__post__organisation=office.organisation))


def test_search_does_not_reach_over_the_fence(office, neighbour, coordinator):
    assert rows_in(coordinator, "organisation", q="สมมติ") == [office.organisation]


def test_page_of_a_foreign_record_leads_back_to_the_index(office, neighbour, coordinator):
    row = neighbour.measures[0]

    for action in ("change", "delete"):
        response = coordinator.get(reverse(f"admin:measures_measure_{action}", args=[row.pk]))
        assert (response.status_code, response["Location"]) == (302, reverse("admin:index"))


def test_choices_of_a_form_are_ones_own(office, neighbour, coordinator):
    page = coordinator.get(reverse("admin:measures_measure_add"))
    form = page.context["adminform"].form

    assert list(form.fields["organisation"].queryset) == [office.organisation]
    assert list(form.fields["findings"].queryset) == []
    assert form.initial["organisation"] == office.organisation.pk


def test_autocomplete_offers_ones_own_divisions(office, neighbour, coordinator):
    answer = coordinator.get(
        reverse("admin:autocomplete"),
        {
            "app_label": "measures",
            "model_name": "responsibility",
            "field_name": "division",
            "term": "กองคลัง",
        },
    )

    assert [row["id"] for row in answer.json()["results"]] == [str(office.finance.pk)]


def test_filters_offer_ones_own_divisions(office, neighbour, coordinator):
    entries_of(office.round)
    page = coordinator.get(reverse("admin:measures_progressentry_changelist"))
    offered = next(
        spec.lookup_choices
        for spec in page.context["cl"].filter_specs
        if getattr(spec, "field_path", "") == "division"
    )

    reporting = ProgressEntry.objects.filter(measure__organisation=office.organisation)
    assert {pk for pk, _ in offered} == set(reporting.values_list("division_id", flat=True))


def test_foreign_division_in_a_posted_form_is_refused(office, neighbour, coordinator):
    response = coordinator.post(
        reverse("admin:measures_post_add"),
        {
            "organisation": office.organisation.pk,
            "division": neighbour.finance.pk,
            "title": "ตำแหน่งแอบอ้าง",
            "order": "1",
        },
    )

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["division"]
    assert not office.organisation.posts.filter(title="ตำแหน่งแอบอ้าง").exists()


def test_administrator_cannot_mix_two_offices_in_one_record(office, neighbour, administrator):
    response = administrator.post(
        reverse("admin:measures_post_add"),
        {
            "organisation": office.organisation.pk,
            "division": neighbour.finance.pk,
            "title": "ตำแหน่งข้ามหน่วยงาน",
            "order": "1",
        },
    )

    assert response.context["adminform"].form.errors["division"] == [
        "“กองคลัง” เป็นของหน่วยงานอื่น โปรดเลือกใหม่"
    ]


def test_coordinator_elsewhere_who_only_works_here_may_read_and_not_change(office, browse):
    from tests.factories.people import hold

    hold(office.staff_post, office.outsider)
    client = browse(office.outsider)
    address = reverse("admin:measures_division_change", args=[office.works.pk])

    page = client.get(address)
    refused = client.post(address, {"name": "กองใหม่"})

    assert page.context["notices"] == ["เฉพาะผู้ประสานงาน (ผู้รวบรวมแผนและรายงาน) ของหน่วยงานเท่านั้น"]
    assert refused.status_code == 403
    office.works.refresh_from_db()
    assert office.works.name == "กองช่าง"
