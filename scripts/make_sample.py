"""Make the sample business again: `python scripts/make_sample.py`, the same files byte for byte on every run."""
from pathlib import Path
