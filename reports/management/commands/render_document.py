"""Draw any document of any organisation as PDF or Word file, published or draft."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from measures.domain.drafts import plan_fields, report_fields
from measures.domain.publishing import publications
from measures.models import Document, DocumentKind, Organisation, ReportingRound
from reports.layouts import LAYOUTS
from reports.rendering.as_docx import docx_of
from reports.rendering.as_pdf import pdf_of

PLAN = "plan"
# Looked up when the command runs, by the suffix of the file that is asked for.
DRAWN_BY: dict[str, Callable[..., bytes]] = {
    ".pdf": lambda content, layout: pdf_of(content, layout=layout),
    ".docx": lambda content, layout: docx_of(content, layout=layout),
}


class Command(BaseCommand):
    """Writes one file; changes nothing."""

    help = "Draw a plan (--round plan) or a progress report (--round 6 or 12) as PDF or .docx."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name organisation, fiscal year, round, layout and file."""
        parser.add_argument("--organisation", required=True, metavar="SLUG")
        parser.add_argument("--fiscal-year", required=True, type=int, metavar="2564")
        parser.add_argument("--round", required=True, choices=["6", "12", PLAN])
        parser.add_argument("--layout", choices=sorted(LAYOUTS))
        parser.add_argument("--output", required=True, type=Path, metavar="FILE.pdf|FILE.docx")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find or draft the document, draw it, write the file."""
        drawn = DRAWN_BY.get(options["output"].suffix.lower())
        if drawn is None:
            known = " or ".join(DRAWN_BY)
            raise CommandError(f"{options['output'].name!r}: the name must end in {known}")
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"no organisation {options['organisation']!r}")
        document = _document(organisation, options["fiscal_year"], options["round"])
        content = publications.content_of(document)
        layout = options["layout"] or content["layout"]
        options["output"].write_bytes(drawn(content, layout))
        self.stdout.write(f"{options['output']}: {document.get_state_display()}, {layout}")


def _document(organisation: Organisation, fiscal_year: int, name: str) -> Document:
    """Return the newest document of this round, or one drafted in memory from the data."""
    kind = DocumentKind.PLAN if name == PLAN else DocumentKind.PROGRESS_REPORT
    documents = Document.objects.filter(
        organisation=organisation, fiscal_year=fiscal_year, kind=kind
    )
    if kind == DocumentKind.PLAN:
        found = documents.order_by("-pk").first()
        fields = plan_fields(organisation, fiscal_year, on=timezone.localdate())
        return found or Document(
            organisation=organisation, kind=kind, fiscal_year=fiscal_year, **fields
        )
    reporting_round = ReportingRound.objects.filter(
        organisation=organisation, fiscal_year=fiscal_year, months=int(name)
    ).first()
    if reporting_round is None:
        raise CommandError(f"{organisation.slug} has no round of {name} months in {fiscal_year}")
    found = documents.filter(round=reporting_round).order_by("-pk").first()
    return found or Document(
        organisation=organisation,
        kind=kind,
        fiscal_year=fiscal_year,
        round=reporting_round,
        **report_fields(reporting_round, on=timezone.localdate()),
    )
