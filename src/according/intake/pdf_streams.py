"""A look at a PDF before it is opened: streams that would fill the memory once they are unpacked."""

from __future__ import annotations

import re
import zlib

MOST_UNPACKED = 64_000_000  # bytes of one stream that is no picture
MOST_TOGETHER = 400_000_000  # bytes of all of them
MOST_STREAMS = 60_000  # with their ends
_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image|/DCTDecode|/JPXDecode|/CCITTFaxDecode|/JBIG2Decode")
_DICTIONARY = 2000  # bytes before a stream in which it is described
_STEP = 65_536  # bytes taken at once
_PIECE = 8_192  # bytes unpacked at once: what a damaged stream gave before its fault counts as well
_ZLIB = b"\x78"  # with which packed bytes begin
_INNER = 1_000_000  # bytes of a stream within another that are looked at
_NESTED = 3  # streams packed within each other


def is_bomb(data: bytes) -> bool:
    """Whether a stream of ``data`` unpacks to more than 64 MB, or all of them to more than 400 MB, or there are far too many.

    Pictures are not unpacked: nothing looks at them here.
    """
    total = 0
    for number, match in enumerate(_STREAM.finditer(data)):
        if number > MOST_STREAMS:
            return True
        if data[max(match.start() - 3, 0) : match.start()] == b"end":
            continue
        described = data[max(match.start() - _DICTIONARY, 0) : match.start()].rpartition(b"endobj")[2]
        if _PICTURE.search(described) or b"Fl" not in described:
            continue
        total += _unpacked(memoryview(data)[match.end() :], _NESTED)
        if total > MOST_TOGETHER:
            return True
    return False


def _unpacked(packed: memoryview | bytes, depth: int) -> int:
    """How many bytes ``packed`` unpacks to, and what is packed within it; over ``MOST_TOGETHER`` where that is too much."""
    stream, size, first = zlib.decompressobj(), 0, b""
    try:
        for at in range(0, len(packed), _STEP):
            rest: memoryview | bytes = packed[at : at + _STEP]
            while rest and not stream.eof:
                out = stream.decompress(rest, _PIECE)
                if not first or (first[:1] == _ZLIB and len(first) < _INNER):
                    first += out
                size += len(out)
                if size > MOST_UNPACKED:
                    return MOST_TOGETHER + 1
                rest = stream.unconsumed_tail
            if stream.eof:
                break
    except zlib.error:
        pass
    return size + (_unpacked(first, depth - 1) if depth and first[:1] == _ZLIB else 0)
