"""What happens to a file once it is stored; safe to run twice, and after a crash."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from PIL import Image

from measures.domain import documents
from measures.domain.filing import evidence, preparation
from measures.domain.recording import progress
from measures.models import Evidence, Notice, Preparation
from tests.factories.evidence import attach
from tests.factories.flow import make_draft
from tests.factories.pictures import pdf, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(office):
    return progress.entries_of(office.round)[0]


def attach_only(office, entry, data):
    """As a crash between storing and preparing leaves it."""
    return evidence.attach_file(entry, by=office.staff, upload=ContentFile(data), caption="ภาพ")


def size_of(file):
    with default_storage.open(file.name) as stored:
        return Image.open(io.BytesIO(stored.read())).size


def lose(piece):
    """Take the original away, as a broken disk does."""
    default_storage.delete(piece.original.name)


def test_copies_are_made_once_the_upload_is_stored(
    office, entry, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        piece = attach_only(office, entry, picture(size=(3000, 2000)))
        assert (piece.preparation, piece.derived.name) == (Preparation.WAITING, "")

    piece.refresh_from_db()
    assert piece.preparation == Preparation.READY
    assert [size_of(file) for file in (piece.small, piece.derived, piece.large)] == [
        (480, 320),
        (1600, 1067),
        (2560, 1707),
    ]
    assert (piece.width, piece.height) == (1600, 1067)
    assert len(piece.perceptual_hash) == 16


def test_a_pdf_waits_for_nothing(office, entry, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        piece = attach_only(office, entry, pdf())

    assert (piece.preparation, waiting) == (Preparation.READY, [])


def test_preparing_twice_changes_nothing(office, entry):
    piece = attach(entry, by=office.staff, data=picture())
    before = Evidence.objects.values().get()
    stored = sorted(default_storage.listdir(f"evidence/{office.organisation.slug}")[0])

    for _time in range(2):
        preparation.prepare(Evidence.objects.get(pk=piece.pk))
    # As two workers would that both read the row before either wrote it.
    piece.preparation = Preparation.WAITING
    preparation.prepare(piece)

    assert Evidence.objects.values().get() == before
    assert sorted(default_storage.listdir(f"evidence/{office.organisation.slug}")[0]) == stored


def test_the_same_bytes_elsewhere_use_the_copies_that_are_there(office, entry):
    first = attach(entry, by=office.staff, data=picture())
    other = progress.entries_of(office.round)[1]

    second = evidence.attach_file(
        other, by=office.coordinator, upload=ContentFile(picture()), caption="ภาพเดียวกัน"
    )

    assert second.preparation == Preparation.READY
    assert [getattr(second, field) for field in preparation.COPIED_FIELDS] == [
        getattr(first, field) for field in preparation.COPIED_FIELDS
    ]


def test_copies_that_are_gone_are_made_again(office, entry):
    first = attach(entry, by=office.staff, data=picture())
    default_storage.delete(first.derived.name)
    other = progress.entries_of(office.round)[1]

    second = attach(other, by=office.coordinator, data=picture())

    assert size_of(second.derived) == (40, 20)


def test_what_goes_wrong_is_noted_raised_and_told_once_to_who_added_it(office, entry):
    piece = attach_only(office, entry, picture())
    lose(piece)

    for _time in range(2):
        with pytest.raises(FileNotFoundError):
            preparation.prepare(Evidence.objects.get(pk=piece.pk))

    assert Evidence.objects.get().preparation == Preparation.FAILED
    told = Notice.objects.get()
    assert (told.recipient, told.kind) == (office.staff, "evidence_problem")
    assert "เตรียมไม่สำเร็จ โปรดนำออก แล้วถ่ายหรือแนบใหม่" in told.body
    assert told.path == f"/desk/entries/{entry.pk}/#evidence"


def test_command_takes_up_what_a_crash_left_and_what_failed(office, entry, capsys):
    waiting = attach_only(office, entry, picture())
    failed = attach_only(office, entry, picture("PNG"))
    Evidence.objects.filter(pk=failed.pk).update(preparation=Preparation.FAILED)
    ready = attach(entry, by=office.staff, data=picture("WEBP"))
    attach_only(office, entry, pdf())
    removed = attach_only(office, entry, picture(size=(30, 30)))
    evidence.remove(removed, by=office.staff)

    call_command("prepare_evidence")
    assert capsys.readouterr().out == "เตรียมหลักฐานแล้ว 2 ไฟล์\n"
    call_command("prepare_evidence")
    assert capsys.readouterr().out == "เตรียมหลักฐานแล้ว 0 ไฟล์\n"

    for piece in (waiting, failed, ready):
        piece.refresh_from_db()
        assert piece.preparation == Preparation.READY


def test_command_goes_on_behind_a_file_that_cannot_be_prepared(office, entry, capsys):
    lose(attach_only(office, entry, picture()))
    good = attach_only(office, entry, picture("PNG"))

    with pytest.raises(CommandError, match="ยังเตรียมไม่ได้ 1 ไฟล์"):
        call_command("prepare_evidence")

    good.refresh_from_db()
    assert good.preparation == Preparation.READY
    assert capsys.readouterr().out == "เตรียมหลักฐานแล้ว 1 ไฟล์\n"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (Preparation.WAITING, "ภาพ “ภาพ” ยังเตรียมไม่เสร็จ โปรดรอสักครู่แล้วเปิดหน้านี้ใหม่"),
        (Preparation.FAILED, "ภาพ “ภาพ” เตรียมไม่สำเร็จ โปรดนำออก แล้วถ่ายหรือแนบใหม่"),
    ],
)
def test_a_document_waits_for_its_photographs(office, entry, state, sentence):
    piece = attach_only(office, entry, picture())
    Evidence.objects.update(preparation=state)
    document = make_draft(office)

    assert documents.missing(document) == [
        *missing_without(document, piece),
        f"มาตรการที่ {entry.measure.number} {entry.division.name}: {sentence}",
    ]


def missing_without(document, piece):
    """What else the document lacks: what is missing once the photograph is prepared."""
    before = Evidence.objects.values("preparation").get()
    Evidence.objects.update(preparation=Preparation.READY)
    found = documents.missing(document)
    Evidence.objects.update(**before)
    return found
