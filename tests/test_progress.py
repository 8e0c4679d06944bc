"""Progress: drawn on a terminal while something takes its time, and nowhere else."""

import io

from exposure import progress
from exposure.progress import bar, line


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_bar_fills_from_the_left():
    assert line(0, 100) == "[------------------------] 0 of 100"
    assert line(2500, 10_000) == "[======------------------] 2,500 of 10,000"
    assert line(7, 7) == "[========================] 7 of 7"
    assert line(0, 0) == "[========================] 0 of 0"


def test_a_terminal_sees_it_come_and_go(monkeypatch):
    monkeypatch.setattr(progress, "QUICK", 0.0)
    monkeypatch.setattr(progress, "OFTEN", 0.0)
    terminal = Terminal()
    with bar("Copying", terminal) as show:
        show(1, 2)
        show(2, 2)
    drawn = terminal.getvalue().split("\r")
    assert drawn == ["", f"Copying {line(1, 2)}", f"Copying {line(2, 2)}", "\x1b[K"]


def test_what_is_quick_draws_nothing():
    terminal = Terminal()
    with bar("Copying", terminal) as show:
        show(1, 2)
    assert terminal.getvalue() == ""


def test_a_log_gets_nothing_of_it(monkeypatch):
    monkeypatch.setattr(progress, "QUICK", 0.0)
    monkeypatch.setattr(progress, "OFTEN", 0.0)
    log = io.StringIO()
    with bar("Copying", log) as show:
        show(1, 2)
    assert log.getvalue() == ""
