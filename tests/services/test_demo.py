import shutil

import pytest

from auditapp.catalogue import load_catalogue
from auditapp.proof.signing import unsigned
from auditapp.resources import PACKAGE, resource_dir
from auditapp.services import auditing
from auditapp.services.demo import load_examples
from auditapp.services.printing import Issued
from auditapp.storage import reports
from auditapp.storage.files import Files
from auditapp.storage.transactions import writing
from tests.services import NOW
from tests.services.trial import searched


def issue(report, publication):
    return Issued(unsigned(report), b"%PDF")


def test_the_examples_fill_a_new_installation_once(session, tmp_path):
    catalogue, files = load_catalogue([resource_dir("checklists")]), Files(tmp_path)
    loaded = load_examples(session, catalogue, files, PACKAGE / "examples", now=NOW, issue=issue)
    assert len(loaded.published) == searched(session).total >= 5
    levels = {listing.level for listing in searched(session).items}
    assert {None, "foundation", "established", "advanced", "leading"} == levels
    (started,) = loaded.opened
    audit = auditing.load_audit(session, catalogue, started.key, started.token)
    assert audit.answers
    assert started.token not in repr(loaded)
    again = load_examples(session, catalogue, files, PACKAGE / "examples", now=NOW, issue=issue)
    assert (again.published, again.opened) == ((), ())


def test_an_example_that_was_withdrawn_stays_withdrawn(session, tmp_path):
    catalogue, files = load_catalogue([resource_dir("checklists")]), Files(tmp_path)
    loaded = load_examples(session, catalogue, files, PACKAGE / "examples", now=NOW, issue=issue)
    with writing(session):
        reports.withdraw(session, loaded.published[0], reason="Only an example.", on=NOW.date())
    again = load_examples(session, catalogue, files, PACKAGE / "examples", now=NOW, issue=issue)
    assert (again.published, again.opened) == ((), ())


def test_a_broken_example_is_named(session, tmp_path):
    folder = tmp_path / "examples"
    shutil.copytree(PACKAGE / "examples", folder)
    (folder / "broken.yaml").write_text("checklist: moat@1.0\n", "utf-8")
    catalogue = load_catalogue([resource_dir("checklists")])
    with pytest.raises(Exception, match=r"broken\.yaml"):
        load_examples(session, catalogue, Files(tmp_path), folder, now=NOW, issue=issue)
