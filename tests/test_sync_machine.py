"""The sync proof, run: 300 runs of 50 steps, half of them on each database; 2,000 on each at night."""

import os

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync_machine import Household

RUNS = int(os.environ.get("IPPO_SYNC_RUNS", "300"))
STEPS = 50


def prove(app, runs):
    """Run the machine against this app. Raises on the first run that breaks a promise."""
    machine = type("Household", (Household,), {"app": app})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=(Phase.generate,),  # a long script is told as it is: shrinking takes minutes
            suppress_health_check=list(HealthCheck),
            verbosity=Verbosity.quiet,
            report_multiple_bugs=False,
        ),
    )


def test_no_word_is_lost_whatever_the_network_does(app, monkeypatch):
    # Small pages, so that every run turns some.
    monkeypatch.setattr("exposure.rows.PAGE", 12)
    prove(app, RUNS // 2)


@pytest.mark.nightly
def test_no_word_is_lost_in_two_thousand_runs(app, monkeypatch):
    monkeypatch.setattr("exposure.rows.PAGE", 12)
    prove(app, 2000)
