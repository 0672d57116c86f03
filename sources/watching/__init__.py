"""How links are kept under watch."""
