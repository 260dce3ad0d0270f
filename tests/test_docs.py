"""Docs that cannot rot: what the command offers and what the package holds stands in them."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from according import __version__
from according.cli import OUTPUTS, cli, main
from according.formats import FORMATS, rows
from according.model import ClaimType, Measure, NameKind, Status
from according.records import claim_record
from ledger_of_hand import CLAIMS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PACKAGE = ROOT / "src" / "according"
COMMANDS = (DOCS / "commands.md").read_text(encoding="utf-8")
CLAIMS_PAGE = (DOCS / "claims.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    """The part of the commands' page that is about one command."""
    start = COMMANDS.index(f"(according-{name})=")
    end = COMMANDS.find("\n(according-", start + 1)
    return COMMANDS[start : end if end > 0 else None]


def commands(name: str) -> list[tuple[str, click.Command]]:
    """A command, and where it is a group those in it, each as it is called."""
    command = cli.commands[name]
    inner = command.commands if isinstance(command, click.Group) else {}
    return [(name, command), *((f"{name} {one}", inner[one]) for one in sorted(inner))]


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_each_command_and_each_of_its_options_is_documented(name):
    text = section(name)
    for called, command in commands(name):
        assert f"`according {called} " in text or f"`according {called}`" in text
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                for option in (*parameter.opts, *parameter.secondary_opts):
                    assert f"`{option}`" in text, f"{called} {option}"


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_each_command_s_help_has_an_example_and_says_what_each_option_does(name):
    for called, command in commands(name):
        assert f"according {called}" in (command.epilog or "")
        assert all(p.help for p in command.params if isinstance(p, click.Option))


def test_the_commands_own_options_are_documented():
    for parameter in cli.params:
        assert all(f"`{option}`" in COMMANDS or f"`according {option}`" in COMMANDS for option in parameter.opts)


def test_each_format_is_documented_and_offered():
    assert tuple(FORMATS) == OUTPUTS
    assert all(f"`{name}`" in section("code") for name in FORMATS)


def test_each_exit_status_is_documented():
    assert all(re.search(rf"^\| {status} \|", COMMANDS, re.MULTILINE) for status in (0, 1, 2, 130))


def test_each_column_of_the_csv_is_documented():
    told = set(re.findall(r"`(\w+)`", COMMANDS[COMMANDS.index("## Columns of the CSV") :]))
    starred = {f"{measure}_{bound}" for measure in Measure for bound in ("min", "max")}
    starred |= {f"{name}_{edge}" for name in ("trigger", "sentence") for edge in ("start", "end")}
    starred |= {f"place_{key}" for key in rows.PLACE}
    assert {"killed_min", "killed_max", "place_name"} <= told
    assert set(rows.CLAIM_COLUMNS) - starred <= told


def test_each_key_type_status_and_kind_is_documented():
    for word in (*claim_record(CLAIMS[0]), *ClaimType, *Status):
        assert f"`{word}`" in CLAIMS_PAGE, word
    assert all(kind in CLAIMS_PAGE for kind in NameKind)


def test_each_module_has_its_place_in_the_map():
    text = (DOCS / "design.md").read_text(encoding="utf-8")
    modules = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if path.name not in {"__init__.py", "__main__.py"}}
    told = set(re.findall(r"^\| `([\w/]+\.py)` \|", text, re.MULTILINE))
    assert modules - told == set(), "modules that docs/design.md does not name"
    assert told - modules == set(), "modules that docs/design.md names and that are not there"


def test_each_knowledge_file_is_named_too():
    text = (DOCS / "design.md").read_text(encoding="utf-8")
    for path in PACKAGE.rglob("*.toml"):
        assert f"`{path.relative_to(PACKAGE).as_posix()}`" in text


def test_the_changelog_tells_of_this_version():
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_each_make_target_is_documented():
    targets = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    texts = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", DOCS / "measuring.md"))
    assert targets and all(f"make {target}" in texts for target in targets[1].split())


def test_every_page_s_links_lead_somewhere():
    for page in (*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_s_example_is_what_the_command_prints(capsys, monkeypatch):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- made by docs/refresh.py -->\n\n```\n(.*?)\n…?\n?```", readme, re.DOTALL)
    assert shown, "run `make refresh`"
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("sys.argv", ["according", "code", "examples/news-page.html"])
    with pytest.raises(SystemExit):
        main()
    assert capsys.readouterr().out.startswith(shown[1]), "the README's example is stale: run `make refresh`"
