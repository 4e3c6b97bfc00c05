"""Each move of a sign-off, row by row: exactly who is told, what stands in it, and who is not."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.utils import timezone

from measures.domain.signing import signoffs
from measures.models import Notice, PostHolding, Signoff, SignoffComment, User
from measures.notifications import SignoffMove, announce
from measures.notifications.moves import TABLE, Row
from tests.factories.flow import (
    REASON,
    approve_up_to,
    current,
    end_holdings,
    make_draft,
    submit,
)
from tests.factories.organisations import make_post
from tests.factories.people import Office, hold, make_user

pytestmark = pytest.mark.django_db

SUBJECT = (
    "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน "
    "ประจำปีงบประมาณ พ.ศ. 2564 (รอบ 6 เดือน)"
)


@dataclass
class Scene:
    """An office in which a second coordinator sends, and many stand by who must not be told."""

    office: Office
    sender: User  # a coordinator who is not the preparer
    acting: User  # acts for the head
    left: User  # held the head's post until yesterday
    inactive: User  # holds the head's post, without an account

    def names(self) -> dict[User, str]:
        """Return how the expectations below call each person."""
        office = self.office
        return {
            self.sender: "sender",
            self.acting: "acting",
            self.left: "left",
            self.inactive: "inactive",
            office.staff: "staff",
            office.finance_staff: "finance_staff",
            office.coordinator: "preparer",
            office.head: "head",
            office.deputy: "deputy",
            office.clerk: "clerk",
            office.mayor: "mayor",
            office.outsider: "outsider",
        }


@pytest.fixture
def scene(office) -> Scene:
    sender, acting, left, inactive = (make_user() for _each in range(4))
    hold(make_post(office.organisation, "ผู้ช่วยธุรการ", coordinates=True), sender)
    hold(office.head_post, acting, kind="acting_for", substantive_post=office.staff_post)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    hold(office.head_post, left, ends_on=yesterday)
    hold(office.head_post, inactive)
    User.objects.filter(pk=inactive.pk).update(is_active=False)
    return Scene(office, sender, acting, left, inactive)


def sent_by_second(scene: Scene) -> Signoff:
    """The second coordinator sends; the preparer has yet to sign."""
    return signoffs.submit(make_draft(scene.office), by=scene.sender)


def signed_by_preparer(scene: Scene) -> Signoff:
    return approve_up_to(scene.office, sent_by_second(scene), 1)


def approved_by_head(scene: Scene) -> Signoff:
    signoff = signed_by_preparer(scene)
    signoffs.approve(current(signoff), by=scene.office.head, opinion="เห็นควร\nเสนอต่อ")
    return signoff


def approved_by_all(scene: Scene) -> Signoff:
    signoff = approve_up_to(scene.office, sent_by_second(scene), 4)
    signoffs.approve(current(signoff), by=scene.office.mayor, opinion="ดำเนินการได้ <ทันที> & ครบ")
    return signoff


def returned_by_deputy(scene: Scene) -> Signoff:
    signoff = approve_up_to(scene.office, sent_by_second(scene), 2)
    signoffs.return_for_correction(current(signoff), by=scene.office.deputy, reason=REASON)
    return signoff


def refused_by_mayor(scene: Scene) -> Signoff:
    signoff = approve_up_to(scene.office, sent_by_second(scene), 4)
    signoffs.refuse(current(signoff), by=scene.office.mayor, reason=REASON)
    return signoff


def recalled_from_head(scene: Scene) -> Signoff:
    signoff = signed_by_preparer(scene)
    return signoffs.recall(signoff, by=scene.sender)


@dataclass
class Expected:
    """What one row must do: in this scene these people, and nobody else, are told this."""

    act: Callable[[Scene], Signoff]
    told: set[str]
    subject: str
    texts: tuple[str, ...]


EXPECTED = {
    ("submitted", "next_post"): Expected(
        sent_by_second, {"preparer"}, "รอท่านพิจารณา", ("รอท่านพิจารณาในตำแหน่งนักวิเคราะห์นโยบายและแผน",)
    ),
    ("signed", "next_post"): Expected(
        signed_by_preparer,
        {"head", "acting"},
        "รอท่านพิจารณา",
        ("รอท่านพิจารณาในตำแหน่งหัวหน้าสำนักปลัด", "ความเห็นของนักวิเคราะห์นโยบายและแผน: ความเห็นที่ 1"),
    ),
    ("signed", "submitter"): Expected(
        signed_by_preparer,
        {"sender"},
        "ผ่านการพิจารณาไปอีกขั้น",
        ("ลงนามผู้จัดทำ โดย", "ในตำแหน่งนักวิเคราะห์นโยบายและแผน", "ลำดับต่อไป: หัวหน้าสำนักปลัด"),
    ),
    ("approved", "next_post"): Expected(
        approved_by_head,
        {"deputy"},
        "รอท่านพิจารณา",
        ("รอท่านพิจารณาในตำแหน่งรองปลัด", "ความเห็นของหัวหน้าสำนักปลัด: เห็นควร\nเสนอต่อ"),
    ),
    ("approved", "submitter"): Expected(
        approved_by_head,
        {"sender"},
        "ผ่านการพิจารณาไปอีกขั้น",
        ("เห็นชอบ/อนุมัติ โดย", "ความเห็น: เห็นควร\nเสนอต่อ", "ลำดับต่อไป: รองปลัด"),
    ),
    ("finally_approved", "submitter_and_coordinators"): Expected(
        approved_by_all,
        {"sender", "preparer"},
        "อนุมัติแล้ว รอเผยแพร่",
        ("เห็นชอบ/อนุมัติ โดย", "ความเห็น: ดำเนินการได้ <ทันที> & ครบ"),
    ),
    ("returned", "everybody_behind_it"): Expected(
        returned_by_deputy,
        {"sender", "preparer", "head"},
        "ส่งกลับแก้ไข",
        ("ส่งกลับแก้ไข โดย", "ในตำแหน่งรองปลัด", f"เหตุผล: {REASON}"),
    ),
    ("refused", "everybody_behind_it"): Expected(
        refused_by_mayor,
        {"sender", "preparer", "head", "deputy", "clerk"},
        "ไม่อนุมัติ",
        ("ไม่อนุมัติ โดย", f"เหตุผล: {REASON}"),
    ),
    ("recalled", "waiting_post"): Expected(
        recalled_from_head,
        {"head", "acting"},
        "เรียกคืนแล้ว ไม่ต้องพิจารณา",
        ("เรียกคืนไปแก้ไขแล้ว ท่านไม่ต้องพิจารณา",),
    ),
}


def name_of(row: Row) -> tuple[str, str]:
    return (row.move.value, row.who.__name__)


def test_every_row_has_its_expectation_and_every_move_a_row():
    assert sorted(name_of(row) for row in TABLE) == sorted(EXPECTED)
    assert {row.move for row in TABLE} == set(SignoffMove)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: "-".join(name_of(row)))
def test_row_tells_exactly_these_people_this(scene, row):
    expected = EXPECTED[name_of(row)]

    signoff = expected.act(scene)

    notices = [
        notice
        for notice in Notice.objects.select_related("recipient")
        if notice.key.endswith(f"-{row.move}") and notice.subject.startswith(expected.subject)
    ]
    if row.move == SignoffMove.APPROVED:  # every post on the way has one; the last is this act's
        newest = max(notice.created_at for notice in notices)
        notices = [notice for notice in notices if notice.created_at == newest]
    assert sorted(scene.names()[notice.recipient] for notice in notices) == sorted(expected.told)
    for notice in notices:
        assert notice.kind == row.kind
        assert notice.organisation == scene.office.organisation
        assert notice.subject == f"{expected.subject}: {SUBJECT}"
        assert [text for text in (SUBJECT, *expected.texts) if text not in notice.body] == []
        assert notice.path == f"/desk/documents/{signoff.document_id}/"


@pytest.mark.parametrize("act", {each.act for each in EXPECTED.values()}, ids=lambda a: a.__name__)
def test_the_last_move_tells_nobody_besides_its_rows(scene, act):
    """All notices of the act's own move together, against all rows of that move together."""
    act(scene)
    newest = Notice.objects.order_by("-pk").first().key
    told = {
        scene.names()[notice.recipient]
        for notice in Notice.objects.filter(key=newest).select_related("recipient")
    }

    wanted = [each.told for key, each in EXPECTED.items() if newest.endswith(f"-{key[0]}")]

    assert told == set().union(*wanted)


def test_field_comments_stand_in_what_returned(scene):
    signoff = signed_by_preparer(scene)
    step = current(signoff)
    Signoff.objects.filter(pk=signoff.pk).update(
        outcome="returned", ended_at=timezone.now(), ended_by=scene.office.head
    )
    step.decision, step.reason = "returned", REASON
    step.decided_at, step.decided_by, step.signer_name = (
        timezone.now(),
        scene.office.head,
        "สมมติ หัวหน้า",
    )
    step.save()
    SignoffComment.objects.create(
        step=step, place="opening", place_name="ความนำ", text="<ปี> ไม่ตรง & ขาดวันที่"
    )

    announce(SignoffMove.RETURNED, Signoff.objects.get(pk=signoff.pk), step)

    body = Notice.objects.get(recipient=scene.sender, kind="returned").body
    assert f"เหตุผล: {REASON}" in body
    assert "ข้อทักท้วงเฉพาะจุด\n- ความนำ: <ปี> ไม่ตรง & ขาดวันที่" in body


def test_the_maker_is_not_told_to_decide_last(scene):
    """An acting mayor who sent the document cannot approve it, so it is not their turn."""
    office = scene.office
    hold(office.mayor_post, scene.sender, kind="acting_for", substantive_post=office.staff_post)

    approve_up_to(office, sent_by_second(scene), 4)

    turn = Notice.objects.filter(kind="your_turn", body__contains=office.mayor_post.title)
    assert [notice.recipient for notice in turn] == [office.mayor]


def test_who_sent_it_and_decides_next_is_told_once(office):
    """It is their turn: that it passed on needs no word of its own."""
    hold(office.deputy_post, office.coordinator)

    signoff = approve_up_to(office, submit(office), 2)

    kinds = Notice.objects.filter(
        recipient=office.coordinator, key__endswith=f"step-{signoff.steps.get(order=2).pk}-approved"
    )
    assert [notice.kind for notice in kinds] == ["your_turn"]


def test_submitter_who_has_left_is_not_told(scene):
    signoff = signed_by_preparer(scene)
    PostHolding.objects.filter(user=scene.sender).update(
        ends_on=timezone.localdate() - datetime.timedelta(days=1)
    )

    signoffs.return_for_correction(current(signoff), by=scene.office.head, reason=REASON)

    returned = Notice.objects.filter(kind="returned").select_related("recipient")
    assert [scene.names()[notice.recipient] for notice in returned] == ["preparer"]


def test_a_vacant_post_is_told_nothing_and_the_move_still_happens(scene):
    signoff = sent_by_second(scene)
    end_holdings(scene.office.head_post)

    approve_up_to(scene.office, signoff, 1)

    assert current(signoff).post == scene.office.head_post
    assert not Notice.objects.filter(body__contains="ในตำแหน่งหัวหน้าสำนักปลัด").exists()


def test_second_press_tells_nobody_again(scene):
    signoff = signed_by_preparer(scene)
    step = current(signoff)
    signoffs.approve(step, by=scene.office.head)
    before = Notice.objects.count()

    signoffs.approve(step, by=scene.office.head)
    announce(
        SignoffMove.APPROVED, Signoff.objects.get(pk=signoff.pk), signoff.steps.get(pk=step.pk)
    )

    assert Notice.objects.count() == before


def test_each_attempt_tells_anew(scene):
    for _attempt in range(2):
        signoff = signoffs.submit(make_draft(scene.office), by=scene.sender)
        signoffs.recall(signoff, by=scene.sender)

    told = Notice.objects.filter(recipient=scene.office.coordinator)
    assert sorted(told.values_list("kind", flat=True)) == ["recalled"] * 2 + ["your_turn"] * 2
