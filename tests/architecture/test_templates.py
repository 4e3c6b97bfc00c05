"""Rules about every template: nothing inline, nothing from elsewhere, no Thai past gettext."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, files, name_of

TEMPLATES = list(files("templates", suffix=".html"))
# Paper is drawn from one string without a server: its style stands where WeasyPrint finds it.
PAPER = (
    "templates/reports/paper.html",
    "templates/reports/furniture.html",
    "templates/reports/sections/",
)
SCREENS = [path for path in TEMPLATES if not name_of(path).startswith(PAPER)]
# Shown when nothing else works: it can load no tag and ask no catalogue.
WITHOUT_TAGS = {"templates/500.html"}

THAI = re.compile("[\u0e00-\u0e7f]")
COMMENTS = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
BLOCK_TRANSLATE = re.compile(r"\{% blocktranslate\b.*?%\}.*?\{% endblocktranslate %\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def text_of(path: Path) -> str:
    return COMMENTS.sub("", path.read_text(encoding="utf-8"))


def found_in(paths: list[Path], pattern: str) -> list[tuple[str, str]]:
    expression = re.compile(pattern, re.IGNORECASE)
    return [
        (name_of(path), match.group(0))
        for path in paths
        for match in expression.finditer(text_of(path))
    ]


def test_scripts_come_from_files():
    assert found_in(TEMPLATES, r"<script(?![^>]*\ssrc=)[^>]*>") == []


def test_screens_have_no_style_of_their_own():
    assert found_in(SCREENS, r"<[^>]*\sstyle\s*=|<style\b") == []


def test_no_element_carries_a_script():
    assert found_in(TEMPLATES, r"<[a-z][^>]*\son[a-z]+\s*=|javascript:") == []


def test_nothing_is_fetched_from_another_host():
    assert (
        found_in(
            TEMPLATES,
            r"""(?:src|srcset|data|poster)\s*=\s*["']?(?:https?:)?//|<link[^>]*https?://""",
        )
        == []
    )


def test_style_sheets_fetch_nothing_from_another_host():
    sheets = list(files("static/css", suffix=".css"))

    assert sheets != []
    assert [
        name_of(path)
        for path in sheets
        if re.search(r"(?:https?:)?//[a-z]|@import", path.read_text(encoding="utf-8"))
    ] == []


def test_scripts_of_ours_evaluate_nothing():
    scripts = list(files("static/js", suffix=".js"))

    assert scripts != []
    assert [
        name_of(path)
        for path in scripts
        if re.search(r"\beval\(|new Function|innerHTML|https?://", path.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_thai_on_a_page_can_be_translated(path):
    if name_of(path) in WITHOUT_TAGS:
        return
    rest = TAG.sub("", BLOCK_TRANSLATE.sub("", text_of(path)))
    plain = [line.strip() for line in rest.splitlines() if THAI.search(line)]
    if name_of(path).startswith(PAPER):
        return  # the words of official paper are its form (memo.md), in Thai in every language
    assert plain == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_thai_inside_a_tag_goes_through_translate(path):
    tags = [tag for tag in TAG.findall(BLOCK_TRANSLATE.sub("", text_of(path))) if THAI.search(tag)]
    if name_of(path).startswith(PAPER):
        return
    assert [tag for tag in tags if not tag.startswith("{% translate ") and "_(" not in tag] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_form_that_posts_carries_its_token(path):
    forms = re.findall(
        r"<form\b[^>]*method=[\"']post[\"'].*?</form>", text_of(path), re.DOTALL | re.IGNORECASE
    )

    assert [form[:120] for form in forms if "{% csrf_token %}" not in form] == []


def test_every_post_form_is_seen_by_the_rule_above():
    methods = {
        method.lower()
        for path in TEMPLATES
        for method in re.findall(
            r"""<form\b[^>]*\smethod=["']([^"']*)""", text_of(path), re.IGNORECASE
        )
    }

    # The last is allauth's own form, which carries the token in its body.
    assert methods <= {"get", "post", "dialog", "{{ attrs.method }}"}


def test_safe_is_said_only_of_what_the_portal_wrote():
    """Help texts come from forms in the code; nothing typed by people passes ``safe``."""
    assert {(name, match) for name, match in found_in(TEMPLATES, r"\{\{[^}]*\|safe[^}]*\}\}")} <= {
        ("templates/components/field.html", "{{ field.help_text|safe }}")
    }
    assert found_in(TEMPLATES, r"\{% autoescape off") == []


def test_templates_are_small_enough_to_read():
    long = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in TEMPLATES}

    assert {name: lines for name, lines in long.items() if lines > 150} == {}


def test_there_are_templates():
    assert (ROOT / "templates" / "base.html") in TEMPLATES
    assert SCREENS != TEMPLATES
