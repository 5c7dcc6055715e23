"""WARC files as others make them."""

import io

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


class Warc:
    """A WARC file that is being written; packed unless its name says otherwise."""

    def __init__(self, file):
        self.file = file
        self._stream = file.open("wb")
        self._writer = WARCWriter(self._stream, gzip=file.suffix == ".gz")
        self._writer.write_record(self._writer.create_warcinfo_record(file.name, {"software": "crawler"}))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._stream.close()

    def add(self, url, body, *, status="200 OK", kind="text/html; charset=utf-8", captured="2025-01-20", **headers):
        """A response, captured at ten on a day."""
        named = [(name.replace("_", "-"), value) for name, value in headers.items()]
        self._writer.write_record(
            self._writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                # Of a known length, or warcio copies it into a temporary file that it does not close.
                length=len(body),
                http_headers=StatusAndHeaders(status, [("Content-Type", kind), *named], protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": f"{captured}T10:00:00Z"},
            )
        )

    def add_others(self):
        """A request, a revisit and a look-up of a name: records without a page."""
        request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "paper.example")], is_http_request=True)
        writer = self._writer
        writer.write_record(
            writer.create_warc_record("https://paper.example/", "request", io.BytesIO(), length=0, http_headers=request)
        )
        writer.write_record(
            writer.create_revisit_record("https://paper.example/r", "sha1:AAA", "https://paper.example/", "2025-01-20")
        )
        writer.write_record(
            writer.create_warc_record(
                "dns:paper.example", "response", io.BytesIO(b"127.0.0.1"), length=9, warc_content_type="text/dns"
            )
        )
