/// How many calls do several programs make at once, each with a domain in a process of its own?
#include <sched.h>
#include <unistd.h>

#include <fstream>
#include <list>
#include <memory>
#include <optional>

#include "bench/alternative/image.h"
#include "bench/alternative/peer.h"
#include "bench/alternative/ping_pong.h"
#include "bench/alternative/ticks.h"

namespace alternative {

namespace {

/// The kernel's idle states: without them figures of two cores say nothing.
std::string idle_states() {
    std::string text;
    for (int state = 0;; ++state) {
        std::ifstream file{"/sys/devices/system/cpu/cpu0/cpuidle/state" + std::to_string(state) +
                           "/name"};
        std::string name;
        if (!std::getline(file, name)) {
            return text.empty() ? "not said" : text;
        }
        text += (text.empty() ? "" : ", ") + name;
    }
}

unsigned second_processor() {
    const auto other = other_processor();
    if (!other) {
        throw Skip{"needs a second processor"};
    }
    return *other;
}

/// The kernel may run `process` on both cores.
void set_free(pid_t process) {
    cpu_set_t both;
    CPU_ZERO(&both);
    CPU_SET(home_processor(), &both);
    CPU_SET(second_processor(), &both);
    must(sched_setaffinity(process, sizeof both, &both) == 0, "sched_setaffinity");
}

/// Of each program in a loop: beside them the question to the program takes nothing.
constexpr uint64_t calls = 200;

/// So many programs call, each as often; the ticks until the last one has done so.
Measure prepare_programs(unsigned count) {
    const Image image{"bench/bench_spaces", Isolation::spaces};
    auto programs = std::make_shared<std::list<Asked>>();
    for (unsigned program = 0; program < count; ++program) {
        programs->emplace_back(image, "call");
        set_free(programs->back().process());
    }
    return [programs](uint64_t loops) {
        const uint64_t begin = ticks();
        for (Asked &program : *programs) {
            program.begin(calls * loops);
        }
        for (Asked &program : *programs) {
            program.end();
        }
        return ticks() - begin;
    };
}

/// A process that calls a peer of its own, as often as it is asked.
class Caller {
public:
    Caller(unsigned processor, Measure (*prepare)(unsigned)) {
        must(pipe(questions_) == 0 && pipe(answers_) == 0, "pipe");
        peer_.emplace(processor, [this, processor, prepare] { serve(prepare(processor)); });
    }
    ~Caller() {
        peer_.reset();
        for (const int file : {questions_[0], questions_[1], answers_[0], answers_[1]}) {
            close(file);
        }
    }
    Caller(const Caller &) = delete;
    Caller &operator=(const Caller &) = delete;

    void begin(uint64_t loops) { give(questions_[1], loops); }
    void end() { take(answers_[0]); }

private:
    static void give(int file, uint64_t value) {
        must(write(file, &value, sizeof value) == sizeof value, "write to a caller");
    }
    static uint64_t take(int file) {
        uint64_t value = 0;
        must(read(file, &value, sizeof value) == sizeof value, "read from a caller");
        return value;
    }
    [[noreturn]] void serve(const Measure &measure) const {
        for (;;) {
            give(answers_[1], measure(take(questions_[0])));
        }
    }

    int questions_[2];
    int answers_[2];
    std::optional<Peer> peer_;
};

/// So many bare pairs, each on one core.
Measure prepare_pairs(unsigned count, Measure (*prepare)(unsigned)) {
    auto callers = std::make_shared<std::list<Caller>>();
    for (unsigned caller = 0; caller < count; ++caller) {
        callers->emplace_back(caller % 2 == 0 ? home_processor() : second_processor(),
                              prepare);
    }
    return [callers](uint64_t loops) {
        const uint64_t begin = ticks();
        for (Caller &caller : *callers) {
            caller.begin(calls * loops);
        }
        for (Caller &caller : *callers) {
            caller.end();
        }
        return ticks() - begin;
    };
}

} // namespace

Rows load_rows() {
    Rows rows;
    const std::string question = "What do 200 calls of each of several programs cost on two cores? "
                                 "(idle states: " + idle_states() + ")";
    const auto add = [&](const std::string &name, unsigned count, const std::string &how,
                         Measure (*prepare)(unsigned)) {
        rows.push_back({name, question, "as many pairs on a core each, by " + how,
                        [=] { return prepare_programs(count); },
                        [=] { return prepare_pairs(count, prepare); }});
    };
    for (const unsigned count : {1u, 2u, 4u}) {
        const std::string name = "space_programs_" + std::to_string(count);
        add(name, count, "yields", prepare_yield);
        add(name + "_and_futex", count, "futex", prepare_futex);
    }
    return rows;
}

} // namespace alternative
