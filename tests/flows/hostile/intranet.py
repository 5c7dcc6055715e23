"""Run inside a network namespace: a public newsroom that redirects into an intranet, and who was connected to.

Prints a line for each lure: its name, outcome and reason of the poll, and the connections that canaries saw.
"""

import socket
import subprocess
import sys
from pathlib import Path

from tests.flows.hostile.conftest import Reader
from tests.flows.hostile.server import FEED, HostileServer, http, moved

# An address of the public internet, which this namespace owns: the newsroom.
PUBLIC = "93.184.215.14"
PORT = 8080
OURS = (
    "10.1.2.3",
    "172.16.5.5",
    "192.168.7.7",
    "169.254.169.254",
    "100.64.1.1",
    "fd00::7",
    "fe80::7",
    "::1",
    "127.0.0.1",
)
NAMES = {"intranet.example": ["10.1.2.3"], "metadata.example": ["169.254.169.254"], "six.example": ["fd00::7"]}


def own_addresses():
    """Bring the namespace's loopback up, with all addresses on it; there is no other device."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    devices = subprocess.run(["ip", "-o", "link"], check=True, capture_output=True, text=True).stdout
    if len(devices.splitlines()) != 1:
        raise SystemExit("this is not a namespace of its own")
    for address in (PUBLIC, *OURS[:-2]):
        length, more = ("128", ["nodad"]) if ":" in address else ("32", [])
        subprocess.run(["ip", "addr", "add", f"{address}/{length}", "dev", "lo", *more], check=True)


def answer_names(rebinding):
    """A resolver of our own: a table, and a name that is public once and private ever after."""
    asked = socket.getaddrinfo

    def resolve(host, port, *arguments, **options):
        name = host.decode() if isinstance(host, bytes) else host
        if name == "rebinding.example":
            rebinding.append(name)
            addresses = [PUBLIC if len(rebinding) == 1 else "10.1.2.3"]
        elif name in NAMES:
            addresses = NAMES[name]
        else:
            return asked(host, port, *arguments, **options)
        return [found for address in addresses for found in asked(address, port, *arguments, **options)]

    socket.getaddrinfo = resolve


def main(folder):
    own_addresses()
    answer_names([])
    # A link-local address has no meaning without its device, which no link can name: it gets no canary.
    canaries = [HostileServer(address, port=PORT) for address in OURS if not address.startswith("fe80")]
    newsroom = HostileServer(PUBLIC, port=PORT)
    newsroom.answers["/feed"] = http(FEED)
    hosts = [f"[{address}]" if ":" in address else address for address in OURS]
    lures = [*hosts, *NAMES, "[::ffff:10.1.2.3]", "167838211", "rebinding.example"]
    newsroom.answers |= {
        f"/{number}": moved(f"http://{host}:{PORT}/x", "302 Found") for number, host in enumerate(lures)
    }
    cases = [("control", f"http://{PUBLIC}:{PORT}/feed")]
    cases += [(host, f"http://{PUBLIC}:{PORT}/{number}") for number, host in enumerate(lures[:-1])]
    cases += [("rebinding.example", f"http://rebinding.example:{PORT}/{len(lures) - 1}")]
    for number, (name, url) in enumerate(cases):
        place = Path(folder) / str(number)
        place.mkdir()
        poll = Reader(place).poll(url, allow_private=False)[0].poll
        seen = sum(canary.connections for canary in canaries)
        sys.stdout.write(f"{name}\t{poll.outcome}\t{poll.reason}\t{seen}\n")


if __name__ == "__main__":
    main(sys.argv[1])
