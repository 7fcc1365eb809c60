"""The exchange between laptops and centre, figure by figure, each beside its floor, on a PostgreSQL of its own.

    python -m benchmarks.sync [--json] [--check] [--only NAME …] [--full] [--rounds N]

`--full` takes all 6,200 officer-days of an evening and grows the database to ten million operations: about twenty
minutes and 20 GB in the temporary folder. Without it the two say how much they took instead.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

from benchmarks.crowd_figures import eight_clients, missed_rows
from benchmarks.growth_figure import growth
from benchmarks.ingest_figures import replay, server_full_batches, server_officer_day
from benchmarks.measuring import Figure, options, report
from benchmarks.photo_figure import photos
from benchmarks.private_postgresql import NewDatabase, private_postgresql
from benchmarks.rush_figure import WorkerTooLarge, evening_rush
from benchmarks.sync_size import DEFAULT, FULL_RUSH_DAYS, FULL_STORED, Size
from benchmarks.whole_way_figures import end_to_end, nothing_to_do, versus_anki

Measure = Callable[[NewDatabase, Size], Figure | None]
"""Takes one figure; nothing where what it is measured beside cannot be had."""

FIGURES: dict[str, Measure] = {
    each.__name__: each
    for each in (
        server_full_batches, server_officer_day, end_to_end, versus_anki, replay, nothing_to_do, eight_clients,
        missed_rows, photos, evening_rush, growth,
    )
}  # fmt: skip


def main() -> int:
    parser = options(__doc__ or "")
    parser.add_argument("--only", nargs="+", choices=FIGURES, metavar="NAME", help=", ".join(FIGURES))
    parser.add_argument("--full", action="store_true", help="the whole evening and ten million stored operations")
    parser.add_argument("--rounds", type=int, default=DEFAULT.rounds)
    arguments = parser.parse_args()
    size = replace(DEFAULT, rounds=arguments.rounds)
    if arguments.full:
        size = replace(size, rush_days=FULL_RUSH_DAYS, stored=FULL_STORED)
    with private_postgresql() as new_database:
        figures, all_within = measured(new_database, size, arguments.only or list(FIGURES))
    code = report(figures, arguments)
    return 1 if arguments.check and not all_within else code


def measured(new_database: NewDatabase, size: Size, names: Sequence[str]) -> tuple[list[Figure], bool]:
    """The figures, and whether every limit that is no ratio was kept."""
    figures, all_within = [], True
    for name in FIGURES:
        if name not in names:
            continue
        try:
            found = FIGURES[name](new_database, size)
        except WorkerTooLarge as problem:
            print(f"{name}: {problem}", file=sys.stderr)
            found, all_within = problem.figure, False
        if found is not None:
            figures.append(found)
    return figures, all_within


if __name__ == "__main__":
    sys.exit(main())
