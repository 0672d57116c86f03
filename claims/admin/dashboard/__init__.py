"""The dashboard: how a desk is doing, for editors and auditors."""
