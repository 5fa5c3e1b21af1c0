"""A report or a comparison as plain text, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditapp.domain.checklist import Checklist
from auditapp.domain.comparison import Column, Comparison, Row
from auditapp.domain.levels import LevelLine
from auditapp.domain.migration import Impact
from auditapp.domain.plan import Plan, Step
from auditapp.domain.report import Report
from auditapp.domain.scoring import State, Sum
from auditapp.rendering import words
from auditapp.rendering.matrix import why_words

CELL_WIDTH = 72
CODES_SHOWN = 12


def report_text(report: Report) -> str:
    """Score, level, sections and the plan to the next level; of a quick report its result alone."""
    if report.essentials_only:
        return "\n".join(_summary(report)) + "\n"
    return "\n".join((*_summary(report), "", *_sections(report), *_next_level(report))) + "\n"


def comparison_text(comparison: Comparison) -> str:
    """Scores like for like, then every criterion answered differently."""
    return (
        "\n".join((*_columns(comparison), "", *_section_table(comparison), *_differences(comparison))) + "\n"
    )


def checklist_text(checklist: Checklist) -> str:
    """The whole checklist to read: every question with its grades."""
    lines = [f"{checklist.name} ({checklist.ref}, {checklist.status})", checklist.summary]
    for section in checklist.sections:
        lines += ["", f"{section.code}. {section.title}", section.summary]
        for criterion in checklist.criteria_in(section.id):
            essential = ", essential" if criterion.essential else ""
            weight = words.point_count(criterion.weight)
            lines += ["", f"  {criterion.code}  {criterion.title} ({weight}{essential})"]
            lines.append(f"      {criterion.question}")
            label = {grade.id: checklist.label(criterion, grade.id) for grade in criterion.grades}
            lines += [f"      {label[grade.id]}: {grade.says}" for grade in criterion.grades]
    if checklist.levels:
        lines += ["", "Levels"]
        lines += [f"  {level.title}: {level.says}" for level in checklist.levels]
    return "\n".join(lines) + "\n"


def impact_text(old: Checklist, new: Checklist, found: Sequence[tuple[str, Impact]]) -> str:
    """What a new version would make of each set of answers, and whose result would change."""
    lines = [f"From {old.ref} to {new.ref}", ""]
    for name, one in found:
        before, after = (words.percent(value) for value in (one.before_percent, one.after_percent))
        levels = [
            checklist.level(level).title if level else "no level"
            for checklist, level in ((old, one.before_level), (new, one.after_level))
        ]
        changed = "changes" if one.changes else "stays"
        lines.append(f"{name}: {changed}: {before}, {levels[0]} -> {after}, {levels[1]}")
        lines.append(
            f"    {one.carried} answers carried, {len(one.to_answer)} criteria to answer, "
            f"{words.point_count(one.lost)} not carried"
        )
    changes = sum(1 for _, one in found if one.changes)
    return "\n".join((*lines, "", f"{changes} of {len(found)} would have another score or level")) + "\n"


def _summary(report: Report) -> Iterator[str]:
    score = report.score
    yield report.title
    yield f"{report.checklist.name} ({report.checklist.ref})"
    yield ""
    if count := report.essentials_only:
        yield f"Result      {words.essentials_only(count.met, count.applicable)} (the quick audit)"
    else:
        yield f"Score       {_sum_words(score.total)}"
    evidenced = words.share(score.total.evidenced, score.total.possible)
    resting = words.points_of(score.total.evidenced, score.total.possible)
    yield f"Evidenced   {evidenced}, {resting}: what rests on evidence"
    yield f"Essentials  {words.count_of(score.essentials.met, score.essentials.applicable)} met at least partly"
    yield f"Answered    {words.count_of(score.coverage.answered, score.coverage.applicable)} criteria that apply"
    if report.checklist.levels and not report.essentials_only:
        yield f"Level       {report.level.title if report.level else 'none yet'}"
    if unanswered := [finding.code for finding in score.findings if finding.state is State.UNANSWERED]:
        more = len(unanswered) - CODES_SHOWN
        tail = f" and {more} more" if more > 0 else ""
        yield f"Unanswered  {', '.join(unanswered[:CODES_SHOWN])}{tail}"


def _sections(report: Report) -> Iterator[str]:
    rows = [("Section", "Score", "Points", "Answered")]
    for part in report.score.sections:
        section = report.checklist.section(part.id)
        rows.append(
            (
                f"{section.code}. {section.title}",
                words.percent(part.percent),
                words.count_of(part.points, part.possible),
                words.count_of(part.answered, part.applicable),
            )
        )
    yield from _table(rows)


def _next_level(report: Report) -> Iterator[str]:
    following = report.score.next_level
    if following is None or report.plan is None:
        return
    title = report.checklist.level(following.id).title
    yield ""
    yield f"What {title} lacks"
    for line in following.failing:
        yield f"  {_line_words(report.checklist, line)}"
    if not following.failing:
        yield "  Nothing of its own: the level below it is not reached."
    yield from _plan(report.checklist, report.plan, title)


def _plan(checklist: Checklist, plan: Plan, title: str) -> Iterator[str]:
    yield ""
    yield f"What would reach {title}, most gain for least effort first"
    rows = [("Gain", "Step", "Cost", "Takes")]
    for step in plan.steps:
        if step.kind != "answer":
            step_words = _step_words(checklist, step)
            rows.append((words.gain(step.gain), step_words, step.cost, words.lead_time(step.days)))
    if len(rows) > 1:
        yield from (f"  {line}" for line in _table(rows))
    if open_ones := [step.code for step in plan.steps if step.kind == "answer"]:
        yield f"  Answer as well, whatever the grade: {', '.join(open_ones)}"
    if plan.steps:
        yield f"  Afterwards: {words.percent(plan.steps[-1].percent_after)}"


def _step_words(checklist: Checklist, step: Step) -> str:
    criterion = checklist.criterion(step.criterion)
    change = criterion.improve.change if step.kind == "improve" else f"Give evidence: {criterion.title}"
    return f"{step.code}  {change}"


def _line_words(checklist: Checklist, line: LevelLine) -> str:
    subject = {
        "score": "Score",
        "essentials": "Essentials met at least partly",
        "essentials_in_full": "Essentials met in full",
        "answered": "Criteria answered",
        "evidenced": "Points that rest on evidence",
    }.get(line.kind)
    if subject is None:
        subject = f"Section {checklist.section(line.section or '').title}"
    needed = words.percent(line.needed)
    return f"{subject}: {words.percent(line.percent)} ({words.count_of(line.has, line.of)}), {needed} needed"


def _columns(comparison: Comparison) -> Iterator[str]:
    rows = [("", "Report", "Checklist", "Level", "Own score", "Like for like")]
    for place, column in enumerate(comparison.columns, start=1):
        rows.append(
            (
                str(place),
                column.title,
                column.checklist,
                *_own_result(column),
                _sum_words(column.shared),
            )
        )
    yield from _table(rows)
    yield f"Like for like: over the {comparison.shared} criteria that apply to all."
    for part in comparison.not_shared:
        codes = ", ".join(row.code for row in part.rows[:CODES_SHOWN])
        tail = ", …" if len(part.rows) > CODES_SHOWN else ""
        yield f"Left out: {len(part.rows)}. {why_words(part.why)} ({codes}{tail})"


def _own_result(column: Column) -> tuple[str, str]:
    if count := column.essentials_only:
        return "none", words.essentials_only(count.met, count.applicable)
    return column.level or "none", words.percent(column.own.percent)


def _section_table(comparison: Comparison) -> Iterator[str]:
    head = ("Section", *(str(place) for place in range(1, len(comparison.columns) + 1)))
    rows = [head]
    for section in comparison.sections:
        rows.append(
            (f"{section.code}. {section.title}", *(words.percent(part.percent) for part in section.sums))
        )
    yield from _table(rows)


def _differences(comparison: Comparison) -> Iterator[str]:
    yield ""
    if not comparison.differing:
        yield "No criterion that applies to all is answered differently."
        return
    yield "Answered differently, widest gap first"
    rows = [("Criterion", *(str(place) for place in range(1, len(comparison.columns) + 1)))]
    rows += [_difference(row) for row in comparison.differing]
    yield from _table(rows)


def _difference(row: Row) -> tuple[str, ...]:
    return f"{row.code}  {row.title}", *(cell.label for cell in row.cells)


def _sum_words(total: Sum) -> str:
    return f"{words.percent(total.percent)}, {words.points_of(total.points, total.possible)}"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns side by side under their heads; the widest cell of a column sets its width, up to a limit."""
    shown = [[_shortened(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in shown) for column in range(len(rows[0]))]
    for row in shown:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _shortened(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= CELL_WIDTH else f"{line[: CELL_WIDTH - 1]}…"
