"""What storing a staged plan would do: beside the office, its plan and the year's framework."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from ita_portal.thai.words import normalise_compact
from measures.domain.analysing.findings import lock_of_findings
from measures.domain.hashes import sha256_of
from measures.domain.importing.analysed_years import AnalysedYear
from measures.domain.importing.plan_drafts import DraftMeasure, DraftWarning, PlanDraft
from measures.domain.importing.plan_matching import Intended, Outcome, matched
from measures.domain.importing.staged_plans import (
    ADD,
    AS_TEXT,
    IDENTICAL,
    LEAVE,
    NEW_DIVISION,
    REPLACE,
    StagedPlan,
)
from measures.domain.planning.measures import reporting_of
from measures.domain.planning.responsible_words import (
    KnownParties,
    kept_as_text,
    names_a_division,
    without_note,
)
from measures.domain.recording.locks import Lock, lock_of_plan, lock_of_round
from measures.models import (
    AssessmentResult,
    Division,
    Measure,
    Organisation,
    ReportingRound,
    Responsibility,
)


@dataclass(frozen=True)
class UnknownName:
    """A responsible name that the office does not have, and what it is to become."""

    name: str
    places: tuple[int, ...]
    answer: str  # NEW_DIVISION, AS_TEXT or "division-<id>"
    is_answered: bool  # by somebody, or for a newcomer by itself
    is_remembered: bool

    def key(self) -> str:
        """Return what names it in a form: the same however many names come and go beside it."""
        return sha256_of(normalise_compact(self.name).encode())[:12]


@dataclass
class Examination:
    """A staged plan held against what is stored. Asks the database as often for any plan."""

    staged: StagedPlan
    organisation: Organisation

    @property
    def fiscal_year(self) -> int:
        """Return the year whose plan this is to be."""
        return self.staged.choices.fiscal_year

    @cached_property
    def lock(self) -> Lock | None:
        """Return what locks the plan."""
        return lock_of_plan(self.organisation, self.fiscal_year)

    @cached_property
    def findings_lock(self) -> Lock | None:
        """Return what locks the findings that the plan answers."""
        return lock_of_findings(self.organisation, self.fiscal_year - 1)

    @cached_property
    def analysed(self) -> AnalysedYear:
        """Return the framework that the plan's codes are of."""
        return AnalysedYear.of_plan(self.fiscal_year)

    @cached_property
    def divisions(self) -> list[Division]:
        """Return the divisions that report, in the office's order."""
        return list(self.organisation.divisions.reporting())

    @cached_property
    def parties(self) -> KnownParties:
        """Return the office's names, with those that somebody has matched."""
        own = {f"division-{division.pk}": division for division in self.divisions}
        named = {
            normalise_compact(name): own[answer]
            for name, answer in self.staged.choices.names.items()
            if answer in own
        }
        return KnownParties(self.organisation, named)

    @cached_property
    def unknown_names(self) -> list[UnknownName]:
        """Return each name that nobody goes by, with its answer or the usual one.

        An office without divisions (a newcomer) gets them from the file; others keep the words.
        """
        plain = KnownParties(self.organisation)
        places: dict[str, list[int]] = {}
        written: dict[str, str] = {}
        for place, measure in enumerate(self.staged.plan.measures, start=1):
            for line in [] if measure.is_left_out else measure.responsible:
                if plain.recognised(line) is None:
                    name = without_note(line) or line
                    key = normalise_compact(name)
                    written.setdefault(key, name)
                    places.setdefault(key, []).append(place)
        choices = self.staged.choices
        answers = {key: self._usual_answer(name) for key, name in written.items()}
        return [
            UnknownName(
                name,
                tuple(dict.fromkeys(places[key])),
                choices.names.get(name) or answers[key],
                name in choices.names or answers[key] != AS_TEXT,
                name in choices.remembered,
            )
            for key, name in written.items()
        ]

    def open_warnings(self) -> list[tuple[int, DraftWarning]]:
        """Return what the reading warned of and no choice has answered, with the places in it."""
        answered = {normalise_compact(name.name) for name in self.unknown_names if name.is_answered}
        return [
            (at, warning)
            for at, warning in enumerate(self.staged.plan.warnings)
            if not self._is_answered(warning, answered)
        ]

    def _is_answered(self, warning: DraftWarning, names: set[str]) -> bool:
        if warning.field == "fiscal_year":
            return warning.value == str(self.fiscal_year)
        if warning.field != "responsible" or not warning.value:
            return False
        if warning.proposal.startswith(warning.value):
            return False  # about how it is written, an open bracket say, not about who it is
        return normalise_compact(without_note(warning.value)) in names

    def _usual_answer(self, name: str) -> str:
        is_newcomer = not self.divisions
        return NEW_DIVISION if is_newcomer and names_a_division(name) else AS_TEXT

    def parties_of(self, measure: DraftMeasure) -> list[Responsibility]:
        """Return the responsible parties, unsaved, each once; the unknown as their words."""
        found: dict[tuple[object, ...], Responsibility] = {}
        for line in measure.responsible:
            party = self.parties.recognised(line) or kept_as_text(line)
            key = (party.kind, party.division_id, party.post_id, party.text)
            found.setdefault(key, party)
        return list(found.values())

    @cached_property
    def reporting_round(self) -> ReportingRound | None:
        """Return the round whose results the file reports, if it is there."""
        return ReportingRound.objects.filter(
            organisation=self.organisation,
            fiscal_year=self.fiscal_year,
            months=self.staged.choices.round,  # 0 is no round
        ).first()

    @cached_property
    def round_lock(self) -> Lock | None:
        """Return what keeps results out of the round."""
        return lock_of_round(self.reporting_round) if self.reporting_round else None

    @cached_property
    def has_result(self) -> bool:
        """Return whether the office has scores of the analysed year: the file's are left then."""
        results = AssessmentResult.objects.of_organisation(self.organisation)
        return results.filter(fiscal_year=self.fiscal_year - 1, scores__isnull=False).exists()

    @cached_property
    def measures(self) -> list[Intended]:
        """Return every measure of the file with what would become of it."""
        stored = Measure.objects.of_organisation(self.organisation).of_year(self.fiscal_year)
        intended = matched(self.staged, list(stored.order_by("number")))
        for each in intended:
            each.items = self.analysed.items_of(each.draft.items)
            each.indicator = self.analysed.indicator_of(each.draft.indicator, each.items)
            each.parties = self.parties_of(each.draft)
            each.warnings = list(self._warnings_of(each))
        return intended

    @cached_property
    def _first_places(self) -> dict[str, int]:
        """Return where each title stands first in the file, by its letters."""
        first: dict[str, int] = {}
        for place, measure in enumerate(self.staged.plan.measures, start=1):
            if measure.title.strip() and not measure.is_left_out:
                first.setdefault(normalise_compact(measure.title), place)
        return first

    def counts(self) -> dict[str, int]:
        """Return how many measures are added, put in place of others, there already, left out."""
        answers = [each.answer for each in self.measures if each.outcome == Outcome.TAKEN]
        outcomes = [each.outcome for each in self.measures]
        return {
            "added": outcomes.count(Outcome.NEW) + answers.count(ADD),
            "replaced": answers.count(REPLACE),
            "same": outcomes.count(Outcome.SAME),
            "left_out": outcomes.count(Outcome.LEFT_OUT) + answers.count(LEAVE),
        }

    def _warnings_of(self, each: Intended) -> Iterable[DraftWarning]:
        if each.outcome == Outcome.LEFT_OUT:
            return
        warn = _Warner(self.staged.plan, each)
        if not each.draft.title.strip():
            yield warn("title", _("ไม่มีชื่อมาตรการ โปรดกรอกก่อนยืนยัน"))
        if each.outcome == Outcome.TAKEN:
            other = each.existing.title if each.existing is not None else ""
            message = (
                _("เลขมาตรการนี้มีอยู่แล้วในแผนด้วยชื่ออื่น “%(title)s” โปรดเลือกว่าจะถือเป็นมาตรการเดิมหรือไม่")
                % {"title": other}
                if other
                else _("เลขมาตรการนี้ซ้ำกับมาตรการก่อนหน้าในไฟล์ จะใช้เลขถัดไป")
            )
            yield warn("number", message, each.draft.label or str(each.draft.number))
        elif each.answer == IDENTICAL and each.existing is not None:
            message = _("ถือเป็นมาตรการเดียวกับ “%(title)s” ในแผน ซึ่งชื่อต่างกัน โปรดตรวจ")
            yield warn("title", message % {"title": each.existing.title}, each.draft.title)
        twin = self._first_places.get(normalise_compact(each.draft.title), each.place)
        if twin != each.place:
            message = _("ชื่อมาตรการนี้ซ้ำกับลำดับที่ %(place)s ในไฟล์ หากเป็นมาตรการเดียวกันโปรดรวม หรือไม่นำเข้า")
            yield warn("title", message % {"place": twin}, each.draft.title)
        unknown = self.analysed.unknown(each.draft.items)
        for code in unknown:
            yield warn(
                "items",
                _("ไม่มีข้อ %(code)s ในกรอบการประเมินปีงบประมาณ พ.ศ. %(year)s")
                % {"code": code, "year": self.analysed.fiscal_year},
                code,
            )
        if each.draft.indicator.strip() and each.indicator is None:
            yield warn(
                "indicator",
                _("ไม่พบตัวชี้วัดนี้ในกรอบการประเมินปีงบประมาณ พ.ศ. %(year)s")
                % {"year": self.analysed.fiscal_year},
                each.draft.indicator,
            )
        told = {
            warning.value
            for warning in self.staged.plan.warnings
            if (warning.measure, warning.field) == (each.place, "responsible")
        }
        for line in each.draft.responsible:
            if self.parties.recognised(line) is None and line not in told:
                yield warn("responsible", _("ไม่รู้จักส่วนราชการหรือผู้รับผิดชอบนี้ในหน่วยงาน"), line)
        if self.staged.choices.with_results and each.has_results():
            reporting = reporting_of(each.parties, self.divisions)
            if len(reporting) > 1:
                message = _(
                    "มาตรการนี้มีหลายส่วนราชการรายงาน ผลในไฟล์จะบันทึกให้%(division)s "
                    "โปรดแบ่งให้ส่วนราชการอื่นเองภายหลัง"
                )
                yield warn("results", message % {"division": reporting[0].name})


@dataclass
class _Warner:
    """Makes the warnings of one measure, each at the cell that its field was read from."""

    plan: PlanDraft
    intended: Intended

    def __call__(self, name: str, message: str, value: str = "") -> DraftWarning:
        place = self.intended.place
        where = next(
            (fate.where for fate in self.plan.fates if (fate.measure, fate.field) == (place, name)),
            _("มาตรการลำดับที่ %(place)s") % {"place": place},
        )
        return DraftWarning(where, message, value, measure=place, field=name)
