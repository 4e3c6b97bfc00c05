"""Drawn stand-ins for photographs: the same scene and caption give the same picture."""

import hashlib
import io
from collections.abc import Callable

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1600, 1200  # pixels
CAPTION_HEIGHT = 150
FONT_PATH = "fonts/paper/THSarabun-Bold.ttf"
WALLS = ["#dfe7ec", "#efe8da", "#e3ecdf", "#ece2e8", "#e6e6f0"]
SHIRTS = ["#2f5d8a", "#8a4b2f", "#3f7a55", "#7a3f6b", "#b08a2e"]
INK, PAPER, WOOD, STEEL = "#26323a", "#fdfdfa", "#a5794b", "#7d8a93"

Draw = ImageDraw.ImageDraw


def _person(draw: Draw, x: int, y: int, colour: str) -> None:
    """Draw somebody standing with their feet at (x, y), in pixels."""
    draw.rounded_rectangle((x - 55, y - 250, x + 55, y - 90), 40, fill=colour)
    draw.rectangle((x - 42, y - 100, x + 42, y), fill=INK)
    draw.ellipse((x - 42, y - 345, x + 42, y - 255), fill="#d9ae86")
    draw.pieslice((x - 45, y - 352, x + 45, y - 262), 180, 360, fill=INK)


def _sheet(draw: Draw, left: int, top: int, width: int, height: int) -> None:
    """Draw a sheet of paper with lines of writing."""
    draw.rectangle((left, top, left + width, top + height), fill=PAPER, outline=STEEL, width=3)
    for line in range(top + 40, top + height - 20, 34):
        draw.rectangle((left + 24, line, left + width - 24, line + 8), fill="#b9c3ca")


def _meeting(draw: Draw, shirts: list[str]) -> None:
    draw.rectangle((500, 140, 1100, 420), fill=PAPER, outline=STEEL, width=6)
    draw.rectangle((560, 200, 1040, 230), fill=shirts[0])
    draw.rectangle((560, 260, 900, 285), fill=STEEL)
    for place, x in enumerate(range(200, 1500, 240)):
        _person(draw, x, 860, shirts[place % len(shirts)])
    draw.rounded_rectangle((90, 740, 1510, 860), 24, fill=WOOD)


def _counter(draw: Draw, shirts: list[str]) -> None:
    draw.rectangle((120, 150, 1480, 250), fill=shirts[0])
    for place, x in enumerate((350, 800, 1250)):
        _person(draw, x, 800, shirts[place + 1])
        _sheet(draw, x + 90, 590, 110, 120)
    draw.rectangle((80, 700, 1520, 900), fill=WOOD)
    _person(draw, 600, 1010, shirts[0])


def _notice_board(draw: Draw, shirts: list[str]) -> None:
    draw.rectangle((180, 120, 1420, 840), fill=WOOD)
    draw.rectangle((210, 150, 1390, 810), fill="#e9dcc3")
    for place in range(6):
        _sheet(draw, 260 + 370 * (place % 3), 190 + 310 * (place // 3), 300, 270)
    draw.ellipse((1180, 640, 1340, 800), fill=shirts[0])


def _flow_chart(draw: Draw, shirts: list[str]) -> None:
    draw.rectangle((200, 100, 1400, 900), fill=PAPER, outline=STEEL, width=6)
    for place in range(5):
        left = 270 + 220 * place
        top = 240 + 110 * place
        draw.rounded_rectangle((left, top, left + 190, top + 90), 18, fill=shirts[place])
        if place < 4:
            draw.line((left + 190, top + 45, left + 315, top + 45), fill=INK, width=8)
            draw.line((left + 315, top + 45, left + 315, top + 110), fill=INK, width=8)


def _queue(draw: Draw, shirts: list[str]) -> None:
    draw.rounded_rectangle((180, 380, 420, 900), 24, fill=STEEL)
    draw.rectangle((220, 430, 380, 560), fill="#bfe3c6")
    draw.rectangle((260, 600, 340, 690), fill=PAPER)
    for place, x in enumerate(range(600, 1500, 200)):
        draw.rounded_rectangle((x - 70, 800, x + 70, 900), 14, fill=shirts[place % len(shirts)])
        draw.rounded_rectangle((x - 70, 640, x + 70, 790), 14, fill=shirts[place % len(shirts)])


def _award(draw: Draw, shirts: list[str]) -> None:
    draw.rectangle((0, 120, WIDTH, 260), fill=shirts[0])
    for place, x in enumerate((560, 760, 1040)):
        _person(draw, x, 900, shirts[place + 1])
    _sheet(draw, 840, 590, 150, 110)
    draw.polygon([(280, 900), (320, 700), (420, 700), (460, 900)], fill=WOOD)


def _box(draw: Draw, shirts: list[str]) -> None:
    draw.rectangle((280, 480, 700, 900), fill=shirts[0])
    draw.rectangle((390, 540, 590, 565), fill=INK)
    _sheet(draw, 440, 400, 110, 150)
    draw.rectangle((960, 240, 1360, 640), fill=PAPER, outline=INK, width=8)
    for place in range(64):
        if (place * 37 + place // 8 * 11) % 5 < 2:
            left, top = 990 + 43 * (place % 8), 270 + 43 * (place // 8)
            draw.rectangle((left, top, left + 38, top + 38), fill=INK)
    draw.rectangle((1140, 640, 1180, 900), fill=STEEL)


def _waiting_hall(draw: Draw, shirts: list[str]) -> None:
    draw.polygon([(220, 180), (640, 180), (720, 250), (640, 320), (220, 320)], fill=shirts[0])
    for row in range(2):
        for place in range(6):
            left, top = 200 + 210 * place, 560 + 180 * row
            draw.rounded_rectangle((left, top, left + 160, top + 110), 16, fill=shirts[row + 1])
    _person(draw, 1450, 900, shirts[4])


def _village(draw: Draw, shirts: list[str]) -> None:
    draw.rectangle((0, 0, WIDTH, 560), fill="#bcdcf0")
    draw.polygon([(240, 420), (800, 140), (1360, 420)], fill="#8f4a3a")
    draw.rectangle((320, 420, 1280, 470), fill=WOOD)
    for x in (340, 640, 940, 1240):
        draw.rectangle((x, 460, x + 34, 900), fill=WOOD)
    for place, x in enumerate((480, 800, 1110)):
        _person(draw, x, 900, shirts[place])
    draw.rectangle((560, 720, 1040, 860), fill=shirts[3])


def _phone(draw: Draw, shirts: list[str]) -> None:
    draw.rounded_rectangle((560, 80, 1040, 960), 60, fill=INK)
    draw.rectangle((590, 160, 1010, 870), fill=PAPER)
    draw.rectangle((590, 160, 1010, 260), fill=shirts[0])
    for place in range(5):
        top = 300 + 110 * place
        draw.rounded_rectangle((630, top, 970, top + 80), 18, fill=shirts[place % len(shirts)])


SCENES: dict[str, Callable[[Draw, list[str]], None]] = {
    "award": _award,
    "box": _box,
    "counter": _counter,
    "flow_chart": _flow_chart,
    "meeting": _meeting,
    "notice_board": _notice_board,
    "phone": _phone,
    "queue": _queue,
    "village": _village,
    "waiting_hall": _waiting_hall,
}


def _draw(scene: str, caption: str) -> Image.Image:
    seed = hashlib.sha256(f"{scene} {caption}".encode()).digest()
    start = seed[1] % len(SHIRTS)
    image = Image.new("RGB", (WIDTH, HEIGHT), WALLS[seed[0] % len(WALLS)])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 900, WIDTH, HEIGHT), fill="#c9bda8")
    SCENES[scene](draw, SHIRTS[start:] + SHIRTS[:start])
    draw.rectangle((0, HEIGHT - CAPTION_HEIGHT, WIDTH, HEIGHT), fill=INK)
    font_path = finders.find(FONT_PATH)
    if font_path:  # set-up brings the font; without it the strip stays empty
        font = ImageFont.truetype(str(font_path), 72)
        middle = (WIDTH // 2, HEIGHT - CAPTION_HEIGHT // 2)
        draw.text(middle, f"ภาพสมมติ: {caption}", fill=PAPER, font=font, anchor="mm")
    return image


def drawn_jpeg(scene: str, caption: str) -> bytes:
    """Return a picture of 1600 x 1200 pixels as JPEG. Raises KeyError for an unknown scene."""
    output = io.BytesIO()
    _draw(scene, caption).save(output, "JPEG", quality=85)
    return output.getvalue()


def drawn_pdf(scene: str, caption: str) -> bytes:
    """Return the same picture as a PDF of one page, as a scanner would."""
    output = io.BytesIO()
    _draw(scene, caption).save(output, "PDF", resolution=150)
    return output.getvalue()
