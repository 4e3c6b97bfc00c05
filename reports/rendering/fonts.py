"""The fonts on paper: TH SarabunPSK where it is installed, else Laksaman at its equal-width size.

Only TH SarabunPSK gives back the exact text when a PDF is read or copied from; with Laksaman some
vowels come out wrong. A system check therefore warns when it is missing.

What neither has is drawn with the fonts of ``FALLBACKS``, named one after another so that the
choice never hangs on what else a machine has installed (``glyphs.py`` knows what they hold).
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

FOLDER = "fonts/paper"  # under static/
FAMILY = "TH SarabunPSK"
FACES = (  # file, weight, style
    ("THSarabun-Regular.ttf", "400", "normal"),
    ("THSarabun-Bold.ttf", "700", "normal"),
    ("THSarabun-Italic.ttf", "400", "italic"),
    ("THSarabun-Bold-Italic.ttf", "700", "italic"),
)
SIZE = "16pt"
FALLBACK_SIZE = "0.67em"  # letters of the fallback fonts are half as large again
SUBSTITUTE_FAMILY = "Laksaman"
SUBSTITUTE_SIZE = "10.65pt"  # as wide as 16 pt of TH SarabunPSK
SUBSTITUTE_FILE = Path("/usr/share/fonts/truetype/tlwg/Laksaman.ttf")

_NOTO = Path("/usr/share/fonts/truetype/noto")
FALLBACKS = {  # family: file, from the Debian packages fonts-noto-core and fonts-symbola
    "Noto Sans": _NOTO / "NotoSans-Regular.ttf",
    "Noto Sans Math": _NOTO / "NotoSansMath-Regular.ttf",
    "Noto Sans Symbols2": _NOTO / "NotoSansSymbols2-Regular.ttf",
    "Noto Sans Symbols": _NOTO / "NotoSansSymbols-Regular.ttf",
    "Noto Sans Lao": _NOTO / "NotoSansLao-Regular.ttf",
    "Noto Sans Khmer": _NOTO / "NotoSansKhmer-Regular.ttf",
    "Noto Sans Myanmar": _NOTO / "NotoSansMyanmar-Regular.ttf",
    "Noto Sans Devanagari": _NOTO / "NotoSansDevanagari-Regular.ttf",
    "Noto Sans Arabic": _NOTO / "NotoSansArabic-Regular.ttf",
    # Emoji in black lines: a colour font is a bitmap, which a printer and PDF/A take badly.
    "Symbola": Path("/usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf"),
}

_found: set[Path] = set()  # folders in which all four styles were found


def static_folder() -> Path:
    """Return the folder of the static files as they lie in the source tree."""
    return Path(settings.BASE_DIR) / "static"


def paper_font_is_installed() -> bool:
    """Say whether all four styles of TH SarabunPSK lie in ``static/fonts/paper/``.

    Once found they are not looked for again: every text of a document asks.
    """
    folder = static_folder() / FOLDER
    if folder not in _found and all((folder / file).is_file() for file, *_ in FACES):
        _found.add(folder)
    return folder in _found


def text_font_file() -> Path:
    """Return the file of the font that running text is set in."""
    if paper_font_is_installed():
        return static_folder() / FOLDER / FACES[0][0]
    return SUBSTITUTE_FILE


def fallback_fonts() -> dict[str, Path]:
    """Return the fallback families that are installed here, with their files, first choice first.

    Only these are named to the renderer: for a family that is missing it would take any other.
    """
    return {family: file for family, file in FALLBACKS.items() if file.is_file()}


def font_rules(address_of: Callable[[str], str]) -> str:
    """Return the CSS that loads the font and sets family and root size of text and page margins.

    ``address_of`` turns a path under static/ into the address by which the renderer fetches it.
    """
    if not paper_font_is_installed():
        return _base_rule(SUBSTITUTE_FAMILY, SUBSTITUTE_SIZE)  # as large as the fallback fonts
    faces = [
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: {style};'
        f' src: url("{address_of(f"{FOLDER}/{file}")}"); }}'
        for file, weight, style in FACES
    ]
    other = f".other {{ font-size: {FALLBACK_SIZE}; }}"
    return "\n".join([*faces, _base_rule(FAMILY, SIZE), other])


def _base_rule(family: str, size: str) -> str:
    families = ", ".join(f'"{name}"' for name in [family, *fallback_fonts()])
    declarations = f"{{ font-family: {families}; font-size: {size}; }}"
    return f"html {declarations}\n@page {declarations}"
