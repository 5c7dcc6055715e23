"""docs/operating.md can be followed: its commands exist, its settings are read, its units and cron lines are sound."""

import os
import re
import shlex
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path

import pytest
from cronsim import CronSim
from typer.main import get_command

from flows.cli import app
from flows.settings import PREFIX, Settings, read_settings

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs/operating.md").read_text()
UNITS = sorted((ROOT / "docs/systemd").glob("*.service")) + sorted((ROOT / "docs/systemd").glob("*.timer"))
PROGRAMS = "/opt/missionwire/bin/"


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


def commands_given():
    """What the guide says after `missionwire`, in code and in its units."""
    code = [*blocks("sh"), *blocks("crontab"), *re.findall(r"`([^`\n]+)`", GUIDE)]
    code += [line.removeprefix("ExecStart=") for unit in UNITS for line in unit.read_text().splitlines()]
    for line in "\n".join(code).splitlines():
        if found := re.search(rf"(?:^|{PROGRAMS})missionwire ([a-z].*)", line):
            # The shell's own signs come as words of their own: the command ends there.
            words = shlex.shlex(found[1], posix=True, punctuation_chars=True)
            yield list(takewhile(lambda word: not set(word) <= set(";&|<>()"), words))


@pytest.mark.parametrize("words", list(commands_given()), ids=" ".join)
def test_every_command_exists_with_its_options(words):
    command = get_command(app)
    for word in words:
        command = getattr(command, "commands", {}).get(word, command)
    assert not hasattr(command, "commands"), f"{words} is no command"
    options = {name for parameter in command.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


def test_every_setting_exists():
    files = [path.read_text() for path in (ROOT / "docs/systemd").iterdir()]
    named = set(re.findall(rf"{PREFIX}([A-Z_]+)", "".join([GUIDE, *files])))
    assert named <= {name.upper() for name in Settings.model_fields}
    told = set(re.findall(r"^\| `(\w+)`(?: or `(\w+)`)? \| (?!wh)", GUIDE.split("## The data folder")[0], re.MULTILINE))
    assert {name for names in told for name in names if name} <= set(Settings.model_fields)


def test_the_settings_file_is_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    [text] = blocks("toml")
    Path("missionwire.toml").write_text(text)
    settings = read_settings()
    assert (settings.contact, settings.keep_days) == ("desk@example.org", 365)
    assert settings.feed_file.exists()


def test_every_file_that_is_named_exists():
    named = set(re.findall(r"docs/systemd/[\w.-]+|requirements\.lock|prefect\.yaml", GUIDE))
    assert len(named) > 5
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_file_of_the_units_is_installed_by_the_guide():
    told = set(re.findall(r"docs/systemd/([\w.-]+)", GUIDE))
    assert told == {path.name for path in (ROOT / "docs/systemd").iterdir()}
    wanted = {Path(name).name for unit in UNITS for name in re.findall(r"EnvironmentFile=-?(.*)", unit.read_text())}
    assert wanted <= told


@pytest.mark.parametrize("number", range(len(blocks("sh"))))
def test_the_shell_understands_every_block(number):
    checked = subprocess.run(["sh", "-n"], input=blocks("sh")[number], text=True, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_cron_lines_come_as_often_as_they_should():
    now = datetime(2025, 1, 20, 12, 0, tzinfo=UTC)
    [lines] = blocks("crontab")
    runs, backups = (CronSim(" ".join(line.split()[:5]), now) for line in lines.splitlines())
    first, second = next(runs), next(runs)
    assert second - first == timedelta(minutes=30)
    first, second = next(backups), next(backups)
    assert second - first == timedelta(days=1)
    # Cron reads a percent sign as the end of the command.
    assert "%" not in lines


def test_systemd_finds_nothing_wrong(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    for unit in UNITS:
        # It looks for the programs too, which stand at their place on the operator's machine only.
        (tmp_path / unit.name).write_text(re.sub(rf"{PROGRAMS}\w+", "/bin/true", unit.read_text()))
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.stem)
def test_services_may_write_their_own_folder_only_and_come_again(unit):
    text = unit.read_text()
    for line in ("User=missionwire", "ProtectSystem=strict", "NoNewPrivileges=yes", "StateDirectory=missionwire"):
        assert f"\n{line}\n" in text
    assert "\nRestart=always\n" in text or "\nType=oneshot\n" in text
