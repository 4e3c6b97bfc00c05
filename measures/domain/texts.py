"""What people type: kept as typed, short of what no database or printer takes."""

import re

from django.conf import settings
from django.utils.translation import gettext as _

from measures.domain.errors import Invalid

# Control characters other than line feed and tab; a NUL is refused by PostgreSQL.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def cleaned(text: str, *, label: str, required: bool = False, longest: int | None = None) -> str:
    """Return ``text`` without control characters and with line feeds alone, or raise Invalid.

    ``label`` names the field in the message; ``longest`` is in characters (the portal's limit for
    one field unless told). Spelling, digits and inner spaces stay as typed.
    """
    limit = longest or settings.TEXT_MAX_CHARACTERS
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if required and not text:
        raise Invalid(_("โปรดกรอก%(label)s") % {"label": label})
    if len(text) > limit:
        raise Invalid(
            _("%(label)sยาว %(length)s ตัวอักษร เกินกำหนด %(limit)s ตัวอักษร โปรดย่อหรือแนบเป็นไฟล์ PDF")
            % {"label": label, "length": f"{len(text):,}", "limit": f"{limit:,}"}
        )
    return text
