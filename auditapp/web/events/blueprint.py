"""The blueprint the modules of this room hang their pages on."""

from flask import Blueprint

bp = Blueprint("events", __name__)
