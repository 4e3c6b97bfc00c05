"""A decision and what was said with it are written once, whatever hand holds the pen."""

import pytest
from django.db import DatabaseError, connection, transaction

from measures.domain.signing import signoffs
from measures.models import FrozenError, SignoffComment, SignoffStep
from tests.factories.flow import current, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def step(office) -> SignoffStep:
    """A step that was decided, with a comment on a place."""
    signoff = submit(office)
    return signoffs.approve(current(signoff), by=office.head, comments={"opening": "ระบุวันที่"})


def stored(model):
    return list(model.objects.order_by("pk").values())


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "change",
    [
        "SET opinion = 'อื่น'",
        "SET decision = '', decided_at = NULL, decided_by_id = NULL, signer_name = ''",
        "SET signer_name = 'ผู้อื่น'",
        'SET "order" = 99',
    ],
)
def test_database_refuses_to_change_a_decided_step(step, change):
    before = stored(SignoffStep)

    with pytest.raises(DatabaseError, match="measures_signoffstep is append-only"):
        run(f"UPDATE measures_signoffstep {change} WHERE id = {step.pk}")

    assert stored(SignoffStep) == before


def test_database_refuses_to_delete_a_decided_step(step):
    with pytest.raises(DatabaseError, match="append-only"):
        run(f"DELETE FROM measures_signoffstep WHERE id = {step.pk}")

    assert SignoffStep.objects.filter(pk=step.pk).exists()


def test_code_does_not_change_a_decided_step_either(step):
    step.opinion = "อื่น"

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        step.save()

    assert SignoffStep.objects.get(pk=step.pk).opinion == ""


def test_step_that_waits_can_still_be_decided(office, step):
    signoffs.approve(current(step.signoff), by=office.deputy, opinion="เห็นชอบ")

    assert SignoffStep.objects.get(signoff=step.signoff, order=3).decision == "approved"


@pytest.mark.parametrize(
    "statement",
    ["UPDATE measures_signoffcomment SET text = 'x'", "DELETE FROM measures_signoffcomment"],
)
def test_database_refuses_to_change_a_comment(step, statement):
    before = stored(SignoffComment)

    with pytest.raises(DatabaseError, match="measures_signoffcomment is append-only"):
        run(statement)

    assert stored(SignoffComment) == before


@pytest.mark.parametrize("change", [lambda rows: rows.update(text="x"), lambda rows: rows.delete()])
def test_comments_are_not_changed_in_bulk(step, change):
    before = stored(SignoffComment)

    with pytest.raises(FrozenError):
        change(SignoffComment.objects.all())

    assert stored(SignoffComment) == before
