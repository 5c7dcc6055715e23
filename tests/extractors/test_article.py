import gzip
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.article import clean_page, normalize_text
from extractors.article.lines import is_boilerplate
from extractors.errors import ArticleError
from extractors.records import Page, Reason

SAMPLES = Path(__file__).parent / "samples" / "pages"
URL = "https://www.lantern.example/news/ferry?utm_source=rss"
FETCHED = datetime(2025, 1, 20, 12, tzinfo=UTC)

PROSE = (
    "<p>The people of Port Saline were promised two ferries by Christmas, and a single boat makes the crossing.</p>"
    "<p>The harbour master, Wilner Estimé, expects the second boat in February, he said on the quay on Monday.</p>"
    "<p>Until then the last crossing leaves at four in the afternoon, and nobody on the island likes it very much.</p>"
)


def page(body, *, url=URL, asked=None, content_type="text/html", fetched_at=FETCHED):
    if isinstance(body, str):
        body = body.encode()
    return Page(asked or url, url, 200, content_type, body, fetched_at)


def sample(name, **options):
    return page((SAMPLES / name).read_bytes(), **options)


def story(head="", body=PROSE, h1="Second ferry delayed", lang="en"):
    article = f"<main><article><h1>{h1}</h1>{body}</article></main>"
    return f"<!DOCTYPE html><html lang='{lang}'><head>{head}</head><body>{article}</body></html>"


class TestText:
    def test_a_story_keeps_its_paragraphs_and_nothing_else(self):
        article = clean_page(sample("story.html"))
        paragraphs = article.text.split("\n\n")
        assert [paragraph[:24] for paragraph in paragraphs] == [
            "Three months after the f",
            "The people of Port Salin",
            "“We were told to be pati",
            "The transport ministry o",
            "Papers, papers, papers",
            "A spokesman for the mini",
            "The harbour master, Wiln",
        ]
        assert paragraphs[3].endswith(
            "The second was launched in a shipyard in Mombasa in November and has been waiting for its papers since"
            " then, according to the builder."
        )
        assert paragraphs[5].endswith("He had said the same on December 2.")

    def test_a_latin_1_page_without_json_ld(self):
        body = (SAMPLES / "story_fr.html").read_text(encoding="utf-8").encode("cp1252")
        article = clean_page(page(body, content_type=""))
        assert article.title == "La bibliothèque rouvre après l’été"
        assert article.authors == ("Hélène Désir", "Pierre Noël")
        assert article.language == "fr"
        assert len(article.text.split("\n\n")) == 3
        assert "Lire aussi" not in article.text
        assert "Crédit photo" not in article.text

    def test_a_body_cut_into_pieces_is_joined(self):
        prose = "a good many words of prose, " * 12
        pieces = "".join(
            f"<div class='article__content'><p>Piece {number} says: {prose}{number}.</p></div>"
            "<div class='ad-slot'>Advertisement</div>"
            for number in range(1, 4)
        )
        text = clean_page(page(story(body=pieces))).text
        assert [f"Piece {number}" in text for number in range(1, 4)] == [True] * 3
        assert "Advertisement" not in text

    def test_a_brief_of_two_sentences_keeps_its_paragraphs(self):
        box = "<p>Two boats collided off Port Saline on Monday.</p><p>Nobody was hurt, the coast guard said.</p>"
        body = f"<div class='box'>{box}</div>"
        text = clean_page(page(f"<html><body><h1>Boats</h1>{body * 2}</body></html>")).text
        assert text.startswith("Two boats collided off Port Saline on Monday.\n\nNobody was hurt")

    def test_a_table_that_places_things_is_no_table(self):
        text = clean_page(
            page(f"<html><body><table><tr><td>Menu</td><td><h1>Ferry</h1>{PROSE}</td></tr></table></body></html>")
        ).text
        assert len(text.split("\n\n")) == 3

    def test_figures_and_lists_stay(self):
        table = "<table><tr><th>Day</th><th>Crossings</th></tr><tr><td>Monday</td><td>12</td></tr></table>"
        body = f"{table}<ul><li>Kenya sent 400 officers.</li></ul>"
        lines = clean_page(page(story(body=PROSE + body))).text.split("\n\n")
        assert "Monday | 12" in lines
        assert "Kenya sent 400 officers." in lines

    def test_a_linked_sentence_stays_and_a_linked_headline_goes(self):
        linked = "<p><a href='/1'>The ministry denied it on Tuesday.</a></p><p><a href='/2'>School opens again</a></p>"
        body = linked + PROSE
        text = clean_page(page(story(body=body))).text
        assert "The ministry denied it" in text
        assert "School opens" not in text

    def test_the_headline_is_not_part_of_the_text(self):
        text = clean_page(page(story(body=f"<p>Second ferry delayed</p>{PROSE}"))).text
        assert text.startswith("The people of Port Saline")

    def test_a_short_brief_is_an_article(self):
        text = clean_page(
            page(story(body="<p>Two boats collided off Port Saline on Monday; nobody was hurt, police said.</p>"))
        ).text
        assert text == "Two boats collided off Port Saline on Monday; nobody was hurt, police said."

    @pytest.mark.parametrize(
        "line",
        [
            *(
                "Read more",
                "ADVERTISEMENT",
                "Lire aussi : Le port rouvre",
                "Lea también: El puerto reabre",
                "READ ALSO: The port opens",
            ),
            *(
                "Image: D. Mbeki / Lantern Post",
                "Sign up for our newsletter",
                "Suivez-nous sur Facebook",
                "Compartir en WhatsApp",
                "• • •",
            ),
            *("Follow us on WhatsApp", "© 2025 The Lantern Post", "Comments", "Copyright 2025 The Lantern Post"),
        ],
    )
    def test_the_publisher_speaking_of_itself_is_left_out(self, line):
        assert is_boilerplate(line)

    @pytest.mark.parametrize(
        "line",
        [
            *(
                "The port opens on Monday.",
                "Read the letter first, the minister said.",
                "More than 400 officers landed.",
                "»Wir warten«, sagte sie.",
            ),
            *(
                "Copyright law is to change, the minister said.",
                "Share prices fell.",
                "Photographs of the wreck were shown in court.",
                "Sources: two.",
            ),
            *(
                "Subscribers of the power company were cut off.",
                "Puede leer y escribir, dijo la maestra.",
                "Follow the money, said the judge.",
            ),
        ],
    )
    def test_prose_is_never_taken_for_it(self, line):
        assert not is_boilerplate(line)

    @given(st.text(alphabet=st.characters(), max_size=200))
    def test_normalising_twice_changes_nothing(self, text):
        once = normalize_text(text)
        assert normalize_text(once) == once

    @given(st.text(alphabet="a é\u0301\u00ad\u200b\x00\x0b\r\n\u2028\t.", max_size=60))
    def test_normalised_text_has_single_spaces_and_blank_lines(self, text):
        normal = normalize_text(text)
        assert "\n\n\n" not in normal
        assert "  " not in normal
        assert not set(normal) & set("\u00ad\u200b\x00\x0b\r\t\u2028")
        assert normal == normal.strip()


class TestTitle:
    @pytest.mark.parametrize(
        ("head", "title"),
        [
            ("", "Second ferry delayed"),
            (
                """<title>Ferry | The Lantern Post</title><meta property="og:site_name" content="The Lantern Post">
                <meta property="og:title" content="Ferry is late - The Lantern Post">""",
                "Ferry is late",
            ),
            ("<meta property='og:title' content='Second ferry delayed – lantern.example'>", "Second ferry delayed"),
            (
                """<script type="application/ld+json">{"@type":"NewsArticle","headline":"A &amp; B"}</script>""",
                "A & B",
            ),
        ],
    )
    def test_the_site_is_not_part_of_the_headline(self, head, title):
        assert clean_page(page(story(head))).title == title

    def test_a_headline_for_search_engines_gives_way_to_the_printed_one(self):
        head = """<title>Port Saline ferry 2025 news</title><meta property="og:title" content="Second ferry delayed">
        <script type="application/ld+json">{"@type":"NewsArticle","headline":"Port Saline ferry 2025 news"}</script>"""
        assert clean_page(page(story(head))).title == "Second ferry delayed"

    def test_the_feed_decides_among_the_titles_of_the_page(self):
        head = "<title>One title here</title><meta property='og:title' content='Another title here'>"
        assert clean_page(page(story(head)), feed_title="Second ferry delayed").title == "Second ferry delayed"
        assert clean_page(page(story(head)), feed_title="Not on the page").title == "Another title here"

    def test_a_page_without_any_title_has_that_of_the_feed(self):
        assert clean_page(page(story(h1="")), feed_title="Ferry").title == "Ferry"


class TestDates:
    FEED = datetime(2025, 1, 14, 6, 0, tzinfo=UTC)
    JSON_LD = """<script type="application/ld+json">[{"@type":"WebPage","datePublished":"2025-01-01"},
    {"@graph":[{"@type":"ReportageNewsArticle","headline":"x","datePublished":"2025-01-13T23:30:00-05:00"}]}]</script>"""
    META = "<meta property='article:published_time' content='2025-01-12T10:00:00Z'>"

    def test_the_feed_is_trusted_first_and_all_are_kept(self):
        article = clean_page(
            page(story(self.JSON_LD + self.META), url="https://lantern.example/2025/01/11/ferry"), feed_date=self.FEED
        )
        assert (article.published_at, article.published_basis) == (self.FEED, "feed")
        assert [stated.basis for stated in article.stated_dates] == ["feed", "json_ld", "meta", "url"]
        assert article.published_conflict

    def test_json_ld_gives_the_day_in_the_outlets_own_time(self):
        article = clean_page(page(story(self.JSON_LD + self.META)))
        assert article.published_basis == "json_ld"
        assert article.published_at == datetime(2025, 1, 14, 4, 30, tzinfo=UTC)
        assert article.published_on == date(2025, 1, 13)
        assert not article.published_conflict

    def test_the_feeds_day_is_counted_in_the_outlets_own_time(self):
        article = clean_page(page(story(self.JSON_LD)), feed_date=datetime(2025, 1, 14, 4, 30, tzinfo=UTC))
        assert (article.published_on, article.published_basis) == (date(2025, 1, 13), "feed")

    @pytest.mark.parametrize(
        "head",
        [
            *(
                "<meta name='DC.date.issued' content='2025-01-12'>",
                "<meta itemprop='datePublished' content='2025-01-12'>",
            ),
            *(
                "<meta name='parsely-pub-date' content='2025-01-12T00:00:00Z'>",
                "<time datetime='2025-01-12'>Sunday</time>",
            ),
        ],
    )
    def test_meta(self, head):
        article = clean_page(page(story(head) if "<meta" in head else story(body=head + PROSE)))
        assert (article.published_on, article.published_basis) == (date(2025, 1, 12), "meta")

    @pytest.mark.parametrize("path", ["2025/01/11/ferry", "news/20250111-ferry", "ferry-2025-01-11.html", "2025/1/11/"])
    def test_url(self, path):
        article = clean_page(page(story(), url=f"https://lantern.example/{path}"))
        assert (article.published_on, article.published_basis) == (date(2025, 1, 11), "url")

    def test_text_is_the_last_resort(self):
        article = clean_page(page(story(body=f"<p class='date'>January 10, 2025</p>{PROSE}")))
        assert (article.published_on, article.published_basis) == (date(2025, 1, 10), "text")

    def test_a_page_that_states_no_date_has_none(self):
        article = clean_page(page(story()))
        assert (article.published_at, article.published_on, article.published_basis) == (None, None, "none")
        assert article.stated_dates == ()

    @pytest.mark.parametrize("absurd", [datetime(2031, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)])
    def test_an_absurd_date_is_passed_over(self, absurd):
        article = clean_page(page(story(self.META)), feed_date=absurd)
        assert (article.published_on, article.published_basis) == (date(2025, 1, 12), "meta")
        assert not article.published_conflict

    @pytest.mark.parametrize(
        "script",
        [
            '{"@type":"NewsArticle","headline":"x","datePublished":"2025-01-13",}',
            '{"@type":"NewsArticle","headline":"a "quoted" word","datePublished":"2025-01-13"}',
            '<!-- {"@type":"NewsArticle","headline":"line\nbreak","datePublished":"2025-01-13"} -->',
            '/*<![CDATA[*/{"@type":"NewsArticle","headline":"x","datePublished":["2025-01-13"]}/*]]>*/',
        ],
    )
    def test_broken_json_ld_is_read(self, script):
        article = clean_page(page(story(f'<script type="application/ld+json">{script}</script>')))
        assert (article.published_on, article.published_basis) == (date(2025, 1, 13), "json_ld")


class TestHousesOfOtherBuilders:
    """Ways in which blogs, old sites and usual templates write a page."""

    LINES = tuple(re.findall("<p>(.*?)</p>", PROSE))

    def test_paragraphs_parted_by_two_breaks_in_a_layout_table(self):
        written = "<br><br>".join(self.LINES)
        body = f"""<html><head><title>Lantern Online - Second ferry delayed</title></head><body>
            <table><tr><td><a href=/>Home</a><br><br><a href=/w>Weather</a></td><td><font size=5><b>Second ferry delayed
            </b></font><br><font size=1>Posted: Saturday, January 18, 2025 - 10:11 GMT<br>By Mary Atieno, Staff</font>
            <br><br><font size=2>{written}</font><br><br><a href=p>Printer-friendly version</a></td></tr></table>
            </body></html>"""
        article = clean_page(page(body, url="http://www.lantern.example/a.php?id=1"))
        assert article.text.split("\n\n") == list(self.LINES)
        assert article.title == "Second ferry delayed"
        assert (article.published_at, article.published_basis) == (datetime(2025, 1, 18, 10, 11, tzinfo=UTC), "text")

    def test_a_blog_whose_h1_is_its_name(self):
        body = f"""<html><head><title>Island Blog: Second ferry delayed</title></head><body>
            <h1><a href=/>Island Blog</a></h1><div><h2>Saturday, January 18, 2025</h2><h3>Second ferry delayed</h3>
            <div>{"<br/><br/>".join(self.LINES)}</div>
            <div class="post-footer"><span>Posted by Marie</span> <abbr class="published"
            title="2025-01-18T07:21:00-05:00">7:21 AM</abbr></div></div></body></html>"""
        article = clean_page(page(body, url="https://island.example/ferry"))
        assert (article.title, article.published_at) == (
            "Second ferry delayed",
            datetime(2025, 1, 18, 12, 21, tzinfo=UTC),
        )
        assert article.text.split("\n\n") == list(self.LINES)

    @pytest.mark.parametrize(
        "box",
        [
            "<div class=x><h3>Our stories in your inbox</h3><p>Each morning, free.</p><input type=email name=e></div>",
            "<div class=z><p>YOU MAY ALSO LIKE</p><ul><li><a href=/1>Other story of the day</a></li></ul></div>",
            "<aside class='te-puede-interesar'><h4>Te puede interesar</h4><p>La lluvia mata a dos.</p></aside>",
            "<div class='caja-suscripcion'><p>Suscribite para recibir las noticias del día en tu correo.</p></div>",
            "<p class=a>Police board a plane in Nairobi — Foto: Divulgação/MSS</p>",
            "<p>Clique aqui para seguir o canal do Portal no WhatsApp</p>",
            "<p>Ann Lee can be reached at ann.lee@tribune.example.</p>",
            "<p>In this article</p>",
        ],
    )
    def test_boxes_within_a_story_are_no_part_of_it(self, box):
        first, *rest = self.LINES
        body = f"<p>{first}</p>{box}" + "".join(f"<p>{line}</p>" for line in rest)
        assert clean_page(page(story(body=body))).text.split("\n\n") == list(self.LINES)

    def test_of_several_dates_the_day_of_publication_is_taken(self):
        body = f"""<html><body><div>Monday, February 3, 2025</div><aside><article><h3>Ten years ago</h3>
            <time datetime="2010-01-12">12 January 2010</time></article></aside><main><article><h1>Ferry</h1>
            <p>Updated <time itemprop="dateModified" datetime="2025-01-19T10:00:00Z">19 Jan</time> · Published
            <time itemprop="datePublished" datetime="2025-01-18T10:00:00Z">18 Jan 2025</time></p>{PROSE}</article>
            </main></body></html>"""
        article = clean_page(page(body, url="https://www.lantern.example/ferry"))
        assert (article.published_at, article.published_basis) == (datetime(2025, 1, 18, 10, tzinfo=UTC), "meta")

    @pytest.mark.parametrize(
        ("printed", "day"),
        [
            ("18 January 2025", 18),
            ("Publié le samedi 18 janvier 2025", 18),
            ("18 de enero de 2025", 18),
            ("Jumamosi, Machi 1, 2025", None),
            ("Updated 19 January 2025", None),
        ],
    )
    def test_a_date_under_the_headline_counts_where_nothing_else_states_one(self, printed, day):
        """One that lies ahead, or tells of a change, does not."""
        found = clean_page(
            page(story(body=f"<div>By Marie</div><div>{printed}</div>{PROSE}"), url="https://a.example/f")
        )
        assert found.published_at == (day and datetime(2025, 1, day, tzinfo=UTC))


def test_what_the_page_says_of_itself():
    article = clean_page(sample("story.html"))
    assert article.title == "Harbour town waits for its second ferry"
    assert article.authors == ("Amina Okello", "Jean Prosper")
    assert article.canonical_link == "https://www.lantern.example/news/harbour-town-second-ferry"
    assert article.site_name == "The Lantern Post"
    assert article.language == "en"
    assert article.url == URL


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Amina Okello and Jean Prosper", ("Amina Okello", "Jean Prosper")),
        ("Por Rosa Peña", ("Rosa Peña",)),
        ("Par Hélène Désir, Pierre Noël", ("Hélène Désir", "Pierre Noël")),
        ("AMINA OKELLO", ("Amina Okello",)),
        ("https://lantern.example/authors/amina", ()),
        ("admin", ()),
    ],
)
def test_bylines(byline, authors):
    assert clean_page(page(story(f"<meta name='author' content='{byline}'>"))).authors == authors


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("consent_wall.html", Reason.CONSENT_WALL),
        ("bot_wall.html", Reason.BOT_WALL),
        ("paywall.html", Reason.PAYWALL),
        ("soft_404.html", Reason.SOFT_404),
        ("video.html", Reason.NO_TEXT),
        ("menu.html", Reason.NO_TEXT),
    ],
)
def test_a_page_without_article_is_refused_with_its_reason(name, reason):
    with pytest.raises(ArticleError) as refused:
        clean_page(sample(name))
    assert refused.value.reason is reason
    assert refused.value.url == URL
    assert refused.value.detail


WALLS = {
    Reason.CONSENT_WALL: [
        """<h1>Votre vie privée</h1><p>Avec votre consentement, nos 812 partenaires et nous utilisons des cookies.</p>
        <p>Vous pouvez retirer votre consentement dans notre politique de confidentialité.</p>
        <button>Continuer sans accepter</button>""",
        """<h2>Valoramos su privacidad</h2><p>Nosotros y nuestros 700 socios utilizamos cookies para acceder a su
        información; su consentimiento y su privacidad nos importan.</p><a>Aceptar</a> <a>Rechazar</a>""",
    ],
    Reason.PAYWALL: [
        """<h1>Le bac</h1><p>Depuis un an les habitants regardent la mer, et rien ne vient.</p>
        <p>Cet article est réservé aux abonnés.</p>""",
        """<h1>El barco</h1><p>Durante un año los habitantes miraron el horizonte.</p>
        <p>Suscríbete para seguir leyendo</p>""",
    ],
    Reason.SOFT_404: [
        "<h1>Erreur 404</h1><p>La page que vous cherchez a été déplacée vers une autre adresse du site.</p>",
        "<h1>404</h1>",
        "<h1>Paj la pa egziste</h1>",
        "<h1>Page not found</h1><p>You may go back to our front page or use the search instead of this.</p>",
    ],
    Reason.BOT_WALL: [
        "<h1>Access Denied</h1><p>You do not have permission to access this page on this server.</p>",
        "<p>Please enable JS and disable any ad blocker</p>",
    ],
    Reason.NO_TEXT: [
        "<div id='root'></div>",
        "<h1>Photos</h1><figure><figcaption>The ferry leaves the harbour.</figcaption></figure>",
    ],
}


@pytest.mark.parametrize(("reason", "body"), [(reason, body) for reason, bodies in WALLS.items() for body in bodies])
def test_walls_of_many_houses(reason, body):
    assert refusal(f"<html><head><title>Le Phare</title></head><body>{body}</body></html>".encode()) is reason


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Road blocked by gangs",
            "404 killed since January",
            "Fishermen not found after storm",
            "Access denied to aid convoys",
        ),
        *(
            "L’État n’existe plus, dit le maire",
            "El presidente no se encuentra en el país",
            "Cookies and consent: a ruling",
        ),
    ],
)
def test_a_brief_that_sounds_like_a_wall_is_an_article(title):
    assert clean_page(page(f"<html><body><h1>{title}</h1>{PROSE}</body></html>")).title == title


def test_a_brief_beside_locked_stories_is_an_article():
    beside = "<aside><ul><li>Un autre titre. Article réservé aux abonnés</li></ul></aside>"
    text = clean_page(
        page(f"<html><body><p>Déjà abonné ?</p><article><h1>Bref</h1>{PROSE}</article>{beside}</body></html>")
    ).text
    assert text.startswith("The people of Port Saline")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"%PDF-1.7 ...", "text/html"),
        (b"\x89PNG\r\n", ""),
        (b'{"a": 1}', ""),
        (b"just words", ""),
        (gzip.compress(b"<html></html>", mtime=0), "text/html"),
        (b"<html><body><p>x</p></body></html>", "application/pdf"),
        (b"<html><body><p>x</p></body></html>", "image/jpeg"),
    ],
)
def test_what_is_no_html_is_refused(body, content_type):
    with pytest.raises(ArticleError) as refused:
        clean_page(page(body, content_type=content_type))
    assert refused.value.reason is Reason.NOT_HTML


def test_an_empty_page_has_no_text():
    with pytest.raises(ArticleError) as refused:
        clean_page(page(b""))
    assert refused.value.reason is Reason.NO_TEXT


def test_a_story_that_redirects_to_the_front_page_is_gone():
    with pytest.raises(ArticleError) as refused:
        clean_page(page(story(), url="https://lantern.example/", asked="https://lantern.example/news/ferry"))
    assert refused.value.reason is Reason.SOFT_404


@pytest.mark.parametrize(
    "title",
    [
        *("Just a moment with Rose Delva", "Not found: the boat that never came"),
        *("The 404 families of Port Saline", "Cookies and consent: what we know"),
    ],
)
def test_an_article_about_walls_is_an_article(title):
    assert clean_page(page(story(h1=title, body=PROSE * 5))).title == title


def test_characters_that_no_tree_takes_are_left_out():
    dirty = "a\x01b&#1;c&#x0B;d&#xFFFE;e&#0;f\ufffe"
    body = f"<p>One <span class='share'>x</span>{dirty} sentence of the story about the ferry that is late.</p>{PROSE}"
    assert clean_page(page(story(body=body))).text.startswith("One abcdef sentence of the story")


@given(st.binary(max_size=300))
def test_any_bytes_are_an_article_or_refused(body):
    assert refusal(b"<html><body>" + body) in {None, *Reason}


def refusal(body):
    try:
        clean_page(page(body))
    except ArticleError as refused:
        return refused.reason
    return None
