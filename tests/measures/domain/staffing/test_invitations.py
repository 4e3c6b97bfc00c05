"""Whoever has the link of an invitation gets the account and the post, once, in 14 days."""

import datetime
import re
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from measures.domain.errors import Invalid
from measures.domain.hashes import sha256_of
from measures.domain.staffing import appointments, invitations
from measures.models import Event, Invitation, User
from measures.permissions import NotAllowed
from tests.factories.flow import fresh, verbs_of
from tests.factories.organisations import make_post
from tests.factories.people import hold, make_office, make_user

pytestmark = pytest.mark.django_db

PASSWORD = "ฝนตกที่สมมตินา-หลังเที่ยง"
ADDRESS = "new.officer@example.go.th"
LATER = datetime.timedelta(minutes=5)


class BrokenMail(EmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages):
        raise SMTPException


@pytest.fixture
def post(office):
    return make_post(office.organisation, "นิติกร", division=office.secretariat)


@pytest.fixture
def invite(office, post, django_capture_on_commit_callbacks):
    """Invite somebody, send the mail, and return the invitation."""

    def invited(**changes):
        values = {
            "email": ADDRESS,
            "title": "นาง",
            "first_name": "สมมติใหม่",
            "last_name": "ใจดี",
            "starts_on": timezone.localdate(),
            "by": office.coordinator,
        }
        with django_capture_on_commit_callbacks(execute=True):
            return invitations.invite(changes.pop("post", post), **values | changes)

    return invited


def secret_in(message) -> str:
    """Return the secret in the link of a mail."""
    return re.search(r"/accounts/invitation/([\w-]+)/", message.body)[1]


def accept(secret, **changes):
    return invitations.accept(secret, **{"username": "new.officer", "password": PASSWORD} | changes)


# Inviting ----------------------------------------------------------------------------------------


def test_link_is_mailed_and_only_its_hash_is_kept(office, invite):
    invitation = invite(email="New.Officer@example.go.th")

    (message,) = mail.outbox
    secret = secret_in(message)
    assert message.to == [ADDRESS]
    assert office.organisation.name in message.subject
    assert "นางสมมติใหม่ ใจดี" in message.body
    assert len(secret) == 43  # 256 bits in base64
    assert invitation.token_sha256 == sha256_of(secret.encode())
    assert secret not in str(list(Invitation.objects.values())) + str(list(Event.objects.values()))
    assert invitation.expires_at - invitation.invited_at == datetime.timedelta(days=14)


def test_log_keeps_who_and_which_post_but_no_address(office, invite):
    invite()

    event = office.organisation.events.get()
    assert (event.verb, event.actor, event.data) == (
        "invited",
        office.coordinator,
        {
            "post": "นิติกร",
            "person": "นางสมมติใหม่ ใจดี",
            "starts_on": timezone.localdate().isoformat(),
        },
    )


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_only_who_administers_invites(office, invite, who):
    with pytest.raises(NotAllowed):
        invite(by=getattr(office, who))

    assert (Invitation.objects.count(), len(mail.outbox)) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"email": "no address"}, "อีเมลไม่ถูกต้อง"),
        ({"email": ""}, "โปรดกรอกอีเมล"),
        ({"first_name": " "}, "โปรดกรอกชื่อ"),
        ({"last_name": ""}, "โปรดกรอกนามสกุล"),
    ],
)
def test_invitation_that_cannot_be_sent_is_refused(invite, changes, reason):
    with pytest.raises(Invalid, match=reason):
        invite(**changes)

    assert not Invitation.objects.exists()


def test_nobody_is_invited_into_a_post_that_is_held(office, invite):
    with pytest.raises(Invalid, match="ดำรงตำแหน่งหัวหน้าสำนักปลัด"):
        invite(post=office.head_post)


def test_second_press_is_one_invitation_and_one_mail(invite):
    assert invite() == invite()
    assert len(mail.outbox) == 1


def test_inviting_again_later_makes_the_first_link_useless(invite):
    invite()
    renewed = invite(now=timezone.now() + LATER, last_name="ใจงาม")

    first, second = map(secret_in, mail.outbox)
    assert Invitation.objects.get() == renewed
    with pytest.raises(invitations.DeadLink):
        invitations.of_secret(first)
    assert invitations.of_secret(second).last_name == "ใจงาม"


def test_renewing_gives_another_14_days(office, invite, django_capture_on_commit_callbacks):
    invitation = invite()
    in_a_month = timezone.now() + datetime.timedelta(days=30)

    with django_capture_on_commit_callbacks(execute=True):
        invitations.renew(invitation, by=office.coordinator, now=in_a_month)

    assert invitations.of_secret(secret_in(mail.outbox[1]), now=in_a_month) == invitation


def test_mail_that_cannot_be_sent_is_told_and_can_be_sent_again(
    office, invite, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = f"{__name__}.BrokenMail"
    with pytest.raises(Invalid, match="ส่งอีเมลไม่สำเร็จ"):
        invite()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    with django_capture_on_commit_callbacks(execute=True):
        invitations.renew(Invitation.objects.get(), by=office.coordinator)

    assert len(mail.outbox) == 1


# Withdrawing -------------------------------------------------------------------------------------


def test_withdrawn_invitation_opens_nothing_and_twice_is_one(office, invite):
    invitation = invite()
    for _press in range(2):
        invitations.withdraw(invitation, by=office.coordinator)

    with pytest.raises(invitations.DeadLink):
        accept(secret_in(mail.outbox[0]))
    assert verbs_of(office.organisation) == ["invited", "invitation_withdrawn"]


def test_only_who_administers_withdraws_and_renews(office, invite):
    invitation = invite()

    for verb in (invitations.withdraw, invitations.renew):
        for who in ("staff", "outsider"):
            with pytest.raises(NotAllowed):
                verb(invitation, by=getattr(office, who))


def test_answered_invitation_is_neither_withdrawn_nor_renewed(office, invite):
    invitation = invite()
    accept(secret_in(mail.outbox[0]))

    for verb in (invitations.withdraw, invitations.renew):
        with pytest.raises(Invalid, match="มีผู้ตอบรับ"):
            verb(invitation, by=office.coordinator)


# Answering ---------------------------------------------------------------------------------------


def test_answer_makes_the_account_and_the_holding(office, invite, post):
    invitation = invite()

    holding = accept(secret_in(mail.outbox[0]))

    user = User.objects.get(username="new.officer")
    assert (holding.post, holding.user, holding.starts_on) == (post, user, timezone.localdate())
    assert (user.email, user.get_full_name()) == (ADDRESS, "นางสมมติใหม่ ใจดี")
    assert user.check_password(PASSWORD) is True
    assert (user.is_staff, user.is_superuser) == (False, False)
    invitation.refresh_from_db()
    assert invitation.accepted_by == user
    assert verbs_of(office.organisation) == ["invited", "invitation_accepted", "appointed"]
    assert office.organisation.pk in fresh(user).organisation_ids()


@pytest.mark.parametrize("days", [13, 14, 15])
def test_link_is_good_for_14_days(invite, days):
    invite()
    later = timezone.now() + datetime.timedelta(days=days, seconds=-5)

    if days <= 14:
        assert accept(secret_in(mail.outbox[0]), now=later).user.username == "new.officer"
    else:
        with pytest.raises(invitations.DeadLink):
            accept(secret_in(mail.outbox[0]), now=later)


def test_dead_links_all_say_the_same(office, invite):
    invitation = invite()
    used = secret_in(mail.outbox[0])
    accept(used)
    withdrawn = invite(email="second@example.go.th", post=make_post(office.organisation, "ครู"))
    invitations.withdraw(withdrawn, by=office.coordinator)

    said = set()
    for secret in (used, secret_in(mail.outbox[1]), "never-given", invitation.token_sha256, ""):
        with pytest.raises(invitations.DeadLink) as refusal:
            accept(secret, username="second")
        said.add(str(refusal.value))

    assert said == {"ลิงก์นี้ใช้ไม่ได้แล้ว โปรดขอลิงก์ใหม่จากผู้ดูแลบัญชีของหน่วยงาน"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"password": "สั้น"}, "รหัสผ่านสั้นเกินไป"),
        ({"password": "new.officer@example"}, "รหัสผ่านคล้าย"),
        ({"username": ""}, "โปรดกรอกชื่อผู้ใช้"),
        ({"username": "มี ช่องว่าง"}, "."),
    ],
)
def test_name_or_password_that_will_not_do_leaves_the_invitation_open(invite, changes, reason):
    invite()
    secret = secret_in(mail.outbox[0])

    with pytest.raises(Invalid, match=reason):
        accept(secret, **changes)

    assert not User.objects.filter(email=ADDRESS).exists()
    assert accept(secret).user.username == "new.officer"


def test_name_that_is_taken_is_refused(office, invite):
    invite()

    with pytest.raises(Invalid):
        accept(secret_in(mail.outbox[0]), username=office.staff.username)


def test_post_filled_in_the_meantime_is_told_and_no_account_is_left(office, invite, post):
    invite()
    appointments.appoint(post, office.staff, starts_on=timezone.localdate(), by=office.coordinator)

    with pytest.raises(Invalid, match="ดำรงตำแหน่งนิติกร"):
        accept(secret_in(mail.outbox[0]))

    assert not User.objects.filter(email=ADDRESS).exists()
    assert Invitation.objects.waiting().count() == 1


# Somebody who has an account ---------------------------------------------------------------------


def test_account_made_after_the_invitation_answers_it(invite, post):
    """The right address, an account made later: access is worked out when asked (FAC 2938)."""
    invite()
    secret = secret_in(mail.outbox[0])
    later = make_user(email=ADDRESS.upper())

    with pytest.raises(Invalid, match="มีบัญชีอยู่แล้ว"):
        accept(secret)

    assert invitations.accept_as(secret, later).user == later
    assert post.holder_on(timezone.localdate()).user == later


def test_officer_transferred_from_another_office_keeps_the_account(office, invite):
    other = make_office()
    other.staff.email = ADDRESS
    other.staff.save()
    invite()

    holding = invitations.accept_as(secret_in(mail.outbox[0]), other.staff)

    assert holding.post.organisation == office.organisation
    assert fresh(other.staff).organisation_ids() == {
        office.organisation.pk,
        other.organisation.pk,
    }


def test_account_under_an_old_address_answers_where_the_new_one_has_none(invite):
    invite()
    transferred = make_user(email="old.address@example.go.th")

    assert invitations.accept_as(secret_in(mail.outbox[0]), transferred).user == transferred


def test_another_account_does_not_take_an_invitation_whose_owner_has_one(office, invite):
    invite()
    make_user(email=ADDRESS)

    with pytest.raises(Invalid, match="คำเชิญนี้เป็นของบัญชีอื่น"):
        invitations.accept_as(secret_in(mail.outbox[0]), office.head)

    assert Invitation.objects.waiting().count() == 1


def test_account_that_is_off_does_not_stand_in_the_way(invite):
    invite()
    make_user(email=ADDRESS, is_active=False)

    assert accept(secret_in(mail.outbox[0])).user.username == "new.officer"


def test_account_that_holds_the_post_already_is_told(office, invite, post):
    invite()
    office.staff.email = ADDRESS
    office.staff.save()
    hold(post, office.staff)

    with pytest.raises(Invalid, match="ดำรงตำแหน่งนิติกร"):
        invitations.accept_as(secret_in(mail.outbox[0]), office.staff)
