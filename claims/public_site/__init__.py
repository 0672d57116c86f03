"""What readers and crawlers see."""
