"""Numbers in an answer: what they come to, which grade follows, and what of them may be published."""

from __future__ import annotations

from collections.abc import Mapping

from auditapp.domain.audit import Answer
from auditapp.domain.checklist import Checklist, Criterion
from auditapp.domain.measures import (
    MEASURES,
    Figure,
    NumbersRejected,
    figure_of,
    only_missing,
    public_numbers,
)
from auditapp.domain.measures.figure import Quantity


def worked(criterion: Criterion, answer: Answer | None) -> Figure | None:
    """The figure of an answer's numbers; None without a measure, without numbers, or when they do not fit it."""
    if criterion.measure is None or answer is None or not answer.numbers:
        return None
    try:
        return figure_of(criterion.measure.name, answer.numbers)
    except NumbersRejected:
        return None


def settled(criterion: Criterion, answer: Answer, *, drafts: bool = False) -> Answer:
    """The answer with the grade its numbers lead to.

    Where they lead to none (the measure only informs, or the numbers are small or do not suffice) the grade stays as
    chosen by hand, and so does an answer without numbers. What does not apply has no numbers. With `drafts`, numbers
    of which some are still missing lead to none either. Raises NumbersRejected with every number that does not fit.
    """
    use = criterion.measure
    if use is None or not answer.numbers or answer.not_applicable is not None:
        if answer.numbers is None and answer.settled_by == "hand":
            return answer
        return answer.model_copy(update={"numbers": None, "settled_by": "hand"})
    try:
        grade = use.grade(figure_of(use.name, answer.numbers), criterion.grade_ids)
    except NumbersRejected as rejected:
        if not drafts or not only_missing(answer.numbers, rejected.problems):
            raise
        grade = None
    if grade is None:
        return answer.model_copy(update={"settled_by": "hand"})
    return answer.model_copy(update={"grade": grade, "settled_by": "numbers"})


def with_grades_from_numbers(
    checklist: Checklist,
    standing: Mapping[str, Answer],
    given: Mapping[str, Answer],
    *,
    drafts: bool = False,
) -> dict[str, Answer]:
    """`given` with the grades their numbers lead to, and every standing answer that shares numbers given anew.

    A criterion that takes its numbers from another one follows that one's numbers, unless its own grade was chosen by
    hand. With `drafts`, numbers may be incomplete: they are kept and settle nothing yet. Raises NumbersRejected for
    numbers that do not fit, each place led by its criterion: "prizes.row-2.women".
    """
    found: dict[str, Answer] = {}
    problems: dict[str, str] = {}
    for name, answer in given.items():
        criterion = checklist.criterion(name)
        shared = criterion.measure.numbers_from if criterion.measure else None
        source = (given.get(shared) or standing.get(shared)) if shared else None
        try:
            found[name] = (
                settled(criterion, answer, drafts=drafts)
                if shared is None
                else _following(criterion, answer, source, drafts=drafts)
            )
        except NumbersRejected as rejected:
            problems |= {f"{name}.{place}": problem for place, problem in rejected.problems.items()}
    if problems:
        raise NumbersRejected(problems)
    for name in given:
        for taker in checklist.sharing_numbers(checklist.criterion(name)):
            if taker.id not in found:
                follows = _following(taker, standing.get(taker.id) or Answer(), found[name], drafts=drafts)
                if follows != (standing.get(taker.id) or Answer()):
                    found[taker.id] = follows
    return found


def _following(criterion: Criterion, answer: Answer, source: Answer | None, *, drafts: bool) -> Answer:
    """The answer of a criterion that follows the numbers entered at another one."""
    by_hand = answer.settled_by == "hand" and (answer.grade is not None or answer.not_applicable is not None)
    numbers = source.numbers if source is not None else None
    if by_hand:
        return answer.model_copy(update={"numbers": None}) if answer.numbers else answer
    if numbers:
        unsettled = answer.model_copy(update={"numbers": numbers, "settled_by": "hand", "grade": None})
        return settled(criterion, unsettled, drafts=drafts)
    if answer.numbers or answer.settled_by == "numbers":
        return answer.model_copy(update={"numbers": None, "settled_by": "hand", "grade": None})
    return answer


def figures_in(checklist: Checklist, answers: Mapping[str, Answer]) -> dict[str, Figure]:
    """The figures of all answers with numbers, by criterion."""
    found = ((c.id, worked(c, answers.get(c.id))) for c in checklist.criteria if c.measure is not None)
    return {name: figure for name, figure in found if figure is not None}


def published_answer(criterion: Criterion, answer: Answer, figure: Figure | None) -> Answer:
    """The answer with its numbers as they may be published: whole, and without small counts.

    `figure` is what they come to; where they come to none, they are a draft, which stays private.
    """
    if criterion.measure is None or answer.numbers is None:
        return answer
    if figure is None and not answer.numbers.unpublished:
        return answer.model_copy(update={"numbers": None})
    shown = public_numbers(MEASURES[criterion.measure.name], answer.numbers)
    return answer if shown is answer.numbers else answer.model_copy(update={"numbers": shown})


def telling(criterion: Criterion, figure: Figure) -> Quantity | None:
    """The quantity that says most about a figure in few words: the first one known of those the best grade asks for.

    Without thresholds, or where none of those is known, the first one known of all; None when none is known.
    """
    use = criterion.measure
    best = use.grades.get(criterion.grade_ids[-1], ()) if use is not None else ()
    asked = (figure.quantity(name) for test in best for name in test.figures())
    return next((one for one in (*asked, *figure.quantities) if one.value is not None), None)
