"""The reference pages name every command, option, setting, field and plugin there is."""

from pathlib import Path

import click
import pytest

from sourcebook import plugins
from sourcebook.cli import COMMANDS, cli
from sourcebook.config import Config
from sourcebook.export.json_schema import schema

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def commands() -> list[tuple[str, click.Command]]:
    context = click.Context(cli)
    found = []
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        found.append((name, command))
        if isinstance(command, click.Group):
            found += [(f"{name} {sub}", inner) for sub, inner in command.commands.items()]
    return found


@pytest.mark.parametrize(("name", "command"), commands(), ids=lambda x: x if isinstance(x, str) else "")
def test_every_command_and_option_is_documented(name: str, command: click.Command) -> None:
    text = (REFERENCE / "commands.md").read_text("utf-8")
    start = text.index(f"\n## sourcebook {name}\n")
    section = text[start : text.find("\n## ", start + 4)]
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert f"`{max(parameter.opts, key=len)}" in section
        else:
            assert (parameter.metavar or str(parameter.name).upper()) in section


def test_every_setting_and_plugin_is_documented() -> None:
    text = (REFERENCE / "settings.md").read_text("utf-8")
    for setting in Config.__struct_fields__:
        assert f"`{setting}`" in text
    for kind in plugins.BUILTIN:
        for name in plugins.BUILTIN[kind]:
            assert f"`{name}`" in text


def test_every_field_of_the_export_is_documented() -> None:
    text = (REFERENCE / "json.md").read_text("utf-8")
    for table, held in schema()["properties"].items():
        start = text.index(f"\n## {table}\n")
        section = text[start : text.find("\n## ", start + 4)]
        fields = held.get("items", held)["properties"]
        missing = [name for name in fields if f"`{name}`" not in section]
        assert missing == [], table
