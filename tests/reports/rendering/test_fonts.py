from reports.rendering import fonts
from reports.rendering.as_pdf import pdf_of
from tests.factories.content import content
from tests.reports.rendering.printed import fonts_of


def test_font_rules_use_the_paper_font_where_it_is_installed(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "static_folder", lambda: tmp_path)
    assert not fonts.paper_font_is_installed()
    for file, *_ in fonts.FACES:
        (tmp_path / fonts.FOLDER).mkdir(parents=True, exist_ok=True)
        (tmp_path / fonts.FOLDER / file).write_bytes(b"")
    assert fonts.paper_font_is_installed()
    rules = fonts.font_rules("static:{}".format)
    assert rules.count("@font-face") == 4
    assert rules.count('{ font-family: "TH SarabunPSK", "Noto Sans", ') == 2
    assert rules.count("font-size: 16pt") == 2


def test_stand_in_font_is_drawn_at_equal_width(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "paper_font_is_installed", lambda: False)
    rules = fonts.font_rules(str)
    assert rules.startswith('html { font-family: "Laksaman", "Noto Sans", ')
    assert rules.count("font-size: 10.65pt") == 2
    printed = pdf_of(content(), layout="memo_status")
    assert fonts_of(printed, folder=tmp_path) == {"Laksaman", "Laksaman-Bold"}


def test_every_fallback_font_is_one_that_setting_up_installs():
    assert list(fonts.fallback_fonts()) == list(fonts.FALLBACKS)


def test_a_fallback_font_that_is_missing_is_not_named_to_the_renderer(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "FALLBACKS", fonts.FALLBACKS | {"Symbola": tmp_path / "none.ttf"})
    assert "Symbola" not in fonts.font_rules(str)
