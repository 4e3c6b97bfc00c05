"""The numbers that Word prints before paragraphs and that stand in no text (ECMA-376 17.9)."""

from collections.abc import Callable, Iterable
from typing import Any

from pythainlp.util import num_to_thaiword

from ita_portal.thai.numerals import to_thai_digits

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_MOST = 100_000  # a number beyond is damage; some formats would make an endless word of it

# ECMA-376 17.18.59, thaiLetters: without the letters that lists leave out.
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# Bullets of the symbol fonts, which stand in the private area of Unicode.
_BULLETS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0a8": "◆",
    "\uf0d8": "➢",
    "\uf0e0": "→",
    "\uf0fc": "✓",
    "\uf076": "❖",
    "\uf02d": "-",
}


def _letters(alphabet: str, number: int) -> str:
    """Return a, b … z, aa, bb …: the letter repeated as often as the alphabet has been used."""
    again, place = divmod(number - 1, len(alphabet))
    return alphabet[place] * (again + 1)


def _roman(number: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        count, number = divmod(number, worth)
        text += letters * count
    return text


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "thaiNumbers": to_thai_digits,
    "thaiCounting": lambda number: str(num_to_thaiword(number)),
    "thaiLetters": lambda number: _letters(_THAI_LETTERS, number),
    "lowerLetter": lambda number: _letters(_LATIN_LETTERS, number),
    "upperLetter": lambda number: _letters(_LATIN_LETTERS, number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda number: "",
}


def value_of(parent: Any, *path: str) -> str | None:
    """Return ``w:val`` of the element down this path, or None where it is not there."""
    for name in path:
        if parent is None:
            return None
        parent = parent.find(W + name)
    if parent is None:
        return None
    value: str | None = parent.get(W + "val")
    return value


def integer(text: str | None, otherwise: int) -> int:
    """Return a number of the file's markup, or ``otherwise`` where it is not there or damaged."""
    if text is None or not text.isascii() or not text.strip().isdigit() or len(text) > 9:
        return otherwise
    return int(text)


class Numbering:
    """The lists of a document, counted on from paragraph to paragraph in reading order."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        """Take the root elements of numbering.xml and styles.xml; None where there is none."""
        self._abstract = _by_id(numbering, "abstractNum", "abstractNumId")
        self._numbers = _by_id(numbering, "num", "numId")
        self._styles = _by_id(styles, "style", "styleId")
        self._counts: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def label(self, properties: Any | None) -> str:
        """Return what is printed before the paragraph with these ``w:pPr``, and count it."""
        found = self._list_of(properties)
        if found is None:
            return ""
        number, level = found
        abstract = self._abstract_of(number)
        if abstract is None:
            return ""
        shape = self._level(number, abstract, level)
        if shape is None:
            return ""
        self._count(number, abstract, level, shape)
        return self._text(number, abstract, level, shape)

    def _list_of(self, properties: Any | None) -> tuple[str, int] | None:
        """Return list and level of a paragraph, its own or its style's."""
        own = properties.find(W + "numPr") if properties is not None else None
        number, level = value_of(own, "numId"), value_of(own, "ilvl")
        style_id = value_of(properties, "pStyle")
        seen: set[str] = set()
        while (number is None or level is None) and style_id and style_id not in seen:
            seen.add(style_id)
            style = self._styles.get(style_id)
            if number is None:
                number = value_of(style, "pPr", "numPr", "numId")
                level = level or self._level_of_style(number, style_id)
            level = level or value_of(style, "pPr", "numPr", "ilvl")
            style_id = value_of(style, "basedOn")
        if number is None or number == "0":
            return None
        return number, min(integer(level, 0), _LEVELS - 1)

    def _level_of_style(self, number: str | None, style_id: str) -> str | None:
        """Return the level that is tied to a style; the list names the style, not the reverse."""
        abstract = self._abstract_of(number) if number else None
        for level in self._levels(abstract):
            if value_of(level, "pStyle") == style_id:
                tied: str | None = level.get(W + "ilvl")
                return tied
        return None

    def _abstract_of(self, number: str) -> Any | None:
        """Return the list's definition, through a list style where it refers to one."""
        for _step in range(_LEVELS):
            abstract = self._abstract.get(
                value_of(self._numbers.get(number), "abstractNumId") or ""
            )
            linked = value_of(abstract, "numStyleLink")
            if not linked:
                return abstract
            number = value_of(self._styles.get(linked), "pPr", "numPr", "numId") or ""
        return None

    def _levels(self, parent: Any | None) -> Iterable[Any]:
        return parent.findall(W + "lvl") if parent is not None else ()

    def _override(self, number: str, level: int) -> Any | None:
        for override in _all(self._numbers.get(number), "lvlOverride"):
            if integer(override.get(W + "ilvl"), -1) == level:
                return override
        return None

    def _level(self, number: str, abstract: Any, level: int) -> Any | None:
        override = self._override(number, level)
        own = override.find(W + "lvl") if override is not None else None
        if own is not None:
            return own
        for shape in self._levels(abstract):
            if integer(shape.get(W + "ilvl"), -1) == level:
                return shape
        return None

    def _start(self, shape: Any | None) -> int:
        return integer(value_of(shape, "start"), 1 if shape is None else 0)

    def _count(self, number: str, abstract: Any, level: int, shape: Any) -> None:
        """Count one more at the level; levels below begin anew."""
        counts = self._counts.setdefault(abstract.get(W + "abstractNumId"), {})
        restart = value_of(self._override(number, level), "startOverride")
        if restart is not None and (number, level) not in self._restarted:
            self._restarted.add((number, level))
            counts[level] = integer(restart, 1)
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = self._start(shape)
        for deeper in [other for other in counts if other > level]:
            below = self._level(number, abstract, deeper)
            after = integer(value_of(below, "lvlRestart"), deeper)
            if after and level < after:
                del counts[deeper]

    def _text(self, number: str, abstract: Any, level: int, shape: Any) -> str:
        pattern = value_of(shape, "lvlText") or ""
        if value_of(shape, "numFmt") == "bullet":
            bullet = pattern.strip()
            return "".join(_BULLETS.get(sign, _known(sign)) for sign in bullet)
        counts = self._counts[abstract.get(W + "abstractNumId")]
        is_legal = shape.find(W + "isLgl") is not None
        for place in range(level, -1, -1):
            above = shape if place == level else self._level(number, abstract, place)
            count = min(counts.get(place, self._start(above)), _MOST)
            style = value_of(above, "numFmt") or "decimal"
            if is_legal and style != "decimalZero":
                style = "decimal"
            written = _FORMATS[style](count) if count > 0 and style in _FORMATS else str(count)
            pattern = pattern.replace(f"%{place + 1}", written)
        return pattern.strip()


def _known(sign: str) -> str:
    """Return a bullet of an unknown symbol font as a plain one."""
    return "•" if "\ue000" <= sign <= "\uf8ff" else sign


def _all(parent: Any | None, name: str) -> Iterable[Any]:
    return parent.findall(W + name) if parent is not None else ()


def _by_id(root: Any | None, name: str, key: str) -> dict[str, Any]:
    return {element.get(W + key, ""): element for element in _all(root, name)}
