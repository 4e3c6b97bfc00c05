"""What stands on the signing page: for whom it signs, what changed, comments, pages of paper."""

import io

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from measures.domain import documents, files
from measures.domain.publishing import renderings
from measures.domain.signing import signoffs
from measures.models import Document, HoldingKind, Rendering, SignoffComment, SignoffStep
from reports import publishing, tasks
from tests.factories.flow import REASON, approve_up_to, current, end_holdings, make_draft, submit
from tests.factories.people import hold
from tests.factories.pictures import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def step(office) -> SignoffStep:
    """The step of the head, whose turn it is."""
    return current(submit(office))


def address(step, name="signing", *more):
    return reverse(f"paper:{name}", args=[step.pk, *more])


def shown(client, step):
    return client.get(address(step)).content.decode()


def answer(step, **typed):
    return {"seen": signoffs.seen_token(SignoffStep.objects.get(pk=step.pk).signoff), **typed}


# For which posts ------------------------------------------------------------------------------


def test_one_signature_for_two_posts_is_announced_and_the_button_says_approve(office, as_person):
    end_holdings(office.mayor_post)
    hold(
        office.mayor_post,
        office.clerk,
        kind=HoldingKind.ACTING_FOR,
        substantive_post=office.clerk_post,
    )
    step = current(approve_up_to(office, submit(office), 3))

    page = shown(as_person(office.clerk), step)

    assert "ท่านลงนามครั้งเดียวแทน ๒ ตำแหน่งติดกัน" in page
    assert "ปลัดองค์การบริหารส่วนตำบล รักษาราชการแทน" in page
    assert '<button class="button" type="submit">อนุมัติ</button>' in page
    assert address(step, "refuse") not in page  # the post whose turn it is may only return


def test_vacant_post_says_that_an_order_is_needed(office, step, as_person):
    end_holdings(office.head_post)

    page = shown(as_person(office.deputy), step)

    assert "ตำแหน่งว่าง ต้องมีคำสั่งรักษาการ" in page


# What changed ---------------------------------------------------------------------------------


def test_second_attempt_shows_what_changed_since_the_first(office, step, as_person):
    signoffs.return_for_correction(step, by=office.head, reason=REASON)
    document = Document.objects.get()
    documents.edit(document, by=office.coordinator, version=document.version, subject="เรื่องที่แก้แล้ว")
    second = current(signoffs.submit(Document.objects.get(), by=office.coordinator))

    page = as_person(office.head).get(address(second))

    assert [difference.key for difference in page.context["differences"]] == ["subject"]
    text = page.content.decode()
    assert "<ins>" in text
    assert "<del>" in text
    assert "[เพิ่ม:" in text  # not by colour alone


def test_first_attempt_has_nothing_to_compare_with(office, step, as_person):
    page = as_person(office.head).get(address(step))

    assert page.context["earlier"] is None
    assert "สิ่งที่เปลี่ยน" not in page.content.decode()


# Comments -------------------------------------------------------------------------------------


def test_comments_go_with_the_return_and_stand_beside_their_fields(office, step, as_person):
    typed = {
        "reason": REASON,
        "place_1": "opening",
        "comment_1": "ขอให้ระบุวันที่",
        "place_2": "measure-1-result",
        "comment_2": "ยังไม่มีจำนวนผู้เข้าร่วม",
    }

    response = as_person(office.head).post(address(step, "return"), answer(step, **typed))

    assert response.status_code == 302
    assert dict(SignoffComment.objects.values_list("place", "text")) == {
        "opening": "ขอให้ระบุวันที่",
        "measure-1-result": "ยังไม่มีจำนวนผู้เข้าร่วม",
    }
    coordinator = as_person(office.coordinator)
    edit = coordinator.get(reverse("desk:document_edit", args=[step.signoff.document_id]))
    text = edit.content.decode()
    assert text.index("ขอให้ระบุวันที่") < text.index('id="id_opening"')
    assert "ยังไม่มีจำนวนผู้เข้าร่วม" in text
    entry = office.round.entries.filter(measure__number=1).first()
    page = coordinator.get(reverse("desk:entry", args=[entry.pk])).content.decode()
    assert "ยังไม่มีจำนวนผู้เข้าร่วม" in page
    assert "ขอให้ระบุวันที่" not in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"comment_1": "ไม่บอกว่าจุดไหน"}, "place_1"),
        ({"place_1": "opening"}, "comment_1"),
        (
            {"place_1": "opening", "comment_1": "ก", "place_2": "opening", "comment_2": "ข"},
            "place_2",
        ),
        ({"place_1": "nowhere", "comment_1": "ก"}, "place_1"),
    ],
    ids=["text alone", "place alone", "same place twice", "no such place"],
)
def test_half_a_comment_is_told_and_nothing_is_signed(office, step, as_person, typed, field):
    response = as_person(office.head).post(address(step, "approve"), answer(step, **typed))

    assert response.status_code == 422
    assert list(response.context["comments_form"].errors) == [field]
    assert SignoffStep.objects.get(pk=step.pk).decision == ""


def test_reason_that_is_missing_keeps_the_opinion_typed_beside_it(office, step, as_person):
    response = as_person(office.head).post(
        address(step, "return"), answer(step, opinion="เห็นควร", reason="")
    )

    assert response.status_code == 422
    assert response.context["opinion_form"]["opinion"].value() == "เห็นควร"


# Pages ----------------------------------------------------------------------------------------


@pytest.fixture
def paper(office, step) -> Rendering:
    """The paper of what is being signed, drawn: a PDF of two pages."""
    rendering = renderings.request(
        step.signoff.document,
        purpose="preview",
        fingerprint=tasks.fingerprint_now(step.signoff.document),
        by=office.head,
        draw=lambda number: None,
    )
    started = renderings.start(rendering.pk)
    renderings.finish(started, file=pdf(pages=2))
    return Rendering.objects.get(pk=rendering.pk)


def test_drawn_pages_stand_on_the_page_with_their_size(office, step, paper, as_person):
    page = shown(as_person(office.head), step)

    assert page.count("<img src=") >= 2
    assert f"{address(step, 'page', 1)}?of={paper.content_sha256}" in page
    assert 'alt="หน้า ๒ จาก ๒"' in page
    assert 'width="1000"' in page
    assert 'loading="lazy"' in page


def test_page_is_a_picture_of_the_kept_pdf_and_is_drawn_once(
    office, step, paper, as_person, monkeypatch
):
    client = as_person(office.head)
    first = client.get(address(step, "page", 2), {"of": paper.content_sha256})
    with Image.open(io.BytesIO(first.getvalue())) as picture:
        size = picture.size
    monkeypatch.setattr("reports.page_pictures.pypdfium2", None)

    again = client.get(address(step, "page", 2), {"of": paper.content_sha256})

    assert (first.status_code, first["Content-Type"], size[0]) == (200, "image/png", 1000)
    assert again.status_code == 200
    assert len(again.getvalue()) > 0


@pytest.mark.parametrize("number", [0, 3])
def test_page_that_is_not_there_is_404(office, step, paper, as_person, number):
    assert as_person(office.head).get(address(step, "page", number)).status_code == 404


def test_pages_of_another_office_are_404(office, step, paper, as_person):
    assert as_person(office.outsider).get(address(step, "page", 1)).status_code == 404


def test_pictures_go_with_the_paper_they_show(
    office, step, paper, as_person, django_capture_on_commit_callbacks
):
    as_person(office.head).get(address(step, "page", 1)).getvalue()
    folder = str(paper.file.name).removesuffix(".pdf")
    assert default_storage.listdir(folder)[1] == ["1.png"]

    files.drop_folder(folder)
    files.drop_folder(folder)  # nothing there is nothing to do

    assert not default_storage.exists(folder)


def test_waiting_part_asks_again_until_the_paper_is_drawn(office, step, as_person):
    client = as_person(office.head)

    waiting = client.get(address(step, "pages"), headers={"HX-Request": "true"})

    assert "กำลังจัดทำหน้าเอกสาร" in waiting.content.decode()
    assert f'hx-get="{address(step, "pages")}"' in waiting.content.decode()


def test_who_comes_without_script_is_led_back_once_it_is_drawn(office, step, paper, as_person):
    response = as_person(office.head).get(address(step, "pages"))

    assert response["Location"] == address(step)


# Quick ----------------------------------------------------------------------------------------


def test_files_are_looked_through_once_for_all_who_open_the_page(
    office, step, as_person, monkeypatch
):
    looked = []
    monkeypatch.setattr(publishing, "problems_of", lambda content: looked.append(content) or [])

    for person in (office.head, office.deputy, office.head):
        assert as_person(person).get(address(step)).status_code == 200

    assert len(looked) == 1


def test_draft_of_another_document_is_left_alone(office, as_person):
    make_draft(office)

    assert as_person(office.head).get(reverse("paper:signing", args=[1])).status_code == 404
