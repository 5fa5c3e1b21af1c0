"""An audit just started, for whoever asks for one."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from auditapp.catalogue import Catalogue
from auditapp.storage.files import Files
from tests.services.trial import ACCESS, Trial, catalogue_of


@pytest.fixture
def checklists(tmp_path: Path) -> Path:
    """The folder the catalogue reads."""
    return tmp_path / "checklists"


@pytest.fixture
def catalogue(checklists: Path) -> Catalogue:
    """One checklist."""
    return catalogue_of(checklists, ACCESS)


@pytest.fixture
def trial(session: Session, catalogue: Catalogue) -> Trial:
    """An audit just started."""
    return Trial.of(session, catalogue)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """An empty folder for what is published."""
    return Files(tmp_path / "files")
