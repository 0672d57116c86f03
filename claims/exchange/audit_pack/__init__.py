"""What an assessor of the IFCN code of principles asks a desk for, as one
ZIP of plain pages and tables: a page for each criterion, lists of a
period, and figures.

It holds what readers have already, and how claims were selected,
without the words or speakers of those that were never published.
"""
