"""Recompute every hash and chain; exit 1 and name the first broken link if any."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from measures.domain import events
from measures.domain.publishing import verification
from measures.models import Organisation, Publication


class Command(BaseCommand):
    """Reads publications, their PDFs and the log; changes nothing."""

    help = "Recompute every hash and chain of what was published."

    def add_arguments(self, parser: CommandParser) -> None:
        """Allow one organisation instead of all."""
        parser.add_argument("--organisation", metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check each organisation; stop at the first fault."""
        organisations = Organisation.objects.all()
        fault = None if options["organisation"] else next(events.breaks_of(None), None)
        if fault is not None:
            raise CommandError(f"บันทึกของทั้งระบบ: {fault}")
        if options["organisation"]:
            organisations = organisations.filter(slug=options["organisation"])
            if not organisations:
                raise CommandError(f"ไม่พบหน่วยงาน {options['organisation']}")
        for organisation in organisations:
            faults = verification.verify(organisation)
            if faults:
                raise CommandError(f"{organisation.slug}: {faults[0]} (พบทั้งหมด {len(faults)} จุด)")
            count = Publication.objects.filter(organisation=organisation).count()
            self.stdout.write(f"{organisation.slug}: ถูกต้อง {count} ฉบับ")
