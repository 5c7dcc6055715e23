import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.plain_text import normalize, plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>two<br>three</p>", "One two three"),
        ("Q&amp;A: 5 &lt; 6", "Q&A: 5 < 6"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("<b>bold</b>face", "boldface"),
        ("a<script>alert('x')</script>b<style>p{}</style>", "ab"),
        ("<p>a&#1;b</p><?x y?>c", "ab c"),
        ("ship\u00adyard\u200b", "shipyard"),
        ("e\u0301te\u0301", "été"),
        ("<![CDATA[x]]>", ""),
        ("", ""),
    ],
)
def test_markup_becomes_one_line(markup, text):
    assert plain_text(markup) == text


@given(st.text(max_size=100))
def test_normalising_twice_changes_nothing(text):
    assert normalize(normalize(text)) == normalize(text)


@given(st.text(alphabet="<>/apbr &;#x1!-[]CDAT\x00\n", max_size=60))
def test_any_markup_can_be_stripped(markup):
    assert "\n" not in plain_text(markup)
