/// Holds the code that pages quote against the files that it is quoted from, so that what a reader
/// copies is what a test compiles or compares.
#include <algorithm>
#include <optional>

#include "tests/tree/text.h"
#include "tests/tree/tool.h"

namespace tree {
namespace {

constexpr std::string_view fence = "```";

using Lines = std::vector<std::string>;

/// A quotation as its page has it: a marker, `<!-- from FILE -->` or `<!-- all of FILE -->`, and
/// the block in the next lines.
struct Quotation {
    std::size_t line; // of the marker
    std::string file;
    bool whole;
    Lines text;
};

/// The name in a marker with this beginning, or nothing.
std::optional<std::string> marked(std::string_view line, std::string_view beginning) {
    const std::string_view text = trim(line);
    constexpr std::string_view end = " -->";
    if (!text.starts_with(beginning) || !text.ends_with(end)) {
        return {};
    }
    return std::string{text.substr(beginning.size(), text.size() - beginning.size() - end.size())};
}

/// The language of a block that begins at this line, or nothing.
std::optional<std::string> opened(std::string_view line) {
    if (!line.starts_with(fence)) {
        return {};
    }
    return std::string{trim(line.substr(fence.size()))};
}

/// The lines of the block that begins at `at`; leaves `at` at the closing fence.
Lines block(const SourceFile &page, std::size_t &at) {
    Lines text;
    for (++at; at < page.lines.size() && !page.lines[at].starts_with(fence); ++at) {
        text.push_back(page.lines[at]);
    }
    return text;
}

/// All quotations of a page. Findings for markers without a block, and for code without a marker.
std::vector<Quotation> read_quotations(const SourceFile &page, Outcome &outcome) {
    std::vector<Quotation> all;
    std::optional<Quotation> pending;
    for (std::size_t at = 0; at < page.lines.size(); ++at) {
        const std::string &line = page.lines[at];
        const auto part = marked(line, "<!-- from ");
        const auto whole = marked(line, "<!-- all of ");
        const auto language = opened(line);
        if (pending && !language) {
            outcome.add(page.path, pending->line, "no block in the next line; begin one with ```");
            pending.reset();
        }
        if (part || whole) {
            pending = Quotation{at + 1, part ? *part : *whole, bool(whole), {}};
        } else if (language) {
            const std::size_t begin = at + 1;
            Lines text = block(page, at);
            if (pending) {
                pending->text = std::move(text);
                all.push_back(*pending);
                pending.reset();
            } else if (*language == "cpp" || *language == "cmake") {
                outcome.add(page.path, begin,
                            "code that no file holds; quote a file that a test builds, with "
                            "<!-- from FILE --> in the line before");
            }
        }
    }
    if (pending) {
        outcome.add(page.path, pending->line, "no block in the next line; begin one with ```");
    }
    return all;
}

/// Whether a line of a quotation marks lines that are left out.
bool is_gap(std::string_view line) {
    const std::string_view text = trim(line);
    return text == "..." || text == "// ..." || text == "# ...";
}

std::size_t indentation(std::string_view line) {
    return std::min(line.find_first_not_of(' '), line.size());
}

/// Whether the pieces are equal but for one indentation of all lines of `quoted`.
bool is_quoted(std::span<const std::string> quoted, std::span<const std::string> source) {
    std::optional<std::size_t> shift;
    for (std::size_t line = 0; line < quoted.size(); ++line) {
        if (quoted[line].empty() || source[line].empty()) {
            if (quoted[line] != source[line]) {
                return false;
            }
            continue;
        }
        const std::size_t there = indentation(source[line]);
        const std::size_t here = indentation(quoted[line]);
        if (there < here || (shift && there - here != *shift)) {
            return false;
        }
        shift = there - here;
        if (source[line].substr(*shift) != quoted[line]) {
            return false;
        }
    }
    return true;
}

/// The first line, counted from 0, of a piece that `source` does not have after the pieces before
/// it; nothing where the quotation is right.
std::optional<std::size_t> first_wrong(const Lines &text, const Lines &source) {
    std::size_t searched = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        if (is_gap(text[begin])) {
            ++begin;
            continue;
        }
        std::size_t end = begin;
        while (end < text.size() && !is_gap(text[end])) {
            ++end;
        }
        const std::span piece{text.data() + begin, end - begin};
        std::size_t at = searched;
        while (at + piece.size() <= source.size() &&
               !is_quoted(piece, {source.data() + at, piece.size()})) {
            ++at;
        }
        if (at + piece.size() > source.size()) {
            return begin;
        }
        searched = at + piece.size();
        begin = end;
    }
    return {};
}

void check_quotation(const Files &files, const SourceFile &page, const Quotation &quotation,
                     Outcome &outcome) {
    const SourceFile *const source = find(files, quotation.file);
    const bool is_empty = std::all_of(quotation.text.begin(), quotation.text.end(), is_gap);
    if (source == nullptr) {
        outcome.add(page.path, quotation.line,
                    quotation.file + " is no file of the tree; correct the marker");
    } else if (is_empty) {
        outcome.add(page.path, quotation.line, "an empty quotation; quote a line");
    } else if (quotation.whole && quotation.text != source->lines) {
        outcome.add(page.path, quotation.line,
                    "not all of " + quotation.file + " as it is now; copy it anew");
    } else if (const auto wrong = first_wrong(quotation.text, source->lines)) {
        outcome.add(page.path, quotation.line + 2 + *wrong,
                    "these lines are not in " + quotation.file + "; copy them anew");
    }
}

Outcome check(const Files &files) {
    Outcome outcome;
    std::size_t quotations = 0;
    for (const auto &file : files) {
        if (file.extension() != ".md") {
            continue;
        }
        for (const auto &quotation : read_quotations(file, outcome)) {
            check_quotation(files, file, quotation, outcome);
            ++quotations;
        }
    }
    outcome.closing = "snippets: " + std::to_string(quotations) + " quotations";
    return outcome;
}

Sample sample(const std::string &name, const std::string &page,
              const std::vector<std::string> &expected) {
    return {name,
            {{"README.md", page},
             {"a.cc", "/// A.\nint a() {\n    if (b) {\n        c();\n\n    }\n}\n"}},
            expected};
}

const std::vector<Sample> samples{
    sample("parts of a file, from the left edge on, with lines left out",
           "<!-- from a.cc -->\n```cpp\nint a() {\n    // ...\n}\n```\n"
           "<!-- from a.cc -->\n```\nif (b) {\n    c();\n\n}\n```\n",
           {}),
    sample("all of a file",
           "<!-- all of a.cc -->\n```cpp\n/// A.\nint a() {\n    if (b) {\n        c();\n\n    "
           "}\n}\n```\n",
           {}),
    sample("less than all of a file", "<!-- all of a.cc -->\n```cpp\nint a() {\n```\n",
           {"README.md:1: not all of a.cc"}),
    sample("another text", "<!-- from a.cc -->\n```cpp\nint a() {\n...\nd();\n```\n",
           {"README.md:5: these lines are not in a.cc"}),
    sample("another order", "<!-- from a.cc -->\n```cpp\nc();\n...\nint a() {\n```\n",
           {"README.md:5: these lines are not in a.cc"}),
    sample("another indentation", "<!-- from a.cc -->\n```cpp\nif (b) {\nc();\n```\n",
           {"README.md:3: these lines are not in a.cc"}),
    sample("an empty line too many", "<!-- from a.cc -->\n```cpp\nint a() {\n\n```\n",
           {"README.md:3: these lines are not in a.cc"}),
    sample("nothing", "<!-- from a.cc -->\n```\n...\n```\n", {"README.md:1: an empty quotation"}),
    sample("no file", "<!-- from b.cc -->\n```cpp\nint a() {\n```\n",
           {"README.md:1: b.cc is no file"}),
    sample("no block", "<!-- from a.cc -->\n\n```\nint a() {\n```\n<!-- from a.cc -->\n",
           {"README.md:1: no block", "README.md:6: no block"}),
    sample("code without a marker", "```cpp\nint z;\n```\n```cmake\nset(a)\n```\n```\n./run\n```\n",
           {"README.md:1: code that no file holds", "README.md:4: code that no file holds"}),
};

} // namespace
} // namespace tree

int main(int count, char **arguments) {
    return tree::run("snippets", {arguments, static_cast<std::size_t>(count)}, tree::check,
                     tree::samples);
}
