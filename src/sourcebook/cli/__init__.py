"""The command line: the only package that prints."""


def main() -> None:
    """Run the command line."""
