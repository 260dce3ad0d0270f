"""Place names → points with an honest precision, offline."""

from __future__ import annotations

from according.places.building import gazetteer
from according.places.placing import mentioned, situated

__all__ = ["gazetteer", "mentioned", "situated"]
