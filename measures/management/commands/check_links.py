"""Ask every link given as evidence whether it still opens; fit for cron, every night."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from measures.domain.filing import links
from measures.models import Organisation


class Command(BaseCommand):
    """Asks each address once and stores what it answered; safe to run twice."""

    help = "Ask every link given as evidence whether it still opens."

    def add_arguments(self, parser: CommandParser) -> None:
        """Allow one organisation instead of all, and how long to go on."""
        parser.add_argument("--organisation", metavar="SLUG")
        parser.add_argument("--minutes", type=int, default=60)

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, and say how many answered; links that do not are named."""
        organisation = None
        if options["organisation"]:
            organisation = Organisation.objects.filter(slug=options["organisation"]).first()
            if organisation is None:
                raise CommandError(f"ไม่พบหน่วยงาน {options['organisation']}")
        asked = dead = 0
        until = time.monotonic() + 60 * options["minutes"]
        for url, answer in links.check_all(organisation, until=until):
            asked += 1
            if answer.problem:
                dead += 1
                self.stdout.write(f"{url}: {answer.problem}")
        self.stdout.write(f"ตรวจลิงก์ {asked} รายการ เปิดไม่ได้ {dead} รายการ")
