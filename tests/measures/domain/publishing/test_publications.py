"""What a document says at each stage; publishing stores all of it or nothing."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from measures.domain.errors import Invalid
from measures.domain.hashes import canonical_json, sha256_of
from measures.domain.publishing import publications
from measures.domain.publishing.publications import content_of
from measures.domain.publishing.verification import verify
from measures.domain.recording import progress
from measures.domain.signing import signoffs
from measures.models import Document, DocumentState, Publication
from measures.permissions import NotAllowed
from tests.factories.flow import (
    PDF,
    REASON,
    approve_up_to,
    correct,
    current,
    make_approved,
    make_draft,
    make_in_state,
    publish,
    submit,
    verbs_of,
)
from tests.factories.people import make_administrator, make_office

pytestmark = pytest.mark.django_db


def bytes_of(publication):
    with default_storage.open(publication.pdf.name) as file:
        return file.read()


# Bytes and hashes --------------------------------------------------------------------------------


def test_same_data_is_the_same_bytes_in_whatever_order():
    assert canonical_json({"ข": 1, "ก": [True, None]}) == '{"ก":[true,null],"ข":1}'.encode()
    assert canonical_json({"ก": [True, None], "ข": 1}) == canonical_json(
        {"ข": 1, "ก": [True, None]}
    )


def test_number_that_json_does_not_know_is_refused():
    with pytest.raises(ValueError, match="Out of range"):
        canonical_json({"score": float("nan")})


def test_hash_of_bytes_is_of_the_bytes_themselves():
    assert sha256_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_code_is_eight_letters_that_cannot_be_misread():
    codes = {publications.new_code() for _number in range(200)}

    assert len(codes) == 200
    assert {len(code) for code in codes} == {9}
    assert set("".join(codes)) - {"-"} <= set(publications.CODE_ALPHABET)
    assert set("01ilo") & set(publications.CODE_ALPHABET) == set()


# What a document says at each stage --------------------------------------------------------------


def signers(content):
    return [
        (block["post"], block["decision"], block["signer_name"]) for block in content["signoff"]
    ]


def test_draft_follows_what_is_recorded_and_shows_who_would_sign(office):
    document = make_draft(office)

    content = content_of(document)

    assert signers(content) == [
        (post.title, None, user.printed_name())
        for post, user in zip(office.chain_posts, office.chain, strict=True)
    ]
    entry = progress.entries_of(office.round)[0]
    progress.record(entry, by=office.staff, version=entry.version, status="not_started")
    assert content["measures"][0]["status"] == "done"
    assert content_of(document)["measures"][0]["status"] == "in_progress"


def change_behind_the_documents_back(office):
    """Change a row as no verb allows while the document is being signed."""
    office.measures[0].title = "มาตรการที่เปลี่ยนภายหลัง"
    office.measures[0].save()


@pytest.mark.parametrize(
    "state",
    [
        DocumentState.IN_SIGNOFF,
        DocumentState.REFUSED,
        DocumentState.APPROVED,
        DocumentState.PUBLISHED,
    ],
)
def test_what_was_sent_stays_as_it_was_sent(office, state):
    document = make_in_state(office, state)
    before = content_of(document)

    change_behind_the_documents_back(office)

    assert content_of(document) == before
    assert before["measures"][0]["title"] != office.measures[0].title


@pytest.mark.parametrize("state", [DocumentState.DRAFT, DocumentState.RETURNED])
def test_what_is_on_the_desk_follows_the_data(office, state):
    document = make_in_state(office, state)

    change_behind_the_documents_back(office)

    content = content_of(document)
    assert content["measures"][0]["title"] == "มาตรการที่เปลี่ยนภายหลัง"
    assert [block["decision"] for block in content["signoff"]] == [None] * 5


def test_blocks_fill_up_as_posts_decide(office):
    signoff = approve_up_to(office, submit(office), 2)

    blocks = content_of(signoff.document)["signoff"]

    assert [block["decision"] for block in blocks] == ["signed", "approved", None, None, None]
    assert [block["opinion"] for block in blocks] == ["", "ความเห็นที่ 2", "", "", ""]
    assert blocks[1]["signed_at"] == signoff.steps.get(order=2).decided_at.isoformat()
    assert blocks[2]["position_lines"] == ["รองปลัดองค์การบริหารส่วนตำบล"]


def test_refused_document_shows_the_reason(office):
    document = make_in_state(office, DocumentState.REFUSED)

    last = content_of(document)["signoff"][-1]

    assert (last["decision"], last["reason"]) == ("refused", REASON)


def test_second_attempt_shows_its_own_blocks(office):
    signoff = approve_up_to(office, submit(office), 2)
    signoffs.return_for_correction(current(signoff), by=office.deputy, reason=REASON)
    document = Document.objects.get()
    signoffs.submit(document, by=office.coordinator)

    blocks = content_of(Document.objects.get())["signoff"]

    assert [block["decision"] for block in blocks] == ["signed", None, None, None, None]


# Publishing --------------------------------------------------------------------------------------


def test_publication_is_the_approved_content_with_its_pdf(office):
    document = make_approved(office)
    content = content_of(document)

    publication = publish(office, document)

    stored = Publication.objects.get(pk=publication.pk)
    assert stored.content == content == content_of(document)
    assert (stored.number, stored.kind, stored.fiscal_year, stored.round_months) == (
        1,
        "progress_report",
        2564,
        6,
    )
    assert (stored.content_sha256, stored.pdf_sha256) == (sha256_of(content), sha256_of(PDF))
    assert (stored.previous_hash, stored.supersedes, stored.published_by) == (
        "",
        None,
        office.coordinator,
    )
    assert bytes_of(stored) == PDF
    assert Document.objects.get().state == "published"
    event = office.organisation.events.order_by("-sequence")[0]
    assert (event.verb, event.data) == (
        "published",
        {"code": stored.code, "number": 1, "hash": stored.hash, "supersedes": None},
    )


def test_rendering_may_add_code_day_and_template_version_but_nothing_else(office):
    document = make_approved(office)
    added = {
        "publication": {"code": "k7m2-9xqt", "published_on": "2021-03-31"},
        "template_version": "memo_status-1",
    }

    publication = publications.publish(
        document, content=content_of(document) | added, pdf=PDF, by=office.coordinator
    )

    assert (publication.code, publication.template_version) == ("k7m2-9xqt", "memo_status-1")
    assert publication.content == content_of(document)


def test_publishing_twice_is_one_publication(office):
    document = make_approved(office)

    first, second = publish(office, document), publish(office, document)

    assert (second, Publication.objects.count()) == (first, 1)
    assert verbs_of(office.organisation).count("published") == 1


@pytest.fixture
def approved(office):
    return make_approved(office)


def nothing_was_stored(office):
    return (
        Publication.objects.count(),
        Document.objects.get().state,
        verbs_of(office.organisation).count("published"),
    ) == (0, "approved", 0)


@pytest.mark.parametrize("pdf", [b"", b"<html>", b"\x00%PDF-1.7"])
def test_without_a_pdf_nothing_is_published(office, approved, pdf):
    with pytest.raises(Invalid) as refusal:
        publish(office, approved, pdf)

    assert str(refusal.value) == "จัดทำไฟล์ PDF ไม่สำเร็จ จึงยังไม่ได้เผยแพร่ โปรดลองอีกครั้ง"
    assert nothing_was_stored(office)


@pytest.mark.parametrize(
    "change",
    [
        {"fiscal_year": 2565},
        {"signoff": []},
        {"measures": []},
        {"extra": "คำที่ไม่มีในฉบับอนุมัติ"},
    ],
    ids=str,
)
def test_content_that_was_not_approved_is_not_published(office, approved, change):
    with pytest.raises(Invalid) as refusal:
        publications.publish(
            approved, content=content_of(approved) | change, pdf=PDF, by=office.coordinator
        )

    assert str(refusal.value) == ("เนื้อหาที่จะเผยแพร่ไม่ตรงกับฉบับที่อนุมัติ โปรดเปิดหน้าใหม่แล้วเผยแพร่อีกครั้ง")
    assert nothing_was_stored(office)


def test_part_left_out_of_the_content_is_not_published(office, approved):
    content = content_of(approved)
    del content["findings"]

    with pytest.raises(Invalid):
        publications.publish(approved, content=content, pdf=PDF, by=office.coordinator)

    assert nothing_was_stored(office)


def test_full_disk_publishes_nothing(office, approved, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)

    with pytest.raises(OSError, match="No space left"):
        publish(office, approved)

    assert nothing_was_stored(office)
    monkeypatch.undo()
    assert publish(office, approved).number == 1


def test_log_that_cannot_be_written_publishes_nothing(office, approved, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("log")

    monkeypatch.setattr("measures.domain.events.record", broken)

    with pytest.raises(RuntimeError, match="log"):
        publish(office, approved)
    monkeypatch.undo()

    assert nothing_was_stored(office)
    publish(office, approved)  # the file left over from the first attempt is in nobody's way
    assert verify(office.organisation) == []


def test_half_written_file_of_a_crash_is_not_taken_for_the_pdf(office, approved):
    name = f"publications/{office.organisation.slug}/{sha256_of(PDF)}.pdf"
    default_storage.save(name, ContentFile(PDF[:9]))

    publication = publish(office, approved)

    assert bytes_of(publication) == PDF
    assert verify(office.organisation) == []


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_only_the_coordinator_publishes(office, approved, who):
    with pytest.raises(NotAllowed):
        publications.publish(
            approved, content=content_of(approved), pdf=PDF, by=getattr(office, who)
        )

    assert nothing_was_stored(office)


def test_administrator_without_a_post_does_not_publish(office, approved):
    with pytest.raises(NotAllowed):
        publications.publish(
            approved, content=content_of(approved), pdf=PDF, by=make_administrator()
        )

    assert nothing_was_stored(office)


@pytest.mark.parametrize(
    "state", [state for state in DocumentState if state not in ("approved", "published")]
)
def test_only_what_is_approved_is_published(office, state):
    document = make_in_state(office, state)

    with pytest.raises(Invalid):
        publish(office, document)

    assert (Publication.objects.count(), Document.objects.get().state) == (0, state)


# Superseding -------------------------------------------------------------------------------------


def test_corrections_make_a_chain_in_which_each_is_superseded_once(office):
    first = publish(office)
    second = correct(office, first, "ฉบับแก้ไขครั้งที่ 1")
    third = correct(office, second, "ฉบับแก้ไขครั้งที่ 2")

    stored = list(Publication.objects.order_by("number"))
    assert stored == [first, second, third]
    assert [publication.number for publication in stored] == [1, 2, 3]
    assert [publication.supersedes for publication in stored] == [None, first, second]
    assert [publication.previous_hash for publication in stored] == ["", first.hash, second.hash]
    assert [publication.is_superseded() for publication in stored] == [True, True, False]
    assert list(Publication.objects.current()) == [third]
    assert verify(office.organisation) == []


def test_superseded_publication_says_what_it_said(office):
    first = publish(office)
    content = first.content

    correct(office, first, "ฉบับแก้ไข")

    assert Publication.objects.get(pk=first.pk).content == content
    assert content_of(first.document) == content


def test_numbers_are_counted_in_each_organisation_by_itself(office):
    other = make_office()

    assert [publish(office).number, publish(other).number] == [1, 1]
    assert [verify(one.organisation) for one in (office, other)] == [[], []]
