"""Search: words find articles in five languages, whatever their accents, case and endings, without an extension."""

from __future__ import annotations

import subprocess
import sys

import duckdb
import pytest

from extractors.errors import WarehouseError
from tests.warehouse.ledger import at, load_records, make_reading
from warehouse.copying import copy_whole
from warehouse.publish import publish
from warehouse.query import QueryError, run_query
from warehouse.removing import find_removable, remove_article
from warehouse.searching import index_words

TEXTS = {
    "en": "Gunmen attacked the hospital in Mirebalais; 217 officers came too late, and two nurses were kidnapped.",
    "fr": "L’hôpital de Mirebalais est fermé. 1\u202f041\u202f229 déplacés ; 217 policiers kényans.",
    "es": "La policía liberó a los secuestrados en Belladère; los niños, 217 en total, cruzaron la frontera.",
    "ht": "Polis kenyan yo rive Pòtoprens, 217 moun, e lekòl yo fèmen.",
    "sw": "Maafisa 217 wa polisi wamewasili Haiti; ng’ombe wengi wamekufa.",
}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    data = tmp_path_factory.mktemp("search")
    load_records(
        data,
        *(make_reading(n, text=text, title=name, language=name) for n, (name, text) in enumerate(TEXTS.items(), 1)),
    )
    return publish(data / "ledger.duckdb", data / "published")


def found(published, words, macro="search_articles"):
    with duckdb.connect(str(published), read_only=True) as plain:
        return [row[0] for row in plain.execute(f"SELECT title FROM {macro}(?)", [words]).fetchall()]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("officer", ["en"]),
        ("OFFICERS", ["en"]),
        ("kidnappings", ["en"]),
        ("hôpital", ["fr"]),
        ("HOPITAUX", ["fr"]),
        ("d'hôpital", ["fr"]),
        ("ho\u0302pital", ["fr"]),
        ("secuestrado", ["es"]),
        ("nino", ["es"]),
        ("policías frontera", ["es"]),
        ("Potoprens", ["ht"]),
        ("lekol", ["ht"]),
        ("maafisa", ["sw"]),
        ("ng'ombe", ["sw"]),
        ("1,041,229", ["fr"]),
        ("1 041 229", ["fr"]),
        ("1.041.229", ["fr"]),
        ("the", []),
        ("", []),
        ("zzyzx", []),
    ],
)
def test_words_find_their_articles(published, words, titles):
    assert found(published, words)[: len(titles) or None] == titles


def test_a_word_is_found_in_every_language(published):
    assert set(found(published, "217")) == set(TEXTS)
    assert set(found(published, "Mirebalais")) == {"en", "fr"}


def test_no_asked_word_is_nothing(published):
    assert run_query(published, "FROM search_articles(NULL)").rows == ()


def test_words_meant_tells_what_is_looked_up(published):
    rows = run_query(published, "FROM words_meant('The secuestrado zzyzx')").rows
    assert rows == (("secuestrado", "secuestrados"), ("zzyzx", None))


def test_the_snippet_shows_the_word_in_its_place(published):
    [(snippet,)] = run_query(published, "SELECT snippet FROM search_articles('frontera')").rows
    assert snippet == "… liberó a los secuestrados en Belladère; los niños, 217 en total, cruzaron la frontera."


def test_sentences_come_with_what_they_claim(published):
    rows = run_query(published, "SELECT sentence, kinds, outlet, len(claim_ids) FROM search_sentences('maafisa')").rows
    assert rows == ((TEXTS["sw"], ["deployment"], rows[0][2], 1),)
    assert found(published, "hôpital Mirebalais", "search_sentences")[0] == "fr"


def test_headlines_both_words_and_rare_words_come_first(tmp_path):
    load_records(
        tmp_path,
        make_reading(1, title="once", text="The harbour 217 is closed, as all of the other places on this coast are."),
        make_reading(2, title="The harbour", text="It 217 is closed, as all of the other places on this coast are."),
        make_reading(3, title="both", text="The harbour 217 has a lighthouse, as other places on this coast have."),
        make_reading(4, title="rare", text="A lighthouse 217 stands alone, as other places on this coast do."),
    )
    published = publish(tmp_path / "ledger.duckdb", tmp_path / "published")
    assert found(published, "harbour")[0] == "The harbour"
    assert found(published, "harbour lighthouse")[0] == "both"
    assert found(published, "harbour lighthouse")[1:] == ["rare", "The harbour", "once"]


def test_a_locked_client_without_the_extension_can_search(published):
    config = {
        "enable_external_access": False,
        "autoload_known_extensions": False,
        "autoinstall_known_extensions": False,
        "lock_configuration": True,
    }
    with duckdb.connect(str(published), read_only=True, config=config) as locked:
        assert locked.execute("SELECT title FROM search_articles('hôpitaux')").fetchall() == [("fr",)]
        with pytest.raises(duckdb.Error, match="stem"):
            locked.execute("SELECT stem('officers', 'english')")


def test_an_attached_snapshot_can_be_searched(published):
    with duckdb.connect() as plain:
        plain.execute(f"ATTACH '{published}' AS theirs (READ_ONLY)")
        plain.execute("USE theirs")
        assert plain.execute("SELECT title FROM search_articles('maafisa')").fetchall() == [("sw",)]


def test_a_ledger_that_was_never_published_says_so(tmp_path):
    load_records(tmp_path, make_reading(1))
    with pytest.raises(QueryError, match="no search index yet"):
        run_query(tmp_path / "ledger.duckdb", "FROM search_articles('officers')")


def test_who_reads_the_ledger_itself_does_not_keep_it_from_being_published(tmp_path):
    load_records(tmp_path, make_reading(1, text="Alpha sends 217."))
    reading = f"import duckdb, sys; held = duckdb.connect({str(tmp_path / 'ledger.duckdb')!r}, read_only=True); print()"
    command = [sys.executable, "-c", f"{reading}; sys.stdout.flush(); sys.stdin.read()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        reader.stdout.readline()
        published = publish(tmp_path / "ledger.duckdb", tmp_path / "published")
        assert run_query(published, "SELECT title FROM articles").rows == (("Police leave",),)
        reader.communicate()
    assert found(publish(tmp_path / "ledger.duckdb", tmp_path / "published"), "alpha") == ["Police leave"]


class TestAdding:
    @pytest.fixture
    def grown(self, tmp_path):
        """Published, then one article more, one edited, one taken down; published again."""
        load_records(tmp_path, *(make_reading(n, text=f"Alpha{n} sends 217.") for n in (1, 2, 3, 4)))
        published = publish(tmp_path / "ledger.duckdb", tmp_path / "published")
        load_records(
            tmp_path,
            make_reading(2, text="Bravo sends 217.", hours=1),
            make_reading(5, text="Charlie sends 217."),
            run_id="run-2",
            hours=1,
        )
        removable = find_removable(tmp_path / "ledger.duckdb", "https://news.example/story/3")
        remove_article(tmp_path / "ledger.duckdb", removable, reason="asked to", recorded_at=at(2))
        publish(tmp_path / "ledger.duckdb", tmp_path / "published")
        return published

    def emptied(self, tmp_path):
        """The ledger without its index."""
        copy = tmp_path / "copy.duckdb"
        copy_whole(tmp_path / "ledger.duckdb", copy)
        with duckdb.connect(str(copy)) as connection:
            for table in ("build", "document", "posting", "word"):
                connection.execute(f"DELETE FROM search.{table}")
        return copy

    def test_it_is_the_same_as_made_anew(self, tmp_path, grown):
        anew = self.emptied(tmp_path)
        index_words(anew)
        for sql in (
            "SELECT version_id, word_count FROM search.document ORDER BY ALL",
            "SELECT version_id, word, occurrences FROM search.posting NATURAL JOIN search.document ORDER BY ALL",
            "FROM search.word ORDER BY ALL",
            "SELECT * FROM search.build",
            "FROM search_articles('sends alpha1 bravo')",
        ):
            assert run_query(grown, sql).rows == run_query(anew, sql).rows != ()

    def test_only_what_is_new_is_read(self, grown):
        rows = run_query(grown, "SELECT is_appended, count(*) FROM search.document GROUP BY ALL ORDER BY ALL").rows
        assert rows == ((False, 2), (True, 2))

    def test_no_word_of_what_was_taken_down_is_left(self, grown):
        assert run_query(grown, "FROM search.word WHERE word IN ('alpha2', 'alpha3')").rows == ()

    @pytest.mark.usefixtures("grown")
    def test_the_newest_come_first_where_not_all_fit(self, tmp_path):
        few = self.emptied(tmp_path)
        index_words(few)
        index_words(few, most=2)
        assert run_query(few, "SELECT document_count FROM search.build").rows == ((2,),)
        assert len(run_query(few, "FROM search_articles('bravo charlie')").rows) == 2

    def test_words_are_sorted_anew_when_more_was_added_than_was_there(self, tmp_path, grown):
        load_records(tmp_path, *(make_reading(n, text=f"Delta{n} sends 217.") for n in (6, 7)), run_id="run-3", hours=3)
        publish(tmp_path / "ledger.duckdb", tmp_path / "published")
        publish(tmp_path / "ledger.duckdb", tmp_path / "published")
        assert run_query(grown, "SELECT count(*) FROM search.document WHERE is_appended").rows == ((0,),)
        words = [word for (word,) in run_query(grown, "SELECT word FROM search.posting ORDER BY rowid").rows]
        assert words == sorted(words)
        assert len(found(grown, "sends")) == 6

    @pytest.mark.usefixtures("grown")
    def test_where_nothing_is_new_nothing_is_written(self, tmp_path):
        before = (tmp_path / "ledger.duckdb").read_bytes()
        publish(tmp_path / "ledger.duckdb", tmp_path / "published")
        assert (tmp_path / "ledger.duckdb").read_bytes() == before

    @pytest.mark.usefixtures("grown")
    def test_what_is_taken_down_leaves_the_index_at_once(self, tmp_path):
        removable = find_removable(tmp_path / "ledger.duckdb", "https://news.example/story/5")
        remove_article(tmp_path / "ledger.duckdb", removable, reason="asked to", recorded_at=at(4))
        assert run_query(tmp_path / "ledger.duckdb", "FROM search.word WHERE word = 'charlie'").rows == ()
        assert found(tmp_path / "ledger.duckdb", "charlie") == []


def test_without_the_wheel_nothing_is_published(tmp_path, monkeypatch):
    load_records(tmp_path, make_reading(1))
    monkeypatch.setattr("warehouse.extensions.find_spec", lambda _: None)
    with pytest.raises(WarehouseError, match="pip install duckdb-extension-fts"):
        publish(tmp_path / "ledger.duckdb", tmp_path / "published")
    assert not (tmp_path / "published").exists()
