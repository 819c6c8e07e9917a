"""What is installed and shipped: pinned, hashed, licensed, the same twice, and no code out of data."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from hashlib import sha256
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
OPTIONAL = PROJECT["optional-dependencies"]
#: Spark, half a gigabyte, has a lock of its own: the checks do without, `benchmarks/spark.py` does not.
EXTRAS = [line for name, lines in OPTIONAL.items() if name != "spark" for line in lines]


def pinned(lock: str) -> dict[str, list[str]]:
    """Each package of a lock file with its versions (there may be one for each Python)."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(
        r"(?m)^([A-Za-z0-9._-]+)==([^ ;\\]+)", (ROOT / "locks" / lock).read_text()
    ):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("run.txt", PROJECT["dependencies"]),
        ("check.txt", [*PROJECT["dependencies"], *EXTRAS]),
        ("spark.txt", [*PROJECT["dependencies"], *OPTIONAL["spark"]]),
    ],
)
def test_the_lock_pins_all_that_the_project_asks_for(lock: str, wanted: list[str]) -> None:
    versions = pinned(lock)
    for line in wanted:
        requirement = Requirement(line)
        found = versions.get(canonicalize_name(requirement.name), [])
        assert found, f"{requirement.name} is not in locks/{lock}: run tools/lock"
        assert all(requirement.specifier.contains(v) for v in found), f"{line}: run tools/lock"


@pytest.mark.parametrize("lock", ["run.txt", "check.txt", "spark.txt"])
def test_every_pinned_package_has_the_hashes_of_its_files(lock: str) -> None:
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", (ROOT / "locks" / lock).read_text())[1:]
    assert len(entries) > 50
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", ["check.txt", "spark.txt"])
def test_the_locks_agree(lock: str) -> None:
    all_of_it = pinned(lock)
    assert {name: all_of_it.get(name) for name in pinned("run.txt")} == pinned("run.txt")


def test_the_list_of_components_is_that_of_the_lock_and_holds_no_strong_copyleft() -> None:
    components = json.loads((ROOT / "docs" / "sbom.cdx.json").read_text())["components"]
    versions = pinned("run.txt")
    assert len(components) > 50
    for component in components:
        assert component["version"] in versions[canonicalize_name(component["name"])], "run tools/lock"
        told = json.dumps(
            [c.get("expression") or c["license"].get("id") for c in component.get("licenses", [])]
        )
        assert not re.search(r"\bA?GPL", told), component["name"]


def test_two_builds_of_the_wheel_are_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for name in ("one", "two"):
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / name)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        (wheel,) = (tmp_path / name).iterdir()
        digests.add(sha256(wheel.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_nothing_that_is_read_can_bring_code_with_it() -> None:
    """No pickle in any disguise, no eval, no import by a name out of a document or a sourcebook."""
    risky = re.compile(
        r"\b(pickle|joblib|marshal|shelve|dill|torch\.load|eval\(|exec\(|yaml\.load|np\.load\()"
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        if (match := risky.search(path.read_text()))
    ]
    assert found == []
    shipped = {path.suffix for path in (ROOT / "src").rglob("*") if path.is_file()}
    assert not shipped & {".pkl", ".pickle", ".joblib", ".pt", ".pth", ".bin", ".so"}


#: Every place where a module is imported by a name that is not written there, and why that name is ours.
IMPORTS_BY_NAME = {
    "cli/__init__.py": "a table of commands",
    "engine/work.py": "the task that the program itself gives a worker",
    "plugins.py": "a table of plugins, of entry points, and the settings that a user names",
    "read/answering.py": "the reader that the settings name",
    "read/kinds.py": "a table of readers",
    "extract/answering.py": "the extractor that the settings name",
}
#: What may start a program, run a text, load a library, or unpack a file under its own name.
FORBIDDEN = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "os.system",
    "os.popen",
    "os.execv",
    "subprocess.run",
    "subprocess.Popen",
    "subprocess.call",
    "subprocess.check_output",
    "extractall",
    "extract",
    "enable_load_extension",
    "load_extension",
    "yaml.load",
    "tempfile.mktemp",
    "pickle.loads",
    "pickle.load",
    "marshal.loads",
    "runpy.run_path",
    "torch.load",
}
#: What opens a connection. Nothing is fetched: there is no request that could be forged.
NETWORK = {
    "urllib.request",
    "http.client",
    "ftplib",
    "smtplib",
    "requests",
    "httpx",
    "aiohttp",
    "urllib3",
    "socket",
}


def calls(tree: ast.AST) -> list[tuple[str, ast.Call]]:
    """Every call, by the last two names of what is called, and by the last."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            found += [(".".join(name.split(".")[-2:]), node), (name.split(".")[-1], node)]
    return found


def modules() -> list[tuple[str, ast.AST]]:
    root = ROOT / "src" / "sourcebook"
    return [(str(p.relative_to(root)), ast.parse(p.read_text())) for p in sorted(root.rglob("*.py"))]


def test_no_code_is_run_from_data_and_no_program_is_started() -> None:
    own = ("re.compile", "typst.compile", "extract", "pipeline.extract")
    found = []
    for path, tree in modules():
        for name, call in calls(tree):
            whole = ast.unparse(call.func)
            if name in FORBIDDEN and whole not in own:
                found.append(f"{path}:{call.lineno} {whole}")
            if (
                name == "import_module"
                and path not in IMPORTS_BY_NAME
                and not isinstance(call.args[0], ast.Constant)
            ):
                found.append(f"{path}:{call.lineno} imports by a name")
            if any(k.arg == "shell" for k in call.keywords):
                found.append(f"{path}:{call.lineno} a shell")
    assert sorted(set(found)) == []


def test_nothing_calls_out() -> None:
    """Only the local app opens a socket, and only to listen on this computer's own address."""
    found = []
    for path, tree in modules():
        for node in ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [f"{path} {name}" for name in names if name in NETWORK]
    assert found == ["web/serving.py socket"]
    assert 'HOST: Final = "127.0.0.1"' in (ROOT / "src/sourcebook/web/serving.py").read_text()


def test_what_is_installed_here_for_running_is_what_the_list_of_components_names() -> None:
    """What the package asks for, and what each of those asks for, by the markers of this Python."""
    components = json.loads((ROOT / "docs" / "sbom.cdx.json").read_text())["components"]
    listed = {canonicalize_name(c["name"]) for c in components}
    wanted = [Requirement(line) for line in PROJECT["dependencies"]]
    met: set[str] = set()
    while wanted:
        requirement = wanted.pop()
        name = canonicalize_name(requirement.name)
        if name in met or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        met.add(name)
        extras = requirement.extras or {""}
        for line in requires(name) or ():
            inner = Requirement(line)
            if inner.marker is None or any(inner.marker.evaluate({"extra": extra}) for extra in extras):
                wanted.append(inner)
    assert met - listed == set()
    assert len(met) > 30


@pytest.mark.parametrize("lock", ["run.txt", "check.txt", "spark.txt"])
def test_no_line_of_a_lock_comes_from_anywhere_but_a_registry_by_name_and_hash(lock: str) -> None:
    text = (ROOT / "locks" / lock).read_text()
    assert not re.search(r"(?m)^(?!#).*(?:https?://|git\+|file:|--trusted-host|--extra-index-url|-e )", text)
    assert not re.search(r"--hash=(?!sha256:[0-9a-f]{64}\b)", text)
