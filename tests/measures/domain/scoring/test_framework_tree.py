"""The framework as a tree: every item in its place, and those whose place is not known."""

import pytest

from measures.domain.scoring.framework_tree import tree_of, trees_of
from measures.models import Item
from tests.factories.scoring import make_framework

pytestmark = pytest.mark.django_db


def test_every_item_stands_where_it_counts():
    make_framework()
    tree = tree_of(2564)

    oit = tree.instrument("OIT")
    assert [branch.code for branch in tree.instruments] == ["IIT", "EIT", "OIT"]
    assert [item.code() for item in tree.items()][:2] == ["I1", "I2"]
    assert len(list(tree.items())) == 88
    assert {
        part.sub_indicator.number: (part.items[0].code(), part.items[-1].code())
        for branch in oit.indicators
        for part in branch.parts
        if part.sub_indicator
    } == {
        "9.1": ("O1", "O9"),
        "9.2": ("O10", "O17"),
        "9.3": ("O18", "O24"),
        "9.4": ("O25", "O28"),
        "9.5": ("O29", "O33"),
        "10.1": ("O34", "O41"),
        "10.2": ("O42", "O43"),
    }
    assert oit.ungrouped() == ()


def test_items_without_a_place_come_last_and_are_named():
    make_framework()
    Item.objects.filter(instrument__code="EIT", number=1).update(indicator=None)
    Item.objects.filter(instrument__code="OIT", number=2).update(sub_indicator=None)
    tree = tree_of(2564)

    assert [item.code() for item in tree.instrument("EIT").ungrouped()] == ["E1"]
    assert tree.instrument("EIT").indicators[-1].indicator is None
    assert [item.code() for item in tree.instrument("OIT").ungrouped()] == ["O2"]
    assert tree.instrument("IIT").ungrouped() == ()


def test_a_year_without_a_framework_has_instruments_without_items():
    tree = tree_of(2560)

    assert (tree.is_known, tree.scheme, list(tree.items())) == (False, None, [])
    assert tree.weights() == {"IIT": None, "EIT": None, "OIT": None}


def test_several_years_are_read_with_as_many_questions_as_one(django_assert_num_queries):
    make_framework(2564)
    make_framework(2565)

    with django_assert_num_queries(3):
        tree_of(2564)
    with django_assert_num_queries(3):
        trees = trees_of([2564, 2565])

    assert {year: len(list(tree.items())) for year, tree in trees.items()} == {2564: 88, 2565: 88}
