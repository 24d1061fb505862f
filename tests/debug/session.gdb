# Commands of tests/debug/in_gdb, and what gdb must answer. "#: TEST: PATTERN" is a line that must come, in
# this order, behind what the one before it matched; "#! TEST: PATTERN" is a line that must not come at all.
set startup-with-shell off
set pagination off
set width 0
set print frame-arguments all
set print entry-values no
# The runtime asks the kernel by signals where it writes frames, before any domain runs.
handle SIGUSR1 nostop noprint pass
handle SIGSEGV nostop noprint pass
# Its timers, of deadlines and of log lines, come whenever the machine is slow.
handle SIG64 nostop noprint pass

# A breakpoint inside a domain shows arguments, locals and the domain's memory. The backtrace ends at the
# gate: an untrusted domain gets no register that would lead on.
break note
run
#: breakpoint_in_a_domain: ^Breakpoint 1, .*note \(amount=7, total=0x2[0-9a-f]+\)
backtrace
#: breakpoint_in_a_domain: ^#0 .*note \(amount=7, total=0x2[0-9a-f]+\) at .*stranger\.cc:
#: breakpoint_in_a_domain: ^#1 .*stranger::weigh \(count=[^,]*, each=[^,]*\) at .*stranger\.cc:
#: breakpoint_in_a_domain: ^#2 .*rt_gate_enter_2 \(\)
up
info locals
#: breakpoint_in_a_domain: ^total = 42$
print weighed
#: breakpoint_in_a_domain: ^\$1 = 1000$
finish
#: breakpoint_in_a_domain: ^Value returned is \$2 = 43$

# From a trusted domain through its gate to the app and the first instruction.
break companion::greet
continue
backtrace
#: backtrace_through_a_gate: ^#0 .*companion::greet \(guests=2\) at .*companion\.cc:
#: backtrace_through_a_gate: ^#1 .*rt_gate_enter_trusted_3 \(\)
#: backtrace_through_a_gate: ^#[2-9] .*main \(.*\) at .*debuggee\.cc:
set backtrace past-main on
backtrace
#: backtrace_through_a_gate: ^#[2-9] .*main \(.*\) at .*debuggee\.cc:
#: backtrace_through_a_gate: ^#[3-9] .*rt_start \(
#: backtrace_through_a_gate: ^#[4-9] .*crt_start \(\)
set backtrace past-main off

# From a service into the domain that asked for it.
break rt_gate_serve
continue
backtrace
#: backtrace_of_a_service: ^#[01] .*rt_gate_serve \(
#: backtrace_of_a_service: ^#[12] .*rt_gate_service \(\)
#: backtrace_of_a_service: ^#[2-9] .*companion::greet \(guests=.*\) at .*companion\.cc:
#: backtrace_of_a_service: ^#[4-9] .*main \(.*\) at .*debuggee\.cc:

# From a domain that another one has called, through both gates, to the app.
delete
break companion::listen
continue
backtrace
#: backtrace_of_a_cross_call: ^#0 .*companion::listen \(words=3\) at .*companion\.cc:
#: backtrace_of_a_cross_call: ^#[12] .*rt_gate_enter_trusted_3 \(\)
#: backtrace_of_a_cross_call: ^#[23] .*rt_gate_cross \(\)
#: backtrace_of_a_cross_call: ^#[3-5] .*guide::lead \(words=.*\) at .*guide\.cc:
#: backtrace_of_a_cross_call: ^#[4-6] .*rt_gate_enter_trusted_4 \(\)
#: backtrace_of_a_cross_call: ^#[5-9] .*main \(.*\) at .*debuggee\.cc:
up
up
finish
#: backtrace_of_a_cross_call: ^rt::entry::detail::CrossCallTo<1u.*::operator\(\)

# A fault: from the handler through the signal frame into the domain.
delete
break rt_trap_handle
continue
backtrace
#: backtrace_of_a_fault: ^#[01] .*rt_trap_handle \(
#: backtrace_of_a_fault: ^#[12] .*rt_trap_entry \(\)
#: backtrace_of_a_fault: ^#[23] +<signal handler called>
#: backtrace_of_a_fault: ^#[34] .*fall \(address=4660\) at .*stranger\.cc:
#: backtrace_of_a_fault: ^#[45] .*stranger::stumble \(step=.*\) at .*stranger\.cc:
#: backtrace_of_a_fault: ^#[56] .*rt_gate_enter_2 \(\)
frame function stranger::stumble
down
print address
#: backtrace_of_a_fault: = 4660$
delete
continue
#: backtrace_of_a_fault: exited normally
#! backtraces_are_clean: \?\? \(\)|corrupt|Backtrace stopped
