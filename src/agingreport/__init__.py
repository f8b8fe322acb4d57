"""What a small business is owed, who will pay, and what to do about each debt."""

__version__ = "0.1.0"
