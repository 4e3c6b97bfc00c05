"""The first draft is assembled from the data, in sentences that stand without it too."""

import datetime
from decimal import Decimal

import pytest

from measures.domain import drafts
from measures.models import AssessmentResult, Division, DocumentLayout, Organisation
from tests.factories.organisations import make_organisation
from tests.factories.people import make_office, make_round

pytestmark = pytest.mark.django_db

DAY = datetime.date(2021, 3, 31)


@pytest.fixture
def office():
    return make_office(
        slug="sommut-na",
        name="องค์การบริหารส่วนตำบลสมมตินา",
        amphoe="สมมติเมือง",
        changwat="สมมติธานี",
        phone="0 4200 0000",
    )


def test_memo_fields_come_from_the_organisation(office):
    fields = drafts.report_fields(office.round, on=DAY)

    assert {
        name: fields[name] for name in ("office", "number", "dated", "addressee", "through")
    } == {
        "office": "สำนักปลัด องค์การบริหารส่วนตำบลสมมตินา โทร. 0 4200 0000",
        "number": "สม 76801/",
        "dated": DAY,
        "addressee": "นายกองค์การบริหารส่วนตำบลสมมตินา",
        "through": "",
    }


def test_organisation_that_has_given_little_still_gets_a_memo():
    bare = make_organisation(name="เทศบาลตำบลสมมติ", phone="", document_prefix="")

    fields = drafts.plan_fields(bare, 2564, on=DAY)

    assert (fields["office"], fields["number"], fields["addressee"], fields["assessment"]) == (
        "เทศบาลตำบลสมมติ",
        "",
        "นายกเทศมนตรีตำบลสมมติ",
        "",
    )


@pytest.mark.parametrize(("months", "words"), [(6, "(รอบ 6 เดือน)"), (12, "(รอบ 12 เดือน)")])
def test_report_names_year_and_round(office, months, words):
    this_round = office.round if months == 6 else make_round(office.organisation, months=months)

    subject = drafts.report_fields(this_round, on=DAY)["subject"]

    assert subject.endswith(f"ประจำปีงบประมาณ พ.ศ. 2564 {words}")


def test_score_of_the_year_before_is_told(office):
    AssessmentResult.objects.create(
        organisation=office.organisation, fiscal_year=2563, total=Decimal("51.63"), level="E"
    )
    for organisation, year in ((office.organisation, 2562), (make_organisation(), 2563)):
        AssessmentResult.objects.create(
            organisation=organisation, fiscal_year=year, total=Decimal("99.99")
        )

    assert drafts.assessment_sentence(office.organisation, 2564) == (
        "ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ "
        "(Integrity and Transparency Assessment: ITA) ประจำปีงบประมาณ พ.ศ. 2563 "
        "ขององค์การบริหารส่วนตำบลสมมตินา อำเภอสมมติเมือง จังหวัดสมมติธานี "
        "มีคะแนนรวม 51.63 คะแนน อยู่ในระดับ E"
    )


def test_result_without_a_total_is_not_told(office):
    AssessmentResult.objects.create(organisation=office.organisation, fiscal_year=2563)

    assert drafts.assessment_sentence(office.organisation, 2564) == ""


def test_layout_is_the_organisations_own_where_it_can_be_printed(office):
    layouts = {}
    for layout in ("memo_status", "no_such_layout"):
        Organisation.objects.update(default_layout=layout)
        fields = drafts.plan_fields(Organisation.objects.get(slug="sommut-na"), 2564, on=DAY)
        layouts[layout] = fields["layout"]

    assert layouts == {"memo_status": "memo_status", "no_such_layout": DocumentLayout.MEMO_STATUS}


def test_longest_names_still_fit_their_columns(office):
    organisation = office.organisation
    organisation.name = "ก" * 200
    organisation.phone = "0" * 50
    Division.objects.filter(pk=office.secretariat.pk).update(name="ข" * 200)

    for fields in (
        drafts.plan_fields(organisation, 2564, on=DAY),
        drafts.report_fields(office.round, on=DAY),
    ):
        assert len(fields["office"]) <= 300
        assert len(fields["addressee"]) <= 300
        assert len(fields["results_title"]) <= 500
        assert len(fields["subject"]) <= 500
