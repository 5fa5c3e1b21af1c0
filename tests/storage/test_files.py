import pytest

from auditapp.storage.files import Files


def test_what_is_put_is_got(tmp_path):
    files = Files(tmp_path / "files")
    files.put("ridgeline.pdf", b"%PDF")
    assert files.get("ridgeline.pdf") == b"%PDF"
    assert [path.name for path in files.folder.iterdir()] == ["ridgeline.pdf"]


def test_what_is_not_there_is_not_found(tmp_path):
    with pytest.raises(FileNotFoundError):
        Files(tmp_path).get("ridgeline.pdf")


@pytest.mark.parametrize("name", ["", ".", "..", ".hidden", "a/b", "../secret-key", "a\\b", "a\0b"])
def test_a_name_never_leaves_the_folder(tmp_path, name):
    with pytest.raises(ValueError, match="not the name of a file"):
        Files(tmp_path / "files").put(name, b"")
    with pytest.raises(ValueError, match="not the name of a file"):
        Files(tmp_path / "files").get(name)
