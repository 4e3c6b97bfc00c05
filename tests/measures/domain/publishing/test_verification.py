"""Verification finds whatever was changed after publication, by whatever hand."""

import datetime
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.domain.hashes import canonical_json, sha256_of
from measures.domain.publishing import verification
from measures.domain.publishing.publications import chain_hash
from measures.domain.publishing.verification import Aspect, verify
from measures.models import Event, Publication
from tests.factories.flow import PDF, correct, publish
from tests.factories.people import make_office
from tests.factories.tampering import change, exchange_numbers, flip_one_bit, remove

pytestmark = pytest.mark.django_db

ARCHIVE = PDF + b"archived"


@pytest.fixture
def pair(office):
    first = publish(office, archive=ARCHIVE, sealed_by="องค์กรสมมติ")
    return first, correct(office, first, "ฉบับแก้ไข")


def named(publication):
    return f"เอกสารเผยแพร่ลำดับที่ {publication.number} ({publication.code})"


def run(*arguments):
    out = StringIO()
    call_command("verify_publications", *arguments, stdout=out)
    return out.getvalue()


def published_event(publication):
    return Event.objects.get(verb="published", data__code=publication.code)


def test_untouched_publications_verify(office, pair):
    other = make_office()

    assert verify(office.organisation) == []
    assert sorted(run().splitlines()) == sorted(
        [
            f"{office.organisation.slug}: ถูกต้อง 2 ฉบับ",
            f"{other.organisation.slug}: ถูกต้อง 0 ฉบับ",
            f"{office.outsider.holdings.get().post.organisation.slug}: ถูกต้อง 0 ฉบับ",
            f"{other.outsider.holdings.get().post.organisation.slug}: ถูกต้อง 0 ฉบับ",
        ]
    )


def assert_found(office, faults):
    assert [str(fault) for fault in verify(office.organisation)] == faults
    with pytest.raises(CommandError) as failure:
        run("--organisation", office.organisation.slug)
    assert str(failure.value) == (
        f"{office.organisation.slug}: {faults[0]} (พบทั้งหมด {len(faults)} จุด)"
    )


def test_one_changed_byte_of_a_pdf_is_found(office, pair):
    first, _second = pair
    flip_one_bit(first.pdf.name)

    assert_found(office, [f"{named(first)}: ไฟล์ PDF ไม่ตรงกับค่าแฮช"])


def test_one_changed_byte_of_an_archive_is_found(office, pair):
    first, _second = pair
    flip_one_bit(first.archive.name)

    assert_found(office, [f"{named(first)}: ไฟล์ PDF ถาวร ไม่ตรงกับค่าแฮช"])


def test_missing_files_are_found(office, pair):
    first, _second = pair
    default_storage.delete(first.pdf.name)
    default_storage.delete(first.archive.name)

    assert_found(office, [f"{named(first)}: ไม่พบไฟล์ PDF", f"{named(first)}: ไม่พบไฟล์ PDF ถาวร"])


def test_one_changed_letter_of_the_content_is_found(office, pair):
    first, _second = pair
    forged = canonical_json(first.content).replace("สำนักปลัด".encode(), "สำนักปลัก".encode(), 1)

    change(first, content=forged.decode())

    assert_found(office, [f"{named(first)}: เนื้อหาไม่ตรงกับค่าแฮช"])


def test_changed_content_with_its_hash_made_anew_is_found(office, pair):
    first, _second = pair
    forged = first.content | {"fiscal_year": 2565}

    change(first, content=canonical_json(forged).decode(), content_sha256=sha256_of(forged))

    assert_found(
        office,
        [
            f"{named(first)}: ข้อมูลในทะเบียนไม่ตรงกับเนื้อหา",
            f"{named(first)}: ค่าแฮชของฉบับไม่ถูกต้อง",
        ],
    )


def test_content_forged_past_reading_is_found(office, pair):
    first, _second = pair

    change(first, content="[]", content_sha256=sha256_of([]))

    assert_found(
        office,
        [
            f"{named(first)}: ข้อมูลในทะเบียนไม่ตรงกับเนื้อหา",
            f"{named(first)}: ค่าแฮชของฉบับไม่ถูกต้อง",
        ],
    )


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="jsonb refuses half a character")
def test_content_that_is_no_text_is_found(office, pair):
    first, _second = pair

    change(first, content='{"memo": "\\ud800"}')

    assert_found(office, [f"{named(first)}: เนื้อหาไม่ตรงกับค่าแฮช"])


def test_whole_row_forged_with_every_hash_made_anew_breaks_chain_and_log(office, pair):
    first, second = pair
    forged = first.content | {"organisation": first.content["organisation"] | {"name": "อื่น"}}
    first.content_sha256 = sha256_of(forged)

    change(
        first,
        content=canonical_json(forged).decode(),
        content_sha256=first.content_sha256,
        hash=chain_hash(first),
    )

    assert_found(
        office,
        [
            f"{named(second)}: ไม่ต่อกับฉบับก่อนหน้า",
            f"เอกสารเผยแพร่ {first.code} มีในบันทึกเหตุการณ์ แต่ไม่พบในทะเบียน",
            f"เอกสารเผยแพร่ {first.code} ไม่มีในบันทึกเหตุการณ์",
        ],
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [("pdf_sha256", "a" * 64), ("archive_sha256", ""), ("sealed_by", "ผู้อื่น"), ("code", "aaaa-bbbb")],
)
def test_each_column_that_the_rows_hash_covers_is_guarded(office, pair, column, value):
    first, _second = pair

    change(first, **{column: value})

    changed = Publication.objects.get(pk=first.pk)
    assert f"{named(changed)}: ค่าแฮชของฉบับไม่ถูกต้อง" in [
        str(fault) for fault in verify(office.organisation)
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [("kind", "plan"), ("fiscal_year", 2565), ("round_months", 12), ("template_version", "9")],
)
def test_columns_that_no_hash_covers_must_say_what_the_content_says(office, pair, column, value):
    first, _second = pair

    change(first, **{column: value})

    assert_found(office, [f"{named(first)}: ข้อมูลในทะเบียนไม่ตรงกับเนื้อหา"])


def test_another_time_of_publishing_is_found(office, pair):
    first, _second = pair

    change(first, published_at=first.published_at - datetime.timedelta(hours=2))

    assert f"เอกสารเผยแพร่ {first.code} มีวันเวลาหรือฉบับที่แทนไม่ตรงกับบันทึกเหตุการณ์" in [
        str(fault) for fault in verify(office.organisation)
    ]


def test_correction_that_no_longer_supersedes_is_found(office, pair):
    _first, second = pair

    change(second, supersedes_id=None)

    assert_found(office, [f"เอกสารเผยแพร่ {second.code} มีวันเวลาหรือฉบับที่แทนไม่ตรงกับบันทึกเหตุการณ์"])


def test_changed_hash_of_a_row_breaks_the_row_the_next_link_and_the_log(office, pair):
    first, second = pair

    change(first, hash="0" * 64)

    assert_found(
        office,
        [
            f"{named(first)}: ค่าแฮชของฉบับไม่ถูกต้อง",
            f"{named(second)}: ไม่ต่อกับฉบับก่อนหน้า",
            f"เอกสารเผยแพร่ {first.code} มีในบันทึกเหตุการณ์ แต่ไม่พบในทะเบียน",
            f"เอกสารเผยแพร่ {first.code} ไม่มีในบันทึกเหตุการณ์",
        ],
    )


def test_changed_link_of_a_row_is_found(office, pair):
    _first, second = pair

    change(second, previous_hash="0" * 64)

    assert_found(
        office,
        [f"{named(second)}: ไม่ต่อกับฉบับก่อนหน้า", f"{named(second)}: ค่าแฮชของฉบับไม่ถูกต้อง"],
    )


def test_changed_number_of_a_row_leaves_a_gap(office, pair):
    _first, second = pair

    change(second, number=3)

    name = f"เอกสารเผยแพร่ลำดับที่ 3 ({second.code})"
    assert_found(office, ["เอกสารเผยแพร่ลำดับที่ 2 หายไป", f"{name}: ค่าแฮชของฉบับไม่ถูกต้อง"])


def test_rows_that_changed_places_are_found(office, pair):
    first, second = pair

    exchange_numbers(first, second)

    now_first = f"เอกสารเผยแพร่ลำดับที่ 1 ({second.code})"
    now_second = f"เอกสารเผยแพร่ลำดับที่ 2 ({first.code})"
    assert_found(
        office,
        [
            f"{now_first}: ไม่ต่อกับฉบับก่อนหน้า",
            f"{now_first}: ค่าแฮชของฉบับไม่ถูกต้อง",
            f"{now_second}: ไม่ต่อกับฉบับก่อนหน้า",
            f"{now_second}: ค่าแฮชของฉบับไม่ถูกต้อง",
        ],
    )


def test_removed_publication_is_found_even_when_it_was_the_last(office, pair):
    _first, second = pair

    remove(second)

    assert_found(office, [f"เอกสารเผยแพร่ {second.code} มีในบันทึกเหตุการณ์ แต่ไม่พบในทะเบียน"])


def test_removed_first_publication_is_found(office, pair):
    first, second = pair

    remove(first)

    assert_found(
        office,
        [
            "เอกสารเผยแพร่ลำดับที่ 1 หายไป",
            f"{named(second)}: ไม่ต่อกับฉบับก่อนหน้า",
            f"เอกสารเผยแพร่ {first.code} มีในบันทึกเหตุการณ์ แต่ไม่พบในทะเบียน",
            f"เอกสารเผยแพร่ {second.code} มีวันเวลาหรือฉบับที่แทนไม่ตรงกับบันทึกเหตุการณ์",
        ],
    )


def test_changed_event_is_found(office, pair):
    event = Event.objects.filter(organisation=office.organisation, verb="submitted").last()

    change(event, actor_name="คนอื่น")

    assert_found(office, [f"บันทึกเหตุการณ์ลำดับที่ {event.sequence} ถูกแก้ไขหลังบันทึก"])


@pytest.mark.parametrize("data", ["[]", "{}", '{"hash": ["x"]}'])
def test_event_of_publishing_forged_past_reading_is_found(office, pair, data):
    first, _second = pair
    event = published_event(first)

    change(event, data=data)

    faults = [str(fault) for fault in verify(office.organisation)]
    assert f"บันทึกเหตุการณ์ลำดับที่ {event.sequence} ถูกแก้ไขหลังบันทึก" in faults
    assert f"เอกสารเผยแพร่ {first.code} ไม่มีในบันทึกเหตุการณ์" in faults


def test_one_publication_is_checked_with_the_chain_it_hangs_on(office, pair):
    first, second = pair

    whole = verification.check(Publication.objects.get(pk=second.pk))

    assert (whole.position, whole.total, whole.faults) == (2, 2, ())
    assert [check.aspect for check in whole.checks()] == [
        aspect for aspect in Aspect if aspect != Aspect.ARCHIVE
    ]
    assert Aspect.ARCHIVE in [check.aspect for check in verification.check(first).checks()]


def test_faults_are_told_apart_by_whose_they_are(office, pair):
    first, second = pair
    flip_one_bit(second.pdf.name)
    change(first, sealed_by="ผู้อื่น")

    of_first, of_second = (verification.check(Publication.objects.get(pk=each.pk)) for each in pair)

    assert [str(fault) for fault in of_first.own_faults()] == [
        f"{named(first)}: ค่าแฮชของฉบับไม่ถูกต้อง"
    ]
    assert of_first.other_faults() == []  # the files of others have pages of their own
    assert [str(fault) for fault in of_second.own_faults()] == [
        f"{named(second)}: ไฟล์ PDF ไม่ตรงกับค่าแฮช"
    ]
    assert [fault.code for fault in of_second.other_faults()] == [first.code]


def test_chain_without_its_last_row_still_tells_how_long_it_was(office, pair):
    first, second = pair
    remove(first)

    whole = verification.check(Publication.objects.get(pk=second.pk))

    assert (whole.position, whole.total) == (2, 2)


def test_checking_one_publication_asks_as_much_of_a_longer_chain(office, pair):
    first, second = pair
    with CaptureQueriesContext(connection) as of_two:
        verification.check(first)
    correct(office, second, "ฉบับแก้ไขอีกครั้ง")

    with CaptureQueriesContext(connection) as of_three:
        verification.check(first)

    assert len(of_two) == len(of_three) == 6


def test_lost_publication_is_known_from_the_log(office, pair):
    _first, second = pair
    assert verification.lost(second.code) is None
    remove(second)

    found = verification.lost(second.code)

    assert (found.organisation, found.number, found.hash) == (
        office.organisation,
        "2",
        second.hash,
    )
    assert verification.lost("zzzz-zzzz") is None


def test_publication_is_found_by_either_of_its_files(office, pair):
    first, second = pair

    found = [
        verification.with_file(sha256)
        for sha256 in (first.pdf_sha256, first.archive_sha256, second.pdf_sha256, "a" * 64)
    ]

    assert found == [first, first, second, None]


def test_command_checks_one_organisation_when_asked(office, pair):
    broken = publish(make_office())
    default_storage.delete(broken.pdf.name)

    assert run("--organisation", office.organisation.slug) == (
        f"{office.organisation.slug}: ถูกต้อง 2 ฉบับ\n"
    )
    with pytest.raises(CommandError):
        run()


def test_command_does_not_call_an_unknown_organisation_sound(office):
    with pytest.raises(CommandError) as failure:
        run("--organisation", "nowhere")

    assert str(failure.value) == "ไม่พบหน่วยงาน nowhere"
