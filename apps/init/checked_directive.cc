/// From a line of text to a directive that was checked.
#include "apps/init/checked_directive.h"

#include "apps/init/parser.h"

namespace init {

namespace {

using Outcome = rt::Result<const Checked *, Refusal>;

constexpr const char *reasons[] = {
    nullptr,
    nullptr,
    "no such word: it is keep, once, start, stop, status or off",
    "the name is missing or longer than 31 bytes",
    "the command is missing",
    "the command has more than 16 words",
};
static_assert(sizeof reasons / sizeof *reasons == static_cast<size_t>(Verdict::too_many) + 1);

constinit Checked checked{};

/// The parser starts each line from memory that the app has set, so that earlier damage to its
/// memory has no effect.
rt::Result<Verdict, Refusal> parse_in_domain(const char *text, size_t bytes, bool planted_bug) {
    const Directive nothing{};
    const bool given =
        rt::copy_to_domain<Domain::parser>(rt::Claimed::of(&parser::directive), &nothing,
                                           sizeof nothing) &&
        rt::copy_to_domain<Domain::parser>(rt::Claimed::of(parser::line), text, bytes);
    if (!given) {
        rt::panic("the parser's memory refuses a copy");
    }
    const auto verdict = rt::call<Domain::parser>(parse, uint64_t{bytes}, planted_bug);
    if (!verdict) {
        rt::log("{}", verdict.fault());
        return Refusal{"the parser faulted on this line"};
    }
    return verdict.value();
}

/// The length of a name up to its NUL; 0 if it is not a valid name.
size_t length_of_name(const char (&name)[longest_name + 1]) {
    size_t length = 0;
    for (; length <= longest_name && name[length] != '\0'; ++length) {
        const char byte = name[length];
        const bool fits = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
                          byte == '-' || byte == '_';
        if (!fits) {
            return 0;
        }
    }
    return length <= longest_name ? length : 0;
}

/// Whether the copied command has the number of words that the parser claims, and the first is a
/// path.
bool is_command(size_t bytes) {
    size_t ends = 0;
    for (size_t i = 0; i < bytes; ++i) {
        ends += checked.command[i] == '\0' ? 1 : 0;
    }
    return ends == checked.words && checked.command[bytes - 1] == '\0' && checked.command[0] == '/';
}

/// Copies the command that the parser points to. Checks its length against the app's memory, its
/// address against the parser's memory, and its bytes against the form of a command.
Outcome take_command(const Directive &alleged) {
    if (alleged.command_bytes == 0 || alleged.command_bytes > sizeof checked.command ||
        alleged.words == 0 || alleged.words > most_words) {
        return Refusal{"the parser handed over a command of impossible length"};
    }
    if (!rt::copy_from_domain<Domain::parser>(
            checked.command, rt::Claimed::from_raw(alleged.command), alleged.command_bytes)) {
        return Refusal{"the parser handed over a command that is not in its memory"};
    }
    checked.words = alleged.words;
    if (!is_command(alleged.command_bytes)) {
        return Refusal{"a command is a path that begins with / and words without byte 0"};
    }
    return &checked;
}

Outcome check(const Directive &alleged) {
    checked.verb = static_cast<Verb>(alleged.verb);
    switch (checked.verb) {
    case Verb::status:
    case Verb::off:
        return &checked;
    case Verb::start:
    case Verb::stop:
    case Verb::keep:
    case Verb::once:
        break;
    default:
        return Refusal{"the parser handed over no directive"};
    }
    const size_t length = length_of_name(alleged.name);
    if (length == 0) {
        return Refusal{"a name is 1 to 31 of a to z, 0 to 9, - and _"};
    }
    // The bytes after its end were not checked, and names are compared whole.
    __builtin_memset(checked.name, 0, sizeof checked.name);
    __builtin_memcpy(checked.name, alleged.name, length);
    const bool declares = checked.verb == Verb::keep || checked.verb == Verb::once;
    return declares ? take_command(alleged) : &checked;
}

} // namespace

Outcome read_directive(const char *text, size_t bytes, bool planted_bug) {
    const auto verdict = parse_in_domain(text, bytes, planted_bug);
    if (!verdict) {
        return verdict.error();
    }
    if (verdict.value() == Verdict::directive) {
        Directive alleged;
        if (!rt::copy_from_domain<Domain::parser>(&alleged, rt::Claimed::of(&parser::directive),
                                                  sizeof alleged)) {
            rt::panic("the parser's memory refuses a copy");
        }
        return check(alleged);
    }
    const auto number = static_cast<uint64_t>(verdict.value());
    if (number >= sizeof reasons / sizeof *reasons) {
        return Refusal{"the parser gave an impossible answer"};
    }
    return Refusal{reasons[number]};
}

} // namespace init
