"""What one line of a score sheet says: about which item or figure, and which number it gives.

Texts are compared normalised (``ita_portal.thai.words.normalise``): Thai digits as Arabic, Latin
letters in lower case, one space between words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ita_portal.thai.words import normalise, normalise_compact

ITEM, BARE_ITEM, INDICATOR, INSTRUMENT, TOTAL, SUM, LEVEL, NOTHING = (
    "item",  # place: I7
    "bare_item",  # place: 7, of the instrument in whose section it stands
    "indicator",  # place: 9 or 9.1
    "instrument",  # place: IIT
    "total",
    "sum",  # "รวม" alone: of what, the section tells or nothing does
    "level",
    "nothing",
)

_NUMBER = r"-?[0-9]{1,9}(?:[.,][0-9]{1,20})?"
_UNIT = r"(?:%|คะแนน|แต้ม)?"
_WHOLE_SCORE = re.compile(rf"(?:(?:ร้อยละ|เท่ากับ|ได้|คะแนน|[=:])\s*)*({_NUMBER})\s*{_UNIT}\.?")
_TOLD_SCORE = re.compile(
    rf"(?:ร้อยละ|เท่ากับ|คะแนน|=|:)\s*({_NUMBER})(?![0-9.])"
    rf"|(?<![0-9.,-])({_NUMBER})\s*(?:%|คะแนน)"
)
_LAST_NUMBER = re.compile(rf"(?:^|[\s:=(]|(?<![0-9])[,;])({_NUMBER})\s*{_UNIT}\s*[).]?$")
_TWO_PLACES = re.compile(r"(?<![0-9.,-])[0-9]{1,3}[.,][0-9]{2}(?![0-9.,])")  # as scores are printed
_NUMBERS_IN_A_ROW = re.compile(
    rf"(?:^|\s)({_NUMBER})(?:\s+|\s*[/;]\s*|[,.]\s+)({_NUMBER})\s*{_UNIT}\s*[).]?$"
)
_PARTED_POINT = re.compile(r"(?<![^\s:=(])([0-9]{1,3}) \. ?([0-9]{2})(?![0-9.])")  # of a pdf
_POINTS = re.compile(r"[0-9]\s*คะแนน")
_LIKE_A_CODE = re.compile(rf"^[^\W0-9]{{1,3}}[-. ]?[0-9]{{1,2}}\s*[:=]?\s+{_NUMBER}$")  # l7, ไอ7
_OUT_OF = re.compile(
    r"[(\[]?\s*(?:คะแนน\s*)?(?:จาก|เต็ม|/)\s*(?:คะแนน)?\s*(?:เต็ม)?\s*100(?:\.0+)?(?![0-9.])[)\]]?"
)
_YEAR = re.compile(
    r"(?:ปี\s*(?:งบประมาณ)?\s*)?(?:พ\s*\.\s*ศ\s*\.?\s*|ปี\s*(?:งบประมาณ)?\s*)2[45][0-9]{2}"
)

_QUESTION = r"(?:ข้อ\s*(?:ที่|คำถาม)?\s*)"
_LIST = r"(?:[0-9]{1,2}(?:\s*[.)]\s*|\s+))?"
_CODE = re.compile(
    rf"[-•*(\s]*{_LIST}{_QUESTION}?(?:[0-9]{{1,2}}\s*\()?([ieo])\s*[-.]?\s*([0-9]{{1,2}})"
    r"(?![0-9]|\.[0-9])[).:]?"
)
_ZERO_CODE = re.compile(rf"{_QUESTION}?(?:o\s*)?0([0-9]{{2}})(?![0-9.])")  # "042" for O42
_QUESTION_NUMBER = re.compile(rf"{_QUESTION}([0-9]{{1,2}})(?![0-9]|\.[0-9])[).:]?")
_LIST_NUMBER = re.compile(r"([0-9]{1,2})(?:\s*[.)]\s*(?![0-9])|$)")
_INDICATOR = re.compile(
    r"(?:ตัวชี้วัด\s*(?:ย่อย)?\s*(?:ที่)?|ด้านที่)\s*([0-9]{1,2}(?:\.[0-9])?)(?![0-9])[).:]?"
)
_SUB_INDICATOR = re.compile(r"([0-9]{1,2}\.[0-9])(?![0-9%])(?=\s*[^\W0-9])")
_SUBJECTS = (  # what a cell begins with, the surest first
    (_CODE, ITEM),
    (_ZERO_CODE, ITEM),
    (_INDICATOR, INDICATOR),
    (_SUB_INDICATOR, INDICATOR),
    (_QUESTION_NUMBER, BARE_ITEM),
    (_LIST_NUMBER, BARE_ITEM),
)
_INSTRUMENTS = (
    ("IIT", re.compile(r"(?<![a-z])iit(?![a-z])|ผู้มีส่วนได้ส่วนเสียภายใน")),
    ("EIT", re.compile(r"(?<![a-z])eit(?![a-z])|ผู้มีส่วนได้ส่วนเสียภายนอก")),
    ("OIT", re.compile(r"(?<![a-z])oit(?![a-z])|การเปิดเผยข้อมูลสาธารณะ")),
)
_TOTAL = ("คะแนนรวม", "รวมทั้งหมด", "รวมทั้งสิ้น", "ภาพรวม", "คะแนนita", "ผลคะแนนรวม")
_ASSESSMENT = re.compile(r"(?<![a-z])ita(?![a-z])|คุณธรรมและความโปร่งใส")
_COUNTS = (  # numbers that are no scores
    *("น้ำหนัก", "จำนวน", "ผู้ตอบ", "ขั้นต่ำ"),
    *("เป้าหมาย", "ไม่น้อยกว่า", "ไม่ต่ำกว่า"),
)
_LEVEL = re.compile(r"ระดับ\s*(?:ผลการประเมิน|คะแนน|ที่ได้รับแจ้ง|ที่ได้รับ|ที่ได้)?\s*[:=]?\s*(.*)")
_SCORE_HEADS = {"คะแนน", "คะแนนที่ได้", "คะแนนที่ได้รับ", "ผลคะแนน", "คะแนนรายข้อ", "ร้อยละ", "score"}
BLANK = {"", "-", "–", "—", "ไม่มี", "n/a", "ไม่ประเมิน", "ไม่ได้ประเมิน", "ไม่มีคะแนน"}


def is_count(head: str) -> bool:
    """Return whether under this head stand numbers that are no scores: weights, full marks."""
    compact = normalise_compact(head)
    return "เต็ม" in compact or any(word in compact for word in _COUNTS)


@dataclass(frozen=True)
class Statement:
    """What a line is about, and its number as written ("" where there is none)."""

    kind: str
    place: str = ""
    score: str = ""
    level: str = ""
    has_blank_score: bool = False  # a score cell that is there and empty
    rivals: tuple[str, ...] = ()  # two numbers or more of which nobody knows which is the score


def is_heading(cells: Sequence[str]) -> int | None:
    """Return the column of the scores where these cells are the heads of a table."""
    compact = [normalise_compact(cell) for cell in cells]
    if sum(1 for cell in compact if cell) < 2:
        return None
    columns = [at for at, cell in enumerate(compact) if cell in _SCORE_HEADS]
    return columns[0] if columns else None


def statement_of(cells: Sequence[str], score_column: int | None = None) -> Statement:
    """Return what a line says. ``score_column`` is where a heading says that scores stand."""
    cleaned = [_without_noise(normalise(cell)) for cell in cells]
    about, rest, at = _subject_of(cleaned)
    as_written = list(cleaned)
    if at is not None:
        cleaned[at] = _PARTED_POINT.sub(r"\1.\2", rest)
    text = " ".join(cell for cell in cleaned if cell)
    statement = about or _figure_of(text)
    if statement.kind == BARE_ITEM and at is not None:
        statement = _with_own_instrument(statement, cleaned, at)
        if statement.kind == INSTRUMENT and any(map(_instrument_of, cleaned[:at])):
            cleaned = as_written  # what stands behind the instrument may be its weight
    if statement.kind in (TOTAL, SUM, LEVEL):
        statement = replace(statement, level=_level_in(text))
        text = _LEVEL.sub("", text) if statement.kind != LEVEL else ""
    if score_column is not None and score_column < len(cleaned):
        cell = cleaned[score_column]
        whole = _WHOLE_SCORE.fullmatch(cell)
        written = "" if cell in BLANK else whole[1] if whole else cell
        return replace(statement, score=written, has_blank_score=cell in BLANK)
    # What stands before the item in its row is the number of a list.
    numbers = _numbers_of(cleaned[at or 0 :] if statement.kind != NOTHING else cleaned, text)
    rivals = tuple(dict.fromkeys(numbers)) if len({number_of(each) for each in numbers}) > 1 else ()
    return replace(
        statement,
        score=numbers[-1] if numbers else "",
        has_blank_score=not numbers and len(cells) > 1 and cleaned[-1] in BLANK,
        rivals=rivals,
    )


def _with_own_instrument(statement: Statement, cells: Sequence[str], at: int) -> Statement:
    """Return what a bare number is where its own row names an instrument or a total.

    ``IIT | 7 | ท่านทราบ`` is item I7; in ``IIT | 30 | 85.20`` nobody has said what 30 is; ``1. IIT``
    and ``1 | IIT`` are a number of a list and an instrument.
    """
    asks = any(cell and not _WHOLE_SCORE.fullmatch(cell) for cell in cells[at:])
    for cell in cells[:at]:
        code = _instrument_of(cell)
        if code and not asks:
            return Statement(INSTRUMENT, code)
        if code and cell == code.lower():
            return Statement(ITEM, f"{code[0]}{statement.place}")
    listed = next((cell for cell in cells[at:] if cell), "")
    figure = _figure_of(listed)
    return figure if figure.kind in (INSTRUMENT, TOTAL) else statement


def _without_noise(text: str) -> str:
    """Return a cell without "of 100" and years, which are no scores."""
    return _YEAR.sub(" ", _OUT_OF.sub(" ", text)).strip()


def _subject_of(cells: Sequence[str]) -> tuple[Statement | None, str, int | None]:
    """Return the item or indicator that a cell begins with, and that cell without it."""
    for pattern, kind in _SUBJECTS:
        for at, cell in enumerate(cells):
            found = pattern.match(cell)
            if found is None:
                continue
            if pattern is _LIST_NUMBER and found.end() == len(cell) and not any(cells[at + 1 :]):
                continue  # a number after which nothing comes is a score
            place = "".join(found.groups())
            if pattern is _ZERO_CODE:
                place = f"o{place}"
            if kind in (ITEM, BARE_ITEM):
                place = re.sub("[0-9]+", lambda number: str(int(number[0])), place).upper()
            return Statement(kind, place), cell[found.end() :].strip(" ,;:="), at
    return None, "", None


def _figure_of(text: str) -> Statement:
    """Return which announced figure a line without item and indicator gives."""
    compact = normalise_compact(text)
    instrument = _instrument_of(text)
    if any(word in compact for word in _COUNTS):
        return (
            Statement(INSTRUMENT, instrument)
            if instrument and not _told(text)
            else Statement(NOTHING)
        )
    if instrument:
        return Statement(INSTRUMENT, instrument)
    if any(word in compact for word in _TOTAL):
        return Statement(TOTAL)
    if _ASSESSMENT.search(text) and "ผล" in compact and _TOLD_SCORE.search(text):
        return Statement(TOTAL)
    if compact.startswith("รวม"):
        return Statement(SUM)
    return Statement(LEVEL if compact.startswith("ระดับ") else NOTHING)


def _instrument_of(text: str) -> str:
    """Return the one instrument that a text names; empty for none or several."""
    named = [code for code, pattern in _INSTRUMENTS if pattern.search(text)]
    return named[0] if len(named) == 1 else ""


def _level_in(text: str) -> str:
    found = _LEVEL.search(text)
    return found[1].strip() if found else ""


def _told(text: str) -> bool:
    return _LAST_NUMBER.search(text) is not None


def _numbers_of(cells: Sequence[str], text: str) -> list[str]:
    """Return the numbers of a line that may be its score, as written, the likeliest last."""
    if len(cells) > 1:
        whole = [found[1] for found in map(_WHOLE_SCORE.fullmatch, cells) if found]
        if whole:
            return whole
    told = [next(filter(None, found.groups())) for found in _TOLD_SCORE.finditer(text)]
    last = _LAST_NUMBER.search(text)
    row = _NUMBERS_IN_A_ROW.search(text)
    found = told or ([*row.groups()] if row else [last[1]] if last else [])
    return [*_TWO_PLACES.findall(text), *found] if found else []


def number_of(written: str) -> Decimal | None:
    """Return a number as people write scores (79.27 or 79,27); None where it is none."""
    if not re.fullmatch(r"-?[0-9]{1,9}(?:[.,][0-9]{1,20})?", written):
        return None
    return Decimal(written.replace(",", "."))


def is_lone_score(cells: Sequence[str]) -> bool:
    """Return whether a line is nothing but a score: two decimals, or 0 or 100."""
    filled = [cell for cell in map(normalise, cells) if cell]
    found = _WHOLE_SCORE.fullmatch(filled[0]) if len(filled) == 1 else None
    return found is not None and (
        found[1] in ("0", "100") or _TWO_PLACES.fullmatch(found[1]) is not None
    )


def tells_a_score(cells: Sequence[str]) -> bool:
    """Return whether a line holds what looks like a score: 80.25, "80 คะแนน", "l7 80"."""
    text = " ".join(_without_noise(normalise(cell)) for cell in cells)
    compact = normalise_compact(text)
    if any(word in compact for word in _COUNTS):
        return False
    return any(pattern.search(text) for pattern in (_TWO_PLACES, _POINTS, _LIKE_A_CODE))


def name_in(cells: Sequence[str]) -> str:
    """Return what a line says beside its number, as names are compared."""
    text = normalise_compact(" ".join(_without_noise(normalise(cell)) for cell in cells))
    return re.sub(r"[0-9.,:=%()]|คะแนน|ร้อยละ|เท่ากับ|^ตัวชี้วัด|^ด้าน|^-", "", text)


_PAIR = re.compile(
    rf"{_QUESTION}?([ieo])\s*[-.]?\s*([0-9]{{1,2}})(?:\s*[:=]\s*|\s+(?:(?:ได้|เท่ากับ)\s*)?)"
    rf"({_NUMBER})\s*{_UNIT}(?:[,;]\s*|\s+|$)(?:และ\s*)?"
)


def pairs_in(cells: Sequence[str]) -> list[Statement]:
    """Return several items with their scores where a line holds nothing else; else nothing.

    ``I7 79.27 I8 53.56`` is two of them; in a prose line a code may be a mere reference.
    """
    text = " ".join(_without_noise(normalise(cell)) for cell in cells if cell.strip()).strip()
    found = list(_PAIR.finditer(text))
    if len(found) < 2 or sum(len(each[0]) for each in found) != len(text):
        return []
    return [Statement(ITEM, f"{each[1].upper()}{int(each[2])}", each[3]) for each in found]
