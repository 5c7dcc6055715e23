"""Pages that are no articles, in one whole run: each leaves its row among the rejections, and stops no other."""

import gzip
from xml.sax.saxutils import escape

import pytest

from flows.ingest import ingest
from flows.settings import read_settings
from tests.flows.hostile.server import HostileServer, http, moved
from tests.flows.newspaper import feed_list, page
from tests.flows.shared_server import using_shared_server
from warehouse.query import run_query

FINAL, LATER = True, False


def html(title, *lines, head="", **headers):
    """A page of lines, each in a paragraph."""
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    text = (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{head}</head>"
        f"<body><h1>{title}</h1>{body}</body></html>"
    )
    return http(text.encode(), Content_Type="text/html; charset=utf-8", **headers)


def article(*replaced, **headers):
    """The whole article, with some of its bytes replaced."""
    body = page("Kenya sends 150 officers to Haiti").body
    return http(
        body.replace(*replaced) if replaced else body, **{"Content_Type": "text/html; charset=utf-8", **headers}
    )


TEASER = "Kenya said on Friday that it would send more officers to the mission that it leads in Haiti."
CONSENT = (
    "We and our 812 partners use cookies to show you personalised ads and content.",
    "You can accept all cookies, or manage options and privacy settings for your consent.",
    "Your consent is kept for six months. Our vendors process your data for their purposes.",
    "Accept all",
    "Reject all",
)
LOCKED = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
REFRESH = "<meta http-equiv='refresh' content='0; url=/elsewhere'>"
NOISE = bytes(range(256)) * 40

REJECTED = {
    "/image": (http(b"\x89PNG\r\n\x1a\n" + NOISE, Content_Type="image/png"), "clean", "not_html", FINAL),
    "/image-as-html": (http(b"\xff\xd8\xff\xe0" + NOISE, Content_Type="text/html"), "clean", "not_html", FINAL),
    "/pdf": (http(b"%PDF-1.7\n" + NOISE, Content_Type="application/pdf"), "clean", "not_html", FINAL),
    "/pdf-as-html": (http(b"%PDF-1.7\n" + NOISE, Content_Type="text/html"), "clean", "not_html", FINAL),
    "/json": (http(b'{"error": "quota"}', Content_Type="application/json"), "clean", "not_html", FINAL),
    "/empty": (http(b"", Content_Type="text/html"), "clean", "no_text", LATER),
    "/no-text": (html("Photos of the week", "Menu", "Home"), "clean", "no_text", LATER),
    "/refresh": (html("Moved", head=REFRESH), "clean", "no_text", LATER),
    "/soft-404": (
        html("Page not found", "The page you are looking for may have been moved or deleted."),
        "clean",
        "soft_404",
        FINAL,
    ),
    "/soft-404-fr": (html("Page introuvable", "La page que vous cherchez n'est plus ici."), "clean", "soft_404", FINAL),
    "/home": (moved("/"), "clean", "soft_404", FINAL),
    "/consent": (html("Before you continue", *CONSENT), "clean", "consent_wall", LATER),
    "/paywall": (
        html("Kenya sends more", TEASER, "Subscribe to continue reading this story.", head=LOCKED),
        "clean",
        "paywall",
        FINAL,
    ),
    "/paywall-fr": (html("Le Kenya envoie", TEASER, "Cet article est réservé aux abonnés."), "clean", "paywall", FINAL),
    "/bot-wall": (
        html("Just a moment...", "Checking your browser before accessing the site."),
        "clean",
        "bot_wall",
        LATER,
    ),
    "/captcha": (html("Access denied", "Please verify that you are human to continue."), "clean", "bot_wall", LATER),
    "/404": (http(b"", "404 Not Found"), "fetch", "not_found", FINAL),
    "/410": (http(b"", "410 Gone"), "fetch", "gone", FINAL),
    "/402": (http(b"", "402 Payment Required"), "fetch", "payment_required", FINAL),
    "/403": (http(b"", "403 Forbidden"), "fetch", "forbidden", FINAL),
    "/418": (http(b"", "418 Teapot"), "fetch", "http_error", FINAL),
    "/500": (http(b"", "500 Oops"), "fetch", "server_error", LATER),
    "/999": (http(b"", "999 Denied"), "fetch", "server_error", LATER),
    "/304": (http(b"", "304 Not Modified"), "fetch", "protocol_error", LATER),
    "/no-http": (b"hello", "fetch", "protocol_error", LATER),
    "/cut": (article(Content_Length=900_000), "fetch", "protocol_error", LATER),
    "/loop": (moved("/loop", "302 Found", Set_Cookie="a=b"), "fetch", "too_many_redirects", FINAL),
    "/to-script": (moved("javascript:alert(1)"), "fetch", "bad_url", FINAL),
    "/bomb": (http(gzip.compress(b"\0" * 20_000_000), Content_Encoding="gzip"), "fetch", "too_large", FINAL),
    "/private/x": (article(), "fetch", "robots", FINAL),
}
READ = {
    "/latin": http(
        page("Haïti, café").body.decode().replace("utf-8", "latin-1").encode("latin-1"),
        Content_Type="text/html; charset=utf-8",
    ),
    "/utf-16": http(page("Haïti, café").body.decode().encode("utf-16"), Content_Type="text/html"),
    "/nulls": article(b"Kenya sent", b"Kenya\0 sent"),
    "/short-length": article(
        b"</html>", b"</html>" + b" " * 90, Content_Length=len(page("Kenya sends 150 officers to Haiti").body)
    ),
    "/no-type": article(Content_Type=None),
    "/as-feed": article(Content_Type="application/xml"),
}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """Everything in one run: the run's row, the ledger's rejections by path, the paths of its articles, the server."""
    folder, server = tmp_path_factory.mktemp("pages"), HostileServer()
    answers = {path: row[0] for path, row in REJECTED.items()} | READ
    items = "".join(f"<item><title>Haiti {path}</title><link>{path}</link></item>" for path in answers)
    items += "<item><title>Haiti: no link</title><link>javascript:alert(1)</link><guid>a</guid></item>"
    server.answers = answers | {
        "/": html("Paper", "Menu"),
        "/robots.txt": http(b"User-agent: *\nDisallow: /private/"),
        "/feed": http(f'<rss version="2.0"><channel><title>Paper</title>{items}</channel></rss>'.encode()),
    }
    settings = read_settings(
        data=folder / "data",
        feeds=feed_list(folder, server.url("/feed")),
        spacing_seconds=0,
        retry_seconds=0,
        allow_private_addresses=True,
        workers=1,
    )
    with using_shared_server():
        run = ingest(settings, everything=True)
    server.close()
    snapshot = folder / "data/published/missionwire.duckdb"
    rows = run_query(snapshot, "SELECT url, stage, reason, is_final FROM ops.rejection").rows
    rejected = {url.removeprefix(server.url("")): tuple(row) for url, *row in rows}
    read = {url.removeprefix(server.url("")) for (url,) in run_query(snapshot, "SELECT url FROM articles").rows}
    return run, rejected, read, server


@pytest.mark.parametrize("path", REJECTED)
def test_a_page_without_an_article_is_rejected_with_its_reason(outcome, path):
    _, rejected, _, server = outcome
    _, stage, reason, is_final = REJECTED[path]
    assert rejected[path] == (stage, reason, is_final)
    assert len(server.asked(path)) == {"robots": 0, "too_many_redirects": 6}.get(
        reason, 3 if stage == "fetch" and not is_final else 1
    )


@pytest.mark.parametrize("path", READ)
def test_an_article_is_read_though_it_is_sent_badly(outcome, path):
    _, rejected, read, _ = outcome
    assert path in read, rejected.get(path)


def test_every_entry_is_accounted_for_once(outcome):
    run, rejected, read, _ = outcome
    assert run.state in {"completed", "partial"}
    assert run.entries_new == len(rejected) + len(read) == len(REJECTED) + len(READ) + 1
    assert sum(reason == "no_link" for _, reason, _ in rejected.values()) == 1
