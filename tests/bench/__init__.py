"""Measurements, beside something to compare with in the same run. Never part of the tests."""
