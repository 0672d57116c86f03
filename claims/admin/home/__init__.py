"""The panels of the home screen; each module adds its own."""
