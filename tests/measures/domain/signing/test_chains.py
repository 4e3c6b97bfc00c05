"""The chain of posts is changed as a whole, by who administers, and never into disorder."""

import pytest

from measures.domain import records
from measures.domain.errors import Invalid, Stale
from measures.domain.signing import chains
from measures.models import ChainPost, DocumentKind, SignRole
from measures.permissions import NotAllowed
from tests.factories.flow import approve_up_to, state_of, submit
from tests.factories.organisations import make_organisation, make_post
from tests.factories.people import make_administrator

pytestmark = pytest.mark.django_db

REPORT = DocumentKind.PROGRESS_REPORT.value
PREPARER, OPINION, FINAL = SignRole.PREPARER, SignRole.OPINION, SignRole.FINAL


@pytest.fixture
def keeper(office):
    """The head, whose post keeps accounts and posts."""
    office.head_post.administers = True
    office.head_post.save()
    return office.head


def link(post, role=OPINION, **changes):
    return ChainPost(post=post, role=role, **changes)


def shorter(office):
    """A chain of three: the deputy and the head are left out."""
    return [
        link(office.coordinator_post, PREPARER),
        link(office.clerk_post, caption="ความเห็นของปลัด", is_skipped_when_vacant=True),
        link(office.mayor_post, FINAL),
    ]


def titles(office, kind=REPORT):
    return [row.post for row in chains.chain_of(office.organisation, kind)]


def test_chain_is_replaced_and_both_are_logged(office, keeper):
    before = titles(office)

    chains.change(office.organisation, REPORT, shorter(office), by=keeper)

    assert titles(office) == [office.coordinator_post, office.clerk_post, office.mayor_post]
    event = office.organisation.events.order_by("-sequence")[0]
    assert event.verb == "record_changed"
    assert [row["post"] for row in event.data["before"]] == [post.title for post in before]
    assert event.data["after"][1] == {
        "post": office.clerk_post.title,
        "role": "opinion",
        "caption": "ความเห็นของปลัด",
        "is_skipped_when_vacant": True,
    }


def test_other_kinds_of_documents_keep_their_chain(office, keeper):
    chains.change(office.organisation, REPORT, shorter(office), by=keeper)

    assert len(titles(office, DocumentKind.PLAN)) == 5


def test_same_chain_again_is_no_change(office, keeper):
    chains.change(office.organisation, REPORT, shorter(office), by=keeper)
    count = office.organisation.events.count()

    chains.change(office.organisation, REPORT, shorter(office), by=keeper)

    assert office.organisation.events.count() == count


def test_what_is_being_signed_keeps_the_line_it_was_sent_with(office, keeper):
    signoff = submit(office)

    chains.change(office.organisation, REPORT, shorter(office), by=keeper)

    assert chains.running_signoffs(office.organisation, REPORT) == 1
    assert signoff.steps.count() == 5
    approve_up_to(office, signoff, 5)
    assert state_of(signoff) == "approved"


@pytest.mark.parametrize("who", ["staff", "mayor", "outsider"])
def test_others_do_not_change_it(office, who):
    with pytest.raises(NotAllowed):
        chains.change(office.organisation, REPORT, shorter(office), by=getattr(office, who))

    assert len(titles(office)) == 5


DISORDER = {
    "no post": lambda o: [],
    "no last post": lambda o: [link(o.coordinator_post, PREPARER), link(o.clerk_post)],
    "last post first": lambda o: [link(o.mayor_post, FINAL), link(o.clerk_post)],
    "two last posts": lambda o: [link(o.clerk_post, FINAL), link(o.mayor_post, FINAL)],
    "preparer second": lambda o: [
        link(o.clerk_post),
        link(o.coordinator_post, PREPARER),
        link(o.mayor_post, FINAL),
    ],
    "post twice": lambda o: [link(o.clerk_post), link(o.clerk_post), link(o.mayor_post, FINAL)],
    "last post skipped": lambda o: [link(o.mayor_post, FINAL, is_skipped_when_vacant=True)],
    "no such role": lambda o: [link(o.clerk_post, "king"), link(o.mayor_post, FINAL)],
    "caption too long": lambda o: [link(o.mayor_post, FINAL, caption="ย" * 201)],
    "post of another office": lambda o: [
        link(make_post(make_organisation())),
        link(o.mayor_post, FINAL),
    ],
}


@pytest.mark.parametrize("case", DISORDER)
def test_chain_in_disorder_is_refused_and_nothing_changes(office, keeper, case):
    before = list(ChainPost.objects.order_by("pk").values())

    with pytest.raises(Invalid):
        chains.change(office.organisation, REPORT, DISORDER[case](office), by=keeper)

    assert list(ChainPost.objects.order_by("pk").values()) == before


def test_page_that_is_no_longer_true_is_refused(office, keeper):
    seen = chains.seen_token(office.organisation, REPORT)
    chains.change(office.organisation, REPORT, shorter(office), by=keeper, seen=seen)

    with pytest.raises(Stale):
        chains.change(office.organisation, REPORT, shorter(office)[1:], by=keeper, seen=seen)

    assert len(titles(office)) == 3


def test_back_office_goes_through_the_same_rules(office):
    administrator = make_administrator("keeper")
    row = ChainPost.objects.get(kind=REPORT, post=office.clerk_post)
    row.role = PREPARER

    with pytest.raises(Invalid):
        records.save(row, by=administrator)

    assert ChainPost.objects.get(pk=row.pk).role == OPINION


def test_back_office_changes_it_only_for_who_administers(office):
    row = ChainPost.objects.get(kind=REPORT, post=office.clerk_post)

    for verb in (records.save, records.delete):
        with pytest.raises(NotAllowed):
            verb(row, by=office.deputy)

    assert ChainPost.objects.filter(pk=row.pk).exists()
