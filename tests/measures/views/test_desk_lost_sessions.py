"""Nothing typed is lost: not by a session that ran out, not by a stale form."""

import pytest
from django.test import Client
from django.urls import reverse

from measures.domain.recording.progress import entries_of, record
from measures.models import ProgressEntry
from measures.views.kept_texts import MOST_CHARACTERS
from tests.factories.flow import current, make_draft, submit

pytestmark = pytest.mark.django_db

TYPED = {"version": "0", "status": "done", "result": "พิมพ์ไว้ยาวมากก่อนหมดเวลา", "outcome": "สำเร็จ"}


@pytest.fixture
def entry(office) -> ProgressEntry:
    """The blank entry of กองคลัง for the first measure."""
    return next(each for each in entries_of(office.round) if each.division == office.finance)


def address(entry: ProgressEntry) -> str:
    return reverse("desk:entry", args=[entry.pk])


def post_from(client: Client, page: str, target: str, typed: dict[str, str]):
    return client.post(target, typed, headers={"referer": f"http://testserver{page}"})


def test_text_typed_before_the_session_ran_out_is_there_after_sign_in(office, entry):
    client = Client()

    sent_to_sign_in = post_from(client, address(entry), address(entry), TYPED)

    assert sent_to_sign_in["Location"] == f"/accounts/login/?next={address(entry)}"
    client.force_login(office.finance_staff)  # the session stays, as with the sign-in page
    form = client.get(address(entry)).context["form"]
    assert {name: form[name].value() for name in TYPED} == TYPED
    assert ProgressEntry.objects.get(pk=entry.pk).version == 0


def test_the_sign_in_page_says_that_the_text_is_kept(office, entry):
    client = Client()

    page = client.post(address(entry), TYPED, follow=True)

    [message] = page.context["messages"]
    assert str(message).startswith("หมดเวลาการใช้งาน โปรดเข้าสู่ระบบอีกครั้ง")


def test_kept_text_is_shown_once(office, entry):
    client = Client()
    post_from(client, address(entry), address(entry), TYPED)
    client.force_login(office.finance_staff)
    client.get(address(entry))

    assert client.get(address(entry)).context["form"]["result"].value() == ""


def test_kept_text_is_not_shown_on_another_page(office, entry):
    client = Client()
    post_from(client, address(entry), address(entry), TYPED)
    client.force_login(office.finance_staff)
    other = next(each for each in entries_of(office.round) if each.measure.number == 2)

    assert client.get(address(other)).context["form"]["result"].value() == ""


def test_kept_text_over_what_others_saved_meanwhile_is_a_conflict(office, entry):
    """Signing in again must not make old text look as if it was typed over the new."""
    client = Client()
    post_from(client, address(entry), address(entry), TYPED)
    record(entry, by=office.coordinator, version=0, status="done", result="ของผู้ประสานงาน")
    client.force_login(office.finance_staff)
    form = client.get(address(entry)).context["form"]

    response = client.post(address(entry), {name: form[name].value() for name in TYPED})

    assert response.status_code == 409
    assert ProgressEntry.objects.get(pk=entry.pk).result == "ของผู้ประสานงาน"
    assert TYPED["result"] in response.content.decode()


def test_the_text_of_a_document_is_kept_too(office):
    document = make_draft(office)
    page = reverse("desk:document_edit", args=[document.pk])
    client = Client()

    post_from(client, page, page, {"version": "1", "opening": "ความนำที่พิมพ์ไว้"})
    client.force_login(office.coordinator)

    assert client.get(page).context["form"]["opening"].value() == "ความนำที่พิมพ์ไว้"


def test_an_opinion_is_kept_for_the_page_on_which_it_was_typed(office):
    step = current(submit(office))
    page = reverse("paper:signing", args=[step.pk])
    client = Client()

    sent = post_from(
        client, page, reverse("paper:approve", args=[step.pk]), {"seen": "x", "opinion": "เห็นควร"}
    )

    assert sent["Location"] == f"/accounts/login/?next={page}"
    client.force_login(office.head)
    shown = client.get(page)
    assert shown.context["opinion_form"]["opinion"].value() == "เห็นควร"
    assert shown.context["opinion_form"]["seen"].value() != "x"


def test_strangers_cannot_fill_the_session_store(entry):
    client = Client()

    client.post(address(entry), TYPED | {"result": "x" * (MOST_CHARACTERS + 1)})

    assert "kept_texts" not in client.session


def test_a_page_of_another_site_is_never_gone_back_to(entry):
    response = Client().post(
        address(entry), TYPED, headers={"referer": "https://elsewhere.example.com/desk/"}
    )

    assert response["Location"] == f"/accounts/login/?next={address(entry)}"


@pytest.fixture
def strict(office) -> Client:
    """A browser whose forms must carry their token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.finance_staff)
    return client


def test_a_stale_form_shows_what_was_typed_and_stores_nothing(strict, entry):
    response = strict.post(address(entry), TYPED)

    assert response.status_code == 403
    assert TYPED["result"] in response.content.decode()
    assert ProgressEntry.objects.get(pk=entry.pk).version == 0


def test_a_stale_form_of_ours_can_be_sent_again(strict, entry):
    refused = strict.post(address(entry), TYPED, headers={"origin": "http://testserver"})
    page = refused.content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    assert f'action="{address(entry)}"' in page
    again = strict.post(address(entry), TYPED | {"csrfmiddlewaretoken": token})

    assert again.status_code == 302
    assert ProgressEntry.objects.get(pk=entry.pk).result == TYPED["result"]


def test_a_form_of_another_site_is_not_offered_again(strict, entry):
    refused = strict.post(
        address(entry), TYPED, headers={"origin": "https://elsewhere.example.com"}
    )

    assert refused.status_code == 403
    assert f'action="{address(entry)}"' not in refused.content.decode()


def test_secrets_are_never_written_into_the_page_of_a_stale_form(strict):
    refused = strict.post(
        "/accounts/login/",
        {"login": "thara.staff", "password": "very-secret-words", "code": "123456"},
        headers={"origin": "http://testserver"},
    )

    assert refused.status_code == 403
    assert "very-secret-words" not in refused.content.decode()
    assert "123456" not in refused.content.decode()
