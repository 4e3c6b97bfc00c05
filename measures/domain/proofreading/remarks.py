"""A remark: which rule, where, on which words, and what to do about it."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from measures.domain.hashes import sha256_of
from measures.domain.proofreading.passages import Passage

LONGEST_QUOTE = 80  # characters of the text that a message repeats


class Rule(TextChoices):
    """What is looked for; stored with a waiver, so a value is never given another meaning."""

    OFFICE_NAME = "office_name", _("ชื่อหน่วยงานสะกดต่างกัน")
    MIXED_NUMERALS = "mixed_numerals", _("เลขไทยปนเลขอารบิก")
    OUTSIDE_FISCAL_YEAR = "outside_fiscal_year", _("เวลาอยู่นอกปีงบประมาณ")
    IMPOSSIBLE_DATE = "impossible_date", _("วันที่ไม่มีในปฏิทิน")
    UNKNOWN_ITEM = "unknown_item", _("ข้อ OIT ไม่มีในกรอบการประเมิน")
    WEBSITE_WITHOUT_LINK = "website_without_link", _("อ้างเว็บไซต์โดยไม่มีลิงก์")
    NO_RESULT = "no_result", _("ไม่มีข้อความผลการดำเนินการ")
    REQUIRED_CONTENT = "required_content", _("เนื้อหาที่แผนต้องมียังไม่ครบ")
    REPEATED_RESULT = "repeated_result", _("ผลการดำเนินการซ้ำกัน")
    CITIZEN_NUMBER = "citizen_number", _("มีเลขประจำตัวประชาชน")
    PHONE_NUMBER = "phone_number", _("มีหมายเลขโทรศัพท์ส่วนบุคคล")
    MAIL_ADDRESS = "mail_address", _("มีที่อยู่อีเมลส่วนบุคคล")


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing a careful reader would ask about. ``place`` and ``message`` are Thai, to be shown.

    ``text`` is what was found. ``fingerprint`` names rule, place and the whole text there: when
    the text changes, it is another remark.
    """

    rule: Rule
    place: str
    text: str
    message: str
    fingerprint: str
    can_be_waived: bool = True

    def sentence(self) -> str:
        """Return where and what as one sentence."""
        return f"{self.place}: {self.message}"


def quoted(text: str) -> str:
    """Return the text on one line in quotation marks, shortened where it is long."""
    line = " ".join(text.split())
    return f"“{line[:LONGEST_QUOTE]}…”" if len(line) > LONGEST_QUOTE else f"“{line}”"


def remark_on(passage: Passage, rule: Rule, found: str, message: str) -> Remark:
    """Return the remark of a rule on the words ``found`` in a passage."""
    return Remark(
        rule=rule,
        place=passage.place,
        text=found,
        message=message,
        fingerprint=sha256_of([rule.value, passage.key, passage.text, found]),
    )
