"""The blueprint the modules of this room hang their pages on."""

from flask import Blueprint

from auditapp.rendering import html

bp = Blueprint("reports", __name__, url_prefix="/reports")
bp.add_app_template_filter(html.typed, "typed")
