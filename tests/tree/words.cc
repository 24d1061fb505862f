/// Every variable of the runtime that can change has a row that says what keeps it right when several
/// threads run: the rows of rt/WORDS.md against what the archives hold.
#include <cxxabi.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>

#include "linker/link/archive.h"
#include "linker/link/object.h"
#include "linker/verify/image.h"
#include "tests/tree/text.h"
#include "tests/tree/tool.h"

namespace tree {
namespace {

constexpr std::string_view page_path = "rt/WORDS.md";
constexpr std::string_view settled_section = ".data..settled"; // POSTERN_SETTLED
constexpr std::string_view constants = ".data.rel.ro";         // read-only in every image

/// A listing of an archive is a file of this end. Each line: member, section, variable.
constexpr std::string_view listing_end = ".words";

/// A variable by its name and its file's name without folders: `rt::sys::lost`, `log.cc`.
using Place = std::pair<std::string, std::string>;

struct Row {
    std::size_t line;
    std::string keeper; // the second cell: settled, atomic, domain, or the name of a lock
};

struct Page {
    std::map<Place, Row> rows;
    std::set<std::string> locks;
};

std::string file_of(std::string_view path) {
    return std::string{path.substr(path.rfind('/') + 1)};
}

void read_row(const Files &files, std::size_t number, const std::vector<std::string> &cells,
              Page &page, Outcome &outcome) {
    const std::string path{page_path};
    const auto words = backticked(cells[0]);
    const auto sources = backticked(cells[1]);
    if (words.size() != 1 || sources.size() != 1) {
        outcome.add(path, number, "not one word and one file; write | `WORD` | `FILE` | keeper | what |");
        return;
    }
    if (find(files, sources[0]) == nullptr) {
        outcome.add(path, number, sources[0] + " is no file of the tree; correct the name");
        return;
    }
    const Place place{words[0], file_of(sources[0])};
    if (!page.rows.emplace(place, Row{number, cells[2]}).second) {
        outcome.add(path, number, words[0] + " has two rows; keep one");
    }
}

/// The table that begins with `lock` names the locks, the one that begins with `variable` has the
/// rows. Others explain.
Page read_page(const Files &files, const SourceFile &file, Outcome &outcome) {
    Page page;
    std::size_t row_of_table = 0;
    std::string table;
    for (std::size_t number = 1; number <= file.lines.size(); ++number) {
        const std::string_view text = trim(file.lines[number - 1]);
        row_of_table = text.starts_with("|") ? row_of_table + 1 : 0;
        if (row_of_table == 0 || row_of_table == 2) {
            continue;
        }
        auto cells = split(text.substr(1), '|');
        if (!cells.empty() && cells.back().empty()) {
            cells.pop_back(); // after the last bar
        }
        if (row_of_table == 1) {
            table = cells[0];
        } else if (table == "lock") {
            page.locks.insert("lock " + cells[0]);
        } else if (table == "variable" && cells.size() == 4) {
            read_row(files, number, cells, page, outcome);
        } else if (table == "variable") {
            outcome.add(std::string{page_path}, number, "a row of other cells; write four");
        }
    }
    return page;
}

void check_word(const Place &place, std::string_view section, const Page &page, Outcome &outcome) {
    const auto found = page.rows.find(place);
    const bool is_settled = section == settled_section;
    const std::string path{page_path};
    if (found == page.rows.end()) {
        outcome.add(path, 1,
                    place.first + " of " + place.second +
                        " has no row; make it a constant or POSTERN_SETTLED, move it into the "
                        "slot (rt/base/slot_words.h), or say here what keeps it right");
    } else if (is_settled != (found->second.keeper == "settled")) {
        outcome.add(path, found->second.line,
                    place.first + (is_settled ? " is POSTERN_SETTLED; say so"
                                              : " is not POSTERN_SETTLED; declare it so, or name "
                                                "another keeper"));
    }
}

/// Rows that no variable has, and keepers that there are not.
void check_rows(const Page &page, const std::set<Place> &seen, Outcome &outcome) {
    const std::set<std::string> others{"settled", "atomic", "domain"};
    for (const auto &[place, row] : page.rows) {
        if (!seen.contains(place)) {
            outcome.add(std::string{page_path}, row.line,
                        place.first + " of " + place.second + " is in no archive; drop the row");
        }
        if (!others.contains(row.keeper) && !page.locks.contains(row.keeper)) {
            outcome.add(std::string{page_path}, row.line,
                        "\"" + row.keeper +
                            "\" keeps nothing; write settled, atomic, domain, or a lock of the "
                            "table of locks");
        }
    }
}

Outcome check(const Files &files) {
    Outcome outcome;
    const SourceFile *const file = find(files, page_path);
    if (file == nullptr) {
        outcome.add(std::string{page_path}, 1, "missing; say what keeps each variable right");
        return outcome;
    }
    const Page page = read_page(files, *file, outcome);
    std::set<Place> seen;
    for (const auto &listing : files) {
        if (!listing.path.ends_with(listing_end)) {
            continue;
        }
        if (listing.lines.empty()) {
            outcome.add(listing.path, 1, "no variable at all; the archive was not read");
        }
        for (const auto &line : listing.lines) {
            const auto cells = split(line, '\t');
            const Place place{cells[2], cells[0]};
            seen.insert(place);
            check_word(place, cells[1], page, outcome);
        }
    }
    check_rows(page, seen, outcome);
    outcome.closing = "words: " + std::to_string(seen.size()) + " variables";
    return outcome;
}

/// As C++ writes it, without the anonymous namespaces, and without what the optimiser has added to a
/// variable that it has cut into parts.
std::string readable(const std::string &symbol) {
    const std::string whole = symbol.substr(0, symbol.find('.', 1));
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> text{
        abi::__cxa_demangle(whole.c_str(), nullptr, nullptr, &status), std::free};
    std::string name = status == 0 ? text.get() : whole;
    constexpr std::string_view hidden = "(anonymous namespace)::";
    for (auto at = name.find(hidden); at != name.npos; at = name.find(hidden)) {
        name.erase(at, hidden.size());
    }
    return name;
}

bool can_change(const linker::link::ObjectSection &section) {
    return section.is_loaded() && (section.header.sh_flags & SHF_WRITE) != 0 &&
           section.header.sh_size != 0 && !section.name.starts_with(constants);
}

/// The variables of one member. A section in which no symbol is would hide one: its own name is
/// listed.
void list_member(const linker::link::Object &object, const std::string &source,
                 std::vector<std::string> &lines) {
    std::set<std::string> listed;
    std::set<const linker::link::ObjectSection *> named;
    const auto list = [&](const std::string &section, const std::string &name) {
        if (listed.insert(name).second) {
            lines.push_back(source + '\t' + section + '\t' + name);
        }
    };
    for (const auto &symbol : object.symbols()) {
        const auto type = ELF64_ST_TYPE(symbol.symbol.st_info);
        const auto *const section = object.section_of(symbol);
        if (symbol.symbol.st_shndx == linker::link::common_index) {
            list("COMMON", readable(symbol.name));
        } else if (section != nullptr && can_change(*section) && type != STT_SECTION) {
            named.insert(section);
            list(section->name, readable(symbol.name));
        }
    }
    for (const auto &section : object.sections()) {
        if (can_change(section) && !named.contains(&section)) {
            list(section.name, section.name);
        }
    }
}

/// `words ROOT ARCHIVE...`: the archives become listings beside the files of the repository.
SourceFile listing_of(const std::string &file) {
    SourceFile listing{file_of(file) + std::string{listing_end}, {}};
    const linker::link::Archive archive(file);
    for (const auto &member : archive.members()) {
        std::string source = member.name.substr(member.name.find('(') + 1); // ARCHIVE(log.cc.obj)
        source.resize(source.rfind(".o") == source.npos ? source.size() : source.rfind(".o"));
        list_member(linker::link::Object(member.bytes, member.name), source, listing.lines);
    }
    return listing;
}

const std::string head = "| lock | covers |\n|---|---|\n| log | lines |\n\n"
                         "| variable | file | kept right by | what it is |\n|---|---|---|---|\n";

Sample sample(const std::string &name, const std::string &rows, const std::string &listing,
              const std::vector<std::string> &expected) {
    return {name,
            {{"a.words", listing},
             {std::string{page_path}, head + rows},
             {"rt/sys/log.cc", ""},
             {"rt/key/isolation.cc", ""}},
            expected};
}

const std::string lost = "| `rt::lost` | `rt/sys/log.cc` | lock log | lines |\n";
const std::string chosen = "| `rt::chosen` | `rt/key/isolation.cc` | settled | the isolation |\n";
const std::string lost_listed = "log.cc\t.bss.lost\trt::lost\n";
const std::string chosen_listed = "isolation.cc\t.data..settled\trt::chosen\n";

const std::vector<Sample> samples{
    sample("all is there", lost + chosen, lost_listed + chosen_listed, {}),
    sample("a new variable", lost + chosen,
           lost_listed + chosen_listed + "log.cc\t.bss.more\trt::more\n",
           {"rt/WORDS.md:1: rt::more of log.cc has no row"}),
    sample("the same name in another file", lost, lost_listed + "other.cc\t.bss.lost\trt::lost\n",
           {"rt/WORDS.md:1: rt::lost of other.cc has no row"}),
    sample("a row that no variable has", lost + chosen, lost_listed,
           {"rt/WORDS.md:8: rt::chosen of isolation.cc is in no archive"}),
    sample("settled in one place alone", lost + chosen,
           "log.cc\t.data..settled\trt::lost\nisolation.cc\t.data.chosen\trt::chosen\n",
           {"rt/WORDS.md:7: rt::lost is POSTERN_SETTLED",
            "rt/WORDS.md:8: rt::chosen is not POSTERN_SETTLED"}),
    sample("keepers", "| `rt::lost` | `rt/sys/log.cc` | lock life | lines |\n", lost_listed,
           {"rt/WORDS.md:7: \"lock life\" keeps nothing"}),
    sample("rows", lost + lost + "| `rt::lost` | `rt/sys/log.cc` |\n| rt::lost | a | b | c |\n"
                               "| `rt::x` | `rt/x.cc` | atomic | x |\n",
           lost_listed,
           {"rt/WORDS.md:8: rt::lost has two rows", "rt/WORDS.md:9: a row of other",
            "rt/WORDS.md:10: not one word", "rt/WORDS.md:11: rt/x.cc is no file"}),
    sample("an archive without variables", "", "", {"a.words:1: no variable at all"}),
    {"no page", {{"a.words", lost_listed}}, {"rt/WORDS.md:1: missing"}},
};

/// The names that the compiler and its optimiser give.
int check_names() {
    const std::map<std::string, std::string> names{
        {"_ZN2rt3sys12_GLOBAL__N_14lostE", "rt::sys::lost"},
        {"_ZN2rt5space12_GLOBAL__N_18wait_nowE.1", "rt::space::wait_now"},
        {"_ZZN2rt5space5resetERNS0_5ChildEE6parent", "rt::space::reset(rt::space::Child&)::parent"},
        {"plain", "plain"},
    };
    int wrong = 0;
    for (const auto &[symbol, name] : names) {
        if (readable(symbol) != name) {
            std::printf("words: %s reads %s\n", symbol.c_str(), readable(symbol).c_str());
            ++wrong;
        }
    }
    return wrong == 0 ? 0 : 1;
}

int run_words(std::span<char *const> arguments) {
    if (arguments.size() == 2 && std::string_view{arguments[1]} == "--self-test") {
        const int names = check_names();
        return self_test("words", check, samples) | names;
    }
    if (arguments.size() < 3) {
        throw Stop{wrong_use, "usage: words ROOT ARCHIVE... | words --self-test"};
    }
    Files files = read_repository(arguments[1]);
    try {
        for (char *const archive : arguments.subspan(2)) {
            files.push_back(listing_of(archive));
        }
    } catch (const linker::verify::Unreadable &unreadable) {
        throw Stop{wrong_use, std::string{unreadable.what()} + "; build it first"};
    }
    return report(check(files));
}

} // namespace
} // namespace tree

int main(int count, char **arguments) {
    const std::span<char *const> all{arguments, static_cast<std::size_t>(count)};
    return tree::stopping("words", [&] { return tree::run_words(all); });
}
