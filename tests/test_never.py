"""Never: what is not to be found anywhere in the product, read from its sources. Each look is shown what to find."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.test_house import PACKAGE, ROOT, modules, name_of

# Calls that run, load or draw what somebody sent; of methods, by the last part of their name.
BARE = {"eval", "exec", "compile", "__import__"}
CALLS = {
    "system", "popen", "getoutput", "render_template_string", "from_string", "redirect", "md5", "sha1", "ECB", "CBC",
    "Markup",
}  # fmt: skip
SQL = {"text", "literal_column"}  # words of ours are a statement, anything put together may be somebody else's
MODULES = {"pickle", "marshal", "shelve", "dill", "xml", "lxml", "yaml", "ldap", "memcache", "telnetlib", "ftplib"}
# Who may start a program: the supervisor its own children, the workshop Node, the sieve ourselves once more.
STARTERS = {"serve", "assets", "sieve"}
# Who may draw lots that anybody may guess: how long to wait.
LOTS = {"push"}
PATTERNS = {"compile", "match", "search", "fullmatch", "sub", "split", "findall", "finditer"}

BROWSER = [*(ROOT / "static" / "js").rglob("*.js"), *ROOT.glob("service-worker*.js")]
DRAWN = re.compile(
    r"\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|unsafeHTML|\beval\(|new Function\b|srcdoc|DOMParser"
)
HEARD = re.compile(r"(?m:(window|globalThis|self|^\s*addEventListener\()[^\n]*'message'|postMessage\([^)]*, '\*'\))")


def dangers(tree: ast.AST, name: str) -> Iterator[str]:
    """What a Python file does that none of ours may."""
    # What stands outside of functions is put together before anybody sends anything.
    inside = {id(node) for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) for node in ast.walk(one)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            bare = getattr(node.func, "id", "")
            called = node.func.attr if isinstance(node.func, ast.Attribute) else bare
            made_here = called in SQL and id(node) in inside
            put_together = made_here and node.args and not isinstance(node.args[0], ast.Constant)
            if bare in BARE or called in CALLS or put_together:
                yield f"{called}()"
            for word in node.keywords:
                if word.arg in {"shell", "debug"} and getattr(word.value, "value", None) is True:
                    yield f"{word.arg}=True"
        names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        banned = MODULES | (set() if name in STARTERS else {"subprocess"}) | (set() if name in LOTS else {"random"})
        yield from (f"import {one}" for one in {full.split(".")[0] for full in names} & banned)


def patterns(tree: ast.AST) -> Iterator[str]:
    """Regular expressions put together inside a function, where what somebody sent could get into them."""
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for node in ast.walk(function):
            if (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PATTERNS
                and getattr(node.func.value, "id", "") == "re"
                and not (isinstance(node.args[0], ast.Constant) or getattr(node.args[0], "id", "").isupper())
            ):  # fmt: skip
                yield ast.unparse(node)


@cache
def python(path: Path) -> ast.AST:
    return ast.parse(path.read_text("utf-8"))


def test_what_is_dangerous_is_not_used_at_all():
    found = {name_of(path): [*dangers(python(path), name_of(path))] for path in modules()}
    assert len(found) > 100
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    "planted",
    ["eval(x)", "os.system(x)", "import pickle", "from xml.dom import minidom", "run(x, shell=True)", "import random",
     "render_template_string(x)", "hashlib.md5(x)", "redirect(x)", "import subprocess",
     "def f(x): text(f'{x}')", "app.run(debug=True)"],
)  # fmt: skip
def test_the_look_would_notice(planted):
    assert [*dangers(ast.parse(planted), "web/sync")] != []


def test_no_pattern_is_made_of_what_somebody_sent():
    assert {name_of(path): found for path in modules() if (found := [*patterns(python(path))])} == {}
    assert [*patterns(ast.parse("def f(x):\n  return re.search(x, 'a')"))] != []
    assert [*patterns(ast.parse("def f(x):\n  return re.search(rf'{x}b', 'a')"))] != []


def test_chance_comes_from_the_secure_source():
    """Whatever is not to be guessed is made by `secrets`, and in the browser by its own generator."""
    lots = {path.name for path in BROWSER if "Math.random" in path.read_text("utf-8")}
    assert lots == {"todayways.js", "sync.js"}  # which step is offered; how long to wait
    made = [name_of(path) for path in modules() if re.search(r"\bsecrets\.token_", path.read_text("utf-8"))]
    assert len(made) >= 3
    assert "random" not in (PACKAGE / "web" / "cookies.py").read_text("utf-8")


def test_the_browsers_side_draws_text_as_text():
    assert [path.name for path in BROWSER if DRAWN.search(path.read_text("utf-8"))] == []
    for planted in ("one.innerHTML = words", "new Function(words)", "eval(words)", "html`${unsafeHTML(words)}`"):
        assert DRAWN.search(planted)


def test_no_window_listens_to_others():
    """A worker and its pages are of one origin by construction; a window would hear from anybody."""
    assert [path.name for path in BROWSER if HEARD.search(path.read_text("utf-8"))] == []
    for planted in ("window.addEventListener('message', hear)", "parent.postMessage(words, '*')"):
        assert HEARD.search(planted)


def test_a_password_is_typed_into_a_field_that_hides_it():
    field = re.compile(r"<input[^>]*password[^>]*>")
    fields = [(path.name, found) for path in BROWSER for found in field.findall(path.read_text("utf-8"))]
    assert [name for name, _ in fields] == ["password.js"]  # one field for all screens
    assert "type=${visible ? 'text' : 'password'}" in fields[0][1]
    assert "autocomplete=${what}" in fields[0][1]  # current-password, new-password
    assert [path.name for path in BROWSER if re.search(r"onpaste|'paste'|@paste", path.read_text("utf-8"))] == []
