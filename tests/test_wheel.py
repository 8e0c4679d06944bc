"""The built package, installed in another environment, serves the app: nothing of the checkout is needed any more."""

import json
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import Running, ask
from tests.proof import Proof

ROOT = Path(__file__).resolve().parent.parent
# A network namespace with nothing in it, not even loopback.
ALONE = ["unshare", "--net", "--map-root-user"]


def can_be_alone() -> bool:
    """Whether this machine gives us such a namespace."""
    if not shutil.which(ALONE[0]):
        return False
    return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it would be given away; built with no network, where the machine lets us take it away."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ["make", "-C", str(ROOT), "wheel", f"DIST={folder}"]
    subprocess.run([*(ALONE if can_be_alone() else []), *build], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel in it. What the wheel depends on is lent by ours, which holds the same versions."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder, with_pip=False)
    own = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    (own / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


@pytest.fixture
def server(elsewhere: Path, tmp_path: Path) -> Iterator[int]:
    """`exposure serve` of that environment, from a folder of its own; gives the port."""
    running = Running(tmp_path / "data", str(elsewhere / "bin" / "exposure"), cwd=tmp_path)
    yield running.port
    running.end()


@pytest.mark.promise("Supply chain")
def test_it_is_built_with_no_network_once_everything_is_installed(wheel: Path, proof: Proof) -> None:
    if not can_be_alone():
        pytest.skip("this machine gives us no network namespace")
    proof.line("It builds with the network off", wanted="the wheel, in an empty network namespace",
               measured=f"{wheel.stat().st_size / 1e6:.1f} MB")  # fmt: skip
    assert zipfile.is_zipfile(wheel)


def test_the_wheel_carries_the_front_of_the_house(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    front = "exposure/_front/"
    assert {
        f"{front}manifest.json", f"{front}package-lock.json", f"{front}templates/app.html",
        f"{front}static/built/app.js", f"{front}static/built/app.css", f"{front}static/built/ja.json",
        f"{front}static/built/library.json",
        "exposure/translations/ja/LC_MESSAGES/messages.mo", "exposure/data/lines.json",
    } <= inside  # fmt: skip
    assert [name for name in inside if "node_modules" in name or name.startswith("tests/")] == []


def test_an_installed_wheel_finds_its_own_files(elsewhere: Path, tmp_path: Path) -> None:
    say = "from exposure import house; print(house.FRONT)"
    said = subprocess.run(
        [elsewhere / "bin" / "python", "-P", "-c", say], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert Path(said.stdout.strip()).is_relative_to(elsewhere)


def test_an_installed_wheel_serves_the_whole_app(server: int) -> None:
    status, headers, worker = ask(server, "GET", "/service-worker.js")
    assert (status, headers.get_content_type()) == (200, "text/javascript")
    listed = json.loads(worker.split(b"\n", 1)[0].removeprefix(b"self.__PRECACHE=").removesuffix(b";"))
    paths = [path for path, *_ in listed["files"]]
    assert any(path.endswith(".js") for path in paths)

    for path in paths:
        status, _, content = ask(server, "GET", path)
        assert status == 200, path
        assert content, path

    status, headers, shell = ask(server, "GET", "/app")
    assert (status, headers.get_content_type()) == (200, "text/html")
    assert listed["build"].encode() in shell

    assert ask(server, "GET", "/static/none/nothing.js")[0] == 404
