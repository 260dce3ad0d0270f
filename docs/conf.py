"""Sphinx settings."""

from __future__ import annotations

import re
from pathlib import Path

project = "According"
author = "The According contributors"
copyright = author
release = re.search(r'__version__ = "([^"]+)"', (Path(__file__).parent.parent / "src/according/__init__.py").read_text())[1]
extensions = ["myst_parser"]
myst_enable_extensions = ["deflist", "colon_fence"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"According {release}"
