/// The sealed map of a test image: what is skipped where nothing seals, and children that try.
#include "tests/rt/seal/sealed.h"

#include "linker/symbols.h"
#include "rt/base/panic.h"
#include "rt/domain/alias.h"
#include "rt/sys/memory.h"
#include "rt/sys/process.h"

namespace sealed {

namespace {

constinit rt::base::Region closed_by_app{};
constinit rt::base::Region left_open{};
constinit Answers prepared_answers{};

constinit Operation operation = nullptr;
constinit long wanted = 0;
constinit bool (*chosen)(const smaps::Mapping &mapping) = nullptr;
constinit const smaps::Mappings *mappings = nullptr;

void try_everywhere() {
    size_t tried = 0;
    for (const smaps::Mapping &mapping : *mappings) {
        if (!is_ours(mapping) || (chosen != nullptr && !chosen(mapping))) {
            continue;
        }
        ++tried;
        const long answer = operation(mapping);
        if (answer != wanted) {
            rt::panic("{}-{} {} key {}: answer {}, wanted {}", rt::Hex{mapping.begin},
                      rt::Hex{mapping.end}, mapping.permissions, mapping.key, answer, wanted);
        }
    }
    rt::sys::exit(tried != 0 ? 0 : 1);
}

rt::Errno error_of(const rt::Result<rt::Done> &result) {
    return result ? rt::Errno::none : result.error();
}

} // namespace

bool skip_without_mseal() {
    const bool none = rt::guarantees().map == rt::seal::Provider::nothing;
    if (none) {
        harness::skip("this kernel has no mseal: Linux 6.10 is needed");
    }
    return none;
}

rt::base::Region prepared_sealed() {
    return closed_by_app;
}

rt::base::Region prepared_open() {
    return left_open;
}

const Answers &answers() {
    return prepared_answers;
}

bool is_ours(const smaps::Mapping &mapping) {
    const auto regions_end = reinterpret_cast<uintptr_t>(__regions_end);
    const auto aliases = rt::domain::aliases();
    return (mapping.begin >= reinterpret_cast<uintptr_t>(__text_start) &&
            mapping.end <= regions_end) ||
           (harness::in_spaces() && mapping.begin >= POSTERN_BOXES &&
            mapping.end <= POSTERN_BOXES + POSTERN_ALIAS) ||
           (mapping.begin >= aliases.begin() && mapping.end <= aliases.end());
}

void expect_everywhere(Operation tried, long answer, bool (*which)(const smaps::Mapping &mapping)) {
    operation = tried;
    wanted = answer;
    chosen = which;
    mappings = &smaps::read();
    const auto end = harness::in_child(try_everywhere);
    if (!EXPECT_EQUAL(end.exit_status, 0)) {
        rt::log("  {}", end.text);
    }
}

} // namespace sealed

/// Before everything is sealed.
void prepare(rt::Arguments) {
    using namespace sealed;
    using rt::base::must;
    using rt::base::Region;
    const auto map = [](size_t pages) {
        return must(rt::sys::map_anonymous(pages * POSTERN_PAGE, rt::sys::Protection::read_write),
                    "mapping");
    };
    left_open = map(2);
    closed_by_app = map(2);
    prepared_answers.first = error_of(rt::seal::seal(closed_by_app));
    prepared_answers.again = error_of(rt::seal::seal(closed_by_app));
    const Region broken = map(3);
    must(rt::sys::munmap(
             Region::from_raw(broken.begin() + POSTERN_PAGE, broken.end() - POSTERN_PAGE)),
         "making a gap");
    prepared_answers.gap = error_of(rt::seal::seal(broken));
    must(rt::sys::protect(Region::from_raw(broken.begin(), broken.begin() + POSTERN_PAGE),
                          rt::sys::Protection::read),
         "a range with a gap was sealed in part");
    prepared_answers.empty = error_of(rt::seal::seal(Region()));
    if (rt::guarantees().map != rt::seal::Provider::nothing) {
        return;
    }
    while ((prepared_answers.full = error_of(rt::seal::seal(left_open))) == rt::Errno::none) {
        ++prepared_answers.listed;
    }
}
