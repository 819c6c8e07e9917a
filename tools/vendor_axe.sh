#!/usr/bin/env bash
# Puts axe-core (MPL-2.0, used by the browser tests only) into tests/web/browser/vendor, from npm.
set -euo pipefail
cd "$(dirname "$0")/.."
made=$(mktemp -d)
(cd "$made" && npm pack --silent axe-core@4.14.1 && tar -xzf axe-core-4.14.1.tgz)
cp "$made/package/axe.min.js" tests/web/browser/vendor/
cp "$made/package/LICENSE" tests/web/browser/vendor/LICENSE-axe-core
