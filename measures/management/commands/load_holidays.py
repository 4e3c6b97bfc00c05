"""Fill in the public holidays of some years."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from measures.domain.reminding import holidays
from measures.models.fiscal_years import EARLIEST_FISCAL_YEAR, LATEST_FISCAL_YEAR


class Command(BaseCommand):
    """Adds what is missing; what is there, or was changed by somebody, stays as it is."""

    help = "Add the Thai public holidays of calendar years (B.E.) that are missing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the years."""
        parser.add_argument("--year", metavar="2569", type=int, nargs="+", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Add the days and say how many."""
        years: list[int] = options["year"]
        wrong = [year for year in years if not EARLIEST_FISCAL_YEAR <= year <= LATEST_FISCAL_YEAR]
        if wrong:
            raise CommandError(
                _("ปี %(year)s ไม่ใช่ปี พ.ศ. ที่ใช้ได้ โปรดระบุเช่น --year 2569 2570") % {"year": wrong[0]}
            )
        count = holidays.load(years)
        self.stdout.write(_("เพิ่มวันหยุดราชการ %(count)s วัน") % {"count": count})
