"""Starting a plan: from findings, last year, the library and templates."""

from typing import Any

from measures.domain.planning import library, templates
from measures.domain.planning.review_marks import mark
from measures.models import Finding, Measure, Organisation, Publication, TemplateOffer
from tests.factories.analysis import make_finding
from tests.factories.content import measure as measure_content
from tests.factories.people import Office, make_measure, make_office
from tests.factories.publications import make_publication
from tests.measures.views.matrix.rows import COORDINATES, WITHOUT_POST, Row, answers, nothing

YEAR = 2564
# Pages of the coordinator alone; people without a post of their own have no plan at all.
COORDINATOR_READS = answers(403, coordinator=200, **WITHOUT_POST)
COORDINATOR_WRITES = answers(403, coordinator=302, **WITHOUT_POST)


def year(office: Office) -> list[Any]:
    return [YEAR]


def year_with_a_finding(office: Office) -> list[Any]:
    make_finding(office.organisation, YEAR - 1)
    return [YEAR]


def newest_finding(arguments: list[Any]) -> dict[str, str]:
    return {"findings": str(Finding.objects.order_by("-pk").values_list("pk", flat=True)[0])}


def year_after_another(office: Office) -> list[Any]:
    make_measure(office.organisation, office.works, fiscal_year=YEAR - 1)
    return [YEAR]


def earlier_measure(arguments: list[Any]) -> dict[str, str]:
    measure = Measure.objects.filter(fiscal_year=YEAR - 1).order_by("-pk").first()
    assert measure is not None
    return {"measures": str(measure.pk)}


def shared_elsewhere(office: Office) -> list[Any]:
    other = make_office()
    publication = make_publication(other.organisation, measures=[measure_content(1)])
    return [YEAR, library.share(publication, 1, by=other.coordinator).pk]


def published(office: Office) -> list[Any]:
    # Of the year before, because a publication would lock the plan of this one.
    make_publication(office.organisation, fiscal_year=YEAR - 1, measures=[measure_content(1)])
    return []


def publication_typed(arguments: list[Any]) -> dict[str, str]:
    newest = Publication.objects.order_by("-pk")[0]
    return {"publication": str(newest.pk), "number": "1"}


def own_shared(office: Office) -> list[Any]:
    publication = make_publication(
        office.organisation, fiscal_year=YEAR - 1, measures=[measure_content(1)]
    )
    return [library.share(publication, 1, by=office.coordinator).pk]


def offered(office: Office) -> list[Any]:
    supervisor = make_office()
    office.organisation.supervisor = supervisor.organisation
    office.organisation.save()
    templates.push(
        supervisor.organisation,
        YEAR,
        [office.organisation],
        by=supervisor.coordinator,
        title="แผนต้นแบบ",
    )
    return [TemplateOffer.objects.get(organisation=office.organisation).pk]


def supervises(office: Office) -> list[Any]:
    supervised = make_office().organisation
    supervised.supervisor = office.organisation
    supervised.save()
    return [YEAR]


def supervised_office(arguments: list[Any]) -> dict[str, str]:
    supervised = Organisation.objects.exclude(supervisor=None).order_by("-pk")[0]
    return {"title": "แผนต้นแบบ", "offices": str(supervised.pk)}


def marked_measure(office: Office) -> list[Any]:
    measure = office.measures[0]
    measure.to_review = [mark("title", "ชื่อเดิม")]
    measure.save()
    return [measure.pk]


ROWS = {
    "desk:plan_from_findings": Row(
        year_with_a_finding,
        get=COORDINATOR_READS,
        post=COORDINATOR_WRITES,
        typed_from=newest_finding,
    ),
    "desk:plan_copy": Row(
        year_after_another,
        get=COORDINATOR_READS,
        post=COORDINATOR_WRITES,
        typed_from=earlier_measure,
    ),
    "desk:plan_compile": Row(year, post=COORDINATOR_WRITES),
    "desk:plan_library": Row(year, get=answers(200, **WITHOUT_POST)),
    "desk:plan_take": Row(shared_elsewhere, post=COORDINATOR_WRITES),
    "desk:plan_sharing": Row(published, get=COORDINATOR_READS | {"outsider": 200}),
    "desk:measure_share": Row(published, post=COORDINATOR_WRITES, typed_from=publication_typed),
    "desk:measure_unshare": Row(own_shared, post=COORDINATES),
    "desk:plan_offers": Row(nothing, get=answers(200, outsider=200, **WITHOUT_POST)),
    "desk:plan_offer": Row(offered, get=answers(200)),
    "desk:plan_offer_accept": Row(offered, post=COORDINATES),
    "desk:plan_offer_decline": Row(offered, post=COORDINATES, typed={"reason": "มีแผนแล้ว"}),
    "desk:plan_push": Row(
        supervises, get=COORDINATOR_READS, post=COORDINATOR_WRITES, typed_from=supervised_office
    ),
    "desk:measure_reviewed": Row(marked_measure, post=COORDINATES),
}
