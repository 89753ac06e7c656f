#!/bin/sh
# Installs what the tests need from Debian's archive, and only what is missing.
set -eu
want=""
command -v chromium >/dev/null 2>&1 || want="$want chromium"
[ -n "$(find /usr/share/fonts -name 'NotoSansCJK-Regular.ttc' 2>/dev/null | head -n 1)" ] || want="$want fonts-noto-cjk"
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || want="$want postgresql"
command -v node >/dev/null 2>&1 || want="$want nodejs"
command -v npm >/dev/null 2>&1 || want="$want npm"
[ -n "$want" ] || exit 0
root=""
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || { echo "Please install these packages, then run again:$want"; exit 1; }
  root="sudo"
fi
echo "Installing:$want"
$root apt-get update -qq
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $root apt-get install -qq -y --no-install-recommends $want >/dev/null
