/// The authority of an image, read from the image itself: memory of each part, permitted calls,
/// granted system calls, seals, and the size of the trusted code.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "linker/symbols.h"
#include "linker/verify/pass.h"

namespace linker::audit {

/// A domain's heap.
struct Heap {
    uint64_t bytes = 0; // 0: it has none
    uint64_t kept = 0;  // of them, at a restart
    bool is_fatal = false;
    bool is_populated = false;
};

/// One of the sixteen keys that is in use: shared, monitor, a domain, a data domain, frame. Or a domain
/// with an address space of its own, which has a number and no key.
struct Key {
    std::string name;
    bool is_domain = false;
    bool is_data = false;
    bool is_shared_memory = false;
    uint32_t view = 0;       // of a domain, while nothing is lent to it
    bool has_gate = false;   // of a domain: whether anything calls it
    bool is_trusted = false; // of a domain: its gate wipes no registers
    bool is_own_space = false; // of a domain: SPACE own
    uint32_t log_budget = 0; // of a domain: bytes per second on standard error
    Heap heap{};             // of a domain

    /// Of a domain: WRITES_KEY_0.
    bool writes_key_0() const { return (view & 3) == 0; }
};

/// A region of the memory map, guards left out.
struct Region {
    std::string name; // "vault", "vault stack", "monitor", "arguments", "thread"
    linker::RegionRecord record;
};

/// A range that the kernel maps from the file.
struct Loaded {
    std::string name; // "text", "gates", "trap entry", "stub of children", "constants", ...
    uint64_t begin = 0;
    uint64_t end = 0;
    unsigned key = 0;
    bool is_executable = false;
};

/// A function of a domain that something calls.
struct Entry {
    unsigned domain = 0;
    uint64_t address = 0;
    std::string function;          // "signer::vault::add"
    std::vector<unsigned> callers; // keys, ascending: the monitor's, and those of cross calls
    std::map<unsigned, std::string_view> lent{}; // data domains, and "reads" or "writes"
};

struct Service {
    unsigned number = 0;
    std::string handler;
    std::vector<unsigned> callers; // keys of domains
};

struct CrossCall {
    unsigned number = 0;
    unsigned caller = 0;
    unsigned callee = 0;
    std::string function;
};

/// A row of the table of granted system calls.
struct Call {
    unsigned domain = 0;
    std::string name;
    bool is_granted = false; // the monitor makes it for the domain; otherwise `error` is its answer
    unsigned error = 0;
    std::vector<std::string> parameters; // if it is granted
};

/// A row of the table that says what is done after faults (rt/life/policy.h).
struct Policy {
    unsigned domain = 0;
    std::string_view verdict;   // "keep", "restart", "give_up", "ask"
    unsigned times = 0;         // restarts in a second without a rest; 0 for any number
    uint64_t shortest_life = 0; // nanoseconds; a shorter one is followed by a rest
    std::string decide;         // functions; "" for none
    std::string before;
    std::string clean_up;       // the domain's
    uint64_t clean_up_time = 0; // nanoseconds
    std::string after;
};

/// A range that start-up seals, or one that it does not seal, with the reason.
struct Seal {
    std::string name;
    uint64_t begin = 0; // 0 if nothing is sealed
    uint64_t end = 0;
    std::string text;
};

/// An address of the text.
struct Place {
    std::string function;
    uint64_t offset = 0;
};

/// An instruction that may fault on a domain's memory, and the address at which the monitor goes
/// on.
struct Exception {
    Place instruction;
    Place fixup;
};

/// A site that start-up patches if the machine has a feature.
struct Patched {
    Place place;
    std::string feature;
};

/// An instruction that changes a view or a base.
struct Site {
    Place place;
    std::string encoding;
};

/// The code of one owner in the executable pages.
struct Code {
    uint64_t bytes = 0;           // that are searched
    uint64_t own_space_bytes = 0; // that a child alone executes, and that may be any instruction
    std::map<std::string, uint64_t> mediated; // the number of offsets of each encoding
    std::map<std::string, uint64_t> noted;

    static uint64_t sum(const std::map<std::string, uint64_t> &counts) {
        uint64_t all = 0;
        for (const auto &[name, count] : counts) {
            all += count;
        }
        return all;
    }
};

/// Options of the app, by linker/options.inc.
struct Options {
#define OPTION(field, ...) bool field = false;
#define NUMBERS(field, ...) std::vector<unsigned> field;
#include "linker/options.inc"
    std::string_view filter; // "strict", "may_exec", "omitted", "none: no domains"
};

/// Lines of the runtime's sources, all of crt and rt.
struct Lines {
    bool is_known = false;
    uint64_t all = 0;
    uint64_t code = 0; // neither empty nor a comment alone
};

struct Hash {
    std::string what;
    uint64_t bytes = 0;
    std::string sha256;
};

struct Facts {
    std::string image;
    Options options;
    std::map<unsigned, Key> keys; // by key, or by the number of a domain without one
    std::vector<Loaded> loaded;  // by address
    std::vector<Region> regions; // by address
    uint64_t regions_begin = 0;  // guards included
    uint64_t regions_end = 0;
    std::vector<Entry> entries; // by domain and name
    std::vector<Service> services;
    std::vector<CrossCall> cross_calls;
    std::vector<Call> calls;
    std::vector<Policy> policies; // a domain without one is kept as a fault left it
    std::vector<Seal> seals;
    std::vector<Exception> exceptions;
    std::vector<Patched> patched;
    std::vector<Site> sites;
    std::map<std::string, Code> code; // by owner
    /// By domain, the functions that it refers to and does not have: refused stubs, by name.
    std::map<std::string, std::vector<std::string>> absent;
    Lines lines;
    std::vector<Hash> hashes; // the file first

    /// The name of a key, or "key 7".
    std::string name_of(unsigned key) const;
    /// The key of a domain or data domain of that name, or 0.
    unsigned key_of(std::string_view name) const;
    /// "kept", "restarted", "given up", "left to FUNCTION": what is done after a fault of a domain.
    std::string after_a_fault(unsigned domain) const;
    /// The right of a domain's own view to a data domain: "reads", "writes" or "".
    std::string_view always(unsigned domain, unsigned data) const;
    /// The right that calls lend it, if that is more.
    std::string_view lent(unsigned domain, unsigned data) const;
};

/// "add" of "signer::vault::add".
std::string_view unqualified(std::string_view function);
/// "vault.add": an entry as policies call it.
std::string label(const Facts &facts, unsigned domain, const std::string &function);
/// The same with a comma between.
std::string joined(const std::vector<std::string> &words);
/// "16M", "1000K": a size as postern_add_domain takes it.
std::string size_text(uint64_t bytes);
/// Names of keys, the monitor's with its article.
std::vector<std::string> callers(const Facts &facts, const std::vector<unsigned> &keys);

} // namespace linker::audit
