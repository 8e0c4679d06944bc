"""The cells of a matrix: how many were looked at, and which of them are not as they should be."""

from collections.abc import Iterable

from tests.proof import Proof


class Cells:
    """Each cell is looked at, the wrong ones are kept by name, and in the end all of them are said."""

    def __init__(self) -> None:
        self.seen = 0
        self.wrong: list[str] = []

    def look(self, name: str, *, holds: bool) -> None:
        self.seen += 1
        if not holds:
            self.wrong.append(name)

    def compare(self, heard: Iterable[str], wanted: Iterable[str]) -> None:
        """Two lists that tell the same of each cell, in the same order."""
        for one, other in zip(heard, wanted, strict=True):
            self.look(f"{one} (wanted: {other})", holds=one == other)

    def prove(self, proof: Proof, promise: str, least: int) -> None:
        """A line in the table of proofs; `least` is how many cells there are at the very least."""
        proof.line(promise, wanted="0 cells wrong", measured=f"{len(self.wrong)} of {self.seen:,} wrong")
        assert self.wrong == []
        assert self.seen >= least
