"""Plans that answer last year's result: what a plan needs besides its measures to be signed."""

from decimal import Decimal

from measures.models import AssessmentResult, Finding, Measure, Organisation, Severity


def make_findings(organisation: Organisation, fiscal_year: int = 2564) -> list[Finding]:
    """Return a finding of each group that the plan of ``fiscal_year`` is to answer, accepted."""
    return [
        Finding.objects.create(
            organisation=organisation,
            fiscal_year=fiscal_year - 1,
            number=number,
            severity=severity,
            analysis=f"บุคลากรบางส่วนยังไม่ทราบขั้นตอนของงาน ประเด็นที่ {number}",
        )
        for number, severity in enumerate(Severity.values, start=1)
    ]


def answer_last_year(organisation: Organisation, fiscal_year: int = 2564) -> list[Finding]:
    """Give the plan of a year a result and findings, which each of its measures answers."""
    AssessmentResult.objects.create(
        organisation=organisation, fiscal_year=fiscal_year - 1, total=Decimal("51.63")
    )
    findings = make_findings(organisation, fiscal_year)
    for measure in Measure.objects.filter(organisation=organisation, fiscal_year=fiscal_year):
        measure.findings.set(findings)
    return findings
