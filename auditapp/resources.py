"""Finds the folders that stand at the top of a checkout and travel inside the package in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource_dir(name: str) -> Path:
    """The folder `templates` or `checklists`: the one shipped in the package, else the one beside it.

    Raises FileNotFoundError, naming both places, when the folder is in neither.
    """
    places = (PACKAGE / "_shipped" / name, PACKAGE.parent / name)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"The folder {name!r} is missing: it is neither {places[0]} nor {places[1]}.")


def in_checkout() -> bool:
    """Whether the package runs from a checkout, rather than from where an installer put it."""
    return (PACKAGE.parent / "pyproject.toml").is_file()
