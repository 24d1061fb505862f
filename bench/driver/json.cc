/// Reads JSON (RFC 8259), as far as tests of the output of Google Benchmark need it.
#include "bench/driver/json.h"

#include <charconv>

#include "bench/driver/process.h"

namespace driver {

namespace {

class Parser {
public:
    explicit Parser(const std::string &text) : text_{text} {}

    Json whole() {
        Json result = value();
        skip_space();
        if (at_ != text_.size()) {
            fail("more after the end");
        }
        return result;
    }

private:
    [[noreturn]] void fail(const std::string &what) const {
        throw Stop{"no JSON at byte " + std::to_string(at_) + ": " + what};
    }

    void skip_space() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

    char peek() {
        skip_space();
        return at_ < text_.size() ? text_[at_] : '\0';
    }

    bool take(char wanted) {
        const bool is_there = peek() == wanted;
        at_ += is_there ? 1 : 0;
        return is_there;
    }

    void need(char wanted) {
        if (!take(wanted)) {
            fail(std::string{"expected "} + wanted);
        }
    }

    Json value() {
        switch (peek()) {
        case '{':
            return object();
        case '[':
            return array();
        case '"': {
            Json result{.kind = Json::Kind::string};
            result.string = string();
            return result;
        }
        default:
            return word();
        }
    }

    Json object() {
        Json result{.kind = Json::Kind::object};
        need('{');
        while (peek() != '}') {
            const std::string name = string();
            need(':');
            if (!result.object.emplace(name, value()).second) {
                fail("a second member " + name);
            }
            if (!take(',')) {
                break;
            }
        }
        need('}');
        return result;
    }

    Json array() {
        Json result{.kind = Json::Kind::array};
        need('[');
        while (peek() != ']') {
            result.array.push_back(value());
            if (!take(',')) {
                break;
            }
        }
        need(']');
        return result;
    }

    /// Escapes are not decoded: only names are compared, and they have none.
    std::string string() {
        need('"');
        std::string result;
        while (at_ < text_.size() && text_[at_] != '"') {
            if (text_[at_] == '\\') {
                result += text_[at_++];
            }
            if (at_ < text_.size()) {
                result += text_[at_++];
            }
        }
        need('"');
        return result;
    }

    Json word() {
        for (const std::string name : {"true", "false", "null"}) {
            if (text_.compare(at_, name.size(), name) == 0) {
                at_ += name.size();
                const auto kind = name == "null" ? Json::Kind::null : Json::Kind::boolean;
                return {.kind = kind, .number = name == "true" ? 1.0 : 0.0};
            }
        }
        Json result{.kind = Json::Kind::number};
        const char *begin = text_.data() + at_;
        const auto [end, error] =
            std::from_chars(begin, text_.data() + text_.size(), result.number);
        if (error != std::errc{}) {
            fail("neither a value nor a number");
        }
        at_ += static_cast<std::size_t>(end - begin);
        return result;
    }

    const std::string &text_;
    std::size_t at_ = 0;
};

} // namespace

const Json &Json::at(const std::string &name) const {
    static const Json nothing;
    const auto found = object.find(name);
    return found == object.end() ? nothing : found->second;
}

Json parse_json(const std::string &text) {
    return Parser{text}.whole();
}

} // namespace driver
