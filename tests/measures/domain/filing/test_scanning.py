"""ClamAV itself, started by the test with a signature of its own, and what comes in its place."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.files.base import ContentFile

from measures.domain.errors import Invalid
from measures.domain.filing import evidence, preparation, scanning
from measures.domain.recording import progress
from measures.models import Evidence, Notice, ScanVerdict
from tests.factories.clamd import EICAR, running_clamd
from tests.factories.evidence import attach, word
from tests.factories.flow import verbs_of
from tests.factories.pictures import pdf, picture

pytestmark = pytest.mark.django_db

EICAR_IN_A_PDF = pdf() + b"\n" + EICAR


@contextmanager
def listening(answer: bytes) -> Iterator[str]:
    """Something on a port that hears a file out and says ``answer``."""

    def serve() -> None:
        connection, _address = server.accept()
        with connection:
            heard = b""
            while not heard.endswith(b"\0\0\0\0"):
                heard += connection.recv(65536)
            connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join()


@pytest.fixture(scope="module")
def clamd(tmp_path_factory):
    """A scanner that knows one virus: addresses of its socket and of its port."""
    with running_clamd(tmp_path_factory.mktemp("clamd")) as addresses:
        yield addresses


@pytest.fixture
def entry(office):
    return progress.entries_of(office.round)[0]


@pytest.mark.parametrize("way", ["socket", "port"])
def test_the_scanner_tells_the_virus_from_the_rest(clamd, settings, way):
    settings.CLAMD_ADDRESS = clamd[way]

    assert scanning.virus_in(b"nothing but text") == ""
    assert scanning.virus_in(EICAR).startswith("Test.Eicar")
    assert scanning.virus_in(b"x" * 3_000_000) == ""


def test_clean_file_is_marked_with_the_moment(office, entry, clamd, settings):
    settings.CLAMD_ADDRESS = clamd["socket"]

    piece = attach(entry, by=office.staff, data=pdf(), name="a.pdf")

    piece.refresh_from_db()
    assert piece.scan_verdict == ScanVerdict.CLEAN
    assert piece.scanned_at is not None
    assert verbs_of(office.organisation) == ["evidence_added"]


def test_virus_is_logged_withheld_and_keeps_the_document_from_being_sent(
    office, entry, clamd, settings
):
    settings.CLAMD_ADDRESS = clamd["socket"]

    piece = attach(entry, by=office.staff, data=EICAR_IN_A_PDF, name="a.pdf", caption="คำสั่ง")

    piece.refresh_from_db()
    assert piece.scan_verdict == ScanVerdict.INFECTED
    event = office.organisation.events.get(verb="evidence_scanned")
    assert (event.actor, event.data["sha256"]) == (None, piece.sha256)
    assert event.data["virus"].startswith("Test.Eicar")
    [entry] = [each for each in progress.entries_of(office.round) if each == entry]
    assert preparation.obstacles_in([entry]) == [
        f"มาตรการที่ {entry.measure.number} {entry.division.name}: "
        "ไฟล์ “คำสั่ง” พบไวรัส โปรดนำออก แล้วแนบไฟล์ที่ปลอดภัยแทน"
    ]
    told = Notice.objects.get()
    assert (told.recipient, told.kind) == (office.staff, "evidence_problem")
    assert "คำสั่ง" in told.body


def test_file_with_a_known_virus_is_refused_elsewhere(office, entry, clamd, settings):
    settings.CLAMD_ADDRESS = clamd["socket"]
    attach(entry, by=office.staff, data=EICAR_IN_A_PDF, name="a.pdf")
    other = progress.entries_of(office.round)[1]

    with pytest.raises(Invalid) as refusal:
        evidence.attach_file(
            other, by=office.coordinator, upload=ContentFile(EICAR_IN_A_PDF), caption="อีกครั้ง"
        )

    assert str(refusal.value) == "เคยตรวจพบไวรัสในไฟล์นี้ จึงแนบไม่ได้ โปรดใช้ไฟล์ต้นฉบับที่ปลอดภัย"


def test_photograph_with_a_virus_behind_its_pixels_gets_no_copies(office, entry, clamd, settings):
    settings.CLAMD_ADDRESS = clamd["socket"]

    piece = attach(entry, by=office.staff, data=picture() + EICAR)

    piece.refresh_from_db()
    assert (piece.scan_verdict, piece.derived.name) == (ScanVerdict.INFECTED, "")


def test_without_an_address_nothing_is_scanned(office, entry):
    piece = attach(entry, by=office.staff, data=word("ก"))

    piece.refresh_from_db()
    assert (piece.scan_verdict, piece.scanned_at) == (ScanVerdict.NOT_SCANNED, None)


def test_scanner_that_is_away_leaves_the_file_for_the_next_time(office, entry, clamd, settings):
    settings.CLAMD_ADDRESS = "/nowhere/clamd.ctl"
    piece = attach(entry, by=office.staff, data=picture())
    piece.refresh_from_db()
    assert (piece.scan_verdict, piece.preparation) == (ScanVerdict.NOT_SCANNED, "ready")
    assert list(preparation.unprepared()) == [piece]

    settings.CLAMD_ADDRESS = clamd["socket"]
    for waiting in preparation.unprepared():
        preparation.prepare(waiting)

    assert Evidence.objects.get().scan_verdict == ScanVerdict.CLEAN


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"\xff\xfe\0",
        b"stream: OK",
        b"stream: FOUND\0",
        b"x" * 9000,
    ],
)
def test_what_is_no_verdict_is_no_scan(settings, answer):
    with listening(answer) as address:
        settings.CLAMD_ADDRESS = address

        with pytest.raises(scanning.ScannerUnavailable):
            scanning.virus_in(b"data")


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nonsense", "/nowhere", "host:port"])
def test_an_address_without_scanner_is_no_scan(settings, address):
    settings.CLAMD_ADDRESS = address

    with pytest.raises(scanning.ScannerUnavailable):
        scanning.virus_in(b"data")
