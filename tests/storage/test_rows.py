import datetime as dt

import pytest
from sqlalchemy.dialects import sqlite

from auditapp.storage.rows import Moment

HERE = dt.timezone(dt.timedelta(hours=2))


def test_a_moment_is_kept_in_utc():
    stored = Moment().process_bind_param(dt.datetime(2027, 5, 16, 9, 30, tzinfo=HERE), sqlite.dialect())
    assert stored is not None
    assert stored == dt.datetime(2027, 5, 16, 7, 30, tzinfo=dt.UTC)
    assert Moment().process_result_value(stored.replace(tzinfo=None), sqlite.dialect()) == stored
    read = Moment().process_result_value(stored.astimezone(HERE), sqlite.dialect())
    assert read is not None
    assert read.tzinfo is dt.UTC


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        Moment().process_bind_param(dt.datetime(2027, 5, 16, 9, 30), sqlite.dialect())  # noqa: DTZ001


def test_no_moment_is_no_moment():
    assert Moment().process_bind_param(None, sqlite.dialect()) is None
    assert Moment().process_result_value(None, sqlite.dialect()) is None
