"""The library in the desk: what is listed, what never leaks, taking over and sharing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from measures.domain.planning import library
from measures.models import Measure, SharedMeasure
from tests.factories.content import measure as measure_content
from tests.factories.flow import correct, publish, submit
from tests.factories.people import make_office
from tests.factories.publications import make_publication

pytestmark = pytest.mark.django_db

LIBRARY = "/desk/plan/2564/library/"
SHARING = "/desk/plan/sharing/"


def share(source, title, number=1, **changes):
    publication = make_publication(
        source.organisation,
        measures=[measure_content(number, title=title, **changes)],
        fiscal_year=2563,
    )
    return library.share(publication, number, by=source.coordinator)


def listed(response):
    return [shared.title for shared, _seen, _taken in response.context["rows"]]


def test_shared_measures_of_other_offices_are_listed_with_their_source(office, as_person):
    source = make_office()
    shared = share(source, "ตอบข้อร้องเรียนภายในสามวัน")

    response = as_person(office.staff).get(LIBRARY)

    page = response.content.decode()
    assert listed(response) == ["ตอบข้อร้องเรียนภายในสามวัน"]
    assert f"/{source.organisation.slug}/2563/measures/1/" in page
    assert source.organisation.name in page
    assert reverse("desk:plan_take", args=[2564, shared.pk]) not in page


def test_nothing_leaks_that_is_not_shared_not_published_or_withdrawn(office, as_person):
    source = make_office()
    publication = publish(source)
    library.share(publication, 1, by=source.coordinator)
    Measure.objects.filter(pk=source.measures[0].pk).update(title="ร่างลับ")
    gone = share(make_office(), "เลิกแบ่งปันแล้ว")
    library.withdraw(gone, by=gone.shared_by)
    stale = make_office()
    old = publish(stale)
    library.share(old, 1, by=stale.coordinator)
    correct(stale, old, "ฉบับแก้ไข")

    response = as_person(office.coordinator).get(LIBRARY)

    assert listed(response) == [source.measures[0].title]
    page = response.content.decode()
    for secret in ("ร่างลับ", source.measures[1].title, "เลิกแบ่งปันแล้ว", stale.organisation.name):
        assert secret not in page


def test_the_library_is_searched_in_titles_and_steps(office, as_person):
    share(make_office(), "ตอบข้อร้องเรียน")
    share(make_office(), "อบรม", steps=[{"number": 1, "text": "เชิญวิทยากรเรื่องข้อร้องเรียน"}])
    share(make_office(), "ปลูกต้นไม้")
    client = as_person(office.coordinator)

    assert sorted(listed(client.get(LIBRARY, {"q": "ข้อร้องเรียน"}))) == ["ตอบข้อร้องเรียน", "อบรม"]
    assert listed(client.get(LIBRARY, {"q": "ข้อร้องเรียน วิทยากร"})) == ["อบรม"]
    assert "ไม่พบมาตรการตามที่ค้น" in client.get(LIBRARY, {"q": "รถไฟ"}).content.decode()


def test_one_press_takes_a_measure_over_and_opens_it(office, as_person):
    shared = share(make_office(), "ตอบข้อร้องเรียน")
    client = as_person(office.coordinator)
    address = reverse("desk:plan_take", args=[2564, shared.pk])
    assert address in client.get(LIBRARY).content.decode()

    first, second = client.post(address), client.post(address)

    measure = Measure.objects.get(taken_from=shared)
    assert first["Location"] == second["Location"] == reverse("desk:measure", args=[measure.pk])
    page = client.get(LIBRARY).content.decode()
    assert ("อยู่ในแผนแล้ว: มาตรการที่ ๓" in page, address in page) == (True, False)


def test_a_withdrawn_measure_cannot_be_taken(office, as_person):
    shared = share(make_office(), "ตอบข้อร้องเรียน")
    library.withdraw(shared, by=shared.shared_by)

    address = reverse("desk:plan_take", args=[2564, shared.pk])
    response = as_person(office.coordinator).post(f"{address}?q=ข้อร้องเรียน", follow=True)

    assert "ไม่ได้อยู่ในคลังแล้ว" in response.content.decode()
    assert response.context["text"] == "ข้อร้องเรียน"
    assert shared.taken.count() == 0


def test_ones_own_measure_leads_to_copying_instead(office, as_person):
    shared = share(office, "ของเราเอง")

    page = as_person(office.coordinator).get(LIBRARY).content.decode()

    assert f"{reverse('desk:plan_copy', args=[2564])}?from_year=2563" in page
    assert reverse("desk:plan_take", args=[2564, shared.pk]) not in page


def test_a_signed_plan_takes_nothing_over(office, as_person):
    shared = share(make_office(), "ตอบข้อร้องเรียน")
    submit(office)

    response = as_person(office.coordinator).post(
        reverse("desk:plan_take", args=[2564, shared.pk]), follow=True
    )

    assert "อยู่ระหว่างเสนอลงนาม" in response.content.decode()
    assert shared.taken.count() == 0


def test_an_office_shares_and_withdraws_its_own_published_measures(office, as_person):
    publication = publish(office)
    client = as_person(office.coordinator)

    client.post(f"{SHARING}share/", {"publication": publication.pk, "number": 2})

    shared = SharedMeasure.objects.get()
    assert (shared.organisation, shared.number) == (office.organisation, 2)
    ((_year, rows),) = client.get(SHARING).context["years"]
    assert [row.shared for row in rows] == [None, shared]
    client.post(reverse("desk:measure_unshare", args=[shared.pk]))
    assert not library.listed().exists()


def test_publications_of_another_office_are_not_shared_nor_withdrawn(office, as_person):
    source = make_office()
    shared = share(source, "ตรวจบัญชีทุกเดือน")
    client = as_person(office.coordinator)

    answers = [
        client.post(f"{SHARING}share/", {"publication": shared.publication_id, "number": 1}),
        client.post(f"{SHARING}share/", {"publication": "x", "number": 1}),
        client.post(reverse("desk:measure_unshare", args=[shared.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert list(library.listed()) == [shared]
    assert "ตรวจบัญชีทุกเดือน" not in client.get(SHARING).content.decode()


def test_the_library_asks_as_often_for_one_measure_as_for_three(office, as_person):
    client = as_person(office.coordinator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(LIBRARY)
        return len(asked)

    share(make_office(), "หนึ่ง")
    few = queries()
    share(make_office(), "สอง")
    share(make_office(), "สาม")

    assert queries() == few
