"""A results file as the page shows it: its columns and what each is taken for, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import ngettext

from auditapp.catalogue.results import Account, Reading, Reduced, ResultsFileError, Role
from auditapp.domain.checklist import Criterion
from auditapp.domain.measures import Gender, Group, Measure, Numbers, NumbersRejected
from auditapp.domain.measures.shown import clock
from auditapp.rendering import words
from auditapp.services import filling
from auditapp.storage.files import ShortLived
from auditapp.web.audits.inputs import Input, Label
from auditapp.web.audits.number_inputs import NumberInput, NumberInputs
from auditapp.web.audits.numbers import TypedNumbers, sentence
from auditapp.web.forms import clean

LONGEST_ABBREVIATION = 3


@dataclass(frozen=True)
class ColumnRow:
    """One column of the file: its heading, a few of the values seen in it, and what it is for."""

    heading: str
    seen: str
    role: Input


@dataclass(frozen=True)
class Counts:
    """How many lines were read, how many people of each gender there are, and what became of the others.

    `rows` lead with what is counted, one column for each gender of `head`. `bad` names the first lines that were left
    out, `reasons` counts all of them where there are more.
    """

    lines: int
    left_out: int
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    letters: tuple[str, ...]
    notes: tuple[str, ...]
    bad: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """A file, matched.

    `asks` are inputs for what the measure needs before it can read a file. `numbers` are those to fill in, None as
    long as there are `problems` or something is asked for: where each problem is, and what it is.
    """

    columns: tuple[ColumnRow, ...]
    asks: tuple[NumberInput, ...]
    counts: Counts | None
    numbers: Numbers | None
    problems: tuple[tuple[str, str], ...]
    hidden: tuple[tuple[str, str], ...]

    @property
    def lines(self) -> int:
        """How many lines were read."""
        return self.counts.lines - self.counts.left_out if self.counts else 0

    def refused(self, problems: Iterable[str]) -> Match:
        """The same with numbers that could not be saved."""
        return replace(self, numbers=None, problems=tuple(("#counts", sentence(one)) for one in problems))


def match(
    uploads: ShortLived,
    upload: str,
    *,
    owner: str,
    criterion: Criterion,
    measure: Measure,
    entered: Numbers | None,
    typed: Mapping[str, str],
    read_on: str,
) -> Match:
    """The file with the columns that `typed` chooses, or those it seems to have; raises UploadGone.

    `entered` are the numbers given so far; `typed` may hold single ones the measure needs.
    """
    reduced = filling.columns_of(uploads, upload, owner=owner)
    chosen = _chosen(reduced, typed)
    columns, problems = _columns(chosen)
    given = TypedNumbers.of(measure, entered)
    given.values |= {
        one.id: text for one in measure.fields if (text := clean(typed.get(f"{criterion.id}.n-{one.id}")))
    }
    found = Match(
        columns=tuple(_rows(reduced, chosen)),
        asks=(),
        counts=None,
        numbers=None,
        problems=problems,
        hidden=tuple((f"column-{place}", role) for place, role in enumerate(chosen)),
    )
    if problems:
        return found
    try:
        reading = filling.count(uploads, upload, columns, owner=owner, reads=measure.reads or "results")
    except ResultsFileError as error:
        return replace(found, problems=(("#column-0", refusal(error)),))
    found = replace(found, counts=_counts(reading))
    source = _(
        "a file of %(lines)s lines, read on %(date)s", lines=words.number(reading.account.lines), date=read_on
    )
    return _filled(found, criterion, measure, given, reading, source)


def refusal(error: ResultsFileError) -> str:
    """Why a whole file cannot be read, as a sentence."""
    first = error.problems[0]
    remedy = f": {first.remedy}" if first.remedy else ""
    return _("The file %(problem)s", problem=f"{first.message}{remedy}")


def _filled(
    found: Match, criterion: Criterion, measure: Measure, given: TypedNumbers, reading: Reading, source: str
) -> Match:
    """The match with the numbers the file fills in, or with what is needed before it can."""
    given.work()
    inputs = NumberInputs(criterion, given)
    asked = [one for one in measure.fields if one.id in given.problems]
    if given.numbers is None:
        return replace(
            found,
            asks=tuple(inputs.field(one) for one in asked),
            problems=tuple(
                (f"#{criterion.code}_n-{one.id}", f"{one.label}: {given.problems[one.id]}") for one in asked
            ),
        )
    try:
        numbers = filling.numbers_from(measure, reading, given.numbers, source=source)
    except NumbersRejected as rejected:
        needed = [
            one
            for one in measure.fields
            if not given.values.get(one.id) and rejected.problems.get(one.id, "").startswith("is needed")
        ]
        return replace(
            found,
            asks=tuple(inputs.field(one) for one in needed),
            problems=()
            if needed
            else tuple(("#counts", sentence(one)) for one in rejected.problems.values()),
        )
    check = TypedNumbers.of(measure, numbers)
    check.work()
    if check.problems:
        return found.refused(words_ for _href, words_ in NumberInputs(criterion, check).problems())
    names = {f"{criterion.id}.n-{one.id}": given.values.get(one.id, "") for one in measure.fields}
    kept = tuple((name, text) for name, text in names.items() if text)
    return replace(found, numbers=numbers, hidden=(*found.hidden, *kept))


def _chosen(reduced: Reduced, typed: Mapping[str, str]) -> tuple[str, ...]:
    """What each column is for, as chosen or as guessed; empty for nothing."""
    places = range(len(reduced.headings))
    if any(f"column-{place}" in typed for place in places):
        known = {role.value for role in Role}
        asked = (clean(typed.get(f"column-{place}")) for place in places)
        return tuple(role if role in known else "" for role in asked)
    guessed = {place: role.value for role, place in reduced.guessed.items()}
    return tuple(guessed.get(place, "") for place in places)


def _columns(chosen: tuple[str, ...]) -> tuple[dict[Role, int], tuple[tuple[str, str], ...]]:
    """The column for each role, and what is wrong with the choice."""
    titles = role_titles()
    found: dict[Role, int] = {}
    problems: list[tuple[str, str]] = []
    for place, role in enumerate(chosen):
        if role and Role(role) in found:
            problems.append((f"#column-{place}", _("%(role)s: only one column can be it", role=titles[role])))
        elif role:
            found[Role(role)] = place
    if not problems and Role.GENDER not in found:
        problems.append(("#column-0", _("Choose the column that tells women from men")))
    return found, tuple(problems)


def _rows(reduced: Reduced, chosen: tuple[str, ...]) -> Iterator[ColumnRow]:
    options = (("", _("Not used")), *role_titles().items())
    for place, (heading, seen) in enumerate(zip(reduced.headings, reduced.seen, strict=True)):
        name = f"column-{place}"
        yield ColumnRow(
            heading,
            ", ".join(_shown(value) for value in seen) or _("nothing to show"),
            Input(
                name, name, Label(_("What “%(heading)s” is", heading=heading)), chosen[place], options=options
            ),
        )


def _shown(value: str) -> str:
    """A value as people write it: seconds as a time, letters and abbreviations large."""
    if value.isdecimal():
        return clock(Fraction(int(value)))
    return value.upper() if len(value) <= LONGEST_ABBREVIATION else value


def role_titles() -> dict[str, str]:
    """What a column can be for, in words."""
    return {
        Role.GENDER.value: _("Gender"),
        Role.TIME.value: _("Finish time"),
        Role.GUN_TIME.value: _("Gun time, where there is no other"),
        Role.STATUS.value: _("Status: finished, stopped, timed out"),
        Role.WAVE.value: _("Start wave"),
        Role.PLACE.value: _("Place"),
    }


def _counts(reading: Reading) -> Counts:
    account, groups = reading.account, reading.results.groups
    titles = {
        Gender.WOMEN: _("Women"),
        Gender.MEN: _("Men"),
        Gender.NONBINARY: _("Non-binary"),
        Gender.UNDISCLOSED: _("Not disclosed"),
    }
    there = [
        gender
        for gender in titles
        if gender in (Gender.WOMEN, Gender.MEN) or groups[gender].starters or groups[gender].not_started
    ]
    rows = [
        (title, [words.number(getattr(groups[gender], name)) for gender in there])
        for name, title in (
            ("starters", _("Started")),
            ("finishers", _("Finished")),
            ("timed_out", _("Timed out")),
            ("stopped", _("Stopped")),
            ("disqualified", _("Disqualified")),
            ("unknown", _("No time and no status")),
            ("not_started", _("Did not start")),
        )
        if name == "starters" or any(getattr(groups[gender], name) for gender in there)
    ]
    medians = [_median(groups[gender]) for gender in there]
    if any(medians):
        rows.append((_("Median time"), [median or "–" for median in medians]))
    return Counts(
        lines=account.lines,
        left_out=account.left_out,
        head=tuple(titles[gender] for gender in there),
        rows=tuple((title, tuple(cells)) for title, cells in rows),
        letters=tuple(
            _("%(letter)s was read as %(gender)s", letter=letter.upper(), gender=gender.value)
            for letter, gender in sorted(reading.genders.items())
        ),
        notes=reading.notes,
        bad=tuple(_bad_lines(account)),
        reasons=tuple(
            ngettext(
                "%(count)s line %(reason)s",
                "%(count)s lines: %(reason)s",
                count,
                count=words.number(count),
                reason=reason,
            )
            for reason, count in account.reasons.most_common()
        )
        if account.left_out > len(account.bad)
        else (),
    )


def _median(group: Group) -> str:
    return clock(group.median) if group.median is not None else ""


def _bad_lines(account: Account) -> Iterator[str]:
    """The first lines that were left out, each with its reason."""
    for one in account.bad:
        # What could not be read was kept as its shape alone, behind a mark.
        yield _(
            "Line %(number)s %(problem)s",
            number=words.number(one.number),
            problem=one.problem.replace("“?", "“"),
        )
