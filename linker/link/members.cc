/// The library member that each section of a domain's object comes from.
#include "linker/link/members.h"

#include <fstream>
#include <sstream>

namespace linker::link {

std::vector<Brought> members_of(const std::string &map) {
    // VMA LMA SIZE ALIGN, then a section of the object, or eight blanks and OBJECT:(SECTION); lines
    // of symbols have sixteen blanks.
    constexpr std::string_view blanks = "        ";
    std::ifstream file(map);
    std::vector<Brought> members(1); // section 0 is none
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string number;
        std::string rest;
        if (!(words >> number >> number >> number >> number) || number == "Align" ||
            !std::getline(words, rest)) {
            continue;
        }
        rest.erase(0, 1);
        if (!rest.starts_with(blanks)) {
            members.push_back({rest, ""});
            continue;
        }
        rest.erase(0, blanks.size());
        if (rest.starts_with(' ') || rest.starts_with('<') || !members.back().member.empty()) {
            continue;
        }
        const auto object = rest.substr(0, rest.find(":("));
        members.back().member = object.substr(object.rfind('/') + 1);
    }
    return members;
}

} // namespace linker::link
