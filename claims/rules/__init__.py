"""What must be true of a claim before somebody signs or publishes it."""
