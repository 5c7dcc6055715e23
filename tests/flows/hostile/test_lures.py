"""Lures to where no newsroom lives: private addresses, names that change their answer, and certificates of nobody.

Outside a network namespace only loopback is in play: a canary on 127.0.0.2 stands in for an intranet.
"""

import shutil
import socket
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tests.flows.hostile.conftest import PATIENT, SHORT
from tests.flows.hostile.server import FEED, http, moved


@pytest.fixture
def resolver(monkeypatch):
    """Python's resolver, answering from a table of addresses by name and lookup; what is not there does not exist."""
    answers, lookups = {}, []

    def resolve(host, port, *_arguments, **_options):
        name = host.decode() if isinstance(host, bytes) else host
        lookups.append(name)
        found = answers.get(name, [name] if name[0].isdigit() else None)
        if found is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        addresses = found.pop(0) if isinstance(found[0], list) and len(found) > 1 else found
        addresses = addresses[0] if isinstance(addresses[0], list) else addresses
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    resolve.answers, resolve.lookups = answers, lookups
    return resolve


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.2",
        "localhost",
        "127.1",
        "2130706434",
        "0x7f000002",
        "0177.0.0.2",
        "[::1]",
        "[::ffff:127.0.0.2]",
        "0.0.0.0",
    ],
)
def test_an_address_of_our_own_is_refused_however_it_is_written(reader, canary, host):
    poll = reader.poll(canary.url("/feed", host=host), allow_private=False)[0].poll
    # An octal number is no address to us, though C libraries take it for one.
    assert (poll.outcome, poll.reason) == ("failed", "bad_url" if host.startswith("01") else "private_address")


def test_a_name_that_leads_to_us_is_refused(reader, canary, resolver):
    resolver.answers["news.example"] = ["127.0.0.2"]
    poll = reader.poll(canary.url("/feed", host="news.example"), allow_private=False)[0].poll
    assert (poll.outcome, poll.reason) == ("failed", "private_address")


def test_one_private_address_among_public_ones_is_enough(reader, canary, resolver):
    """The public one is refused with it, so that nothing is connected to."""
    resolver.answers["news.example"] = ["93.184.215.14", "127.0.0.2"]
    poll = reader.poll(canary.url("/feed", host="news.example"), allow_private=False)[0].poll
    assert poll.reason == "private_address"


def test_the_address_that_is_checked_is_the_one_that_is_connected_to(server, reader, canary, resolver):
    """A second lookup would lead to the canary, so there must be none between check and connection."""
    answers = resolver.answers["news.example"] = [["127.0.0.1"], ["127.0.0.1"], ["127.0.0.2"]]
    server.answers["/feed"] = http(FEED)
    poll = reader.poll(server.url("/feed", host="news.example"))[0].poll
    assert poll.outcome == "changed"
    assert server.connections == resolver.lookups.count("news.example") == 2
    assert answers == [["127.0.0.2"]]


def test_a_name_that_does_not_exist(reader, resolver):
    poll = reader.poll("http://nowhere.example/feed")[0].poll
    assert (poll.outcome, poll.reason, resolver.lookups) == ("failed", "dns_failure", ["nowhere.example"] * 3)


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "news..example", "-", "news.example:99999", "[news]"])
def test_a_name_that_cannot_be_one(reader, resolver, host):
    poll = reader.poll(f"http://{host}/feed")[0].poll
    assert poll.reason in {"bad_url", "dns_failure"}


@pytest.fixture
def self_signed(tmp_path):
    """A TLS context with a certificate that nobody vouches for."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    plain = serialization.NoEncryption()
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_a_certificate_that_nobody_vouches_for_is_refused(serve, reader, self_signed):
    server = serve(tls=self_signed)
    server.answers["/feed"] = http(FEED)
    poll = reader.poll(server.url("/feed", scheme="https"))[0].poll
    assert (poll.outcome, poll.reason, server.requests) == ("failed", "tls_failure", [])
    assert "certificate" in poll.detail.lower()


def test_a_redirect_to_a_bad_certificate_is_refused(serve, server, reader, self_signed):
    secure = serve(tls=self_signed)
    server.answers["/feed"] = moved(secure.url("/feed", scheme="https"))
    poll = reader.poll(server.url("/feed"))[0].poll
    assert (poll.reason, secure.requests) == ("tls_failure", [])


@pytest.mark.parametrize(("answers_tls", "reason"), [(True, "tls_failure"), (False, "timeout")])
def test_a_plain_server_that_is_asked_by_https(server, reader, answers_tls, reason):
    server.answers_tls = answers_tls
    limits = PATIENT if answers_tls else SHORT
    poll = reader.poll(server.url("/feed", scheme="https"), limits=limits)[0].poll
    assert (poll.outcome, poll.reason, server.requests) == ("failed", reason, [])


def _why_no_namespace():
    if not (shutil.which("unshare") and shutil.which("ip")):
        return "needs unshare and ip"
    tried = subprocess.run(["unshare", "-rn", "ip", "link", "set", "lo", "up"], capture_output=True, check=False)
    return "no network namespace may be made here" if tried.returncode else None


def test_no_redirect_leads_from_the_public_internet_into_an_intranet(root, tmp_path):
    """In a namespace of its own, which owns all these addresses, and from which no packet can leave."""
    if reason := _why_no_namespace():
        pytest.skip(reason)
    command = ["unshare", "-rn", sys.executable, "-m", "tests.flows.hostile.intranet", str(tmp_path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [tuple(line.split("\t")) for line in done.stdout.splitlines()]
    lures = [row for row in rows if row[0] != "control"]
    assert [row for row in rows if row[0] == "control"] == [("control", "changed", "None", "0")]
    assert len(lures) >= 12
    assert {row[1:] for row in lures} == {("failed", "private_address", "0")}
