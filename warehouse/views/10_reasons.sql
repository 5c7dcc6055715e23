CREATE OR REPLACE VIEW ref.reason AS
SELECT *
FROM (
    VALUES
        ('timeout', 'no answer, or not all of it, within the time allowed'),
        ('unreachable', 'the connection was refused or broke off'),
        ('dns_failure', 'the host name has no address'),
        ('tls_failure', 'the certificate or the encrypted connection is not in order'),
        ('protocol_error', 'the answer is not HTTP as the standard has it'),
        ('private_address', 'the address is a private or local one, which is not asked unless allowed'),
        ('bad_url', 'the address cannot be asked for at all'),
        ('too_large', 'more bytes than are allowed'),
        ('too_many_redirects', 'sent on from address to address too often, or in a circle'),
        ('robots', 'the site''s robots.txt forbids it'),
        ('not_found', '404: there is no such page'),
        ('gone', '410: the page is gone for good'),
        ('forbidden', '401 or 403: the server refuses'),
        ('payment_required', '402: the server asks for payment'),
        ('too_many_requests', '429: the server asks to slow down'),
        ('server_error', '5xx: the server failed'),
        ('http_error', 'another status that is no success'),
        ('not_a_feed', 'bytes came back, but they are no feed'),
        ('empty_body', 'the answer was empty'),
        ('not_html', 'something else than a web page: a PDF, an image, a video'),
        ('no_text', 'a page without an article''s text'),
        ('consent_wall', 'a page that asks for consent to cookies instead of the article'),
        ('paywall', 'the article stands behind payment or registration'),
        ('bot_wall', 'a page that keeps machines out'),
        ('soft_404', 'a page that says "not found" under a status of success'),
        ('no_link', 'the feed entry names no page'),
        ('off_topic', 'nothing in the entry concerns a mission, and the feed is read for matching entries only'),
        ('taken_down', 'removed on request; it is not asked for again'),
        ('network_down', 'no host at all could be reached: our own network was down, and no feed is blamed'),
        ('internal_error', 'missionwire itself failed; the detail says how')
) AS listed (reason, meaning);
COMMENT ON VIEW ref.reason IS 'Every reason for which a URL or a poll can be given up. Grain: reason.';
