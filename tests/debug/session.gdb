# Commands of tests/debug/in_gdb. Each "#: TEST: PATTERN" is a line that must come, in this order, behind what
# the one before it matched; a test passes when all of its lines came.
set startup-with-shell off
set pagination off
set width 0
set print frame-arguments all
# The runtime asks the kernel by signals where it writes frames, before any domain runs.
handle SIGUSR1 nostop noprint pass
handle SIGSEGV nostop noprint pass

# A breakpoint inside a domain shows its arguments, its locals, its memory.
break note
run
#: breakpoint_in_a_domain: ^Breakpoint 1, .*note \(amount=42\)
backtrace
#: breakpoint_in_a_domain: ^#0 .*note \(amount=42\) at .*alice\.cc:
#: breakpoint_in_a_domain: ^#1 .*alice::weigh \(count=[^,]*, each=[^,]*\) at .*alice\.cc:
up
info locals
#: breakpoint_in_a_domain: ^total = 42$
print weighed
#: breakpoint_in_a_domain: ^\$1 = 1000$
finish
#: breakpoint_in_a_domain: ^Value returned is \$2 = 42$

# A fault: from the handler through the signal frame into the domain.
break rt_trap_handle
continue
backtrace
#: backtrace_of_a_fault: ^#0 .*rt_trap_handle \(
#: backtrace_of_a_fault: ^#1 .*rt_trap_entry \(\)
#: backtrace_of_a_fault: ^#2 +<signal handler called>
#: backtrace_of_a_fault: ^#3 .*fall \(address=4660\) at .*alice\.cc:
#: backtrace_of_a_fault: ^#4 .*alice::stumble \(step=[^,]*\) at .*alice\.cc:
frame 3
print address
#: backtrace_of_a_fault: = 4660$
delete
continue
#: backtrace_of_a_fault: exited normally
