"""The stick between the laptops and the centre: every bundle ever written and every receipt stay on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.simulation.centre import Centre
from benchmarks.simulation.laptop import Laptop


@dataclass
class Stick:
    """Bundles and receipts with whose they are, in the order they were written."""

    folder: Path
    bundles: list[tuple[Laptop, Path]] = field(default_factory=list)
    receipts: list[tuple[Laptop, Path]] = field(default_factory=list)

    def fetch(self, laptop: Laptop, killed_after: int = 0) -> None:
        """Have a laptop write a bundle."""
        self.bundles.append((laptop, laptop.write_bundle(self._place(len(self.bundles), "zqb"), killed_after)))

    def hand_over(self, centre: Centre, number: int, *, dies: int = 0, cut: bool = False) -> None:
        """Bring a bundle, or the first half of it, to the centre and take its receipt along."""
        laptop, bundle = self.bundles[number]
        if cut:
            content = bundle.read_bytes()
            bundle = self.folder / "cut.zqb"
            bundle.write_bytes(content[: len(content) // 2])
        receipt = self._place(len(self.receipts), "zqr")
        receipt.write_bytes(centre.import_bundle(bundle, dies=dies))
        self.receipts.append((laptop, receipt))

    def receipts_for(self, laptop: Laptop) -> list[Path]:
        """Every receipt for a laptop's bundles."""
        return [receipt for whose, receipt in self.receipts if whose is laptop]

    def _place(self, number: int, suffix: str) -> Path:
        self.folder.mkdir(exist_ok=True)
        return self.folder / f"{number}.{suffix}"
