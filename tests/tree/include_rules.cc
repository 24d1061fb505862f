/// The rules for includes: the tables, and whether one include obeys them.
#include "tests/tree/include_rules.h"

#include <algorithm>

#include "tests/tree/text.h"

namespace tree {

namespace {

/// The first `count` parts of a path, with their slash: ("apps/signer/main.cc", 2) ->
/// "apps/signer/".
std::string_view folder(std::string_view path, int count) {
    std::size_t end = 0;
    for (; count > 0; --count) {
        const auto slash = path.find('/', end);
        if (slash == std::string_view::npos) {
            return {};
        }
        end = slash + 1;
    }
    return path.substr(0, end);
}

template <typename Table>
bool begins_with_one_of(std::string_view text, const Table &beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(), [text](std::string_view beginning) {
        return !beginning.empty() && text.starts_with(beginning);
    });
}

/// The position in rt_order of the folder that holds the path; rt_order.size() where there is none.
std::size_t rank(std::string_view path) {
    std::string_view name = folder(path, 2);
    name = name.empty() ? name : name.substr(3, name.size() - 4);
    return static_cast<std::size_t>(std::find(rt_order.begin(), rt_order.end(), name) -
                                    rt_order.begin());
}

std::string wrong_inside_rt(std::string_view path, std::string_view target) {
    if (rank(path) == rt_order.size()) {
        return "the folder is not in the order of rt; add it to rt_order in "
               "tests/tree/include_rules.h";
    }
    if (rank(target) > rank(path)) {
        return std::string{target} + " stands to the right of " + std::string{folder(path, 2)} +
               "; move what is needed to the left, or this file to the right";
    }
    return {};
}

} // namespace

bool is_source(std::string_view path) {
    if (begins_with_one_of(path, own_projects)) {
        return false;
    }
    const bool is_code = path.ends_with(".h") || path.ends_with(".cc") || path.ends_with(".S");
    return is_code && std::any_of(layers.begin(), layers.end(), [path](const Layer &layer) {
               return path.starts_with(layer.folder);
           });
}

std::string wrong_quoted(std::string_view path, std::string_view target,
                         std::string_view resolved) {
    if (contains(target, "..") || contains(target, "./")) {
        return "a path with dots; include by full path from the root";
    }
    const auto *const layer =
        std::find_if(layers.begin(), layers.end(),
                     [path](const Layer &candidate) { return path.starts_with(candidate.folder); });
    if (layer->folder == "apps/" && !resolved.empty() && folder(resolved, 2) == folder(path, 2)) {
        return {};
    }
    if (layer->folder == "apps/" && !begins_with_one_of(target, layer->may_include)) {
        return "an app includes \"rt/rt.h\", \"postern/...\" and its own files; have rt/rt.h offer "
               "what is missing";
    }
    if (!resolved.empty() && resolved != target) {
        return "a path from the including file; include \"" + std::string{resolved} + "\"";
    }
    if (!begins_with_one_of(target, layer->may_include)) {
        return std::string{layer->folder} + " does not see " + std::string{target} +
               "; move what is needed to the left (see layers in tests/tree/include_rules.h)";
    }
    if (layer->folder == "rt/" && target.starts_with("rt/")) {
        return wrong_inside_rt(path, target);
    }
    return {};
}

std::string wrong_angle(std::string_view path, std::string_view target) {
    if (begins_with_one_of(path, hosted)) {
        return {};
    }
    const auto &known = compiler_headers;
    if (std::find(known.begin(), known.end(), target) != known.end()) {
        return {};
    }
    if (std::find(domain_headers.begin(), domain_headers.end(), target) != domain_headers.end() &&
        begins_with_one_of(path, domain_header_users)) {
        return {};
    }
    if (!begins_with_one_of(target, kernel_headers)) {
        return "<" + std::string{target} +
               "> is neither the kernel's nor the compiler's own; do without it";
    }
    for (const auto &user : kernel_header_users) {
        const auto &ends = user.extensions;
        if (path.starts_with(user.folder) &&
            std::any_of(ends.begin(), ends.end(), [path](std::string_view end) {
                return !end.empty() && path.ends_with(end);
            })) {
            return {};
        }
    }
    return "kernel header <" + std::string{target} +
           "> outside kernel_header_users (tests/tree/include_rules.h); use a type or constant of "
           "rt/sys";
}

} // namespace tree
