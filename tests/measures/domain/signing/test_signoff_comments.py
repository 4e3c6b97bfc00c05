"""What is said of single places: written with the decision, kept through returns, never changed."""

import pytest

from measures.domain.errors import Invalid
from measures.domain.signing import signoff_comments, signoffs
from measures.domain.signing.places import places_of
from measures.models import Document, FrozenError, SignoffComment
from tests.factories.flow import REASON, act, approve_up_to, current, decisions, make_draft, submit

pytestmark = pytest.mark.django_db


def say(office, signoff, **comments):
    places = {place.replace("__", "-"): text for place, text in comments.items()}
    return signoffs.return_for_correction(
        current(signoff), by=office.head, reason=REASON, comments=places
    )


def test_comment_keeps_the_name_of_its_place_in_thai(office):
    step = say(office, submit(office), opening=" ระบุวันที่ ", measure__1__result="เพิ่มจำนวน")

    assert list(step.comments.order_by("pk").values_list("place", "place_name", "text")) == [
        ("opening", "ความนำ", "ระบุวันที่"),
        ("measure-1-result", "มาตรการที่ 1: ผลการดำเนินการ", "เพิ่มจำนวน"),
    ]


def test_comments_stand_in_the_log_with_the_decision(office):
    say(office, submit(office), opening="ระบุวันที่")

    data = office.organisation.events.get(verb="returned").data
    assert data["comments"] == [{"place": "ความนำ", "text": "ระบุวันที่"}]


def test_comments_go_with_an_approval_too(office):
    signoff = submit(office)

    signoffs.approve(current(signoff), by=office.head, comments={"closing": "ดีแล้ว", "opening": " "})

    assert list(SignoffComment.objects.values_list("place", "text")) == [("closing", "ดีแล้ว")]


def test_comment_on_what_is_not_in_the_document_signs_nothing(office):
    signoff = submit(office)

    with pytest.raises(Invalid):
        say(office, signoff, measure__99__result="ไม่มีมาตรการนี้")

    assert decisions(signoff) == ["signed", "", "", "", ""]
    assert SignoffComment.objects.count() == 0


def test_pressing_twice_writes_a_comment_once(office):
    step = current(submit(office))

    for _press in range(2):
        signoffs.approve(step, by=office.head, comments={"opening": "ดี"})

    assert SignoffComment.objects.count() == 1


def test_comments_are_kept_through_later_returns_newest_first(office):
    signoff = submit(office)
    say(office, signoff, opening="ครั้งที่หนึ่ง")
    again = signoffs.submit(Document.objects.get(), by=office.coordinator)
    say(office, again, opening="ครั้งที่สอง")

    found = signoff_comments.comments_by_place(Document.objects.get())

    assert [comment.text for comment in found["opening"]] == ["ครั้งที่สอง", "ครั้งที่หนึ่ง"]


def test_entries_of_a_measure_find_what_is_said_of_it_and_nothing_else(office):
    say(office, submit(office), measure__1__result="ของหนึ่ง", measure__2__outcome="ของสอง")
    entries = {entry.measure.number: entry for entry in office.round.entries.all()}

    found = {
        number: {
            field: [comment.text for comment in comments]
            for field, comments in signoff_comments.comments_of(entry).items()
        }
        for number, entry in entries.items()
    }

    assert found == {1: {"result": ["ของหนึ่ง"]}, 2: {"outcome": ["ของสอง"]}}


def test_comment_is_not_changed_by_anybody(office):
    say(office, submit(office), opening="ระบุวันที่")
    comment = SignoffComment.objects.get()
    comment.text = "อื่น"

    with pytest.raises(FrozenError):
        comment.save()


def test_every_place_has_its_own_key_and_a_thai_name(office):
    places = places_of(submit(office, make_draft(office)).content)

    keys = [place.key for place in places]
    assert len(keys) == len(set(keys))
    assert max(map(len, keys)) <= 100
    assert {"opening", "subject", "measure-1-result", "measure-2-evidence"} <= set(keys)
    assert all(any("ก" <= letter <= "ฮ" for letter in place.name) for place in places)


def test_approving_for_two_posts_writes_the_comment_once(office):
    act(office.clerk_post, office.deputy, office.deputy_post)
    signoff = approve_up_to(office, submit(office), 2)

    signoffs.approve(current(signoff), by=office.deputy, comments={"opening": "ดี"})

    assert [comment.step.post for comment in SignoffComment.objects.all()] == [office.deputy_post]
