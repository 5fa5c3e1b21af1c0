"""Documents are kept without their checklist, and put together again to the letter."""

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from auditapp.proof.signing import unsigned
from auditapp.services.documents import read_all, read_report
from auditapp.storage import documents
from auditapp.storage.rows import WordingRow
from auditapp.storage.transactions import reading, writing
from tests.builders import a_report, an_event


def test_a_document_is_put_together_to_the_letter(session):
    report = a_report()
    for text in (report.model_dump_json(), unsigned(report).content.decode()):
        with writing(session):
            stored = documents.keep(session, text)
        assert len(stored.rest) < len(text)
        with reading(session):
            assert documents.whole(session, stored) == text


def test_reports_on_one_checklist_share_its_text_and_its_value(session):
    first, second = a_report(), a_report(event=an_event("Another"))
    with writing(session):
        stored = [documents.keep(session, report.model_dump_json()) for report in (first, second)]
    with reading(session):
        assert session.scalar(select(func.count()).select_from(WordingRow)) == 1
        read = read_all(session, stored)
    assert read == [first, second]
    assert read[0].checklist is read[1].checklist
    assert read[0] == read_report(first.model_dump_json())


@given(st.text(max_size=60))
def test_no_words_of_an_organiser_are_taken_for_the_place_of_the_checklist(words):
    report = a_report(event=an_event(f'"checklist":{{{words}' if words.isprintable() else "Race"))
    text = report.model_dump_json()
    stored, checklist = documents.split(text)
    assert stored.wording is not None
    assert stored.joined({stored.wording: checklist}) == text


def test_the_document_of_a_report_is_split_without_writing_its_checklist_out():
    report = a_report(event=an_event('"event":{'))
    assert documents.split_report(report) == documents.split(report.model_dump_json())


def test_what_carries_no_checklist_is_kept_whole():
    assert documents.split('{"a":1}') == (documents.Stored('{"a":1}', None), "")
