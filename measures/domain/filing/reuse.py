"""The same file as evidence twice: in another entry, of this year or an earlier one.

It is noticed, not refused: one photograph may well show two measures. Whether it does is for the
coordinator to judge.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from measures.models import Evidence, Organisation, ProgressEntry, ReportingRound
from measures.models.evidence import EvidenceQuerySet

# Of 64 bits. Measured with the drawn pictures of the demo: encoding one anew, as small and coarse
# as messengers do, changes up to four; two different ones differ in nine and more.
MOST_DIFFERENT_BITS = 6
# A picture of one colour, or a white sheet, says so little that all of them look alike.
LEAST_BITS_SET = 6


@dataclass(frozen=True)
class Reuse:
    """One piece of evidence, and an earlier one that shows the same."""

    evidence: Evidence
    earlier: Evidence
    is_exact: bool  # the same bytes; otherwise the same picture

    def sentence(self) -> str:
        """Return what was noticed, for the coordinator, in Thai."""
        entry = self.earlier.entry
        text = (
            _("ไฟล์เดียวกันนี้ใช้แล้วที่มาตรการที่ %(number)s %(division)s %(round)s “%(caption)s”")
            if self.is_exact
            else _(
                "ภาพนี้คล้ายมากกับภาพที่ใช้แล้วของมาตรการที่ %(number)s %(division)s %(round)s “%(caption)s”"
            )
        )
        return text % {
            "number": entry.measure.number,
            "division": entry.division.name,
            "round": entry.round,
            "caption": self.earlier.caption,
        }


@dataclass(frozen=True)
class _Compared:
    pk: int
    entry: int
    sha256: str
    bits: int | None  # of the perceptual hash, where it says anything


def different_bits(one: int, other: int) -> int:
    """Return in how many bits two perceptual hashes differ."""
    return (one ^ other).bit_count()


def reused_in(entry: ProgressEntry) -> dict[int, list[Reuse]]:
    """Return for each piece of this entry, by its key, where it was used before; three queries."""
    pieces = Evidence.objects.filter(entry=entry)
    return _by_piece(_found(entry.measure.organisation_id, pieces))


def reused_in_round(reporting_round: ReportingRound) -> dict[int, list[Reuse]]:
    """Return the same for the pieces of a whole round, with as many queries."""
    pieces = Evidence.objects.filter(entry__round=reporting_round)
    return _by_piece(_found(reporting_round.organisation_id, pieces))


def findings_of(organisation: Organisation, fiscal_year: int) -> list[Reuse]:
    """Return every reuse in the evidence of a fiscal year, in the order of the evidence."""
    pieces = Evidence.objects.filter(
        entry__measure__organisation=organisation, entry__round__fiscal_year=fiscal_year
    )
    return _found(organisation.pk, pieces)


def _by_piece(found: Iterable[Reuse]) -> dict[int, list[Reuse]]:
    by_piece: dict[int, list[Reuse]] = defaultdict(list)
    for reuse in found:
        by_piece[reuse.evidence.pk].append(reuse)
    return dict(by_piece)


def _found(organisation: int, pieces: EvidenceQuerySet) -> list[Reuse]:
    """Compare these pieces with all of the organisation that were added before them."""
    asked = set(pieces.current().values_list("pk", flat=True))
    if not asked:
        return []
    everything = [
        _Compared(pk, entry, sha256, _telling_bits(perceptual_hash))
        for pk, entry, sha256, perceptual_hash in Evidence.objects.current()
        .filter(entry__measure__organisation=organisation)
        .exclude(sha256="")
        .order_by("pk")
        .values_list("pk", "entry_id", "sha256", "perceptual_hash")
    ]
    pairs = list(_pairs(everything, asked))
    wanted = {pk for first, second, _is_exact in pairs for pk in (first, second)}
    rows = Evidence.objects.select_related(
        "entry__measure__organisation", "entry__division", "entry__round__organisation"
    ).in_bulk(wanted)
    return [Reuse(rows[late], rows[early], is_exact) for late, early, is_exact in pairs]


def _pairs(everything: list[_Compared], asked: set[int]) -> "Iterator[tuple[int, int, bool]]":
    """Yield (later, earlier, same bytes) for the pieces asked for, of two entries each."""
    for place, piece in enumerate(everything):
        if piece.pk not in asked:
            continue
        for other in everything[:place]:
            if other.entry == piece.entry:
                continue
            is_exact = other.sha256 == piece.sha256
            if is_exact or _is_alike(piece.bits, other.bits):
                yield piece.pk, other.pk, is_exact


def _is_alike(one: int | None, other: int | None) -> bool:
    if one is None or other is None:
        return False
    return different_bits(one, other) <= MOST_DIFFERENT_BITS


def _telling_bits(perceptual_hash: str) -> int | None:
    if not perceptual_hash:
        return None
    bits = int(perceptual_hash, 16)
    return bits if LEAST_BITS_SET <= bits.bit_count() <= 64 - LEAST_BITS_SET else None
