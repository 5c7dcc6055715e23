"""hand-kept files -> Mission, Feed, Publisher: what a person keeps by hand under seeds/, checked line by line.

A wrong value stops the reading with the file, the line, the value and what would be right: an extractor that runs
on half a mission would say less than the articles do, and nobody would notice. seeds/README.md explains the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit

from extractors.errors import SeedError
from extractors.records import Feed, Mission, Place, Post, Publisher, Side, Succession, Term, Word
from extractors.seed_actors import read_actors, read_states
from extractors.seed_fields import LANGUAGES, Fields
from extractors.seed_others import MISSION_KEYS, MISSION_TABLES, read_others
from extractors.seed_table import read_rows, read_toml

KINDS = (
    "deployment", "withdrawal", "pledge", "strength", "casualty", "displacement", "need", "funding", "control",
    "mandate", "role", "equipment", "statement",
)  # fmt: skip
PLACE_KINDS = ("country", "department", "arrondissement", "commune", "communal_section", "neighbourhood", "site")
PUBLISHER_KINDS = ("media", "agency", "un", "ngo", "government", "other")

_PERSON_COLUMNS = ("person", "aliases", "role", "actor", "held_from", "held_to", "source")
_PLACE_COLUMNS = (
    "place_id", "name", "kind", "aliases", "country", "admin1", "admin2", "pcode", "latitude", "longitude", "source",
)  # fmt: skip
_PUBLISHER_COLUMNS = ("domain", "outlet", "country", "language", "kind")
# Classes of the lexicon that a mission may add words to.
WORD_TAGS = ("theatre", "capital_city", "predecessor")
_WORD_KEYS = ("tag", "language", "texts")
_TERM_KEYS = ("texts", "language", "weight", "side")
# What the terms of a mission may be, and those of terms.toml, which all missions share.
_OWN_SIDES: tuple[Side, ...] = ("story", "theatre")
_SHARED_SIDES: tuple[Side, ...] = ("theme", "other")
_SUCCESSION_KEYS = ("predecessor", "successor", "decided_by", "decided_on")
_FEED_KEYS = ("url", "outlet", "country", "language", "fetch", "paused")

_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
# More than 2.0 says nothing that 1.0 does not say already: 1.0 settles it.
_MOST_WEIGHT = 2.0


def read_mission(folder: Path, *, states: Path | None = None) -> Mission:
    """Read one mission's folder.

    Args:
        folder: holds mission.toml, actors.tsv, people.tsv and places.tsv.
        states: the names of all states; seeds/states.tsv when the folder is seeds/missions/<name>.

    Raises:
        SeedError: a file is missing, or something in it is wrong.
    """
    file = folder / "mission.toml"
    top, tables = read_toml(file, keys=MISSION_KEYS, tables=MISSION_TABLES)
    actors = read_actors(folder / "actors.tsv", read_states(states or folder.parent.parent / "states.tsv"))
    ids = {actor.id for actor in actors}
    started, ended = top.days("started_on", "ended_on")
    places = _read_places(folder / "places.tsv")
    place_names = {name for place in places for name in (place.name, *place.aliases)}
    others = read_others(folder, actors)
    shared = _read_shared_terms(folder.resolve().parent.parent / "terms.toml")
    return Mission(
        name=_mission_name(top, folder),
        title=top.text("title"),
        theatre=top.need("theatre", top.country("theatre")),
        forces=top.some_of("forces", [actor.id for actor in actors if actor.type == "force"], "force of actors.tsv"),
        kinds=top.some_of("kinds", KINDS, "kind of claim"),
        terms=(*_read_terms(tables["term"], _OWN_SIDES), *shared),
        actors=actors,
        posts=_read_posts(folder / "people.tsv", ids),
        places=places,
        started_on=started,
        ended_on=ended,
        capital=top.one_of("capital", {place.place_id for place in places}, "place of places.tsv"),
        successions=tuple(_read_succession(table, ids) for table in tables["succession"]),
        adversary=top.one_of("adversary", [actor.id for actor in actors if actor.type == "gang"], "gang of actors.tsv"),
        words=tuple(word for table in tables["word"] for word in _read_words(table)),
        others=others.names,
        other_theatres=others.theatres,
        written_in=top.any_of("written_in", LANGUAGES, "ISO 639-1 code"),
        shared_place_names=top.any_of("shared_place_names", place_names, "name in places.tsv"),
    )


def read_missions(seeds: Path) -> tuple[Mission, ...]:
    """Read every folder under seeds/missions, in the order of their names.

    Raises:
        SeedError: there is no mission, or one of them is wrong.
    """
    folder = seeds / "missions"
    folders = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    if not folders:
        raise SeedError(folder, 0, "holds no mission", "Make a folder for one, with mission.toml and its tables in it")
    return tuple(read_mission(path, states=seeds / "states.tsv") for path in folders)


def read_feeds(file: Path) -> tuple[Feed, ...]:
    """Read a feed list: one [[feed]] table a feed, of which only url is required.

    Raises:
        SeedError: a key or value is wrong, or a URL stands twice.
    """
    _, tables = read_toml(file, keys=(), tables=("feed",))
    feeds: dict[str, Feed] = {}
    for table in tables["feed"]:
        feed = _read_feed(table)
        table.refuse_twice("url", feed.url, feeds)
        feeds[feed.url] = feed
    return tuple(feeds.values())


def read_publishers(file: Path) -> tuple[Publisher, ...]:
    """Read what is known of outlets, one registered domain a line.

    Raises:
        SeedError: a value is wrong, or a domain stands twice.
    """
    publishers: dict[str, Publisher] = {}
    for row in read_rows(file, _PUBLISHER_COLUMNS):
        domain = row.text("domain")
        if not _DOMAIN.fullmatch(domain) or domain.startswith("www."):
            raise row.error(
                "domain",
                f"domain {domain!r} is no registered domain",
                "Write it small, without www. or path, as haitilibre.com",
            )
        row.refuse_twice("domain", domain, publishers)
        publishers[domain] = Publisher(
            domain=domain,
            outlet=row.text("outlet"),
            country=row.country("country"),
            language=row.language("language"),
            kind=row.one_of("kind", PUBLISHER_KINDS, "kind of publisher") or "media",
        )
    return tuple(publishers.values())


def _read_feed(table: Fields) -> Feed:
    table.check_keys(_FEED_KEYS)
    url = table.text("url")
    if not _is_http(url):
        raise table.error(
            "url", f"url {url!r} is no http(s) address", "Write the whole address, as https://haitiantimes.com/feed/"
        )
    fetch = table.one_of("fetch", ("matching", "all"), "way to fetch") or "matching"
    return Feed(
        url=url,
        outlet=table.text_or_none("outlet"),
        country=table.country("country"),
        language=table.language("language"),
        fetch=cast("Literal['matching', 'all']", fetch),
        is_paused=table.flag("paused"),
    )


def _is_http(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", url)
    except ValueError:
        return False


def _read_posts(file: Path, actors: Iterable[str]) -> tuple[Post, ...]:
    """Posts in the order of the file; a person's aliases, wherever they stand, go to all of the person's posts."""
    known = set(actors)
    rows = list(read_rows(file, _PERSON_COLUMNS))
    aliases: dict[str, dict[str, None]] = {}
    for row in rows:
        aliases.setdefault(row.text("person"), {}).update(dict.fromkeys(row.texts("aliases")))
    posts: dict[tuple[object, ...], Post] = {}
    for row in rows:
        post = _read_post(row, known, tuple(aliases[row.text("person")]))
        key = (post.person, post.role, post.actor, post.held_from)
        row.refuse_twice("person", key, posts)
        posts[key] = post
    return tuple(posts.values())


def _read_post(row: Fields, actors: set[str], aliases: tuple[str, ...]) -> Post:
    row.text("actor")
    actor = row.one_of("actor", actors, "state and no id of actors.tsv")
    held_from, held_to = row.days("held_from", "held_to")
    return Post(
        person=row.text("person"),
        role=row.text("role"),
        actor=row.need("actor", actor),
        aliases=aliases,
        held_from=held_from,
        held_to=held_to,
        source=row.text("source"),
    )


def _read_places(file: Path) -> tuple[Place, ...]:
    rows = list(read_rows(file, _PLACE_COLUMNS))
    names = {
        level: {row.values.get("name") for row in rows if row.values.get("kind") == level} for level in PLACE_KINDS
    }
    departments = {str(name) for name in names["department"]}
    communes = {str(name) for name in names["commune"]}
    places: dict[str, Place] = {}
    for row in rows:
        place = _read_place(row)
        row.one_of("admin1", departments, "department of this file")
        row.one_of("admin2", communes, "commune of this file")
        row.refuse_twice("place_id", place.place_id, places)
        places[place.place_id] = place
    return tuple(places.values())


def _read_place(row: Fields) -> Place:
    latitude, longitude = row.number("latitude", -90, 90), row.number("longitude", -180, 180)
    if (latitude is None) is not (longitude is None):
        raise row.error("latitude", "only one of latitude and longitude is given", "Give both, or leave both blank")
    return Place(
        place_id=row.text("place_id"),
        name=row.text("name"),
        kind=row.need("kind", row.one_of("kind", PLACE_KINDS, "kind of place")),
        country=row.need("country", row.country("country")),
        aliases=row.texts("aliases"),
        admin1=row.text_or_none("admin1"),
        admin2=row.text_or_none("admin2"),
        pcode=row.pcode("pcode"),
        latitude=latitude,
        longitude=longitude,
        source=row.text("source"),
    )


def _read_shared_terms(file: Path) -> tuple[Term, ...]:
    """Words that speak for or against any mission; a folder of seeds may do without."""
    if not file.is_file():
        return ()
    _, tables = read_toml(file, keys=(), tables=("term",))
    return _read_terms(tables["term"], _SHARED_SIDES)


def _read_terms(tables: list[Fields], sides: tuple[Side, ...]) -> tuple[Term, ...]:
    """One Term for each of a table's texts: those of one side, weight and language stand together."""
    terms: dict[tuple[str, str | None], Term] = {}
    for table in tables:
        table.check_keys(_TERM_KEYS)
        weight, language = table.number("weight", 0, _MOST_WEIGHT), table.language("language")
        if weight is None:
            raise table.error(
                "weight", "weight is missing", "Give one: 1.0 settles that an article is about the mission"
            )
        side = cast("Side", table.one_of("side", sides, "side of a term") or sides[0])
        for text in table.some_of("texts", None, "word or phrase"):
            if (text, language) in terms:
                raise table.error("texts", f"texts: {text!r} has a weight already", "Keep one of the two")
            terms[text, language] = Term(text, language, weight, side)
    return tuple(terms.values())


def _read_words(table: Fields) -> tuple[Word, ...]:
    table.check_keys(_WORD_KEYS)
    tag = table.need("tag", table.one_of("tag", WORD_TAGS, "class of words that a mission may add to"))
    language = table.language("language")
    return tuple(Word(text, language, tag) for text in table.some_of("texts", None, "word or phrase"))


def _read_succession(table: Fields, actors: set[str]) -> Succession:
    table.check_keys(_SUCCESSION_KEYS)
    table.text("decided_by")
    predecessor, successor = (
        table.need(key, table.one_of(key, actors, "id of actors.tsv")) for key in ("predecessor", "successor")
    )
    return Succession(predecessor, successor, table.day("decided_on"))


def _mission_name(top: Fields, folder: Path) -> str:
    name = top.text("name")
    if name != folder.resolve().name:
        raise top.error(
            "name",
            f"name {name!r} is not the folder's",
            f"Write name = {folder.resolve().name!r}, or rename the folder",
        )
    return name
