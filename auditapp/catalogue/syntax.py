"""What stops the YAML parser, as sentences for somebody who does not know YAML's grammar."""

from __future__ import annotations

from ruamel.yaml.error import MarkedYAMLError


def in_plain_words(error: MarkedYAMLError, text: str, line: int) -> tuple[str, str, bool]:
    """Message, remedy, and whether the place to look is where the broken part begins."""
    problem = str(error.problem or "")
    lines = text.splitlines()
    source = lines[line - 1] if 0 < line <= len(lines) else ""
    if "'\\t'" in problem or "\t" in source[: len(source) - len(source.lstrip())]:
        return "a tab stands where spaces belong", "use spaces", False
    if "mapping values are not allowed" in problem:
        if source.count(": ") + source.rstrip().endswith(":") > 1:
            return "a colon in the text reads as a key", "put the text in quotes", False
        return (
            "this line does not continue the line above",
            "indent it like its neighbours, or add the missing ':'",
            False,
        )
    if "unexpected end of stream" in problem or "document separator" in problem:
        return "a quotation mark opens here and never closes", "close it", True
    if "flow" in str(error.context):
        return (
            "a bracket opens here and is not closed properly",
            "close it, and put a comma between entries",
            True,
        )
    if "cannot start any token" in problem:
        return f"text may not begin with {problem.split()[2]}", "put the text in quotes", False
    if "<scalar>" in problem:
        return (
            "something follows a closing quotation mark",
            "write an apostrophe in single quotes twice: 'it''s'",
            False,
        )
    if "expected <block end>" in problem:
        return (
            "this line is not indented like its neighbours",
            "line it up with the keys it belongs to",
            False,
        )
    if "escape" in problem:
        return f"a backslash in double quotes has a meaning of its own: {problem}", "use single quotes", False
    if "expected ':'" in problem:
        return "a key without a colon", "write 'key: value'", True
    return f"this is not YAML: {problem}", "put the text in quotes", False
