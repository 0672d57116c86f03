"""Evidence: attaching, editing, quote checks, and changes of its sources."""
