#!/usr/bin/env python3
"""Write what the docs take from the code: the map of the package into design.md, a run of the command into README.md.

The map has each module with the first line of its docstring. Run by ``make refresh``; tests/test_docs.py fails while either is stale.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "according"
BEGIN, END = "<!-- made by docs/refresh.py -->", "<!-- end -->"
EXAMPLE = "examples/news-page.html"
SHOWN = 30  # lines of the example's output, to the next blank one
ROOMS = (
    "",
    "web",
    "web/pages",
    "web/api",
    "formats",
    "events",
    "actors",
    "ingest",
    "crew",
    "ledger",
    "ledger/migrations",
    "ledger/migrations/versions",
    "places",
    "places/lists",
    "coding",
    "reading",
    "reading/times",
    "intake",
)


def first_line(path: Path) -> str:
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return told.split("\n", 1)[0].replace("``", "`").replace("|", "\\|")


def room(name: str) -> str:
    folder = PACKAGE / name
    modules = sorted(path for path in folder.glob("*.py") if path.name not in {"__init__.py", "__main__.py"})
    about = first_line(folder / "__init__.py")
    lines = [f"### `according{'.' if name else ''}{name.replace('/', '.')}`", "", about, "", "| module | |", "|---|---|"]
    lines += [f"| `{path.relative_to(PACKAGE).as_posix()}` | {first_line(path)} |" for path in modules]
    data = sorted([*folder.glob("*.toml"), *folder.glob("data/**/*.toml"), *folder.glob("data/**/*.tsv")])
    tables = ", ".join(f"`{path.relative_to(PACKAGE).as_posix()}`" for path in data)
    return "\n".join([*lines, *(["", f"Tables: {tables}."] if tables else [])])


def example() -> str:
    """What the command prints of the example page, its first sentences."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100"}
    command = [sys.executable, "-m", "according", "code", EXAMPLE]
    printed = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True).stdout.decode().splitlines()
    end = next((n for n in range(SHOWN, len(printed)) if not printed[n]), len(printed))
    return "\n".join(["```", *printed[:end], "…" if end < len(printed) else "", "```"])


def with_part(page: str, part: str) -> str:
    """The page with what stands between the two marks replaced."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{part}\n\n{END}{rest.partition(END)[2]}"


def main() -> None:
    for path, part in ((ROOT / "docs" / "design.md", "\n\n".join(room(name) for name in ROOMS)), (ROOT / "README.md", example())):
        path.write_text(with_part(path.read_text(encoding="utf-8"), part), encoding="utf-8")


if __name__ == "__main__":
    main()
