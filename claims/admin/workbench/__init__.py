"""Everything about one claim on one page, a module for each panel."""
