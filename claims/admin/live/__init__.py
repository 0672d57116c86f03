"""The staff screens of live streams."""
