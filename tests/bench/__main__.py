"""`python -m tests.bench [request|growth|seal|coedit]`: one JSON object a line, several rounds in turn, medians."""

import sys

from tests.bench import coedit, growth, request, seal

BENCHES = {"request": request.run, "growth": growth.run, "seal": seal.run, "coedit": coedit.run}


def main(wanted: list[str]) -> int:
    """Run the benches asked for, or all."""
    unknown = [name for name in wanted if name not in BENCHES]
    if unknown:
        print(f"There is no bench {unknown[0]}; there are: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    for name in wanted or list(BENCHES):
        BENCHES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
