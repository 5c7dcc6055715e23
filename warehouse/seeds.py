"""Seeds -> ref.*: the hand-kept files as tables, replaced as a whole when they changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from extractors.errors import WarehouseError
from extractors.records import Actor, Feed, Mission, Publisher
from warehouse.connection import Connection
from warehouse.migrate import has_fingerprint, record_fingerprint, rollback
from warehouse.rows import Row, write_line
from warehouse.spool import HALF_WRITTEN
from warehouse.sql import read_query

_TABLES = ("mission", "force", "actor", "actor_name", "post", "place", "feed", "publisher")


def load_seeds(
    connection: Connection,
    *,
    missions: Sequence[Mission],
    feeds: Sequence[Feed],
    publishers: Sequence[Publisher],
    scratch: Path | None = None,
) -> bool:
    """Replace the ref tables by these seeds; returns whether anything had changed.

    Args:
        scratch: folder for half-written files, which `spool.remove_half_written` clears after a kill; the system's own
            if None.
    """
    rows: dict[str, list[Row]] = {table: [] for table in _TABLES}
    for mission in missions:
        _add_mission(rows, mission)
    rows["feed"] = [_feed_row(feed) for feed in feeds]
    rows["publisher"] = [_row(publisher, "domain", "outlet", "country", "language", "kind") for publisher in publishers]
    lines = {table: b"".join(map(write_line, rows[table])) for table in _TABLES}
    checksum = hashlib.sha256(b"\0".join(lines.values())).hexdigest()
    if has_fingerprint(connection, "seeds", checksum):
        return False
    _replace(connection, lines, checksum, scratch)
    return True


def _replace(connection: Connection, lines: dict[str, bytes], checksum: str, scratch: Path | None) -> None:
    connection.execute("BEGIN TRANSACTION")
    try:
        with TemporaryDirectory(prefix="seeds-", suffix=HALF_WRITTEN, dir=scratch) as folder:
            for table in _TABLES:
                file = Path(folder) / f"{table}.jsonl"
                file.write_bytes(lines[table])
                connection.execute(read_query(f"clear_{table}"))
                connection.execute(read_query(f"insert_{table}"), {"file": str(file)})
        record_fingerprint(connection, "seeds", checksum)
        connection.execute("COMMIT")
    except OSError as error:
        rollback(connection)
        where = scratch or Path(gettempdir())
        raise WarehouseError(where, f"the lists cannot be written there: {error.strerror or error}") from error
    except BaseException:
        rollback(connection)
        raise


def _add_mission(rows: dict[str, list[Row]], mission: Mission) -> None:
    key = {"mission": mission.name}
    rows["mission"].append({**key, **_row(mission, "title", "theatre", "kinds", "started_on", "ended_on")})
    rows["force"] += [{**key, "actor": actor, "sequence": n} for n, actor in enumerate(mission.forces, 1)]
    for actor in mission.actors:
        rows["actor"].append(
            {**key, "actor": actor.id, "name": _shown_name(actor), **_row(actor, "type", "country", "roles")}
        )
        rows["actor_name"] += [
            {**key, "actor": actor.id, "name": name.text, **_row(name, "language", "form")} for name in actor.names
        ]
    rows["post"] += [{**key, **_row(post, *_POST)} for post in mission.posts]
    rows["place"] += [{**key, **_row(place, *_PLACE)} for place in mission.places]


_POST = ("person", "role", "actor", "aliases", "held_from", "held_to", "source")
_PLACE = (
    "place_id",
    "name",
    "kind",
    "country",
    "aliases",
    "admin1",
    "admin2",
    "pcode",
    "latitude",
    "longitude",
    "source",
)


def _shown_name(actor: Actor) -> str:
    """The first English name, and where there is none the first of all."""
    names = [name for name in actor.names if name.form == "name"]
    shown = next((name for name in names if name.language == "en"), names[0] if names else None)
    return shown.text if shown else actor.id


def _feed_row(feed: Feed) -> Row:
    return {"feed": feed.url, **_row(feed, "url", "outlet", "country", "language", "fetch", "is_paused")}


def _row(record: object, *names: str) -> Row:
    return {name: getattr(record, name) for name in names}
