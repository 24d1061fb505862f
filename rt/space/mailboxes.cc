/// The files of the mailboxes: where the monitor has them, and where they are in the files.
#include "rt/space/mailboxes.h"

#include "linker/symbols.h"
#include "rt/base/panic.h"
#include "rt/domain/tag.h"
#include "rt/key/domain.h"
#include "rt/seal/seal.h"
#include "rt/sys/shared_file.h"

namespace rt::space {

using base::must;
using base::Region;
using sys::Descriptor;

namespace {

/// One for each domain and the zygote, and one for each spare.
constexpr uint32_t mailboxes = 2 * key::domain_places;

/// All orders, then all answers.
constexpr uintptr_t orders_place = POSTERN_BOXES,
                    answers_place = orders_place + mailboxes * sizeof(Orders),
                    end_of_places = answers_place + mailboxes * sizeof(Answers);
static_assert(end_of_places <= POSTERN_LOANS);

POSTERN_SETTLED auto orders = static_cast<Descriptor>(-1), answers = static_cast<Descriptor>(-1);

/// A file for the mailboxes of all children, mapped at `place`.
Descriptor make_file(const char *name, Region place) {
    const auto file =
        must(sys::make_shared_file(name, place.bytes()), "making a file of mailboxes");
    must(sys::map_file(place, sys::Protection::read_write, file, 0), "mapping the mailboxes");
    domain::tag_outside(place, "tagging the mailboxes");
    return file;
}

} // namespace

void make_mailboxes() {
    const auto places = Region::from_raw(orders_place, end_of_places);
    must(sys::reserve(places), "reserving the mailboxes' place");
    orders = make_file("postern: orders", Region::from_raw(orders_place, answers_place));
    answers = make_file("postern: answers", Region::from_raw(answers_place, end_of_places));
    // From here on no process gets a writable mapping of orders: children read them for good.
    must(sys::seal_file(orders, sys::FileSeals::no_new_writers), "sealing the orders");
    must(sys::seal_file(answers, sys::FileSeals::size), "sealing the answers");
    for (uint32_t number = 0; number < mailboxes; ++number) {
        const auto domain = static_cast<Domain>(number / 2);
        Child &child = number % 2 == 0 ? child_of(domain) : spare_of(domain);
        child.orders = &orders_of(number);
        child.answers = reinterpret_cast<Answers *>(answers_place) + number;
    }
    seal::add("mailboxes", places, "what the monitor and its children tell each other");
}

Descriptor orders_file() {
    return orders;
}

Descriptor answers_file() {
    return answers;
}

uint32_t number_of(const Child &child) {
    return static_cast<uint32_t>(place_in_orders(child) / sizeof(Orders));
}

Orders &orders_of(uint32_t number) {
    return reinterpret_cast<Orders *>(orders_place)[number];
}

uint64_t place_in_orders(const Child &child) {
    return reinterpret_cast<uintptr_t>(child.orders) - orders_place;
}

uint64_t place_in_answers(const Child &child) {
    return reinterpret_cast<uintptr_t>(child.answers) - answers_place;
}

void map_zygotes_mailbox() {
    const Child &zygote = child_of(no_domain);
    must(sys::map_file(Region::from_raw(mailbox_in_child(), answers_in_child()),
                       sys::Protection::read, orders, place_in_orders(zygote)),
         "mapping the zygote's orders");
    must(sys::map_file(
             Region::from_raw(answers_in_child(), mailbox_in_child() + POSTERN_MAILBOX_BYTES),
             sys::Protection::read_write, answers, place_in_answers(zygote)),
         "mapping the zygote's answers");
}

void close_mailboxes() {
    must(sys::munmap(
             Region::from_raw(mailbox_in_child(), mailbox_in_child() + POSTERN_MAILBOX_BYTES)),
         "removing the zygote's mailbox");
    must(sys::close(orders), "closing the file of orders");
    must(sys::close(answers), "closing the file of answers");
}

} // namespace rt::space
