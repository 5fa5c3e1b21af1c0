"""Whole Field: audits of sporting events against inclusivity checklists.

Nothing is imported here, so that the domain can be used without the web.
"""
