/// The log of domains: lines on standard error, within a budget of each.
#include "rt/entry/log.h"

#include "rt/domain/table.h"
#include "rt/sys/log.h"
#include "rt/sys/process.h"
#include "rt/uaccess/copy.h"

/// Generated per app: bytes per second, by number.
extern "C" const uint32_t rt_domain_log_budgets[];

namespace rt::entry {

namespace {

constexpr size_t longest_text = 200;
constexpr uint64_t second = 1'000'000'000; // nanoseconds

struct Account {
    int64_t left = 0;        // bytes; below zero when the last line was longer
    uint64_t refilled = 0;   // time of the last refill; 0 for never
    uint64_t lost_lines = 0; // not reported yet
};
constinit Account accounts[key::domain_places] = {};

Account &account_of(Domain domain) {
    return accounts[key::index_of(domain)];
}

/// Asks for the clock only when nothing is left.
bool has_budget(Domain domain) {
    Account &account = account_of(domain);
    if (account.left > 0) {
        return true;
    }
    const uint64_t now = sys::monotonic_nanoseconds();
    if (account.refilled == 0 || now - account.refilled >= second) {
        account.refilled = now;
        account.left += rt_domain_log_budgets[key::number_of(domain)];
    }
    return account.left > 0;
}

bool put(Domain domain, const base::Line &line) {
    if (!has_budget(domain)) {
        return false;
    }
    const sys::Written written = sys::try_log(line);
    account_of(domain).left -= static_cast<int64_t>(written.bytes); // of a torn line, too
    return written.is_whole;
}

base::Line losses_of(Domain domain) {
    base::Line line;
    line.format("postern: lines of {} dropped: {}", domain::name_of(domain),
                account_of(domain).lost_lines);
    return line;
}

/// Reports lost lines, if there are any. Whether none is left to report.
bool tell_losses(Domain domain) {
    uint64_t &lost = account_of(domain).lost_lines;
    if (lost != 0 && put(domain, losses_of(domain))) {
        lost = 0;
    }
    return lost == 0;
}

void log_for(Domain domain, const base::Line &line) {
    if (!tell_losses(domain) || !put(domain, line)) {
        ++account_of(domain).lost_lines;
    }
}

} // namespace

void handle_log(Domain caller, uaccess::Claimed text, size_t bytes) {
    char copy[longest_text];
    const size_t kept = bytes < longest_text ? bytes : longest_text;
    base::Line line;
    line.append(domain::name_of(caller)).append(": ");
    if (domain::is_constant(text.raw(), kept)) {
        __builtin_memcpy(copy, reinterpret_cast<const char *>(text.raw()), kept);
    } else if (!uaccess::copy_from_domain(caller, copy, text.take(), kept)) {
        log_for(caller, line.append("(asked to log memory that is not its own)"));
        return;
    }
    line.append_escaped(copy, kept);
    if (kept < bytes) {
        line.append(" (cut)");
    }
    log_for(caller, line);
}

void log_last_losses() {
    for (unsigned index = 0; index != key::domain_places; ++index) {
        if (accounts[index].lost_lines != 0) {
            static_cast<void>(sys::try_log(losses_of(static_cast<Domain>(index))));
        }
    }
    sys::log_losses();
}

} // namespace rt::entry

namespace rt::sys {

void log_losses_of_domains() {
    for (unsigned index = 0; index != key::domain_places; ++index) {
        static_cast<void>(entry::tell_losses(static_cast<Domain>(index)));
    }
}

} // namespace rt::sys
