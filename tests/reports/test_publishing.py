"""From an approved document to paper and publication: all of it, or nothing."""

import datetime
import io
import json

import pikepdf
import pytest

from measures.domain.errors import Invalid
from measures.domain.publishing import publications, verification
from measures.models import Document, DocumentState, Publication
from measures.permissions import NotAllowed
from reports import publishing
from reports.rendering.as_pdf import pdf_of
from reports.sealing import seal_of
from tests.factories.content import evidence
from tests.factories.flow import fresh, make_approved, make_draft
from tests.factories.seals import install_key, named
from tests.reports.rendering.structure import problems_of

pytestmark = pytest.mark.django_db

# Half an hour before midnight of 31 March in Thailand it is still the 31st; in UTC, too.
LATE = datetime.datetime(2021, 3, 31, 16, 30, tzinfo=datetime.UTC)
# Half past midnight of 1 April in Thailand, while UTC still has 31 March.
EARLY = datetime.datetime(2021, 3, 31, 17, 30, tzinfo=datetime.UTC)

LONG_AFTER = datetime.datetime(2090, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def drawn(monkeypatch) -> list[tuple[dict, str]]:
    """What was given to be drawn, with its layout."""
    given = []

    def draw(content, *, layout, variants, **_others):
        given.append((content, layout))
        return dict.fromkeys(variants, PAPER)

    monkeypatch.setattr(publishing, "files_of", draw)
    return given


PAPER = b"%PDF-1.7\ndrawn\n%%EOF\n"


def test_render_gives_the_content_and_the_paper_of_exactly_that(office):
    document = make_draft(office)

    content, pdf = publishing.render(document)

    assert content == publications.content_of(document)
    assert pdf == pdf_of(content, layout="memo_status")


def test_the_paper_and_the_record_carry_the_same_code_and_day(office, drawn):
    publication = publishing.publish(make_approved(office), by=office.coordinator, now=LATE)

    [(content, layout)] = drawn
    assert content == publication.content
    assert layout == "memo_status"
    assert content["publication"] == {
        "code": publication.code,
        "published_on": "2021-03-31",
        "verify_address": f"http://127.0.0.1:8000/verify/{publication.code}/",
    }
    assert content["template_version"] == publishing.TEMPLATE_VERSION
    assert publication.template_version == publishing.TEMPLATE_VERSION


def test_the_day_of_publication_is_the_day_in_thailand(office, drawn):
    publication = publishing.publish(make_approved(office), by=office.coordinator, now=EARLY)

    assert publication.content["publication"]["published_on"] == "2021-04-01"


def test_what_is_published_is_drawn_and_can_be_verified(office):
    """Drawn in earnest, once."""
    publication = publishing.publish(make_approved(office), by=office.coordinator)

    with publication.pdf.open("rb") as file:
        pdf = file.read()
    with publication.archive.open("rb") as file:
        archive = file.read()
    assert pdf.startswith(b"%PDF-")
    assert publications.sha256_of(pdf) == publication.pdf_sha256
    assert problems_of(pdf, claims=("pdfuaid",)) == []
    assert problems_of(archive, claims=("pdfaid",)) == []
    with pikepdf.open(io.BytesIO(archive)) as opened:
        [attached] = opened.attachments.values()
        assert json.loads(attached.get_file().read_bytes()) == publication.content
    assert publication.sealed_by == ""
    assert verification.verify(office.organisation) == []


def test_paper_that_would_not_be_whole_is_not_published(office, drawn):
    document = make_approved(office)
    signoff = document.signoffs.get()
    signoff.content["paragraphs"]["opening"] = ["ทดสอบ \U000f0000"]
    signoff.save()

    with pytest.raises(Invalid, match=r"อักขระที่พิมพ์ไม่ได้.*U\+F0000"):
        publishing.publish(document, by=office.coordinator)

    assert drawn == []
    assert Publication.objects.count() == 0


def test_evidence_that_cannot_be_read_stops_publication(office, drawn):
    document = make_approved(office)
    signoff = document.signoffs.get()
    gone = evidence("photo", caption="ภาพที่หาย", file="evidence/gone.jpg")
    signoff.content["measures"][0]["progress"][0]["evidence"] = [gone]
    signoff.save()

    with pytest.raises(Invalid, match="ภาพที่หาย"):
        publishing.publish(document, by=office.coordinator)

    assert drawn == []


def test_key_of_the_office_seals_both_files(office, tmp_path, settings):
    settings.SEAL_KEYS_FOLDER = str(tmp_path)
    install_key(tmp_path, office.organisation.slug, subject=named("อบต.สมมติ"), ends=LONG_AFTER)

    publication = publishing.publish(make_approved(office), by=office.coordinator)

    assert publication.sealed_by == "อบต.สมมติ"
    for field in (publication.pdf, publication.archive):
        with field.open("rb") as file:
            report = seal_of(file.read())
        assert report.is_intact
        assert report.covers_whole_file
    assert verification.verify(office.organisation) == []


def test_a_second_press_gives_the_same_publication(office, drawn):
    document = make_approved(office)

    first = publishing.publish(document, by=office.coordinator)
    second = publishing.publish(Document.objects.get(pk=document.pk), by=fresh(office.coordinator))

    assert first == second
    assert Publication.objects.count() == 1


def test_a_failing_drawing_publishes_nothing(office, monkeypatch):
    document = make_approved(office)

    def break_down(content, **_others):
        raise RuntimeError("no paper")

    monkeypatch.setattr(publishing, "files_of", break_down)

    with pytest.raises(RuntimeError):
        publishing.publish(document, by=office.coordinator)

    assert Publication.objects.count() == 0
    assert Document.objects.get(pk=document.pk).state == DocumentState.APPROVED


def test_what_is_no_pdf_is_not_published(office, monkeypatch):
    document = make_approved(office)
    monkeypatch.setattr(
        publishing,
        "files_of",
        lambda content, *, variants, **_others: dict.fromkeys(variants, b"<html>error</html>"),
    )

    with pytest.raises(Invalid):
        publishing.publish(document, by=office.coordinator)

    assert Publication.objects.count() == 0
    assert Document.objects.get(pk=document.pk).state == DocumentState.APPROVED


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_others_than_the_coordinator_publish_nothing(office, drawn, who):
    document = make_approved(office)

    with pytest.raises(NotAllowed):
        publishing.publish(document, by=getattr(office, who))

    assert Publication.objects.count() == 0
