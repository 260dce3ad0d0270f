"""An invented collection as an analyst has one: pages, texts, JSON Lines, zips, with copies, changed pages and broken files among them."""

from __future__ import annotations

import json
import random
import re
import shutil
import zipfile
from pathlib import Path

import pages

SHARES = {"jsonl": 0.25, "zip": 0.15}  # of the reports; the rest are pages


def write(folder: Path, count: int, seed: int = 11) -> list[Path]:
    """Write ``count`` reports and some broken files into ``folder``; the paths to take in. The same for the same seed."""
    chance = random.Random(seed)
    (folder / "pages").mkdir(parents=True)
    written = pages.write(folder / "pages", count, seed)
    lines = written[: int(count * SHARES["jsonl"])]
    zipped = written[len(lines) : len(lines) + int(count * SHARES["zip"])]
    rows = [_row(path, number, chance) for number, path in enumerate(lines)]
    rows += [_changed(row) for row in rows[:: max(1, len(rows) // 10)]]
    rows += [{**row, "id": f"copy-{row['id']}", "source": "The Hill Gazette"} for row in rows[1 :: max(1, len(rows) // 10)]]
    chance.shuffle(rows)
    jsonl = folder / "reports.jsonl"
    jsonl.write_text("".join(json.dumps(row) + "\n" for row in rows) + '{"id": "broken", "text": 12}\n', encoding="utf-8")
    archive = folder / "pages.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for path in zipped:
            out.write(path, path.name)
    for path in lines + zipped:
        path.unlink()
    shutil.copy(written[-1], folder / "pages" / "the-same-again.html")
    (folder / "pages" / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    (folder / "pages" / "empty.txt").write_bytes(b"")
    return [folder / "pages", jsonl, archive]


def shuffled(jsonl: Path, folder: Path, parts: int, chance: random.Random) -> list[Path]:
    """The lines of a file of JSON Lines in another order, in several files, some of them twice."""
    lines = jsonl.read_text(encoding="utf-8").splitlines(keepends=True)
    lines += chance.sample(lines, len(lines) // 5)
    chance.shuffle(lines)
    paths = [folder / f"part-{number}.jsonl" for number in range(parts)]
    for number, path in enumerate(paths):
        path.write_text("".join(lines[number::parts]), encoding="utf-8")
    return paths


def _row(page: Path, number: int, chance: random.Random) -> dict[str, str | None]:
    html = page.read_text(encoding="utf-8")
    text = "\n\n".join(re.findall(r"<p>(.*?)</p>", html.partition("</article>")[0], re.DOTALL))
    published = f"2031-06-{chance.randint(1, 28):02}"
    return {"id": f"wire-{number}", "source": "The Valley Courier", "published": published, "url": None, "text": text}


def _changed(row: dict[str, str | None]) -> dict[str, str | None]:
    """The same report a day later, with one more paragraph."""
    assert row["text"] and row["published"]
    day = f"{row['published'][:8]}{int(row['published'][8:]) + 1:02}"
    return {**row, "published": day, "text": row["text"] + "\n\nThe toll later rose to at least 31 dead, the ministry said on Sunday."}
