/// The command line of a program of rows: names them, or measures one.
#include "bench/payload/run.h"

#include "rt/rt.h"

namespace bench {

namespace {

constexpr int wrong_use = 2;
constexpr int skipped = 77;
constexpr uint64_t most_samples = 100'000;
constexpr uint64_t most_loops = 100'000'000;
constexpr uint64_t warm_up_windows = 100;

struct Sample {
    uint64_t row;
    uint64_t beside;
};
constinit Sample samples[most_samples]{};

/// Lines on standard output, a few at a time.
class Output {
public:
    template <class... Arguments>
    void print(const char *format, const Arguments &...arguments) {
        line_.format(format, arguments...);
        if (line_.bytes() > rt::Line::capacity / 2) {
            flush();
        }
    }
    ~Output() { flush(); }

private:
    void flush() {
        static_cast<void>(
            rt::sys::write_all(rt::sys::Descriptor::output, line_.text(), line_.bytes()));
        line_ = rt::Line();
    }
    rt::Line line_;
};

bool equal(const char *left, const char *right) {
    while (*left != '\0' && *left == *right) {
        ++left;
        ++right;
    }
    return *left == *right;
}

/// The rest of `text` after `prefix`, or null.
const char *behind(const char *prefix, const char *text) {
    while (*prefix != '\0' && *prefix == *text) {
        ++prefix;
        ++text;
    }
    return *prefix == '\0' ? text : nullptr;
}

/// A whole number from 1 to `most`, or 0.
uint64_t number(const char *text, uint64_t most) {
    uint64_t value = 0;
    do {
        if (*text < '0' || *text > '9') {
            return 0;
        }
        value = value * 10 + static_cast<uint64_t>(*text - '0');
    } while (value <= most && *++text != '\0');
    return value <= most ? value : 0;
}

const char *text_of(Kind kind) {
    switch (kind) {
    case Kind::loop:
        return "loop";
    case Kind::window:
        return "window";
    case Kind::against_plain:
        return "against_plain";
    }
    return "";
}

const Row *find(const Program &program, const char *name) {
    const char *rest = behind(program.prefix, name);
    for (size_t i = 0; rest != nullptr && i < program.table_count; ++i) {
        for (const Row &row : *program.tables[i]) {
            if (equal(row.name, rest)) {
                return &row;
            }
        }
    }
    return nullptr;
}

void list(const Program &program) {
    Output output;
    for (size_t i = 0; i < program.table_count; ++i) {
        for (const Row &row : *program.tables[i]) {
            output.print("{}{}\t{}\t{}\t{}\n", program.prefix, row.name, text_of(row.kind),
                         row.question, row.beside_name == unit ? unit_name : row.beside_name);
        }
    }
}

/// Measures row and yardstick in turn, each first in every other sample, so that drift affects both
/// equally.
Sample take(const Row &row, uint64_t loops, bool row_first) {
    Sample sample{};
    if (row_first) {
        sample.row = row.run(loops);
    }
    sample.beside = row.beside(loops);
    if (!row_first) {
        sample.row = row.run(loops);
    }
    return sample;
}

void measure(const Program &program, const Row &row, uint64_t count, uint64_t loops) {
    loops = (loops + row.step - 1) / row.step * row.step;
    const uint64_t warm_ups = row.kind == Kind::window ? warm_up_windows : 1;
    for (uint64_t i = 0; i < warm_ups; ++i) {
        static_cast<void>(take(row, loops, i % 2 == 0));
    }
    for (uint64_t i = 0; i < count; ++i) {
        samples[i] = take(row, loops, i % 2 == 0);
    }
    Output output;
    output.print("row {}{}\n", program.prefix, row.name);
    for (uint64_t i = 0; i < count; ++i) {
        output.print("{} {} {}\n", samples[i].row, samples[i].beside, loops);
    }
}

int refuse(const Program &program, const char *what, const char *word) {
    rt::log("{}: {}{}: usage: {} --list | ROW SAMPLES LOOPS", program.name, what, word,
            program.name);
    return wrong_use;
}

} // namespace

int run(const Program &program, const char *const *words, int count) {
    if (count == 1 && equal(words[0], "--list")) {
        list(program);
        return 0;
    }
    if (count != 3) {
        return refuse(program, "one word, --list, or three", "");
    }
    const Row *row = find(program, words[0]);
    if (row == nullptr) {
        return refuse(program, "no such row: ", words[0]);
    }
    const uint64_t sample_count = number(words[1], most_samples);
    if (sample_count == 0) {
        return refuse(program, "SAMPLES is a number from 1 to 100000, not ", words[1]);
    }
    const uint64_t loops = number(words[2], row->kind == Kind::window ? 1 : most_loops);
    if (loops == 0) {
        return refuse(program,
                      row->kind == Kind::window ? "LOOPS of a window is 1, not "
                                                : "LOOPS is a number from 1 to 100000000, not ",
                      words[2]);
    }
    const char *obstacle = program.obstacle != nullptr ? program.obstacle(*row) : nullptr;
    if (obstacle != nullptr) {
        Output().print("skipped {}{}: {}\n", program.prefix, row->name, obstacle);
        return skipped;
    }
    measure(program, *row, sample_count, loops);
    return 0;
}

} // namespace bench
