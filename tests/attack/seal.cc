/// The attacker wants another memory map: a page of the monitor's with a key of its own, text that
/// can be written, pages that are gone, a second mapping of what it must not reach; or one of the
/// ways past a seal: /proc/self/mem, ptrace, userfaultfd. What must hold: each of these system
/// calls, by whichever instruction, is a Fault{syscall}. Were the call word known, the runtime's
/// own instruction would be served without dispatch; then the seal must hold by itself.
#include "tests/attack/map_calls.h"

#include <asm/unistd.h>
#include <linux/mman.h>

namespace {

using attack::Call;
using attack::expect_each_refused;
using attack::place;
using attack::Target;

constexpr uint64_t page = POSTERN_PAGE;
constexpr uint64_t read_write = PROT_READ | PROT_WRITE;
constexpr uint64_t read_write_execute = PROT_READ | PROT_WRITE | PROT_EXEC;
constexpr uint64_t over = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
constexpr uint64_t move = MREMAP_MAYMOVE | MREMAP_FIXED;
constexpr uint64_t elsewhere = POSTERN_BASE / 2; // nothing is mapped there
constexpr uint64_t own_key = rt::key::key_of(Domain::alice).raw();
constexpr uint64_t nobody = ~uint64_t{0}; // a descriptor that there is not

/// The calls that a sealed page refuses in every case.
constexpr Call changes[] = {
    {"munmap", __NR_munmap, {place, page}},
    {"mmap over it", __NR_mmap, {place, page, read_write, over, nobody, 0}},
    {"mremap: move", __NR_mremap, {place, page, page, move, elsewhere}},
    {"mremap: grow", __NR_mremap, {place, page, 2 * page, MREMAP_MAYMOVE}},
    {"mprotect", __NR_mprotect, {place, page, read_write}},
    {"mprotect: executable", __NR_mprotect, {place, page, read_write_execute}},
    {"pkey_mprotect", __NR_pkey_mprotect, {place, page, read_write, own_key}},
};

/// The calls that it refuses where the caller cannot write it, if it is private and anonymous.
constexpr Call discards[] = {
    {"DONTNEED", __NR_madvise, {place, page, MADV_DONTNEED}},
    {"FREE", __NR_madvise, {place, page, MADV_FREE}},
    {"DONTNEED_LOCKED", __NR_madvise, {place, page, MADV_DONTNEED_LOCKED}},
    {"DONTFORK", __NR_madvise, {place, page, MADV_DONTFORK}},
    {"WIPEONFORK", __NR_madvise, {place, page, MADV_WIPEONFORK}},
};

constexpr long eperm = -1;

} // namespace

POSTERN_TEST("attack.seal.changes_of_the_map", SHOWS(no_way_to_the_memory_map),
             TRIES(attack_15, attack_17)) {
    expect_each_refused(changes);
}

POSTERN_TEST("attack.seal.discarded_pages", SHOWS(no_way_to_the_memory_map),
             TRIES(attack_18, attack_68)) {
    expect_each_refused(discards);
    constexpr Call others[] = {
        {"REMOVE", __NR_madvise, {place, page, MADV_REMOVE}},
        {"HWPOISON", __NR_madvise, {place, page, MADV_HWPOISON}},
        {"SOFT_OFFLINE", __NR_madvise, {place, page, MADV_SOFT_OFFLINE}},
        {"GUARD_INSTALL", __NR_madvise, {place, page, 102}}, // [linux mman-common.h v6.13]
        {"process_madvise", __NR_process_madvise, {nobody, place, 1, MADV_DONTNEED, 0}},
    };
    expect_each_refused(others);
}

POSTERN_TEST("attack.seal.second_mappings", SHOWS(no_way_to_the_memory_map),
             TRIES(attack_16, attack_24)) {
    constexpr Call calls[] = {
        {"mremap: old size 0", __NR_mremap, {place, 0, page, MREMAP_MAYMOVE}},
        {"remap_file_pages", __NR_remap_file_pages, {place, page, 0, 0, 0}},
        {"shmat over it", __NR_shmat, {0, place, 040000}},
        {"memfd_create", __NR_memfd_create, {place, 0}},
        {"a file's pages over it",
         __NR_mmap,
         {place, page, read_write, MAP_SHARED | MAP_FIXED, 0, 0}},
        {"fork", __NR_fork, {}},
        {"clone", __NR_clone, {0x100, place}}, // CLONE_VM
    };
    expect_each_refused(calls);
}

POSTERN_TEST("attack.seal.keys_and_breaks", SHOWS(no_way_to_the_memory_map),
             TRIES(attack_15, attack_64)) {
    constexpr Call calls[] = {
        {"pkey_alloc", __NR_pkey_alloc, {0, 0}},
        {"pkey_free of key 0", __NR_pkey_free, {POSTERN_KEY_SHARED}},
        {"pkey_free of the monitor's", __NR_pkey_free, {POSTERN_KEY_MONITOR}},
        {"brk", __NR_brk, {place}},
        {"mseal", 462, {place, page, 0}},
        {"map_shadow_stack", 453, {place, page, 0}},
        {"set_mempolicy_home_node", 450, {place, page, 0, 0}},
        {"mbind", __NR_mbind, {place, page, 0, 0, 0, 0}},
        {"mlock", __NR_mlock, {place, page}},
        {"msync", __NR_msync, {place, page, MS_INVALIDATE}},
    };
    expect_each_refused(calls);
}

// New code, from wherever: also by way of a personality, which makes readable memory executable.
POSTERN_TEST("attack.seal.new_executable_memory", SHOWS(no_way_to_the_memory_map),
             TRIES(attack_20)) {
    constexpr Call calls[] = {
        {"mmap RWX",
         __NR_mmap,
         {0, page, read_write_execute, MAP_PRIVATE | MAP_ANONYMOUS, nobody, 0}},
        {"mmap X of a file", __NR_mmap, {0, page, PROT_READ | PROT_EXEC, MAP_PRIVATE, 0, 0}},
        {"personality", __NR_personality, {0x0400000}}, // READ_IMPLIES_EXEC
        {"uselib", __NR_uselib, {place}},
        {"execve", __NR_execve, {place, 0, 0}},
        {"execveat", __NR_execveat, {0, place, 0, 0, 0x1000}},
        {"map of the vdso", __NR_arch_prctl, {0x2003, place}}, // ARCH_MAP_VDSO_64
    };
    expect_each_refused(calls);
}

// The holes of the seal, each shown open for the monitor by kernel.mseal.does_not_stop_*.
POSTERN_TEST("attack.seal.proc_self_mem", SHOWS(no_way_to_the_memory_map), TRIES(attack_10)) {
    constexpr uint64_t read_write_file = 2, here = static_cast<uint64_t>(-100);
    static const char paths[][32] = {"/proc/self/mem", "/proc/thread-self/mem",
                                     "/proc/1/mem",    "self/task/1/mem",
                                     "/dev/mem",       "/proc/self/exe"};
    attack::set_canaries();
    for (const char *path : paths) {
        const uint64_t name = attack::address_of(path);
        attack::expect_refused({"open", __NR_open, {name, read_write_file}}, 0);
        attack::expect_refused({"openat", __NR_openat, {here, name, read_write_file}}, 0);
        attack::expect_refused({"openat2", __NR_openat2, {here, name, name, 24}}, 0);
        attack::expect_refused({"creat", __NR_creat, {name, 0}}, 0);
        attack::expect_refused({"truncate", __NR_truncate, {name, 0}}, 0);
    }
    constexpr Call calls[] = {
        {"pwrite64", __NR_pwrite64, {3, place, 8, 0}},
        {"name_to_handle_at", __NR_name_to_handle_at, {here, place, place, place, 0}},
        {"open_by_handle_at", __NR_open_by_handle_at, {3, place, 2}},
    };
    expect_each_refused(calls);
}

POSTERN_TEST("attack.seal.ptrace_and_process_vm", SHOWS(no_way_to_the_memory_map),
             TRIES(attack_11, attack_12)) {
    constexpr uint64_t trace_me = 0, poke = 4, attach = 16;
    constexpr Call calls[] = {
        {"TRACEME", __NR_ptrace, {trace_me}},
        {"POKEDATA", __NR_ptrace, {poke, 1, place, attack::loot}},
        {"ATTACH", __NR_ptrace, {attach, 1}},
        {"process_vm_writev", __NR_process_vm_writev, {1, place, 1, place, 1, 0}},
        {"process_vm_readv", __NR_process_vm_readv, {1, place, 1, place, 1, 0}},
        {"pidfd_getfd", __NR_pidfd_getfd, {3, 3, 0}},
        {"kcmp", __NR_kcmp, {1, 1, 0, 0, 0}},
    };
    expect_each_refused(calls);
}

POSTERN_TEST("attack.seal.userfaultfd", SHOWS(no_way_to_the_memory_map), TRIES(attack_14)) {
    constexpr Call calls[] = {
        {"userfaultfd", __NR_userfaultfd, {0}},
        {"userfaultfd of user faults", __NR_userfaultfd, {1}},
        {"ioctl", __NR_ioctl, {3, 0xc020aa00, place}}, // UFFDIO_REGISTER
        {"io_uring_setup", __NR_io_uring_setup, {1, place}},
    };
    expect_each_refused(calls);
}

// The seccomp filter by itself: the kernel serves the call, and the seal refuses it.
POSTERN_TEST("attack.seal.holds_where_a_call_is_served", SHOWS(seal_holds_by_itself),
             TRIES(attack_17)) {
    if (rt::guarantees().system_calls != rt::Mediation::filter ||
        rt::guarantees().map != rt::seal::Provider::mseal) {
        return harness::skip("needs a kernel with mseal and without dispatch");
    }
    attack::set_canaries();
    for (const Target &target : attack::targets()) {
        for (const Call &call : changes) {
            EXPECT_EQUAL(attack::answer_of_served(call, target), eperm);
        }
        for (const Call &call : discards) {
            EXPECT(!target.holds_pages || attack::answer_of_served(call, target) == eperm);
        }
    }
}
