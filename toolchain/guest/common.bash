# Sourced after lib.bash by the scripts in this folder and by those that run guests: kernels, the machine, the
# cache.
# shellcheck disable=SC2034 # these are for the scripts that source this

# The kernels of toolchain/test, and those of its --matrix. Tests name only the first.
test_kernels=(6.12 6.1 5.10)
matrix_kernels=(newest "${test_kernels[@]}")

# For the kernel's command line: switches SMAP off (308). QEMU 7.2 reads the stack of a program's iretq with the
# kernel's rights, which SMAP refuses, and the runtime returns from a signal by an iretq.
without_smap=clearcpuid=308

# The machine, for QEMU. Only q35 and pc have the ACPI PM timer; without it the calibration of the TSC hangs
# occasionally. One processor is the fastest for one job.
machine=(
    -nodefaults -no-user-config -display none -vga none -net none -no-reboot
    -M "q35,hpet=off,smm=off,vmport=off" -smp 1 -accel "tcg,thread=single,tb-size=128"
)
machine_memory=640 # MB
machine_cpu=max,la57=off
kernel_words="quiet loglevel=1 panic=-1 $without_smap tsc=reliable no_timer_check"

# Prints the path of the vmlinux of $1: a version, a path, or nothing for the default. The rest are options of
# guest/kernel.
find_vmlinux() {
    case $1 in
    */*)
        [[ -f $1 ]] || fail "--kernel $1: no such file: give a version, or the path of a vmlinux"
        realpath -- "$1"
        ;;
    *) "${BASH_SOURCE[0]%/*}/kernel" "${@:2}" ${1:+"$1"} ;;
    esac
}

# Prints the cache's folder, and makes it.
cache_folder() {
    local folder=${POSTERN_CACHE:-${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}}
    [[ -n $folder ]] || fail "no cache folder: set POSTERN_CACHE (or HOME)"
    [[ -n ${POSTERN_CACHE:-} ]] || folder=$folder/postern
    mkdir -p -- "$folder" 2>/dev/null || fail "$folder: cannot be made: set POSTERN_CACHE to a folder you may write"
    printf '%s\n' "$folder"
}
