"""Stored files over HTTP: RFC 9110 on ranges and conditional requests, case by case."""

import hashlib

import pytest
from django.urls import reverse

from tests.factories.people import make_organisation
from tests.factories.publications import make_publication

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
SIZE = len(PDF)
ETAG = f'"{hashlib.sha256(PDF).hexdigest()}"'


@pytest.fixture
def address():
    publication = make_publication(make_organisation(), pdf=PDF)
    return reverse("public:pdf", args=[publication.organisation.slug, publication.code])


def body_of(response):
    return b"".join(response) if response.streaming else response.content


def test_whole_file_says_that_parts_can_be_had(client, address):
    response = client.get(address)

    assert body_of(response) == PDF
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == ETAG
    assert response["Content-Length"] == str(SIZE)
    assert response["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-4", 0, 4),
        ("bytes=5-9", 5, 9),
        ("bytes=100-", 100, SIZE - 1),
        ("bytes=-10", SIZE - 10, SIZE - 1),
        (f"bytes=-{SIZE * 2}", 0, SIZE - 1),
        (f"bytes=10-{SIZE * 2}", 10, SIZE - 1),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
        ("Bytes=5-9", 5, 9),
        ("bytes= 5-9 ", 5, 9),
    ],
)
def test_one_part_is_answered(client, address, asked, first, last):
    response = client.get(address, headers={"Range": asked})

    assert response.status_code == 206
    assert body_of(response) == PDF[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert response["Content-Length"] == str(last - first + 1)
    assert response["Content-Type"] == "application/pdf"
    assert response["ETag"] == ETAG
    assert response["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 5}", "bytes=-0"])
def test_part_behind_the_end_cannot_be_answered(client, address, asked):
    response = client.get(address, headers={"Range": asked})

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{SIZE}"
    assert response.content == b""


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=9-5",
        "bytes=--5",
        "bytes=+1-5",
        "bytes=๑-๕".encode().decode("latin-1"),
        "bytes=0-4,10-14",
        "items=0-4",
        "bytes=0-4; x",
        "bytes=" + "9" * 5000 + "-",
    ],
)
def test_range_that_is_not_understood_is_passed_over(client, address, asked):
    response = client.get(address, headers={"Range": asked})

    assert (response.status_code, body_of(response)) == (200, PDF)
    assert "Content-Range" not in response


@pytest.mark.parametrize(
    ("if_range", "status"),
    [
        (ETAG, 206),
        ('"another"', 200),
        (f"W/{ETAG}", 200),  # only a strong match continues a download
        ("Wed, 31 Mar 2021 09:30:00 GMT", 200),  # no date was ever sent
    ],
)
def test_download_is_continued_only_where_the_file_is_the_same(client, address, if_range, status):
    response = client.get(address, headers={"Range": "bytes=5-9", "If-Range": if_range})

    assert response.status_code == status
    assert body_of(response) == (PDF[5:10] if status == 206 else PDF)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-None-Match": ETAG}, 304),
        ({"If-None-Match": f"W/{ETAG}"}, 304),
        ({"If-None-Match": f'"another", {ETAG}'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"another"'}, 200),
        ({"If-Match": ETAG}, 200),
        ({"If-Match": '"another"'}, 412),
        ({"If-None-Match": ETAG, "Range": "bytes=0-4"}, 304),
        ({"If-None-Match": ETAG, "Range": f"bytes={SIZE}-"}, 304),
        ({"If-None-Match": '"another"', "Range": "bytes=0-4"}, 206),
        ({"If-Match": '"another"', "Range": "bytes=0-4"}, 412),
        ({"If-Modified-Since": "Wed, 31 Mar 2060 09:30:00 GMT"}, 200),
    ],
)
def test_conditions_come_before_ranges(client, address, headers, status):
    response = client.get(address, headers=headers)

    assert response.status_code == status
    assert response["ETag"] == ETAG
    assert body_of(response) == {200: PDF, 206: PDF[:5]}.get(status, b"")


def test_head_tells_of_the_whole_file_and_sends_nothing(client, address):
    response = client.head(address, headers={"Range": "bytes=0-4"})

    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Length"] == str(SIZE)
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == ETAG
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline; filename*=")


def test_archive_is_answered_as_its_own_file(client, address):
    archive = PDF + b"archive"
    publication = make_publication(make_organisation(), pdf=PDF, archive=archive)

    response = client.get(
        reverse("public:archive", args=[publication.organisation.slug, publication.code])
    )

    assert body_of(response) == archive
    assert response["ETag"] == f'"{hashlib.sha256(archive).hexdigest()}"'
    assert response["Content-Type"] == "application/pdf"


def test_document_without_an_archive_has_no_such_address(client):
    publication = make_publication(make_organisation(), pdf=PDF)

    response = client.get(
        reverse("public:archive", args=[publication.organisation.slug, publication.code])
    )

    assert response.status_code == 404


def test_missing_published_file_is_not_found_and_noted_for_the_keeper(client, caplog):
    publication = make_publication(make_organisation(), pdf=PDF)
    publication.pdf.storage.delete(publication.pdf.name)

    response = client.get(
        reverse("public:pdf", args=[publication.organisation.slug, publication.code])
    )

    assert response.status_code == 404
    assert publication.pdf.name in caplog.text
