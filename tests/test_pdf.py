"""PDFs: flowing paragraphs in reading order, the page of every stretch, and files that are none or harm."""

from __future__ import annotations

import zlib
from datetime import date
from itertools import pairwise

import pytest

import pdfs
from according.errors import NothingToRead, NotText, TooLarge, Truncated, Unsafe
from according.intake import pdf
from according.intake.pdf import Pdf
from pdfs import at, column

P1 = (
    "Government troops entered the village of Brenik on Monday after two days of shelling, the army said, and at least nine fighters were "
    "killed in clashes near the bridge."
)
P2 = "Residents told reporters that dozens of families had left for Tesk, and that the road to the south was closed by the Front."
P3 = "The monitor said it could not confirm the army's figures, and that two children were among the wounded in the hospital of Tesk."
BULLET = "•"


def read(*pages: list[str], **entries: object) -> Pdf:
    return pdf.read(pdfs.pdf(pages, **entries), "report.pdf")  # type: ignore[arg-type]


def of(text: str, x: float = 60, y: float = 770, wide: float = 470, size: float = 10) -> list[str]:
    return column(x, y, text, wide, size)[0]


def paragraphs(found: Pdf) -> list[str]:
    return found.text.split("\n\n")


def test_lines_are_joined_and_paragraphs_stay_apart():
    assert paragraphs(read(of(f"{P1}\n\n{P2}\n\n{P3}"))) == [P1, P2, P3]


def test_an_indent_begins_a_paragraph_where_no_gap_does():
    first = [at(60, 700, "The army said that it had taken the village of Brenik after a night of"), at(60, 688, "fighting.")]
    second = [at(75, 676, "The Front said that its fighters had withdrawn to the hills in good order,"), at(60, 664, "without losses.")]
    assert [p.split()[-1] for p in paragraphs(read(first + second))] == ["fighting.", "losses."]


def test_words_broken_at_the_end_of_a_line_are_mended_and_true_hyphens_stay():
    lines = [
        "The rebels shelled the govern-",
        "ment quarter of the city, and fighters of al-",
        "Shabab, the Iran-",
        "backed militia and the self-",
    ]
    found = read([at(60, 700 - 12 * n, line) for n, line in enumerate([*lines, "styled council fought there."])])
    assert found.text == (
        "The rebels shelled the government quarter of the city, and fighters of al-Shabab, the Iran-backed militia and the self-styled "
        "council fought there."
    )


def test_a_word_is_mended_as_the_document_writes_it_elsewhere():
    lines = ["The post-war council met. The post-", "war council fell after a vote that was held on Monday."]
    assert read([at(60, 700 - 12 * n, line) for n, line in enumerate(lines)]).text.count("post-war council") == 2


def test_columns_are_read_one_after_the_other():
    left, right = of(f"{P1} {P2}\n\n{P3}", wide=220), of(f"{P2} {P1}\n\n{P3}", x=310, wide=220)
    interleaved = [line for pair in zip(left, right, strict=True) for line in pair]
    heading = [at(60, 800, "What happened in the north in the first week of May", 18)]
    assert paragraphs(read(heading + interleaved))[1:] == [f"{P1} {P2}", P3, f"{P2} {P1}", P3]


def test_a_paragraph_runs_on_in_the_next_column():
    words = P1.split()
    left = [*of(P2, wide=220), at(60, 650, " ".join(words[:8])), at(60, 638, "two days of shelling, the army said, and")]
    right = [*of(" ".join(words[16:]), x=310, wide=220), *of(P3, x=310, y=650, wide=220)]
    assert [p.count("at least nine") for p in paragraphs(read(left + right))] == [0, 1, 0]


def test_figures_beside_the_text_do_not_mix_with_it():
    beside = [at(440, 765, "43", 18), at(440, 751, "people killed", 9), at(440, 725, "1,200", 18), at(440, 711, "people displaced", 9)]
    found = paragraphs(read(of(f"{P1} {P2}\n\n{P3} {P1}", wide=340) + beside))
    assert found[:2] == [f"{P1} {P2}", f"{P3} {P1}"]
    assert "people killed" in found


def test_rows_of_a_table_are_read_across():
    rows = [("Province", "Killed", "Injured"), ("Saderah", "43", "112"), ("Hajran", "8", "19")]
    content = [at(x, 700 - 14 * n, cell) for n, row in enumerate(rows) for x, cell in zip((60, 200, 300), row, strict=True)]
    assert paragraphs(read(content)) == ["Province Killed Injured", "Saderah 43 112", "Hajran 8 19"]


def test_what_had_no_room_in_a_cell_stays_with_its_row():
    rows = [(60, "3 May"), (130, "An air strike hit the market of Brenik and the"), (360, "9")]
    more = [(60, "4 May"), (130, "Roadside bomb."), (360, "4")]
    content = [at(x, 700, cell) for x, cell in rows] + [at(130, 688, "school next to it.")] + [at(x, 670, cell) for x, cell in more]
    assert paragraphs(read(content)) == [
        "3 May An air strike hit the market of Brenik and the school next to it. 9",
        "4 May Roadside bomb. 4",
    ]


def test_each_bullet_is_a_paragraph_without_its_mark():
    lines = [
        (60, f"{BULLET} At least 43 people were killed between 20 April and 1 May in the"),
        (70, "north, according to hospitals."),
        (60, f"{BULLET} The road is closed."),
    ]
    found = read([at(x, 700 - 12 * n, line) for n, (x, line) in enumerate(lines)])
    assert paragraphs(found) == [
        "At least 43 people were killed between 20 April and 1 May in the north, according to hospitals.",
        "The road is closed.",
    ]


def test_running_heads_feet_and_page_numbers_are_left_out():
    pages = [
        [at(60, 810, "Mission in Yemara | Situation Report"), *of(text), at(280, 30, f"Page {n} of 4")]
        for n, text in enumerate((P1, P2, P3, f"{P3} {P1}"), 1)
    ]
    found = read(*pages)
    assert paragraphs(found) == [P1, P2, P3, f"{P3} {P1}"]


def test_pages_that_open_with_the_same_words_keep_them():
    pages = [
        of(f"On day {n} of the offensive government troops entered another village, the army said in a statement. {text}")
        for n, text in enumerate((P1, P2, P3), 1)
    ]
    assert read(*pages).text.count("of the offensive government troops") == 3


def test_a_number_at_the_foot_that_is_not_the_pages_stays():
    assert paragraphs(read([*of(P1), at(60, 30, "43")])) == [P1, "43"]


def test_a_paragraph_over_a_page_break_is_one_and_belongs_to_both_pages():
    cut = P1.index("and at least")
    found = read([*of(P2), *of(P1[:cut], y=660)], [*of(P1[cut:]), *of(P3, y=660)])
    assert paragraphs(found) == [P2, P1, P3]
    (a, b), (c, d) = found.pages
    assert found.text[a:b].endswith("the army said, ")
    assert found.text[c:d].startswith("and at least nine")
    assert found.text[c:d].endswith("hospital of Tesk.")


def test_a_footnote_does_not_part_the_sentence_that_runs_over_the_page():
    cut = P1.index("and at least")
    found = read(
        [*of(f"{P2} {P3}"), *of(P1[:cut], y=640), at(60, 60, "Health ministry, bulletin of 3 May.", 7)], of(f"{P1[cut:]}\n\n{P2} {P3}")
    )
    assert paragraphs(found) == [f"{P2} {P3}", "Health ministry, bulletin of 3 May.", P1, f"{P2} {P3}"]


def test_pages_ascend_and_do_not_overlap_and_an_empty_page_is_an_empty_stretch():
    found = read(of(P1), [], of(P2), [])
    assert [found.text[a:b] for a, b in found.pages] == [P1, "", P2, ""]
    assert all(b <= c for (_, b), (c, _) in pairwise(found.pages))


def test_a_raised_number_is_a_footnotes_and_not_part_of_a_figure():
    line = [
        at(60, 700, "The army killed 20"),
        at(146, 704, "14", 6),
        at(158, 700, "people in 25 km"),
        at(231, 704, "2", 6),
        at(240, 700, "of land."),
    ]
    assert read(line).text == "The army killed 20 people in 25 km² of land."


def test_what_stands_aslant_or_sideways_is_left_out_and_told():
    mark = at(200, 300, "DRAFT", 60, "0.7 0.7 -0.7 0.7")
    label = at(30, 400, "Number of deaths", 8, "0 1 -1 0")
    found = read([mark, *of(P1), label])
    assert found.text == P1
    assert found.notes == ("words that stand sideways or aslant left out: page 1",)


def test_a_page_that_lies_on_its_side_is_read():
    lines = [
        at(100 + 12 * n, 60, line, turn="0 1 -1 0")
        for n, line in enumerate(["The army entered Brenik on Monday, and the Front left", "the town."])
    ]
    assert read(lines).text == "The army entered Brenik on Monday, and the Front left the town."


def test_unseen_and_forbidden_characters_are_out():
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        b"6 beginbfchar <41> <202E> <42> <FFFE> <43> <FB01> <44> <0000> <45> <E001> <46> <200B> endbfchar endcmap end"
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 5 0 R>>"
    page = [at(60, 700, "the Cghters AandB leftD the townEF on foot"), ""]
    data = pdfs.pdf([page], extra=[font, pdfs.stream(cmap)]).replace(b"/F1 3 0 R", b"/F1 4 0 R")
    found = pdf.read(data, "report.pdf")
    assert found.text == "the fighters and left the town on foot"


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Microsoft Word - sitrep_final.docx", "Fighting displaces thousands"),
        ("sitrep 12 final.pdf", "Fighting displaces thousands"),
        ("Yemara: the war in the north", "Yemara: the war in the north"),
    ],
)
def test_the_title_is_the_stated_one_unless_a_program_put_it_there(stated, title):
    found = read([at(60, 800, "Fighting displaces thousands", 20), *of(f"{P1}\n\n{P2}")], info=f"/Title({stated})")
    assert found.title == title


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Situation Report No. 12 (as of 3 May 2031)", date(2031, 5, 3)),
        ("Flash Update #3, 3 May 2031", date(2031, 5, 3)),
        ("Vardane, 3 May 2031", date(2031, 5, 3)),
        ("3 May 2031", date(2031, 5, 3)),
        ("Bulletin 14 | 1-3 May 2031", None),
        ("Attack on Brenik (3 May 2031)", None),
        ("Reporting period: 1 May to 3 May 2031", None),
    ],
)
def test_the_day_of_publication_is_the_one_that_the_first_page_names_as_its_own(line, day):
    found = read(
        [*of("What happened in Brenik", y=800, size=16), *of(line, y=770), *of(f"{P1}\n\n{P2}", y=740)],
        info="/CreationDate(D:20310601120000Z)",
    )
    assert found.published == day


def test_pages_without_letters_ask_for_ocr():
    with pytest.raises(NothingToRead, match="holds pictures of pages only; run OCR first"):
        read(["0 0 595 842 re f"], ["0 0 595 842 re f"])


def test_one_page_without_letters_among_others_is_told():
    assert read(of(P1), ["0 0 595 842 re f"]).notes == ("not read, as they hold pictures only: page 2",)


def test_signs_of_no_known_letter_ask_for_ocr():
    cmap = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <21> <7E> <E021> endbfrange endcmap"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 5 0 R>>"
    data = pdfs.pdf([of(P1)], extra=[font, pdfs.stream(cmap)]).replace(b"/F1 3 0 R", b"/F1 4 0 R")
    with pytest.raises(NothingToRead, match="run OCR first"):
        pdf.read(data, "report.pdf")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(pdfs.pdf([[]] * 501), TooLarge, id="pages"),
        pytest.param(pdfs.pdf([[at(10, 700 - 9 * n, "word " * 6000, 1) for n in range(4)]]), TooLarge, id="characters-on-a-page"),
        pytest.param(pdfs.pdf([[" " * 70_000_000]], packed=True), Unsafe, id="bomb"),
        pytest.param(
            pdfs.pdf([[]], extra=[pdfs.stream(zlib.compress(b" " * 70_000_000), "/Filter[/FlateDecode/FlateDecode]", packed=True)]),
            Unsafe,
            id="bomb-within",
        ),
        pytest.param(pdfs.pdf([of(P1)])[:300], Truncated, id="truncated"),
        pytest.param(b"%PDF-1.7\nnothing of the kind\n%%EOF", NotText, id="damaged"),
        pytest.param(pdfs.pdf([]), NotText, id="no-page"),
        pytest.param(pdfs.pdf([[]]), NothingToRead, id="empty"),
        pytest.param(
            pdfs.pdf([of(P1)]).replace(
                b"/Root 1 0 R", b"/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>" % (b"o" * 32, b"u" * 32)
            ),
            NotText,
            id="locked",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data, error):
    with pytest.raises(error, match=r"^report\.pdf: "):
        pdf.read(data, "report.pdf")


def test_a_damaged_table_of_contents_is_no_obstacle():
    assert pdf.read(pdfs.pdf([of(P1)]).replace(b"startxref\n", b"startxref\n9"), "report.pdf").text == P1


def test_a_file_cut_off_after_its_pages_is_read_and_the_cut_told():
    data = pdfs.pdf([of(P1), of(P2)])
    found = pdf.read(data[: data.index(b"xref\n0")] + b"trailer<</Root 1 0 R>>", "report.pdf")
    assert paragraphs(found) == [P1, P2]
    assert found.notes == ("the file is cut off: the pages that could be found were read",)
