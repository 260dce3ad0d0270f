"""Pages, texts and JSON made to do harm, or merely damaged: each is read rightly or refused with one sentence, and what is lost is told.

The kinds are those of ``poison.corpus()`` that are small enough to be read in a moment; the whole of it goes through ``ingest`` elsewhere.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from according.errors import IntakeError, TooLarge
from according.intake import body, direction, guard, normal, outcomes
from according.model import Report
from poison import ALL, FOOT, HEAD, P1, P2, P3, PLAIN, REPORT, Poison, corpus

_LARGEST = 2_200_000  # bytes of what is tried here
_SLOW = (
    "20000",
    "30000",
    "40000",
    "50000",
    "90000",
    "100000",
    "5000-lists",
    "misnested",
    "linked-data-many",
)  # read in seconds rather than moments
_KINDS = [kind for kind in corpus() if kind.room in ("page", "text", "json") and not any(n in kind.name for n in _SLOW)]
_MISSING = "much of the page's text is missing from the report"


@pytest.mark.parametrize("kind", _KINDS, ids=lambda kind: kind.name)
def test_each_kind_is_read_or_refused_as_told(kind: Poison, tmp_path: Path) -> None:
    path = kind.write(tmp_path)
    if path.stat().st_size > _LARGEST:
        pytest.skip("large: tried with the whole corpus")
    found = outcomes(path.read_bytes(), kind.name)
    reports = [outcome for outcome in found if isinstance(outcome, Report)]
    errors = [outcome for outcome in found if isinstance(outcome, IntakeError)]
    assert all(str(error).startswith(kind.name) and "\n" not in str(error) for error in errors)
    if kind.outcome != "either":
        assert bool(reports) == (kind.outcome == "read"), errors
    if reports:
        texts = "\n".join(report.text for report in reports)
        assert [words for words in kind.holds if words not in texts] == []


def test_the_corpus_is_the_same_each_time(tmp_path: Path) -> None:
    kinds = [
        kind for kind in corpus() if kind.room != "folder" and (isinstance(kind.make, bytes) or kind.name in ("pages-400.pdf", "cut.rss"))
    ]
    assert len({kind.name for kind in corpus()}) == len(corpus()) >= 75
    first = [kind.write(tmp_path).read_bytes() for kind in kinds]
    assert [kind.write(tmp_path).read_bytes() for kind in kinds] == first


def read(html: str) -> Report:
    (report,) = outcomes(html.encode(), "page.html")
    assert isinstance(report, Report), report
    return report


def noted(report: Report, words: str) -> bool:
    return any(words in note for note in report.notes)


# --- what is lost is told -------------------------------------------------------------------------------------------------------------


LOST_IN_ATTRIBUTE = f"{HEAD}<p>{P1}</p><p>{P2}</p><a href='{REPORT * 3}{FOOT}"


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(LOST_IN_ATTRIBUTE, id="attribute-without-end"),
        pytest.param(f"{HEAD}<p>{P1}</p><!-- {REPORT * 3}{FOOT}", id="comment-without-end"),
        pytest.param(f"{HEAD}<p>{P1}</p><script>{REPORT * 3}{FOOT}", id="script-without-end"),
    ],
)
def test_what_the_parser_loses_is_told(html: str) -> None:
    assert noted(read(html), _MISSING)


def test_what_stands_too_deep_for_the_parser_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "harmless", lambda html, name: (html, ()))
    report = read(HEAD + REPORT + "<div>" * 3_000 + REPORT * 5 + FOOT)
    assert report.text.count(P1) == 1
    assert noted(report, f"{len((P1 + ' ' + P2 + ' ' + P3).split())} of")


def test_a_report_that_was_taken_for_readers_comments_is_told() -> None:
    teller = "".join(f"<p>{P1.replace('12', str(n))} {P2} {P3}</p>" for n in range(20, 40))
    report = read(f"{HEAD}<article><p>{P1}</p></article><div class='comments'>{teller}</div>{FOOT}")
    assert P2 not in report.text
    assert noted(report, _MISSING)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(HEAD + REPORT + FOOT, id="plain"),
        pytest.param(f"{HEAD}<!-- {P1} --><script>var a = '{P1 * 9}'</script><style>{P1}</style>{REPORT}{FOOT}", id="scripts-and-comments"),
        pytest.param(
            f"{HEAD}{REPORT}<div class='comments'>{'<p>My uncle saw it all, and nobody believes a word of this.</p>' * 9}</div>{FOOT}",
            id="comments",
        ),
        pytest.param(f"{HEAD}{REPORT}<ul>{'<li><a href=/>Another story of the day</a></li>' * 90}</ul>{FOOT}", id="links"),
        pytest.param(HEAD + "<div>" * 300 + REPORT + "</div>" * 300 + FOOT, id="deep"),
    ],
)
def test_nothing_is_told_where_nothing_is_lost(html: str) -> None:
    report = read(html)
    assert all(words in report.text for words in ALL)
    assert not noted(report, _MISSING)


def test_a_text_of_ten_million_characters_hides_nothing_after_it() -> None:
    tree = body.parse(f"<body><p>{'word ' * 2_100_000}</p><p>{P1}</p></body>")
    assert tree is not None
    assert P1 in tree.text_content()


# --- the guard ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "before",
    ["<div></i>", "<div class=a/>", "<table><tr><td>", "<ul><li>", "<dl><dd>", "<div><b></div></b>", "<ruby><rt>", "<x-a>"],
)
@pytest.mark.parametrize("count", [60, 90, 140, 300, 1_000])
def test_no_nesting_loses_text(before: str, count: int) -> None:
    safe, _ = guard.harmless(f"<body>{before * count}{REPORT}</body>", "page.html")
    tree = body.parse(safe)
    assert tree is not None
    assert P3 in tree.text_content()
    assert max(sum(1 for _ in p.iterancestors()) for p in tree.iter("p")) < 256


def test_ends_that_are_left_out_do_not_add_up() -> None:
    html = f"<body>{'<div><b>A story.<i></div>' * 500}{REPORT}</body>"
    assert guard.harmless(html, "page.html") == (html, ())


def test_too_many_attributes_in_all_are_refused() -> None:
    tag = "<i " + " ".join(f"a{n}" for n in range(290)) + ">"
    with pytest.raises(TooLarge, match="attributes"):
        guard.harmless(HEAD + tag * 1_100, "page.html")


def test_a_script_of_megabytes_is_emptied_and_what_follows_stays() -> None:
    safe, notes = guard.harmless(f"{HEAD}<script>{'a' * 1_100_000}</script>{REPORT}", "page.html")
    assert safe == f"{HEAD}<script></script>{REPORT}"
    assert notes == ("1 overfull tags or scripts emptied",)


# --- what a reader sees -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("killed \u202e21\u202c soldiers", "killed 12 soldiers"),
        ("killed \u202e21", "killed 12"),
        ("killed \u202e(21)\u202c soldiers", "killed (12) soldiers"),
        ("\u202eab\u202dcd\u202cef\u202c", "fecdba"),
        ("\u202eab\u202ecd\u202cef\u202c", "fedcba"),
        ("\u202eab\ncd", "ba\ncd"),
        ("\u2067\u202eab\u2069cd\u202c", "bacd"),
        ("a\u202c\u2069\u202eb\u202c", "ab"),
        ("\u202ea\u0301b\u202c", "ba\u0301"),
        ("\u202eقال\u202c", "قال"),
        ("\u202a12\u202c\u202d34\u202c", "\u202a12\u202c\u202d34\u202c"),
    ],
)
def test_what_an_override_shows_backwards_stands_as_it_is_shown(written: str, shown: str) -> None:
    assert direction.as_shown(written) == shown


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("kil\u200bled 1\u20602 sol\ufeffdi\u00aders", "killed 12 soldiers"),
        ("s\ufe00oldiers\U000e0100 \U000e0041\U000e0042", "soldiers"),
        ("sol\u200cdi\u200ders", "soldiers"),
        ("می\u200cروند", "می\u200cروند"),
        ("क\u094d\u200dष", "क\u094d\u200dष"),
        ("\U0001f468\u200d\U0001f469 \u2764\ufe0f", "\U0001f468\u200d\U0001f469 \u2764\ufe0f"),
        ("k\u0301\u0302\u0303\u0304\u0305illed", "killed"),
        ("Viê\u0323t Nam", "Việt Nam"),
        ("\x1b[1;31m12\x1b[0m killed\x1b]0;none\x07", "12 killed"),
        ("12\u3164soldiers\u2800died", "12 soldiers died"),
        ("\ufdd012\uffff", "12"),
    ],
)
def test_only_what_a_reader_sees_is_stored(written: str, stored: str) -> None:
    assert normal.line(written) == stored
    assert normal.line(stored) == stored


@pytest.mark.parametrize("suffix", ["txt", "html"])
def test_what_was_hidden_is_told(suffix: str) -> None:
    text = PLAIN.replace("12", "\u202e21\u202c").replace("soldiers", "sol\u200bdiers")
    data = text if suffix == "txt" else HEAD + "".join(f"<p>{part}</p>" for part in text.split("\n\n")[1:]) + FOOT
    (report,) = outcomes(data.encode(), f"report.{suffix}")
    assert isinstance(report, Report)
    assert P1 in report.text
    assert noted(report, "1 direction override, 1 unseen character within words")


def test_words_that_only_look_latin_are_told() -> None:
    report = read(HEAD + REPORT.replace("soldiers", "sоldiers") + FOOT)
    assert noted(report, "'sоldiers'")


def test_a_text_given_as_json_keeps_every_code_point() -> None:
    text = P1.replace("12", "\u202e21\u202c").replace("soldiers", "sol\u200bdiers\ufe0f")
    (report,) = outcomes(f'{{"text": "{text}"}}'.encode(), "report.json")
    assert isinstance(report, Report)
    assert report.text == text
