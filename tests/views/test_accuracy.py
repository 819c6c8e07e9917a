"""The figures in the package are those of the README."""

from pathlib import Path

from sourcebook.views import accuracy

ROOT = Path(__file__).parents[2]


def test_the_package_ships_the_figures_that_the_readme_shows() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    shipped = accuracy.shipped()
    assert f"Measured {shipped.measured} at commit {shipped.commit}" in readme
    for row in shipped.rows:
        interval = f"{row.low:.3g} to {row.high:.3g}"
        assert f"| {row.what} | {row.rows} | {row.figure:.3g} | {interval} | {row.beside} |" in readme
    assert shipped.rows
