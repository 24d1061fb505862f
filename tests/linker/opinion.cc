/// A second opinion on the table of encodings: a disassembler's, on every string of a family.
#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>

#include "linker/verify/scan.h"
#include "tests/linker/exceptions.h"
#include "tests/linker/samples.h"
#include "tests/linker/synthetic.h"
#include "tests/linker/verify_check.h"

namespace verify_test {
namespace {

using namespace linker::verify;

/// Room for a string and what fills it up: 90s, which end every instruction that lacks operands.
constexpr std::size_t slot = 32;
/// The instruction before string number n in a disassembler's input: movabsq $(marker + n), %rax.
constexpr uint64_t marker = 0x5eed00000000;

/// Strings of `lead` opcode ModRM, for each opcode and each ModRM, after each prefix.
void add_all(std::vector<Question> &all, const std::vector<Bytes> &prefixes, const Bytes &lead) {
    for (const auto &prefix : prefixes) {
        for (unsigned number = 0; number < 0x10000; ++number) {
            Bytes bytes = prefix;
            bytes.insert(bytes.end(), lead.begin(), lead.end());
            bytes.push_back(static_cast<unsigned char>(number >> 8));
            bytes.push_back(static_cast<unsigned char>(number));
            all.push_back({bytes, static_cast<unsigned>(prefix.size())});
        }
    }
}

/// Strings of `lead`, with each prefix in the field that the last byte but `behind` holds, for each
/// opcode, with each /DIGIT in memory and in a register.
void add_fields(std::vector<Question> &all, const Bytes &lead, std::size_t behind) {
    for (unsigned number = 0; number < 4 * 0x100 * 0x10; ++number) {
        Bytes bytes = lead;
        bytes[bytes.size() - 1 - behind] |= static_cast<unsigned char>(number >> 12);
        bytes.push_back(static_cast<unsigned char>(number >> 4));
        bytes.push_back(static_cast<unsigned char>((number & 7) << 3 | (number & 8 ? 0xc0 : 0)));
        all.push_back({bytes, 0});
    }
}

std::vector<Question> questions_of(const std::string &family) {
    std::vector<Question> all;
    if (family == "samples") {
        for (const auto &sample : samples(false)) {
            all.push_back({sample.bytes, sample.prefixes});
        }
    } else if (family == "one_byte") {
        add_all(all, {{}, {0x48}}, {});
    } else if (family == "two_bytes") {
        add_all(all, {{}, {0xf3}, {0xf2}, {0x66}, {0x48}, {0xf3, 0x48}}, {0x0f});
    } else if (family == "three_bytes") {
        add_all(all, {{}, {0xf3}, {0xf2}, {0x66}}, {0x0f, 0x38});
    } else if (family == "rex2") {
        for (const unsigned char payload : Bytes{0x80, 0x88, 0xff}) {
            add_all(all, {{}, {0xf3}}, {0xd5, payload});
        }
    } else if (family == "vex_and_evex") {
        add_fields(all, {0xc4, 0xe7, 0x78}, 0);
        add_fields(all, {0x62, 0xf4, 0x7c, 0x08}, 1);
        add_fields(all, {0x62, 0xf7, 0x7c, 0x08}, 1);
    }
    return all;
}

/// All strings of a family, each in a slot.
Image laid_out(const std::vector<Question> &questions) {
    Bytes code;
    code.reserve(questions.size() * slot);
    for (const auto &question : questions) {
        code.insert(code.end(), question.bytes.begin(), question.bytes.end());
        code.resize((code.size() / slot + 1) * slot, 0x90);
    }
    return synthetic(code);
}

/// Words that a disassembler prints of prefixes, alone or before the instruction.
bool is_prefix_word(const std::string &word) {
    constexpr std::array<std::string_view, 14> words{"rep", "repne", "lock",   "data16", "addr32",
                                                     "cs",  "ds",    "es",     "ss",     "fs",
                                                     "gs",  "rex64", "data32", "notrack"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// "wrpkru" of "\tcs\twrpkru"; "" of a line that has only prefixes.
std::string instruction_of(const std::string &line) {
    std::istringstream words(line);
    std::string text;
    for (std::string word; words >> word;) {
        if (text.empty() && is_prefix_word(word)) {
            continue;
        }
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

/// The first instruction of each string, "" where the disassembler knows none.
std::vector<std::string> answers_of(const std::string &path, std::size_t count) {
    const std::string before = "movabsq $";
    std::vector<std::string> answers(count);
    std::optional<uint64_t> number;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const std::string text = instruction_of(line);
        if (text.starts_with(before)) {
            const uint64_t value = std::strtoull(text.c_str() + before.size(), nullptr, 0);
            if (value >= marker && value < marker + count) {
                number = value - marker;
                continue;
            }
        }
        if (number && !text.empty() && !text.starts_with(".") && answers[*number].empty()) {
            answers[*number] = text;
            number.reset();
        }
    }
    return answers;
}

/// Whether a text has a form, in which * means any text.
bool is_of_form(std::string_view text, std::string_view form) {
    const auto star = form.find('*');
    if (star == form.npos) {
        return text == form;
    }
    if (!text.starts_with(form.substr(0, star))) {
        return false;
    }
    text.remove_prefix(star);
    const auto rest = form.substr(star + 1);
    for (;; text.remove_prefix(1)) {
        if (is_of_form(text, rest)) {
            return true;
        }
        if (text.empty()) {
            return false;
        }
    }
}

bool is_called(const std::string &answer, const Encoding &encoding) {
    for (std::string_view forms = encoding.decoded; !forms.empty();) {
        const auto bar = std::min(forms.find('|'), forms.size());
        if (is_of_form(answer, forms.substr(0, bar))) {
            return true;
        }
        forms.remove_prefix(std::min(bar + 1, forms.size()));
    }
    return false;
}

/// Whether both mean the same: the row, or no row.
bool agree(const Encoding *found, const std::string &answer) {
    if (found != nullptr) {
        return is_called(answer, *found);
    }
    return std::none_of(encodings.begin(), encodings.end(),
                        [&](const auto &encoding) { return is_called(answer, encoding); });
}

/// The verifier's finding for a string: at its opcode or, where that byte turns out to be a prefix,
/// a little after it, if the disassembler calls it so.
const Encoding *found_in(const Text &text, uint64_t address, const std::string &answer) {
    if (const auto match = text.encoded_at(address)) {
        return match->encoding;
    }
    for (uint64_t at = address + 1; at < address + 4; ++at) {
        const auto match = text.encoded_at(at);
        if (match && is_called(answer, *match->encoding)) {
            return match->encoding;
        }
    }
    return nullptr;
}

/// How often each exception was needed, and where first.
struct Uses {
    unsigned count = 0;
    std::string first;
};

} // namespace

int print_strings(const std::string &family) {
    const auto questions = questions_of(family);
    for (std::size_t i = 0; i < questions.size(); ++i) {
        Bytes line{0x48, 0xb8};
        for (unsigned shift = 0; shift < 64; shift += 8) {
            line.push_back(static_cast<unsigned char>((marker + i) >> shift));
        }
        Bytes bytes = questions[i].bytes;
        bytes.resize(bytes.size() + 12, 0x90);
        for (const Bytes &part : {line, bytes}) {
            std::printf("[");
            for (const unsigned char byte : part) {
                std::printf("0x%02x ", unsigned{byte});
            }
            std::printf("]\n");
        }
    }
    return questions.empty() ? 1 : 0;
}

int compare(const std::string &family, unsigned version, const std::string &path) {
    const auto questions = questions_of(family);
    const auto answers = answers_of(path, questions.size());
    const Text text(laid_out(questions));
    std::map<std::string, Uses> uses;
    unsigned wrong = 0;
    unsigned decoded = 0;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const uint64_t address = synthetic_text + i * slot + questions[i].prefixes;
        const Encoding *found = found_in(text, address, answers[i]);
        decoded += answers[i].empty() ? 0 : 1;
        if (agree(found, answers[i])) {
            continue;
        }
        if (const char *reason = exception_for({questions[i], found, answers[i], version})) {
            auto &use = uses[reason];
            ++use.count;
            use.first = use.first.empty() ? text_of(questions[i].bytes) : use.first;
            continue;
        }
        if (++wrong <= 20) {
            std::printf("%s: the verifier says %s, LLVM %u '%s'\n",
                        text_of(questions[i].bytes).c_str(),
                        found == nullptr ? "nothing" : std::string(found->name).c_str(), version,
                        answers[i].c_str());
        }
    }
    for (const auto &[reason, use] : uses) {
        std::printf("excepted: %u strings, %s the first: %s\n", use.count, use.first.c_str(),
                    reason.c_str());
    }
    std::printf("%zu strings, %u of them instructions to LLVM %u, %u disagreements\n",
                questions.size(), decoded, version, wrong);
    return wrong == 0 && (decoded != 0 || !uses.empty()) ? 0 : 1;
}

} // namespace verify_test
