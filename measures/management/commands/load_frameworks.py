"""Fill in the shipped frameworks of some years."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.base import DeserializationError
from django.utils.translation import gettext as _

from measures.domain.scoring import shipped_frameworks


class Command(BaseCommand):
    """Adds what is missing; a year that is there stays as the administrator has made it."""

    help = "Add the shipped frameworks of fiscal years (B.E.) that are missing, and their remedies."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the years."""
        parser.add_argument("--year", metavar="2566", type=int, nargs="+", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Add the years and say which."""
        shipped = shipped_frameworks.shipped_years()
        wrong = [year for year in options["year"] if year not in shipped]
        if wrong:
            raise CommandError(
                _("ไม่มีกรอบการประเมินปี %(year)s มากับระบบ มีของปี %(shipped)s")
                % {"year": wrong[0], "shipped": " ".join(map(str, shipped))}
            )
        try:
            loaded = shipped_frameworks.load(options["year"])
        except DeserializationError as error:
            raise CommandError(
                _("แนวทางแก้ไขที่มากับระบบอ้างข้อที่กรอบในระบบไม่มี โปรดเพิ่มเองที่หลังบ้าน (%s)") % error
            ) from error
        for words, years in (
            (_("เพิ่มกรอบการประเมินปี %s"), loaded.frameworks),
            (_("เพิ่มแนวทางแก้ไขตามข้อประเมินปี %s"), loaded.remedies),
        ):
            if years:
                self.stdout.write(words % " ".join(map(str, years)))
        if not (loaded.frameworks or loaded.remedies):
            self.stdout.write(_("มีครบแล้ว ไม่มีสิ่งใดเปลี่ยน"))
