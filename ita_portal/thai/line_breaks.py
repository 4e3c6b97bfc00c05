"""What must stay on one line of paper, and where a word too long for its line may be cut.

WeasyPrint leaves the breaking of lines to Pango, and Pango asks libthai's dictionary, which knows
neither names nor numbers and takes words apart into the ones they are made of: it breaks
สมมติ|ชนก, ๗๖๘๐๑/|๕๒, พ.ศ.|๒๕๖๗ and หน่วย|งาน.

Here is decided what is held together; whoever prints puts the pieces into spans with
``white-space: nowrap``. Characters meant for that make it worse (tried with WeasyPrint 70, Pango
1.50, libthai 0.1.29): libthai breaks at any U+2060 WORD JOINER or U+FEFF, even between two digits,
and after a U+00A0 NO-BREAK SPACE before a Thai character; U+034F COMBINING GRAPHEME JOINER holds,
but is in no Thai font.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate, chain
from typing import Final, NamedTuple

from ita_portal.thai.months import FULL_MONTHS, SHORT_MONTHS
from ita_portal.thai.words import (
    clusters,
    display_length,
    domain_words,
    syllables,
    tokenise,
    words_of_file,
)

_DIGIT: Final = "[0-9๐-๙]"
# Longer than any number of an office: the bounds keep a hostile text from making us slow.
_NUMBER: Final = rf"{_DIGIT}{{1,15}}(?:[.,]{_DIGIT}{{1,15}}){{0,5}}"
_SPACE: Final = "[\u0020\u00a0]"
_THAI: Final = "[ก-ฮฤฦะ-ฺเ-ๅ็-๎]"
_MONTH: Final = "|".join(re.escape(name) for name in (*FULL_MONTHS, *SHORT_MONTHS))

# Titles and ranks as memos of local offices have them, longest first.
_TITLE: Final = (
    r"ว่าที่(?: ?(?:ร้อยตรี|ร้อยโท|ร้อยเอก|พันตรี|ร\.ต\.|ร\.ท\.|ร\.อ\.))?(?:หญิง)?"
    r"|พันจ่า(?:ตรี|โท|เอก)|จ่าสิบ(?:ตรี|โท|เอก)|จ่า(?:ตรี|โท|เอก)|สิบตำรวจ(?:ตรี|โท|เอก)"
    r"|สิบ(?:ตรี|โท|เอก)|พ\.จ\.[ตทอ]\.|จ\.ส\.[ตทอ]\.|จ\.[ตทอ]\.|ส\.ต\.[ตทอ]\.|ส\.[ตทอ]\.|ด\.ต\."
    r"|นางสาว|น\.ส\.|นาย|นาง|ดร\.|ผศ\.|รศ\.|ศ\."
)
# นาย and นาง also begin the names of posts and other words.
_NOT_A_PERSON: Final = (
    r"นายก(?:องค์การ|เทศ|รัฐ|สภา|สมาคม|เมือง|อบ[ตจ]|ฯ|[^ก-๎])|นายอำเภอ|นายทะเบียน|นายช่าง"
    r"|นายแพทย์|นายจ้าง|นายหน้า|นายทหาร|นายตรวจ|นางพยาบาล"
)
_NAME: Final = rf"{_THAI}{{2,20}}"

_PLACE: Final = r"ตำบล|อำเภอ|จังหวัด|(?:อบ[ตจ]|ท[ตมน]|[ตอจ])\.(?:[ตอจ]\.)?"
# What goes on behind the word ตำบล where no name follows it.
_NO_NAME: Final = (
    "ของ|และ|หรือ|ที่|ใน|ได้|มี|ให้|จะ|เป็น|โดย|ตาม|แต่|ทุก|ทั้ง|เพื่อ|กับ|ด้วย|ซึ่ง|นี้|นั้น|ต้อง|ไม่|จึง|ต่อ|มา|ไป|ควร"
    "|อื่น|ใด|ละ|เดียว|ร่วม|จัด|ดำเนิน|ขอ|เห็น|ทราบ|แล้ว|ถึง|จาก|ว่า|เมื่อ"
)
_LATIN: Final = "[A-Za-z][A-Za-z0-9]{0,14}"
_IN_ADDRESS: Final = "[A-Za-z0-9/@:._-]"  # beside a Latin word: part of a web or mail address

_KEPT_WHOLE: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # (นายสมมติ ทดสอบ). A surname that runs on into the sentence is held for 20 characters.
        rf"(?<!ท)(?!{_NOT_A_PERSON})(?:{_TITLE}){_SPACE}?{_NAME}{_SPACE}{{1,2}}{_NAME}",
        # ๓๐ มีนาคม พ.ศ. ๒๕๖๔, มี.ค. ๖๔, ม.ค. - ก.ย. ๖๗
        rf"(?:{_DIGIT}{{1,2}}{_SPACE}?)?(?:(?:{_MONTH}){_SPACE}?[-–]{_SPACE}?)?"
        rf"(?:{_MONTH}){_SPACE}?(?:พ\.ศ\.{_SPACE}?)?{_DIGIT}{{2,4}}",
        rf"{_DIGIT}{{1,2}}{_SPACE}?(?:{_MONTH})",
        rf"[พค]\.ศ\.{_SPACE}?{_DIGIT}+",
        # ๐๔๒ - ๒๑๙๙๑๗, ๐๘๑-๒๓๔ ๕๖๗๘
        rf"[0๐]{_DIGIT}{{1,3}}{_SPACE}?-{_SPACE}?{_DIGIT}{{3,7}}(?:{_SPACE}?-?{_SPACE}?{_DIGIT}{{3,4}})?",
        # อด ๗๖๘๐๑/๕๒, นธ ๗๓๘๐๑.๑/-, ๑๔๙/๒๕๖๖, ๗๖๘๐๑/ว ๑๒
        rf"(?:(?<!{_THAI})[ก-ฮ]{{2}}{_SPACE})?{_NUMBER}/(?:ว{_SPACE}?)?(?:{_DIGIT}+|-)",
        # ๐๘.๓๐ - ๑๖.๓๐, ๒๕๖๖–๒๕๗๐
        rf"{_NUMBER}{_SPACE}?[-–]{_SPACE}?{_NUMBER}",
        rf"{_NUMBER}{_SPACE}?(?:วัน|สัปดาห์|เดือน|ปี|บาท|คน|ราย|ข้อ|ครั้ง|คะแนน|ชั่วโมง|นาที|น\.|ฉบับ"
        r"|เรื่อง|โครงการ|แห่ง|หน้า|หมู่บ้าน|ขั้นตอน|มาตรการ|ตัวชี้วัด|%)",
        rf"(?:ร้อยละ|ข้อ|ที่|มาตรา|มาตรการ|ตัวชี้วัด|ไตรมาส|ระดับ|เวลา|รอบ|จำนวน|ปี|หน้า|โทร\.){_SPACE}?\(?{_NUMBER}",
        # ข้อ I7, o11, O1-O43, o34 - o35, and what belongs to no address: E-Service, Q&A, PDF/A-3
        rf"(?:(?:ข้อ|รายการ){_SPACE}?)?(?<!{_IN_ADDRESS})[IEOieo][0-9]{{1,2}}"
        rf"(?:{_SPACE}?[-–]{_SPACE}?[IEOieo]?[0-9]{{1,2}})?(?!{_IN_ADDRESS})",
        rf"(?<!{_IN_ADDRESS}){_LATIN}(?:[-&/+.][A-Za-z0-9]{{1,15}}){{1,3}}(?!{_IN_ADDRESS})",
        # อ.สมมติ, ตำบลสมมติธารา: a place whose name ends with the letters
        rf"(?<!{_THAI})(?:{_PLACE}){_SPACE}?(?!{_NO_NAME}){_THAI}{{2,20}}(?!{_THAI})",
        rf"(?:ตำบล|อำเภอ|จังหวัด)(?!{_NO_NAME}){_THAI}{{2,16}}(?!{_THAI})",
        # ป.ป.ช., พ.ร.บ., อบต.
        r"(?<![ก-๎.])(?:[ก-ฮ]{1,4}\.){1,5}",
        rf"\S{_SPACE}ๆ",
    )
)

# Between these two characters nothing may come, or the marks would lose their consonant: a leading
# vowel and what follows, anything and a mark or a following vowel.
_ONE_CLUSTER: Final = re.compile("[เ-ไ].|.[ะ-ฺๅ็-๎]", re.DOTALL)
_HAS_DIGIT: Final = re.compile(_DIGIT)
_THAI_SIDE: Final = re.compile("[ก-ฮเ-ไะ-ฺ็-์]")
_WORD_SIDE: Final = re.compile("[ก-ฮเ-ไะ-ฺ็-์A-Za-z0-9๐-๙]")
# No line ends behind the first or begins with the others, so they are part of what they stand by.
_OPENS: Final = re.compile("[(\\[{<“‘«]")
_CLOSES: Final = re.compile("[^\\s(\\[{<“‘«ก-ฮเ-ไะ-ฺ็-๎A-Za-z0-9๐-๙]")
_SPACES: Final = re.compile(r"\s+")
# An address may be parted behind these, without a hyphen.
_ADDRESS_PART: Final = re.compile(r"[^/.\-_@?&=%:,]*[/.\-_@?&=%:,]*")

LONGEST_WORD: Final = 30  # characters; what is longer is no word but a run without a space

Span = tuple[int, int]
Width = Callable[[str], float]


class Piece(NamedTuple):
    """What must not be broken: where it stands, and whether a line may break on either side.

    The sides say so only where letters meet: beside a space or a sign anyone sees it.
    """

    start: int
    end: int
    breaks_before: bool
    breaks_after: bool


def held_together(
    text: str, *, longest: float, names: Iterable[str] = (), width: Width = display_length
) -> list[Piece]:
    """Return the pieces of a text that must not be broken and are at most ``longest`` wide.

    Pieces are: title, name and surname; a day with its month and year; พ.ศ. with the year;
    telephone, document and item numbers; a number with the unit after it or the word before it; a
    word with the ๆ behind a space; words of the field and official names; ``names`` known to the
    document. Pieces that overlap are one, where that is not too long; of one too long, the pieces
    inside it that are not. In order; no piece cuts a consonant from its marks.
    """
    words = tokenise(text)
    own = list(_domain_words_in(words, longest, width))
    ends = {0, *accumulate(map(len, words)), *chain.from_iterable(own)}
    found = sorted(
        (_with_signs(text, *span) for span in [*_spans(text, ends, names), *own]),
        key=lambda span: (span[0], -span[1]),
    )
    pieces = []
    for start, end in _short_enough(text, found, longest, width):
        # What has a number stands between words, even where the dictionary thinks otherwise.
        is_number = bool(_HAS_DIGIT.search(text, start, end))
        pieces.append(
            Piece(
                start,
                end,
                (is_number or start in ends)
                and bool(_WORD_SIDE.fullmatch(text[start - 1 : start])),
                (is_number or end in ends) and bool(_WORD_SIDE.fullmatch(text[end : end + 1])),
            )
        )
    return pieces


def cut_to_fit(word: str, *, longest: float, width: Width = display_length) -> list[str]:
    """Return an unbroken run of letters in pieces of at most ``longest``: parts of an address,
    words, syllables, or clusters, whichever is the first to fit.

    Joined, the pieces are the word again; none begins with a mark. A single cluster wider than
    ``longest`` stays whole.
    """
    pieces = [word]
    for cut in (_ADDRESS_PART.findall, tokenise, syllables, clusters):
        pieces = [
            part
            for piece in pieces
            for part in ([piece] if width(piece) <= longest else _between_clusters(piece, cut))
        ]
    return pieces


def _spans(text: str, ends: set[int], names: Iterable[str]) -> Iterator[Span]:
    """Yield everything to hold, with the parts to hold where the whole is too long."""
    for pattern in _KEPT_WHOLE:
        for match in pattern.finditer(text):
            start, end = _whole_clusters(text, *match.span())
            yield start, end
            yield _whole_words(text, start, end, ends)
            yield from _between_spaces(text, start, end)
    for match in _official_names().finditer(text):
        if match.start() in ends and match.end() in ends:
            yield match.span()
    for name in names:
        for match in re.finditer(re.escape(name), text):
            yield _whole_clusters(text, *match.span())
            yield from _between_spaces(text, *match.span())


def _domain_words_in(words: list[str], longest: float, width: Width) -> Iterator[Span]:
    start = 0
    for word in words:
        if word in domain_words():
            yield start, start + len(word)
        if word not in domain_words() or width(word) > longest:
            yield from ((start + first, start + last) for first, last in _words_within(word))
        start += len(word)


@lru_cache(maxsize=10_000)
def _words_within(word: str) -> list[Span]:
    """Return the words of the field that another is made of: ระยะเวลา|ดำเนินการ, ให้|สินบน.

    None for what does not end with one: that may be another word altogether.
    """
    if len(word) > LONGEST_WORD:
        return []
    others = domain_words() - {word}
    found: list[Span] = []
    done = 0
    while done < len(word):
        inside = [len(other) for other in others if word.startswith(other, done)]
        if inside:
            found.append((done, done + max(inside)))
        done += max(inside, default=1)
    return found if found and found[-1][1] == len(word) else []


@cache
def _official_names() -> re.Pattern[str]:
    longest_first = sorted(words_of_file("official_names.txt"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def _short_enough(text: str, spans: list[Span], longest: float, width: Width) -> Iterator[Span]:
    """Yield the joined spans that fit, in place of each other one those inside it that do."""
    joined: list[list[Span]] = []
    last = -1
    for span in spans:
        if span[0] < last:
            joined[-1].append(span)
        else:
            joined.append([span])
        last = max(last, span[1])
    for inside in joined:
        start, end = inside[0][0], max(end for _, end in inside)
        if width(text[start:end]) <= longest:
            yield start, end
            continue
        done = start
        for first, last in inside:  # of those that begin together the longest comes first
            if first >= done and width(text[first:last]) <= longest:
                yield first, last
                done = last


def _between_spaces(text: str, start: int, end: int) -> Iterator[Span]:
    for space in _SPACES.finditer(text, start, end):
        yield start, space.start()
        start = space.end()
    yield start, end


def _with_signs(text: str, start: int, end: int) -> Span:
    """Return the piece with the brackets and signs that no line may break it from."""
    while start > 0 and _OPENS.fullmatch(text, start - 1, start):
        start -= 1
    while end < len(text) and _CLOSES.fullmatch(text, end, end + 1):
        end += 1
    return _whole_clusters(text, start, end)


def _whole_clusters(text: str, start: int, end: int) -> Span:
    """Return the piece widened until it cuts no cluster: "นี่ ๆ" from its consonant on."""
    while start > 0 and _ONE_CLUSTER.match(text, start - 1, start + 1):
        start -= 1
    while end < len(text) and _ONE_CLUSTER.match(text, end - 1, end + 1):
        end += 1
    return start, end


def _whole_words(text: str, start: int, end: int, ends: set[int]) -> Span:
    """Return the piece widened to whole words: "ที่นี่ ๆ", "๓๐ วันทำการ"."""
    first, last = start - LONGEST_WORD, end + LONGEST_WORD
    while start not in ends and start > first and _THAI_SIDE.fullmatch(text[start - 1 : start]):
        start -= 1
    while end not in ends and end < last and _THAI_SIDE.fullmatch(text[end : end + 1]):
        end += 1
    return _whole_clusters(text, start, end)


def _between_clusters(text: str, cut: Callable[[str], list[str]]) -> list[str]:
    """Return the pieces ``cut`` makes, joined again wherever it cut inside a cluster."""
    pieces: list[str] = []
    for piece in cut(text):
        if pieces and piece and _ONE_CLUSTER.match(pieces[-1][-1] + piece[0]):
            pieces[-1] += piece
        elif piece:
            pieces.append(piece)
    return pieces
