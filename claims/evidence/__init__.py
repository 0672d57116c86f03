"""Evidence: attached, edited, read in its capture, and followed when its source changes."""
