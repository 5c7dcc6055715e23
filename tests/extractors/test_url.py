import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import FetchError
from extractors.records import Reason
from extractors.url import canonicalize, registered_domain, same_site


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("HTTPS://WWW.Lantern.Example:443/News", "https://www.lantern.example/News"),
        ("http://lantern.example:80", "http://lantern.example/"),
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8001/a"),
        ("https://lantern.example/a#comments", "https://lantern.example/a"),
        ("https://lantern.example/a?utm_source=x&utm_medium=rss", "https://lantern.example/a"),
        ("https://lantern.example/a?b=2&fbclid=zz&a=1", "https://lantern.example/a?a=1&b=2"),
        ("https://lantern.example/a?id=3&id=1", "https://lantern.example/a?id=3&id=1"),
        ("https://lantern.example/view?cid=7", "https://lantern.example/view?cid=7"),
        ("https://lantern.example/a/", "https://lantern.example/a/"),
        ("https://lantern.example/a/amp", "https://lantern.example/a"),
        ("https://lantern.example/a/amp/", "https://lantern.example/a/"),
        ("https://lantern.example/a.amp.html", "https://lantern.example/a.html"),
        ("https://lantern.example/a?outputType=amp", "https://lantern.example/a"),
        ("https://lantern.example/amp/second-ferry-never-came", "https://lantern.example/second-ferry-never-came"),
        ("https://lantern.example/amp/", "https://lantern.example/amp/"),
        ("https://m.lantern.example/a", "https://www.lantern.example/a"),
        ("https://mobile.news.lantern.example/a", "https://news.lantern.example/a"),
        ("https://m.example/a", "https://m.example/a"),
        ("https://www.google.com/amp/s/lantern.example/a/amp", "https://lantern.example/a"),
        ("https://lantern-example.cdn.ampproject.org/c/s/lantern.example/a", "https://lantern.example/a"),
        ("https://lantern.example/x/../a/./b", "https://lantern.example/a/b"),
        ("https://lantern.example/%7euser/%c3%a9", "https://lantern.example/~user/%C3%A9"),
        ("https://lantern.example/é a", "https://lantern.example/%C3%A9%20a"),
        ("https://lantern.example/100%", "https://lantern.example/100%25"),
        ("https://phare-été.example/a", "https://xn--phare-t-gyab.example/a"),
        ("https://user:secret@lantern.example/a", "https://lantern.example/a"),
        ("https://lantern.example/a;jsessionid=1F?b=1", "https://lantern.example/a?b=1"),
        (" https://lantern.example/a\n", "https://lantern.example/a"),
        ("https://lantern.example./a", "https://lantern.example/a"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
    ],
)
def test_one_page_has_one_spelling(written, canonical):
    assert canonicalize(written) == canonical
    assert canonicalize(canonical) == canonical


def test_a_relative_link_counts_from_its_document():
    assert canonicalize("../b?x=1", base="https://lantern.example/a/c/") == "https://lantern.example/a/b?x=1"


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "   ",
            "javascript:void(0)",
            "mailto:desk@lantern.example",
            "data:text/html,hello",
            "ftp://lantern.example/a",
        ),
        *("https://", "https:///a", "http://:80/", "http://lantern.example:port/", "http://lantern.example:99999/"),
        *("lantern.example/a", "//lantern.example/a", "http://[::1/a", "http://a..b/", "http://lan tern.example/"),
    ],
)
def test_what_is_no_web_address_is_refused(written):
    with pytest.raises(FetchError) as refused:
        canonicalize(written)
    assert refused.value.reason is Reason.BAD_URL


_hosts = st.sampled_from(
    ["lantern.example", "m.phare.example", "127.0.0.1:8001", "[::1]", "amp.farol.co.uk", "été.example"]
)
_tails = st.text(alphabet="abAB12/.-_~%é ?&=;:+#@!$'()*,|[]{}\\\"<>^`amp", max_size=40)


@given(_hosts, _tails)
def test_canonicalize_is_idempotent(host, tail):
    try:
        once = canonicalize(f"https://{host}/{tail}")
    except FetchError:
        return
    assert canonicalize(once) == once


@given(st.text(max_size=30))
def test_any_text_is_canonicalized_or_refused(text):
    try:
        once = canonicalize(text)
    except FetchError:
        return
    assert canonicalize(once) == once


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.lantern.example/a", "lantern.example"),
        ("https://news.lantern.co.uk/a", "lantern.co.uk"),
        ("https://www.lantern.com.ht/", "lantern.com.ht"),
        ("https://one.blogspot.com/", "one.blogspot.com"),
        ("https://co.uk/", "co.uk"),
        ("http://127.0.0.1:8001/a", "127.0.0.1"),
        ("http://[::1]:8001/a", "::1"),
        ("http://localhost:8001/a", "localhost"),
    ],
)
def test_a_url_belongs_to_the_domain_that_somebody_registered(url, site):
    assert registered_domain(url) == site


def test_the_port_does_not_part_a_site():
    assert same_site("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/b")
    assert not same_site("http://127.0.0.1/", "http://127.0.0.2/")
    assert same_site("https://m.lantern.example/", "http://www.lantern.example/x")
