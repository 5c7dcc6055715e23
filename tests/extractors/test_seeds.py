"""The hand-kept files load as they are, and every kind of slip is refused with file, line, value and remedy."""

from __future__ import annotations

import pickle
import re
import time
from collections import Counter
from pathlib import Path

import pytest
import tldextract

from extractors.errors import SeedError
from extractors.records import Mission
from extractors.seeds import KINDS, read_feeds, read_mission, read_missions, read_publishers

SEEDS = Path(__file__).parents[2] / "seeds"
HAITI = SEEDS / "missions" / "haiti"
# Haiti with its islands, in degrees: south, north, west, east.
SOUTH, NORTH, WEST, EAST = 17.9, 20.2, -74.6, -71.6

STATES = "iso3\tlanguage\tnames\tadjectives\tmetonyms\nKEN\ten\tKenya\tKenyan|Kenyans\tNairobi\nHTI\ten\tHaiti\t\t\n"
ACTORS = (
    "id\ttype\tcountry\troles\tlanguage\tnames\tadjectives\tmetonyms\tsource\n"
    "KEN\tstate\tKEN\tlead|contributor\t\t\t\t\ttest\n"
    "MSS\tforce\t\tforce\ten\tMultinational Security Support mission|MSS\t\t\ttest\n"
    "MSS\t\t\t\tfr\tMMAS\t\t\t\n"
)
PEOPLE = (
    "person\taliases\trole\tactor\theld_from\theld_to\tsource\n"
    "William Ruto\tPresident Ruto\tPresident\tKEN\t2022-09-13\t\ttest\n"
    "William Ruto\tRuto\tDeputy President\tKEN\t2013-04-09\t2022-09-13\ttest\n"
)
PLACES = (
    "place_id\tname\tkind\taliases\tcountry\tadmin1\tadmin2\tpcode\tlatitude\tlongitude\tsource\n"
    "HT01\tOuest\tdepartment\t\tHTI\t\t\tHT01\t\t\ttest\n"
    "HT0111\tPort-au-Prince\tcommune\tPòtoprens|Puerto Príncipe\tHTI\tOuest\t\tHT0111\t18.54349\t-72.33881\ttest\n"
    "bel-air\tBel-Air\tneighbourhood\t\tHTI\tOuest\tPort-au-Prince\t\t\t\ttest\n"
)
MISSION = """name = "test"
title = "A mission"
theatre = "HTI"
started_on = 2023-10-02
forces = ["MSS"]
kinds = ["deployment", "pledge"]

[[term]]
weight = 0.5
language = "en"
texts = ["Haiti", "gangs"]

[[term]]
weight = 1.0
texts = ["MSS"]
"""
SUCCESSION = """
[[succession]]
predecessor = "MSS"
successor = "MSS"
decided_by = "a resolution"
"""
FEEDS = """# a list
[[feed]]
url = "https://one.example/feed"

[[feed]]
url = "https://two.example/feed"
outlet = "Two"
country = "KEN"
language = "sw"
fetch = "all"
"""
PUBLISHERS = "domain\toutlet\tcountry\tlanguage\tkind\none.example\tOne\tKEN\ten\tagency\ntwo.example\tTwo\t\t\t\n"

FILES = {
    "states.tsv": STATES,
    "missions/test/mission.toml": MISSION,
    "missions/test/actors.tsv": ACTORS,
    "missions/test/people.tsv": PEOPLE,
    "missions/test/places.tsv": PLACES,
    "feeds.toml": FEEDS,
    "publishers.tsv": PUBLISHERS,
}


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def haiti() -> Mission:
    return read_mission(HAITI)


def read_all(seeds: Path) -> None:
    read_missions(seeds)
    read_feeds(seeds / "feeds.toml")
    read_publishers(seeds / "publishers.tsv")


# What is right is read as it stands.


def test_a_small_mission_is_read_whole(seeds):
    (mission,) = read_missions(seeds)
    assert (mission.name, mission.theatre, mission.forces) == ("test", "HTI", ("MSS",))
    assert [(term.text, term.language, term.weight) for term in mission.terms] == [
        ("Haiti", "en", 0.5),
        ("gangs", "en", 0.5),
        ("MSS", None, 1.0),
    ]
    assert [place.aliases for place in mission.places][1] == ("Pòtoprens", "Puerto Príncipe")


def test_a_state_takes_its_names_from_the_states_and_its_roles_from_the_mission(seeds):
    actors = {actor.id: actor for actor in read_mission(seeds / "missions" / "test").actors}
    assert actors["KEN"].roles == ("lead", "contributor")
    assert [(name.text, name.form) for name in actors["KEN"].names] == [
        ("Kenya", "name"),
        ("Kenyan", "adjective"),
        ("Kenyans", "adjective"),
        ("Nairobi", "metonym"),
    ]
    assert actors["HTI"].type == "state"
    assert actors["HTI"].roles == ()


def test_rows_of_one_id_are_one_actor(seeds):
    (mss,) = [actor for actor in read_mission(seeds / "missions" / "test").actors if actor.id == "MSS"]
    assert {(name.text, name.language) for name in mss.names} >= {("MSS", "en"), ("MMAS", "fr")}


def test_a_person_has_the_same_aliases_in_every_post(seeds):
    posts = read_mission(seeds / "missions" / "test").posts
    assert [post.aliases for post in posts] == [("President Ruto", "Ruto")] * 2


def test_a_feed_needs_its_url_alone(seeds):
    first, second = read_feeds(seeds / "feeds.toml")
    assert (first.outlet, first.country, first.language, first.fetch) == (None, None, None, "matching")
    assert (second.outlet, second.country, second.language, second.fetch) == ("Two", "KEN", "sw", "all")


def test_blank_lines_remarks_a_byte_order_mark_and_windows_line_ends_do_no_harm(seeds):
    text = "\ufeff# a remark\n\n" + PUBLISHERS.replace("\n", "\r\n")
    (seeds / "publishers.tsv").write_bytes(text.encode())
    assert [publisher.kind for publisher in read_publishers(seeds / "publishers.tsv")] == ["agency", "media"]


# What is wrong is refused: file, old text, new text, line, words of the problem, words of the remedy.

SLIPS = [
    ("feeds.toml", 'url = "https://two', 'uri = "https://two', 6, "'uri'", "Did you mean 'url'"),
    ("feeds.toml", 'url = "https://two.example/feed"\n', "", 5, "url is missing", "Give url"),
    ("feeds.toml", "https://two", "ftp://two", 6, "'ftp://two.example/feed'", "https://"),
    ("feeds.toml", "https://two.example/feed", "two.example/feed", 6, "'two.example/feed'", "https://"),
    ("feeds.toml", "https://two.example/feed", "https://[two/feed", 6, "no http(s) address", "https://"),
    ("feeds.toml", "https://two", "https://one", 6, "'https://one.example/feed' stands twice", "Keep one"),
    ("feeds.toml", '"KEN"', '"KE"', 8, "'KE'", "KEN for Kenya"),
    ("feeds.toml", '"KEN"', "7", 8, "country = 7", "quotes"),
    ("feeds.toml", '"KEN"', '""', 8, "country = ''", "quotes"),
    ("feeds.toml", '"sw"', '"Swahili"', 9, "'Swahili'", "two small letters"),
    ("feeds.toml", '"all"', '"al"', 10, "'al'", "Did you mean 'all'"),
    ("feeds.toml", '[[feed]]\nurl = "https://two', '[[feeds]]\nurl = "https://two', 5, "'feeds'", "mean 'feed'"),
    ("feeds.toml", 'outlet = "Two"', 'outlet = "Two', 7, "not TOML", "double quotes"),
    ("feeds.toml", FEEDS, '[feed]\nurl = "https://one.example/feed"\n', 1, "no list of tables", "[[feed]]"),
    ("publishers.tsv", "\tkind", "", 1, "'kind' is missing", "domain, outlet"),
    ("publishers.tsv", "\tkind", "\tsort", 1, "'sort'", "one of"),
    ("publishers.tsv", "\tlanguage", "\tcountry", 1, "'country' stands twice", "Keep one"),
    ("publishers.tsv", PUBLISHERS, "", 0, "empty", "domain, outlet"),
    ("publishers.tsv", "one.example", "www.one.example", 2, "'www.one.example'", "without www."),
    ("publishers.tsv", "one.example", "https://one.example", 2, "'https://one.example'", "without www."),
    ("publishers.tsv", "two.example", "one.example", 3, "'one.example' stands twice", "Keep one"),
    ("publishers.tsv", "agency", "agence", 2, "'agence'", "Did you mean 'agency'"),
    ("publishers.tsv", "One\t", "\t", 2, "outlet is missing", "Give outlet"),
    ("publishers.tsv", "agency", "agency\textra", 2, "6 cells under 5 columns", "tabs"),
    ("publishers.tsv", "agency\n", "agency\r \n", 2, "not a table", "Part the lines"),
    ("publishers.tsv", "One\t", "O" * 200_000 + "\t", 2, "not a table", "100,000 characters"),
    ("states.tsv", "HTI\t", "HAI\t", 3, "'HAI'", "three capital letters"),
    ("states.tsv", "KEN\ten", "KEN\teng", 2, "'eng'", "two small letters"),
    ("states.tsv", "Kenya\t", "\t", 2, "names is missing", "Give names"),
    ("states.tsv", "Kenyan|Kenyans", "Kenyan||Kenyans", 2, "empty alternative", "needless |"),
    ("states.tsv", "Kenyan|Kenyans", "Kenyan|Kenyan", 2, "'Kenyan' twice", "Keep one"),
    ("actors.tsv", "MSS\tforce", "MSS\tforces", 3, "'forces'", "Did you mean 'force'"),
    ("actors.tsv", "MSS\tforce", "MSS\t", 3, "type is missing", "Give type"),
    ("actors.tsv", "MSS\tforce", "MSS\tstate", 3, "'state' of MSS", "states.tsv"),
    ("actors.tsv", "KEN\tstate", "KEN\tgang", 2, "'gang' of KEN", "states.tsv"),
    ("actors.tsv", "MSS\t\t\t\tfr", "MSS\tgang\t\t\tfr", 4, "'gang' of MSS differs from line 3", "first row"),
    ("actors.tsv", "lead|contributor", "Lead|contributor", 2, "'Lead'", "small"),
    ("actors.tsv", "MSS\tforce\t\t", "MSS\tforce\tHT\t", 3, "'HT'", "three capital letters"),
    ("people.tsv", "President\tKEN", "President\tKNE", 2, "'KNE'", "Did you mean 'KEN'"),
    ("people.tsv", "President\tKEN\t2022", "President\t\t2022", 2, "actor is missing", "Give actor"),
    ("people.tsv", "KEN\t2022-09-13", "KEN\t13.9.2022", 2, "'13.9.2022'", "2024-06-25"),
    ("people.tsv", "KEN\t2022-09-13", "KEN\t2022-02-30", 2, "'2022-02-30'", "2024-06-25"),
    ("people.tsv", "2013-04-09", "2023-04-09", 3, "2022-09-13 is before held_from 2023-04-09", "Swap"),
    ("people.tsv", "Deputy President\tKEN\t2013-04-09", "President\tKEN\t2022-09-13", 3, "stands twice", "Keep one"),
    ("people.tsv", "2022-09-13\ttest", "2022-09-13\t", 3, "source is missing", "Give source"),
    ("places.tsv", "commune\tPò", "comune\tPò", 3, "'comune'", "Did you mean 'commune'"),
    ("places.tsv", "\tHT0111\t", "\t0111\t", 3, "'0111' is no P-code", "leave it blank"),
    ("places.tsv", "\t18.54349", "\t18,54349", 3, "'18,54349'", "with a point"),
    ("places.tsv", "\t18.54349", "\t118.54349", 3, "'118.54349' is no number from -90 to 90", "with a point"),
    ("places.tsv", "\t18.54349", "\tnan", 3, "'nan'", "with a point"),
    ("places.tsv", "\t18.54349", "\t", 3, "only one of latitude and longitude", "both blank"),
    ("places.tsv", "HTI\tOuest\t\tHT0111", "HTI\tOest\t\tHT0111", 3, "'Oest'", "Did you mean 'Ouest'"),
    ("places.tsv", "Ouest\tPort-au-Prince", "Ouest\tPort-au-Price", 4, "'Port-au-Price'", "mean 'Port-au-Prince'"),
    ("places.tsv", "bel-air", "HT0111", 4, "'HT0111' stands twice", "Keep one"),
    ("places.tsv", "neighbourhood\t\tHTI", "neighbourhood\t\tHAITI", 4, "'HAITI'", "three capital letters"),
    ("mission.toml", 'name = "test"', 'name = "haiti"', 1, "'haiti'", "'test'"),
    ("mission.toml", 'theatre = "HTI"\n', "", 1, "theatre is missing", "Give theatre"),
    ("mission.toml", 'theatre = "HTI"', 'theater = "HTI"', 3, "'theater'", "Did you mean 'theatre'"),
    ("mission.toml", "2023-10-02", "2023-10-02\nended_on = 2022-01-01", 5, "2022-01-01 is before", "Swap"),
    ("mission.toml", "2023-10-02", '"soon"', 4, "'soon'", "2024-06-25"),
    ("mission.toml", '"pledge"', '"pledges"', 6, "'pledges'", "Did you mean 'pledge'"),
    ("mission.toml", 'forces = ["MSS"]', 'forces = ["KEN"]', 5, "'KEN'", "one of MSS"),
    ("mission.toml", 'forces = ["MSS"]', "forces = []", 5, "missing or empty", "at least one"),
    ("mission.toml", 'forces = ["MSS"]', "forces = 3", 5, "no list of texts", '["..."'),
    ("mission.toml", "weight = 0.5", "weight = 5", 9, "weight 5", "with a point"),
    ("mission.toml", "weight = 0.5", 'weight = 0.5\nside = "other"', 10, "'other'", "Did you mean 'theatre'"),
    ("mission.toml", "2023-10-02", '2023-10-02\nwritten_in = ["creole"]', 5, "'creole'", "listed"),
    ("mission.toml", "2023-10-02", '2023-10-02\nshared_place_names = ["Bel Air"]', 5, "'Bel Air'", "'Bel-Air'"),
    ("mission.toml", "weight = 0.5\n", "", 8, "weight is missing", "1.0 settles"),
    ("mission.toml", "weight = 0.5", "wieght = 0.5", 9, "'wieght'", "Did you mean 'weight'"),
    ("mission.toml", '"Haiti", "gangs"', '"Haiti", "Haiti"', 11, "'Haiti' twice", "Keep one"),
    ("mission.toml", 'texts = ["MSS"]', 'language = "en"\ntexts = ["gangs"]', 16, "'gangs' has a weight", "Keep one"),
    ("mission.toml", MISSION, MISSION + SUCCESSION.replace("MSS", "MMS"), 18, "'MMS'", "Did you mean 'MSS'"),
    ("mission.toml", MISSION, MISSION + SUCCESSION.replace("decided_by", "by"), 20, "'by'", "one of"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "line", "problem", "remedy"), SLIPS)
def test_a_slip_is_refused_with_file_line_value_and_remedy(seeds, name, old, new, line, problem, remedy):
    file = next(seeds.rglob(name))
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode())
    with pytest.raises(SeedError) as refusal:
        read_all(seeds)
    error = refusal.value
    assert (Path(error.file), error.line) == (file, line)
    assert problem in error.problem
    assert remedy in error.remedy
    assert str(error).startswith(f"{file}:{line}: " if line else f"{file}: ")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(seeds, name):
    (seeds / name).unlink()
    with pytest.raises(SeedError, match="cannot be read") as refusal:
        read_all(seeds)
    assert Path(refusal.value.file) == seeds / name


@pytest.mark.parametrize("name", FILES)
def test_bytes_that_are_not_utf8_are_named_with_their_line(seeds, name):
    with (seeds / name).open("ab") as file:
        file.write("# Haïti".encode("latin-1"))
    with pytest.raises(SeedError, match="0xef is not UTF-8") as refusal:
        read_all(seeds)
    assert refusal.value.line == FILES[name].count("\n") + 1


def test_a_folder_without_missions_is_refused(tmp_path):
    with pytest.raises(SeedError, match="holds no mission"):
        read_missions(tmp_path)


def test_a_refusal_crosses_a_process_border():
    error = SeedError("feeds.toml", 6, "problem", "remedy")
    assert str(pickle.loads(pickle.dumps(error))) == "feeds.toml:6: problem. remedy"


# A mission beside others.

OTHER_MISSION = """\
name = "other"
title = "Another mission"
theatre = "KEN"
forces = ["EACRF"]
kinds = ["strength"]
[[term]]
texts = ["EACRF"]
weight = 1.0
"""
OTHER_ACTORS = (
    "id\ttype\tcountry\troles\tlanguage\tnames\tadjectives\tmetonyms\tsource\n"
    "EACRF\tforce\t\tforce\ten\tEACRF|East African Regional Force|regional force|MSS\t\t\tx\n"
    "rebels\tgang\tKEN\tadversary\ten\tal-Harakat|the rebels\t\t\tx\n"
    "police\tpolice\tKEN\t\ten\tRegional Police\t\t\tx\n"
)


@pytest.fixture
def two_missions(seeds: Path) -> Path:
    folder = seeds / "missions" / "other"
    folder.mkdir()
    (folder / "mission.toml").write_text(OTHER_MISSION, encoding="utf-8")
    (folder / "actors.tsv").write_text(OTHER_ACTORS, encoding="utf-8")
    return seeds


def test_of_another_mission_only_proper_names_are_known_that_mean_nothing_here(two_missions):
    mission = read_mission(two_missions / "missions" / "test")
    assert {name.text for name in mission.others} == {"EACRF", "East African Regional Force", "al-Harakat"}


def test_a_state_with_a_role_here_is_no_other_theatre(two_missions):
    assert read_mission(two_missions / "missions" / "test").other_theatres == ()
    folder = two_missions / "missions" / "other" / "mission.toml"
    folder.write_text(OTHER_MISSION.replace("KEN", "SOM"), encoding="utf-8")
    assert read_mission(two_missions / "missions" / "test").other_theatres == ("SOM",)


def test_missions_without_a_folder_stand_in_a_plain_list(seeds):
    (seeds / "other_missions.tsv").write_text("names\tlanguage\ttitle\nUNIFIL|FINUL\t\tx\n", encoding="utf-8")
    assert [name.text for name in read_mission(seeds / "missions" / "test").others] == ["UNIFIL", "FINUL"]


def test_an_adversary_that_is_no_armed_group_is_refused(seeds):
    file = seeds / "missions" / "test" / "mission.toml"
    file.write_text('adversary = "KEN"\n' + MISSION, encoding="utf-8")
    with pytest.raises(SeedError, match="adversary 'KEN' is no gang"):
        read_mission(file.parent)


def test_a_word_of_an_unknown_class_is_refused(seeds):
    file = seeds / "missions" / "test" / "mission.toml"
    file.write_text(MISSION + '[[word]]\ntag = "theater"\ntexts = ["the island"]\n', encoding="utf-8")
    with pytest.raises(SeedError, match="Did you mean 'theatre'"):
        read_mission(file.parent)


# The files of this project.


@pytest.mark.parametrize("mission", read_missions(SEEDS), ids=lambda mission: mission.name)
def test_every_mission_has_what_the_rules_lean_on(mission):
    """A capital, an adversary, a police force of its own, and every force named in a language that has terms."""
    actors = {actor.id: actor for actor in mission.actors}
    assert mission.capital is not None
    assert mission.adversary is not None
    assert any(actor.type == "police" and actor.country == mission.theatre for actor in mission.actors)
    assert all(actors[force].names for force in mission.forces)
    assert "host" in actors[mission.theatre].roles


def test_the_mission_in_haiti_loads(haiti):
    assert "haiti" in [mission.name for mission in read_missions(SEEDS)]
    assert haiti.forces == ("MSS", "GSF")
    assert set(haiti.kinds) == set(KINDS)
    assert len(haiti.posts) >= 60


def test_every_state_has_names_in_three_languages(haiti):
    states = [actor for actor in haiti.actors if actor.type == "state"]
    assert len(states) == 197
    for state in states:
        assert {"en", "fr", "es"} <= {name.language for name in state.names if name.form == "name"}, state.id


def test_the_forces_are_named_in_all_five_languages(haiti):
    for actor in haiti.actors:
        if actor.type == "force" or actor.id == "gangs":
            assert {"en", "fr", "es", "ht", "sw"} <= {name.language for name in actor.names}, actor.id


def test_no_two_states_share_a_name(haiti):
    names = Counter(
        (name.language, name.text)
        for actor in haiti.actors
        if actor.type == "state"
        for name in actor.names
        if name.form != "metonym"
        if not (actor.id == "USA" and name.form == "adjective")  # U.S. is both of America's forms
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_every_place_lies_in_a_known_one(haiti):
    departments = {place.name for place in haiti.places if place.kind == "department"}
    communes = {place.name: place.admin1 for place in haiti.places if place.kind == "commune"}
    for place in haiti.places:
        assert place.admin1 is None or place.admin1 in departments, place
        assert place.admin2 is None or communes[place.admin2] == place.admin1, place


def test_haiti_has_its_departments_communes_and_quarters(haiti):
    kinds = Counter(place.kind for place in haiti.places if place.country == "HTI")
    assert (kinds["department"], kinds["commune"]) == (10, 140)
    assert kinds["neighbourhood"] >= 60


def test_a_commune_bears_its_departments_p_code(haiti):
    codes = {place.name: place.pcode for place in haiti.places if place.kind == "department"}
    for place in haiti.places:
        if place.kind == "commune" and place.country == "HTI":
            assert re.fullmatch(codes[place.admin1] + r"\d\d", place.pcode), place


def test_coordinates_in_haiti_lie_in_haiti(haiti):
    for place in haiti.places:
        if place.country == "HTI" and place.latitude is not None:
            assert SOUTH < place.latitude < NORTH, place
            assert WEST < place.longitude < EAST, place


def test_every_post_belongs_to_a_known_actor(haiti):
    actors = {actor.id for actor in haiti.actors}
    assert {post.actor for post in haiti.posts} <= actors


def test_a_name_of_the_force_settles_what_an_article_is_about(haiti):
    weights = {(term.text, term.language): term.weight for term in haiti.terms}
    assert weights["Multinational Security Support mission", "en"] == weights["Gang Suppression Force", "en"] == 1.0


def test_every_feed_belongs_to_a_known_publisher():
    split = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    publishers = {publisher.domain for publisher in read_publishers(SEEDS / "publishers.tsv")}
    feeds = read_feeds(SEEDS / "feeds.toml")
    assert {split(feed.url).top_domain_under_public_suffix for feed in feeds} <= publishers
    assert {feed.language for feed in feeds} == {"en", "fr", "es", "sw"}


def test_publishers_are_registered_domains():
    split = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    for publisher in read_publishers(SEEDS / "publishers.tsv"):
        assert split(publisher.domain).top_domain_under_public_suffix == publisher.domain


def test_a_mission_loads_faster_than_one_would_notice():
    fastest = min(_seconds_to_read() for _ in range(5))
    assert fastest < 0.1  # 0.02 s of CPU time on an idle core; a busy one takes more, for its caches are not its own


def _seconds_to_read() -> float:
    start = time.process_time()
    read_mission(HAITI)
    return time.process_time() - start
