"""What a page needs to ask which column is which."""

import io

from auditapp.catalogue.results import Role, preview


def looked_at(text: str):
    return preview(io.BytesIO(text.encode()))


def test_a_preview_tells_the_columns_and_what_they_could_be():
    found = looked_at("Bib,Name,Sex,Gun,Chip,Remark\n1,Ann,F,1:00:09,1:00:00,\n2,Bob,M,59:30,59:00,DNF\n")
    assert found.headings == ("Bib", "Name", "Sex", "Gun", "Chip", "Remark")
    assert found.headed
    assert found.guessed == {Role.GENDER: 2, Role.TIME: 4, Role.GUN_TIME: 3, Role.STATUS: 5}
    assert found.can_be == (
        {Role.TIME}, set(), {Role.GENDER}, {Role.TIME}, {Role.TIME}, {Role.STATUS},
    )  # fmt: skip
    assert found.encoding == "UTF-8"


def test_a_preview_holds_no_line_of_the_file():
    for text in ("Name,Sex,Time\nAnn Lee,F,1:00:00\n", "Ann Lee,F,1:00:00\nBob Ek,M,59:00\n"):
        assert "Ann" not in repr(looked_at(text))


def test_a_file_without_a_heading_has_numbered_columns():
    found = looked_at("1,Ann,F,1:00:00\n2,Bob,M,59:00\n")
    assert (found.headings, found.headed) == (("column 1", "column 2", "column 3", "column 4"), False)
    assert found.guessed == {Role.GENDER: 2, Role.TIME: 3}


def test_headings_are_fit_to_be_shown():
    found = looked_at(f"Gender,,{'x' * 100},a\tb\u202e\nF,1,2,3\n")
    assert found.headings == ("Gender", "column 2", "x" * 60, "a b")
