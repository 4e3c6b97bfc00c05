"""What changed from version to version: by place, word by word."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.domain import documents
from measures.domain.signing import signoffs
from measures.domain.signing.differences import (
    PieceKind,
    differences,
    earlier_version,
    word_pieces,
)
from measures.models import Document
from tests.factories.flow import REASON, current, publish, submit

THAI = st.text(alphabet="กขคงจ ะาิี่้0123๑\n", max_size=60)


@given(before=THAI, after=THAI)
def test_pieces_are_both_texts_again(before, after):
    pieces = word_pieces(before, after)

    assert "".join(each.text for each in pieces if each.kind != PieceKind.ADDED) == before
    assert "".join(each.text for each in pieces if each.kind != PieceKind.REMOVED) == after


def test_words_are_compared_not_letters():
    pieces = word_pieces("จัดประชุมชี้แจงบุคลากร", "จัดประชุมชี้แจงประชาชน")

    assert [(piece.kind.value, piece.text) for piece in pieces] == [
        ("same", "จัดประชุมชี้แจง"),
        ("removed", "บุคลากร"),
        ("added", "ประชาชน"),
    ]


@pytest.fixture
def content(office):
    return submit(office).content


@pytest.mark.django_db
def test_same_content_has_no_differences(content):
    assert differences(content, copy.deepcopy(content)) == []


@pytest.mark.django_db
def test_changed_places_are_named_with_both_texts(content):
    after = copy.deepcopy(content)
    after["memo"]["date"] = "2021-04-05"
    after["measures"][0]["result"] = "ทำแล้วสองครั้ง"
    after["measures"][1]["status"] = "in_progress"

    found = differences(content, after)

    assert [(each.key, each.name) for each in found] == [
        ("dated", "วันที่"),
        ("measure-1-result", "มาตรการที่ 1: ผลการดำเนินการ"),
        ("measure-2-status", "มาตรการที่ 2: สถานะ"),
    ]
    assert found[0].after == "๕ เมษายน พ.ศ. ๒๕๖๔"
    assert found[1].before == content["measures"][0]["result"]
    assert found[2].after == "อยู่ระหว่างดำเนินการ"


@pytest.mark.django_db
def test_measure_that_came_and_one_that_went_are_whole(content):
    after = copy.deepcopy(content)
    after["measures"][1]["number"] = 3

    found = {each.key: each for each in differences(content, after)}

    assert found["measure-3-title"].before == ""
    assert found["measure-2-title"].after == ""
    assert [piece.kind for piece in found["measure-2-title"].pieces] == [PieceKind.REMOVED]


@pytest.mark.django_db
def test_other_file_under_the_same_caption_is_a_difference(content):
    piece = {"kind": "photo", "caption": "ภาพการประชุม", "url": "", "sha256": "a" * 64}
    content["measures"][0]["progress"][0]["evidence"] = [piece]
    after = copy.deepcopy(content)
    after["measures"][0]["progress"][0]["evidence"][0]["sha256"] = "b" * 64

    assert [each.key for each in differences(content, after)] == ["measure-1-evidence"]


@pytest.mark.django_db
def test_long_stretches_that_stayed_are_shortened(content):
    before, after = copy.deepcopy(content), copy.deepcopy(content)
    same = "ดำเนินการตามแผน " * 40
    before["paragraphs"]["opening"] = [same + "ครั้งเดียว"]
    after["paragraphs"]["opening"] = [same + "สองครั้ง"]

    (found,) = differences(before, after)

    assert len(found.pieces[0].text) < len(same)
    assert " … " in found.pieces[0].text
    assert found.before == same + "ครั้งเดียว"


@pytest.mark.django_db
def test_first_attempt_has_no_earlier_version(office):
    assert earlier_version(submit(office)) is None


@pytest.mark.django_db
def test_second_attempt_is_compared_with_the_first(office):
    first = submit(office)
    signoffs.return_for_correction(current(first), by=office.head, reason=REASON)
    second = signoffs.submit(Document.objects.get(), by=office.coordinator)

    earlier = earlier_version(second)

    assert (earlier.name, earlier.content) == ("ที่เสนอครั้งที่ 1", first.content)


@pytest.mark.django_db
def test_correction_is_compared_with_what_was_published(office):
    publication = publish(office)
    draft = documents.start_correction(publication, by=office.coordinator, reason=REASON)
    signoff = signoffs.submit(draft, by=office.coordinator)

    earlier = earlier_version(signoff)

    assert earlier.name == f"ที่เผยแพร่แล้ว รหัส {publication.code}"
    assert differences(earlier.content, signoff.content) == []
