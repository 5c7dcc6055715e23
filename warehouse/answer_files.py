"""Statement -> Parquet or Arrow file, or the same on a stream; a file appears whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import pyarrow as pa

from warehouse.exported_files import exported_whole
from warehouse.query import QueryError
from warehouse.questions import Reader

# Rows in one record batch: enough to compress, few enough to hold.
_BATCH_ROWS = 50_000


def write_parquet_file(reader: Reader, statement: str, target: Path) -> None:
    """Write the answer to a Parquet file.

    Raises:
        QueryError: the statement cannot be answered, or has no result.
        RefusedError: a database lies there.
    """
    with reader.prepared(statement) as last, exported_whole(target) as part:
        relation = reader.connection.sql(last.query)
        if relation is None:
            raise QueryError(target, "this statement has no result to write")
        relation.write_parquet(str(part))


def write_arrow_file(reader: Reader, statement: str, target: Path) -> None:
    """Write the answer to a file in Arrow's IPC format, which Feather is another name of.

    Raises:
        QueryError: the statement cannot be answered, or has no result.
        RefusedError: a database lies there.
    """
    with exported_whole(target) as part, part.open("wb") as file:
        _write_batches(reader, statement, file, pa.ipc.new_file)


def stream_arrow(reader: Reader, statement: str, stream: BinaryIO) -> None:
    """Write the answer to a stream in Arrow's streaming format, batch by batch."""
    _write_batches(reader, statement, stream, pa.ipc.new_stream)


def stream_parquet(reader: Reader, statement: str, stream: BinaryIO) -> None:
    """Write the answer to a stream as a Parquet file, which is complete before its first byte goes out."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "answer.parquet"
        write_parquet_file(reader, statement, file)
        with file.open("rb") as whole:
            shutil.copyfileobj(whole, stream)


def _write_batches(
    reader: Reader, statement: str, file: BinaryIO, writer: Callable[..., pa.ipc.RecordBatchWriter]
) -> None:
    with reader.prepared(statement) as last:
        if "QUERY_RESULT" not in {kind.name for kind in last.expected_result_type}:
            raise QueryError(Path("-"), "this statement has no result to write")
        reader.connection.execute(last)
        batches = reader.connection.to_arrow_reader(_BATCH_ROWS)
        with writer(file, batches.schema) as arrow:
            for batch in batches:
                arrow.write_batch(batch)
