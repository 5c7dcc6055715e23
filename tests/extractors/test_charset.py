import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.charset import decode

WORDS = "« Élève à l’été » – où ça ? señor"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1", "windows-1252", "x-unknown"])
def test_western_text_is_read_whatever_is_declared(codec, declared):
    markup = f"<html><head><meta charset='{declared}'></head><body>{WORDS}</body></html>"
    text, _ = decode(markup.encode(codec), f"text/html; charset={declared}" if declared else "")
    assert text == markup


@pytest.mark.parametrize(
    ("codec", "words"),
    [
        ("gb18030", "港口长说"),
        ("shift_jis", "港長は言った"),
        ("cp1251", "Начальник порта"),
        ("iso2022_jp", "港長は言った"),
    ],
)
def test_other_encodings_are_read_as_declared(codec, words):
    assert decode(f"<meta charset='{codec}'>{words}".encode(codec))[0].endswith(words)


def test_a_stray_byte_does_not_spoil_the_rest():
    text, codec = decode("Élève ".encode() * 400 + b"\xe9t\xe9 " + "où".encode())
    assert codec == "utf-8"
    assert text.endswith("été où")


def test_a_character_cut_in_two_at_the_end_is_marked():
    assert decode("été".encode()[:-1])[0] == "ét\ufffd"


@given(st.binary(max_size=100), st.text(max_size=30))
def test_all_bytes_can_be_decoded(body, content_type):
    text, _ = decode(body, content_type)
    assert isinstance(text, str)
