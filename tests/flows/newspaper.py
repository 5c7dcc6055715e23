"""Pages and feeds written by tests: a small newspaper on the loopback site."""

from xml.sax.saxutils import escape

from tests.flows.conftest import Reply

TEXT = """
Kenya sent 150 police officers to Haiti on Friday, January 17, 2025, to join the Multinational Security Support mission
that it leads against the armed gangs of Port-au-Prince.

The officers landed at the Toussaint Louverture airport in the afternoon, according to the Kenyan interior ministry, and
were driven to the base of the mission under escort.

Residents of the neighbourhoods around the airport said that they had heard shots in the morning, but that the streets
were calm when the convoy passed. Shops had opened again by the evening.
"""
PARAGRAPHS = tuple(" ".join(paragraph.split()) for paragraph in TEXT.split("\n\n"))


def page(title, paragraphs=PARAGRAPHS, published="2025-01-18T09:00:00+00:00"):
    """An article in a plain layout."""
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    html = (
        f'<!DOCTYPE html><html lang="en"><head><title>{escape(title)}</title>'
        f'<meta property="article:published_time" content="{published}"></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{escape(title)}</h1>{body}</article></body></html>"
    )
    return Reply(html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def feed(site, *items, **headers):
    """An RSS feed of (path, title) or (path, title, summary)."""
    entries = "".join(
        f"<item><title>{escape(title)}</title><link>{site.url(path)}</link><guid>{site.url(path)}</guid>"
        f"<description>{escape(''.join(summary) or 'Police of the mission in Haiti.')}</description>"
        "<pubDate>Sat, 18 Jan 2025 09:00:00 GMT</pubDate></item>"
        for path, title, *summary in items
    )
    rss = f'<rss version="2.0"><channel><title>Paper</title>{entries}</channel></rss>'
    return Reply(
        f'<?xml version="1.0" encoding="UTF-8"?>{rss}'.encode(),
        headers={"Content-Type": "application/rss+xml", **headers},
    )


def feed_list(folder, *urls, fetch="all"):
    """A feeds.toml of these URLs."""
    file = folder / "feeds.toml"
    file.write_text("".join(f'[[feed]]\nurl = "{url}"\noutlet = "Paper"\nfetch = "{fetch}"\n\n' for url in urls))
    return file
