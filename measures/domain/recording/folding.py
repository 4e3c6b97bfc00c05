"""One for all: the divisions' statuses, texts and numbers as those of their measure."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from measures.domain.recording.entry_fields import plain
from measures.models import ProgressStatus, TargetFold


def fold_status(statuses: Iterable[str]) -> ProgressStatus:
    """Return one status for a measure from those of its divisions.

    Done when all are done, not started when none has begun, in progress otherwise.
    """
    found = set(statuses)
    if found == {ProgressStatus.DONE}:
        return ProgressStatus.DONE
    if found <= {ProgressStatus.NOT_STARTED}:
        return ProgressStatus.NOT_STARTED
    return ProgressStatus.IN_PROGRESS


def fold_texts(texts: Iterable[tuple[str, str]]) -> str:
    """Return one text from (division name, text) pairs: alone as it is, several with their names.

    Divisions that wrote the same words share one line.
    """
    divisions_by_text: dict[str, list[str]] = {}
    for division, text in texts:
        if text:
            divisions_by_text.setdefault(text, []).append(division)
    if len(divisions_by_text) <= 1:
        return next(iter(divisions_by_text), "")
    return "\n".join(
        f"{', '.join(divisions)}:{_gap_before(text)}{text}"
        for text, divisions in divisions_by_text.items()
    )


def _gap_before(text: str) -> str:
    """Return what stands between a division's name and its text: a list starts on its own line."""
    return "\n" if "\n" in text or text.startswith("-") else " "


def every_division_sentence(divisions: Sequence[tuple[str, str]]) -> str:
    """Return where all divisions stand as one sentence of the paper, from (name, status) pairs.

    Numbers stand in Arabic digits, as in every content; the paper turns them Thai.
    """
    by_status: dict[str, list[str]] = {status: [] for status in ProgressStatus.values}
    for name, status in divisions:
        by_status[status].append(name)
    done = by_status[ProgressStatus.DONE]
    if len(done) == len(divisions):
        return f"ทุกส่วนราชการดำเนินการแล้วเสร็จ ได้แก่ {_enumerated(done)}"
    parts = [f"ดำเนินการแล้วเสร็จ {len(done)} จาก {len(divisions)} ส่วนราชการ"]
    if done:
        parts[0] += f" ได้แก่ {_enumerated(done)}"
    for status, words in (
        (ProgressStatus.IN_PROGRESS, "อยู่ระหว่างดำเนินการ"),
        (ProgressStatus.NOT_STARTED, "ยังไม่ดำเนินการ"),
    ):
        if by_status[status]:
            parts.append(f"{words}: {_enumerated(by_status[status])}")
    return "; ".join(parts)


def _enumerated(names: Sequence[str]) -> str:
    """Return the names as Thai lists them: ก ข และค."""
    if len(names) < 2:
        return "".join(names)
    return f"{' '.join(names[:-1])} และ{names[-1]}"


def fold_numbers(values: Sequence[Decimal], fold: str) -> Decimal | None:
    """Return the measure's number from those of its divisions; None where none has told one.

    Together, or on average with two decimals, halves rounded up as people do by hand.
    """
    if not values:
        return None
    total = sum(values, Decimal(0))
    if fold == TargetFold.SUM:
        return total
    return (total / len(values)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def target_line(
    name: str, unit: str, *, baseline: Decimal | None, goal: Decimal, actual: Decimal | None
) -> str:
    """Return one target as a line of the paper; what is not known is a dash, or left out."""
    parts = [
        f"เป้าหมาย: {name}",
        f"ค่าตั้งต้น {plain(baseline)}" if baseline is not None else "",
        f"ค่าเป้าหมาย {plain(goal)}",
        f"ผลที่ได้ {plain(actual) if actual is not None else '-'}",
        unit,
    ]
    return " ".join(part for part in parts if part)
