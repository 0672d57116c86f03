"""Everything about one claim on one page, a module for each panel: its
forms, what its template gets, what its buttons do, and their addresses.
A new panel is a module, a template, and a line in page.PANELS.
"""
