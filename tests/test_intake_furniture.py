"""Furniture goes; the report stays."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from according.intake import furniture

GOLD = Path(__file__).resolve().parents[1] / os.environ.get("SHARED", "../shared") / "gold" / "dev"
BODY = [
    "Government troops entered the village of Brenik on Monday after two days of shelling, the army said in a statement.",
    "Residents told reporters that dozens of families had left for Tesk, and that the road to the south was closed by the Front.",
]


def dropped(*lines: str, byline: str | None = None) -> list[str]:
    return furniture.split([*BODY, *lines], byline)[1]


@pytest.mark.parametrize(
    "line",
    [
        "Leave a Reply",
        "Leave a Reply Cancel reply",
        "Your email address will not be published. Required fields are marked *",
        "Name *",
        "Post Comment",
        "Share",
        "Share 214 Tweet 96",
        "1.2K Shares",
        "Share this:",
        "Facebook Twitter WhatsApp Telegram",
        "Print",
        "Email this article",
        "Follow us on Twitter and Facebook",
        "Subscribe to our newsletter",
        "Sign up for our daily newsletter.",
        "Read more: Who holds the north?",
        "Related: Air raid kills nine in Dolen",
        "Tags: Karsa, Brenik",
        "Home | World | Politics",
        "Home > News > North",
        "© 2031 North News. All rights reserved.",
        "Copyright 2031 North News",
        "Photo: North News/Agency",
        "We use cookies to improve our service.",
        "Advertisement",
        "3 min read",
        "(Reporting by Lina Marsh; editing by Petar Vos)",
        "Published: May 8, 2031",
        "Back to top",
        "Log in",
    ],
)
def test_furniture_lines(line: str) -> None:
    assert furniture.is_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "The army said it had retaken the town.",
        "12 killed, 30 wounded",
        "1917-1918",
        "by",
        "Twitter and Facebook.",
        "2393, 2251, 2388",
        "Shares of the oil company fell after the attack.",
        "Print shops were looted in Karsa.",
        "Comments by the minister drew protests.",
        "Live shells were found near the school.",
        "Read the statement of the army.",
        "Related families fled together.",
        "Follow-up strikes killed nine people.",
        "Aleppo | 12 killed | 30 wounded",
        "More than 4,000 people fled.",
        "Photos showed burnt houses along the road, the monitor said.",
        "Reports that civilians were killed are being examined.",
        "Subscribers to the truce include both armies.",
    ],
)
def test_lines_of_a_report(line: str) -> None:
    assert not furniture.is_line(line)


def test_all_after_the_comments_heading_goes() -> None:
    talk = [
        "2 Comments",
        "Ana says:",
        "May 8, 2031 at 5:14 pm",
        "Eighty people died there, the army killed them all and nobody says it.",
        "Reply",
    ]
    assert dropped(*talk) == talk
    assert dropped(*talk[1:]) == talk[1:]  # also without the heading


def test_a_comment_count_above_the_report_takes_nothing_with_it() -> None:
    kept, out = furniture.split(["Army enters Brenik", "2 Comments", *BODY])
    assert kept == ["Army enters Brenik", *BODY]
    assert out == ["2 Comments"]


def test_a_heading_without_its_block() -> None:
    assert dropped("Read also") == ["Read also"]


def test_a_related_block_ends_where_prose_begins() -> None:
    kept, out = furniture.split([BODY[0], "Related stories", "Air raid on Dolen market kills nine", "Ardania offers talks", BODY[1]])
    assert kept == BODY
    assert len(out) == 3


@pytest.mark.parametrize(
    ("bio", "byline"),
    [
        ("Lina Marsh is a freelance journalist who has covered the north for ten years.", None),
        ("Lina Marsh is an advocate for the truth. She believes that it is important to speak out.", None),
        ("Marsh is our correspondent in the north.", "Lina Marsh"),
        ("The author is a fellow at the Institute for the North. Follow her on Twitter.", None),
    ],
)
def test_a_writers_biography_goes(bio: str, byline: str | None) -> None:
    assert dropped(bio, byline=byline) == [bio]
    assert dropped(bio, "Leave a Reply", byline=byline) == [bio, "Leave a Reply"]


@pytest.mark.parametrize(
    "last",
    [
        "Abram Sol is a commander of the Front and was wounded in the fighting on Monday.",
        "Petar Vos was a journalist for the state agency; he was killed when a shell hit his car.",
        "Brenik is a village of 900 people on the road to Tesk.",
        "The town is the last stronghold of the Front, and its fall would open the road to the south.",
        "He is the third officer to be killed since Sunday.",
    ],
)
def test_a_last_paragraph_about_a_person_or_a_place_stays(last: str) -> None:
    assert dropped(last) == []


def test_the_foot_of_a_flattened_page() -> None:
    text = " ".join(BODY * 2) + " Copyright © 2031 North News Watch Live Careers Contact Us"
    ((start, end),) = furniture.spans(text)
    assert text[start:end].startswith("Copyright ©") and end == len(text)


@pytest.mark.skipif(not GOLD.is_dir(), reason="../shared is not here: the annotated reports cannot be looked at")
def test_no_annotated_sentence_is_furniture() -> None:
    for path in sorted(GOLD.glob("*.json")):
        report = json.loads(path.read_text("utf-8"))
        out = "\n".join(report["text"][a:b] for a, b in furniture.spans(report["text"]))
        assert not [c["sentence"] for c in report["claims"] if c["sentence"] in out], path.name


@pytest.mark.skipif(not GOLD.is_dir(), reason="../shared is not here: the seed report cannot be looked at")
def test_biography_and_comment_form_of_the_seed_report() -> None:
    text = json.loads((GOLD / "idlib.json").read_text("utf-8"))["text"]
    ((start, end),) = furniture.spans(text)
    assert text[start:end].startswith("Roshan Amiri is an advocate") and end == len(text)
