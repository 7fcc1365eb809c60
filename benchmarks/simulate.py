"""Simulated histories of laptops and a centre, each decided by its seed, each checked at its end.

`python -m benchmarks.simulate --seed S --steps N [--runs R] [--database URL] [--json]`. A failure prints its seed and
a short history and ends with exit code 1. With `--database`, a server on which a database of our own may be made.
"""

from __future__ import annotations

import argparse
import json
import logging
import secrets
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from benchmarks.simulation.calm import settle
from benchmarks.simulation.centre import Centre
from benchmarks.simulation.events import happen, meanwhile
from benchmarks.simulation.moments import breaches_now
from benchmarks.simulation.proof import breaches
from benchmarks.simulation.world import World, a_world, memory_folder, new_template

LINES = 60
"""So much of a history is printed."""


@dataclass(frozen=True)
class Outcome:
    """How one run ended: what did not hold, and its history."""

    seed: int
    steps: int
    breaches: list[str]
    history: list[str]


class Simulator:
    """Runs worlds one after the other over one database."""

    def __init__(self, url: str, folder: Path) -> None:
        self.centre = Centre(url, folder / "attachments")
        self.template = new_template(folder / "template")

    def close(self) -> None:
        """Close the database."""
        self.centre.close()

    def run(self, seed: int, steps: int) -> Outcome:
        """Let so many events of this seed happen, then let the world become calm, and look."""
        with a_world(seed, self.centre, self.template) as world:
            world.meanwhile = meanwhile
            return Outcome(seed, steps, _found(world, steps), world.history)

    def shortest(self, seed: int, steps: int) -> Outcome:
        """The shortest beginning of a failed run that fails, too, as far as a few tries tell."""
        for fewer in range(5, steps, max(1, steps // 20)):
            outcome = self.run(seed, fewer)
            if outcome.breaches:
                return outcome
        return self.run(seed, steps)


def _found(world: World, steps: int) -> list[str]:
    try:
        for _ in range(steps):
            happen(world, world.chance.choice(world.laptops))
            if found := breaches_now(world):
                return found
        world.note("calm")
        settle(world)
    except Exception as error:  # whatever the program does not expect is a finding
        return [f"{type(error).__name__}: {error}"]
    return breaches(world)


@contextmanager
def simulator(database: str | None = None) -> Iterator[Simulator]:
    """A simulator over a database in memory, or over a new one on this server, dropped at the end."""
    logging.disable(logging.ERROR)  # a killed centre would log its own death
    try:
        with memory_folder() as folder, _database(database, folder) as url, closing(Simulator(url, folder)) as made:
            yield made
    finally:
        logging.disable(logging.NOTSET)


@contextmanager
def _database(server: str | None, folder: Path) -> Iterator[str]:
    if server is None:
        yield f"sqlite:///{folder}/server.db"
        return
    url, name = make_url(server), f"zhuqi_simulation_{secrets.token_hex(4)}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
        try:
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            with engine.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        engine.dispose()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the seeds asked for and return 1 when one of them failed."""
    chosen = _parser().parse_args(arguments)
    began = time.perf_counter()
    with simulator(chosen.database) as runner:
        failed = []
        for seed in range(chosen.seed, chosen.seed + chosen.runs):
            outcome = runner.run(seed, chosen.steps)
            if outcome.breaches:
                failed.append(runner.shortest(seed, chosen.steps))
                if not chosen.json:
                    _tell(failed[-1])
    seconds = round(time.perf_counter() - began, 1)
    if chosen.json:
        told = [{"seed": f.seed, "steps": f.steps, "breaches": f.breaches, "history": f.history} for f in failed]
        sys.stdout.write(
            json.dumps({"runs": chosen.runs, "seconds": seconds, "failed": told}, ensure_ascii=False) + "\n"
        )
    else:
        sys.stdout.write(f"{chosen.runs} runs of {chosen.steps} steps, {len(failed)} failed, {seconds} s\n")
    return 1 if failed else 0


def _tell(outcome: Outcome) -> None:
    skipped = len(outcome.history) - LINES
    lines = [
        f"seed {outcome.seed} failed after {outcome.steps} steps:",
        *(f"  {breach}" for breach in outcome.breaches),
        *([f"  … {skipped} lines"] if skipped > 0 else []),
        *(f"  {line}" for line in outcome.history[-LINES:]),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.simulate", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1, help="the first run's; each further run takes the next")
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--database", metavar="URL", help="postgresql://… of a server; else SQLite in memory")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
