"""The same file twice: by its bytes, and by what the picture shows."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from measures.domain.demo import photographs as drawn
from measures.domain.filing import evidence, reuse
from measures.domain.filing.photographs import perceptual_hash
from measures.domain.recording import progress
from measures.models import ReportingRound
from tests.factories.evidence import attach
from tests.factories.people import make_office
from tests.factories.pictures import pdf, picture

pytestmark = pytest.mark.django_db

BITS = st.integers(0, 2**64 - 1)


@pytest.fixture
def entries(office):
    return progress.entries_of(office.round)


def scene(text: str = "ภาพสมมติ", kind: str = "meeting", **save) -> bytes:
    """A drawn photograph; with arguments of Pillow, encoded anew."""
    data = drawn.drawn_jpeg(kind, text)
    if not save:
        return data
    image = Image.open(io.BytesIO(data))
    width = save.pop("width", image.width)
    image = image.resize((width, image.height * width // image.width))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", **save)
    return buffer.getvalue()


def add(office, entry, data, caption="ภาพ"):
    return attach(entry, by=office.coordinator, data=data, caption=caption)


def found_in(entry):
    return {
        pk: [(each.earlier.pk, each.is_exact) for each in found]
        for pk, found in reuse.reused_in(entry).items()
    }


def test_the_same_bytes_in_another_entry_are_noticed_at_the_later_one(office, entries):
    first = add(office, entries[0], pdf(), caption="คำสั่ง")
    second = add(office, entries[1], pdf())

    assert found_in(entries[0]) == {}
    [found] = reuse.reused_in(entries[1])[second.pk]
    assert (found.earlier, found.is_exact) == (first, True)
    assert found.sentence() == (
        f"ไฟล์เดียวกันนี้ใช้แล้วที่มาตรการที่ {entries[0].measure.number} {entries[0].division.name} "
        f"{office.round} “คำสั่ง”"
    )


@pytest.mark.parametrize("width", [1600, 1024, 640])
@pytest.mark.parametrize("quality", [90, 60, 40])
def test_picture_that_a_messenger_made_smaller_is_noticed(office, entries, width, quality):
    first = add(office, entries[0], scene())
    second = add(office, entries[1], scene(width=width, quality=quality))

    assert found_in(entries[1]) == {second.pk: [(first.pk, False)]}
    [found] = reuse.reused_in(entries[1])[second.pk]
    assert found.sentence().startswith("ภาพนี้คล้ายมากกับภาพที่ใช้แล้วของมาตรการที่ ")


def test_other_pictures_are_not_taken_for_the_same(office, entries):
    for place, kind in enumerate(sorted(drawn.SCENES)):
        add(office, entries[place % 2], scene(f"ภาพที่ {place}", kind))

    assert reuse.findings_of(office.organisation, office.round.fiscal_year) == []


def test_plain_sheets_are_not_taken_for_the_same(office, entries):
    add(office, entries[0], picture(size=(900, 600), colour=(255, 255, 255)))
    add(office, entries[1], picture(size=(600, 600), colour=(250, 250, 250)))

    assert reuse.findings_of(office.organisation, office.round.fiscal_year) == []


def test_two_pictures_of_one_entry_are_no_reuse(office, entries):
    add(office, entries[0], scene())
    add(office, entries[0], scene(width=800, quality=70))

    assert found_in(entries[0]) == {}


def test_removed_evidence_does_not_count(office, entries):
    first = add(office, entries[0], pdf())
    second = add(office, entries[1], pdf())
    evidence.remove(first, by=office.coordinator)

    assert found_in(entries[1]) == {}
    assert second.removed_at is None


def test_other_organisations_do_not_count(office, entries):
    other = make_office()
    add(other, progress.entries_of(other.round)[0], pdf())
    add(office, entries[0], pdf())

    assert found_in(entries[0]) == {}


def test_last_years_evidence_is_noticed_this_year(office, entries):
    old = add(office, entries[0], scene(), caption="ภาพปีก่อน")
    ReportingRound.objects.filter(pk=office.round.pk).update(
        fiscal_year=office.round.fiscal_year - 1
    )
    new_round = ReportingRound.objects.create(
        organisation=office.organisation,
        fiscal_year=office.round.fiscal_year,
        months=office.round.months,
        opens_on=office.round.opens_on,
        due_on=office.round.due_on,
    )
    new = add(office, progress.entries_of(new_round)[0], scene(quality=75))

    [found] = reuse.findings_of(office.organisation, office.round.fiscal_year)
    assert (found.evidence, found.earlier) == (new, old)
    assert str(found.earlier.entry.round) in found.sentence()
    assert reuse.findings_of(office.organisation, office.round.fiscal_year - 1) == []
    assert set(reuse.reused_in_round(new_round)) == {new.pk}


def test_one_entry_and_a_round_take_as_many_queries_however_much_there_is(office, entries):
    counts = []
    for number in range(1, 4):
        for entry in entries[:2]:
            add(office, entry, pdf(number))
        for ask in (
            lambda: reuse.reused_in(entries[1]),
            lambda: reuse.reused_in_round(office.round),
            lambda: [
                each.sentence()
                for each in reuse.findings_of(office.organisation, office.round.fiscal_year)
            ],
        ):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert ask()
            counts.append(len(queries))

    assert set(counts) == {3}


@given(BITS, BITS, BITS)
def test_different_bits_are_a_distance(one, two, three):
    assert (reuse.different_bits(one, two) == 0) == (one == two)
    assert reuse.different_bits(one, two) == reuse.different_bits(two, one)
    assert 0 <= reuse.different_bits(one, two) <= 64
    assert reuse.different_bits(one, three) <= reuse.different_bits(
        one, two
    ) + reuse.different_bits(two, three)


@given(
    levels=st.lists(st.integers(0, 255), min_size=72, max_size=72),
    brighter=st.integers(0, 60),
)
def test_hash_stays_when_the_whole_picture_gets_brighter(levels, brighter):
    lower = [level * 3 // 4 for level in levels]  # room for the light
    plain = Image.frombytes("L", (9, 8), bytes(lower))
    bright = Image.frombytes("L", (9, 8), bytes(level + brighter for level in lower))

    assert perceptual_hash(plain) == perceptual_hash(bright)


def test_hash_of_a_picture_that_darkens_to_the_right_has_all_bits():
    falling = Image.frombytes("L", (9, 8), bytes(range(90, 0, -10)) * 8)

    assert perceptual_hash(falling) == "f" * 16
    assert perceptual_hash(falling.transpose(Image.Transpose.FLIP_LEFT_RIGHT)) == "0" * 16
