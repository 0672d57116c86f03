"""Requests and responses of the API, a module for each resource."""
