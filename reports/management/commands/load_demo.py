"""Fill a demo install with the five fictional offices."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from measures.domain import demo
from reports.publishing import publish


class Command(BaseCommand):
    """``manage.py load_demo``: once; a second run changes nothing."""

    help = "Load the five demo organisations and their accounts (demo mode only)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the demo unless it is there, and print who can sign in.

        Raises CommandError outside demo mode, because the password of its accounts is public.
        """
        if not settings.DEMO_MODE:
            raise CommandError(
                _(
                    "ข้อมูลสาธิตมีรหัสผ่านที่เปิดเผย จึงโหลดได้เฉพาะโหมดสาธิต "
                    "โปรดตั้ง DEMO_MODE=true ในไฟล์ .env ของเครื่องที่ใช้ทดลอง"
                )
            )
        if demo.is_loaded():
            self.stdout.write(_("มีข้อมูลสาธิตอยู่แล้ว ไม่ได้เปลี่ยนแปลงข้อมูลใด"))
        else:
            demo.load(publish)
            self.stdout.write(_("โหลดข้อมูลสาธิตแล้ว"))
        self.stdout.write(_("รหัสผ่านของทุกบัญชี: %(password)s") % {"password": demo.PASSWORD})
        for account in demo.accounts():
            line = f"  {account.username:<18} {account.post} {account.organisation}"
            self.stdout.write(line.rstrip())
