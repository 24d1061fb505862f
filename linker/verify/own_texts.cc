/// The code of domains that have an address space of their own.
#include "linker/verify/own_texts.h"

#include <algorithm>

namespace linker::verify {
namespace {

using linker::Kind;

/// The name of the domain whose region begins there, by the script's symbols.
std::string name_at(const Image &image, uint64_t begin) {
    constexpr std::string_view suffix = "_pristine";
    for (const auto &[symbol, value] : image.symbols()) {
        if (!symbol.starts_with("__") || !symbol.ends_with(suffix)) {
            continue;
        }
        const auto name = symbol.substr(2, symbol.size() - 2 - suffix.size());
        const auto start = image.symbols().find("__" + name + "_start");
        if (start != image.symbols().end() && start->second == begin) {
            return name;
        }
    }
    return "";
}

std::vector<OwnText> read_own_texts(const Image &image) {
    std::vector<OwnText> texts;
    for (const auto &record : image.regions()) {
        if (record.kind != Kind::domain || record.number < POSTERN_NUMBER_FIRST_OWN ||
            record.number > POSTERN_NUMBER_LAST_OWN) {
            continue;
        }
        const auto name = name_at(image, record.begin);
        const OwnText text{name, record.number, image.symbol("__" + name + "_text_start"),
                           image.symbol("__" + name + "_text_end")};
        if (text.begin >= image.symbol("__mailbox_end") && text.begin < text.end &&
            text.end <= image.symbol("__rodata_start")) {
            texts.push_back(text);
        }
    }
    return texts;
}

} // namespace

std::vector<OwnText> own_texts(const Image &image) {
    try {
        return read_own_texts(image);
    } catch (const Unreadable &) {
        return {}; // without tables no code is left out of the search
    }
}

bool is_own_text(const std::vector<OwnText> &texts, uint64_t address) {
    return std::any_of(texts.begin(), texts.end(), [&](const auto &text) {
        return address >= text.begin && address < text.end;
    });
}

void refuse_strangers(const Image &image, const Owners &owners, Report &report) {
    for (const auto &text : own_texts(image)) {
        for (const auto &part : owners.contributions()) {
            if (part.begin < text.end && part.end > text.begin && part.owner != text.name) {
                report.findings.emplace_back(
                    owners.member(part) + " brings code into the segment of " + text.name +
                        ", whose code is not searched, " + image.place(part.begin),
                    part.begin, 8, "link by linker/link, as postern_add_app does");
            }
        }
    }
}

} // namespace linker::verify
