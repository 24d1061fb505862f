/// Lists of system calls that a child makes: many by one order, and each by an order of its own.
#include "bench/asked/serve.h"
#include "bench/asked/spaces.h"
#include "bench/payload/must.h"
#include "bench/payload/numbers.h"
#include "rt/domain/table.h"
#include "rt/space/list.h"
#include "rt/space/turn.h"

namespace bench {

namespace guest {

constexpr uint64_t pages = 64;
POSTERN_BSS(box) alignas(POSTERN_PAGE) volatile unsigned char updated[pages * POSTERN_PAGE];

uint64_t look_at(uint64_t page) {
    return updated[page * POSTERN_PAGE];
}

} // namespace guest

namespace {

using rt::space::Event;
using rt::space::Order;
using rt::space::Told;

constexpr rt::Entry<Domain::box, guest::look_at> look_at;
constexpr uint64_t closed = 0, open = 3; // PROT_NONE; PROT_READ | PROT_WRITE

rt::space::Child &box() {
    return rt::space::child_of(Domain::box);
}

void must_be(const Told &told, Event event) {
    if (!told.is(event)) {
        rt::panic("a row's order has not been carried out");
    }
}

/// Pages `first` to `first` + `count` - 1 get `rights`, by one order.
void update(uint64_t first, uint64_t count, uint64_t rights) {
    rt::space::List list(box());
    for (uint64_t page = first; page < first + count; ++page) {
        list.add(number::mprotect, guest::updated + page * POSTERN_PAGE, POSTERN_PAGE, rights);
    }
    const Told told = rt::space::turn(box(), Order::batch);
    must_be(told, Event::batched);
    if (told.words[0] != count) {
        rt::panic("a row's list has ended early");
    }
}

void order_look(uint64_t page) {
    box().orders->stack = rt::domain::stack_of(Domain::box).end();
    box().orders->words[0] = reinterpret_cast<uint64_t>(&guest::look_at);
    box().orders->words[1] = page;
    const Told told = rt::space::turn(box(), Order::call);
    must_be(told, Event::trapped);
    update(page, 1, open);
    box().orders->words[0] = told.words[1] + sizeof(uint64_t);
    must_be(rt::space::turn(box(), Order::resume), Event::returned);
}

} // namespace

template <unsigned by_list>
uint64_t updates(uint64_t loops) {
    must(rt::call<Domain::box>(look_at, uint64_t{0}));
    const uint64_t begin = now();
    for (uint64_t loop = 0; loop < loops; ++loop) {
        for (uint64_t page = 0; page < guest::pages; page += by_list) {
            // Not the rights of its neighbours: each update splits or joins a mapping.
            update(page, by_list, loop % 2 == 0 ? closed : open);
        }
    }
    const uint64_t ticks = now() - begin;
    update(0, guest::pages, open);
    return ticks;
}
template uint64_t updates<1>(uint64_t loops);
template uint64_t updates<8>(uint64_t loops);
template uint64_t updates<64>(uint64_t loops);

uint64_t repaired_faults(uint64_t loops) {
    must(rt::call<Domain::box>(look_at, uint64_t{0}));
    uint64_t ticks = 0;
    for (uint64_t loop = 0; loop < loops; ++loop) {
        update(0, guest::pages, closed);
        const uint64_t begin = now();
        for (uint64_t page = 0; page < guest::pages; ++page) {
            order_look(page);
        }
        ticks += now() - begin;
    }
    update(0, guest::pages, open);
    return ticks;
}

} // namespace bench
