"""Changes of many claims at once, each by the service that changes one."""
