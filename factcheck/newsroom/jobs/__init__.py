"""The page of all background jobs, and of the workers' health."""
