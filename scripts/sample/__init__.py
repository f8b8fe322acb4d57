"""An invented business, Tern and Tallow Studio, simulated for 36 months and written down as its programs export it."""
