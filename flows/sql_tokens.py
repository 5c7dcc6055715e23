"""Settings -> Tokens: who may ask the SQL server, by the token that a client shows.

A file of tokens is read anew when it changes, so that a person who leaves is struck out without a restart.
"""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path

from extractors.errors import SettingsError
from extractors.whole_files import written_whole
from flows.progress import log
from flows.settings import Settings

# Quack's own least is 4. A wrong token costs a second (warehouse/serving.py); that is no help for a short one.
_LEAST_CHARACTERS = 8
_GENERATED_BYTES = 32
_ANYBODY_ELSE = 0o077


class Tokens:
    """Tokens and their holders; an only token in the environment belongs to `everybody`.

    Raises:
        SettingsError: there is no token, or the file of tokens is wrong.
    """

    def __init__(self, settings: Settings) -> None:
        given = settings.sql_token.get_secret_value()
        self.file = None if given else settings.sql_token_file or _own_file(settings)
        self._holders = {} if self.file else {_checked(given, "MISSIONWIRE_SQL_TOKEN"): "everybody"}
        self._seen: tuple[int, int, int] | None = None
        if self.file:
            self._holders = _read(self.file)
            self._seen = _stamp(self.file)
            if self.file.stat().st_mode & _ANYBODY_ELSE:
                log.warning("%s can be read by others; right would be: chmod 600 %s", self.file, self.file)

    def holder_of(self, token: str) -> str:
        """The name of whoever has this token; an empty text for a token that nobody has."""
        found = ""
        for known, holder in self._holders.items():
            # All are compared, each in the same time whatever is wrong with it.
            if hmac.compare_digest(known.encode(), token.encode()):
                found = holder
        return found

    def refresh(self) -> None:
        """Read the file anew if it has changed; one that is wrong now changes nothing, and that is said."""
        if self.file is None or (stamp := _stamp(self.file)) == self._seen:
            return
        self._seen = stamp
        try:
            self._holders = _read(self.file)
            log.info("%s was read anew: %s", self.file, ", ".join(self._holders.values()))
        except SettingsError as error:
            log.error("%s; the tokens that were read before are still good", error)


def _own_file(settings: Settings) -> Path:
    """The file in the data folder, with a token made up the first time."""
    file = settings.data / "sql-token"
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            # An empty one, as a full disk leaves it, would be refused at each later start.
            with written_whole(file) as half:
                half.touch(mode=0o600)
                half.write_text(f"{secrets.token_urlsafe(_GENERATED_BYTES)}\n", encoding="utf-8")
            log.info("a token was made up: %s", file)
    except OSError as error:
        raise SettingsError(f"{file}: no token can be written there ({error.strerror}); set sql_token_file") from error
    return file


def _read(file: Path) -> dict[str, str]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"sql_token_file {file} cannot be read: {error}") from error
    holders = {}
    for number, line in enumerate(lines, start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if len(words) > 2:
            raise SettingsError(f"{file}:{number}: {len(words)} words; right would be a token, or a name and a token")
        holders[_checked(words[-1], f"{file}:{number}")] = words[0] if len(words) == 2 else f"line {number}"
    if not holders:
        raise SettingsError(f"{file}: there is no token in it; right would be one a line, with a name before it")
    return holders


def _checked(token: str, place: str) -> str:
    if len(token) < _LEAST_CHARACTERS:
        raise SettingsError(
            f"{place}: a token of {len(token)} characters; right would be {_LEAST_CHARACTERS} at least, "
            'better those of: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    return token


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns, found.st_size)
