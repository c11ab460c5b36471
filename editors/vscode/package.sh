#!/usr/bin/env bash
# Packages the extension with a binary inside it, as target/vscode/copydesk-PLATFORM.vsix.
#
#   editors/vscode/package.sh [BINARY [PLATFORM]]
#
# BINARY is target/release/copydesk unless given; PLATFORM is this machine's, or by the names of VS Code linux-x64,
# linux-arm64, alpine-x64, darwin-x64, darwin-arm64, win32-x64 and so on. Needs Node 22 or later, with npm.
set -euo pipefail

fail() {
  printf 'editors/vscode/package.sh: %s\n' "$*" >&2
  exit 1
}

[[ $# -le 2 ]] || fail 'usage: editors/vscode/package.sh [BINARY [PLATFORM]]'
command -v npm >/dev/null || fail 'Node with npm is missing'
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
binary=$(realpath -- "${1:-$root/target/release/copydesk}")
platform=${2:-$(node -p '`${process.platform}-${process.arch}`')}
[[ -f $binary ]] || fail "$binary is missing: cargo build --release"

cd "$here"
# The packages of the lock file, unless they are there already.
if ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.installed
fi

rm -rf bin dist licenses
mkdir -p bin licenses "$root/target/vscode"
case $platform in
  win32-*) cp "$binary" bin/copydesk.exe ;;
  *) install -m 755 "$binary" bin/copydesk ;;
esac
cp "$root"/LICENSE-* licenses/
cp "$root/CHANGELOG.md" .
npm run --silent build
# The pictures of the README are in the package, so its links stay as they are.
node_modules/.bin/vsce package --target "$platform" --no-dependencies --allow-missing-repository \
  --no-rewrite-relative-links --out "$root/target/vscode/copydesk-$platform.vsix"
