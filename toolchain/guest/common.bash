# Sourced by the scripts beside it: their messages, the place of their cache, what all guests need.

# The kernels of toolchain/test, and those of its --matrix. Tests name none but the first.
test_kernels=(6.12 6.1 5.10)
matrix_kernels=(newest "${test_kernels[@]}")

# For the kernel's command line. QEMU 7.2 reads the stack of a program's iretq with the kernel's rights, which SMAP
# (308) refuses, and the runtime has an iretq on the way back from a signal.
without_smap=clearcpuid=308

# Prints one line on standard error, with the program's name before it.
say() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
}

# Prints one line of progress on the terminal, where there is one. Standard error is the job's: what emulate
# said there would stand among the lines that a test compares.
note() {
    { say "$@" 2>/dev/tty; } 2>/dev/null || true
}

# Ends the program for a reason that is not the job's: one line, status 125.
fail() {
    say "$@"
    exit 125
}

# Ends the program because a premise is missing: one line, status 77, which is shown as skipped.
skip() {
    say "$@"
    exit 77
}

# Fails unless the named program is there; the second word is its package.
need() {
    command -v "$1" >/dev/null || fail "$1: not found: run toolchain/setup --emulator (package $2)"
}

# Prints the cache's folder, and makes it.
cache_folder() {
    local folder=${POSTERN_CACHE:-${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}}
    [[ -n $folder ]] || fail "no cache folder: set POSTERN_CACHE (or HOME)"
    [[ -n ${POSTERN_CACHE:-} ]] || folder=$folder/postern
    mkdir -p -- "$folder" 2>/dev/null || fail "$folder: cannot be made: set POSTERN_CACHE to a folder you may write"
    printf '%s\n' "$folder"
}
