"""Drawing in the background: what was asked for, nothing else, and no failure without a word."""

import signal

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from measures.domain import documents
from measures.domain.errors import Invalid
from measures.domain.publishing import publications, verification
from measures.models import Publication, Rendering
from reports import publishing, tasks
from tests.factories.flow import fresh, make_approved, make_draft

pytestmark = pytest.mark.django_db

WORKERS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    """Return a function that asks for paper and returns the rendering as it is afterwards."""

    def run(document, *, purpose, by):
        with django_capture_on_commit_callbacks(execute=True):
            rendering = tasks.ask_for(document, purpose=purpose, by=by)
        rendering.refresh_from_db()
        return rendering

    return run


@pytest.fixture
def run_workers():
    """Return a function that lets one worker do all there is to do; its signals are put back."""
    watched = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)
    before = {number: signal.getsignal(number) for number in watched}
    yield lambda: call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_preview_is_drawn_and_kept(office, ask):
    """Drawn in earnest, once."""
    document = make_draft(office)

    rendering = ask(document, purpose="preview", by=office.head)

    assert (rendering.state, rendering.problem) == ("done", "")
    assert rendering.parts_done == rendering.parts_total >= 1
    with rendering.file.open("rb") as file:
        assert file.read() == publishing.render(document)[1]


def test_a_publication_is_drawn_and_published_by_who_asked(office, ask):
    document = make_approved(office)

    rendering = ask(document, purpose="publication", by=office.coordinator)

    publication = Publication.objects.get(document=document)
    assert (rendering.state, rendering.file.name) == ("done", "")
    assert publication.published_by == office.coordinator
    assert verification.verify(office.organisation) == []


def test_the_fingerprint_follows_all_that_decides_the_bytes(office, monkeypatch):
    content = publications.content_of(make_draft(office))
    before = tasks.fingerprint_of(content)

    assert tasks.fingerprint_of(dict(content)) == before
    found = {before, tasks.fingerprint_of({**content, "layout": "cover_table"})}
    found.add(tasks.fingerprint_of({**content, "fiscal_year": 2565}))
    monkeypatch.setattr(publishing, "TEMPLATE_VERSION", "next")
    found.add(tasks.fingerprint_of(content))
    is_installed = tasks.paper_font_is_installed()
    monkeypatch.setattr(tasks, "paper_font_is_installed", lambda: not is_installed)
    found.add(tasks.fingerprint_of(content))
    assert len(found) == 5


def test_a_document_that_changed_meanwhile_is_not_taken_for_what_was_asked(office, settings):
    settings.TASKS = WORKERS
    document = make_draft(office)
    rendering = tasks.ask_for(document, purpose="preview", by=office.head)
    documents.edit(document, by=office.coordinator, version=document.version, subject="เรื่องใหม่")

    tasks.draw.call(rendering.pk)

    rendering.refresh_from_db()
    assert (rendering.state, rendering.file.name) == ("failed", "")
    assert "เปลี่ยนไปหลังจากที่ขอ" in rendering.problem


def test_what_was_approved_anew_is_not_published_by_an_older_press(office, settings):
    settings.TASKS = WORKERS
    document = make_approved(office)
    rendering = tasks.ask_for(document, purpose="publication", by=office.coordinator)
    document = documents.reopen(document, by=fresh(office.coordinator), reason="พบตัวเลขผิด")
    document = documents.edit(
        document, by=office.coordinator, version=document.version, subject="เรื่องใหม่"
    )
    make_approved(office, document)

    tasks.draw.call(rendering.pk)

    rendering.refresh_from_db()
    assert rendering.state == "failed"
    assert Publication.objects.count() == 0


def test_what_a_rule_forbids_is_the_reason_shown(office, ask, monkeypatch):
    def refuse(document, **options):
        raise Invalid("หลักฐานฉบับที่ 2 เปิดไม่ได้ โปรดแนบไฟล์ใหม่")

    monkeypatch.setattr(publishing, "render", refuse)

    rendering = ask(make_draft(office), purpose="preview", by=office.head)

    assert rendering.state == "failed"
    assert rendering.problem == "หลักฐานฉบับที่ 2 เปิดไม่ได้ โปรดแนบไฟล์ใหม่"


def test_what_breaks_is_told_by_its_number_and_raised_for_the_log(office, settings, monkeypatch):
    settings.TASKS = WORKERS
    rendering = tasks.ask_for(make_draft(office), purpose="preview", by=office.head)

    def break_down(document, **options):
        raise RuntimeError("no paper")

    monkeypatch.setattr(publishing, "render", break_down)

    with pytest.raises(RuntimeError):
        tasks.draw.call(rendering.pk)

    rendering.refresh_from_db()
    assert rendering.state == "failed"
    assert f"เลขที่งาน {rendering.pk}" in rendering.problem
    assert "no paper" not in rendering.problem


def test_a_task_that_comes_twice_draws_once(office, ask, monkeypatch):
    rendering = ask(make_draft(office), purpose="preview", by=office.head)
    monkeypatch.setattr(publishing, "render", None)  # nothing may ask for it again

    tasks.draw.call(rendering.pk)

    assert Rendering.objects.get() == rendering


# A worker gives its connection back between tasks, which the transaction around a test would not
# survive; SQLite in memory keeps the one it has.
@pytest.mark.django_db(transaction=connection.vendor == "postgresql")
def test_a_worker_draws_what_waits_and_the_page_follows(
    office, settings, as_person, run_workers, django_capture_on_commit_callbacks
):
    """The whole way over a real worker: asked for, waiting, drawn, read."""
    settings.TASKS = WORKERS
    paper = reverse("paper:pdf", args=[make_draft(office).pk])
    client = as_person(office.head)

    with django_capture_on_commit_callbacks(execute=True):
        progress = client.get(paper)["Location"]
    waiting = client.get(progress).content.decode()
    run_workers()
    done = client.get(progress)

    assert "รอจัดทำ" in waiting
    assert (done.status_code, done["Location"]) == (302, paper)
    assert client.get(paper).getvalue().startswith(b"%PDF-")
