"""What belongs to a person and not into a public document: citizen number, telephone, e-mail.

The message says where it stands, never the whole of it: remarks and waivers are kept for good.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from ita_portal.thai.numerals import to_arabic_digits
from measures.domain.content import Content
from measures.domain.hashes import sha256_of
from measures.domain.proofreading.passages import Passage
from measures.domain.proofreading.remarks import Remark, Rule

# Up to two signs between two digits, as people write them: 1-2345-…, 08 1234 5678.
_GAP: Final = r"[ \u00a0\-\u2010-\u2015]{0,2}"
_BEFORE: Final = r"(?<![0-9A-Za-z])(?<![0-9][.,/\-])"
_AFTER: Final = r"(?![0-9A-Za-z])(?![.,/\-][0-9])"
_CITIZEN: Final = re.compile(rf"{_BEFORE}[1-8](?:{_GAP}[0-9]){{12}}{_AFTER}")
# 06, 08, 09 and eight more are mobile telephones; 02 and seven more, 03-05 and 07 and seven more
# are fixed lines (numbering plan of the NBTC). +66 stands for the first 0.
_SPACE: Final = r"[ \u00a0()\-\u2010-\u2015]{0,2}"  # (081) 234 5678
_PHONE: Final = re.compile(
    rf"{_BEFORE}(?:0{_SPACE}|\+{_SPACE}66{_SPACE}(?:0{_SPACE})?)"
    rf"(?:[689](?:{_SPACE}[0-9]){{8}}|[23457](?:{_SPACE}[0-9]){{7}}){_AFTER}"
)
_MAIL: Final = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@((?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24})"
)
_DIGITS: Final = re.compile(r"[^0-9]")
_SHOWN_DIGITS: Final = 3


@dataclass(frozen=True)
class Office:
    """What is the office's own and may stand in public."""

    phones: frozenset[str]
    mail_domain: str

    @classmethod
    def of(cls, content: Content) -> "Office":
        """Return the telephones and the domain of the organisation that the document is of."""
        organisation = content["organisation"]
        phone = to_arabic_digits(organisation["phone"])
        host = urlsplit(organisation["website"]).hostname or ""
        return cls(
            frozenset(_national(found[0]) for found in _PHONE.finditer(phone)),
            host.removeprefix("www."),
        )


def is_citizen_number(digits: str) -> bool:
    """Return whether the last of thirteen digits is the check digit of the others.

    Source: the Department of Provincial Administration's rule: weights 13 down to 2, modulo 11.
    """
    weighted = sum(int(digit) * (13 - at) for at, digit in enumerate(digits[:12]))
    return len(digits) == 13 and (11 - weighted % 11) % 10 == int(digits[12])


def _national(written: str) -> str:
    """Return the digits of a telephone number as dialled inside the country."""
    digits = _DIGITS.sub("", written)
    return "0" + digits.removeprefix("66").removeprefix("0") if digits.startswith("66") else digits


def _masked(digits: str) -> str:
    """Return a number of which only the last digits are shown."""
    return "x" * (len(digits) - _SHOWN_DIGITS) + digits[-_SHOWN_DIGITS:]


def personal_data_in(text: str, office: Office) -> Iterator[tuple[Rule, str, str]]:
    """Yield rule, hash of what was found, and the words that name it without giving it away."""
    arabic = to_arabic_digits(text)
    citizens = []
    for found in _CITIZEN.finditer(arabic):
        digits = _DIGITS.sub("", found[0])
        if is_citizen_number(digits):
            citizens.append(found.span())
            yield Rule.CITIZEN_NUMBER, sha256_of(digits), _masked(digits)
    for found in _PHONE.finditer(arabic):
        digits = _national(found[0])
        is_inside = any(start <= found.start() < end for start, end in citizens)
        if digits not in office.phones and not is_inside:
            yield Rule.PHONE_NUMBER, sha256_of(digits), _masked(digits)
    for found in _MAIL.finditer(arabic):
        domain = found[1].lower()
        own = office.mail_domain
        if not own or (domain != own and not domain.endswith("." + own)):
            yield Rule.MAIL_ADDRESS, sha256_of(found[0].lower()), f"{found[0][0]}…@{domain}"


def personal_data(passage: Passage, office: Office) -> Iterator[Remark]:
    """Yield a remark for each citizen number, telephone and e-mail address in a passage."""
    yield from _remarks(passage.text, office, key=passage.key, place=passage.place)


def personal_data_in_files(
    content: Content, office: Office, texts: Mapping[str, str]
) -> Iterator[Remark]:
    """Yield the same for the texts of the evidence, by the SHA-256 that the content names."""
    for place, piece in _files_of(content):
        text = texts.get(piece["sha256"], "")
        yield from _remarks(text, office, key=f"file.{piece['sha256']}", place=place)


def _files_of(content: Content) -> Iterable[tuple[str, Content]]:
    for measure in content["measures"]:
        for entry in measure["progress"]:
            for piece in entry["evidence"]:
                if piece.get("sha256"):
                    yield (
                        _("มาตรการที่ %(number)s ไฟล์หลักฐาน “%(caption)s”")
                        % {"number": measure["number"], "caption": piece["caption"]},
                        piece,
                    )


def _remarks(text: str, office: Office, *, key: str, place: str) -> Iterator[Remark]:
    for rule, digest, masked in personal_data_in(text, office):
        yield Remark(
            rule=rule,
            place=place,
            text=masked,
            message=_("พบข้อมูลส่วนบุคคล (%(what)s %(masked)s) โปรดลบหรือปิดบังก่อนเผยแพร่")
            % {"what": _WHAT[rule](), "masked": masked},
            fingerprint=sha256_of([rule.value, key, text, digest]),
        )


_WHAT: Final = {
    Rule.CITIZEN_NUMBER: lambda: _("เลขประจำตัวประชาชน"),
    Rule.PHONE_NUMBER: lambda: _("หมายเลขโทรศัพท์"),
    Rule.MAIL_ADDRESS: lambda: _("ที่อยู่อีเมล"),
}
