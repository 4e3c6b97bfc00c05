"""Orders are readable PDFs, kept as they came."""

import pytest

from measures.domain.errors import Invalid
from measures.domain.staffing import order_files
from tests.factories.appointments import order_upload
from tests.factories.pictures import pdf

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "ต้องเป็น PDF"),
        (b"PK\x03\x04 a word file", "ต้องเป็น PDF"),
        (b"%PDF-1.7 nothing behind it", "เสียหาย"),
        (pdf(password="reader"), "ติดรหัสผ่าน"),
    ],
    ids=["empty", "word", "cut", "locked"],
)
def test_what_is_no_readable_pdf_is_refused_with_the_reason(office, data, reason):
    with pytest.raises(Invalid, match=reason):
        order_files.keep(order_upload(data), office.organisation)


def test_order_over_the_limit_of_size_is_refused(office, settings):
    settings.EVIDENCE_MAX_BYTES = 10

    with pytest.raises(Invalid, match="เกินกำหนด"):
        order_files.keep(order_upload(), office.organisation)


def test_order_over_the_limit_of_pages_is_refused(office, settings):
    settings.EVIDENCE_MAX_PAGES = 0

    with pytest.raises(Invalid, match="หน้า"):
        order_files.keep(order_upload(), office.organisation)


def test_same_bytes_are_kept_once(office):
    data = pdf()

    first = order_files.keep(order_upload(data), office.organisation)
    second = order_files.keep(order_upload(data), office.organisation)

    assert first == second
