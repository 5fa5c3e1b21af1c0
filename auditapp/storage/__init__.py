"""Rows in, domain values out: the only room that knows SQL."""
