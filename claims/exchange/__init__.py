"""What goes out for machines."""
