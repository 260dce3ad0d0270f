"""Inputs made to do harm, and inputs that were merely damaged: some hundred kinds, made when a test asks for them.

``corpus()`` names them all; nothing is made before ``Poison.write(folder)`` is called, the same bytes each time, in pieces where they are
large. What may become of each is told with it:

- ``read``: at least one report comes of it, and all words of ``holds`` stand in the texts of its reports;
- ``refused``: no report comes of it, and one sentence says why;
- ``either``: both are right; where a report comes of it, its texts hold all words of ``holds``.

``room`` tells what kind of thing it is: ``page``, ``text`` and ``json`` go through ``intake.reports.outcomes`` as bytes; ``feed``, ``zip``,
``gzip``, ``warc``, ``pdf`` and ``folder`` are for ``intake.walk.items`` and what comes after it. A folder's ``write`` gives the folder.

All names of places, groups and people in the reports are invented.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

Room = Literal["page", "text", "json", "feed", "zip", "gzip", "warc", "pdf", "folder"]
Outcome = Literal["read", "refused", "either"]

P1 = "Fighters of the Halvet Front attacked an army post near Brenik on Monday, killing 12 soldiers, the army said in a statement."
P2 = "Residents of Brenik told reporters that dozens of families had fled to Tesk after two days of shelling by government troops."
P3 = "The Olvar Monitor said it could not confirm the army's figures, and that two children were among the wounded in the village."
TITLE = "Attack on army post near Brenik"
REPORT = f"<p>{P1}</p>\n<p>{P2}</p>\n<p>{P3}</p>"
PLAIN = f"{TITLE}\n\n{P1}\n\n{P2}\n\n{P3}\n"
ALL = ("killing 12 soldiers", "had fled to Tesk", "among the wounded")
HEAD = f"<!doctype html><html><head><meta charset='utf-8'><title>{TITLE}</title></head><body><h1>{TITLE}</h1>\n"
FOOT = "\n</body></html>"
MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Poison:
    """One kind: the file's name, how it is made (whole, or by a function that writes to a path), and what may become of it."""

    name: str
    make: bytes | Callable[[Path], None]
    outcome: Outcome
    holds: tuple[str, ...] = ()
    room: Room = "page"

    def write(self, folder: Path) -> Path:
        """The file (or folder) made in ``folder``, which is there."""
        path = folder / self.name
        if isinstance(self.make, bytes):
            path.write_bytes(self.make)
        else:
            self.make(path)
        return path


def corpus() -> list[Poison]:
    """All kinds, each under a name of its own, always in the same order."""
    return [
        *_deep(),
        *_large_pages(),
        *_odd_pages(),
        *_encodings(),
        *_characters(),
        *_long_texts(),
        *_repeats(),
        *_scraps(),
        *_json(),
        *_feeds(),
        *_zips(),
        *_gzips(),
        *_warcs(),
        *_pdfs(),
        *_folders(),
    ]


# --- how a kind is made ------------------------------------------------------------------------------------------------------------------


def _written(pieces: Callable[[], Iterable[str]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces())


def _put(made: Callable[[], bytes], path: Path) -> None:
    path.write_bytes(made())


def _page(name: str, pieces: Callable[[], Iterable[str]], outcome: Outcome = "read", holds: tuple[str, ...] = ALL) -> Poison:
    """A page whose body is ``pieces``."""
    return Poison(f"{name}.html", partial(_written, lambda: (HEAD, *pieces(), FOOT)), outcome, holds)


def _bare(name: str, pieces: Callable[[], Iterable[str]]) -> Poison:
    """A page without a word of a report."""
    return Poison(f"{name}.html", partial(_written, lambda: ("<!doctype html><html><head></head><body>", *pieces(), FOOT)), "refused")


def _text(name: str, pieces: Callable[[], Iterable[str]], outcome: Outcome = "read", holds: tuple[str, ...] = ()) -> Poison:
    return Poison(f"{name}.txt", partial(_written, pieces), outcome, holds, "text")


def _many(piece: str, count: int) -> Iterator[str]:
    """``piece`` over and over, a thousand at a time."""
    for _ in range(count // 1000):
        yield piece * 1000
    yield piece * (count % 1000)


def _around(tag: str, depth: int, end: bool = True) -> Callable[[], Iterable[str]]:
    name = tag.split(" ")[0]
    return lambda: (f"<{tag}>" * depth, REPORT, f"</{name}>" * depth if end else "")


def _beside(before: Callable[[], Iterable[str]], after: Callable[[], Iterable[str]] = tuple) -> Callable[[], Iterable[str]]:
    return lambda: (*before(), REPORT, *after())


# --- pages -------------------------------------------------------------------------------------------------------------------------------


def _deep() -> list[Poison]:
    lists = "<ul><li>"
    return [
        _page("nested-260-div", _around("div", 260)),
        _page("nested-5000-div", _around("div", 5_000)),
        _page("nested-260-p-within", lambda: ("".join(f"<div><p>{p}</p>" for p in (P1, P2, P3)), "<div>" * 260, P1, "</div>" * 263)),
        _page("nested-30000-div", _around("div", 30_000)),
        _page("unclosed-100000-div", _around("div", 100_000, end=False), "either"),
        _page("unclosed-50000-div", _around("div", 50_000, end=False)),
        _page("unclosed-20000-p", _around("p", 20_000, end=False)),
        _page("closed-50000-div", _beside(lambda: _many("</div>", 50_000))),
        _page("nested-2000-b", _around("b", 2_000)),
        _page("nested-2000-font", _around("font color=red", 2_000)),
        _page("nested-20000-span", _around("span", 20_000)),
        _page("nested-300-section", _around("section class=body", 300)),
        _page("nested-300-blockquote", _around("blockquote", 300)),
        _page("nested-600-tables", lambda: ("<table><tr><td>" * 600, REPORT, "</td></tr></table>" * 600)),
        _page("nested-10000-tables-unclosed", lambda: ("<table><tr><td>" * 10_000, REPORT)),
        _page("nested-5000-lists", lambda: (lists * 5_000, REPORT, "</li></ul>" * 5_000)),
        _page("nested-300-li-unclosed", lambda: ("<li><dl><dd>" * 300, REPORT)),
        _page("nested-500-forms", lambda: ("<form><fieldset>" * 500, REPORT, "</fieldset></form>" * 500)),
        _page("nested-400-self-closed", _around("div /", 400)),
        _page("nested-300-custom", _around("x-body", 300)),
        _page("nested-100-tables", lambda: ("<table><tr><td>" * 100, REPORT, "</td></tr></table>" * 100)),
        _page("nested-130-lists", lambda: (lists * 130, REPORT, "</li></ul>" * 130)),
        _page("nested-300-h2", _around("h2", 300), "either"),
        _page("nested-300-div-stray-ends", lambda: ("<div></i>" * 300, REPORT)),
        _page("nested-300-div-slash-in-value", lambda: ("<div class=a/>" * 300, REPORT)),
        _page("nested-300-div-in-comment", _beside(lambda: ("<!--", "<div>" * 300, "-->"))),
        _page("misnested-10000", lambda: ("<b><p><i>" * 10_000, REPORT, "</b></i></p>" * 10_000)),
    ]


def _large_pages() -> list[Poison]:
    sentence = "The road between the two towns was closed again on day {} of the fighting, a driver told the paper, and nobody could pass."
    picture = "<img src='data:image/png;base64,{}'>"
    linked = '<script type="application/ld+json">{}</script>'
    article = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": f"{P1}\n\n{P2}\n\n{P3}"})
    return [
        _page("attributes-200000", lambda: ("<div ", *(f"a{n}='x' " for n in range(200_000)), f">{REPORT}</div>")),
        _page("attributes-200000-bare", lambda: ("<div", *_many(" a", 200_000), f">{REPORT}</div>")),
        _page("attribute-2mb", lambda: ("<div title='", *_many("word ", 400_000), f"'>{REPORT}</div>")),
        _page("tag-name-1mb", lambda: ("<", *_many("a", MB), f">{REPORT}")),
        _page("tags-of-299-attributes", _beside(lambda: _many("<i " + " ".join(f"b{n}=c" for n in range(299)) + "></i>", 2_000)), "either"),
        _page("paragraphs-19mb-distinct", lambda: (f"<p>{sentence.format(n)}</p>" for n in range(150_000)), "either", ()),
        _page("paragraphs-19mb-identical", lambda: _many(f"<p>{P1}</p>", 145_000), "either", ALL[:1]),
        _page("paragraphs-6mb-distinct", lambda: (REPORT, *(f"<p>{sentence.format(n)}</p>" for n in range(45_000))), "either"),
        _page("paragraphs-21mb", lambda: _many(f"<p>{P1}</p>", 165_000), "refused", ()),
        _page("links-60000", _beside(lambda: (f"<a href='/a/{n}'>Story {n}</a> " for n in range(60_000))), "either"),
        _page("links-40000", _beside(lambda: (f"<a href='/a/{n}'>Story {n}</a> " for n in range(40_000))), "either"),
        _page("rows-100000", _beside(lambda: ("<table>", *(f"<tr><td>{n}<td>Brenik" for n in range(100_000)), "</table>")), "either"),
        _page("rows-30000", _beside(lambda: ("<table>", *(f"<tr><td>{n}<td>Brenik" for n in range(30_000)), "</table>")), "either"),
        _page("empty-tags-100000", _beside(lambda: _many("<i></i>", 100_000)), "either"),
        _page("breaks-1000000", _beside(lambda: _many("<br>", MB)), "either"),
        _page("breaks-90000", _beside(lambda: _many("<br>", 90_000))),
        _page("entities-1000000", _beside(lambda: ("<p>", *_many("&amp;", MB), "</p>")), "either"),
        _page("entities-numeric-1000000", _beside(lambda: ("<p>", *_many("&#65;", MB), "</p>")), "either"),
        _page("ampersands-1000000", _beside(lambda: ("<p>", *_many("&", MB), "</p>")), "either"),
        _page("angles-1000000", _beside(lambda: ("<p>", *_many("<", MB), "</p>")), "either"),
        _page("open-tags-500000", _beside(lambda: _many("<a ", 500_000)), "either"),
        _page("quotes-in-tag-500000", _beside(lambda: ("<a ", *_many("'\"", 500_000), ">")), "either"),
        _page("pre-10mb", lambda: ("<pre>", *_many(f"{P1}\n\n", 80_000), "</pre>"), "either", ALL[:1]),
        _page("one-line-10mb", lambda: ("<p>", *_many(f"{P2} ", 80_000), "</p>"), "either", ALL[1:2]),
        _page("picture-10mb", _beside(lambda: (picture.format("A" * 10 * MB),))),
        _page("script-10mb", _beside(lambda: ("<script>", *_many("var a = '<div>';\n", 600_000), "</script>"))),
        _page("style-10mb", _beside(lambda: ("<style>", *_many("p > a { color: red }\n", 450_000), "</style>"))),
        _page("comments-50000", _beside(lambda: _many("<!-- a -- > b -->", 50_000))),
        _page("linked-data-10mb", _beside(lambda: (linked.format(json.dumps({"@type": "NewsArticle", "keywords": "a, " * 3_400_000})),))),
        _page("linked-data-deep", _beside(lambda: (linked.format("[" * 10_000 + "]" * 10_000),))),
        _page("linked-data-broken", _beside(lambda: (linked.format('{"headline": "\\ud800 \\u12", "datePublished": "2031-13-45"}'),))),
        _page("linked-data-many", _beside(lambda: _many(linked.format('{"@type": "Person", "name": "A"}'), 20_000))),
        _page("linked-data-only", lambda: (linked.format(article), "<div id='app'></div>"), "either"),
        _page("meta-50000", _beside(lambda: _many("<meta property='article:tag' content='a'>", 50_000))),
        _page("paragraphs-20000-in-190-div", lambda: ("<div>" * 190, REPORT, *_many(f"<p>{P3}</p>", 20_000), "</div>" * 190), "either"),
        _page("leads-20000", _beside(lambda: _many(f"<p class=lead>{P2} Nobody was hurt.</p>", 20_000)), "either"),
        _page("comments-headings-30000", _beside(tuple, lambda: _many("<h3>2 Comments</h3><p>Anvar said:</p>", 20_000)), "either"),
        _page("titles-20000", _beside(lambda: _many(f"<h1>{TITLE}</h1>", 20_000))),
    ]


def _odd_pages() -> list[Poison]:
    cookies = "<p>We use cookies to give you the best experience. By clicking accept you agree to our cookie policy.</p>"
    return [
        _page("comment-unended-after", _beside(tuple, lambda: ("<!-- ", "x" * 1000))),
        _page("comment-unended-before", _beside(lambda: ("<!-- ",)), "either"),
        _page("script-unended-after", _beside(tuple, lambda: ("<script>var a = 1;",))),
        _page("script-unended-before", _beside(lambda: ("<script>var a = 1;",)), "either"),
        _page("cdata-unended-before", _beside(lambda: ("<![CDATA[",)), "either"),
        _page("attribute-unended", _beside(lambda: ("<a href='",)), "either", ()),
        _page("title-unended", lambda: ("<title>", REPORT), "either"),
        _page("textarea-unended", _beside(lambda: ("<textarea>",)), "either"),
        _page("plaintext", lambda: ("<plaintext>", REPORT), "either"),
        _page("noscript", lambda: ("<noscript>", REPORT, "</noscript>"), "either"),
        _page("template", lambda: ("<template>", REPORT, "</template>"), "either"),
        _page("iframe-within", lambda: ("<iframe>", REPORT, "</iframe>"), "either"),
        _page("svg-text", _beside(lambda: (f"<svg><text>{'Nothing of note. ' * 50}</text></svg>",))),
        _page("svg-around", lambda: ("<svg><foreignObject>", REPORT, "</foreignObject></svg>"), "either"),
        _page("math-around", lambda: ("<math><mtext>", REPORT, "</mtext></math>"), "either"),
        _page("pre", lambda: ("<pre>", PLAIN * 5, "</pre>")),
        _bare("refresh-only", lambda: ("<meta http-equiv='refresh' content='0;url=https://example.org/'>",)),
        _bare("frames-only", lambda: ("<frameset cols='20%,80%'><frame src='a.html'><frame src='b.html'></frameset>",)),
        _page("cookie-wall-only", lambda: (f"<div class='cookie-consent'>{cookies}</div>",), "either", ()),
        _bare("nothing-seen", lambda: ("<div id='app'></div><script src='/app.js'></script>",)),
        Poison("html-within-html.html", (HEAD + (HEAD + REPORT + FOOT) * 3 + FOOT).encode(), "read", ALL),
        Poison("head-only.html", b"<!doctype html><html><head><title>", "refused"),
        Poison("doctype-entities.html", _laughs().replace("rss", "html").replace("&i;", REPORT).encode(), "either"),
        Poison(
            "xhtml.html",
            f"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>{REPORT}</body></html>".encode(),
            "read",
            ALL,
        ),
    ]


# --- encodings and characters ------------------------------------------------------------------------------------------------------------


def _encodings() -> list[Poison]:
    page = HEAD + REPORT + FOOT
    plain = page.replace("<meta charset='utf-8'>", "")

    def declared(name: str) -> str:
        return plain.replace("<head>", f"<head><meta charset='{name}'>")

    curly = PLAIN.replace("the army's", "the army’s").replace("Tesk", "Tésk")
    overlong = PLAIN.encode().replace(b"Brenik", b"Bren\xc0\xafik")
    surrogates = PLAIN.replace("Brenik", "Brenik \U0001f525").encode("utf-16", "surrogatepass").decode("utf-16")
    cesu = b"".join(c.encode() if c < "\U00010000" else b"\xed\xa0\xbd\xed\xb4\xa5" for c in surrogates)
    return [
        Poison("charset-unknown.html", declared("x-none-such-42").encode(), "read", ALL),
        Poison("charset-a-codec.html", declared("rot13").encode(), "read", ALL),
        Poison("charset-zip.html", declared("zlib_codec").encode() + b"\xff", "either", ALL),
        Poison("charset-undefined.html", declared("undefined").encode() + b"\xff", "either", ALL),
        Poison("charset-lie-cp1251.html", page.replace("Olvar", "«Олвар»").encode("cp1251"), "read", ALL),
        Poison("charset-lie-utf16.html", declared("utf-16").encode(), "read", ALL),
        Poison("charset-lie-latin1.html", declared("iso-8859-1").replace("army's", "army’s").encode(), "read", (*ALL, "army’s")),
        Poison("charset-utf7.html", declared("utf-7").replace("Olvar", "+AE8-lvar").encode(), "read", ALL),
        Poison("nul-throughout.html", "\0".join(page).encode(), "read", ALL),
        Poison("nul-among.txt", PLAIN.replace(" ", " \0").encode(), "either", ALL, "text"),
        Poison("nul-few.txt", PLAIN.replace("12 ", "12 \0").encode(), "read", ALL, "text"),
        Poison("nul-only.txt", bytes(100_000), "refused", (), "text"),
        Poison("nul-20mb.txt", partial(_zero_file, 19), "refused", (), "text"),
        Poison("utf16le-unmarked.html", plain.encode("utf-16-le"), "read", ALL),
        Poison("utf16be-unmarked.html", plain.encode("utf-16-be"), "read", ALL),
        Poison("utf16le-unmarked.txt", PLAIN.encode("utf-16-le"), "read", ALL, "text"),
        Poison("utf16be-odd.txt", PLAIN.encode("utf-16-be") + b"\0", "read", ALL, "text"),
        Poison("utf32.txt", PLAIN.encode("utf-32"), "read", ALL, "text"),
        Poison("utf32-unmarked.txt", PLAIN.encode("utf-32-le"), "either", (), "text"),
        Poison("utf8-overlong.txt", overlong, "read", ALL, "text"),
        Poison("utf8-cesu.txt", cesu, "read", ALL, "text"),
        Poison("utf8-cut.txt", PLAIN.encode() + "é".encode()[:1], "read", ALL, "text"),
        Poison("utf8-strays.txt", PLAIN.encode().replace(b" ", b" \xff", 5), "read", ALL, "text"),
        Poison(
            "mojibake-thrice.txt", curly.encode().decode("cp1252").encode().decode("cp1252", "ignore").encode(), "read", ALL[:1], "text"
        ),
        Poison("mark-in-the-middle.txt", PLAIN.replace("12 soldiers", "\ufeff12 \ufeffsol\ufeffdiers").encode(), "read", ALL, "text"),
        Poison("mark-ten-times.html", b"\xef\xbb\xbf" * 10 + page.encode(), "read", ALL),
        Poison("mark-only.txt", b"\xef\xbb\xbf", "refused", (), "text"),
        Poison("mark-only-utf16.txt", b"\xff\xfe", "refused", (), "text"),
    ]


def _zero_file(size: int, path: Path) -> None:
    """``size`` million zero bytes, none of them on the disk."""
    with path.open("wb") as file:
        file.truncate(size * MB)


def _characters() -> list[Poison]:
    """Texts that are not what they seem, each as a page and as a text."""
    towers = "".join(chr(c) for c in range(0x300, 0x34F))
    spoilt = {
        "override": PLAIN.replace("killing 12", "killing \u202e21\u202c"),
        "override-unended": PLAIN.replace("killing 12", "killing \u202e21"),
        "override-sentence": PLAIN.replace(P3, f"\u202e{P3[::-1]}\u202c"),
        "override-nested": PLAIN.replace("killing 12", "killing \u202e\u202d12\u202c\u202c"),
        "isolates": PLAIN.replace("12 soldiers", "\u206712\u2069 \u2068soldiers\u2069"),
        "embeddings": PLAIN.replace("12 soldiers", "\u202b12\u202c \u202asoldiers\u202c"),
        "marks": PLAIN.replace("12 soldiers", "\u200f12\u200e \u061csoldiers"),
        "isolates-100000": PLAIN + "\u2066" * 100_000,
        "overrides-100000": PLAIN + "\u202ea" * 100_000,
        "zero-width": PLAIN.replace("killing 12 soldiers", "kil\u200bling 1\u200b2 sol\u2060di\u200cers\u200d"),
        "zero-width-throughout": "\u200b".join(PLAIN),
        "soft-hyphens": PLAIN.replace("soldiers", "sol\u00addi\u00aders"),
        "tag-characters": PLAIN.replace("soldiers", "soldiers" + "".join(chr(0xE0000 + ord(c)) for c in "none were killed")),
        "selectors": PLAIN.replace("soldiers", "s\ufe00o\ufe0fl\U000e0100diers"),
        "joiners": PLAIN.replace("soldiers", "sol\u034fdiers"),
        "towers": PLAIN.replace("killing 12 soldiers", "".join(c + towers for c in "killing") + " 12 soldiers"),
        "tower-1mb": PLAIN + "Z" + towers * 13_000,
        "homoglyphs": PLAIN.replace("dozens of families", "dоzеns оf fаmіlіеs"),  # Cyrillic о, е, а, і
        "private-use": PLAIN + "\ue000\uf8ff\U000f0000 " * 300,
        "noncharacters": PLAIN.replace("soldiers", "sol\ufdd0di\ufffeers\U0001ffff"),
        "controls": PLAIN.replace("soldiers", "sol\x01di\x02ers\x7f"),
        "escapes": PLAIN.replace("12 soldiers", "\x1b[31m12\x1b[0m \x1b]0;title\x07soldiers"),
        "line-separators": PLAIN.replace("\n\n", "\u2028\u2029\x85\x0b\x0c"),
        "blank-letters": PLAIN.replace("12 soldiers", "12\u3164soldiers"),
        "wide-blanks": PLAIN.replace(" ", "\u3000"),
    }
    seen: dict[str, tuple[str, ...]] = {"homoglyphs": (ALL[0], ALL[2]), "override-unended": ALL[1:]}
    return [
        kind
        for name, text in spoilt.items()
        for kind in (
            Poison(f"{name}.txt", text.encode("utf-8"), "read", seen.get(name, ALL), "text"),
            Poison(f"{name}.html", f"{HEAD}{_marked_up(text)}{FOOT}".encode(), "read", seen.get(name, ALL)),
        )
    ]


def _marked_up(text: str) -> str:
    return "".join(f"<p>{part}</p>\n" for part in text.removeprefix(TITLE).split("\n\n"))


# --- texts -------------------------------------------------------------------------------------------------------------------------------


def _long_texts() -> list[Poison]:
    names = "Anvar Belik Corin Dovan Eskel Faron Galin Hadrin".split()
    clause = "the army said that {} soldiers had been killed near Brenik and that fighters had taken the village of {}"
    return [
        _text("word-1mb", lambda: (PLAIN, *_many("a", MB)), "either", ALL),
        _text("word-1mb-alone", lambda: _many("killed", 170_000), "either"),
        _text("newlines-500000", lambda: (PLAIN, *_many("\n", 500_000), P1), "read", ALL),
        _text("newlines-between-100000", lambda: (PLAIN, *_many("\n \n", 100_000)), "read", ALL),
        _text("lines-100000-short", lambda: (PLAIN, *_many("Brenik\n", 100_000)), "either", ALL),
        _text("lines-20000-says", lambda: (PLAIN, *_many("Anvar Belik says:\n", 20_000)), "either", ALL[:2]),
        _text("lines-20000-comments", lambda: (PLAIN, *_many("Anvar\nMay 4, 2031 at 3:15 pm\nNo.\n", 20_000)), "either", ALL[:2]),
        _text("lines-20000-related", lambda: (PLAIN, *_many("Related stories\n", 20_000)), "either", ALL[:2]),
        _text("punctuation-only", lambda: _many(".,;:!?()[]-–—'\"", 20_000), "refused"),
        _text("digits-only", lambda: _many("0123456789 ", 20_000), "refused"),
        _text("digits-1mb-run", lambda: (PLAIN, *_many("7", MB), " people were killed."), "either", ALL),
        _text(
            "sentence-50000-words",
            lambda: (PLAIN, "At Brenik ", ", and ".join(clause.format(n, names[n % 8]) for n in range(2_500)), "."),
            "either",
            ALL,
        ),
        _text("sentence-50000-words-bare", lambda: (PLAIN, *_many("soldiers were killed near the town of Brenik ", 6_000)), "either", ALL),
        _text(
            "list-of-20000-names",
            lambda: (PLAIN, "Killed were ", ", ".join(f"{names[n % 8]} {names[n // 8 % 8]}" for n in range(20_000)), "."),
            "either",
            ALL,
        ),
        _text("quotes-100000", lambda: (PLAIN, *_many('"', 100_000)), "either", ALL),
        _text("quotes-among-20000", lambda: (PLAIN, *_many('" he said " they said, ', 20_000)), "either", ALL),
        _text("curly-quotes-unbalanced-50000", lambda: (PLAIN, *_many("“The army said ‘yes. ", 50_000)), "either", ALL),
        _text("parentheses-10000", lambda: (PLAIN, "(the army " * 10_000, "said" + ")" * 10_000), "either", ALL),
        _text("brackets-100000", lambda: (PLAIN, *_many("(", 100_000)), "either", ALL),
        _text("reports-1mb", lambda: (f"{P1} {P2} {P3} On day {n} nobody was hurt.\n\n" for n in range(2_500)), "either", ALL),
        _text(
            "said-that-said-that",
            lambda: (PLAIN, "The army ", *_many("said that the monitor said that the army ", 5_000), "killed 12."),
            "either",
            ALL,
        ),
        _text("russian", lambda: _many("Армия сообщила, что двенадцать солдат были убиты возле деревни. ", 50), "refused"),
        _text("chinese-500kb", lambda: _many("军队说,星期一有十二名士兵在村庄附近丧生。", 8_000), "either"),
        _text("arabic", lambda: _many("قال الجيش إن اثني عشر جنديا قتلوا قرب القرية يوم الاثنين. ", 50), "refused"),
        _text("hangul-jamo-500kb", lambda: _many("ᄒ\u1161\u11ab", 60_000), "either"),
        _text("emoji-500kb", lambda: (PLAIN, *_many("🔥👨\u200d👩\u200d👧 ", 20_000)), "either", ALL),
    ]


def _repeats() -> list[Poison]:
    """One thing over and over, as would catch a pattern that gives back what it took."""
    pieces = {
        "a": "a",
        "a-comma": "a,",
        "a-blank": "a ",
        "letter-capital-dot": "A.",
        "capitals": "A ",
        "names": "Anvar ",
        "names-and": "Anvar Belik and ",
        "of-the": "of the ",
        "hyphens": "-",
        "dashes": " – ",
        "word-hyphens": "north-",
        "dots": ".",
        "dots-apart": ". ",
        "blanks": " ",
        "tabs": "\t",
        "no-break-blanks": "\u00a0",
        "one-comma": "1,",
        "one-dot": "1.",
        "one-dash": "1-",
        "one-slash": "1/",
        "one-colon": "1:",
        "thousands": "000,",
        "percent": "1% ",
        "number-words": "one hundred and ",
        "and-a-half": "and a half ",
        "at-least": "at least ",
        "between-and": "between 3 and 4 ",
        "months": "January ",
        "may": "May 4, ",
        "days": "Monday ",
        "weeks-ago": "two weeks ago ",
        "since": "since last ",
        "apostrophes": "'",
        "owners": "Anvar's ",
        "quotes-said": '" said ',
        "colons": "army: ",
        "brackets-pairs": "()",
        "by": "By Anvar ",
        "pipes": "Home | ",
        "bullets": "• ",
        "slashes": "/a",
        "at": "a@",
        "addresses": "https://a.example/",
        "ampersands": "&",
        "backslashes": "\\",
        "accents": "é",
        "capital-accents": "É ",
        "not": "not ",
        "killed": "killed ",
        "killed-by": "killed by ",
        "near": "near Brenik ",
        "north-of": "north of ",
        "km": "5 km from ",
        "who-said": "who said ",
        "alleged": "allegedly ",
        "published": "Published: ",
    }
    return [_text(f"repeat-{name}", partial(_repeated, piece), "either", ALL[:2]) for name, piece in pieces.items()]


def _repeated(piece: str) -> Iterator[str]:
    """A report, a line of 20,000 characters of ``piece``, and a sentence after it that no pattern foresees."""
    yield f"{P1}\n\n{P2}\n\n"
    yield (piece * (20_000 // len(piece) + 1))[:20_000]
    yield "!\n\nNothing more was known on Monday evening.\n"


def _scraps() -> list[Poison]:
    noise = b"".join(zlib.crc32(bytes([n & 255, n >> 8])).to_bytes(4, "big") for n in range(20_000))
    return [
        Poison("binary.html", noise, "refused"),
        Poison("binary-after-page.html", (HEAD + REPORT).encode() + noise, "either", ()),
        Poison("picture.html", b"\x89PNG\r\n\x1a\n" + noise, "refused"),
        Poison("empty.html", b"", "refused"),
        Poison("one-byte.txt", b"a", "either", (), "text"),
        Poison("one-byte-high.txt", b"\xff", "either", (), "text"),
        Poison("one-angle.html", b"<", "either"),
        Poison("blanks-only.txt", b" \r\n\t" * 50_000, "refused", (), "text"),
        Poison("one-word.txt", b"killed", "read", ("killed",), "text"),
    ]


# --- JSON and feeds ----------------------------------------------------------------------------------------------------------------------


def _record(text: str, **more: object) -> str:
    return json.dumps({"text": text, **more})


def _raw_json(name: str, pieces: Callable[[], Iterable[str]], outcome: Outcome, holds: tuple[str, ...] = ()) -> Poison:
    return Poison(name, partial(_written, pieces), outcome, holds, "json")


def _json() -> list[Poison]:
    good = _record(f"{P1}\n\n{P2}\n\n{P3}")
    bare = f'"{P1} {P2} {P3}"'
    text = f'"text": {bare}'
    other = _record(f"{P2} {P3}")
    return [
        _raw_json("deep-lists.json", lambda: ('[{"a":', *_many("[", 100_000), *_many("]", 100_000), "}]"), "refused"),
        _raw_json("deep-objects.json", lambda: (*_many('{"a":', 100_000), "1", *_many("}", 100_000)), "refused"),
        _raw_json("deep-beside.jsonl", lambda: (good, "\n", '{"a":' * 50_000, "1", "}" * 50_000, "\n", other), "read", ALL),
        _raw_json("huge-number.json", lambda: (f'{{{text}, "n": ', *_many("9", MB), "}"), "either", ALL),
        _raw_json("huge-exponent.json", lambda: (f'{{{text}, "n": 1e999999999}}',), "read", ALL),
        _raw_json("number-id.json", lambda: (f'{{{text}, "id": {"9" * 400}}}',), "either", ALL),
        _raw_json("text-19mb.json", lambda: ('{"text": "', *_many(f"{P1} ", 145_000), '"}'), "either", ALL[:1]),
        _raw_json("text-21mb.json", lambda: ('{"text": "', *_many(f"{P1} ", 165_000), '"}'), "refused"),
        _raw_json("records-300.jsonl", lambda: (f'{{"id": "r{n}", "text": "{n}: {P1}"}}\n' for n in range(300)), "read", ALL[:1]),
        _raw_json("keys-repeated.json", lambda: (f'{{"text": "no", "text": {bare}}}',), "read", ALL),
        _raw_json("keys-100000.json", lambda: (f"{{{text}", *(f', "k{n}": {n}' for n in range(100_000)), "}"), "read", ALL),
        _raw_json("not-a-number.json", lambda: (f'{{{text}, "a": NaN, "b": -Infinity}}',), "either", ALL),
        _raw_json("half-a-character.json", lambda: ('{"text": "\\ud800 was killed near Brenik on Monday, the army said."}',), "refused"),
        _raw_json("half-a-character-in-title.json", lambda: (f'{{{text}, "title": "\\udc00", "id": "\\ud83d"}}',), "either", ALL),
        _raw_json(
            "nul-in-fields.json", lambda: (f'{{{text}, "title": "a\\u0000b", "id": "a\\u0000b", "source": "\\u0000"}}',), "either", ALL
        ),
        _raw_json(
            "nul-in-text.json",
            lambda: ('{"text": "The army said 12 soldiers were killed \\u0000 near Brenik."}',),
            "either",  # read, and then refused by a ledger: not every database keeps NULs
            ("killed \0 near",),
        ),
        _raw_json("tower-in-text.json", lambda: ('{"text": "', P1, " Z", *_many("\u0301\u0316", 100_000), '"}'), "either", ALL[:1]),
        _raw_json("zero-width-in-text.json", lambda: (_record(P1.replace("soldiers", "sol\u200bdiers")),), "read", ("sol\u200bdiers",)),
        _raw_json("override-in-text.json", lambda: (_record(P1.replace("12", "\u202e21\u202c")),), "read", ("killing \u202e21\u202c",)),
        _raw_json("wrong-types.json", lambda: ('{"text": ["a"], "published": 7, "title": {}}',), "refused"),
        _raw_json("text-null.json", lambda: ('{"text": null}',), "refused"),
        _raw_json("text-missing.json", lambda: ('{"body": "The army said."}',), "refused"),
        _raw_json("day-impossible.json", lambda: (f'{{{text}, "published": "2031-02-30"}}',), "refused"),
        _raw_json("url-odd.json", lambda: (f'{{{text}, "url": "javascript:alert(1)//\\n\\u202e"}}',), "either", ALL),
        _raw_json("id-1mb.json", lambda: (f'{{{text}, "id": "', *_many("x", MB), '"}'), "either", ALL),
        _raw_json("title-1mb.json", lambda: (f'{{{text}, "title": "', *_many("The army ", 110_000), '"}'), "either", ALL),
        _raw_json("unended.json", lambda: ('{"text": "The army said on',), "refused"),
        _raw_json("list-empty.json", lambda: ("[]",), "refused"),
        _raw_json("list-of-numbers.json", lambda: ("[{}, 1, null, true]",), "refused"),
        _raw_json("bad-line-in-the-middle.jsonl", lambda: (good, '\n{"text": \n', other), "read", ALL),
        _raw_json("carriage-returns.jsonl", lambda: ("\r".join([good, other]),), "either", ALL),
        _raw_json("line-separator-in-text.jsonl", lambda: (good.replace("soldiers,", "soldiers,\u2028"), "\n", other), "read", ALL),
        _raw_json("bytes-in-line.jsonl", lambda: (good, "\n", "\x00\x01\x02" * 1000, "\n", other), "either", ALL),
    ]


def _laughs() -> str:
    """Entities that tell of each other: a billion words out of a kilobyte."""
    rows = "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    return f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'laugh'>{rows}]><rss version='2.0'><channel><title>&i;</title></channel></rss>"


def _item(n: object, text: str) -> str:
    return f"<item><title>Story {n}</title><link>https://example.org/{n}</link><description>{text}</description></item>"


def _feed(items: Iterable[str], head: str = "") -> Iterator[str]:
    yield f"<?xml version='1.0' encoding='utf-8'?>{head}<rss version='2.0'><channel><title>North News</title>"
    yield from items
    yield "</channel></rss>"


def _feeds() -> list[Poison]:
    outside = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    fetched = "<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/none.dtd'>"

    def feed(name: str, pieces: Callable[[], Iterable[str]]) -> Poison:
        return Poison(name, partial(_written, pieces), "either", (), "feed")

    return [
        feed("laughs.xml", lambda: (_laughs(),)),
        feed("external-entity.rss", lambda: _feed([_item(1, "&x;")], outside)),
        feed("external-definition.rss", lambda: _feed([_item(1, P1)], fetched)),
        feed("items-100000.rss", lambda: _feed(_item(n, "A story.") for n in range(100_000))),
        feed("deep.xml", lambda: _feed([*_many("<item>", 100_000)])),
        feed(
            "to-itself.atom",
            lambda: (
                "<feed xmlns='http://www.w3.org/2005/Atom'><link rel='self' href='to-itself.atom'/>",
                "<entry><title>A</title><link href='to-itself.atom'/></entry></feed>",
            ),
        ),
        feed(
            "odd-links.rss", lambda: _feed(_item(u, "A story.") for u in ("javascript:1", "../../../etc/passwd", "\u202ea", "a" * 10_000))
        ),
        feed("cut.rss", lambda: ["".join(_feed([_item(1, P1)]))[:150]]),
        feed("empty.rss", lambda: _feed([])),
    ]


# --- archives ----------------------------------------------------------------------------------------------------------------------------


_GOOD_PAGE = (HEAD + REPORT + FOOT).encode()


def _squeezed(size: int, wbits: int) -> Iterator[bytes]:
    """``size`` million zero bytes, squeezed: one piece of a million that repeats, since each begins afresh."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    first = squeezer.compress(bytes(MB)) + squeezer.flush(zlib.Z_FULL_FLUSH)
    piece = squeezer.compress(bytes(MB)) + squeezer.flush(zlib.Z_FULL_FLUSH)
    yield first
    yield from (piece for _ in range(size - 2))
    for _ in range(size - 2):
        squeezer.compress(bytes(MB))  # so that the sum at the end is right
    yield squeezer.compress(bytes(MB)) + squeezer.flush()


def _zipped(members: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _nested(levels: int, copies: int) -> bytes:
    """Archives within archives: ``copies`` to the power of ``levels`` times ten million zeros at the bottom."""
    data = _zipped([("0.txt", bytes(10 * MB))])
    for _ in range(levels):
        data = _zipped((f"{n}.zip", data) for n in range(copies))
    return data


def _zip_of_zeros(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open(zipfile.ZipInfo("zeros.txt"), "w", force_zip64=True) as member:
            for _ in range(1000):
                member.write(bytes(MB))
        archive.writestr(zipfile.ZipInfo("report.html"), _GOOD_PAGE)


def _zip_of_many(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for n in range(3_000):
            archive.writestr(zipfile.ZipInfo(f"{n}.txt"), b"A.")


def _linked(name: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return info, target.encode()


def _patched(data: bytes, central: int, local: int, value: bytes) -> bytes:
    """``data`` with ``value`` in each member's headers, at the offsets told in the central and in the local one."""
    out = bytearray(data)
    for mark, offset in ((b"PK\x01\x02", central), (b"PK\x03\x04", local)):
        at = out.find(mark)
        while at >= 0:
            out[at + offset : at + offset + len(value)] = value
            at = out.find(mark, at + 4)
    return bytes(out)


def _overlapping() -> bytes:
    """A thousand members in the directory that all lie at the same place."""
    whole = _zipped([("0.txt", bytes(10 * MB))])
    start = whole.find(b"PK\x01\x02")
    end = whole.find(b"PK\x05\x06")
    directory = b"".join(whole[start:end].replace(b"0.txt", f"{n:05d}"[-5:].encode()) for n in range(1000))
    return whole[:start] + directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1000, 1000, len(directory), start, 0)


def _zips() -> list[Poison]:
    page = ("report.html", _GOOD_PAGE)
    whole = _zipped([page, ("b.txt", PLAIN.encode())])

    def archive(name: str, make: bytes | Callable[[Path], None], outcome: Outcome = "either", holds: tuple[str, ...] = ()) -> Poison:
        return Poison(f"{name}.zip", make, outcome, holds, "zip")

    def mixed() -> bytes:
        return _zipped([("bad.html", b""), ("bomb.gz", gzip.compress(bytes(20 * MB), mtime=0)), page])

    return [
        archive("bomb-nested", partial(_put, partial(_nested, 4, 16)), "refused"),
        archive("bomb-one-member", _zip_of_zeros),
        archive("bomb-overlapping", partial(_put, _overlapping), "refused"),
        archive("climbing", _zipped([("../../../../tmp/climbed.html", _GOOD_PAGE), ("a/../../b.html", _GOOD_PAGE), page])),
        archive(
            "absolute", _zipped([("/etc/climbed.html", _GOOD_PAGE), ("C:\\climbed.html", _GOOD_PAGE), ("\\\\host\\a.html", _GOOD_PAGE)])
        ),
        archive("link", _zipped([_linked("passwd.txt", "/etc/passwd"), page])),
        archive("encrypted", _patched(whole, 8, 6, b"\x01\x00"), "refused"),
        archive("method-unknown", _patched(whole, 10, 8, b"\x63\x00"), "refused"),
        archive("directory-damaged", whole[: whole.find(b"PK\x01\x02") + 20] + b"\xff" * 20 + whole[whole.find(b"PK\x01\x02") + 40 :]),
        archive("cut", whole[: len(whole) // 2], "refused"),
        archive("members-damaged", whole[:60] + bytes(100) + whole[160:]),
        archive("sizes-lie", partial(_put, lambda: _patched(_zipped([("a.txt", bytes(50 * MB))]), 24, 22, struct.pack("<I", 100)))),
        archive("sizes-lie-huge", _patched(whole, 24, 22, struct.pack("<I", 0xFFFFFFF0))),
        archive("members-3000", _zip_of_many),
        archive("empty", _zipped([]), "refused"),
        archive("only-folders", _zipped([("a/", b""), ("a/b/", b"")]), "refused"),
        archive(
            "names-odd",
            _zipped([("a\nb\u202e.html", _GOOD_PAGE), ("\x01.html", _GOOD_PAGE), ("a" * 5_000 + ".html", _GOOD_PAGE), ("", b"")]),
        ),
        archive("names-same", _zipped([page, ("report.htm_", _GOOD_PAGE)]).replace(b"report.htm_", b"report.html")),
        archive("comment-64kb", whole[:-2] + b"\xff\xff" + b"PK\x05\x06" * 16_383 + b"abc"),
        archive("good-and-bad", partial(_put, mixed), "read", ALL),
        Poison("not-a-zip.zip", b"PK\x03\x04" + b"\xff" * 1000, "refused", (), "zip"),
    ]


def _gzip_of_zeros(path: Path) -> None:
    with path.open("wb") as file:
        file.writelines(_squeezed(1000, 31))


def _gzips() -> list[Poison]:
    squeezed = gzip.compress(_GOOD_PAGE, mtime=0)
    again = squeezed
    for _ in range(20):
        again = gzip.compress(again, mtime=0)
    return [
        Poison("bomb.txt.gz", _gzip_of_zeros, "refused", (), "gzip"),
        Poison("bomb.warc.gz", _gzip_of_zeros, "refused", (), "gzip"),
        Poison("cut.html.gz", squeezed[: len(squeezed) // 2], "either", (), "gzip"),
        Poison("sum-wrong.html.gz", squeezed[:-8] + bytes(8), "either", ALL, "gzip"),
        Poison("twenty-deep.html.gz", again, "either", ALL, "gzip"),
        Poison("members-50000.txt.gz", gzip.compress(b"a ", mtime=0) * 50_000, "either", (), "gzip"),
        Poison("head-only.html.gz", squeezed[:10], "refused", (), "gzip"),
    ]


def _response(body: bytes, url: str = "https://example.org/a", headers: str = "", length: object = None, kind: str = "response") -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-05-04T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http) if length is None else length}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def _warcs() -> list[Poison]:
    good = _response(_GOOD_PAGE)

    def bomb() -> bytes:
        return _response(b"".join(_squeezed(200, 31)), headers="Content-Encoding: gzip\r\n") + good

    def warc(name: str, make: bytes | Callable[[Path], None], outcome: Outcome = "either", holds: tuple[str, ...] = ()) -> Poison:
        return Poison(name, make, outcome, holds, "warc")

    return [
        warc("cut.warc", good[: len(good) * 2 // 3]),
        warc("cut-after-good.warc", good + good[: len(good) // 2], "read", ALL),
        warc("length-absurd.warc", _response(_GOOD_PAGE, length=10**18)),
        warc("length-negative.warc", _response(_GOOD_PAGE, length=-5) + good),
        warc("length-no-number.warc", _response(_GOOD_PAGE, length="many") + good),
        warc("body-bomb.warc", partial(_put, bomb), "read", ALL),
        warc(
            "body-cut-gzip.warc",
            _response(gzip.compress(_GOOD_PAGE, mtime=0)[:100], headers="Content-Encoding: gzip\r\n") + good,
            "read",
            ALL,
        ),
        warc("chunks-lie.warc", _response(b"FFFFFFFF\r\nabc", headers="Transfer-Encoding: chunked\r\n") + good, "read", ALL),
        warc("headers-1mb.warc", partial(_put, lambda: _response(_GOOD_PAGE, headers="X-A: " + "a" * MB + "\r\n") + good), "either", ALL),
        warc("url-odd.warc", _response(_GOOD_PAGE, url="file:///etc/passwd\u202e") + good, "read", ALL),
        warc("noise-between.warc", good + b"\xff\xfe" * 500 + good, "either", ALL),
        warc("records-5000.warc", _response(b"") * 5_000 + good, "either", ALL),
        warc("cut.warc.gz", gzip.compress(good, mtime=0)[:-30]),
    ]


# --- PDF ---------------------------------------------------------------------------------------------------------------------------------


def _pdf(objects: Iterable[bytes], trailer: str = "") -> bytes:
    """A PDF of ``objects``, numbered from 1, the first its catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % at for at in places)
    size = len(places) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\n" % (size, rows, size, trailer.encode()))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def _stream(data: bytes, extra: str = "") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra.encode(), data)


def _words(lines: Iterable[str]) -> bytes:
    """A page's content: each line below the last."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    return f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET".encode()


def _wrapped(text: str, width: int = 80) -> Iterator[str]:
    line = ""
    for word in text.split():
        if len(line) + len(word) >= width:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line


_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_SHEET = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>"


def _sheets(pages: int, content: bytes) -> Iterator[bytes]:
    """The objects of a PDF whose ``pages`` pages all show the same ``content``."""
    kids = " ".join(f"{5 + n} 0 R" for n in range(pages))
    yield b"<< /Type /Catalog /Pages 2 0 R >>"
    yield f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>".encode()
    yield _FONT
    yield content
    for _ in range(pages):
        yield _SHEET.format(4).encode()


def _pdfs() -> list[Poison]:
    content = _stream(_words([TITLE, "", *_wrapped(P1), "", *_wrapped(P2), "", *_wrapped(P3)]))
    good = _pdf(_sheets(1, content))
    locked = f"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
    looped = b"<< /Type /Pages /Count 1 /Kids [2 0 R] /Parent 2 0 R >>"

    def bomb() -> bytes:
        return _pdf(_sheets(2, _stream(b"".join(_squeezed(100, 15)), "/Filter /FlateDecode")))

    def twice() -> bytes:
        return _pdf(_sheets(1, _stream(zlib.compress(b"".join(_squeezed(200, 15)), 9), "/Filter [/FlateDecode /FlateDecode]")))

    def pdf(name: str, make: bytes | Callable[[Path], None], outcome: Outcome = "either", holds: tuple[str, ...] = ()) -> Poison:
        return Poison(f"{name}.pdf", make, outcome, holds, "pdf")

    return [
        pdf("good", good, "read", ("killing 12", "Tesk")),
        pdf("pages-10000", partial(_put, lambda: _pdf(_sheets(10_000, content)))),
        pdf("pages-400", partial(_put, lambda: _pdf(_sheets(400, content)))),
        pdf("cut", good[: len(good) // 2]),
        pdf("head-only", b"%PDF-1.7\n", "refused"),
        pdf("tail-missing", good[: good.rfind(b"xref")]),
        pdf("encrypted", _pdf(_sheets(1, content), f"/Encrypt {locked} /ID [<41> <41>]"), "refused"),
        pdf("no-pages", _pdf(_sheets(0, content)), "refused"),
        pdf("no-words", _pdf(_sheets(3, _stream(b""))), "refused"),
        pdf("pages-of-themselves", _pdf([b"<< /Type /Catalog /Pages 2 0 R >>", looped]), "refused"),
        pdf("count-absurd", good.replace(b"/Count 1", b"/Count 2147483647")),
        pdf("stream-bomb", partial(_put, bomb)),
        pdf("stream-bomb-twice", partial(_put, twice)),
        pdf("stream-of-itself", good.replace(b"/Length ", b"/Length 4 0 R %")),
        pdf("words-500000", partial(_put, lambda: _pdf(_sheets(1, _stream(_words(_many_lines(50_000))))))),
        pdf("characters-moved", partial(_put, lambda: _pdf(_sheets(1, _stream(_moved(20_000)))))),
        pdf("noise", b"%PDF-1.4\n" + b"\xff\x00 obj << " * 10_000),
    ]


def _many_lines(count: int) -> Iterator[str]:
    return (f"On day {n} the army said that fighting went on near Brenik." for n in range(count))


def _moved(count: int) -> bytes:
    """Letters put down one by one, each at a place of its own."""
    shown = " ".join(f"1 0 0 1 {n * 37 % 550} {n * 91 % 800} Tm (a) Tj" for n in range(count))
    return f"BT /F1 11 Tf {shown} ET".encode()


# --- folders -----------------------------------------------------------------------------------------------------------------------------


def _folder(name: str, fill: Callable[[Path], None], outcome: Outcome = "read", holds: tuple[str, ...] = ALL) -> Poison:
    def make(path: Path) -> None:
        path.mkdir()
        (path / "zz-report.html").write_bytes(_GOOD_PAGE)
        fill(path)

    return Poison(name, make, outcome, holds, "folder")


def _deep_folder(path: Path) -> None:
    """Folders within each other down to where a path is nearly too long to be opened."""
    for n in range(60):
        path /= f"{n:02d}{'d' * 40}"
        path.mkdir()
    (path / "deep.txt").write_text(PLAIN)


def _closed(path: Path) -> None:
    file = path / "closed.html"
    file.write_bytes(_GOOD_PAGE)
    file.chmod(0)


def _odd_names(path: Path) -> None:
    names = [
        b"a\nb.html",
        b"\xff\xfe.html",
        b"a" * 200 + b".html",
        b" .html",
        b"-rf.html",
        "\u202elmth.a.html".encode(),
        b"a'\"$(id);.html",
        b"%2e%2e.html",
    ]
    for name in names:
        Path(os.fsdecode(os.path.join(os.fsencode(path), name))).write_bytes(_GOOD_PAGE)


def _folders() -> list[Poison]:
    return [
        _folder("folder-link-loop", lambda path: (path / "a").symlink_to(path, target_is_directory=True)),
        _folder("folder-links-to-each-other", lambda path: [(path / a).symlink_to(path / b) for a, b in ("xy", "yx")] and None),
        _folder("folder-link-outside", lambda path: (path / "passwd.txt").symlink_to("/etc/passwd")),
        _folder("folder-link-to-nothing", lambda path: (path / "none.html").symlink_to(path / "not-there.html")),
        _folder("folder-link-to-device", lambda path: (path / "zero.txt").symlink_to("/dev/zero")),
        _folder("folder-pipe", lambda path: os.mkfifo(path / "pipe.html")),
        _folder("folder-closed-file", _closed),
        _folder("folder-odd-names", _odd_names),
        _folder("folder-deep", _deep_folder),
        _folder("folder-empty-within", lambda path: (path / "empty").mkdir()),
    ]
