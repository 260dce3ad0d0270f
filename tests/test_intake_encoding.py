"""Bytes to characters."""

from __future__ import annotations

import pytest

from according.intake import encoding, from_bytes, normal

TEXT = "The army said “nine fighters” were killed near Brenik — and that the road to the Café Zoë was closed on Monday."


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_usual_encoding(name: str) -> None:
    (report,) = from_bytes(TEXT.encode(name), "x.txt")
    assert report.text == TEXT


def test_the_declared_encoding_of_a_page() -> None:
    page = f"<html><head><meta charset='iso-8859-2'></head><body><article><p>{TEXT}</p><p>Čačak</p></article></body></html>"
    assert "Čačak" in encoding.decode(page.replace("“", '"').replace("”", '"').replace("—", "-").encode("iso-8859-2"), "x").text


def test_a_wrong_declaration_does_not_harm() -> None:
    page = f"<html><head><meta charset='iso-8859-1'></head><body><article><p>{TEXT}</p><p>{TEXT[::-1]}</p></article></body></html>"
    assert TEXT in from_bytes(page.encode(), "x.html")[0].text


def test_mis_encoded_characters_are_mended_and_told() -> None:
    (report,) = from_bytes(encoding_error(TEXT).encode(), "x.txt")
    assert report.text == TEXT
    assert "5 mis-encoded characters mended" in report.notes


def encoding_error(text: str) -> str:
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode())


def test_words_with_accents_are_not_mended() -> None:
    for text in ("Ârâr, São Tomé, Ångström, ÂME", "le café où l’on dîne"):
        assert encoding.mended(encoding.Decoded(text, "utf-8")).text == text


def test_a_few_stray_bytes_do_not_spoil_utf8() -> None:
    data = TEXT.encode() + " It’s over".encode() + b" \x93here\x94."
    assert encoding.decode(data, "x").text.endswith("It’s over “here”.")


def test_a_character_cut_in_two_at_the_end() -> None:
    found = encoding.decode(TEXT.encode() + "é".encode()[:1], "x")
    assert found.text == TEXT and found.notes


def test_nul_characters_go_and_are_told() -> None:
    (report,) = from_bytes(TEXT.replace("Monday", "Mon\0day").encode(), "x.txt")
    assert report.text == TEXT and "1 NUL characters left out" in report.notes


def test_what_no_reader_sees_goes() -> None:
    assert normal.paragraph("Ka\u00adr\u200bsa\u202a\u00a0 fell\r\nto\u2028the \ufeffarmy e\u0301") == "Karsa fell\nto\nthe army é"
