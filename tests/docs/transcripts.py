"""README.md -> README.md with what its commands print now: `python -m tests.docs.transcripts FOLDER`.

FOLDER is where a demo has run. A block of console lines after `<!-- transcript -->` is one command and what it prints.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"
_BLOCK = re.compile(r"(<!-- transcript -->\n```console\n\$ (missionwire [^\n]*)\n)(.*?)(```)", re.DOTALL)


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
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


if __name__ == "__main__":
    text = README.read_text()
    README.write_text(_BLOCK.sub(lambda found: found[1] + printed(found[2], sys.argv[1]) + found[4], text))
