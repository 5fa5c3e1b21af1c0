"""Settings: right for one machine without a word, and every mistake named."""

import multiprocessing
import stat
from pathlib import Path

import pytest
from pydantic import ValidationError

from auditapp.settings import Settings, SettingsError, describe_settings, secret_key


def read(**variables: str) -> Settings:
    return Settings.from_environment({f"AUDITAPP_{name.upper()}": value for name, value in variables.items()})


def mistakes(**variables: str) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        read(**variables)
    return str(refused.value).splitlines()


def test_nothing_has_to_be_set():
    settings = Settings.from_environment({})
    checkout = Path(__file__).parent.parent
    assert settings.data == checkout / "instance"
    assert settings.database_url == f"sqlite:///{checkout / 'instance' / 'auditapp.sqlite'}"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.sqlite_synchronous == "FULL"
    assert not settings.is_https


def test_the_database_follows_the_data_folder(tmp_path: Path):
    assert read(data=str(tmp_path)).database_url == f"sqlite:///{tmp_path}/auditapp.sqlite"


def test_a_relative_data_folder_is_meant_from_where_the_product_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    assert read(data="kept").data == tmp_path / "kept"


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("localhost", "http://localhost:9000"),
        ("0.0.0.0", "http://localhost:9000"),
        ("::", "http://localhost:9000"),
        ("::1", "http://[::1]:9000"),
    ],
)
def test_the_public_address_follows_host_and_port(host: str, address: str):
    assert read(host=host, port="9000").public_url == address


def test_a_public_address_of_its_own_loses_its_last_slash():
    settings = read(public_url="https://audits.example.org/")
    assert settings.public_url == "https://audits.example.org"
    assert settings.is_https


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_name_of_postgresql_means_the_same_driver(scheme: str):
    url = read(database_url=f"{scheme}://ann:secret@db/audits").database_url
    assert url == "postgresql+psycopg://ann:secret@db/audits"


def test_several_folders_of_checklists(tmp_path: Path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    assert read(checklists=f"{first}:{second}").checklists == (first, second)


def test_an_empty_variable_counts_as_not_set():
    assert read(port="", name="  ").name == "Whole Field"


def test_all_mistakes_are_told_at_once():
    assert mistakes(port="eighty", proxies="-1", sqlite_synchronous="maybe") == [
        "AUDITAPP_PORT must be a whole number from 1 to 65535, not 'eighty'.",
        "AUDITAPP_SQLITE_SYNCHRONOUS must be OFF, NORMAL, FULL or EXTRA, not 'maybe'.",
        "AUDITAPP_PROXIES must be a whole number from 0 to 8, not '-1'.",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "W" * 61),
        ("host", "two words"),
        ("port", "0"),
        ("port", "65536"),
        ("public_url", "audits.example.org"),
        ("public_url", "https://audits.example.org/?page=1"),
        ("threads", "0"),
        ("pdf_workers", "many"),
        ("pdf_seconds", "0"),
        ("pdf_memory_mb", "1"),
        ("database_url", "mysql://db/audits"),
        ("database_url", "audits.sqlite"),
        ("checklists", "/nowhere/at/all"),
        ("limits_storage", "disk://"),
        ("start_limit", "often"),
        ("start_limit", "0 per hour"),
        ("report_contact", "Ann"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str):
    (line,) = mistakes(**{name: value})
    assert line.startswith(f"AUDITAPP_{name.upper()} must be ")
    assert line.endswith(f", not {value!r}.")


def test_a_misspelt_variable_is_refused_with_the_one_that_was_meant():
    assert mistakes(prt="9000") == [
        "AUDITAPP_PRT is not a setting of this product. Did you mean AUDITAPP_PORT?"
    ]
    assert mistakes(zzz="1") == ["AUDITAPP_ZZZ is not a setting of this product."]


def test_what_the_tests_read_is_no_mistake():
    assert read(test_postgres_url="postgresql://db").port == 8000


def test_neither_a_password_nor_a_secret_is_repeated():
    told = mistakes(database_url="mysql://ann:hunter2@db/audits", secret_key="hunter2")
    assert told == [
        "AUDITAPP_DATABASE_URL must be sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME, "
        "not 'mysql://ann:…@db/audits'.",
        "AUDITAPP_SECRET_KEY must be at least 32 characters, not 7 characters.",
    ]
    settings = read(database_url="postgresql://ann:hunter2@db/audits", secret_key="hunter2" * 5)
    assert "hunter2" not in repr(settings)


def test_settings_cannot_change_afterwards():
    settings = read()
    with pytest.raises(ValidationError, match="frozen"):
        settings.port = 9000  # type: ignore[misc]


def test_every_setting_is_described():
    rows = describe_settings()
    assert [row.name for row in rows] == [f"AUDITAPP_{name.upper()}" for name in Settings.model_fields]
    assert all(row.meaning.endswith(".") and row.default for row in rows)


def test_described_defaults_are_the_real_ones():
    for name, field in Settings.model_fields.items():
        described = next(row.default for row in describe_settings() if row.name == f"AUDITAPP_{name.upper()}")
        if field.default_factory is None and field.default:
            assert described == str(field.default)


def test_a_secret_key_that_is_set_is_the_one(tmp_path: Path):
    assert secret_key(read(data=str(tmp_path), secret_key="k" * 32)) == "k" * 32
    assert list(tmp_path.iterdir()) == []


def test_the_secret_key_is_made_once_for_its_owner_only(tmp_path: Path):
    settings = read(data=str(tmp_path / "new" / "data"))
    key = secret_key(settings)
    assert len(key) >= 64
    assert secret_key(settings) == key
    (file,) = settings.data.iterdir()
    assert file.name == "secret-key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.data.stat().st_mode) == 0o700


def test_a_damaged_secret_key_is_refused_with_the_remedy(tmp_path: Path):
    (tmp_path / "secret-key").write_text("")
    with pytest.raises(SettingsError, match="Delete it, and the next start makes a new one"):
        secret_key(read(data=str(tmp_path)))


def test_processes_that_start_together_share_one_key(tmp_path: Path):
    settings = [read(data=str(tmp_path))] * 16
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        keys = pool.map(secret_key, settings, chunksize=1)
    assert len(set(keys)) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]
