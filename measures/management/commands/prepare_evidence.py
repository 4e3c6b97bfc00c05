"""Prepare evidence that a crash, or a scanner that did not answer, left behind."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from measures.domain.filing import preparation
from measures.models import Evidence

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Fit for cron: what is prepared already is left alone, so twice is as good as once."""

    help = "Make the missing copies of photographs and scan what is not scanned yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Take up each file by itself; exit 1 where some are still not prepared."""
        done = [self._prepared(evidence) for evidence in preparation.unprepared()]
        self.stdout.write(f"เตรียมหลักฐานแล้ว {done.count(True)} ไฟล์")
        if False in done:
            raise CommandError(f"ยังเตรียมไม่ได้ {done.count(False)} ไฟล์ ดูสาเหตุในบันทึกของระบบ")

    def _prepared(self, evidence: Evidence) -> bool:
        try:
            preparation.prepare(evidence)
        except Exception:  # one broken file must not keep the others waiting
            logger.exception("Evidence %s cannot be prepared", evidence.pk)
            return False
        return not preparation.is_unprepared(evidence)
