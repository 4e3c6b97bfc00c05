"""The memo of a handover, over its address."""

import pytest
from django.urls import reverse

from tests.factories.handovers import make_handover

pytestmark = pytest.mark.django_db


def test_the_memo_is_a_pdf_that_nobody_in_between_keeps(office, as_person):
    handover = make_handover(office)

    answer = as_person(office.finance_staff).get(reverse("paper:handover_memo", args=[handover.pk]))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content.startswith(b"%PDF-")
