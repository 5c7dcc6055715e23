import pytest

from extractors.language import detect_language

FERRY = {
    "en": "The harbour master said on Monday that the second ferry would arrive in February, four months late.",
    "fr": "Le capitaine du port a déclaré lundi que le second bac arriverait en février, avec quatre mois de retard.",
    "es": "El capitán del puerto dijo el lunes que el segundo transbordador llegaría en febrero, con mucho retraso.",
    "ht": "Kapitèn pò a di lendi ke dezyèm bato a ap rive nan mwa fevriye, avèk kat mwa reta. Moun yo fatige tann.",
    "sw": "Mkuu wa bandari alisema Jumatatu kwamba kivuko cha pili kitafika Februari, kikiwa kimechelewa miezi minne.",
    "pt": "O capitão do porto disse na segunda-feira que a segunda balsa chegaria em fevereiro, com atraso.",
    "de": "Der Hafenmeister sagte am Montag, die zweite Fähre werde im Februar kommen, mit vier Monaten Verspätung.",
    "nl": "De havenmeester zei maandag dat de tweede veerboot in februari zou aankomen.",
    "it": "Il capitano del porto ha detto lunedì che il secondo traghetto arriverà a febbraio, in ritardo.",
}


@pytest.mark.parametrize("language", FERRY)
def test_a_paragraph_tells_its_language_whatever_the_page_declares(language):
    assert detect_language(FERRY[language]) == language
    assert detect_language(FERRY[language], declared="en-US") == language


def test_creole_on_a_page_that_declares_french_is_creole():
    assert (
        detect_language("Lapolis la di moun yo pa dwe soti nan lari a aswè a paske gen danje toupatou.", declared="fr")
        == "ht"
    )


def test_french_about_haiti_is_french():
    assert (
        detect_language(
            "La Police nationale d’Haïti a repris lundi le contrôle de Delmas, à Port-au-Prince.", declared="ht"
        )
        == "fr"
    )


@pytest.mark.parametrize(("declared", "language"), [("fr-HT", "fr"), ("ht", "ht"), ("HAT", "ht"), ("sw_KE", "sw")])
def test_a_short_text_is_what_the_page_declares(declared, language):
    assert detect_language("Ariel Henry", declared=declared) == language


@pytest.mark.parametrize("text", ["", "   ", "2025 – 400", "..."])
def test_no_letters_tell_nothing(text):
    assert detect_language(text) is None
    assert detect_language(text, declared="es") == "es"
    assert detect_language(text, declared="x-klingon") is None
