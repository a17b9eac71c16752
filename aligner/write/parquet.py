"""Parquet: typed columns in row groups of equal size, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from aligner import __version__
from aligner.write.form import Form
from aligner.write.typed import LISTS, NUMBERS, OFFSETS, SPANS, typed

if TYPE_CHECKING:
    import pyarrow as pa

#: Rows a group: some 10 MB of text, large enough to compress well.
GROUP = 10_000


def write(stream: IO[bytes], rows: Iterable[Mapping[str, str]], form: Form) -> None:
    """Write `rows`; the file's metadata tells the version, the runs with their dates, and what was chosen."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    about = {
        "aligner.version": __version__,
        "aligner.runs": "; ".join(f"{name} {written}" for name, written in form.dates.items()),
        "aligner.chosen": form.chosen,
    }
    schema = pa.schema([(name, _type(name)) for name in form.columns], metadata=about)
    iterator = iter(rows)
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        while chunk := list(islice(iterator, GROUP)):
            columns: list[Any] = [
                pa.array([typed(name, row) for row in chunk], type=schema.field(name).type) for name in form.columns
            ]
            writer.write_batch(pa.record_batch(columns, schema=schema))


def _type(name: str) -> pa.DataType:
    import pyarrow as pa

    if name in NUMBERS:
        return pa.float64()
    if name in OFFSETS:
        return pa.list_(pa.int32())
    if name in LISTS:
        return pa.list_(pa.string())
    if name in SPANS:
        return pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
    return pa.string()
