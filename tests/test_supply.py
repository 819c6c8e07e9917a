"""What is installed and shipped: pinned, hashed, licensed, the same twice, and no code out of data."""

import json
import re
import subprocess
import sys
import tomllib
from hashlib import sha256
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
