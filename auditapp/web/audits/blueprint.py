"""The blueprint of the organiser's pages. It has no prefix: taking back a report happens below `/reports/`."""

from flask import Blueprint

bp = Blueprint("audits", __name__)
