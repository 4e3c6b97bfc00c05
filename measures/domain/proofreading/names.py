"""The office's own name in a second spelling: หินดาด and หินดาต in one paper (domain.md §7)."""

import re
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher
from typing import Final

from django.utils.translation import gettext as _

from ita_portal.thai.words import normalise
from measures.domain.content import Content
from measures.domain.proofreading.passages import Part, Passage
from measures.domain.proofreading.remarks import Remark, Rule, quoted, remark_on

# One letter of five may differ: หินดาต, สามก้อ for สากอ; หนองบก is not หนองบัว.
LEAST_LIKENESS: Final = 0.8
_THAI_WORD: Final = re.compile("[ก-ฺเ-๎]+")
# What stands after the kind of the office where its name was left out: "นายก… ผ่านปลัด…".
_NO_NAME: Final = re.compile(
    "ผ่าน|โทร|ที่|และ|หรือ|เพื่อ|ได้|ใน|ตาม|เรื่อง|ประจำ|ปี|รอบ|พ.ศ|มี|อำเภอ|จังหวัด|ดัง"
)


def other_spellings(
    passage: Passage, organisation: Content, other_names: Collection[str]
) -> Iterator[Remark]:
    """Yield a remark for each name after the office's kind that is almost, but not, its own.

    In the fields that name the office itself any other name is remarked. Offices of
    ``other_names``, and names that are not alike, are others; a name left out is no name.
    """
    kind, name = organisation["kind_name"], organisation["name"]
    proper = name.removeprefix(kind)
    if proper in ("", name):
        return
    for found in re.finditer(_kinds(organisation, proper), passage.text):
        following = passage.text[found.end() :]
        if following.startswith(proper):
            continue
        if passage.part == Part.HEAD and not found[0][-1].isspace():
            written = _named_instead(following)
        else:
            written = _almost(following, proper)
            if any(f"{kind}{following}".startswith(other) for other in other_names):
                continue
        if written:
            yield remark_on(
                passage,
                Rule.OFFICE_NAME,
                f"{found[0]}{written}",
                _("%(found)s ไม่ตรงกับชื่อหน่วยงาน “%(name)s” โปรดแก้ให้ตรงกันทั้งฉบับ")
                % {"found": quoted(f"{found[0]}{written}"), "name": name},
            )


def _kinds(organisation: Content, proper: str) -> str:
    """Return the pattern of what can stand before the name: the kind in full and in short."""
    kind, short_name = organisation["kind_name"], organisation["short_name"]
    kinds = {kind, kind.replace("เทศบาล", "เทศมนตรี", 1)}  # as in นายกเทศมนตรีเมือง…
    short_kind = short_name.removesuffix(proper).rstrip(" .")
    patterns = [re.escape(each) for each in sorted(kinds)]
    if short_kind and short_kind != short_name:
        patterns.append(re.escape(short_kind) + r"\.?")
    return rf"(?:{'|'.join(patterns)})[ \t]*"


def _named_instead(following: str) -> str:
    """Return the name that stands where the office's own should, or ""."""
    found = _THAI_WORD.match(following)
    return found[0] if found and not _NO_NAME.match(following) else ""


def _almost(following: str, proper: str) -> str:
    """Return a beginning of the text that is alike enough to the name, or "".

    Thai has no spaces between words, so beginnings of about the name's length are tried.
    """
    found = _THAI_WORD.match(following)
    if found is None:
        return ""
    tried = {found[0][:length] for length in range(len(proper) - 1, len(proper) + 3)}
    alike = [written for written in tried if _likeness(written, proper) >= LEAST_LIKENESS]
    # Quoted is as much as the name is long: หินดาต, though หินดา is more alike.
    return min(alike, key=lambda written: abs(len(written) - len(proper)), default="")


def _likeness(written: str, proper: str) -> float:
    return SequenceMatcher(None, normalise(written), normalise(proper), autojunk=False).ratio()
