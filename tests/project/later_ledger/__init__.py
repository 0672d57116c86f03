"""The ledger's migrations and one later one that alters the audit table, for a test of
the guards.
"""

from pathlib import Path

from factcheck.ledger import migrations

__path__ = [str(Path(__file__).parent), *migrations.__path__]
