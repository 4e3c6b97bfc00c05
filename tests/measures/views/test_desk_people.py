"""The pages of the people: what each may see and do, in words that a clerk understands."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from measures.domain.staffing import invitations
from measures.models import Invitation, Organisation, Post, PostHolding
from tests.factories.appointments import ORDER_NUMBER, order_deputy, set_up_second_factor
from tests.factories.flow import fresh
from tests.factories.organisations import make_post
from tests.factories.people import hold, make_user
from tests.factories.pictures import pdf

pytestmark = pytest.mark.django_db

PEOPLE = "/desk/people/"
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def keeper(office, as_person):
    """A browser of who administers."""
    return as_person(office.coordinator)


def page_of(browser, address=PEOPLE) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


# The list ----------------------------------------------------------------------------------------


def test_everybody_reads_who_is_in_which_post(office, as_person):
    order_deputy(office)

    page = page_of(as_person(office.staff))

    for person in office.chain:
        assert person.get_full_name() in page
    assert "รักษาราชการแทน" in page
    assert "คำสั่งที่ ๔๑๒/๒๕๖๔" in page


def test_who_keeps_nothing_is_offered_nothing_and_sees_no_address(office, as_person, keeper):
    invite(keeper, make_post(office.organisation, "นิติกร"))

    page = page_of(as_person(office.staff))

    assert "new.officer@example.go.th" not in page
    assert "โปรดดำเนินการ" not in page
    for name in ("desk:invite", "desk:appoint", "desk:order_acting", "desk:post_new"):
        assert reverse(name) not in page


def test_coordinator_without_the_keys_enters_orders_alone(office, as_person):
    office.coordinator_post.administers = False
    office.coordinator_post.save()

    page = page_of(as_person(fresh(office.coordinator)))

    assert reverse("desk:order_acting") in page
    assert "โปรดดำเนินการ" in page
    for name in ("desk:invite", "desk:appoint", "desk:post_new", "desk:people_second_factor"):
        assert reverse(name) not in page


def test_what_needs_a_hand_stands_on_top(office, keeper, today):
    holding = office.mayor.holdings.get()
    holding.ends_on = today + ONE_DAY
    holding.save()
    PostHolding.objects.filter(user=office.finance_staff).update(ends_on=today - ONE_DAY)

    page = page_of(keeper)

    assert "กองช่างไม่มีบัญชีผู้รายงานผล" in page
    assert "ตำแหน่งที่รายงานผลว่าง: นักวิชาการเงินและบัญชี" in page
    assert f"{office.mayor.get_full_name()} ดำรงตำแหน่ง {office.mayor_post.title}" in page


@pytest.mark.parametrize("count", [1, 3, 60])
def test_queries_stay_the_same_however_many_hold_a_post(
    office, keeper, today, count, django_assert_num_queries
):
    Organisation.objects.filter(pk=office.organisation.pk).update(mfa_required_from=today + ONE_DAY)
    for number in range(count):
        post = make_post(office.organisation, f"ตำแหน่งที่ {number}", division=office.works)
        own = hold(post, make_user())
        hold(
            office.clerk_post,
            own.user,
            kind="acting_for",
            substantive_post=post,
            starts_on=today - number * ONE_DAY,
        )

    with django_assert_num_queries(15):
        keeper.get(PEOPLE)


# Appointing --------------------------------------------------------------------------------------


def test_appointing_from_the_list(office, keeper, today):
    post = make_post(office.organisation, "นิติกร")
    address = f"{reverse('desk:appoint')}?post={post.pk}"
    assert f'<option value="{post.pk}" selected>' in page_of(keeper, address)

    response = keeper.post(
        address, {"post": post.pk, "user": office.staff.pk, "starts_on": today.isoformat()}
    )

    assert (response.status_code, response["Location"]) == (302, PEOPLE)
    assert post.holder_on(today).user == office.staff


def test_post_that_is_held_is_told_and_the_way_out_works(office, keeper, today):
    typed = {
        "post": office.head_post.pk,
        "user": office.staff.pk,
        "starts_on": today.isoformat(),
    }

    refused = keeper.post(reverse("desk:appoint"), typed)
    done = keeper.post(reverse("desk:appoint"), typed | {"ends_earlier": "on"})

    assert refused.status_code == 422
    assert f"{office.head}ดำรงตำแหน่งหัวหน้าสำนักปลัด" in refused.content.decode()
    assert f'<option value="{office.staff.pk}" selected>' in refused.content.decode()
    assert done.status_code == 302
    assert office.head_post.holder_on(today).user == office.staff


def test_people_of_another_office_are_not_offered(office, keeper):
    response = keeper.post(
        reverse("desk:appoint"),
        {
            "post": office.outsider.holdings.get().post_id,
            "user": office.outsider.pk,
            "starts_on": "2021-01-01",
        },
    )

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"post", "user"}


# Orders ------------------------------------------------------------------------------------------


def order_typed(office, **changes):
    return {
        "post": office.clerk_post.pk,
        "user": office.deputy.pk,
        "substantive_post": office.deputy_post.pk,
        "kind": "acting_for",
        "order_number": ORDER_NUMBER,
        "order_date": "4/1/2564",
        "starts_on": "5/1/2564",
        "file": SimpleUploadedFile("order.pdf", pdf()),
    } | changes


def test_order_is_entered_with_its_file_and_read_by_the_office_alone(office, keeper, as_person):
    keeper.post(reverse("desk:order_acting"), order_typed(office))

    holding = PostHolding.objects.exclude(kind="substantive").get()
    address = reverse("desk:order_file", args=[holding.pk])
    answer = as_person(office.staff).get(address)
    with default_storage.open(holding.order_file.name) as kept:
        assert answer.getvalue() == kept.read()
    assert (answer["Content-Type"], answer["Cache-Control"]) == (
        "application/pdf",
        "private, max-age=3600",
    )
    assert as_person(office.outsider).get(address).status_code == 404


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"file": SimpleUploadedFile("order.pdf", pdf(password="x"))}, "ติดรหัสผ่าน"),
        ({"file": SimpleUploadedFile("order.pdf", b"%PDF-1.7 broken")}, "เสียหาย"),
        ({"file": ""}, "คำสั่ง (ไฟล์ PDF)"),
    ],
)
def test_order_without_a_readable_file_is_refused_with_the_rest_kept(
    office, keeper, changes, reason
):
    response = keeper.post(reverse("desk:order_acting"), order_typed(office, **changes))

    assert response.status_code == 422
    assert reason in response.content.decode()
    assert f'value="{ORDER_NUMBER}"' in response.content.decode()
    assert not PostHolding.objects.exclude(kind="substantive").exists()


def test_holding_without_an_order_has_no_file(office, keeper):
    address = reverse("desk:order_file", args=[office.staff.holdings.get().pk])

    assert keeper.get(address).status_code == 404


# Ending ------------------------------------------------------------------------------------------


def test_holding_is_ended_on_a_day_to_come(office, keeper, today):
    holding = office.staff.holdings.get()
    address = reverse("desk:holding_end", args=[holding.pk])
    assert office.staff.get_full_name() in page_of(keeper, address)

    keeper.post(address, {"ends_on": (today + ONE_DAY).isoformat()})

    assert office.staff.holdings.get().ends_on == today + ONE_DAY


def test_last_that_administers_is_told_why_not(office, keeper, today):
    address = reverse("desk:holding_end", args=[office.coordinator.holdings.get().pk])

    response = keeper.post(address, {"ends_on": today.isoformat()})

    assert response.status_code == 422
    assert "โปรดให้ผู้อื่นดำรงตำแหน่งที่ดูแลบัญชีก่อน" in response.content.decode()


# Invitations -------------------------------------------------------------------------------------


def invite(browser, post):
    return browser.post(
        reverse("desk:invite"),
        {
            "post": post.pk,
            "title": "นาง",
            "first_name": "สมมติใหม่",
            "last_name": "ใจดี",
            "email": "new.officer@example.go.th",
            "starts_on": timezone.localdate().isoformat(),
        },
    )


def test_invitation_waits_in_the_list_until_it_is_withdrawn(office, keeper):
    invite(keeper, make_post(office.organisation, "นิติกร"))
    waiting = Invitation.objects.get()
    assert "new.officer@example.go.th" in page_of(keeper)

    keeper.post(reverse("desk:invitation_withdraw", args=[waiting.pk]))

    assert "new.officer@example.go.th" not in page_of(keeper)


def test_invitation_that_has_expired_says_so_and_is_sent_again(office, keeper):
    invite(keeper, make_post(office.organisation, "นิติกร"))
    Invitation.objects.update(
        invited_at=timezone.now() - 2 * invitations.VALID_FOR,
        expires_at=timezone.now() - invitations.VALID_FOR,
    )
    assert "ลิงก์หมดอายุเมื่อ" in page_of(keeper)

    keeper.post(reverse("desk:invitation_renew", args=[Invitation.objects.get().pk]))

    assert "ลิงก์หมดอายุเมื่อ" not in page_of(keeper)


# Posts and accounts ------------------------------------------------------------------------------


def test_post_is_added_and_changed(office, keeper):
    keeper.post(
        reverse("desk:post_new"),
        {
            "title": "นิติกร",
            "division": office.secretariat.pk,
            "reports_progress": "on",
            "order": "9",
        },
    )
    post = Post.objects.get(title="นิติกร")

    keeper.post(
        reverse("desk:post_edit", args=[post.pk]),
        {"title": "นิติกรชำนาญการ", "division": office.secretariat.pk, "order": "9"},
    )

    post.refresh_from_db()
    assert (post.organisation, post.title, post.reports_progress) == (
        office.organisation,
        "นิติกรชำนาญการ",
        False,
    )


def test_post_that_reports_without_a_division_is_refused_on_the_page(keeper):
    response = keeper.post(
        reverse("desk:post_new"), {"title": "นิติกร", "reports_progress": "on", "order": "9"}
    )

    assert response.status_code == 422
    assert response.context["form"].errors


def test_page_of_a_person_shows_posts_account_and_second_factor(office, keeper):
    set_up_second_factor(office.mayor)

    page = page_of(keeper, reverse("desk:person", args=[office.mayor.pk]))

    assert office.mayor_post.title in page
    assert office.mayor.email in page
    assert "ตั้งค่าแล้ว" in page
    assert "ล้างการยืนยันตัวตนสองขั้น" in page


def test_people_read_their_own_page_and_keep_nothing_there(office, as_person):
    address = reverse("desk:person", args=[office.staff.pk])

    page = page_of(as_person(office.staff), address)

    assert "ระงับบัญชี" not in page
    assert reverse("mfa_index") in page


def test_refusals_about_an_account_are_told_on_its_page(office, keeper):
    response = keeper.post(
        reverse("desk:person_switch_off", args=[office.coordinator.pk]), follow=True
    )

    assert "ทำกับบัญชีของท่านเองไม่ได้" in response.content.decode()
    assert fresh(office.coordinator).is_active is True


def test_day_of_the_second_factor_is_set_on_the_list(office, keeper, today):
    address = reverse("desk:people_second_factor")

    refused = keeper.post(
        address, {"mfa_required_from": (today - ONE_DAY).isoformat()}, follow=True
    )
    unreadable = keeper.post(address, {"mfa_required_from": "พรุ่งนี้"}, follow=True)
    done = keeper.post(address, {"mfa_required_from": "1/10/2642"}, follow=True)

    assert "ต้องเป็นวันนี้หรือหลังจากนี้" in refused.content.decode()
    assert 'class="notice error"' in unreadable.content.decode()
    assert "ตั้งแต่วันที่ ๑ ตุลาคม พ.ศ. ๒๖๔๒" in done.content.decode()
