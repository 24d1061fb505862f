/// Prints the machine and one table for each question.
#include "bench/driver/tables.h"

#include <algorithm>
#include <map>
#include <set>

#include "bench/driver/figures.h"
#include "bench/driver/layout.h"

namespace driver {

namespace {

using Group = std::vector<const Measured *>;

bool is_stand_in(const Measured &measured) {
    return measured.row.program == "stand_in";
}

/// The spread of the repetitions; a single one has none.
std::string spread_of(const Summary &summary) {
    return summary.used < 2 ? "one run"
                            : std::to_string(static_cast<int>(summary.spread * 100 + 0.5)) + " %";
}

std::string cell(std::optional<double> value) {
    return value ? shown(*value) : "-";
}

/// Notes on the figures of a row.
std::string note_of(const Measured &measured) {
    if (!measured.failed.empty()) {
        return "FAILED: " + measured.failed;
    }
    const auto found = summary(&measured);
    std::string note;
    if (found && measured.row.kind == Kind::against_plain && !is_stand_in(measured)) {
        note = "adds " + shown(found->typical.difference) + " cycles to what is beside it";
    }
    if (found && found->quiet < found->repetitions) {
        note += (note.empty() ? "" : "; ") + std::string{"noisy: "} +
                std::to_string(found->repetitions - found->quiet) + " of " +
                std::to_string(found->repetitions) + " repetitions" +
                (found->quiet > 0 ? ", left out" : ", and no quiet one");
    }
    return note;
}

/// A table's columns of yardsticks.
struct Columns {
    std::vector<std::string> common; // yardsticks
    std::string own;                 // the yardstick of its rows, or "beside" if they have several
    bool names_own = false;          // true if each row must name its yardstick
};

Columns columns_of(const Session &session, const Group &group) {
    Columns columns;
    for (const std::string name : {"u", "getppid"}) {
        if (cycles_of(session, name)) {
            columns.common.push_back(name);
        }
    }
    std::set<std::string> own;
    for (const auto *measured : group) {
        if (!is_common(measured->row.yardstick)) {
            own.insert(measured->row.yardstick);
        }
    }
    columns.names_own = own.size() > 1;
    columns.own = own.empty() ? "" : own.size() > 1 ? "beside" : *own.begin();
    return columns;
}

/// Floor and yardstick, with which every table begins. One that is a row of the table is not
/// repeated.
std::vector<Cells> references(const Session &session, const Group &group, const Columns &columns) {
    std::vector<Cells> lines;
    for (const auto &name : columns.common) {
        const bool is_row = std::any_of(group.begin(), group.end(), [&](const auto *measured) {
            return measured->row.row == name || (name == "u" && measured->row.row == "pair");
        });
        if (is_row) {
            continue;
        }
        const double cycles = *cycles_of(session, name);
        Cells line{name == "u" ? "(floor: a bare wrpkru pair, u)" : "(yardstick: " + name + ")",
                   shown(cycles),
                   "",
                   "",
                   "",
                   ""};
        for (const auto &other : columns.common) {
            line.push_back(shown(cycles / *cycles_of(session, other)));
        }
        line.insert(line.end(), {"", "", "", ""});
        lines.push_back(line);
    }
    return lines;
}

Cells line_of(const Session &session, const Measured &measured, const Columns &columns) {
    const auto found = summary(&measured);
    Cells line{measured.row.name};
    if (!found) {
        line.push_back("-");
        line.resize(6 + columns.common.size() + 3);
        line.push_back(note_of(measured));
        return line;
    }
    const auto &typical = found->typical;
    const bool is_window = measured.row.kind == Kind::window;
    line.insert(line.end(), {shown(typical.median), shown(typical.minimum)});
    for (const double value : {typical.p90, typical.p99, typical.maximum}) {
        line.push_back(is_window ? shown(value) : "");
    }
    for (const auto &name : columns.common) {
        line.push_back(cell(ratio(session, measured, name)));
    }
    const bool has_own = !is_common(measured.row.yardstick);
    line.push_back(has_own ? shown(typical.ratio) : "");
    line.push_back(has_own && columns.names_own ? measured.row.yardstick : "");
    line.push_back(spread_of(*found));
    line.push_back(note_of(measured));
    return line;
}

/// Prints the rows that were not measured, by reason.
void print_absent(std::ostream &stream, const Group &group) {
    constexpr std::size_t width = 110;
    std::map<std::string, std::string> lines;
    for (const auto *measured : group) {
        if (measured->absent.empty()) {
            continue;
        }
        auto &text = lines[measured->absent];
        const auto begin = text.rfind('\n') + 1; // 0 where there is none
        const bool full = text.size() - begin + measured->row.name.size() > width;
        text += (text.empty() ? "  " : full ? ",\n    " : ", ") + measured->row.name;
    }
    for (const auto &[reason, names] : lines) {
        stream << "  not measured (" << reason << "):\n  " << names << '\n';
    }
}

Group without_absent(const Group &group) {
    Group rest;
    std::copy_if(group.begin(), group.end(), std::back_inserter(rest),
                 [](const auto *measured) { return measured->absent.empty(); });
    return rest;
}

void print_table(std::ostream &stream, const Session &session, const std::string &question,
                 const Group &all) {
    stream << "\n# " << question << '\n';
    const Group group = without_absent(all);
    const Columns columns = columns_of(session, group);
    Cells head{"cycles", "median", "min", "p90", "p99", "max"};
    for (const auto &name : columns.common) {
        head.push_back("x " + name);
    }
    head.insert(head.end(), {"x " + columns.own, "beside", "spread", ""});
    auto lines = references(session, group, columns);
    for (const auto *measured : group) {
        lines.push_back(line_of(session, *measured, columns));
    }
    if (!group.empty()) {
        print_columns(stream, head, lines);
    }
    const bool has_interposition =
        std::any_of(group.begin(), group.end(),
                    [](const auto *measured) { return measured->row.program == "interposition"; });
    if (has_interposition && !session.machine().has_protection_keys) {
        stream << "  interposition/: measured without isolation: these cycles include no change of "
                  "views\n";
    }
    print_absent(stream, all);
}

/// Prints the stand-in's figures: the cost of a row beyond the drains (or the plain work) beside
/// it.
void print_stand_in(std::ostream &stream, const std::string &question, const Group &group) {
    std::vector<Cells> lines;
    for (const auto *measured : without_absent(group)) {
        const auto found = summary(measured);
        lines.push_back({measured->row.name, found ? shown(found->typical.median) : "-",
                         found ? shown(found->typical.minimum) : "",
                         found ? shown(found->typical.second) : "",
                         found ? shown(found->typical.difference) : "",
                         found ? spread_of(*found) : "", note_of(*measured)});
    }
    stream << "\n# stand-in: " << question << '\n';
    print_columns(stream, {"cycles", "median", "min", "beside it", "beyond", "spread", ""}, lines);
    print_absent(stream, group);
}

/// The questions in the order of the programs.
std::vector<std::pair<std::string, Group>> grouped(const Session &session, bool stand_in) {
    std::vector<std::pair<std::string, Group>> groups;
    for (const auto &measured : session.rows()) {
        if (is_stand_in(measured) != stand_in) {
            continue;
        }
        auto group = std::find_if(groups.begin(), groups.end(), [&](const auto &known) {
            return known.first == measured.row.question;
        });
        if (group == groups.end()) {
            group = groups.insert(group, {measured.row.question, {}});
        }
        group->second.push_back(&measured);
    }
    return groups;
}

} // namespace

void print_machine(std::ostream &stream, const Session &session) {
    for (const auto &[key, value] : session.machine().record) {
        stream << key << ": " << value << '\n';
    }
    const auto unit = cycles_of(session, "u");
    stream << "u: "
           << (unit ? shown(*unit) + " cycles, a bare wrpkru pair in this run"
                    : "no PKU: no u; stand-in rows are labelled")
           << '\n';
}

void print_tables(std::ostream &stream, const Session &session) {
    for (const auto &[question, group] : grouped(session, false)) {
        print_table(stream, session, question, group);
    }
    const auto stand_ins = grouped(session, true);
    if (!stand_ins.empty()) {
        stream
            << "\nThe stand-in: the same gates, with fences that drain the pipeline instead of "
               "each "
               "wrpkru. Its medians\nare not the cost of a gate. The column `beyond` has the "
               "cycles beyond the pair of drains, or the plain work,\nbeside the row. A call from "
               "one domain to another has two pairs; one of them is beside the row.\n";
    }
    for (const auto &[question, group] : stand_ins) {
        print_stand_in(stream, question, group);
    }
}

void print_closing(std::ostream &stream, const Session &session) {
    std::size_t measured = 0;
    std::size_t failed = 0;
    std::size_t noisy = 0;
    for (const auto &row : session.rows()) {
        const auto found = summary(&row);
        measured += found ? 1 : 0;
        failed += row.failed.empty() ? 0 : 1;
        noisy += found && found->quiet < found->repetitions ? 1 : 0;
    }
    stream << '\n'
           << measured << " rows measured, " << session.rows().size() - measured - failed
           << " not measured, " << failed << " failed; " << noisy
           << " with noisy repetitions (yardstick above 1.08 of the run's best)\n";
}

} // namespace driver
