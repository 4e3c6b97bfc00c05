"""Every verb has its sentence, and every verb that is logged is told without loss."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.apps import apps

from measures.domain import events
from measures.domain.history import lines_of
from measures.domain.history.keys import LABELS, is_shown
from measures.domain.history.sentences import SENTENCES
from measures.models import EventVerb
from tests.architecture.source import python_files, tree_of

pytestmark = pytest.mark.django_db


def test_every_verb_has_a_sentence():
    assert set(SENTENCES) == set(EventVerb)


@pytest.mark.parametrize("verb", EventVerb.values)
def test_the_sentence_names_what_it_was_done_to(office, verb):
    event = events.record(
        EventVerb(verb), office.measures[0], by=office.coordinator, organisation=office.organisation
    )

    (line,) = lines_of([event])

    assert f"“{office.measures[0]}”" in line.did
    assert re.search("[ก-ฮ]", line.did.replace(str(office.measures[0]), ""))
    assert "%(" not in line.did


def test_sentences_differ_from_each_other():
    assert len({str(sentence) for sentence in SENTENCES.values()}) == len(SENTENCES)


def test_an_event_of_an_older_install_is_told_by_its_name(office):
    event = events.record(
        EventVerb.PUBLISHED, office.round, by=None, organisation=office.organisation
    )
    event.verb = "taken_down"

    assert lines_of([event])[0].did == f"taken_down “{office.round}”"


def test_no_verb_is_logged_outside_the_vocabulary():
    """A verb that was taken out of the list would fail only when somebody presses its button."""
    named = {
        name
        for path in python_files("measures", "reports")
        for name in re.findall(r"EventVerb\.([A-Z_]+)", path.read_text(encoding="utf-8"))
    }

    assert named <= set(EventVerb.names)


def logged_names() -> Iterator[str]:
    """Yield each name that a verb writes out where it logs: ``data={"reason": ...}``."""
    for path in python_files("measures/domain", "reports"):
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.keyword) or node.arg != "data":
                continue
            for inner in ast.walk(node.value):
                if isinstance(inner, ast.Dict):
                    yield from (
                        key.value
                        for key in inner.keys
                        if isinstance(key, ast.Constant) and isinstance(key.value, str)
                    )


def test_every_value_that_a_verb_logs_has_a_thai_name():
    fields = {
        field.name
        for model in apps.get_app_config("measures").get_models()
        for field in model._meta.get_fields()
    }
    names = set(logged_names())

    unnamed = {
        name
        for name in names - {"before", "after"}
        if is_shown(name) and name not in LABELS and name not in fields
    }
    assert "reason" in names
    assert unnamed == set()
