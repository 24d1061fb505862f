/// The list of system calls that a new process makes.
#pragma once

#include "rt/space/child.h"
#include "rt/sys/call.h"

namespace rt::space {

/// Writes the list of a mailbox, item by item.
class List {
public:
    explicit List(Child &child) : items_(child.orders->list) {}
    template <class... Arguments>
    void add(long number, Arguments... arguments) {
        static_assert(sizeof...(arguments) <= 6);
        Item &item = items_[count_++];
        item = {static_cast<uint64_t>(number), {static_cast<uint64_t>(sys::word(arguments))...}, 0};
        items_[count_].number = 0;
    }
    size_t count() const { return count_; }

private:
    Item *items_;
    size_t count_ = 0;
};

} // namespace rt::space
