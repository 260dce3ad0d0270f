"""Bytes to characters: which encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes as guess

from according.errors import NotText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of kinds of file that are no text, and what to call them.
_MAGIC = (
    (b"PK\x03\x04", "a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, film or WebP file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
)
# Encodings that pages are in: Python knows others, some of which take a square of the length.
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*((?:x-)?(?:ascii|us-|utf|unicode|iso|latin|windows|win|cp|ibm|koi|mac|gb|hz|big5|shift|sjis|ms|euc|tis|viscii|johab)[A-Za-z0-9_:.-]{0,24})""",
    re.IGNORECASE,
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CANDIDATES = ["cp1251", "koi8_r", "cp1256", "cp1253", "cp1254", "cp1255", "cp1250", "cp1252", "gb18030", "big5", "shift_jis", "euc_kr"]
_SAMPLE = 65_536


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the encoding that they were in, and what a reader should know of how they were found."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """The characters of ``data``, none changed. Raises :class:`NotText` for what is no text, saying what it is."""
    _refuse_binary(data, name)
    found = _marked(data) or _wide(data) or _utf8(data) or _declared(data) or _guessed(data)
    sample = found.text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) * 50 > len(sample):
        raise NotText(f"{name}: this is binary data, not text; give a page, a text or JSON.")
    return found


def mended(found: Decoded) -> Decoded:
    """``found`` without NUL characters and with UTF-8 that was read as Windows-1252 put right, both told in its notes."""
    text, count = _mend(found.text.replace("\0", ""))
    nuls = found.text.count("\0")
    notes = found.notes + ((f"{nuls} NUL characters left out",) if nuls else ())
    return Decoded(text, found.encoding, notes + ((f"{count} mis-encoded characters mended",) if count else ()))


def _refuse_binary(data: bytes, name: str) -> None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise NotText(f"{name}: this is {kind}, not text; give the page or its text.")
    if data[4:8] == b"ftyp":
        raise NotText(f"{name}: this is a film or sound file, not text; give the page or its text.")


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict_or_replaced(data[len(mark) :], encoding)
    return None


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a byte-order mark: in a text of mostly Latin letters every other byte is NUL."""
    sample = data[:4096]
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if half < 4 or max(even, odd) < 0.4 * half or min(even, odd) > 0.05 * half:
        return None
    return _strict_or_replaced(data, "utf-16-be" if even > odd else "utf-16-le")


def _strict_or_replaced(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return Decoded(data.decode(encoding, "ignore"), encoding, ("some bytes that are no characters left out",))


def _utf8(data: bytes) -> Decoded | None:
    """UTF-8, also where a few bytes of another encoding stand in it or the last character is cut in two."""
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return Decoded(data[: error.start].decode("utf-8"), "utf-8", ("the last character is cut in two",))
    lenient = data.decode("utf-8", "surrogateescape")
    strays = sum("\udc80" <= c <= "\udcff" for c in lenient)
    proper = sum(c > "\x7f" for c in lenient) - strays
    if strays > proper:
        return None
    text = re.sub("[\udc80-\udcff]", lambda m: _cp1252(bytes([ord(m.group()) - 0xDC00])), lenient)
    return Decoded(text, "utf-8", (f"{strays} bytes that are no UTF-8 read as Windows-1252",))


def _declared(data: bytes) -> Decoded | None:
    match = _DECLARED.search(data[:4096])
    if not match:
        return None
    try:
        encoding = codecs.lookup(match.group(1).decode("ascii")).name
        encoding = "cp1252" if encoding in ("iso8859-1", "ascii") else encoding  # as every browser does
        return Decoded(data.decode(encoding), encoding) if encoding != "utf-8" else None
    except (LookupError, ValueError):
        return None


def _guessed(data: bytes) -> Decoded:
    """Windows-1252 where few bytes are beyond ASCII (English with curly quotes), else what fits best."""
    sample = data[:_SAMPLE]
    if sum(b > 0x7F for b in sample) * 20 > len(sample):
        best = guess(sample, cp_isolation=_CANDIDATES).best()
        if best is not None:
            return Decoded(data.decode(best.encoding, "replace"), best.encoding)
    return Decoded(_cp1252(data), "cp1252")


def _cp1252(data: bytes) -> str:
    """Windows-1252, its five holes filled as browsers fill them (with the control of the same number)."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(_CP1252[b] for b in data)


_CP1252 = [bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(256)]
_TO_BYTE = {c: b for b, c in enumerate(_CP1252)}
_TRAIL = re.escape("".join(_CP1252[0x80:0xC0]))
# UTF-8 that was read as Windows-1252: a lead byte and as many trail bytes as it asks for.
_MOJIBAKE = re.compile(f"[\xc3\xc2][{_TRAIL}]|[\xe2\xef][{_TRAIL}]{{2}}|\xf0[{_TRAIL}]{{3}}")


def _mend(text: str) -> tuple[str, int]:
    """Undo UTF-8 read as Windows-1252, where the characters give one proper character again; and how many were mended.

    A capital A with a circumflex or tilde before a sign, or three such characters on end, is no word of any language.
    """
    mended = 0

    def whole(match: re.Match[str]) -> str:
        nonlocal mended
        try:
            found = bytes(_TO_BYTE[c] for c in match.group()).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            return match.group()
        mended += 1
        return found

    return _MOJIBAKE.sub(whole, text), mended
