"""The PostgreSQL of the tests is a real one, and each database in it is new."""

import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.postgres import Server


def test_the_database_is_postgresql_and_empty(postgres_url: str):
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version()")).startswith("PostgreSQL")
        assert connection.scalar(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")) == 0
        assert connection.scalar(text("SELECT lower('É')")) == "é"
    engine.dispose()


def test_a_dropped_database_is_gone_even_while_somebody_is_connected(postgres_server: Server):
    with postgres_server.database() as first, postgres_server.database() as second:
        assert first != second
        plain = first.replace("+psycopg", "")
        left_open = psycopg.connect(plain)
    with pytest.raises(psycopg.OperationalError):
        left_open.execute("SELECT 1")
    left_open.close()
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(plain)
