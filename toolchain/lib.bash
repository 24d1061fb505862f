# Sourced by scripts: their messages, their ends, and their options.
#
# A script may set these three after it has sourced this file.
script_name=${0##*/} # every message begins with it
fail_status=1        # the exit status of a failure
say_to=2             # the descriptor of progress

# Prints one line of progress.
say() { printf '%s: %s\n' "$script_name" "$*" >&"$say_to"; }

# Ends the script with one line on standard error: what is wrong, where, what to do.
fail() {
    printf '%s: %s\n' "$script_name" "$*" >&2
    exit "$fail_status"
}

# Ends the script because a precondition is missing, with one line and status 77, which is shown as
# skipped.
skip() { fail_status=77 fail "$@"; }

# Ends the script for a word that it does not take; the status is `wrong_use_status` if set, else `fail_status`.
wrong_use() { fail_status=${wrong_use_status:-$fail_status} fail "$*: see $script_name --help"; }

# Prints one line on the terminal, if there is one. Standard error belongs to the job: a line of the script
# there would be among the lines that a test compares.
note() {
    { printf '%s: %s\n' "$script_name" "$*" >/dev/tty; } 2>/dev/null || true
}

# Fails unless program $1 is installed; $2 is its package.
need() {
    command -v "$1" >/dev/null || fail "$1: not found: run toolchain/setup --emulator (package $2)"
}

has_pku() { grep -qw ospke /proc/cpuinfo; }

# Reads the options at the beginning of the words, up to the first other word or `--`; the rest is in `words`.
# $flags and $valued have the script's options, $usage has its help. The script's function `option` is called
# as `option NAME` for one of $flags, and as `option NAME VALUE` for one of $valued.
# shellcheck disable=SC2154,SC2034 # the script sets three of them, and reads the fourth
read_options() {
    while [[ ${1-} == -?* ]]; do
        case $1 in
        --help) echo "$usage" && exit 0 ;;
        --) shift && break ;;
        esac
        if [[ " $flags " == *" $1 "* ]]; then
            option "$1"
        elif [[ " $valued " == *" $1 "* ]]; then
            (($# >= 2)) || wrong_use "$1: its value is missing"
            option "$1" "$2"
            shift
        else
            wrong_use "$1: no such option"
        fi
        shift
    done
    words=("$@")
}

# Takes $2, the value of option $1: a whole number, at least one.
positive() {
    [[ $2 =~ ^[1-9][0-9]*$ ]] || wrong_use "$1 $2: a whole number is needed, at least one"
}
