"""From one version of a checklist to the next: what can be carried, what cannot, and whose result would change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditapp.domain.audit import NOTE_LIMIT, Answer, Answers, Standing
from auditapp.domain.checklist import Checklist, Succession
from auditapp.domain.consistency import Inconsistency
from auditapp.domain.facts import Facts
from auditapp.domain.scoring import Score, State, score
from auditapp.domain.values import Exact, Value


def carried(steps: Sequence[tuple[Checklist, Checklist]], answers: Answers) -> dict[str, Answer]:
    """Answers taken from version to version, each step from a checklist to its successor, to be confirmed.

    An answer is carried where the new criterion asks the same or accepts more, and its grade still exists. Where it asks
    for more or several ask what one asked, only a note is left, saying what was answered; where nothing asks it any
    longer, nothing is. Without a step the answers stay as they are.
    """
    found = dict(answers)
    for old, new in steps:
        found = dict(_step(old, new, found))
    return {name: answer.model_copy(update={"standing": Standing.CARRIED}) for name, answer in found.items()}


def _step(old: Checklist, new: Checklist, answers: Answers) -> Iterator[tuple[str, Answer]]:
    for one in successions(old, new):
        answer = answers.get(one.was)
        if answer is None:
            continue
        for name in one.becomes:
            yield name, answer if _fits(old, new, one, answer, name) else _remembered(old, one.was, answer)


def successions(old: Checklist, new: Checklist) -> tuple[Succession, ...]:
    """What became of each criterion of `old` in `new`.

    Without a map of its own, a criterion of the same id asks the same and all others are gone: so it is between two
    drafts, and between versions of a minor change.
    """
    if new.migrate is not None and new.migrate.from_ == old.version:
        return new.migrate.criteria
    kept = {criterion.id for criterion in new.criteria}
    return tuple(
        Succession(was=criterion.id, change="same", becomes=(criterion.id,))
        if criterion.id in kept
        else Succession(was=criterion.id, change="gone", says="is not asked any longer")
        for criterion in old.criteria
    )


def _fits(old: Checklist, new: Checklist, one: Succession, answer: Answer, name: str) -> bool:
    if not one.keeps_answers:
        return False
    was, becomes = old.criterion(one.was), new.criterion(name)
    if answer.numbers is not None and (was.measure and was.measure.name) != (
        becomes.measure and becomes.measure.name
    ):
        return False
    reasons = {reason.id for reason in becomes.not_applicable}
    return (answer.grade is None or answer.grade in becomes.grade_ids) and (
        answer.not_applicable is None or answer.not_applicable in reasons
    )


def _remembered(old: Checklist, was: str, answer: Answer) -> Answer:
    """The answer without its choice: a note of what was answered, and the evidence it rested on."""
    criterion = old.criterion(was)
    if answer.grade is not None:
        said = f"{old.label(criterion, answer.grade)}: {criterion.grade(answer.grade).says}"
    elif answer.not_applicable is not None:
        said = criterion.reason(answer.not_applicable).says
    else:
        return answer.model_copy(update={"numbers": None, "settled_by": "hand"})
    note = f"{criterion.code} of version {old.version} was answered “{said}”. {answer.note}".strip()
    return Answer(note=note[:NOTE_LIMIT], evidence=answer.evidence)


def migration_mistakes(old: Checklist, new: Checklist) -> Iterator[Inconsistency]:
    """What is wrong with the map from `old` in `new`: a criterion without an entry, or one that leads nowhere."""
    if new.migrate is None:
        return
    known, next_ids = {c.id for c in old.criteria}, {c.id for c in new.criteria}
    listed = [one.was for one in new.migrate.criteria]
    for index, one in enumerate(new.migrate.criteria):
        if one.was not in known or one.was in listed[:index]:
            wrong = "is listed twice" if one.was in known else f"is no criterion of version {old.version}"
            yield Inconsistency(
                where=("migrate", "criteria", index, "was"),
                problem=f"{one.was!r} {wrong}",
                remedy="list each criterion of the version before once, by its id",
            )
        for name in one.becomes:
            if name not in next_ids:
                yield Inconsistency(
                    where=("migrate", "criteria", index, "becomes"),
                    problem=f"there is no criterion {name!r} in this version",
                    remedy="name criteria of this version by their id, or write 'gone'",
                )
    if missing := [criterion.id for criterion in old.criteria if criterion.id not in listed]:
        yield Inconsistency(
            where=("migrate", "criteria"),
            problem=f"nothing is said about {len(missing)} criteria of version {old.version}: {', '.join(missing[:5])}",
            remedy="say of each what became of it: same, wider, narrower, split or gone",
        )


class Impact(Value):
    """What a new version would make of one set of answers.

    Percentages are whole, rounded down, None where nothing applies. `to_answer` are criteria of the new version that
    apply and have no answer yet; `lost` are points whose answers could not be carried.
    """

    before_percent: int | None
    after_percent: int | None
    before_level: str | None
    after_level: str | None
    carried: int
    to_answer: tuple[str, ...]
    lost: Exact

    @property
    def changes(self) -> bool:
        """Whether score or level would be another."""
        return (self.before_percent, self.before_level) != (self.after_percent, self.after_level)


def impact(steps: Sequence[tuple[Checklist, Checklist]], facts: Facts, answers: Answers) -> Impact:
    """What the answers are worth before the first step and after the last, as if everything carried were confirmed."""
    old, new = steps[0][0], steps[-1][1]
    moved = {
        name: answer.model_copy(update={"standing": Standing.GIVEN})
        for name, answer in carried(steps, answers).items()
    }
    known = {fact.id for fact in new.facts}
    before, after = (
        score(old, answers, facts),
        score(new, moved, {k: v for k, v in facts.items() if k in known}),
    )
    return Impact(
        before_percent=before.total.percent,
        after_percent=after.total.percent,
        before_level=before.level,
        after_level=after.level,
        carried=sum(1 for answer in moved.values() if answer.settles),
        to_answer=tuple(f.code for f in after.findings if f.state is State.UNANSWERED),
        lost=before.total.points - _kept_points(steps, before, moved),
    )


def _kept_points(steps: Sequence[tuple[Checklist, Checklist]], before: Score, moved: Answers) -> Exact:
    """The points of the old score whose answers still stand in the new version."""
    ends = {finding.id: {finding.id} for finding in before.findings}
    for old, new in steps:
        became = {one.was: set(one.becomes) for one in successions(old, new)}
        ends = {
            was: {later for name in names for later in became.get(name, set())} for was, names in ends.items()
        }
    settled = {name for name, answer in moved.items() if answer.settles}
    return sum((f.points for f in before.findings if ends[f.id] & settled), start=before.total.points * 0)


def origins(old: Checklist, new: Checklist) -> dict[str, Succession]:
    """For each criterion of `new` that something in `old` became, the first entry that leads to it."""
    found: dict[str, Succession] = {}
    for one in successions(old, new):
        for name in one.becomes:
            found.setdefault(name, one)
    return found
