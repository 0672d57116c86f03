"""Sources over REST: shapes and the submission of articles."""
