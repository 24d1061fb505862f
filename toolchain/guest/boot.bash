# Sourced by toolchain/emulate: starts QEMU, passes the jobs' output on as it arrives, and
# distinguishes an orderly end from a failure of the emulator.
#
# Booting takes two seconds; restoring a machine that was saved after boot takes a tenth of that. So
# the first call boots once and saves the state in the cache, and all later calls start from it.

# The UARTs are the jobs' output, the jobs' errors and the console.
command_line="console=ttyS2 $kernel_words oops=panic nokaslr mitigations=off random.trust_cpu=on 8250.nr_uarts=4"

qemu= # process id of timeout(1), whose child QEMU is

# Sets `guest`, the part of QEMU's command line for the machine, the kernel and the initramfs.
choose_guest() {
    local vmlinux=$1 memory=$2 cpu=$3 append=$4 initramfs
    initramfs=$("$here/guest/build")
    guest=("${machine[@]}" -device "isa-debug-exit,iobase=0xf4,iosize=0x4" -cpu "$cpu" -m "$memory" -kernel "$vmlinux" -initrd "$initramfs"
        -append "$command_line$append")
}

# Gives the guest a disk of $1 MB, prepared for swapping. All kernels have the driver of this kind of disk built
# in. The head of the disk: version 1, the last page, no bad pages, and the magic word at the end of the first
# page. [linux swap.h v6.12]
add_swap() {
    local last=$(($1 * 256 - 1))
    truncate -s "$1M" -- "$work/disk"
    printf '%b' "\\1\\0\\0\\0$(printf '\\x%02x' $((last & 255)) $((last >> 8 & 255)) $((last >> 16 & 255)) $((last >> 24)))" |
        dd bs=1 seek=1024 conv=notrunc status=none of="$work/disk"
    printf SWAPSPACE2 | dd bs=1 seek=4086 conv=notrunc status=none of="$work/disk"
    guest+=(-drive "if=none,id=swap,file=disk,format=raw,cache=unsafe" -device "nvme,drive=swap,serial=swap")
}

# Starts QEMU in the background, in $work: seconds, file for the guest to unpack, further options.
# The output goes through files, because the emulated UART loses bytes on a slow pipe. setpriv makes
# QEMU end with this script even if ctest kills it.
start_qemu() {
    local seconds=$1 files=$2 line lines=() with_us=(setpriv --pdeathsig KILL)
    shift 2
    for line in 0 1 2; do
        : >"$work/tty$line"
        lines+=(-chardev "file,id=c$line,path=tty$line" -device "isa-serial,chardev=c$line,index=$line")
    done
    (
        cd -- "$work" # in QEMU's options a comma in a path would have to be doubled
        exec "${with_us[@]}" timeout -k 5 "$seconds" "${with_us[@]}" qemu-system-x86_64 \
            "${guest[@]}" "${lines[@]}" -fw_cfg "name=opt/postern/files,file=$files" "$@" >qemu.log 2>&1
    ) <&0 & # <&0, because the shell would use /dev/null
    qemu=$!
}

# Waits for QEMU's end; sets qemu_status.
await_qemu() {
    qemu_status=0
    wait "$qemu" || qemu_status=$?
    qemu=
}

# Prints the name of the saved state of this guest. Any difference, such as another QEMU, processor
# or kernel, gives another name.
state_name() {
    {
        printf '%s\n' "${guest[@]}"
        stat -L -c '%n %s %Y' -- "$(type -P qemu-system-x86_64)"
        grep -m 1 'model name' /proc/cpuinfo
        realpath -- "$1"
    } | sha256sum | head -c 16
}

# Boots the guest until it waits for its files, and saves it as file $1, completely or not at all.
save_state() {
    export POSTERN_STATE=$1.new
    rm -f -- "$POSTERN_STATE" "$POSTERN_STATE.whole"
    printf 'waiting\n' >"$work/none"
    mkfifo -- "$work/monitor"
    exec 8<>"$work/monitor" # in both directions, because an open in one direction would wait for the other
    start_qemu 300 none -monitor stdio <&8
    until grep -q '^@@ready' "$work/tty2"; do
        kill -0 "$qemu" 2>/dev/null || break
        sleep 0.02
    done
    printf '%s\n' 'migrate_set_parameter max-bandwidth 100G' \
        'migrate "exec:cat >\"$POSTERN_STATE\" && mv \"$POSTERN_STATE\" \"$POSTERN_STATE.whole\""' \
        'info migrate' quit >&8
    await_qemu
    exec 8>&-
    # "Migration status: completed"; from QEMU 11 on "Status:", tabs, "completed".
    grep -qiE 'status:[[:space:]]+completed' "$work/qemu.log" && mv -- "$POSTERN_STATE.whole" "$1" && return
    rm -f -- "$POSTERN_STATE" "$POSTERN_STATE.whole"
    return 1
}

# Sets `state` to the file to start from, and makes it first if it does not exist; empty if it
# cannot be made. Also removes states that are older than a week, because each takes 70 MB.
find_state() {
    local folder
    folder=$(cache_folder)/states
    mkdir -p -- "$folder"
    state=$folder/$(state_name "$1")
    [[ -e $state ]] && return
    (
        flock 7
        [[ -e $state ]] && exit
        find "$folder" -type f -mtime +7 -delete
        save_state "$state"
    ) 7>"$state.lock" && return
    note "$state: the booted guest could not be saved there: booting each time"
    state=
}

# Runs the jobs packed in $work/files, from the saved state or from a cold start.
run_guest() {
    local seconds=$1 start=(-monitor none) tails=()
    [[ -z $state ]] || start+=(-incoming 'exec:exec cat "$POSTERN_STATE"')
    POSTERN_STATE=$state start_qemu "$seconds" files "${start[@]}" </dev/null
    tail -s 0.02 --pid="$qemu" -c +1 -f "$work/tty0" &
    tails+=($!)
    tail -s 0.02 --pid="$qemu" -c +1 -f "$work/tty1" >&2 &
    tails+=($!)
    await_qemu
    wait "${tails[@]}" || true # a reader that ended is no failure of this script
}

# The same, with a second, cold start if QEMU refuses the saved state.
boot() {
    run_guest "$1"
    if [[ -n $state && $qemu_status == 1 ]]; then
        note "$state: refused ($(tail -n 1 "$work/qemu.log")): booting again"
        rm -f -- "$state"
        state=
        run_guest "$1"
    fi
}

# Ends the program unless the guest ended in order, with 124 after a timeout, else 125.
check_end() {
    local kernel=$1 seconds=$2 last
    case $qemu_status in
    85) return ;; # QEMU's status for the value that init writes to the debug exit port
    124)
        say "timeout: kernel $kernel did not end within $seconds s: raise --timeout if the job needs longer"
        exit 124
        ;;
    0)
        last=$(tr -d '\r' <"$work/tty2" | grep -a -m 4 -e 'BUG:' -e 'Oops' -e 'RIP:' -e 'Kernel panic' | paste -sd ' ' ||
            tail -n 1 "$work/tty2")
        fail "kernel $kernel gave up: ${last:-it said nothing}: try --memory or another --kernel"
        ;;
    *)
        last=$(tail -n 1 "$work/qemu.log")
        fail "QEMU ended with status $qemu_status: ${last:-it said nothing}: try it by hand: qemu-system-x86_64 --version"
        ;;
    esac
}
