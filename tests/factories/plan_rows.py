"""One sound row of each record on the way from scores to the plan, written past the verbs."""

from typing import Any

from django.utils import timezone

from measures.models import (
    FileImport,
    PlanTemplate,
    Publication,
    RoundKit,
    SharedMeasure,
    TemplateOffer,
)
from tests.factories.people import Office


class PlanRows:
    """Writes one row of the kind that a method names."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.now = timezone.now()

    def file_import(self, **changes: Any) -> FileImport:
        values: dict[str, Any] = {
            "organisation": self.office.organisation,
            "kind": "plan",
            "file": "imports/plan.docx",
            "file_name": "แผนปีก่อน.docx",
            "sha256": "a" * 64,
            "size": 1,
            "uploaded_at": self.now,
            "uploaded_by": self.office.coordinator,
        }
        return FileImport.objects.create(**values | changes)

    def round_kit(self) -> RoundKit:
        return RoundKit.objects.create(
            round=self.office.round,
            division=self.office.finance,
            base={},
            made_at=self.now,
            made_by=self.office.coordinator,
        )

    def shared_measure(self, publication: Publication) -> SharedMeasure:
        return SharedMeasure.objects.create(
            organisation=self.office.organisation,
            publication=publication,
            fiscal_year=publication.document.fiscal_year,
            number=1,
            title="เผยแพร่ขั้นตอนการให้บริการ",
            content={"steps": []},
            shared_at=self.now,
            shared_by=self.office.coordinator,
        )

    def template(self) -> PlanTemplate:
        return PlanTemplate.objects.create(
            organisation=self.office.organisation,
            fiscal_year=2565,
            title="แผนต้นแบบของอำเภอสมมติ",
            content={"measures": []},
            pushed_at=self.now,
            pushed_by=self.office.coordinator,
        )

    def offer(self) -> TemplateOffer:
        return TemplateOffer.objects.create(
            template=self.template(), organisation=self.office.organisation
        )
