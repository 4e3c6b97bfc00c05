"""Seals are made with real keys, and read back with pyHanko, poppler and pikepdf."""

import asyncio
import datetime
import io
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pytest
import time_machine
from asn1crypto import tsp

from reports.sealing import SealError, SealReport, seal, seal_of
from tests.factories.seals import (
    AUTHORITY,
    HOLDER,
    elliptic_key,
    install_key,
    named,
    rsa_key,
    time_stamp_server,
)
from tests.reports.sealing.conftest import TODAY, drawn

STAMPED = datetime.datetime(2026, 6, 15, 3, 0, 7, tzinfo=datetime.UTC)
# What WeasyPrint leaves to the garbage collector when it embeds its colour profile.
embeds_colours = pytest.mark.filterwarnings(
    "ignore:Exception ignored in.*FileIO:pytest.PytestUnraisableExceptionWarning"
)


def pdfsig(pdf: bytes, folder) -> str:
    """What poppler says, without certificates of a browser's profile and without network."""
    file = folder / "sealed.pdf"
    file.write_bytes(pdf)
    command = ["pdfsig", "-nocert", str(file)]
    environment = {**os.environ, "HOME": str(folder)}
    return subprocess.run(
        command, capture_output=True, text=True, check=True, env=environment
    ).stdout


def envelope_of(pdf: bytes) -> range:
    """Where the hexadecimal digits of the signature stand."""
    start = pdf.index(b"/Contents <3") + len(b"/Contents <")
    return range(start, pdf.index(b">", start))


def changed(pdf: bytes, position: int) -> bytes:
    return pdf[:position] + bytes([pdf[position] ^ 1]) + pdf[position + 1 :]


def objects_in_streams(pdf: bytes) -> bytes:
    """The same file with compressed objects and a compressed cross reference."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        file.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def test_without_keys_the_file_stays_as_it_is(folder):
    sealed = seal(b"%PDF-1.7 any", organisation_slug="sommut-na")

    assert (sealed.pdf, sealed.sealed_by) == (b"%PDF-1.7 any", "")


def test_without_a_folder_the_file_stays_as_it_is(folder, settings):
    install_key(folder, "install")
    settings.SEAL_KEYS_FOLDER = ""

    sealed = seal(b"%PDF-1.7 any", organisation_slug="sommut-na")

    assert (sealed.pdf, sealed.sealed_by) == (b"%PDF-1.7 any", "")


def test_a_file_without_a_seal_has_no_report():
    assert seal_of(drawn()) is None


@pytest.mark.parametrize("key", [rsa_key(HOLDER), elliptic_key()], ids=["rsa", "elliptic"])
def test_a_sealed_file_says_who_sealed_it(folder, today, key):
    install_key(folder, "sommut-na", key=key)

    sealed = seal(drawn(), organisation_slug="sommut-na")

    assert sealed.sealed_by == HOLDER
    assert seal_of(sealed.pdf) == SealReport(
        sealed_by=HOLDER,
        issued_by=AUTHORITY,
        is_self_issued=False,
        stamped_at=None,
        is_intact=True,
        covers_whole_file=True,
    )


def test_a_certificate_that_nobody_else_issued_is_told(folder, today):
    install_key(folder, "sommut-na", subject=named(AUTHORITY), key=rsa_key(AUTHORITY))

    sealed = seal(drawn(), organisation_slug="sommut-na")

    assert seal_of(sealed.pdf).is_self_issued


def test_a_seal_outlives_its_certificate(folder, today):
    install_key(folder, "sommut-na")
    sealed = seal(drawn(), organisation_slug="sommut-na")

    with time_machine.travel(TODAY.replace(year=2036)):
        report = seal_of(sealed.pdf)

    assert report.is_intact


@pytest.mark.parametrize("form", [bytes, objects_in_streams])
def test_the_file_before_the_seal_is_the_exact_beginning_of_the_sealed_one(folder, today, form):
    install_key(folder, "sommut-na")
    pdf = form(drawn())

    sealed = seal(pdf, organisation_slug="sommut-na").pdf

    assert sealed[: len(pdf)] == pdf
    assert len(sealed) > len(pdf)
    assert seal_of(sealed).is_intact


def test_poppler_finds_the_seal_valid_and_over_all_of_the_file(folder, today, tmp_path):
    install_key(folder, "sommut-na")

    said = pdfsig(seal(drawn(), organisation_slug="sommut-na").pdf, tmp_path)

    assert f"Signer Certificate Common Name: {HOLDER}" in said
    assert "Signature Type: ETSI.CAdES.detached" in said
    assert "Signing Hash Algorithm: SHA-256" in said
    assert "Total document signed" in said
    assert "Signature Validation: Signature is Valid." in said


def test_poppler_finds_a_changed_byte(folder, today, tmp_path):
    install_key(folder, "sommut-na")
    pdf = seal(drawn(), organisation_slug="sommut-na").pdf

    said = pdfsig(changed(pdf, pdf.index(b"stream\n") + 20), tmp_path)

    assert "Signature Validation: Digest Mismatch." in said


def test_no_byte_outside_the_envelope_changes_unseen(folder, today):
    install_key(folder, "sommut-na")
    pdf = seal(drawn(), organisation_slug="sommut-na").pdf
    covered = [place for place in range(len(pdf)) if place not in envelope_of(pdf)]

    found = {seal_of(changed(pdf, place)).is_intact for place in covered[::61]}

    assert found == {False}


def test_a_changed_signature_is_found(folder, today):
    install_key(folder, "sommut-na", key=rsa_key(HOLDER))
    pdf = seal(drawn(), organisation_slug="sommut-na").pdf
    envelope = envelope_of(pdf)
    end = envelope.start + len(pdf[envelope.start : envelope.stop].rstrip(b"0"))

    report = seal_of(changed(pdf, end - 20))

    assert not report.is_intact


def test_what_is_added_after_the_seal_is_told(folder, today):
    install_key(folder, "sommut-na")
    pdf = seal(drawn(), organisation_slug="sommut-na").pdf

    report = seal_of(pdf + b"% more\n")

    assert (report.is_intact, report.covers_whole_file) == (True, False)


def test_a_seal_that_cannot_be_read_is_not_intact_and_names_nobody(folder, today):
    install_key(folder, "sommut-na")
    pdf = seal(drawn(), organisation_slug="sommut-na").pdf

    report = seal_of(pdf[:-30])  # without its last cross reference

    assert (report.sealed_by, report.is_intact, report.covers_whole_file) == ("", False, False)


def test_the_file_is_certified_against_every_change(folder, today):
    install_key(folder, "sommut-na")

    with pikepdf.open(io.BytesIO(seal(drawn(), organisation_slug="sommut-na").pdf)) as pdf:
        signature = pdf.Root.Perms.DocMDP

        [reference] = signature.Reference
        assert reference.TransformMethod == "/DocMDP"
        assert reference.TransformParams.P == 1
        # ISO 19005-3 §6.1.12 forbids digests in the reference of a certifying signature.
        assert not {"/DigestMethod", "/DigestValue", "/DigestLocation"} & set(reference.keys())
        assert signature.SubFilter == "/ETSI.CAdES.detached"
        assert str(signature.Reason) == "รับรองว่าเอกสารนี้เผยแพร่โดยหน่วยงานและไม่มีการแก้ไขหลังประทับตรา"


@embeds_colours
@pytest.mark.parametrize("variant", ["pdf/a-3a", "pdf/ua-1"])
def test_description_and_structure_of_a_variant_stay_as_they_were(folder, today, variant):
    install_key(folder, "sommut-na")
    before = drawn(variant)

    sealed = seal(before, organisation_slug="sommut-na").pdf

    with pikepdf.open(io.BytesIO(before)) as old, pikepdf.open(io.BytesIO(sealed)) as new:
        assert new.Root.Metadata.read_raw_bytes() == old.Root.Metadata.read_raw_bytes()
        assert dict(new.docinfo) == dict(old.docinfo)
        assert new.Root.StructTreeRoot.unparse(resolved=True) == (
            old.Root.StructTreeRoot.unparse(resolved=True)
        )
        assert new.Root.MarkInfo.Marked
        assert new.Root.Lang == "th"


@embeds_colours
def test_the_seal_shows_nothing_and_breaks_no_rule_for_annotations(folder, today):
    """PDF/A-3 §6.3.2: printed and not hidden; PDF/UA-1 §7.18: outside the page, or in the text."""
    install_key(folder, "sommut-na")

    with pikepdf.open(
        io.BytesIO(seal(drawn("pdf/a-3a"), organisation_slug="sommut-na").pdf)
    ) as pdf:
        page = pdf.pages[0]
        link, widget = page.Annots

        assert link.Subtype == "/Link"
        assert widget.F & 0b100111 == 0b100
        assert len({float(side) for side in widget.Rect}) == 1
        assert float(widget.Rect[0]) < 0
        assert str(widget.TU) == "ตราประทับอิเล็กทรอนิกส์"
        assert page.Tabs == "/S"


def test_a_time_stamp_is_fetched_and_read_back(folder, today, settings, tmp_path):
    install_key(folder, "sommut-na")
    with time_stamp_server(STAMPED) as server:
        settings.SEAL_TIMESTAMP_ADDRESS = server.address
        pdf = drawn()

        sealed = seal(pdf, organisation_slug="sommut-na").pdf

    report = seal_of(sealed)
    assert (report.stamped_at, report.is_intact, report.covers_whole_file) == (STAMPED, True, True)
    assert sealed.startswith(pdf)
    assert "Signature Validation: Signature is Valid." in pdfsig(sealed, tmp_path)


def test_a_second_file_costs_one_stamp(folder, today, settings):
    install_key(folder, "sommut-na")
    with time_stamp_server(STAMPED) as server:
        settings.SEAL_TIMESTAMP_ADDRESS = server.address
        seal(drawn(), organisation_slug="sommut-na")
        before = server.given

        seal(drawn(), organisation_slug="sommut-na")

    assert server.given - before == 1


def test_a_time_stamp_server_out_of_reach_stops_the_seal(folder, today, settings):
    install_key(folder, "sommut-na")
    with time_stamp_server(STAMPED) as server:
        settings.SEAL_TIMESTAMP_ADDRESS = server.address

    with pytest.raises(SealError) as refusal:
        seal(drawn(), organisation_slug="sommut-na")

    assert str(refusal.value) == (
        "ประทับตราอิเล็กทรอนิกส์ไม่ได้ เอกสารจึงยังไม่ได้เผยแพร่ "
        "เซิร์ฟเวอร์ประทับเวลาไม่ตอบหรือตอบไม่ถูกต้อง โปรดลองเผยแพร่อีกครั้งภายหลัง "
        "หากยังไม่ได้ให้แจ้งผู้ดูแลระบบตรวจค่า SEAL_TIMESTAMP_ADDRESS"
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda asked: b"not a time stamp",
        lambda asked: tsp.TimeStampResp({"status": {"status": "rejection"}}).dump(),
        lambda asked: tsp.TimeStampReq(
            {"version": 1, "message_imprint": asked["message_imprint"], "nonce": 1}
        ),
    ],
    ids=["garbage", "refusal", "of another request"],
)
def test_a_wrong_answer_of_the_time_stamp_server_stops_the_seal(folder, today, settings, change):
    install_key(folder, "sommut-na")
    with time_stamp_server(STAMPED, change=change) as server:
        settings.SEAL_TIMESTAMP_ADDRESS = server.address

        with pytest.raises(SealError, match="เซิร์ฟเวอร์ประทับเวลา"):
            seal(drawn(), organisation_slug="sommut-na")


def test_a_time_stamp_of_another_file_stops_the_seal(folder, today, settings):
    def of_another_file(asked):
        asked["message_imprint"]["hashed_message"] = b"\1" * 32
        return asked

    install_key(folder, "sommut-na")
    with time_stamp_server(STAMPED, change=of_another_file) as server:
        settings.SEAL_TIMESTAMP_ADDRESS = server.address

        with pytest.raises(SealError, match="ตราเวลาที่ได้รับไม่ตรงกับเอกสาร"):
            seal(drawn(), organisation_slug="sommut-na")


def test_sealing_works_where_an_event_loop_runs_already(folder, today):
    install_key(folder, "install")

    async def publish():
        return seal(drawn(), organisation_slug="sommut-na")

    with ThreadPoolExecutor(1) as beside:  # in this thread the browser of a journey may keep a loop
        sealed = beside.submit(lambda: asyncio.run(publish())).result()

    assert seal_of(sealed.pdf).is_intact
