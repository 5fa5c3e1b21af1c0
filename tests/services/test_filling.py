"""A results file is taken in without its names, counted by its columns, and fills in the numbers of a criterion."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from auditapp.catalogue.results import ResultsFileError, Role
from auditapp.domain.audit import Answer
from auditapp.domain.errors import AnswerConflict, AnswerRejected
from auditapp.domain.measures import MEASURES, Gender, Numbers, NumbersRejected
from auditapp.services import auditing, filling, starting
from auditapp.services.filling import UploadGone
from auditapp.storage.files import ShortLived
from tests.builders import an_event, evidence
from tests.measured import REF, measured_race
from tests.services import LATER, NOW
from tests.services.trial import Trial, catalogue_of

OWNER = "an-audit drop-out"
RACE = b"Name,Sex,Time,Status\nAnn,F,1:00:00,\nBo,M,59:00,\nCy,M,,DNF\n"


@pytest.fixture
def uploads(tmp_path: Path) -> Iterator[ShortLived]:
    """A folder for what is kept for an hour."""
    uploads = ShortLived(tmp_path / "uploads")
    yield uploads
    uploads.close()


@pytest.fixture
def race(session: Session, tmp_path: Path) -> Trial:
    """An audit with a checklist that has measures."""
    catalogue = catalogue_of(tmp_path / "checklists", measured_race())
    return Trial(
        session,
        catalogue,
        starting.start_audit(session, catalogue, checklist=REF, event=an_event(), now=NOW),
    )


def taken(uploads: ShortLived, content: bytes = RACE) -> str:
    """A file that was taken in; its name."""
    return filling.take_in(uploads, io.BytesIO(content), owner=OWNER)


def test_a_file_is_counted_by_the_columns_it_has(uploads: ShortLived):
    name = taken(uploads)
    columns = filling.columns_of(uploads, name, owner=OWNER)
    assert columns.headings == ("Sex", "Time", "Status")
    assert columns.guessed == {Role.GENDER: 0, Role.TIME: 1, Role.STATUS: 2}
    reading = filling.count(uploads, name, columns.guessed, owner=OWNER, reads="results")
    assert (reading.results[Gender.MEN].finishers, reading.results[Gender.MEN].stopped) == (1, 1)
    assert reading.account.lines == 3


def test_a_file_belongs_to_whom_it_was_given(uploads: ShortLived):
    name = taken(uploads)
    for owner in ("another drop-out", "an-audit cut-off", ""):
        with pytest.raises(UploadGone):
            filling.columns_of(uploads, name, owner=owner)


def test_what_was_removed_is_gone(uploads: ShortLived):
    name = taken(uploads)
    uploads.remove(name)
    with pytest.raises(UploadGone):
        filling.count(uploads, name, {Role.GENDER: 0}, owner=OWNER, reads="results")


def test_what_is_no_table_is_refused_and_nothing_is_kept(uploads: ShortLived):
    with pytest.raises(ResultsFileError, match="the file: is a PDF"):
        taken(uploads, b"%PDF-1.7")
    assert list(uploads.folder.iterdir()) == []


def test_columns_that_tell_nothing_are_refused(uploads: ShortLived):
    name = taken(uploads)
    with pytest.raises(ResultsFileError, match="no column with finish times"):
        filling.count(uploads, name, {Role.GENDER: 0}, owner=OWNER, reads="results")


def test_the_counts_become_the_numbers_of_a_measure(uploads: ShortLived):
    reading = filling.count(
        uploads, taken(uploads), {Role.GENDER: 0, Role.TIME: 1}, owner=OWNER, reads="results"
    )
    numbers = filling.numbers_from(MEASURES["drop-out"], reading, Numbers(), source="a file of 3 lines")
    assert numbers.values["men-starters"] == Fraction(2)
    assert numbers.source == "a file of 3 lines"
    with pytest.raises(NumbersRejected):
        filling.numbers_from(MEASURES["cut-off"], reading, Numbers(), source="")
    with pytest.raises(TypeError):
        filling.numbers_from(MEASURES["prize-parity"], reading, Numbers(), source="")


DROPPED = Numbers(
    values={
        name: Fraction(count)
        for name, count in (
            ("women-starters", 40), ("women-finishers", 38), ("men-starters", 60), ("men-finishers", 60),
        )
    },
    source="a file of 100 lines",
)  # fmt: skip


def test_numbers_are_filled_in_beside_the_note_and_the_evidence(race: Trial):
    answer = Answer(grade="partly", note="Of 2026", evidence=(evidence(),))
    audit = auditing.answer_criterion(*race.reach, "drop-out", answer, version=0, now=NOW)
    filling.fill_in(race.session, race.catalogue, audit, race.token, "drop-out", DROPPED, now=LATER)
    stored = race.audit()
    assert stored.answer("drop-out") == answer.model_copy(update={"numbers": DROPPED})
    assert stored.version("drop-out") == 2


def test_a_grade_that_followed_from_older_numbers_follows_from_the_new_ones(race: Trial):
    audit = race.audit()
    filled = filling.fill_in(race.session, race.catalogue, audit, race.token, "drop-out", DROPPED, now=NOW)
    more = DROPPED.model_copy(update={"source": "a file of 101 lines"})
    filling.fill_in(race.session, race.catalogue, filled, race.token, "drop-out", more, now=LATER)
    assert race.audit().answer("drop-out") == Answer(numbers=more)


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(race: Trial):
    read = race.audit()
    auditing.answer_criterion(*race.reach, "drop-out", Answer(note="Mine"), version=0, now=NOW)
    with pytest.raises(AnswerConflict):
        filling.fill_in(race.session, race.catalogue, read, race.token, "drop-out", DROPPED, now=LATER)


def test_numbers_that_contradict_one_another_are_refused(race: Trial):
    wrong = DROPPED.model_copy(update={"values": DROPPED.values | {"women-finishers": Fraction(41)}})
    with pytest.raises(AnswerRejected, match=r"drop-out\.women-finishers"):
        filling.fill_in(race.session, race.catalogue, race.audit(), race.token, "drop-out", wrong, now=NOW)
