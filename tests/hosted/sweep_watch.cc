/// Watches a sweep (tests/attack/sweep.h): starts it, counts its deaths, and starts it again behind
/// what has killed it.
///
///   sweep_watch CASE SWEEP IMAGE PLACES SLICES
///
/// CASE is what is printed, SWEEP the case in IMAGE, PLACES what is counted: offsets, runs.
/// POSTERN_LONG runs all of it, else one slice: POSTERN_SLICE, a number, modulo the slices. On
/// standard error, how far it is. A death that is the emulator's own (guest_oops.h) is none: its
/// place needs a real processor.
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "tests/hosted/guest_oops.h"

namespace {

constexpr unsigned long most_deaths = 50;
constexpr int emulator_has_failed = 75; // tests/attack/sweep.cc exits so

/// The counts of a sweep, in the order of its lines.
struct Counts {
    unsigned long places = 0, left_out = 0, strikes = 0, cut = 0, escapes = 0;
    Counts operator+(const Counts &more) const {
        return {places + more.places, left_out + more.left_out, strikes + more.strikes,
                cut + more.cut, escapes + more.escapes};
    }
};

struct Line {
    char word[8] = "";
    unsigned long place = 0, file = 0;
    Counts counts;

    bool is(const char *wanted) const { return std::strcmp(word, wanted) == 0; }
    /// Whether `text` is one.
    bool read(const char *text) {
        return std::sscanf(text, "%7[a-z] %lu %lu %lu %lu %lu %lu %lu", word, &place, &file,
                           &counts.places, &counts.left_out, &counts.strikes, &counts.cut,
                           &counts.escapes) == 8 &&
               (is("at") || is("try") || is("done"));
    }
};

/// The cause of an end before the last strike.
enum class Fault : unsigned char {
    images,
    emulators,            // the effect of the strike is unknown
    emulators_afterwards, // the strike was carried out
};

/// One life of the image.
struct Life {
    Line last; // after it, nothing is known
    bool is_done = false;
    bool is_skipped = false;
    std::string end; // how it ended, for people
    Fault fault = Fault::images;
};

class Watch {
public:
    /// `words` as in main.
    Watch(char **words, unsigned long slice, unsigned long slices)
        : name_(words[1]), sweep_(words[2]), image_(words[3]), places_(words[4]), slice_(slice),
          slices_(slices) {}

    /// The exit status.
    int run() {
        unsigned long place = 0, file = 0;
        for (;;) {
            const Life life = live(place, file, unexplained_.has_value());
            if (life.is_skipped) {
                std::printf("0 passed, 0 failed, 1 skipped\n");
                return 77;
            }
            counts_ = counts_ + life.last.counts;
            if (life.is_done) {
                give_up_explaining();
                return close(life);
            }
            if (!go_on(life)) {
                return close(life);
            }
            place = life.last.place;
            file = life.last.file + (life.last.is("try") ? 1 : 0); // after the strike
        }
    }

private:
    /// Whether there is another life. A death between two lines is looked at again, strike by strike.
    bool go_on(const Life &life) {
        if (life.last.word[0] == '\0') {
            std::printf("  it ended before its first strike: %s\n", life.end.c_str());
            ++deaths_;
            return false;
        }
        if (life.last.is("try")) {
            std::printf(
                "  %s by the jump to %#lx behind the image's begin, register file %lu: %s\n",
                life.fault == Fault::images ? "death" : "end", life.last.place, life.last.file,
                life.end.c_str());
            count(life);
            if (life.fault != Fault::emulators_afterwards) {
                unexplained_.reset();
            }
        } else {
            give_up_explaining();
            unexplained_ = life;
        }
        return deaths_ < most_deaths;
    }

    /// The life that looked at a death again has come further.
    void give_up_explaining() {
        if (unexplained_) {
            std::printf("  %s within 64 places from %#lx, not seen again: %s\n",
                        unexplained_->fault == Fault::images ? "death" : "end",
                        unexplained_->last.place, unexplained_->end.c_str());
            count(*unexplained_);
            unexplained_.reset();
        }
    }

    void count(const Life &life) {
        deaths_ += life.fault == Fault::images ? 1 : 0;
        unshown_ += life.fault == Fault::emulators ? 1 : 0;
    }

    Life live(unsigned long place, unsigned long file, bool careful);
    int close(const Life &last) const;

    const char *name_, *sweep_, *image_, *places_;
    unsigned long slice_, slices_;
    Counts counts_;
    unsigned long deaths_ = 0;
    unsigned long unshown_ = 0; // strikes of which the emulator has died
    std::optional<Life> unexplained_; // ended by one of the strikes after its last line
};

std::string end_of(int status) {
    if (WIFSIGNALED(status)) {
        return std::string("signal ") + std::to_string(WTERMSIG(status));
    }
    return "exit status " + std::to_string(WEXITSTATUS(status));
}

/// Starts the program with standard output at `output`.
pid_t start(const std::vector<std::string> &words, int output) {
    const pid_t child = fork();
    if (child == 0) {
        std::vector<char *> pointers;
        for (const std::string &word : words) {
            pointers.push_back(const_cast<char *>(word.c_str()));
        }
        pointers.push_back(nullptr);
        dup2(output, 1);
        execv(pointers[0], pointers.data());
        std::fprintf(stderr, "sweep_watch: %s: %s\n", pointers[0], std::strerror(errno));
        _exit(127);
    }
    return child;
}

Life Watch::live(unsigned long place, unsigned long file, bool careful) {
    int ends[2];
    if (pipe(ends) != 0) {
        std::perror("sweep_watch: pipe");
        std::exit(1);
    }
    guest_oops::forget();
    const pid_t child = start({image_, sweep_, std::to_string(slice_), std::to_string(slices_),
                               std::to_string(place), std::to_string(file), careful ? "1" : "0"},
                              ends[1]);
    ::close(ends[1]);
    std::FILE *lines = fdopen(ends[0], "r");
    Life life;
    unsigned long shown = 0;
    char text[512];
    while (std::fgets(text, sizeof text, lines) != nullptr) {
        Line line;
        if (line.read(text)) {
            life.last = line;
            life.is_done |= line.is("done");
            const Counts now = counts_ + line.counts;
            if (now.strikes / 50000 != shown) {
                shown = now.strikes / 50000;
                std::fprintf(stderr, "%s: %lu strikes, at %#lx\n", name_, now.strikes, line.place);
            }
        } else if (std::strncmp(text, "skipped ", 8) == 0) {
            life.is_skipped = true;
            const char *why = std::strstr(text, ": ");
            std::printf("skipped %s%s", name_, why == nullptr ? "\n" : why);
        } else if (std::strncmp(text, "passed ", 7) != 0 &&
                   std::strstr(text, " passed, ") == nullptr) {
            std::printf("  %s", text);
        }
    }
    std::fclose(lines);
    int status = 0;
    waitpid(child, &status, 0);
    life.end = end_of(status);
    if (life.is_done) {
        return life;
    }
    if (const auto far_return = guest_oops::far_return(image_)) {
        char place[64];
        std::snprintf(place, sizeof place, ", the emulator's own, by the far return at %#lx",
                      *far_return);
        life.end += place;
        life.fault = Fault::emulators;
    } else if (WIFEXITED(status) && WEXITSTATUS(status) == emulator_has_failed) {
        life.end +=
            ", the emulator's own, behind the strike: it has made flags that no processor makes";
        life.fault = Fault::emulators_afterwards;
    }
    return life;
}

int Watch::close(const Life &last) const {
    const bool good = last.is_done && deaths_ == 0 && counts_.escapes == 0 && counts_.strikes > 0;
    std::printf("%s: %lu of %lu %s", name_, counts_.places - unshown_,
                counts_.places + counts_.left_out, places_);
    if (counts_.left_out + unshown_ > 0) {
        std::printf(" (%lu need a real processor)", counts_.left_out + unshown_);
    }
    std::printf(" of slice %lu of %lu", slice_ + 1, slices_);
    if (last.last.file > 0) {
        std::printf(", %lu register files", last.last.file);
    }
    std::printf(", %lu jumps (%lu cut), %lu escapes, %lu deaths\n", counts_.strikes, counts_.cut,
                counts_.escapes, deaths_);
    std::printf("%s %s\n", good ? "passed" : "failed", name_);
    std::printf("%d passed, %d failed, 0 skipped\n", good ? 1 : 0, good ? 0 : 1);
    return good ? 0 : 1;
}

} // namespace

int main(int count, char **words) {
    const unsigned long slices = count == 6 ? std::strtoul(words[5], nullptr, 10) : 0;
    if (slices == 0) {
        std::fprintf(stderr, "usage: sweep_watch CASE SWEEP IMAGE PLACES SLICES\n");
        return 2;
    }
    const char *slice = std::getenv("POSTERN_SLICE");
    const unsigned long number = slice == nullptr ? 0 : std::strtoul(slice, nullptr, 10);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    guest_oops::survive();
    return std::getenv("POSTERN_LONG") != nullptr ? Watch(words, 0, 1).run()
                                                  : Watch(words, number % slices, slices).run();
}
