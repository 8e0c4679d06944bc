"""`python -m tests.bench [NAME…]`: one JSON object a line, several rounds in turn, medians. The names stand below."""

import sys

from tests.bench import busy, claim, coedit, dispatch, growth, request, seal, tick

BENCHES = {
    "request": request.run, "growth": growth.run, "seal": seal.run, "coedit": coedit.run, "dispatch": dispatch.run,
    "claim": claim.run, "tick": tick.run, "busy": busy.run,
}  # fmt: skip


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
