# For the scripts beside this file: `. .ci/lib.sh`.

# install PACKAGE...: Debian packages, where this is Debian and we may.
install() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  apt-get update -qq >/dev/null 2>&1 || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

# programs [OPTION...]: `appleports`, `xtask` and the example that makes a hostile page, in target/debug.
# Of the whole workspace at once, so that nothing that the tests built is compiled a second time with
# other features of some dependency.
programs() { cargo build --quiet --locked --workspace --bin appleports --bin xtask --example hostile "$@"; }

# With every format that can be written.
every_format="--features appleports-cli/parquet,appleports-pipeline/parquet"

# needs PROGRAM PACKAGE...: installs the packages where PROGRAM is missing; says so and
# fails where it is not to be had.
needs() {
  local program=$1
  shift
  command -v "$program" >/dev/null && return
  install "$@" || true
  command -v "$program" >/dev/null && return
  echo "left out: $program is not to be had here"
  return 1
}
