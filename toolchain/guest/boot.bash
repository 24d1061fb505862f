# Sourced by toolchain/emulate: runs QEMU on $work/initrd, passes the jobs' output on while it
# comes, and tells an end in order from a failure of the machinery.

# q35 has the ACPI PM timer, without which the TSC calibration hangs now and then; two-level
# paging depth and no SMM are merely faster. One processor is the fastest for one job.
machine=(
    -nodefaults -no-user-config -display none -vga none -net none -monitor none -no-reboot
    -M q35,hpet=off,smm=off,vmport=off -smp 1 -accel tcg,thread=single,tb-size=128
    -device isa-debug-exit,iobase=0xf4,iosize=0x4
)
command_line="console=ttyS2 quiet loglevel=1 panic=-1 oops=panic nokaslr mitigations=off"
command_line+=" tsc=reliable no_timer_check random.trust_cpu=on 8250.nr_uarts=4"

qemu= # process id of timeout(1), which QEMU is the child of

# Boots. The output goes through files: on a slow pipe the emulated UART gives up and loses bytes.
# QEMU dies with this script even where that is killed hard (ctest does): setpriv --pdeathsig.
# Sets qemu_status.
boot() {
    local vmlinux=$1 memory=$2 cpu=$3 append=$4 seconds=$5 line lines=() with_us tails=()
    for line in 0 1 2; do
        : >"$work/tty$line"
        lines+=(-chardev "file,id=c$line,path=$work/tty$line"
            -device "isa-serial,chardev=c$line,index=$line")
    done
    with_us=(setpriv --pdeathsig KILL)
    "${with_us[@]}" timeout -k 5 "$seconds" "${with_us[@]}" qemu-system-x86_64 "${machine[@]}" \
        "${lines[@]}" -cpu "$cpu" -m "$memory" -kernel "$vmlinux" -initrd "$work/initrd" \
        -append "$command_line $append" </dev/null >"$work/qemu.log" 2>&1 &
    qemu=$!
    tail -s 0.05 --pid=$qemu -c +1 -f "$work/tty0" &
    tails+=($!)
    tail -s 0.05 --pid=$qemu -c +1 -f "$work/tty1" >&2 &
    tails+=($!)
    qemu_status=0
    wait "$qemu" || qemu_status=$?
    qemu=
    wait "${tails[@]}" || true # a reader that went away is no failure of ours
}

# Ends the program unless the guest ended in order: 124 after a timeout, else 125.
check_end() {
    local kernel=$1 seconds=$2 last
    case $qemu_status in
    85) return ;; # what init writes to the debug exit port, as QEMU makes a status of it
    124 | 137)
        say "timeout: kernel $kernel did not end within $seconds s: raise --timeout if the job needs longer"
        exit 124
        ;;
    0)
        last=$(tr -d '\r' <"$work/tty2" | grep -a -m 1 -e 'Kernel panic' || tail -n 1 "$work/tty2")
        fail "kernel $kernel gave up: ${last:-it said nothing}: try --memory or another --kernel"
        ;;
    *)
        last=$(tail -n 1 "$work/qemu.log")
        fail "QEMU ended with status $qemu_status: ${last:-it said nothing}: try it by hand: qemu-system-x86_64 --version"
        ;;
    esac
}
