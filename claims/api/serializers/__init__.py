"""What the API takes and shows, a module for each resource."""
