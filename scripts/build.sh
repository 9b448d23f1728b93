# Sourced by scripts/tidewaiter, scripts/test and .ci/run, which set `root`.
# All that is said here goes to stderr: stdout belongs to the program that is run.

say() { printf '%s\n' "$*" >&2; }

# Prints the packages of a Debian or Ubuntu that are missing, one a line. Programs count however
# they were installed; libraries are looked up as packages.
missing_packages() {
  for pair in c++:build-essential cmake:cmake ninja:ninja-build pkg-config:pkg-config "$@"; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || printf '%s\n' "${pair#*:}"
  done
  for package in libyaml-dev libyaml-cpp-dev libre2-dev nlohmann-json3-dev libcli11-dev \
    libfmt-dev catch2; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
      printf '%s\n' "$package"
  done
}

# install_missing [PROGRAM:PACKAGE...]: installs what the build needs, and the programs named.
# Says nothing when all is there.
install_missing() {
  command -v dpkg-query >/dev/null 2>&1 || return 0 # another system: CMake says what it misses
  missing=$(missing_packages "$@" | tr '\n' ' ')
  [ -n "$missing" ] || return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    say "These packages are missing and there is no apt-get to install them: $missing"
    exit 2
  fi
  sudo=
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      say "These packages are missing. As root, run: apt-get install $missing"
      exit 2
    fi
    sudo=sudo
  fi
  say "Installing what is missing: $missing"
  # The lists of a fresh container are empty, those of an old machine stale: update first.
  $sudo apt-get update -qq >&2 </dev/null
  # shellcheck disable=SC2086  # a list of words
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    $missing >&2 </dev/null
}

# ccache and mold make the build faster and change nothing else; used only where they are.
use_accelerators() {
  if command -v ccache >/dev/null 2>&1 && [ -z "${CMAKE_CXX_COMPILER_LAUNCHER-}" ]; then
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR="$root" CCACHE_NOHASHDIR=1
  fi
  # Precompiled headers are cached only so.
  export CCACHE_SLOPPINESS="${CCACHE_SLOPPINESS-pch_defines,time_macros}"
  if command -v mold >/dev/null 2>&1 &&
    echo 'int main() {}' | ${CXX:-c++} -fuse-ld=mold -x c++ -o /dev/null - 2>/dev/null; then
    export LDFLAGS="${LDFLAGS-} -fuse-ld=mold"
  fi
}

# build PRESET TARGET...: builds the targets of a preset; ninja decides what is out of date.
# Says nothing when nothing is. One build of a preset at a time.
build() {
  preset=$1
  shift
  dir=$root/build/$preset
  mkdir -p "$dir"
  exec 9>"$dir/.lock"
  if command -v flock >/dev/null 2>&1; then flock 9; fi
  if [ ! -f "$dir/build.ninja" ]; then
    use_accelerators
    say "Building tidewaiter ($preset) for the first time; this takes a few minutes."
    (cd "$root" && cmake --preset "$preset" ${TIDEWAITER_CMAKE_ARGS-}) >"$dir/configure.log" 2>&1 || {
      cat "$dir/configure.log" >&2
      say "CMake could not configure the build (see above)."
      exit 2
    }
  fi
  # ninja itself has no word for "quiet when there is nothing to do".
  rm -f "$dir/.failed"
  { ninja -C "$dir" "$@" 2>&1 || : >"$dir/.failed"; } |
    sed -u -e '/^ninja: Entering directory/d' -e '/Re-checking globbed directories/d' \
      -e '/^ninja: no work to do/d' >&2
  if [ -e "$dir/.failed" ]; then
    say "The build failed (see above)."
    exit 2
  fi
  exec 9>&-
}
