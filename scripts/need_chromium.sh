#!/bin/sh
# The browser tests need a Chromium or Chrome: install Debian's where that is possible, else say what to do.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-dejavu-core >/dev/null
    command -v chromium >/dev/null
    exit 0
fi
echo "The browser tests need Chromium: install it (Debian: sudo apt-get install chromium) and run again." >&2
exit 1
