/// What nested calls must leave as it is: the words of the slot, and the stack of each frame.
#pragma once

#include "rt/base/slot.h"
#include "rt/domain/stack_word.h"
#include "rt/domain/table.h"
#include "rt/rt.h"

namespace nesting {

/// The slot's words that nesting changes and must put back.
struct Words {
    uint64_t gate_rsp, state, view, selector, alice_stack, bob_stack;
    bool operator==(const Words &) const = default;
};

inline Words words_now() {
    const rt::base::Slot &slot = rt::base::slot();
    return {slot.gate_rsp,
            slot.state,
            slot.view,
            slot.selector,
            rt::domain::stack_word(Domain::alice),
            rt::domain::stack_word(Domain::bob)};
}

/// 0 where the domain has no stack.
inline uint64_t bottom_of_stack(Domain domain) {
    for (const auto &record : rt::domain::Table()) {
        if (record.kind == linker::Kind::domain_stack &&
            record.number == rt::key::number_of(domain)) {
            return record.begin;
        }
    }
    return 0;
}

/// Words on the stack of one frame, which the frames below must not touch.
class Canaries {
public:
    explicit Canaries(uint64_t depth) {
        for (uint64_t i = 0; i < count; ++i) {
            words_[i] = mark(depth, i);
        }
    }
    bool intact(uint64_t depth) const {
        uint64_t same = 0;
        for (uint64_t i = 0; i < count; ++i) {
            same += words_[i] == mark(depth, i);
        }
        return same == count;
    }

private:
    static constexpr uint64_t count = 24;
    static uint64_t mark(uint64_t depth, uint64_t i) { return 0xca9a41e5 * (depth + 1) + i; }
    volatile uint64_t words_[count];
};

} // namespace nesting
