"""``/api/v1``: the same answers as JSON."""
