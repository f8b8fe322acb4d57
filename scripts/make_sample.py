"""Make the sample business again: `python scripts/make_sample.py [FOLDER]`, the same bytes on every run."""

import sys
from pathlib import Path

from sample.business import play
from sample.files import sample_files

FOLDER = Path(__file__).parents[1] / "data" / "sample"


def main(folder: Path) -> None:
    """Write the files of the sample business into a folder and say what they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, contents in sorted(sample_files(play()).items()):
        (folder / name).write_bytes(contents)
        sys.stdout.write(f"{len(contents):>9,}  {name}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
