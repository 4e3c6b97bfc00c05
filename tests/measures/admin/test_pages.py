"""Every page of the back office opens for those who may, and is Thai."""

import html
import re

import pytest
from django.contrib import admin
from django.urls import reverse

from measures.domain import events
from measures.domain.recording import rounds
from measures.domain.recording.progress import entries_of
from measures.models import (
    AssessmentResult,
    EventVerb,
    Finding,
    Framework,
    Indicator,
    Instrument,
    InstrumentCode,
    Item,
    ProgressEntry,
    RatingScheme,
    Remedy,
    Score,
)
from tests.factories.publications import make_publication

pytestmark = pytest.mark.django_db

# Words that Django, Unfold and import-export leave on a page when their text is not translated.
ENGLISH = re.compile(
    r"\b(Save|Delete|Add|Change|View|Filters?|Search|Home|Import|Export|Select|actions?|Submit|"
    r"Apply|Reset|Clear|History|Close|Cancel|Password|Log|None|Yes|No|True|False|Today|Now|Choose|"
    r"Previous|Next|Go|Type|Unknown|Any|All|By|row|another|continue|results?)\b"
)


def visible_text(page: str) -> str:
    """Return what a reader of the page sees or hears: texts, titles, labels, placeholders."""
    page = re.sub(r"<(script|style|template)\b.*?</\1>", " ", page, flags=re.S)
    spoken = re.findall(r'(?:title|aria-label|placeholder|alt)="([^"]*)"', page)
    # Unfold's icons are a font in which the name of the picture is the text.
    page = re.sub(r'<span class="material-symbols-outlined[^>]*>.*?</span>', " ", page, flags=re.S)
    return html.unescape(" ".join([re.sub(r"<[^>]+>", " ", page), *spoken]))


def english_in(response) -> list[str]:
    return sorted(set(ENGLISH.findall(visible_text(response.content.decode()))))


def common_era_in(response) -> list[str]:
    # The factories number their people and offices, and a long run gets to such numbers too.
    text = re.sub(r"(?:สมมติ|person-|sommut-)[0-9]+", "", visible_text(response.content.decode()))
    return re.findall(r"\b20[12][0-9]\b", text)


@pytest.fixture
def full_office(office):
    """One row of every kind of record."""
    framework = Framework.objects.create(
        fiscal_year=2563, rating_scheme=RatingScheme.objects.create(code="letters", name="ตัวอักษร")
    )
    instrument = Instrument.objects.create(framework=framework, code=InstrumentCode.IIT)
    indicator = Indicator.objects.create(instrument=instrument, number=1, name="การปฏิบัติหน้าที่")
    item = Item.objects.create(instrument=instrument, indicator=indicator, number=1)
    Remedy.objects.create(framework=framework, number=1, source="คู่มือสมมติ").items.add(item)
    result = AssessmentResult.objects.create(organisation=office.organisation, fiscal_year=2563)
    Score.objects.create(result=result, item=item, value="50.00")
    Finding.objects.create(
        organisation=office.organisation, fiscal_year=2563, number=1, analysis="ข้อบกพร่องสมมติ"
    )
    entries_of(office.round)
    make_publication(office.organisation)
    events.record(
        EventVerb.ROUND_OPENED,
        office.round,
        by=office.coordinator,
        organisation=office.organisation,
    )
    return office


MODELS = sorted(model._meta.model_name for model in admin.site._registry)


def test_every_record_of_the_office_is_registered():
    assert set(MODELS) == {
        "assessmentresult",
        "calendarentry",
        "chainpost",
        "delivery",
        "division",
        "document",
        "event",
        "finding",
        "framework",
        "guidance",
        "holiday",
        "indicator",
        "instrument",
        "invitation",
        "item",
        "measure",
        "notice",
        "noticechannel",
        "organisation",
        "post",
        "postholding",
        "progressentry",
        "publication",
        "ratinglevel",
        "ratingscheme",
        "remedy",
        "reportinground",
        "score",
        "signoff",
        "subindicator",
        "target",
        "user",
    }


def own_rows(client, model_name):
    model = next(model for model in admin.site._registry if model._meta.model_name == model_name)
    return model._default_manager.all()


@pytest.mark.parametrize("who", ["coordinator", "administrator"])
@pytest.mark.parametrize("model_name", MODELS)
def test_list_and_form_open_in_thai(request, full_office, who, model_name):
    client = request.getfixturevalue(who)
    listing = client.get(reverse(f"admin:measures_{model_name}_changelist"))
    row = own_rows(client, model_name).first()
    if model_name == "user":
        row = full_office.staff
    pages = [listing]
    if row is not None:
        pages.append(client.get(reverse(f"admin:measures_{model_name}_change", args=[row.pk])))

    assert [page.status_code for page in pages] == [200] * len(pages)
    assert [english_in(page) for page in pages] == [[]] * len(pages)
    assert [common_era_in(page) for page in pages] == [[]] * len(pages)


ADDED_BY_COORDINATOR = {
    "assessmentresult",
    "chainpost",
    "division",
    "finding",
    "guidance",
    "measure",
    "noticechannel",
    "post",
    "postholding",
    "reportinground",
}
ADDED_BY_ADMINISTRATOR = ADDED_BY_COORDINATOR | {
    "calendarentry",
    "framework",
    "holiday",
    "indicator",
    "instrument",
    "item",
    "organisation",
    "ratinglevel",
    "ratingscheme",
    "remedy",
    "subindicator",
    "user",
}


@pytest.mark.parametrize(
    ("who", "added"),
    [("coordinator", ADDED_BY_COORDINATOR), ("administrator", ADDED_BY_ADMINISTRATOR)],
)
def test_each_adds_only_their_kinds_of_records(request, office, who, added):
    client = request.getfixturevalue(who)
    pages = {name: client.get(reverse(f"admin:measures_{name}_add")) for name in MODELS}

    assert {name for name, page in pages.items() if page.status_code == 200} == added
    assert {page.status_code for name, page in pages.items() if name not in added} == {403}
    assert {name: english_in(pages[name]) for name in added} == {name: [] for name in added}


def test_index_and_sheet_pages_are_thai(coordinator, office):
    addresses = [
        reverse("admin:index"),
        reverse("admin:measures_measure_import"),
        reverse("admin:measures_measure_export"),
        reverse("admin:measures_progressentry_import"),
        reverse("admin:measures_progressentry_export"),
        reverse("admin:measures_division_delete", args=[office.works.pk]),
    ]
    pages = [coordinator.get(address) for address in addresses]

    assert [page.status_code for page in pages] == [200] * len(addresses)
    assert [english_in(page) for page in pages] == [[]] * len(addresses)


def test_password_of_an_account_is_set_by_the_administrator_only(
    office, administrator, coordinator
):
    address = reverse("admin:auth_user_password_change", args=[office.staff.pk])
    page = administrator.get(address)

    assert (page.status_code, english_in(page)) == (200, [])
    assert coordinator.get(address).status_code == 403


def test_back_office_has_the_offices_own_title_and_side_menu(coordinator, office):
    text = visible_text(coordinator.get(reverse("admin:index")).content.decode())

    assert "หลังบ้าน พอร์ทัล ITA" in text
    assert "งานประจำ" in text
    assert "Django" not in text


def test_packages_bring_no_pages_of_their_own(administrator):
    assert administrator.get("/admin/auth/group/").status_code == 404
    assert administrator.get("/admin/mfa/authenticator/").status_code == 404


@pytest.mark.parametrize("model_name", MODELS)
def test_staff_are_kept_out_of_every_list(office, browse, model_name):
    address = reverse(f"admin:measures_{model_name}_changelist")
    response = browse(office.staff).get(address, follow=True)

    assert response.status_code == 403


def test_strangers_are_sent_to_the_portals_sign_in(client, db):
    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1] == (f"{reverse('account_login')}?next=/admin/", 302)


def test_coordinator_is_kept_out_once_the_post_has_ended(office, browse):
    holding = office.coordinator.holdings.get()
    holding.ends_on = holding.starts_on
    holding.save()

    assert browse(office.coordinator).get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize("model_name", ["measure", "progressentry", "finding", "reportinground"])
def test_list_asks_the_same_number_of_questions_for_more_rows(
    office, coordinator, django_assert_num_queries, model_name
):
    from tests.factories.people import make_measure

    address = reverse(f"admin:measures_{model_name}_changelist")
    entries_of(office.round)
    Finding.objects.create(
        organisation=office.organisation, fiscal_year=2563, number=1, analysis="ข้อ 1"
    )
    coordinator.get(address)
    with django_assert_num_queries(NUMBER_OF_QUERIES[model_name]):
        coordinator.get(address)

    for number in (3, 4):
        make_measure(office.organisation, office.works, number=number)
        Finding.objects.create(
            organisation=office.organisation, fiscal_year=2563, number=number, analysis="ข้ออื่น"
        )
    rounds.open_round(
        office.organisation,
        fiscal_year=2564,
        months=12,
        opens_on=office.round.opens_on,
        due_on=office.round.due_on,
        by=office.coordinator,
    )
    entries_of(office.round)
    with django_assert_num_queries(NUMBER_OF_QUERIES[model_name]):
        coordinator.get(address)


NUMBER_OF_QUERIES = {"measure": 10, "progressentry": 9, "finding": 8, "reportinground": 8}


def test_search_finds_thai_digits_and_other_spellings(office, coordinator):
    office.measures[1].title = "จัดอบรมปี 2564"
    office.measures[1].save()

    page = coordinator.get(reverse("admin:measures_measure_changelist"), {"q": "อบรมปี ๒๕๖๔"})

    assert list(page.context["cl"].result_list) == [office.measures[1]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"fiscal_year": "2564"}, 3),
        ({"fiscal_year": "2565"}, 0),
        ({"fiscal_year": "x"}, 0),
        ({"round__months__exact": "12"}, 0),
        ({"status__exact": "done"}, 0),
    ],
)
def test_progress_is_filtered_by_year_round_and_status(office, coordinator, query, found):
    entries_of(office.round)

    page = coordinator.get(reverse("admin:measures_progressentry_changelist"), query)

    assert page.context["cl"].result_count == found


def test_progress_is_filtered_by_division(office, coordinator):
    entries_of(office.round)

    page = coordinator.get(
        reverse("admin:measures_progressentry_changelist"),
        {"division__id__exact": office.secretariat.pk},
    )

    assert list(page.context["cl"].result_list) == list(
        ProgressEntry.objects.filter(division=office.secretariat)
    )
