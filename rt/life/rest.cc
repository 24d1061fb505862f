/// Rests of domains that fault too often.
#include "rt/life/rest.h"

#include "rt/key/domain.h"
#include "rt/life/standing.h"

namespace rt::life {

namespace {

constexpr uint64_t first_rest = 1'000'000, longest_rest = 1'000'000'000;

/// Times in nanoseconds of the monotonic clock.
struct Record {
    uint64_t life_began;
    uint64_t second_began;
    uint32_t restarts; // since then
    uint64_t rest;     // how long the last one was; 0 for none
    uint64_t rest_ends;
};
constinit Record records[key::domain_places] = {};

Record &record_of(Domain domain) {
    return records[key::index_of(domain)];
}

/// 0 if `then` is yet to come: the app may restart a domain that rests.
uint64_t since(uint64_t then, uint64_t now) {
    return now > then ? now - then : 0;
}

/// Whether the restarts in this second are more than there may be.
bool are_too_many(const Policy &policy, Record &record, uint64_t now) {
    if (now - record.second_began >= per_second) {
        record.second_began = now;
        record.restarts = 0;
    }
    ++record.restarts;
    return policy.times != 0 && record.restarts > policy.times;
}

} // namespace

void note_life(Domain domain, uint64_t now) {
    record_of(domain).life_began = now;
}

bool count_fault(const Policy &policy, uint64_t now) {
    Record &record = record_of(policy.domain);
    const bool was_short = since(record.life_began, now) < policy.shortest_life;
    return are_too_many(policy, record, now) || was_short;
}

void begin_rest(Domain domain, uint64_t now) {
    Record &record = record_of(domain);
    const bool rested_lately = record.rest != 0 && since(record.rest_ends, now) < per_second;
    const uint64_t twice = record.rest < longest_rest / 2 ? 2 * record.rest : longest_rest;
    record.rest = rested_lately ? twice : first_rest;
    record.rest_ends = record.life_began = now + record.rest;
    set_standing(domain, Standing::resting);
}

void end_rest_in_time(Domain domain, uint64_t now) {
    if (now >= record_of(domain).rest_ends) {
        set_standing(domain, Standing::taking);
    }
}

} // namespace rt::life
