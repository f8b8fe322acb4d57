"""What all tests share."""

import pytest

pytest.register_assert_rewrite("drawn")

from command import Run, runner  # noqa: E402 - after the rewriting of what it may import


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `agingreport` in this process and gives its status and what it said."""
    return runner(monkeypatch, capsys)
