"""Figures, not gates: `python -m tests.benchmarks` measures and prints, always beside a floor in the same run."""
