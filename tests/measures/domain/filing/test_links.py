"""Links: asked when given and every night, dead since the first failure, alive when they answer."""

import datetime
import time
from ipaddress import ip_network

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from measures.domain.filing import evidence, links
from measures.domain.filing.link_fetching import Answer
from measures.domain.recording import progress
from measures.models import CheckedLink
from tests.factories.flow import publish
from tests.factories.people import make_office
from tests.factories.web_servers import web_server

pytestmark = pytest.mark.django_db

URL = "https://example.go.th/news"
GOOD, BAD = Answer(200, "ข่าว"), Answer(404, problem="ไม่พบหน้าเว็บ (รหัส 404)")
NIGHT = timezone.now()


def give(office, url=URL):
    entry = progress.entries_of(office.round)[0]
    return evidence.attach_link(entry, by=office.coordinator, url=url, caption="ข่าวประชาสัมพันธ์")


def all_asked(organisation=None, *, answer=GOOD, until=None):
    asked = []

    def ask(url):
        asked.append(url)
        return answer

    list(links.check_all(organisation, until=until or time.monotonic() + 9, pause=0, ask=ask))
    return sorted(asked)


def test_link_is_dead_since_the_first_failure_until_it_answers(office):
    nights = [NIGHT + datetime.timedelta(days=day) for day in range(4)]
    dead_since = []
    for answer, night in zip([GOOD, BAD, BAD, GOOD], nights, strict=True):
        link = links.store(office.organisation, URL, answer, now=night)
        dead_since.append(link.dead_since)
        assert (link.checked_at, link.status, link.problem) == (
            night,
            answer.status,
            answer.problem,
        )

    assert dead_since == [None, nights[1], nights[1], None]
    assert CheckedLink.objects.get().title == "ข่าว"


def test_title_of_a_page_that_was_there_is_kept_while_it_is_gone(office):
    links.store(office.organisation, URL, GOOD)

    assert links.store(office.organisation, URL, BAD).title == "ข่าว"


def test_page_that_was_asked_too_often_stays_as_it_was(office):
    links.store(office.organisation, URL, BAD, now=NIGHT)

    link = links.store(office.organisation, URL, Answer(429, is_told=False))

    assert (link.dead_since, link.status) == (NIGHT, 404)


def test_link_is_asked_for_once_it_is_stored(office, settings, django_capture_on_commit_callbacks):
    settings.LINK_CHECKS_ENABLED = True
    settings.LINK_CHECK_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    with web_server() as (address, asked), django_capture_on_commit_callbacks(execute=True):
        give(office, f"{address}/missing")
        assert asked == []

    assert asked == ["/missing"]
    assert list(links.dead_links_of(office.organisation)) == [f"{address}/missing"]
    assert links.dead_links_of(make_office().organisation) == {}


def test_nothing_is_asked_where_it_is_switched_off(office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        give(office, "http://127.0.0.1:9/")

    assert CheckedLink.objects.count() == 0


def test_each_address_is_asked_once_for_all_who_gave_it(office):
    other = make_office()
    for each in (office, office, other):
        give(each)
    give(other, "https://example.go.th/2")

    assert all_asked() == ["https://example.go.th/2", URL]
    assert CheckedLink.objects.filter(url=URL).count() == 2
    assert all_asked(office.organisation) == [URL]


def test_link_taken_out_is_asked_only_where_it_was_published(office):
    other = make_office()
    give(office)
    publish(office)
    taken_out = give(other, "https://example.go.th/out")
    evidence.remove(taken_out, by=other.coordinator)

    assert all_asked() == [URL]


def test_when_the_time_is_over_the_longest_unasked_have_been_asked(office):
    give(office, "https://example.go.th/old")
    links.store(office.organisation, "https://example.go.th/old", GOOD)
    give(office, "https://example.go.th/new")
    asked = []

    def ask(url):
        asked.append(url)
        time.sleep(0.3)
        return GOOD

    list(links.check_all(until=time.monotonic() + 0.2, pause=0, ask=ask))

    assert asked == ["https://example.go.th/new"]
    assert all_asked(until=time.monotonic() - 1) == []


def test_one_host_is_asked_one_question_at_a_time(office):
    for number in range(4):
        give(office, f"https://example.go.th/{number}")
    running, most = [], []

    def ask(url):
        running.append(url)
        most.append(len(running))
        time.sleep(0.02)
        running.remove(url)
        return GOOD

    list(links.check_all(until=time.monotonic() + 9, pause=0, ask=ask))

    assert most == [1, 1, 1, 1]


def test_command_names_the_links_that_do_not_open(office, settings, capsys):
    settings.LINK_CHECK_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    with web_server() as (address, _asked):
        give(office, f"{address}/missing")
        call_command("check_links", organisation=office.organisation.slug)

    assert capsys.readouterr().out.splitlines() == [
        f"{address}/missing: ไม่พบหน้าเว็บ (รหัส 404)",
        "ตรวจลิงก์ 1 รายการ เปิดไม่ได้ 1 รายการ",
    ]
    with pytest.raises(CommandError):
        call_command("check_links", organisation="nobody")
