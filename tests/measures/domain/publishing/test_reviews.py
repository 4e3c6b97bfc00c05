"""Review links: who gives them, what they open, until when, and the log of their use."""

import datetime

import pytest
from django.utils import timezone

from measures.domain.errors import Invalid
from measures.domain.publishing import publications, reviews
from measures.models import Document, DocumentState, Event, EventVerb, ReviewLink, ReviewVisit
from measures.permissions import NotAllowed
from tests.factories.flow import approve_up_to, make_draft, make_in_state, submit

pytestmark = pytest.mark.django_db

READABLE = {state.value for state in reviews.READABLE}


def in_days(days: float) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)


def give(office, document=None, **changes):
    values = {"reviewer": "ที่ว่าการอำเภอสมมติ", "expires_at": in_days(30), "by": office.coordinator}
    return reviews.make_link(document or make_draft(office), **values | changes)


def visit(secret, **changes):
    return reviews.visit(secret, **{"address": "203.0.113.77", "browser": "Firefox"} | changes)


def test_only_the_hash_of_the_secret_is_stored(office):
    link, secret = give(office)

    row = ReviewLink.objects.filter(pk=link.pk).values().get()
    assert len(secret) >= 43
    assert secret not in str(row)
    assert secret not in str(list(Event.objects.values_list("data", flat=True)))
    assert reviews.opened(secret) == link


def test_two_links_have_two_secrets(office):
    document = make_draft(office)

    assert give(office, document)[1] != give(office, document)[1]


@pytest.mark.parametrize("who", ["staff", "head", "mayor", "outsider"])
def test_only_the_coordinator_gives_and_takes(office, who):
    document = make_draft(office)
    person = getattr(office, who)
    link, _secret = give(office, document)

    with pytest.raises(NotAllowed):
        give(office, document, by=person)
    with pytest.raises(NotAllowed):
        reviews.revoke(link, by=person)

    assert ReviewLink.objects.filter(revoked_at=None).count() == 1


@pytest.mark.parametrize(
    "expires_at", [in_days(-0.01), in_days(91)], ids=["in the past", "more than 90 days"]
)
def test_the_days_are_few(office, expires_at):
    with pytest.raises(Invalid, match="ไม่เกิน 90 วัน"):
        give(office, expires_at=expires_at)


def test_ninety_days_are_not_too_many(office):
    link, _secret = give(office, expires_at=in_days(90))

    assert link.is_open()


def test_a_reader_is_named(office):
    with pytest.raises(Invalid, match="โปรดกรอกผู้อ่าน"):
        give(office, reviewer="  ")


@pytest.mark.parametrize("state", DocumentState.values)
def test_only_what_is_on_its_way_can_be_read(office, state):
    document = make_in_state(office, state)

    if state in READABLE:
        _link, secret = give(office, document)
        assert reviews.opened(secret) is not None
    else:
        with pytest.raises(Invalid, match="จึงให้ลิงก์อ่านร่างไม่ได้"):
            give(office, document)


@pytest.mark.parametrize("state", [DocumentState.PUBLISHED, DocumentState.REFUSED])
def test_a_link_closes_when_the_draft_is_one_no_more(office, state):
    document = make_draft(office)
    _link, secret = give(office, document)

    Document.objects.filter(pk=document.pk).update(state=state)

    assert reviews.opened(secret) is None


def test_each_use_is_logged_with_the_network_alone(office):
    link, secret = give(office)

    assert visit(secret) == link

    (row,) = ReviewVisit.objects.filter(link=link)
    assert (row.network, row.browser) == ("203.0.113.0/24", "Firefox")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1234:5678::9", "2001:db8:1234::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_addresses_become_networks(address, network):
    assert reviews.network_of(address) == network


def test_what_opens_nothing_leaves_no_trace(office):
    link, secret = give(office)
    expired, late_secret = give(office, link.document, expires_at=in_days(1))
    reviews.revoke(link, by=office.coordinator)

    assert visit(secret) is None
    assert visit("wrong") is None
    assert visit("") is None
    assert reviews.visit(late_secret, address="", browser="", now=in_days(2)) is None
    assert not ReviewVisit.objects.exists()
    assert reviews.opened(late_secret) == expired


def test_revoking_twice_is_once(office):
    link, _secret = give(office)

    first = reviews.revoke(link, by=office.coordinator)
    second = reviews.revoke(link, by=office.coordinator)

    assert first.revoked_at == second.revoked_at
    assert Event.objects.filter(verb=EventVerb.REVIEW_LINK_REVOKED).count() == 1


def test_giving_is_logged_with_the_reader_and_the_last_day(office):
    link, _secret = give(office)

    (event,) = Event.objects.filter(verb=EventVerb.REVIEW_LINK_MADE)
    assert event.data == {"reviewer": link.reviewer, "expires_at": link.expires_at.isoformat()}


def test_what_was_said_on_the_way_stays_inside(office):
    signoff = approve_up_to(office, submit(office), 3)
    link, _secret = give(office, signoff.document)

    content = reviews.content_for(link)

    assert "ความเห็นที่ 2" in str(publications.content_of(signoff.document))
    assert "ความเห็นที่ 2" not in str(content)
    assert office.head.last_name in str(publications.content_of(signoff.document))
    assert [block["post"] for block in content["signoff"]] == [
        post.title for post in office.chain_posts
    ]
    assert {block["signer_name"] for block in content["signoff"]} == {""}


def test_a_new_part_of_a_content_is_not_shown_until_it_is_named(office, monkeypatch):
    document = make_draft(office)
    link, _secret = give(office, document)
    content = publications.content_of(document)
    monkeypatch.setattr(
        publications, "content_of", lambda document: {**content, "internal": "ภายใน"}
    )

    assert "internal" not in reviews.content_for(link)
