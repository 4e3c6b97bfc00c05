"""Letting a remark stand: by whom, on which words, how it is logged and taken back."""

import datetime

import pytest

from measures.domain import documents, proofreading
from measures.domain.errors import Invalid
from measures.domain.publishing import publications
from measures.domain.signing import signoffs
from measures.models import (
    Document,
    DocumentState,
    Event,
    Framework,
    Instrument,
    Item,
    Publication,
    Waiver,
)
from measures.permissions import NotAllowed
from tests.factories.flow import make_draft, make_in_state, publish, submit, verbs_of
from tests.factories.organisations import make_organisation
from tests.factories.people import make_administrator, make_measure, make_office
from tests.factories.proofreading import (
    REASON,
    make_draft_with_remark,
    only_remark,
    waive_remark,
)

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2021, 3, 31, 3, 0, tzinfo=datetime.UTC)


def waive(office, document, fingerprint=None, **changes):
    values = {"by": office.coordinator, "reason": REASON}
    fingerprint = fingerprint or only_remark(document).fingerprint
    return proofreading.waive(document, fingerprint, **values | changes)


def test_waiver_is_stored_and_logged_with_its_reason(office):
    document = make_draft_with_remark(office)
    remark = only_remark(document)

    waiver = waive(office, document, now=NOW)

    assert Waiver.objects.get() == waiver
    assert (waiver.document, waiver.rule, waiver.fingerprint, waiver.message) == (
        document,
        "mixed_numerals",
        remark.fingerprint,
        remark.sentence(),
    )
    assert (waiver.reason, waiver.waived_at, waiver.waived_by) == (REASON, NOW, office.coordinator)
    event = Event.objects.about(document).get(verb="remark_waived")
    assert (event.actor, event.at) == (office.coordinator, NOW)
    assert event.data == {
        "rule": "mixed_numerals",
        "remark": remark.sentence(),
        "fingerprint": remark.fingerprint,
        "reason": REASON,
    }
    assert proofreading.open_remarks(document) == []
    assert [(each.remark, each.waiver) for each in proofreading.remarks_of(document)] == [
        (remark, waiver)
    ]


def test_withdrawal_opens_the_remark_again_and_the_log_keeps_what_was_waived(office):
    document = make_draft_with_remark(office)
    remark = only_remark(document)
    waive(office, document)

    for _press in range(2):
        proofreading.withdraw(document, remark.fingerprint, by=office.coordinator, now=NOW)

    assert proofreading.open_remarks(document) == [remark]
    assert not Waiver.objects.exists()
    event = Event.objects.about(document).get(verb="waiver_withdrawn")
    assert (event.at, event.data["remark"], event.data["waived_because"]) == (
        NOW,
        remark.sentence(),
        REASON,
    )


def test_second_press_is_answered_with_the_first_waiver(office):
    document = make_draft_with_remark(office)
    fingerprint = only_remark(document).fingerprint

    first, second = (
        waive(office, document, fingerprint, reason=reason) for reason in (REASON, "เหตุผลอื่น")
    )

    assert (second, second.reason) == (first, REASON)
    assert verbs_of(office.organisation).count("remark_waived") == 1


@pytest.mark.parametrize("reason", ["", " \n\t"])
def test_reason_is_required(office, reason):
    document = make_draft_with_remark(office)

    with pytest.raises(Invalid, match="โปรดกรอกเหตุผลที่ยกเว้น"):
        waive(office, document, reason=reason)

    assert not Waiver.objects.exists()


def test_unknown_remark_is_refused(office):
    document = make_draft_with_remark(office)

    with pytest.raises(Invalid, match="ไม่พบข้อสังเกตนี้แล้ว ข้อความอาจถูกแก้ไข โปรดเปิดหน้าเอกสารใหม่"):
        waive(office, document, "0" * 64)


@pytest.mark.parametrize(
    "closing", ["แล้วเสร็จ ๒๕๖4 งานเศษ", "รวมแล้วเสร็จ ๒๕๖4 งาน", "แล้วเสร็จ ๒๕๖5 งาน"]
)
def test_waiver_holds_no_more_when_the_text_changes(office, closing):
    document = make_draft_with_remark(office)
    waive(office, document)
    document.refresh_from_db()
    documents.edit(document, by=office.coordinator, version=document.version, closing=closing)

    document = Document.objects.get()
    assert len(proofreading.open_remarks(document)) == 1
    assert [each.waiver for each in proofreading.remarks_of(document)] == [None]


def test_waiver_still_holds_when_another_text_changes(office):
    document = make_draft_with_remark(office)
    waive(office, document)
    documents.edit(document, by=office.coordinator, version=document.version, opening="ตามที่")

    assert proofreading.open_remarks(Document.objects.get()) == []


@pytest.mark.parametrize(
    "name",
    ["staff", "finance_staff", "head", "deputy", "clerk", "mayor", "outsider", "superuser"],
)
def test_nobody_but_the_coordinator_by_post_waives_or_withdraws(office, name):
    person = make_administrator() if name == "superuser" else getattr(office, name)
    document = make_draft_with_remark(office)

    with pytest.raises(NotAllowed, match="เฉพาะผู้ประสานงาน"):
        waive(office, document, by=person)
    waiver = waive_remark(office, document)
    with pytest.raises(NotAllowed, match="เฉพาะผู้ประสานงาน"):
        proofreading.withdraw(document, waiver.fingerprint, by=person)

    assert Waiver.objects.get() == waiver


@pytest.mark.parametrize(
    "state",
    [
        state
        for state in DocumentState.values
        if state not in (DocumentState.DRAFT, DocumentState.RETURNED)
    ],
)
def test_what_has_left_the_desk_keeps_its_waivers(office, state):
    document = make_in_state(office, state)
    waiver = Waiver.objects.create(
        document=document,
        rule="no_result",
        fingerprint="a" * 64,
        message="ก",
        reason=REASON,
        waived_at=NOW,
        waived_by=office.coordinator,
    )

    for act in (
        lambda: waive(office, document, "b" * 64),
        lambda: proofreading.withdraw(document, waiver.fingerprint, by=office.coordinator),
    ):
        with pytest.raises(Invalid, match="จึงแก้ไขไม่ได้"):
            act()

    assert Waiver.objects.get() == waiver


# Submission --------------------------------------------------------------------------------------


def test_open_remark_keeps_the_document_from_being_submitted(office):
    document = make_draft_with_remark(office)

    with pytest.raises(Invalid) as refusal:
        submit(office, document)

    assert str(refusal.value) == (
        "ยังเสนอลงนามไม่ได้: ข้อความลงท้าย: “๒๕๖4” มีเลขไทยปนเลขอารบิกในจำนวนเดียว โปรดพิมพ์เป็น “๒๕๖๔”"
    )
    assert Document.objects.get().state == DocumentState.DRAFT


def test_waived_remark_lets_it_pass_and_stays_with_what_is_signed_and_published(office):
    document = make_draft_with_remark(office)
    waiver = waive_remark(office, document)

    signoff = submit(office, document)
    document = Document.objects.get()
    assert [each.waiver for each in proofreading.remarks_of(document)] == [waiver]

    for order, person in enumerate(office.chain[1:], start=2):
        signoffs.approve(signoff.steps.get(order=order), by=person)
    document = Document.objects.get()
    publish(office, document)

    assert Publication.objects.exists()
    assert [each.waiver for each in proofreading.remarks_of(Document.objects.get())] == [waiver]


# What is recorded elsewhere ----------------------------------------------------------------------


def make_items(year, numbers):
    framework = Framework.objects.create(fiscal_year=year)
    instrument = Instrument.objects.create(framework=framework, code="OIT")
    Item.objects.bulk_create(Item(instrument=instrument, number=number) for number in numbers)


@pytest.mark.parametrize(
    ("analysed", "this", "found"),
    [
        ([1, 2, 3], [1, 2], ["O4"]),
        ([1, 2, 3, 4], [1, 2], []),
        ([1, 3], [1, 2], []),  # a list with a gap is not known yet
    ],
)
def test_items_are_those_of_the_frameworks_of_both_years(office, analysed, this, found):
    make_items(2562, [1, 2, 3, 4])
    make_items(2563, analysed)
    make_items(2564, this)
    document = make_draft_with_remark(office, closing="ตามข้อ O4")

    assert [remark.text for remark in proofreading.open_remarks(document)] == found


def test_other_offices_of_the_install_are_known(db):
    office = make_office(name="องค์การบริหารส่วนตำบลสมมติดาด")
    similar = "องค์การบริหารส่วนตำบลสมมติดาต"
    document = make_draft_with_remark(office, closing=f"ร่วมกับ{similar}")
    before = [remark.text for remark in proofreading.open_remarks(document)]
    make_organisation(name=similar)

    assert (before, proofreading.open_remarks(document)) == ([similar], [])


def test_waivers_of_another_document_do_not_count(office):
    waive_remark(office, make_draft_with_remark(office))
    other = make_office()
    document = make_draft_with_remark(other)

    assert [each.waiver for each in proofreading.remarks_of(document)] == [None]


@pytest.mark.parametrize("measures", [1, 3])
def test_as_many_questions_for_one_measure_as_for_three(
    office, measures, django_assert_num_queries
):
    for number in range(2 + 1, 2 + measures):
        make_measure(office.organisation, office.works, number=number)
    document = Document.objects.select_related("organisation", "round").get(
        pk=make_draft(office).pk
    )
    content = publications.content_of(document)

    with django_assert_num_queries(2):  # waivers, items; other names only where one is alike
        assert proofreading.remarks_of(document, content) == []
