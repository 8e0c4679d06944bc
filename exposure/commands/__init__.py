"""Commands: what `exposure serve` and its sisters do. Each loads only what it needs, so `cli` knows them by name."""

import argparse
import os

from exposure.config import BadSetting, Settings, local_port


def environment(asked: argparse.Namespace) -> dict[str, str]:
    """The environment with what was said on the command line laid over it; children get the same."""
    environ = dict(os.environ)
    if asked.data:
        environ["IPPO_DATA"] = str(asked.data.absolute())
    if "port" in asked:
        asked.port = asked.port or local_port(environ.get("IPPO_URL", "")) or 8000
        environ["IPPO_URL"] = environ.get("IPPO_URL") or f"http://localhost:{asked.port}"
    return environ


def must_be_there(settings: Settings) -> None:
    """Whoever mistook the folder is told so, and no new house is made in it. Raises BadSetting."""
    if not settings.database_url and not (settings.data / "ippo.db").exists():
        raise BadSetting(f"There is no database in {settings.data.absolute()}. Is it another folder (--data)?")
