"""People and posts."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from measures.domain.staffing import accounts, invitations
from measures.models import Invitation, Post, PostHolding
from tests.factories.appointments import order_deputy, order_upload, set_up_second_factor
from tests.factories.organisations import make_post
from tests.factories.people import Office, hold, make_user
from tests.measures.views.matrix.rows import COORDINATES, WITHOUT_POST, Row, answers, nothing

ADMINISTERS_ONLY = "เฉพาะผู้ดูแลบัญชีและตำแหน่งของหน่วยงานเท่านั้น"
ORDERS_ONLY = "เฉพาะผู้ดูแลบัญชีและตำแหน่ง หรือผู้ประสานงานของหน่วยงานเท่านั้น"
KEEPS = {"get": answers(403, coordinator=200, superuser=200), "post": COORDINATES}
# Forms of the own office: another office's coordinator meets the rule of that one.
OWN_KEEPS = {
    "get": answers(403, coordinator=200, outsider=403, **WITHOUT_POST),
    "post": answers(403, coordinator=302, outsider=403, **WITHOUT_POST),
}


def vacant_post(office: Office) -> list[Any]:
    make_post(office.organisation, "นิติกร", order=9)
    return []


def into_the_vacant_post(arguments: list[Any]) -> dict[str, Any]:
    staff = PostHolding.objects.get(post__title="เจ้าพนักงานธุรการ").user
    return {
        "post": Post.objects.get(title="นิติกร").pk,
        "user": staff.pk,
        "starts_on": timezone.localdate().isoformat(),
    }


def order_to_act(arguments: list[Any]) -> dict[str, Any]:
    clerk, deputy = (
        PostHolding.objects.get(post__title=title)
        for title in ("ปลัดองค์การบริหารส่วนตำบล", "รองปลัดองค์การบริหารส่วนตำบล")
    )
    file: SimpleUploadedFile = order_upload()
    return {
        "post": clerk.post_id,
        "user": deputy.user_id,
        "substantive_post": deputy.post_id,
        "kind": "acting_for",
        "order_number": "412/2564",
        "order_date": "2021-01-04",
        "starts_on": "2021-01-05",
        "file": file,
    }


def holding_of_staff(office: Office) -> list[Any]:
    return [office.staff.holdings.get().pk]


def kept_order(office: Office) -> list[Any]:
    return [order_deputy(office).pk]


def invitation(office: Office) -> list[Any]:
    post = make_post(office.organisation, "นิติกร", order=9)
    waiting = invitations.invite(
        post,
        email="new.officer@example.go.th",
        first_name="สมมติใหม่",
        last_name="ใจดี",
        starts_on=timezone.localdate(),
        by=office.coordinator,
    )
    # Sent a while ago: a second press within two minutes is the same.
    Invitation.objects.update(invited_at=waiting.invited_at - 2 * invitations.SECOND_PRESS)
    return [waiting.pk]


def finance_staff(office: Office) -> list[Any]:
    return [office.finance_staff.pk]


def account_switched_off(office: Office) -> list[Any]:
    # Somebody else than those who knock.
    post = make_post(office.organisation, "นิติกร", order=9)
    account = make_user()
    hold(post, account)
    accounts.switch_off(account, office.organisation, by=office.coordinator)
    return [account.pk]


def finance_staff_with_second_factor(office: Office) -> list[Any]:
    set_up_second_factor(office.finance_staff)
    return [office.finance_staff.pk]


def head_post(office: Office) -> list[Any]:
    return [office.head_post.pk]


POST_TYPED = {"title": "หัวหน้าสำนักปลัด (ใหม่)", "order": "4"}

ROWS = {
    "desk:people": Row(nothing, get=answers(200, outsider=200, **WITHOUT_POST)),
    "desk:people_second_factor": Row(
        nothing,
        post=answers(403, coordinator=302, outsider=403, **WITHOUT_POST),
        typed={"mfa_required_from": "2099-10-01"},
        reason=ADMINISTERS_ONLY,
    ),
    "desk:appoint": Row(
        vacant_post, **OWN_KEEPS, typed_from=into_the_vacant_post, reason=ADMINISTERS_ONLY
    ),
    # Who coordinates another office may enter orders there, but not for posts of this one.
    "desk:order_acting": Row(
        nothing,
        get=answers(403, coordinator=200, outsider=200, **WITHOUT_POST),
        post=answers(403, coordinator=302, outsider=422, **WITHOUT_POST),
        typed_from=order_to_act,
        reason=ORDERS_ONLY,
    ),
    "desk:holding_end": Row(
        holding_of_staff, **KEEPS, typed={"ends_on": "2099-09-30"}, reason=ADMINISTERS_ONLY
    ),
    "desk:order_file": Row(kept_order, get=answers(200)),
    "desk:invite": Row(
        vacant_post,
        **OWN_KEEPS,
        typed={"email": "new@example.go.th", "first_name": "สมมติใหม่", "last_name": "ใจดี"},
        typed_from=into_the_vacant_post,
        reason=ADMINISTERS_ONLY,
    ),
    "desk:invitation_renew": Row(invitation, post=COORDINATES, reason=ADMINISTERS_ONLY),
    "desk:invitation_withdraw": Row(invitation, post=COORDINATES, reason=ADMINISTERS_ONLY),
    "desk:post_new": Row(
        nothing, **OWN_KEEPS, typed={"title": "นิติกร", "order": "9"}, reason=ADMINISTERS_ONLY
    ),
    "desk:post_edit": Row(head_post, **KEEPS, typed=POST_TYPED, reason=ADMINISTERS_ONLY),
    "desk:person": Row(
        finance_staff,
        get=answers(403, coordinator=200, finance_staff=200, superuser=200),
        reason=ADMINISTERS_ONLY,
    ),
    "desk:person_switch_off": Row(finance_staff, post=COORDINATES, reason=ADMINISTERS_ONLY),
    "desk:person_switch_on": Row(account_switched_off, post=COORDINATES, reason=ADMINISTERS_ONLY),
    "desk:person_reset_second_factor": Row(
        finance_staff_with_second_factor,
        post=COORDINATES,
        typed={"reason": "โทรศัพท์หาย"},
        reason=ADMINISTERS_ONLY,
    ),
}
