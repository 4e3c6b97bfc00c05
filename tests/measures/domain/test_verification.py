"""Verification finds whatever was changed after publication, by whatever hand."""

from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from measures.domain import publications
from measures.domain.hashes import canonical_json, sha256_of
from measures.domain.publications import verify
from measures.models import Event
from tests.factories.flow import (
    PDF,
    correct,
    publish,
)
from tests.factories.people import make_office
from tests.factories.tampering import tampered

pytestmark = pytest.mark.django_db


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def pair(office):
    first = publish(office)
    return first, correct(office, first, "ฉบับแก้ไข")


def named(publication):
    return f"เอกสารเผยแพร่ลำดับที่ {publication.number} ({publication.code})"


def run(*arguments):
    out = StringIO()
    call_command("verify_publications", *arguments, stdout=out)
    return out.getvalue()


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
    assert verify(office.organisation) == faults
    with pytest.raises(CommandError) as failure:
        run("--organisation", office.organisation.slug)
    assert str(failure.value) == (
        f"{office.organisation.slug}: {faults[0]} (พบทั้งหมด {len(faults)} จุด)"
    )


def test_changed_pdf_is_found(office, pair):
    first, _second = pair
    with default_storage.open(first.pdf.name, "wb") as file:
        file.write(PDF.replace(b"memo", b"hoax"))

    assert_found(office, [f"{named(first)}: ไฟล์ PDF ไม่ตรงกับค่าแฮช"])


def test_missing_pdf_is_found(office, pair):
    first, _second = pair
    default_storage.delete(first.pdf.name)

    assert_found(office, [f"{named(first)}: ไม่พบไฟล์ PDF"])


def test_changed_content_is_found(office, pair):
    first, _second = pair
    forged = canonical_json(first.content).replace("สำนักปลัด".encode(), "สำนักอื่น".encode())

    with tampered("measures_publication", "UPDATE"):
        execute(
            "UPDATE measures_publication SET content = %s WHERE id = %s", forged.decode(), first.pk
        )

    assert_found(office, [f"{named(first)}: เนื้อหาไม่ตรงกับค่าแฮช"])


def test_changed_content_with_its_hash_made_anew_is_found(office, pair):
    first, _second = pair
    forged = first.content | {"fiscal_year": 2565}

    with tampered("measures_publication", "UPDATE"):
        execute(
            "UPDATE measures_publication SET content = %s, content_sha256 = %s WHERE id = %s",
            canonical_json(forged).decode(),
            sha256_of(forged),
            first.pk,
        )

    assert_found(office, [f"{named(first)}: ค่าแฮชของฉบับไม่ถูกต้อง"])


def test_whole_row_forged_with_every_hash_made_anew_breaks_chain_and_log(office, pair):
    first, second = pair
    forged = first.content | {"fiscal_year": 2565}
    first.content_sha256 = sha256_of(forged)
    forged_hash = publications._chain_hash(first)

    with tampered("measures_publication", "UPDATE"):
        execute(
            "UPDATE measures_publication SET content = %s, content_sha256 = %s, hash = %s"
            " WHERE id = %s",
            canonical_json(forged).decode(),
            first.content_sha256,
            forged_hash,
            first.pk,
        )

    assert_found(
        office,
        [
            f"{named(second)}: ไม่ต่อกับฉบับก่อนหน้า",
            f"เอกสารเผยแพร่ {first.code} มีในบันทึกเหตุการณ์ แต่ไม่พบในทะเบียน",
            f"เอกสารเผยแพร่ {first.code} ไม่มีในบันทึกเหตุการณ์",
        ],
    )


def test_removed_publication_is_found_even_when_it_was_the_last(office, pair):
    _first, second = pair

    with tampered("measures_publication", "DELETE"):
        execute("DELETE FROM measures_publication WHERE id = %s", second.pk)

    assert_found(office, [f"เอกสารเผยแพร่ {second.code} มีในบันทึกเหตุการณ์ แต่ไม่พบในทะเบียน"])


def test_removed_first_publication_is_found(office, pair):
    first, second = pair

    with tampered("measures_publication", "UPDATE"), tampered("measures_publication", "DELETE"):
        execute("UPDATE measures_publication SET supersedes_id = NULL WHERE id = %s", second.pk)
        execute("DELETE FROM measures_publication WHERE id = %s", first.pk)

    assert_found(
        office,
        [
            "เอกสารเผยแพร่ลำดับที่ 1 หายไป",
            f"{named(second)}: ไม่ต่อกับฉบับก่อนหน้า",
            f"เอกสารเผยแพร่ {first.code} มีในบันทึกเหตุการณ์ แต่ไม่พบในทะเบียน",
        ],
    )


def test_changed_event_is_found(office, pair):
    event = Event.objects.filter(organisation=office.organisation, verb="submitted").last()

    with tampered("measures_event", "UPDATE"):
        execute("UPDATE measures_event SET actor_name = 'คนอื่น' WHERE id = %s", event.pk)

    assert_found(office, [f"บันทึกเหตุการณ์ลำดับที่ {event.sequence} ถูกแก้ไขหลังบันทึก"])


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
