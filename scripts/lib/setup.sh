# Sourced by the scripts: installs what a fresh Debian machine lacks, and finds the JDKs.
#
#   FLUKE_SETUP_DRY_RUN=1  says what it would install, and installs nothing
#   FLUKE_JVM_DIR          where the JDKs are, /usr/lib/jvm by default
#   FLUKE_SBIN_DIR         where servers are that a user's PATH lacks, /usr/sbin by default
#   JAVA25_HOME            a JDK 25 that is somewhere else
#   FLUKE_MISE             a mise for the tests that is somewhere else than in ~/.cache/fluke
# shellcheck shell=bash

# An empty HOME is as good as none: Maven and Git want a directory they can name.
if [ -z "${HOME:-}" ]; then
  HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
  export HOME
fi

# Where servers are is not in every user's PATH.
PATH=$PATH:${FLUKE_SBIN_DIR:-/usr/sbin}

FLUKE_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# tool=package: the build, the shells and servers that the tests run against, and what they call.
FLUKE_TOOLS="
  mvn=maven
  git=git
  dash=dash
  bash=bash
  busybox=busybox
  flock=util-linux
  setsid=util-linux
  timeout=coreutils
  env=coreutils
  sudo=sudo
  ps=procps
  sshd=openssh-server
  ssh-keygen=openssh-client
  openssl=openssl
  curl=curl
  useradd=passwd
  setpriv=util-linux
  visudo=sudo
  perl=perl
  fish=fish
  csh=tcsh
  systemd-nspawn=systemd-container
  mmdebstrap=mmdebstrap
  ssh=openssh-client
  shellcheck=shellcheck
  npm=npm
"

# The version of mise that the tests run, and where they look for it; as MiseOnHost.java has it.
FLUKE_MISE_VERSION=2026.9.15
FLUKE_MISE_OF_SET_UP=$HOME/.cache/fluke/mise-$FLUKE_MISE_VERSION/mise
FLUKE_MISE=${FLUKE_MISE:-$FLUKE_MISE_OF_SET_UP}
export FLUKE_MISE

say() { printf '== %s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# The home of a JDK (one with a compiler) of the given feature version, or nothing.
find_jdk() {
  local version=$1 home
  for home in "${JAVA_HOME:-}" "${FLUKE_JVM_DIR:-/usr/lib/jvm}"/*; do
    [ -x "$home/bin/javac" ] && [ -f "$home/release" ] || continue
    if grep -q "^JAVA_VERSION=\"$version[\".]" "$home/release"; then
      printf '%s\n' "$home"
      return
    fi
  done
}

find_jdk_25() {
  if [ -n "${JAVA25_HOME:-}" ]; then
    [ -x "$JAVA25_HOME/bin/java" ] || fail "JAVA25_HOME is $JAVA25_HOME, which has no bin/java"
    printf '%s\n' "$JAVA25_HOME"
  else
    find_jdk 25
  fi
}

missing_packages() {
  local entry
  for entry in $FLUKE_TOOLS; do
    command -v "${entry%%=*}" >/dev/null || printf '%s\n' "${entry#*=}"
  done
  [ -n "$(find_jdk 17)" ] || printf '%s\n' openjdk-17-jdk-headless
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# The SHA-256 of mise of that version. A new version needs a new line.
mise_checksum() {
  case $(uname -m) in
    x86_64) echo 09ea631d6f3e7031d63606a0892dc4c796f9fb57f493bc45937f9f7113c88216 ;;
    *) fail "no checksum of mise for $(uname -m); install mise, and set FLUKE_MISE to its path" ;;
  esac
}

# check_mise PROGRAM: a download that is not what was expected never runs
check_mise() {
  local checksum
  checksum=$(mise_checksum)
  printf '%s  %s\n' "$checksum" "$1" | sha256sum --check --status ||
    fail "$1 is not mise $FLUKE_MISE_VERSION: its SHA-256 is not $checksum; delete it and try again"
}

# Debian does not package mise; its package for npm carries the program. No script of it runs.
install_mise() {
  local directory new program
  if [ -x "$FLUKE_MISE" ]; then
    [ "$FLUKE_MISE" != "$FLUKE_MISE_OF_SET_UP" ] || check_mise "$FLUKE_MISE"
    return
  fi
  say "set-up: installing mise $FLUKE_MISE_VERSION"
  directory=$(dirname "$FLUKE_MISE")
  mkdir -p "$directory"
  new=$(mktemp -d "$directory/new-XXXXXX")
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$new" \
    "@jdxcode/mise-linux-x64@$FLUKE_MISE_VERSION" >&2
  program=$(realpath "$new/node_modules/.bin/mise")
  check_mise "$program"
  mv -f "$program" "$FLUKE_MISE"
  rm -rf "$new"
  "$FLUKE_MISE" --version >/dev/null || fail "mise in $FLUKE_MISE does not run"
}

set_up() {
  local package packages=() seen=" "
  for package in $(missing_packages); do
    case $seen in *" $package "*) continue ;; esac
    seen="$seen$package "
    packages+=("$package")
  done

  if [ -n "${FLUKE_SETUP_DRY_RUN:-}" ]; then
    for package in "${packages[@]}"; do printf 'would install: %s\n' "$package"; done
    [ -x "$FLUKE_MISE" ] || printf 'would install: mise %s\n' "$FLUKE_MISE_VERSION"
    return
  fi

  if [ ${#packages[@]} -gt 0 ]; then
    say "set-up: installing ${packages[*]}"
    command -v apt-get >/dev/null || fail "no apt-get here; please install: ${packages[*]}"
    as_root apt-get update -q
    as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -q -y --no-install-recommends --no-upgrade "${packages[@]}"
    hash -r
  else
    say "set-up: nothing to install"
  fi

  install_mise
  JAVA_HOME=$(find_jdk 17)
  [ -n "$JAVA_HOME" ] || fail "no JDK 17 in ${FLUKE_JVM_DIR:-/usr/lib/jvm}, though it was installed"
  export JAVA_HOME
}

# Runs Maven on the whole project, without a terminal.
maven() {
  (cd "$FLUKE_ROOT" && mvn --batch-mode "$@" </dev/null)
}
