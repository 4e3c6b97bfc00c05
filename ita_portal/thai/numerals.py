"""Thai and Arabic digits.

Thai digits are the office's custom everywhere on paper (cabinet resolution of 2 May 2543), except
in addresses of the web, e-mail and foreign words: ``COVID-19`` stays ``COVID-19``.
"""

import re
from decimal import Decimal
from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from pythainlp.util import arabic_digit_to_thai_digit, thai_digit_to_arabic_digit

_LETTER: Final = "A-Za-zÀ-ÖØ-öø-ɏ"
_ANY_DIGIT: Final = "0-9๐-๙"
_ADDRESS_END: Final = r"""\s<>"'”’"""  # what ends a web address in running text

# Lengths are bounded by what the standards allow, so that a hostile text cannot make us slow.
_KEPT: Final = rf"""
    (?i: https?:// | ftp:// | www\. ) [^{_ADDRESS_END}]+     # web address
  | (?<![{_LETTER}0-9\-])                                   # the others start a word of their own
    (?! [0-9]{{1,2}} \. [A-Z] )                             # "1.IIT" is a list number and a word
    (?:
        [A-Za-z0-9._%+\-]{{1,64}} @ [A-Za-z0-9.\-]{{1,255}}               # e-mail
      | (?: [A-Za-z0-9\-]{{1,63}} \. ){{1,10}} [A-Za-z]{{2,24}}           # www.example.go.th
        (?: : [0-9]{{1,5}} )? (?: [/?\#] [^{_ADDRESS_END}]* )?
      | (?= [0-9\-/._&+]{{0,40}} [{_LETTER}] )                            # COVID-19, PDF/A-3, 5G
        [{_LETTER}0-9]+ (?: [\-/._&+] [{_LETTER}0-9]+ )*
        (?:                                                               # E-Service 2.0
            (?<! IIT ) (?<! EIT ) (?<! OIT ) (?<! ITA )
            [\x20\u00a0] [0-9] (?: \. [0-9] )+
            (?! \.? [{_ANY_DIGIT}] | [\x20\u00a0]? (?: % | คะแนน ) )
        )?
    )
"""
_KEPT_OR_NUMBER: Final = re.compile(rf"(?P<kept> {_KEPT} ) | [0-9]+", re.VERBOSE)

_WHOLE_NUMBER: Final = re.compile(r"[0-9]{1,18}|[0-9]{1,3}(?:,[0-9]{3}){1,5}")
_DECIMALS: Final = re.compile(r"[0-9]{1,2}")


def to_thai_digits(value: str | int | Decimal) -> str:
    """Return the text, or the number as text, with its digits in Thai.

    Left as they are: web and e-mail addresses, bare domains with their paths, file names, and
    words with a Latin letter in them (``ITA2567``, ``O42``, ``PDF/A-3``, ``5G``).

    A number after a Latin word and a space belongs to that word only when it looks like a version,
    single digits with dots: ``E-Service 2.0`` stays. ``ITA 2566`` becomes ``ITA ๒๕๖๖``, and so do
    scores, which have two decimals (``IIT 85.25``), follow the name of an instrument or are
    followed by คะแนน or %.
    """
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return _KEPT_OR_NUMBER.sub(
        lambda found: found["kept"] or arabic_digit_to_thai_digit(found[0]), text
    )


def to_arabic_digits(text: str) -> str:
    """Return the text with every Thai digit as an Arabic one; nothing else changes."""
    return str(thai_digit_to_arabic_digit(text))


def parse_integer(text: str) -> int:
    """Return the whole number written in Thai, Arabic or mixed digits (``๒๕๖7``).

    White space around it and commas between thousands are accepted. Raises ValueError, with a
    message in Thai for the person who typed it, for anything else: signs, decimals, words.
    """
    digits = to_arabic_digits(text).strip()
    if not _WHOLE_NUMBER.fullmatch(digits):
        raise ValueError(
            format_lazy(_("“{text}” ไม่ใช่จำนวนเต็ม โปรดพิมพ์เป็นตัวเลข เช่น ๑๒ หรือ 12"), text=text)
        )
    return int(digits.replace(",", ""))


def parse_decimal(text: str) -> Decimal:
    """Return the number with up to two decimals in Thai, Arabic or mixed digits (``๑,๒๕๐.5``).

    White space around it and commas between thousands are accepted. Raises ValueError, with a
    message in Thai for the person who typed it, for anything else: signs, three decimals, words.
    """
    digits = to_arabic_digits(text).strip()
    whole, point, decimals = digits.partition(".")
    is_number = _WHOLE_NUMBER.fullmatch(whole) and (not point or _DECIMALS.fullmatch(decimals))
    if not is_number:
        raise ValueError(
            format_lazy(
                _("“{text}” ไม่ใช่ตัวเลข โปรดพิมพ์เป็นตัวเลข ทศนิยมไม่เกินสองตำแหน่ง เช่น ๘๕.๕๐ หรือ 85.50"),
                text=text,
            )
        )
    return Decimal(digits.replace(",", ""))
