/// Names of functions, system calls and features, as in the sources.
#include "linker/audit/names.h"

#include "system_call_names.inc" // generated: linker/host.cmake

namespace linker::audit {
namespace {

/// Removes anonymous namespaces, which only lengthen a report.
std::string without_anonymous(std::string text) {
    constexpr std::string_view scope = "(anonymous namespace)::";
    for (auto at = text.find(scope); at != text.npos; at = text.find(scope, at)) {
        text.erase(at, scope.size());
    }
    return text;
}

bool opens(char character) {
    return character == '(' || character == '<';
}
bool closes(char character) {
    return character == ')' || character == '>';
}

/// The name without its list of parameters, which is the last pair of parentheses.
std::string without_parameters(const std::string &text) {
    if (!text.ends_with(')')) {
        return text;
    }
    unsigned depth = 0;
    for (std::size_t at = text.size(); at-- > 0;) {
        depth += closes(text[at]) ? 1 : 0;
        if (opens(text[at]) && --depth == 0) {
            return text.substr(0, at);
        }
    }
    return text;
}

/// The name without the type of the result, with which a template's name begins.
std::string without_result(const std::string &text) {
    unsigned depth = 0;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (opens(text[at])) {
            ++depth;
        } else if (closes(text[at])) {
            --depth;
        } else if (text[at] == ' ' && depth == 0) {
            begin = at + 1;
        }
    }
    return text.substr(begin);
}

/// A domain chooses its local names, which may lie anywhere in its code: a global one, which the
/// app has called the function by, comes first. Names that begin with __ are the linker script's.
std::string symbol_at(const verify::Image &image, uint64_t address) {
    std::string local;
    for (const auto &function : image.functions()) {
        if (function.begin == address && !function.is_local) {
            return demangled(function.name);
        }
        if (function.begin == address && local.empty()) {
            local = demangled(function.name);
        }
    }
    std::string any;
    for (const auto &[name, symbol] : image.all_symbols()) {
        if (symbol.value == address && !symbol.is_local && !name.starts_with("__")) {
            return demangled(name);
        }
        if (symbol.value == address && any.empty()) {
            any = demangled(name);
        }
    }
    return local.empty() ? any : local;
}

} // namespace

std::string demangled(const std::string &symbol) {
    return without_anonymous(verify::readable(symbol));
}

std::string function_name(const verify::Image &image, uint64_t address) {
    const auto symbol = symbol_at(image, address);
    return symbol.empty() ? verify::hex(address) : without_result(without_parameters(symbol));
}

Place place_of(const verify::Image &image, uint64_t address) {
    const auto *function = image.function_at(address);
    return function == nullptr
               ? Place{verify::hex(address), 0}
               : Place{function_name(image, function->begin), address - function->begin};
}

std::string first_argument(const verify::Image &image, uint64_t address) {
    const auto name = function_name(image, address);
    const auto begin = name.find('<');
    if (begin == name.npos) {
        return name;
    }
    unsigned depth = 0;
    std::size_t end = begin + 1;
    for (; end < name.size() && (depth != 0 || (name[end] != ',' && name[end] != '>')); ++end) {
        depth += opens(name[end]) ? 1 : 0;
        depth -= closes(name[end]) ? 1 : 0;
    }
    auto argument = name.substr(begin + 1, end - begin - 1);
    if (argument.starts_with("&(") && argument.ends_with(')')) {
        argument = argument.substr(2, argument.size() - 3);
    } else if (argument.starts_with('&')) {
        argument = argument.substr(1);
    }
    return without_result(without_parameters(argument));
}

std::string call_name(unsigned number) {
    for (const auto &[call, name] : system_call_names) {
        if (call == number) {
            return name;
        }
    }
    return "system call " + std::to_string(number);
}

} // namespace linker::audit
