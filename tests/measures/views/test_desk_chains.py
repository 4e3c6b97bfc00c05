"""The page on which who administers keeps the chain of posts."""

import pytest
from django.urls import reverse

from measures.domain.signing import chains
from measures.models import DocumentKind
from tests.factories.flow import submit
from tests.measures.views.matrix.signing import chain_kept_by_the_head, chain_turned_round

pytestmark = pytest.mark.django_db

REPORT = DocumentKind.PROGRESS_REPORT.value
ADDRESS = f"/desk/chains/{REPORT}/"


@pytest.fixture
def keeper(office, as_person):
    """A browser of the head, whose post keeps accounts and posts."""
    chain_kept_by_the_head(office)
    return as_person(office.head)


def posts(office):
    return [row.post for row in chains.chain_of(office.organisation, REPORT)]


def test_rows_are_moved_by_their_numbers(office, keeper):
    before = posts(office)

    response = keeper.post(ADDRESS, chain_turned_round([REPORT]))

    assert response["Location"] == reverse("desk:chain", args=[REPORT])
    assert posts(office) == [before[0], before[2], before[1], *before[3:]]


def test_post_is_taken_out_and_another_put_in(office, keeper):
    typed = chain_turned_round([REPORT]) | {
        "chain-TOTAL_FORMS": "6",
        "chain-1-is_removed": "on",
        "chain-5-order": "2",
        "chain-5-post": str(office.staff_post.pk),
        "chain-5-role": "opinion",
        "chain-5-is_skipped_when_vacant": "on",
    }

    keeper.post(ADDRESS, typed)

    assert office.head_post not in posts(office)
    assert office.staff_post in posts(office)


def test_disorder_is_told_and_what_was_typed_stays(office, keeper):
    typed = chain_turned_round([REPORT]) | {"chain-4-order": "1", "chain-3-caption": "หัวข้อใหม่"}

    page = keeper.post(ADDRESS, typed)

    assert page.status_code == 422
    assert "ตำแหน่งผู้อนุมัติต้องอยู่ลำดับสุดท้าย" in page.content.decode()
    assert "หัวข้อใหม่" in page.content.decode()
    assert len(posts(office)) == 5


def test_page_says_that_running_documents_keep_their_line(office, keeper):
    submit(office)

    assert "มีเอกสารอยู่ระหว่างเสนอลงนาม ๑ ฉบับ" in keeper.get(ADDRESS).content.decode()


def test_chain_of_no_kind_is_404(office, keeper):
    assert keeper.get("/desk/chains/letters/").status_code == 404
