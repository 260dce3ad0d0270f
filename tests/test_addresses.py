"""Web addresses: one way to write each, strictly taken apart, and which machines are of the public Internet. Nothing is asked here."""

from __future__ import annotations

import re
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.intake import address_url, addresses, tables

NOT_PUBLIC = """
    127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 169.254.0.1 100.64.0.1
    100.127.255.255 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 fe80::1 fe80::1%1 fc00:: fd12:3456::1 fec0::1 ff02::1 ff0e::1 2001:db8::1 100::1
    ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 ::7f00:1
    64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b:1::7f00:1 64:ff9b:1::808:808
    2002:7f00:1:: 2002:a00:1::1 2002:c0a8:101::1 2001:0:7f00:1:: 2001:0:808:808::f7f7:f7f7 5f00::1 4000::1
""".split()
PUBLIC = (
    "8.8.8.8 93.184.216.34 172.32.0.1 100.128.0.1 2606:4700::1111 2a00:1450:4001:81b::200e ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1"
)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_of_the_public_internet_is_told(address):
    assert not addresses.is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC.split())
def test_a_public_address_is_told_also_where_it_is_wrapped(address):
    assert addresses.is_public(ip_address(address))


@given(st.ip_addresses(v=4).filter(lambda a: not addresses.is_public(a)))
def test_no_way_to_wrap_an_address_that_is_not_public_makes_it_so(inner):
    held = int(inner)
    wrapped = [0xFFFF << 32 | held, held, 0x64FF9B << 96 | held, 0x2002 << 112 | held << 80, 0x20010000 << 96 | held << 64]
    assert not any(addresses.is_public(ip_address(number.to_bytes(16, "big"))) for number in wrapped)


CANONICAL = [
    ("http://example.org", "http://example.org/"),
    ("HTTP://Example.ORG/A", "http://example.org/A"),
    ("  https://example.org/a\n", "https://example.org/a"),
    ("http://example.org:80/", "http://example.org/"),
    ("https://example.org:443/", "https://example.org/"),
    ("https://example.org:80/", "https://example.org:80/"),
    ("http://example.org:/a", "http://example.org/a"),
    ("http://example.org./a", "http://example.org/a"),
    ("http://example.org/a#part", "http://example.org/a"),
    ("http://example.org?q=1", "http://example.org/?q=1"),
    ("http://example.org/a?", "http://example.org/a"),
    ("http://example.org/a?b=2&a=1", "http://example.org/a?b=2&a=1"),
    ("http://example.org/a?utm_source=x&id=7&fbclid=y", "http://example.org/a?id=7"),
    ("http://example.org/a?UTM_Medium=x&gclid=z", "http://example.org/a"),
    ("http://example.org/a?%75tm_source=x", "http://example.org/a"),
    ("http://example.org/a?automatic=1&utmost=2", "http://example.org/a?automatic=1&utmost=2"),
    ("http://example.org/a?id=7&id=8&&x", "http://example.org/a?id=7&id=8&x"),
    ("http://example.org/%7euser/%e2%82%ac", "http://example.org/~user/%E2%82%AC"),
    ("http://example.org/€ a", "http://example.org/%E2%82%AC%20a"),
    ("http://example.org/a%2Fb/100%", "http://example.org/a%2Fb/100%25"),
    ("http://example.org/a?x[]=1&y=%5b%5d", "http://example.org/a?x%5B%5D=1&y=%5B%5D"),
    ("http://example.org/a/./b/../c", "http://example.org/a/c"),
    ("http://example.org/../../a/%2e%2e/", "http://example.org/"),
    ("http://example.org/a/..", "http://example.org/"),
    ("http://example.org//a//b", "http://example.org//a//b"),
    ("http://BÜCHER.example/ü", "http://xn--bcher-kva.example/%C3%BC"),
    ("http://xn--bcher-kva.example/", "http://xn--bcher-kva.example/"),
    ("http://сирия。example/", "http://xn--h1aaxc7e.example/"),
    ("http://[2606:4700:0:0::1111]:80/", "http://[2606:4700::1111]/"),
    ("http://93.184.216.34:8080/", "http://93.184.216.34:8080/"),
    ("urn:uuid:1", "urn:uuid:1"),
    ("ftp://example.org/A", "ftp://example.org/A"),
    (" not an address ", "not an address"),
    ("http://user:pass@example.org/", "http://user:pass@example.org/"),
]


@pytest.mark.parametrize(("url", "meant"), CANONICAL)
def test_an_address_is_written_in_one_way(url, meant):
    assert addresses.canonical(url) == meant


@pytest.mark.parametrize(("url", "meant"), CANONICAL)
def test_what_is_canonical_stays_so(url, meant):
    assert addresses.canonical(meant) == meant


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_path_and_query_become_printable_ascii_once_and_for_all(path, query):
    once = addresses.canonical(f"http://example.org/{path}?{query}")
    assert addresses.canonical(once) == once
    try:
        found = address_url.parsed(once)
    except ValueError:
        return
    assert once.isascii() and once.isprintable() and " " not in str(found) and found.host == "example.org"


@pytest.mark.parametrize("row", tables.load("addresses.toml")["tracking"])
def test_each_row_of_the_table_of_tracking_parameters_is_left_out(row):
    name = row.replace("*", "anything")
    assert addresses.canonical(f"https://example.org/a?{name}=1&page=2") == "https://example.org/a?page=2"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "begin with http"),
        ("ftp://example.org/", "begin with http"),
        ("gopher://example.org/", "begin with http"),
        ("javascript:alert(1)", "begin with http"),
        ("//example.org/", "begin with http"),
        ("example.org/a", "begin with http"),
        ("http:/example.org", "begin with http"),
        ("http:\\\\example.org\\", "begin with http"),
        ("http://", "begin with http"),
        ("http:///a", "begin with http"),
        ("http://user@example.org/", "user name"),
        ("http://user:pass@example.org/", "user name"),
        ("http://example.org@127.0.0.1/", "user name"),
        ("http://example.org\\@127.0.0.1/", "user name"),
        ("http://example.org%0d%0a/", "name"),
        ("http://example.org/\r\nHost: 127.0.0.1", "control character"),
        ("http://exam\tple.org/", "control character"),
        ("http://example.org/\x00", "control character"),
        ("http://example.org/\ud800", "control character"),
        ("http://exa mple.org/", "name"),
        ("http://example..org/", "name"),
        ("http://.example.org/", "name"),
        ("http://%31%32%37.0.0.1/", "name"),
        (f"http://{'a' * 64}.org/", "name"),
        (f"http://{'a.' * 130}org/", "name"),
        ("http://bücher\u0000.example/", "control character"),
        ("http://\u2488example.org/", "name"),
        ("http://127.1/", "number"),
        ("http://2130706433/", "number"),
        ("http://0x7f000001/", "number"),
        ("http://0x7f.0.0.1/", "number"),
        ("http://0177.0.0.1/", "number"),
        ("http://127.0.0.1.1/", "number"),
        ("http://127.0.0.256/", "number"),
        ("http://１２７.1/", "number"),
        ("http://[fe80::1%25eth0]/", "IPv6"),
        ("http://[::1/", "proper address"),
        ("http://[::1]x/", "name"),
        ("http://[127.0.0.1]/", "proper address"),
        ("http://example.org:0/", "port"),
        ("http://example.org:65536/", "port"),
        ("http://example.org:8O/", "port"),
        ("http://example.org:８０/", "port"),
        ("http://example.org:80:80/", "port"),
        (f"http://example.org/{'a' * 8000}", "8,000"),
    ],
)
def test_an_address_that_could_be_taken_in_two_ways_is_refused_with_the_reason(url, why):
    with pytest.raises(ValueError, match=why):
        address_url.parsed(url)


@pytest.mark.parametrize("url", ["http://127.0.0.1./", "http://１２７。０。０。１/", "http://127｡0｡0｡1"])
def test_a_host_that_is_an_ip_address_once_unicode_and_dots_are_mapped_is_known_as_one(url):
    assert address_url.parsed(url).literal == ip_address("127.0.0.1")


def test_an_address_in_a_message_has_no_password_nor_what_a_terminal_obeys():
    assert addresses.shown("https://user:hunter2@example.org/\x1b[2Ja\u202eb") == "https://example.org/\ufffd[2Ja\ufffdb"
    assert len(addresses.shown("http://example.org/" + "a" * 5000)) == 201


@pytest.mark.parametrize("text", ["127.0.0.1", "127.0.0.1:", "localhost:80", "127.0.0.1:0", "::1:80", "[127.0.0.1]:80", "10.0.0.0/8:80"])
def test_a_door_that_is_no_ip_address_and_port_is_told(text):
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        addresses.doors(f"10.0.0.1:80, {text}")


def test_doors_are_pairs_of_address_and_port():
    found = addresses.doors(" 127.0.0.1:8000,[::1]:80 ,")
    assert found == {(ip_address("127.0.0.1"), 8000), (ip_address("::1"), 80)}
    assert addresses.doors("") == frozenset()
