"""Sources over the API: serializers, and the submission of articles."""
