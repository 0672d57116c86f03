"""The rules that the database enforces itself, whoever writes."""
