"""Citizen numbers, telephones and e-mail addresses are found, and never repeated whole."""

import pytest

from measures.domain import proofreading
from measures.domain.errors import Invalid
from measures.domain.filing import evidence
from measures.domain.proofreading import Known, remarks_in
from measures.domain.proofreading.personal_data import is_citizen_number
from measures.domain.signing import signoffs
from measures.models import Evidence, Waiver
from tests.factories.flow import make_draft
from tests.factories.proofreading import content_saying, make_draft_with_remark, only_remark

# Invented; put together here, so that no whole number stands in a file.
FIRST = "123456789012"
OWN = "example.go.th"
CITIZEN = FIRST + "1"
FORMS = [
    CITIZEN,
    f"{CITIZEN[0]}-{CITIZEN[1:5]}-{CITIZEN[5:10]}-{CITIZEN[10:12]}-{CITIZEN[12]}",
    f"{CITIZEN[0]} {CITIZEN[1:5]} {CITIZEN[5:10]} {CITIZEN[10:12]} {CITIZEN[12]}",
    CITIZEN.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
]
PERSONAL = {"citizen_number", "phone_number", "mail_address"}


def found(text, **changes):
    whole = content_saying(text)
    whole["organisation"] |= {"phone": "0 4200 0000", "website": "https://www.example.go.th"}
    whole["organisation"] |= changes
    return [
        (remark.rule.value, remark.text)
        for remark in remarks_in(whole, Known())
        if remark.rule.value in PERSONAL
    ]


@pytest.mark.parametrize("written", FORMS)
def test_citizen_number_is_found_however_it_is_written(written):
    assert found(f"นายสมมติ เลขที่ {written} มารับบริการ") == [("citizen_number", "xxxxxxxxxx121")]


@pytest.mark.parametrize(
    "written",
    [FIRST + "2", "9" + CITIZEN[1:], CITIZEN + "4", "0" + CITIZEN, f"A{CITIZEN}", f"{CITIZEN}/64"],
)
def test_thirteen_digits_that_are_no_citizen_number_are_left(written):
    assert [rule for rule, _text in found(f"เลขที่ {written} ครับ") if rule == "citizen_number"] == []


@pytest.mark.parametrize("digits", ["", "1", CITIZEN[:-1], CITIZEN + "1", FIRST + "0"])
def test_check_digit_of_what_is_no_citizen_number(digits):
    assert is_citizen_number(digits) is False


@pytest.mark.parametrize(
    "written",
    [
        "0812345678",
        "08 1234 5678",
        "081-234-5678",
        "๐๘๑-๒๓๔๕๖๗๘",
        "(081) 234 5678",
        "+66 81 234 5678",
        "+66 (0) 812345678",
    ],
)
def test_mobile_telephone_is_found_however_it_is_written(written):
    assert found(f"ติดต่อ {written} ได้ตลอดเวลา") == [("phone_number", "xxxxxxx678")]


@pytest.mark.parametrize("written", ["0 2123 4567", "043-123-456 ", "053123456"])
def test_telephone_of_a_house_is_found(written):
    assert [rule for rule, _text in found(f"โทร. {written}ค่ะ")] == ["phone_number"]


@pytest.mark.parametrize("written", ["0 4200 0000", "๐-๔๒๐๐-๐๐๐๐", "+66 4200 0000"])
def test_telephone_of_the_office_is_not_personal(written):
    assert found(f"สอบถามได้ที่ {written}") == []


@pytest.mark.parametrize(
    "text",
    [
        "ใช้งบประมาณ 1,234,567.89 บาท และ 12345678901 หน่วย",
        "ที่ สม 76801/0123 ลงวันที่ 02-03-2564",
        "ตั้งแต่ 02.03.2564 9.30 น.",
        "ตัวชี้วัดที่ 1.2.3.4.5.6.7.8.9.10",
    ],
)
def test_other_numbers_are_left(text):
    assert found(text) == []


def test_mail_is_personal_but_for_the_domain_of_the_office():
    mails = "a@example.go.th b@mail.example.go.th Somchai@example.com c@not" + OWN

    assert found(mails) == [
        ("mail_address", "S…@example.com"),
        ("mail_address", f"c…@not{OWN}"),
    ]
    assert len(found("a@example.go.th", website="")) == 1


def test_message_and_waiver_never_repeat_the_whole_number():
    (remark,) = [
        each
        for each in remarks_in(content_saying(f"เลขที่ {CITIZEN}"), Known())
        if each.rule == "citizen_number"
    ]

    assert CITIZEN not in remark.sentence() + remark.text + remark.fingerprint
    assert remark.message == (
        "พบข้อมูลส่วนบุคคล (เลขประจำตัวประชาชน xxxxxxxxxx121) โปรดลบหรือปิดบังก่อนเผยแพร่"
    )


def test_hostile_text_is_read_quickly():
    assert found("1 - " * 50_000 + "0-" * 50_000 + "@" * 50_000 + "a." * 50_000) == []


# In files, and before signature -------------------------------------------------------------------


@pytest.fixture
def draft_with_file(office):
    """A draft with a file as evidence, in which a citizen number is written."""
    draft = make_draft(office)
    entry = draft.round.entries.first()
    piece = evidence.attach_link(
        entry, by=office.coordinator, url="https://example.go.th/1", caption="รายชื่อ"
    )
    Evidence.objects.filter(pk=piece.pk).update(
        kind="pdf", url="", original="evidence/list.pdf", sha256="a" * 64, text=f"๑. {FORMS[1]}"
    )
    return draft


def test_text_of_a_file_is_read_and_keeps_the_document_from_signature(office, draft_with_file):
    remark = only_remark(draft_with_file)
    assert (remark.rule, remark.place) == (
        "citizen_number",
        "มาตรการที่ 1 ไฟล์หลักฐาน “รายชื่อ”",
    )

    with pytest.raises(Invalid):
        signoffs.submit(draft_with_file, by=office.coordinator)

    proofreading.waive(
        draft_with_file, remark.fingerprint, by=office.coordinator, reason="เป็นเลขสมมติ"
    )
    signoffs.submit(draft_with_file, by=office.coordinator)
    assert CITIZEN not in Waiver.objects.get().message


def test_number_in_the_text_of_the_document_is_found(office):
    draft = make_draft_with_remark(office, closing="ติดต่อ นายสมมติ โทร. 081-234-5678")

    assert only_remark(draft).rule == "phone_number"
