"""Lazily: a library that is rarely wanted and weighs a lot, loaded when somebody first asks it for something."""

import importlib.util
import sys
from types import ModuleType


def lazily(name: str) -> ModuleType:
    """The module of this name, by importlib's own lazy loader. Raises ModuleNotFoundError when it is not installed.

    What is first asked of it must be asked by one thread at a time: before Python 3.12.3 two might load it together.
    """
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name)
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
