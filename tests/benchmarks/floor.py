"""The floor: the least a Flask and SQLAlchemy application can do for a durable save.

It inserts one row and answers a line of JSON, under the same server, on the same kind of database with
the same settings. Whatever the product needs beyond that is its own.
"""

from __future__ import annotations

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine, create_engine, event, text


def engine_at(path: str) -> Engine:
    """SQLite as the product sets it: WAL, full synchronous writes, transactions that begin immediately."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"isolation_level": None})

    @event.listens_for(engine, "connect")
    def tune(connection, _record):
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS answers (id INTEGER PRIMARY KEY, note TEXT)"))
    return engine


def create_floor(path: str) -> Flask:
    """An application with one address that saves one row."""
    app = Flask("floor")
    engine = engine_at(path)

    @app.post("/save")
    def save() -> ResponseReturnValue:
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO answers (note) VALUES ('saved')"))
        return jsonify(saved=True)

    return app
