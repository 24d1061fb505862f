/// The audit: every mapping that the kernel shows, compared with what the tables say.
#include "rt/domain/audit.h"

#include "rt/domain/alias.h"
#include "rt/domain/expected_map.h"
#include "rt/domain/table.h"
#include "rt/key/isolation.h"
#include "rt/sys/smaps.h"

namespace rt::domain {

using base::Errno;
using base::Result;
using key::Pkey;
using Kind = Deviation::Kind;

namespace {

constexpr unsigned reading = 1, writing = 2, executing = 4;
static_assert(static_cast<unsigned>(sys::Protection::read_write) == (reading | writing));
static_assert(static_cast<unsigned>(sys::Protection::read_execute) == (reading | executing));

unsigned permissions_of(const sys::Mapping &mapping) {
    return (mapping.permissions[0] == 'r' ? reading : 0) |
           (mapping.permissions[1] == 'w' ? writing : 0) |
           (mapping.permissions[2] == 'x' ? executing : 0);
}

class Auditor {
public:
    explicit Auditor(void (*each)(const Deviation &)) : each_(each) {}

    Result<size_t, Deviation> run() {
        sys::Smaps smaps;
        size_t count = 0;
        uintptr_t end = 0;
        for (;;) {
            const auto next = smaps.next();
            if (!next) {
                tell({Kind::unreadable, 0, key::shared_key, key::shared_key, next.error()});
                return first_;
            }
            const sys::Mapping *mapping = next.value();
            expect_nothing_due(end, mapping == nullptr ? ~uintptr_t{0} : mapping->begin);
            if (mapping == nullptr) {
                break;
            }
            compare(*mapping);
            end = mapping->end;
            ++count;
        }
        if (any_) {
            return first_;
        }
        return count;
    }

private:
    void tell(const Deviation &deviation) {
        if (!any_) {
            any_ = true;
            first_ = deviation;
        }
        if (each_ != nullptr) {
            each_(deviation);
        }
    }

    /// Between two mappings.
    void expect_nothing_due(uintptr_t begin, uintptr_t end) {
        while (begin < end) {
            const ExpectedRange due = expected_at(begin);
            if (due.whose == Owner::runtime) {
                tell({Kind::unmapped, begin, due.key, due.key, Errno::none});
            }
            begin = due.end;
        }
    }

    void compare(const sys::Mapping &mapping) {
        for (uintptr_t begin = mapping.begin; begin < mapping.end;) {
            ExpectedRange due = expected_at(begin);
            if (!key::has_keys()) {
                due.key = key::shared_key; // every page has it
            }
            compare(mapping, due, begin);
            begin = due.end;
        }
    }

    void compare(const sys::Mapping &mapping, const ExpectedRange &due, uintptr_t address) {
        const Pkey found = Pkey::from_raw(mapping.key);
        if (found != due.key) {
            const Kind kind = due.whose == Owner::foreign ? Kind::unknown_key : Kind::wrong_key;
            return tell({kind, address, due.key, found, Errno::none});
        }
        const unsigned has = permissions_of(mapping);
        const unsigned wanted = static_cast<unsigned>(due.protection);
        if (due.whose != Owner::runtime) {
            const bool kernels = mapping.is_named("[vdso]") || mapping.is_named("[vsyscall]");
            if ((has & executing) != 0 && !kernels) {
                tell({Kind::executable, address, due.key, due.key, Errno::none});
            }
        } else if (has != wanted) {
            tell({kind_of(has & ~wanted), address, due.key, due.key, Errno::none});
        } else if (due.is_shared && mapping.permissions[3] != 's') {
            tell({Kind::not_shared, address, due.key, due.key, Errno::none});
        }
    }

    static Kind kind_of(unsigned surplus) {
        if ((surplus & writing) != 0) {
            return Kind::writable;
        }
        if ((surplus & executing) != 0) {
            return Kind::executable;
        }
        return (surplus & reading) != 0 ? Kind::readable : Kind::closed;
    }

    void (*each_)(const Deviation &);
    bool any_ = false;
    Deviation first_{Kind::unreadable, 0, key::shared_key, key::shared_key, Errno::none};
};

const char *text_of(Kind kind) {
    switch (kind) {
    case Kind::wrong_key:
        return "wrong key";
    case Kind::unknown_key:
        return "unknown key";
    case Kind::unmapped:
        return "nothing mapped";
    case Kind::writable:
        return "writable";
    case Kind::executable:
        return "executable";
    case Kind::readable:
        return "readable";
    case Kind::closed:
        return "closed";
    case Kind::not_shared:
        return "not shared with the domain's process";
    case Kind::unreadable:
        return "unreadable";
    }
    return "deviation";
}

} // namespace

void append_to(base::Line &line, const Deviation &deviation) {
    if (deviation.kind == Kind::unreadable) {
        line.format("audit: /proc/self/smaps cannot be read: {}", deviation.error);
        return;
    }
    const Place place = place_of(own(deviation.address));
    line.format("audit: {} at {}, ", text_of(deviation.kind), base::Hex{deviation.address});
    if (place.owner != nullptr) {
        line.append(place.owner).append("'s ");
    }
    line.append(place.what);
    if (deviation.found != deviation.expected) {
        line.format(": expected key {} ({}), found key {} ({})", deviation.expected.raw(),
                    name_of(deviation.expected), deviation.found.raw(), name_of(deviation.found));
    } else if (deviation.kind != Kind::unmapped) {
        line.append(", but the tables say otherwise");
    }
}

Result<size_t, Deviation> audit_keys(void (*each)(const Deviation &)) {
    return Auditor(each).run();
}

} // namespace rt::domain
