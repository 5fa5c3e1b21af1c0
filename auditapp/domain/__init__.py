"""What a checklist, an audit, a score, a report and a comparison are: values in, values out.

Nothing here knows of a database, a page, a clock or a file; those are arguments.
"""
