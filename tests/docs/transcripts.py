"""Docs -> docs with what their commands and queries answer now: `python -m tests.docs.transcripts FOLDER`.

FOLDER is where a demo has run. In the README a block of console lines after `<!-- transcript -->` is one command and
what it prints; in the cookbook a block of SQL is followed by `<!-- result -->` (or `<!-- empty result -->`) and what it
answers.
"""

import io
import re
import shlex
import subprocess
import sys
from pathlib import Path

from flows.tables import write_table
from warehouse.query import run_query

_ROOT = Path(__file__).resolve().parents[2]
README = _ROOT / "README.md"
COOKBOOK = _ROOT / "docs/cookbook.md"
PUBLISHED = Path("data/demo/published/missionwire.duckdb")
_BLOCK = re.compile(r"(<!-- transcript -->\n```console\n\$ (missionwire [^\n]*)\n)(.*?)(```)", re.DOTALL)
_RECIPE = re.compile(
    r"(### (?P<question>[^\n]*)\n\n```sql\n(?P<sql>[^`]*)```\n\n<!-- (?P<empty>empty )?result -->\n```text\n)"
    r"(?P<answer>[^`]*)(```)"
)


def commands(text):
    """The commands of a text's transcripts and what they are said to print."""
    return [(found[2], found[3]) for found in _BLOCK.finditer(text)]


def printed(command, folder):
    """What a command prints now, with the ends of lines trimmed as an editor would."""
    arguments = shlex.split(command)[1:]
    done = subprocess.run(
        [sys.executable, "-m", "flows", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return _trimmed(done.stdout)


def recipes(text):
    """The recipes of the cookbook, each with its question, sql, answer, and empty where no row is to come."""
    return [found.groupdict() for found in _RECIPE.finditer(text)]


def answered(sql, folder):
    """What `missionwire sql` prints for a query on the demo in a folder, and how many rows that are."""
    table = run_query(Path(folder) / PUBLISHED, sql)
    shown = io.StringIO()
    write_table(table, shown)
    return _trimmed(shown.getvalue()), len(table.rows)


def _trimmed(text):
    return "".join(line.rstrip() + "\n" for line in text.splitlines())


def _rewrite(folder):
    text = README.read_text()
    README.write_text(_BLOCK.sub(lambda found: found[1] + printed(found[2], folder) + found[4], text))
    text = COOKBOOK.read_text()
    COOKBOOK.write_text(_RECIPE.sub(lambda found: found[1] + answered(found["sql"], folder)[0] + "```", text))


if __name__ == "__main__":
    _rewrite(sys.argv[1])
