"""Seconds and peak memory of each export, each in a process of its own, on a run of invented rows.

    python scripts/bench_export.py [--rows 200000] [--formats tmx,parquet,xlsx]

Memory is given for a tenth of the rows and for all of them: flat means that the two are near each other. Beside the
exports stands pandas reading the same corpus.tsv, as a measure of the machine.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

_PLACES = ["Zwolle", "Gent", "Almere", "Brugge", "Goes", "Delft", "Aalst", "Hoorn"]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--formats", default="tsv,csv,jsonl,tmx,xliff,moses,parquet,xlsx")
    parser.add_argument("--one", nargs=3, metavar=("RUN", "FORMAT", "OUT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        one(*options.one)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, rows in (("small", options.rows // 10), ("full", options.rows)):
            make(folder / name, rows)
        size = (folder / "full" / "corpus.tsv").stat().st_size / 1e6
        print(f"{options.rows:,} rows, {size:.0f} MB of TSV; memory is the peak of the whole process")
        print(f"{'format':<10}{'seconds':>9}{'processor':>11}{'MB':>7}{'MB at a tenth':>15}{'file MB':>9}")
        for name in ["pandas", *options.formats.split(",")]:
            small = measured(folder / "small", name, folder / f"small.{name}")
            full = measured(folder / "full", name, folder / f"full.{name}")
            written = sum(path.stat().st_size for path in folder.glob(f"full.{name}*")) / 1e6
            print(
                f"{name:<10}{full[0]:>9.1f}{full[1]:>11.1f}{full[2]:>7.0f}{small[2]:>15.0f}{written:>9.0f}", flush=True
            )


def make(folder: Path, count: int) -> None:
    from runs import FLAGGED, make_run, row  # type: ignore[import-not-found]

    def rows() -> list[dict[str, str]]:
        made = []
        for at in range(count):
            place, other = _PLACES[at % 8], _PLACES[at // 8 % 8]
            nl = f"Volgens burgemeester Anna Visser kost de brug tussen {place} en {other} {at} euro, meer dan geraamd."
            en = f"The bridge between {place} and {other} costs {at} euros, more than planned, said mayor Anna Visser."
            flags = FLAGGED if at % 4 == 0 else {}
            made.append(row(at, nl, en, nl_in_en=en, en_in_nl=nl, en_speaker="Anna Visser", **flags))
        return made

    make_run(folder, rows())


def measured(run: Path, name: str, out: Path) -> tuple[float, float, float]:
    done = subprocess.run(
        [sys.executable, __file__, "--one", str(run), name, str(out)], capture_output=True, text=True, check=True
    )
    seconds, processor, memory = map(float, done.stdout.split())
    return seconds, processor, memory


def one(run: str, name: str, out: str) -> None:
    begin, used = time.perf_counter(), time.process_time()
    if name == "pandas":
        from aligner import read_tsv

        read_tsv(Path(run) / "corpus.tsv")
    else:
        from aligner.exporting import export

        export([run], name, Path(out))
    # Not ru_maxrss: that begins with the memory of the process that started this one.
    status = Path("/proc/self/status").read_text()
    peak = float(status.partition("VmHWM:")[2].split()[0]) / 1024
    print(time.perf_counter() - begin, time.process_time() - used, peak)


if __name__ == "__main__":
    main()
