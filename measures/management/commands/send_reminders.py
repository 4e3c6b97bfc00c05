"""The daily run: remind, escalate, mail digests, forget imports; fit for cron, safe twice."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import notifications
from measures.domain.importing import uploads
from measures.domain.reminding import reminders
from measures.models import Organisation


class Command(BaseCommand):
    """Tells nobody twice of the same; exits 1 where a mail did not go, which is tried again."""

    help = "Remind of rounds, escalate sign-offs that rest, and mail each person's digest."

    def add_arguments(self, parser: CommandParser) -> None:
        """Allow another day than today, and one organisation instead of all."""
        parser.add_argument("--on", metavar="YYYY-MM-DD", type=datetime.date.fromisoformat)
        parser.add_argument("--organisation", metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the organisations, then through the people."""
        day: datetime.date = options["on"] or timezone.localdate()
        organisations = Organisation.objects.all()
        only = None
        if options["organisation"]:
            only = organisations.filter(slug=options["organisation"]).first()
            if only is None:
                raise CommandError(_("ไม่พบหน่วยงาน %(slug)s") % {"slug": options["organisation"]})
        if only is None:  # what nobody confirmed for two weeks goes with the daily run
            uploads.discard_forgotten()
        told = 0
        for organisation in [only] if only else organisations:
            told += len(reminders.remind_of_rounds(organisation, day))
            told += len(reminders.escalate(organisation, day))
        went, failed = notifications.send_digests(day, only)
        self.stdout.write(
            _("แจ้งเตือนใหม่ %(told)s รายการ ส่งอีเมล %(went)s ฉบับ") % {"told": told, "went": len(went)}
        )
        if failed:
            raise CommandError(
                _("ส่งอีเมลไม่สำเร็จ %(count)s ฉบับ จะลองใหม่ในการสั่งครั้งต่อไป: %(problem)s")
                % {"count": len(failed), "problem": failed[0].problem}
            )
