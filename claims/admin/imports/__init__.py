"""Screens of imports, and of the fact checks that they brought."""
