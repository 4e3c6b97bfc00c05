"""What a framework advises: who may say so, with which source, and what the log keeps."""

import pytest

from measures.domain import records
from measures.domain.analysing.remedies import remedies_of, save_remedy
from measures.domain.errors import Invalid
from measures.models import Event, Remedy, SubIndicator
from measures.permissions import NotAllowed
from tests.factories.analysis import item_of, make_finding, make_framework, make_remedy
from tests.factories.people import make_administrator

pytestmark = pytest.mark.django_db


@pytest.fixture
def framework():
    return make_framework(2563, {"I7": (2, ""), "I8": (2, ""), "O11": (9, "แผน")})


@pytest.fixture
def administrator():
    return make_administrator()


def parts(items="I7", links="", year=2563, sub_indicators=()):
    found = [[item_of(year, code) for code in codes.split()] for codes in (items, links)]
    return {"items": found[0], "links": found[1], "sub_indicators": sub_indicators}


def new(framework, **changes):
    return Remedy(framework=framework, number=1, source="คู่มือสมมติ", **changes)


def test_the_administrator_says_what_is_for_which_items(framework, administrator):
    part = SubIndicator.objects.create(indicator=item_of(2563, "O11").indicator, number="9.1")

    save_remedy(new(framework), **parts("I7 I8", "O11", sub_indicators=(part,)), by=administrator)

    (remedy,) = remedies_of(2563)
    assert [item.code() for item in remedy.items.all()] == ["I7", "I8"]
    event = Event.objects.get()
    assert (event.organisation, event.verb, event.data["after"]) == (
        None,
        "record_changed",
        {
            "fiscal_year": 2563,
            "number": 1,
            "items": ["I7", "I8"],
            "links": ["O11"],
            "linked_sub_indicators": ["9.1"],
            "text": "",
            "source": "คู่มือสมมติ",
        },
    )


def test_a_change_of_the_links_alone_is_logged(framework, administrator):
    remedy = make_remedy(2563, 1, "I7")

    save_remedy(remedy, **parts("I7"), by=administrator)
    assert not Event.objects.exists()
    save_remedy(remedy, **parts("I7", "O11"), by=administrator)

    data = Event.objects.get().data
    assert (data["before"]["links"], data["after"]["links"]) == ([], ["O11"])


@pytest.mark.parametrize("who", ["coordinator", "staff", "outsider"])
def test_offices_do_not_change_what_all_of_them_read(office, framework, who):
    with pytest.raises(NotAllowed):
        save_remedy(new(framework), **parts(), by=getattr(office, who))

    assert not Remedy.objects.exists()


def test_without_a_source_nothing_is_advised(framework, administrator):
    remedy = Remedy(framework=framework, number=1, source=" ", text="จัดประชุม")

    with pytest.raises(Invalid, match="โปรดกรอกที่มา"):
        save_remedy(remedy, **parts(), by=administrator)

    assert not Remedy.objects.exists()


@pytest.mark.parametrize(
    ("make_parts", "says"),
    [
        (lambda: parts(""), "อย่างน้อยหนึ่งข้อ"),
        (lambda: parts("I7", "I8"), "ไม่ใช่ข้อ OIT"),
        (lambda: parts(year=2562), "เป็นข้อของปีอื่น"),
        (
            lambda: parts(
                sub_indicators=(
                    SubIndicator.objects.create(
                        indicator=item_of(2562, "I7").indicator, number="9.9"
                    ),
                )
            ),
            "เป็นตัวชี้วัดย่อยของปีอื่น",
        ),
    ],
)
def test_what_cannot_stand_is_refused(framework, administrator, make_parts, says):
    make_framework(2562, {"I7": (2, "")})

    with pytest.raises(Invalid, match=says):
        save_remedy(new(framework), **make_parts(), by=administrator)

    assert not Remedy.objects.exists()


def test_two_of_one_number_are_refused(framework, administrator):
    make_remedy(2563, 1, "I7")

    with pytest.raises(Invalid):
        save_remedy(new(framework), **parts("I8"), by=administrator)


def test_a_remedy_that_findings_rest_on_stays(office, framework, administrator):
    remedy = make_remedy(2563, 1, "I7")
    make_finding(office.organisation, 2563, "I7", remedy=remedy)

    with pytest.raises(Invalid):
        records.delete(remedy, by=administrator)

    assert Remedy.objects.exists()
