"""What everybody may read: publications, due dates, and nothing that is still on the desk."""

import datetime
import hashlib
from urllib.parse import quote

import pytest
from django.urls import reverse

from measures.domain.publishing.public import PublicDocument, PublicSigner
from measures.domain.publishing.public_measures import PublicEvidence, PublicMeasure, PublicProgress
from measures.models import Document, DocumentKind, Framework, Instrument, Item, ProgressEntry
from tests.factories.content import measure, signer
from tests.factories.organisations import make_organisation
from tests.factories.people import make_office, make_round
from tests.factories.publications import (
    make_evidence,
    make_evidence_file,
    make_progress,
    make_publication,
)

pytestmark = pytest.mark.django_db

JPEG = b"\xff\xd8\xff\xe0 a fictional photograph"
PDF = b"%PDF-1.7\na fictional paper\n%%EOF\n"


@pytest.fixture
def organisation():
    return make_organisation(slug="sommut-na", name="องค์การบริหารส่วนตำบลสมมตินา")


@pytest.fixture
def framework():
    """Return nothing; make the two items of 2564, and one that no document answers."""
    instrument = Instrument.objects.create(
        framework=Framework.objects.create(fiscal_year=2564), code="OIT"
    )
    Item.objects.create(instrument=instrument, number=1, text="โครงสร้าง")
    Item.objects.create(instrument=instrument, number=42, purpose="plan", text="มาตรการภายใน")
    Item.objects.create(instrument=instrument, number=43, purpose="report", text="ผลตามมาตรการ")


def page_of(client, name, *args, **query):
    """Return the text of a public page that answers 200."""
    response = client.get(reverse(f"public:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def status_of(client, name, *args):
    """Return the status with which a public page answers."""
    return client.get(reverse(f"public:{name}", args=args)).status_code


# Home ----------------------------------------------------------------------------------------


def states_of(client, **query):
    """Return what the home page lists, as (slug, year, months, percent)."""
    response = client.get(reverse("public:home"), query)
    return [
        (
            state.organisation.slug,
            state.fiscal_year,
            state.round_months,
            state.figure.percent_done if state.figure else None,
        )
        for state in response.context["states"]
    ]


def test_home_shows_the_newest_report_of_each_organisation(client, organisation):
    make_publication(organisation, months=6)
    make_publication(organisation, months=12, measures=[measure(1, status="done")])
    make_publication(organisation, kind=DocumentKind.PLAN, fiscal_year=2563)

    assert states_of(client) == [("sommut-na", 2564, 12, 100)]


def test_home_leaves_out_a_superseded_report(client, organisation):
    wrong = make_publication(organisation, measures=[measure(1, status="done")])
    make_publication(organisation, measures=[measure(1, status="in_progress")], supersedes=wrong)

    assert states_of(client) == [("sommut-na", 2564, 6, 0)]


def test_home_says_when_the_first_open_round_is_due(client, organisation):
    make_round(organisation, months=12, due_on=datetime.date(2021, 9, 30))
    make_round(organisation, months=6, due_on=datetime.date(2021, 3, 31))

    page = page_of(client, "home")

    assert "ยังไม่มีการเผยแพร่" in page
    assert '<span class="nowrap">๓๑ มีนาคม ๒๕๖๔</span>' in page
    assert "๓๐ กันยายน ๒๕๖๔" not in page


def test_home_marks_a_due_date_that_has_passed(client, organisation, time_machine):
    make_round(organisation, due_on=datetime.date(2021, 3, 31))

    time_machine.move_to(datetime.datetime(2021, 3, 31, 20, 0, tzinfo=datetime.UTC))
    assert "เลยกำหนด" in page_of(client, "home")  # 1 April in Thailand

    time_machine.move_to(datetime.datetime(2021, 3, 31, 10, 0, tzinfo=datetime.UTC))
    assert "เลยกำหนด" not in page_of(client, "home")


def test_home_finds_by_place_however_it_is_spelt(client, organisation):
    make_organisation(slug="sommut-khao", changwat="เชียงสมมติ")

    assert states_of(client, q="เชียงสมมติ") == [("sommut-khao", None, None, None)]
    assert states_of(client, q="ไม่มีที่นี่") == []


def test_home_survives_a_hostile_search(client, organisation):
    assert states_of(client, q="\0%_'" + "ก" * 5000, page="-1") == []


def test_home_sorts_provinces_as_thai_readers_do(client):
    for slug, changwat in [("a", "อุดรสมมติ"), ("b", "เชียงสมมติ"), ("c", "ขอนสมมติ")]:
        make_organisation(slug=slug, changwat=changwat)

    assert [state[0] for state in states_of(client)] == ["c", "b", "a"]


@pytest.mark.parametrize("organisations", [1, 3])
def test_home_asks_four_queries_however_many_organisations(
    client, django_assert_num_queries, organisations
):
    for _number in range(organisations):
        shown = make_organisation()
        make_publication(shown)
        make_round(shown, months=12)

    with django_assert_num_queries(4):
        client.get(reverse("public:home"))


# Organisation and year -----------------------------------------------------------------------


def test_organisation_shows_its_newest_published_year(client, organisation):
    make_publication(organisation, fiscal_year=2564)
    make_round(organisation, fiscal_year=2565)

    page = page_of(client, "organisation", "sommut-na")

    assert "ปีงบประมาณ พ.ศ. ๒๕๖๔" in page
    assert reverse("public:year", args=["sommut-na", 2565]) in page


def test_organisation_without_anything_says_so(client, organisation):
    assert "ยังไม่มีการเผยแพร่" in page_of(client, "organisation", "sommut-na")


def test_unknown_organisation_is_not_found(client):
    assert status_of(client, "organisation", "nobody") == 404


def test_year_shows_score_progress_and_measures(client, organisation):
    make_publication(organisation)

    page = page_of(client, "year", "sommut-na", 2564)

    assert "๕๑.๖๓" in page
    assert "ระดับ E" in page
    assert "เสร็จแล้วร้อยละ ๕๐" in page
    assert page.count('data-label="สถานะ"') == 6


def test_year_with_a_plan_alone_shows_no_status(client, organisation):
    make_publication(organisation, kind=DocumentKind.PLAN)

    page = page_of(client, "year", "sommut-na", 2564)

    assert "แผนและมาตรการ" in page
    assert 'data-label="สถานะ"' not in page


def test_year_that_is_only_on_the_desk_says_when_it_is_due_and_no_more(client):
    office = make_office()
    ProgressEntry.objects.create(
        measure=office.measures[0],
        division=office.secretariat,
        round=office.round,
        result="ข้อความที่ยังไม่เผยแพร่",
        version=1,
        updated_at=datetime.datetime(2021, 3, 1, tzinfo=datetime.UTC),
        updated_by=office.staff,
    )

    page = page_of(client, "year", office.organisation.slug, 2564)

    assert "ยังไม่มีการเผยแพร่เอกสารของปีงบประมาณ ๒๕๖๔" in page
    assert "๓๑ มีนาคม ๒๕๖๔" in page
    assert "ข้อความที่ยังไม่เผยแพร่" not in page
    assert office.measures[0].title not in page


def test_year_with_measures_on_the_desk_but_no_round_says_so(client):
    office = make_office()
    office.measures[0].fiscal_year = 2565
    office.measures[0].save()

    page = page_of(client, "year", office.organisation.slug, 2565)

    assert "ยังไม่มีกำหนดเผยแพร่" in page


def test_year_without_anything_is_not_found(client, organisation):
    make_publication(organisation)

    assert status_of(client, "year", "sommut-na", 2566) == 404


@pytest.mark.parametrize("address", ["/sommut-na/1999/", "/sommut-na/99999999999/"])
def test_what_is_no_fiscal_year_is_not_found(client, organisation, address):
    assert client.get(address).status_code == 404


# Measure -------------------------------------------------------------------------------------


def test_measure_shows_what_the_newest_report_says_and_what_others_said(client, organisation):
    first = make_publication(organisation, measures=[measure(1, status="not_started")])
    second = make_publication(
        organisation, measures=[measure(1, status="in_progress")], supersedes=first
    )
    third = make_publication(organisation, months=12, measures=[measure(1, status="done")])

    response = client.get(reverse("public:measure", args=["sommut-na", 2564, 1]))

    assert response.context["document"].code == third.code
    assert response.context["measure"].status == "done"
    assert [
        (past.document.code, past.status, past.is_superseded)
        for past in response.context["history"]
    ] == [(second.code, "in_progress", False), (first.code, "not_started", True)]


def test_measure_shows_results_and_evidence_of_each_division(client, organisation):
    photo = make_evidence_file("photo", JPEG, caption="ภาพการประชุม")
    make_publication(
        organisation,
        code="abcd-1234",
        measures=[
            measure(
                1,
                progress=[
                    make_progress("สำนักปลัด", photo, make_evidence(url="https://example.go.th/x")),
                    make_progress("กองคลัง", result="ส่งเอกสารครบ 3 ฉบับ"),
                ],
            )
        ],
    )

    page = page_of(client, "measure", "sommut-na", 2564, 1)

    address = reverse("public:evidence", args=["sommut-na", "abcd-1234", photo["sha256"]])
    assert f'<img src="{address}" alt="ภาพการประชุม"' in page
    assert 'href="https://example.go.th/x"' in page
    assert "ส่งเอกสารครบ ๓ ฉบับ" in page
    assert photo["file"] not in page


def test_measure_that_is_not_published_is_not_found(client):
    office = make_office()

    assert status_of(client, "measure", office.organisation.slug, 2564, 1) == 404


def test_measure_number_outside_the_document_is_not_found(client, organisation):
    make_publication(organisation)

    assert status_of(client, "measure", "sommut-na", 2564, 7) == 404


@pytest.mark.parametrize("earlier", [1, 3])
def test_measure_asks_five_queries_however_long_its_history(
    client, organisation, django_assert_num_queries, earlier
):
    publication = None
    for _number in range(earlier + 1):
        publication = make_publication(organisation, supersedes=publication)

    with django_assert_num_queries(5):
        client.get(reverse("public:measure", args=["sommut-na", 2564, 1]))


# The page for the assessor -------------------------------------------------------------------


@pytest.mark.parametrize("item", ["o43", "O43"])
def test_oit_page_shows_the_current_report(client, organisation, framework, item):
    wrong = make_publication(organisation)
    make_publication(organisation, kind=DocumentKind.PLAN)
    right = make_publication(organisation, supersedes=wrong)

    response = client.get(reverse("public:oit", args=["sommut-na", 2564, item]))

    assert response.context["document"].code == right.code


def test_oit_page_of_the_plan_shows_the_plan(client, organisation, framework):
    make_publication(organisation)
    plan = make_publication(organisation, kind=DocumentKind.PLAN)

    response = client.get(reverse("public:oit", args=["sommut-na", 2564, "o42"]))

    assert response.context["document"].code == plan.code


def test_oit_page_prefers_the_later_round_and_links_the_earlier(client, organisation, framework):
    late = make_publication(organisation, months=12)
    early = make_publication(organisation, months=6)

    response = client.get(reverse("public:oit", args=["sommut-na", 2564, "o43"]))

    assert response.context["document"].code == late.code
    assert [each.code for each in response.context["other_documents"]] == [early.code]


def test_oit_page_before_publication_says_when(client, organisation, framework):
    make_round(organisation)

    page = page_of(client, "oit", "sommut-na", 2564, "o43")

    assert "ยังไม่มีการเผยแพร่เอกสารของข้อนี้" in page
    assert "๓๑ มีนาคม ๒๕๖๔" in page


@pytest.mark.parametrize("item", ["o1", "o99", "i42", "42", "o042", "๔๒", "o-42"])
def test_other_items_are_not_found(client, organisation, framework, item):
    assert client.get(f"/sommut-na/2564/oit/{item}/").status_code == 404


def test_oit_page_of_a_year_without_framework_is_not_found(client, organisation, framework):
    assert status_of(client, "oit", "sommut-na", 2565, "o42") == 404


# Documents and files -------------------------------------------------------------------------


def test_document_shows_who_signed_in_which_capacity_when(client, organisation):
    make_publication(
        organisation,
        code="abcd-1234",
        signoff=[
            signer(
                1,
                role="final",
                post="นายกองค์การบริหารส่วนตำบล",
                decision="approved",
                opinion="เห็นควรเร่งรัดมาตรการที่ 2",
                rank="จำเอก",
                signer_name="สมมติชาย ตั้งมั่น",
                position_lines=["ปลัด ปฏิบัติหน้าที่", "นายกองค์การบริหารส่วนตำบลสมมตินา"],
                signed_at="2021-03-31T09:05:00+07:00",
            )
        ],
    )

    page = page_of(client, "document", "sommut-na", "abcd-1234")

    assert "จำเอก สมมติชาย ตั้งมั่น" in page
    assert "ปลัด ปฏิบัติหน้าที่" in page
    assert "เห็นควรเร่งรัดมาตรการที่ ๒" in page
    assert "๓๑ มี.ค. ๒๕๖๔ เวลา ๐๙.๐๕ น." in page


def test_superseded_document_stays_and_names_the_newer_one_with_the_reason(client, organisation):
    old = make_publication(organisation)
    new = make_publication(organisation, supersedes=old, correction_reason="ตารางที่ 2 พิมพ์ผิด")

    page = page_of(client, "document", "sommut-na", old.code)

    assert "เอกสารฉบับนี้มีฉบับใหม่แทนแล้ว" in page
    assert reverse("public:document", args=["sommut-na", new.code]) in page
    assert "เหตุที่แก้ไข: ตารางที่ ๒ พิมพ์ผิด" in page
    assert "เอกสารฉบับปัจจุบัน" not in page


def test_current_document_names_its_hash_and_the_one_before(client, organisation):
    old = make_publication(organisation)
    new = make_publication(organisation, supersedes=old)

    page = page_of(client, "document", "sommut-na", new.code)

    assert "เอกสารฉบับปัจจุบัน" in page
    assert new.pdf_sha256 in page
    assert reverse("public:document", args=["sommut-na", old.code]) in page


def test_document_under_another_organisation_is_not_found(client, organisation):
    elsewhere = make_organisation(slug="elsewhere")
    foreign = make_publication(elsewhere)

    assert status_of(client, "document", "sommut-na", foreign.code) == 404
    assert status_of(client, "pdf", "sommut-na", foreign.code) == 404


def test_public_pages_show_no_address_or_number_of_a_person(client, organisation):
    publication = make_publication(organisation)
    by = publication.published_by

    pages = [
        page_of(client, "organisation", "sommut-na"),
        page_of(client, "year", "sommut-na", 2564),
        page_of(client, "measure", "sommut-na", 2564, 1),
        page_of(client, "document", "sommut-na", publication.code),
    ]

    assert [page for page in pages if by.email in page or by.username in page] == []


def test_pages_show_no_field_that_was_added_to_the_content(client, organisation):
    secret = "ข้อมูลที่ไม่ได้อนุญาต"
    publication = make_publication(
        organisation,
        private=secret,
        measures=[measure(1, private=secret, progress=[make_progress(private=secret)])],
        signoff=[signer(1, decision="signed", signer_name="นางสาวสมมติ ใจดี", private=secret)],
    )

    pages = [
        page_of(client, "measure", "sommut-na", 2564, 1),
        page_of(client, "document", "sommut-na", publication.code),
    ]

    assert [page for page in pages if secret in page] == []


def test_allow_list_is_read_by_people_before_it_grows():
    fields = {
        shown.__name__: sorted(shown.__dataclass_fields__)
        for shown in (PublicEvidence, PublicProgress, PublicSigner)
    }

    assert fields == {
        "PublicEvidence": ["caption", "height", "kind", "pages", "sha256", "url", "width"],
        "PublicProgress": [
            "division",
            "evidence",
            "outcome",
            "result",
            "status",
            "status_note",
            "suggestion",
        ],
        "PublicSigner": [
            "caption",
            "decision",
            "opinion",
            "position_lines",
            "post",
            "rank",
            "reason",
            "role",
            "signed_at",
            "signer_name",
        ],
    }
    assert "published_by" not in PublicDocument.__dataclass_fields__
    assert "private" not in PublicMeasure.__dataclass_fields__


def test_pdf_is_the_published_bytes_with_a_thai_name(client, organisation):
    publication = make_publication(organisation, pdf=PDF)

    response = client.get(reverse("public:pdf", args=["sommut-na", publication.code]))

    name = f"รายงานผลการดำเนินการ-รอบ-6-เดือน-2564-{organisation.short_name}-{publication.code}.pdf"
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f"inline; filename*=utf-8''{quote(name)}"
    assert response["ETag"] == f'"{hashlib.sha256(PDF).hexdigest()}"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_pdf_that_the_browser_has_is_not_sent_again(client, organisation):
    publication = make_publication(organisation, pdf=PDF)

    response = client.get(
        reverse("public:pdf", args=["sommut-na", publication.code]),
        headers={"If-None-Match": f'"{publication.pdf_sha256}"'},
    )

    assert (response.status_code, response.content) == (304, b"")


def test_superseded_pdf_is_still_answered(client, organisation):
    old = make_publication(organisation, pdf=PDF)
    make_publication(organisation, supersedes=old, pdf=PDF + b"new")

    response = client.get(reverse("public:pdf", args=["sommut-na", old.code]))

    assert b"".join(response.streaming_content) == PDF


def make_publication_with_evidence(organisation, *evidence, **changes):
    return make_publication(
        organisation,
        measures=[measure(1, progress=[make_progress("กองคลัง", *evidence)])],
        **changes,
    )


@pytest.mark.parametrize(
    ("kind", "data", "content_type"),
    [("photo", JPEG, "image/jpeg"), ("pdf", PDF, "application/pdf")],
)
def test_evidence_is_answered_as_what_it_is(client, organisation, kind, data, content_type):
    evidence = make_evidence_file(kind, data)
    publication = make_publication_with_evidence(organisation, evidence)

    response = client.get(
        reverse("public:evidence", args=["sommut-na", publication.code, evidence["sha256"]])
    )

    assert b"".join(response.streaming_content) == data
    assert response["Content-Type"] == content_type
    assert response["X-Content-Type-Options"] == "nosniff"


def test_evidence_that_this_publication_does_not_name_is_not_found(client, organisation):
    named_elsewhere = make_evidence_file("photo", JPEG)
    make_publication_with_evidence(organisation, named_elsewhere)
    publication = make_publication_with_evidence(organisation, months=12)

    assert (
        status_of(client, "evidence", "sommut-na", publication.code, named_elsewhere["sha256"])
        == 404
    )


def test_evidence_of_another_type_is_not_served(client, organisation):
    evidence = make_evidence_file("photo", b"<script>", file="evidence/page.html")
    publication = make_publication_with_evidence(organisation, evidence)

    assert status_of(client, "evidence", "sommut-na", publication.code, evidence["sha256"]) == 404


def test_evidence_whose_file_is_gone_is_not_found(client, organisation):
    evidence = make_evidence("photo", file="evidence/gone.jpg", sha256="a" * 64)
    publication = make_publication_with_evidence(organisation, evidence)

    assert status_of(client, "evidence", "sommut-na", publication.code, "a" * 64) == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_public_pages_only_read(client, organisation, method):
    publication = make_publication(organisation)

    answers = [
        getattr(client, method)(address).status_code
        for address in (
            reverse("public:home"),
            reverse("public:organisation", args=["sommut-na"]),
            reverse("public:document", args=["sommut-na", publication.code]),
            reverse("public:pdf", args=["sommut-na", publication.code]),
        )
    ]

    assert answers == [405, 405, 405, 405]
    assert Document.objects.count() == 1
