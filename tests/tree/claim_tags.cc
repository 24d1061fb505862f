/// The tags of the tests: which test shows which claim, read from the sources.
#include "tests/tree/claim_tags.h"

#include <algorithm>

#include "tests/tree/endings.h"
#include "tests/tree/text.h"

namespace tree {

namespace {

constexpr std::string_view wrong_folder = "tests/image/wrong/";

bool is_source(const SourceFile &file) {
    const bool is_inside = file.under("tests/") || file.under("bench/") || file.under("apps/") ||
                           file.under("toolchain/");
    const bool is_sample = file.under("tests/tree/") && file.extension() == ".cc";
    const auto extension = file.extension();
    return is_inside && !is_sample && extension != ".md" && extension != ".patch" &&
           extension != ".mut" && extension != ".tsv" && extension != ".json";
}

/// The name of a test as a tag may have it; a few have no subject.
bool is_tagged_name(std::string_view text) {
    return is_kind(text) && std::all_of(text.begin(), text.end(), [](char character) {
               return is_word_character(character) || character == '.';
           });
}

/// `kind.subject.behaviour`
bool is_test_name(std::string_view text) {
    return std::count(text.begin(), text.end(), '.') == 2 && is_tagged_name(text);
}

/// The words of a comment line that is nothing else; none of another line.
std::vector<std::string> comment_words(std::string_view line) {
    line = trim(line);
    const std::size_t mark = line.starts_with("// ") ? 3 : line.starts_with("# ") ? 2 : 0;
    return mark == 0 ? std::vector<std::string>{} : split(line.substr(mark), ' ');
}

/// Reads the sources one by one.
class Reader {
public:
    Tags tags;

    void read(const SourceFile &file) {
        const bool is_wrong_code = file.under(wrong_folder);
        for (std::size_t line = 1; line <= file.lines.size(); ++line) {
            read_registrations(file, line);
            if (is_wrong_code) {
                read_wrong_case(file, line);
            } else {
                read_comment(file, line);
            }
        }
        if (file.extension() == ".cc" || file.extension() == ".h") {
            read_macros(file);
        }
    }

private:
    /// `shows ID, ID tries ID`, from a word on.
    void add_words(const std::string &test, const std::vector<std::string> &words,
                   std::size_t first, const Place &place) {
        bool tries = false;
        for (auto index = first; index < words.size(); ++index) {
            std::string_view word = words[index];
            if (word == "shows" || word == "tries") {
                tries = word == "tries";
                continue;
            }
            if (word.ends_with(',')) {
                word.remove_suffix(1);
            }
            tags.tags.push_back({test, std::string{word}, tries, place.path, place.line});
        }
    }

    void read_comment(const SourceFile &file, std::size_t line) {
        const auto words = comment_words(file.lines[line - 1]);
        if (words.size() > 2 && is_tagged_name(words[0]) &&
            (words[1] == "shows" || words[1] == "tries")) {
            add_words(words[0], words, 1, {file.path, line});
        }
    }

    /// `wrong CASE: MESSAGE`, and the tags in the lines below it.
    void read_wrong_case(const SourceFile &file, std::size_t line) {
        const auto head = comment_words(file.lines[line - 1]);
        if (head.size() < 3 || head[0] != "wrong" || !head[1].ends_with(':')) {
            return;
        }
        const auto subject = file.path.substr(wrong_folder.size());
        const auto test = "link." + subject.substr(0, subject.find('.')) + "." +
                          head[1].substr(0, head[1].size() - 1);
        tags.tests.try_emplace(test, Place{file.path, line});
        for (auto next = line + 1; next <= file.lines.size(); ++next) {
            const auto words = comment_words(file.lines[next - 1]);
            if (words.size() < 2 || (words[0] != "shows" && words[0] != "tries")) {
                return;
            }
            add_words(test, words, 0, {file.path, next});
        }
    }

    /// Whole names: a string of C++, a case of a shell script, a word of CMake's.
    void read_registrations(const SourceFile &file, std::size_t line) {
        const std::string_view text = file.lines[line - 1];
        if (!comment_words(text).empty()) {
            return;
        }
        for (std::size_t begin = 0; begin < text.size();) {
            auto end = begin;
            while (end < text.size() && (is_word_character(text[end]) || text[end] == '.')) {
                ++end;
            }
            const auto name = text.substr(begin, end - begin);
            if (is_test_name(name) && is_registration(file, text, begin, end)) {
                tags.tests.try_emplace(std::string{name}, Place{file.path, line});
            }
            begin = end + 1;
        }
    }

    static bool is_registration(const SourceFile &file, std::string_view line, std::size_t begin,
                                std::size_t end) {
        const auto before = line.substr(0, begin);
        if (file.path.ends_with("CMakeLists.txt")) {
            return file.under("tests/") && !contains(before, "#");
        }
        if (file.extension().empty()) {
            return before.ends_with("case_of ") || before.ends_with("report ") ||
                   before.ends_with("name=");
        }
        return file.under("tests/") && before.ends_with('"') && line.substr(end).starts_with('"');
    }

    /// POSTERN_TEST("NAME", SHOWS(...), TRIES(...)), over several lines where it is long.
    void read_macros(const SourceFile &file) {
        constexpr std::string_view head = "POSTERN_TEST(\"";
        for (std::size_t line = 1; line <= file.lines.size(); ++line) {
            if (!file.lines[line - 1].starts_with(head)) {
                continue;
            }
            std::string text = file.lines[line - 1].substr(head.size());
            for (auto next = line; next < file.lines.size() && !contains(text, "{"); ++next) {
                text += " " + std::string{trim(file.lines[next])};
            }
            const auto name = text.substr(0, text.find('"'));
            add_macro(name, text, "SHOWS(", {file.path, line});
            add_macro(name, text, "TRIES(", {file.path, line});
        }
    }

    void add_macro(const std::string &test, std::string_view text, std::string_view macro,
                   const Place &place) {
        const auto begin = text.find(macro);
        if (begin == text.npos) {
            return;
        }
        const auto list =
            text.substr(begin + macro.size(), text.find(')', begin) - begin - macro.size());
        for (const auto &id : split(list, ',')) {
            tags.tags.push_back({test, id, macro == "TRIES(", place.path, place.line});
        }
    }
};

} // namespace

Tags read_tags(const Files &files) {
    Reader reader;
    for (const auto &file : files) {
        if (is_source(file)) {
            reader.read(file);
        }
    }
    return reader.tags;
}

} // namespace tree
