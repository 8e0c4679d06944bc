"""What a house compiles once, when it starts, is compiled once for a run of tests and not for each of them.

Statements: SQLAlchemy keeps what it has compiled beside an engine and its dialect, and every test has an engine of its
own. Routes: werkzeug compiles a Python function for each. Together they were half the time of a short test.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

_statements: dict[str, tuple[Dialect, LRUCache[Any, Any]]] = {}
_routes: dict[Any, Callable[..., tuple[str, str]]] = {}
_compile_route = Rule._compile_builder


def share_statements(engine: Engine) -> None:
    """Let this engine use what the engines of earlier tests on the same kind of database have compiled."""
    if engine.name not in _statements:
        engine.connect().close()  # a dialect asks its server what it can do, once
        _statements[engine.name] = engine.dialect, LRUCache(2000)
    engine.dialect, compiled = _statements[engine.name]
    engine.update_execution_options(compiled_cache=compiled)


def share_routes() -> None:
    """The function that builds an address hangs on the words of its rule alone, and is bound to the rule afterwards."""

    def once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        words = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if words not in _routes:
            _routes[words] = _compile_route(rule, append_unknown)
        return _routes[words]

    Rule._compile_builder = once  # type: ignore[method-assign]
