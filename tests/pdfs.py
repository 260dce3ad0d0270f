"""PDFs written by hand: pages of lines set where a test wants them, in the fonts that every reader knows."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

WIDE, HIGH = 595, 842  # points of an A4 page
# Widths of Helvetica's letters in thousandths of its size; others are taken as wide as a digit.
_WIDTHS = {
    **dict.fromkeys("ijl'", 222),
    **dict.fromkeys(" ftI.,:;/|!", 278),
    **dict.fromkeys("r-()", 333),
    **dict.fromkeys("ckszvxyJ", 500),
}
_WIDTHS |= (
    {"m": 833, "w": 722, "M": 833, "W": 944} | dict.fromkeys("ABEKPSVXY", 667) | dict.fromkeys("CDHNRU", 722) | dict.fromkeys("GOQ", 778)
)


def width(text: str, size: float = 10) -> float:
    return sum(_WIDTHS.get(letter, 556) for letter in text) * size / 1000


def at(x: float, y: float, text: str, size: float = 10, turn: str = "1 0 0 1") -> str:
    """Content that shows one line with its baseline's beginning at (x, y)."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf {turn} {x} {y} Tm ({escaped}) Tj ET"


def column(x: float, y: float, text: str, wide: float, size: float = 10) -> tuple[list[str], float]:
    """Content of paragraphs (apart by an empty line) set ragged in a column, and the height of the line after the last."""
    content = []
    for paragraph in text.split("\n\n"):
        line = ""
        for word in paragraph.split():
            if line and width(f"{line} {word}", size) > wide:
                content.append(at(x, y, line, size))
                y -= 1.2 * size
                line = word
            else:
                line = f"{line} {word}".strip()
        content.append(at(x, y, line, size))
        y -= 2 * size
    return content, y


def pdf(pages: Sequence[Iterable[str]], info: str = "", extra: Sequence[bytes] = (), packed: bool = False) -> bytes:
    """A whole file. ``info`` has entries for the document's information; ``extra`` are objects, numbered from 4."""
    first = 4 + len(extra)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    resources = "/Font<</F1 3 0 R>>/XObject<</X 4 0 R>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]/MediaBox[0 0 {WIDE} {HIGH}]/Resources<<{resources}>>>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        *extra,
    ]
    for n, content in enumerate(pages):
        objects.append(f"<</Type/Page/Parent 2 0 R/Contents {first + 2 * n + 1} 0 R>>".encode())
        objects.append(stream("\n".join(content).encode("cp1252"), packed=packed))
    objects.append(f"<<{info}>>".encode())
    return _file(objects)


def stream(data: bytes, entries: str = "", packed: bool = False) -> bytes:
    data = zlib.compress(data) if packed else data
    filtered = "/Filter/FlateDecode" if packed else ""
    return f"<<{entries}{filtered}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R/Info {len(objects)} 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
