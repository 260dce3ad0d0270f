"""Invented news pages for measuring speed: about 400 words of report in the furniture of a real page. Every name in them is made up."""

from __future__ import annotations

import random
from pathlib import Path

TOWNS = ("Tal Varin", "Ostrel", "Kara Dahm", "Belen Quay", "Mirzad", "Upper Sulin", "Harrowgate Pass", "Nadreh", "Vel Amar", "Corith")
SIDES = ("the Velmar army", "the Sulin Front", "government forces", "rebels of the Northern League", "the Ostrel Brigades", "militiamen")
SPEAKERS = ("the ministry", "a spokesman for the Sulin Front", "residents", "a hospital official", "the Velmar Monitor", "a governor")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = ("at least 12", "three", "more than 40", "dozens of", "nearly 200", "between 30 and 40", "up to 15", "two")
SENTENCES = (
    "{S} said on {d} that {a} had retaken {t} after two days of clashes with {b}, in which {n} fighters were killed.",
    "Shelling by {a} hit a market in {t} on {d}, killing {n} people and wounding {m} others, according to {s}.",
    "{S} denied that {a} had lost control of {t}, a town of some 9,000 people on the road to {u}.",
    "“Our units destroyed {n} positions near {t} and will not stop there,” {s} told reporters late on {d}.",
    "{N} families have fled {t} since the offensive began in March, and many of them are camped outside {u}.",
    "The road between {t} and {u} was reported closed on {d}, and a convoy with flour and medicine was turned back by {a}.",
    "{S} added that air strikes around {t} had destroyed {n} houses and a school, a figure that could not be confirmed.",
    "Talks between {a} and {b} on a ceasefire were due to resume in {u} next week, two diplomats said.",
    "A car bomb exploded outside a police station in {t}, injuring {n} officers; no group claimed responsibility for the attack.",
    "The weather in the valley has been mild for the season, and the harvest of apricots is expected to begin on time.",
    "{S} accused {b} of holding {n} villagers who were taken from their homes in {t} during the night.",
)
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | The Valley Courier</title>
<meta property="og:site_name" content="The Valley Courier">
<meta property="article:published_time" content="2031-05-{day:02}T09:30:00Z"></head>
<body><header><nav><ul><li><a href="/">Home</a></li>
<li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article><h1>{title}</h1><p class="byline">By Ilse Marrow</p>
<div class="share"><a href="#">Share</a> <a href="#">Tweet</a></div>
{paragraphs}
</article><aside><h2>Related stories</h2><ul><li><a href="/a">Apricot growers hope for rain</a></li></ul></aside>
<section id="comments"><h3>Leave a Reply</h3><p>Your email address will not be published.</p></section></main>
<footer><p>© 2031 The Valley Courier. All rights reserved.</p></footer></body></html>
"""
WORDS = 400


def write(folder: Path, count: int, seed: int = 7) -> list[Path]:
    """Write ``count`` pages into ``folder``, the same ones for the same seed; their paths."""
    chance = random.Random(seed)
    paths = []
    for number in range(count):
        path = folder / f"page-{number:04}.html"
        path.write_text(_page(chance), encoding="utf-8")
        paths.append(path)
    return paths


def _page(chance: random.Random) -> str:
    paragraphs, words = [], 0
    while words < WORDS:
        paragraph = " ".join(_sentence(chance) for _ in range(chance.randint(2, 4)))
        words += len(paragraph.split())
        paragraphs.append(f"<p>{paragraph}</p>")
    title = f"Fighting reported near {chance.choice(TOWNS)}"
    return PAGE.format(title=title, day=chance.randint(1, 28), paragraphs="\n".join(paragraphs))


def _sentence(chance: random.Random) -> str:
    (a, b), (t, u), (n, m) = chance.sample(SIDES, 2), chance.sample(TOWNS, 2), chance.sample(NUMBERS, 2)
    speaker, many = chance.choice(SPEAKERS), chance.choice(("Hundreds of", "About 300", "More than 1,200"))
    day = chance.choice(DAYS)
    return chance.choice(SENTENCES).format(a=a, b=b, t=t, u=u, n=n, m=m, s=speaker, S=speaker[0].upper() + speaker[1:], d=day, N=many)
