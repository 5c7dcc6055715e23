-- Words as they are compared: composed letters, lower case, figures without the signs that part their thousands, and cut
-- at everything that is neither letter nor digit, so that "l'hôpital" is "hôpital" and "1 041 229" is "1041229".
CREATE OR REPLACE MACRO search.forms_of(words) AS list_filter(
    regexp_extract_all(
        regexp_replace(
            regexp_replace(
                replace(lower(nfc_normalize(words)), 'œ', 'oe'),
                '\b([0-9]{1,3})[., \x{00A0}\x{202F}]([0-9]{3})\b', '\1\2', 'g'
            ),
            '\b([0-9]{4,6})[., \x{00A0}\x{202F}]([0-9]{3})\b', '\1\2', 'g'
        ),
        '[\pL\pN]+'
    ),
    lambda form: length(form) > 1 OR form BETWEEN '0' AND '9'
);
-- Too frequent to tell anything; none of them is a word of weight in another of the languages.
CREATE OR REPLACE VIEW search.stop_word AS
SELECT unnest(string_split(
    'the of and to in an is are was were be been has have had it its that this with as at by from not '
    || 'le la les de du des et en au aux un une ce cette ces qui que qu il elle ils elles est sont a dans sur par avec ne pas '
    || 'el los las del al y o una unos unas se su sus es con lo como '
    || 'nan yo ki ak pou yon te ap gen sou '
    || 'ya wa na kwa ni za la katika cha vya',
    ' '
)) AS word;
COMMENT ON VIEW search.stop_word IS 'Words that are too frequent in one of the languages to be searched for. Grain: word.';
