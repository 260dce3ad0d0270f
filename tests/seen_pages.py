"""Pages as a browser's parser reads them, for tests; and a report in which every word tries to be markup."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import Any

from lxml import html

from according.ledger.ledger import Ledger
from according.model import (
    Claim,
    ClaimType,
    Figure,
    Manner,
    Measure,
    Party,
    Place,
    Precision,
    Report,
    Span,
    When,
    claim_id,
)
from hand_ledger import put

TRIES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "<svg onload=alert(3)>",
    '"><svg/onload=alert(4)>',
    "' autofocus onfocus='alert(5)",
    '</p></mark><iframe srcdoc="<script>alert(6)</script>">',
    "{{ 7 * 7 }}{% for x in y %}",
    '<a href="javascript:alert(8)">link</a>',
    "&lt;script&gt;alert(9)&lt;/script&gt;",
    "<style>*{display:none}</style>",
)
SCRIPT, IMG, SVG, QUOTED, FOCUS, FRAME, TEMPLATE, LINK, ENTITY, STYLE = TRIES
_TEXT = f"{SCRIPT} told {IMG} that {SVG} struck {QUOTED} at {FOCUS} on {FRAME}, and {TEMPLATE} were killed near {LINK} {ENTITY}.\n{STYLE}\n"


def hostile(id: str = "hostile") -> tuple[Report, tuple[Claim, ...]]:
    """A report whose every field tries to be markup, with a claim whose every span does."""
    report = Report(
        id, _TEXT, title=QUOTED, published=date(2031, 3, 4), source=IMG, byline=SVG, url="javascript:alert(document.domain)//https://x",
        language='"><script>', raw_sha256="<b>", extractor=SCRIPT, dropped=(STYLE, IMG), notes=(FRAME, LINK), pages=((0, len(_TEXT)),),
    )  # fmt: skip

    def span(words: str) -> Span:
        start = _TEXT.index(words)
        return Span.of(_TEXT, start, start + len(words))

    trigger = span("struck")
    claim = Claim(
        claim_id(report.text_sha256, trigger, ClaimType.AIR_STRIKE), id, Span.of(_TEXT, 0, _TEXT.index("\n")), trigger,
        ClaimType.AIR_STRIKE, said_by=(Party(span(SCRIPT), IMG), Party(span(IMG))), manner=Manner.QUOTED,
        actor=(Party(span(SVG), SCRIPT),), target=(Party(span(QUOTED)),),
        place=Place(span(FOCUS), SVG, None, 1.0, 2.0, "PPL", SCRIPT, IMG, "ZZ", None, 3.0, 0.5, LINK), within=(Place(span(LINK)),),
        time=When(span(FRAME), date(2031, 3, 3), date(2031, 3, 3), Precision.DAY),
        figures=(Figure(span(TEMPLATE), Measure.KILLED, IMG, 3, 5),), evidence=(SCRIPT, IMG),
    )  # fmt: skip
    return report, (claim,)


def put_hostile(ledger: Ledger) -> str:
    """Take it in, with a decision that tries the same. The report's key."""
    report, claims = hostile()
    put(ledger, report, claims, place=SCRIPT, item="hostile")
    ledger.decide(claims[0].id, "unsure", report=report.id, person=IMG, note=SVG)
    [row] = ledger.reports()
    return row.key


def read(page: str) -> Any:
    return html.document_fromstring(page)


_STEP = re.compile(r"([\w*]+)?((?:[#.][\w-]+|\[[^\]]+\])*)")


def find(element: Any, selector: str) -> list[Any]:
    """The elements within that a selector is of: tags, classes, ids, attributes (``=``, ``^=``), one within or right within another."""
    paths = []
    for one in selector.split(", "):
        steps = one.replace(" > ", " >").split(" ")
        paths.append("." + "".join(("/" if step.startswith(">") else "//") + _path(step.removeprefix(">")) for step in steps))
    return list(element.xpath(" | ".join(paths)))


def _path(step: str) -> str:
    tag, rest = _STEP.fullmatch(step).groups()  # type: ignore[union-attr]
    conditions = []
    for kind, name, attribute in re.findall(r"([#.])([\w-]+)|\[([^\]]+)\]", rest):
        if attribute:
            key, begins, value = re.fullmatch(r"([\w-]+)(?:(\^)?=\"?([^\"]*)\"?)?", attribute).groups()  # type: ignore[union-attr]
            conditions.append(f"starts-with(@{key}, '{value}')" if begins else f"@{key}" if value is None else f"@{key}='{value}'")
        else:
            conditions.append(f"@id='{name}'" if kind == "#" else f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')")
    return (tag or "*") + "".join(f"[{condition}]" for condition in conditions)


def inert(page: str) -> None:
    """Nothing of what the page was given became an element, an attribute or an address."""
    tree = read(page)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in ("iframe", "img", "style", "object", "embed", "base", "form-action"), element.tag
        if element.tag == "script":
            assert element.get("src", "").startswith("/static/") and not (element.text or "").strip()
        for name, value in element.attrib.items():
            assert not name.startswith("on") and name not in ("style", "srcdoc", "autofocus"), (element.tag, name)
            if name in ("href", "src", "action", "formaction"):
                assert value.startswith(("/", "#", "https://", "http://")), value


def text(element: Any) -> str:
    """What stands in an element, blanks as one."""
    return " ".join(element.text_content().split())


def own(element: Any, *without: str) -> str:
    """The characters in an element as they are, without what stands in elements of these classes."""
    if set(element.get("class", "").split()) & set(without):
        return ""
    return (element.text or "") + "".join(own(child, *without) + (child.tail or "") for child in element)


def marked(element: Any) -> dict[tuple[str, str], str]:
    """The words that are marked in an element, by claim and part."""
    found: dict[tuple[str, str], str] = defaultdict(str)
    for word in find(element, ".w[data-claim]"):
        for claim, part in zip(word.get("data-claim").split(), word.get("data-field").split(), strict=True):
            found[claim, part] += own(word)
    return dict(found)
