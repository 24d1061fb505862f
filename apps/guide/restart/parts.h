/// The interfaces of three domains, each of which faults on some argument.
#pragma once

#include "rt/rt.h"

namespace worker {

extern uint64_t limit; // of the sum; the app sets it in each life
extern uint64_t sum;

/// Adds `number`, and returns a handle of the new sum, which means nothing in another life. Faults
/// if the sum is above the limit.
uint64_t add(uint64_t number);

/// Says how far it came.
void say_goodbye();

} // namespace worker

namespace sensor {

/// 100 / divisor. Faults for 0.
uint64_t measure(uint64_t divisor);

} // namespace sensor

namespace license {

/// Whether it is the right code: 42. Faults for 0.
bool check(uint64_t code);

} // namespace license

constexpr rt::Entry<Domain::worker, worker::add> add;
constexpr rt::Entry<Domain::worker, worker::say_goodbye> say_goodbye;
constexpr rt::Entry<Domain::sensor, sensor::measure> measure;
constexpr rt::Entry<Domain::license, license::check> check;
