"""The text of a verdict, its rating scale and its dates."""
