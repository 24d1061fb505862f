/// Good and bad assembly: each rule of the notation fires once at least.
#include "tests/tree/atlas.h"

namespace tree {

namespace {

/// Six lines of notation, `.function f` on the seventh.
const std::string head = "// Prototype: void f();\n// Callers: anybody\n// PKRU before: any\n"
                         "// PKRU after: the same\n// FROM: call\n// PKRU: unknown\n.function f\n";
const std::string tail = ".end_function f\n";

/// A label with its notation, three lines.
std::string label(const std::string &name, const std::string &from) {
    return "// FROM: " + from + "\n// PKRU: the monitor's, proved\n" + name + ":\n";
}

/// The body of f.
Sample sample(const std::string &name, const std::string &body,
              const std::vector<std::string> &expected) {
    return {name, {{"rt/a.S", head + body + tail}}, expected};
}

const std::string gate =
    "  // the monitor's view from here, whoever jumped\n  wrpkru\n"
    "  .cfi_remember_state\n\n  // again\n  cmpl $MON, %eax\n  jne .Lf_die\n  ret\n" +
    label(".Lf_die", "f") + "  ud2\n";

const std::string macro =
    ".macro expect value, target:req\n  cmpl \\value, %eax\n  jne \\target\n.endm\n";

const std::string switches =
    "// eax is the view, whoever jumped\n.macro switch_view view, die\n  wrpkru\n"
    "  cmpl \\view, %eax\n  jne \\die\n.endm\n"
    ".macro to_domain die\n  switch_view %gs:8, \\die\n  testl $1, %gs:0\n  jne \\die\n.endm\n";

/// A use of to_domain, nine lines of notation above it.
Sample switching(const std::string &name, const std::string &notation, const std::string &after,
                 const std::vector<std::string> &expected) {
    return {name,
            {{"rt/a.S", head + notation + "  to_domain .Lf_die\n" + after + tail},
             {"rt/m.h", switches}},
            expected};
}

const std::vector<Sample> samples{
    sample("a gate", gate, {}),
    sample("falling in, loops, remarks and long lists",
           "  cmpl $1, %eax\n  jne .Lf_odd\n" +
               label(".Lf_next", "fall, .Lf_odd (again),\n//   .Lf_next") +
               "  loop .Lf_next; call *%rax; ret\n" + label(".Lf_odd", "f, malice") +
               "  jmp .Lf_next\n",
           {}),
    sample("data is not code",
           "  .pushsection .rodata, \"a\"\n.Lf_table: .quad .Lf_die\n  .popsection\n  ret\n", {}),
    sample("a row of the alternatives between",
           label(".Lf_switch", "fall") + "  // whoever jumped\n  wrpkru\n" +
               "  nop_where no_keys, .Lf_switch\n  cmpl $1, %eax\n  jne .Lf_die\n  ret\n" +
               label(".Lf_die", ".Lf_switch") + "  ud2\n",
           {}),
    {"escapes",
     {{"rt/a.S", ".irp n, 1, 2\n" + label("enter_\\n", "call") + "  jmp .Lenter_\\n\\()_die\n" +
                     label(".Lenter_\\n\\()_die", "enter_\\n") + "  ud2\n.endr\n"}},
     {}},
    {"jumps of macros",
     {{"rt/m.h", macro},
      {"rt/z.S",
       head + "  expect $1, .Lf_die\n  ret\n" + label(".Lf_die", "f") + "  ud2\n" + tail}},
     {}},
    switching("a gate by a macro", "// to a domain\n// whoever jumped\n",
              "  ret\n" + label(".Lf_die", "f") + "  ud2\n", {}),
    switching("a macro's end falls", "// to a domain\n// whoever jumped\n",
              label(".Lf_die", "fall, f") + "  ud2\n", {}),
    {"a tail call",
     {{"rt/a.S", head + "  jmp g\n" + tail}, {"rt/b.S", label("g", "call") + "  ret\n"}},
     {}},
    {"attributes between",
     {{"rt/a.S", "// FROM: call\n// PKRU: unknown\n  .globl g\n  .type g, @function\ng:\n  ret\n"}},
     {}},
    {"two files",
     {{"rt/a.S", head + "  jmp g\n" + tail}, {"rt/b.S", label("g", "f") + "  ret\n"}},
     {}},

    {"no block", {{"rt/a.S", "// FROM: call\n\nf:\n"}}, {"rt/a.S:3: f has no comment block"}},
    {"no FROM", {{"rt/a.S", "// PKRU: unknown\nf:\n"}}, {"rt/a.S:2: f has no FROM"}},
    {"no PKRU", {{"rt/a.S", "// FROM: call\nf:\n"}}, {"rt/a.S:2: f has no PKRU"}},
    {"undecided",
     {{"rt/a.S", "// FROM: call\n// PKRU: unproved\nf:\n"}},
     {"rt/a.S:3: the PKRU of f says neither"}},
    {"no head",
     {{"rt/a.S", "// FROM: call\n// PKRU: unknown\n.function f\n  ret\n" + tail}},
     {"rt/a.S:3: the head of f has no `Prototype:`", "rt/a.S:3: the head of f has no `Callers:`",
      "rt/a.S:3: the head of f has no `PKRU before:`",
      "rt/a.S:3: the head of f has no `PKRU after:`"}},
    {"left open", {{"rt/a.S", head + "  ret\n"}}, {"rt/a.S:8: f is still open"}},
    {"wrong end", {{"rt/a.S", head + "  ret\n.end_function g\n"}}, {"rt/a.S:9: .end_function g"}},
    {"too long",
     {{"rt/a.S", head + "  ret\n" + tail + std::string(242, '\n')}},
     {"rt/a.S:251: 251 lines"}},
    sample("numeric labels", "1:\n  leaq 1b(%rip), %rax\n  movl $0x1f, %eax\n  jmp 1b\n",
           {"rt/a.S:8: numeric label 1;", "rt/a.S:8: control falls into 1",
            "rt/a.S:9: numeric label 1b", "rt/a.S:11: numeric label 1b"}),

    sample("undeclared at the target", "  jmp .Lf_x\n" + label(".Lf_x", "malice") + "  ret\n",
           {"rt/a.S:8: a jump from f that the FROM of .Lf_x (rt/a.S:11)"}),
    sample("undeclared local call", "  call .Lf_x\n  ret\n" + label(".Lf_x", "call") + "  ret\n",
           {"rt/a.S:8: a jump from f that the FROM of .Lf_x"}),
    sample("no such jump", "  ret\n" + label(".Lf_x", "f, malice") + "  ret\n",
           {"rt/a.S:11: FROM of .Lf_x names `f`"}),
    sample("the nearest label counts",
           label(".Lf_a", "fall") + "  je .Lf_b\n  ret\n" + label(".Lf_b", "f") + "  ret\n",
           {"rt/a.S:11: a jump from .Lf_a", "rt/a.S:15: FROM of .Lf_b names `f`"}),
    sample("fall",
           "  ret\n" + label(".Lf_a", "fall") + "  nop\n" + label(".Lf_b", "signal") + "  ret\n",
           {"rt/a.S:11: FROM of .Lf_a has fall", "rt/a.S:15: control falls into .Lf_b"}),
    sample("targets", "  jmp .Lf_gone\n  jmp .+4\n  jmp f+2\n  jmp 0x10\n",
           {"rt/a.S:8: jump to .Lf_gone, which", "rt/a.S:9: jump to `.+4`",
            "rt/a.S:10: jump to `f+2`", "rt/a.S:11: jump to `0x10`"}),
    {"undeclared jump of a macro",
     {{"rt/m.h", macro},
      {"rt/z.S",
       head + "  expect $1, target=.Lf_x\n  ret\n" + label(".Lf_x", "signal") + "  ud2\n" + tail}},
     {"rt/z.S:8: a jump from f that"}},
    {"jump of a macro's own",
     {{"rt/a.S", ".macro m\n  jmp .Ldie\n.endm\n" + label(".Ldie", "m") + "  ud2\n"}},
     {}},
    {"undeclared in another file",
     {{"rt/a.S", head + "  jmp g\n" + tail}, {"rt/b.S", label("g", "signal") + "  ret\n"}},
     {"rt/a.S:8: a jump from f that the FROM of g (rt/b.S:3)"}},
    {"undeclared call",
     {{"rt/a.S", head + "  call g\n  ret\n" + tail}, {"rt/b.S", label("g", "signal") + "  ret\n"}},
     {"rt/a.S:8: a call of g"}},

    sample("wrpkru: no compare", "  // jumped\n  wrpkru\n  nop\n  cmpl $1, %eax\n  jne f\n",
           {"rt/a.S:9: wrpkru without its compare", "rt/a.S:12: a jump from f"}),
    sample("wrpkru: the wrong register", "  // jumped\n  wrpkru\n  cmpl $1, %ecx\n  ret\n",
           {"rt/a.S:9: wrpkru without its compare"}),
    sample("wrpkru: nobody asked",
           "  // a view\n  wrpkru\n  cmpl $1, %eax\n  je .Lf_x\n  ud2\n" + label(".Lf_x", "f") +
               "  ret\n",
           {"rt/a.S:9: no comment within 6 lines"}),
    switching("wrpkru by a macro: a jump that is not declared", "// whoever jumped\n",
              "  ret\n" + label(".Lf_die", "malice") + "  ud2\n", {"rt/a.S:9: a jump from f that"}),
    switching("wrpkru by a macro: falling in", "// whoever jumped\n",
              label(".Lf_die", "f") + "  ud2\n", {"rt/a.S:12: control falls into .Lf_die"}),
    switching("wrpkru by a macro: nobody asked", "// to a domain\n",
              "  ret\n" + label(".Lf_die", "f") + "  ud2\n",
              {"rt/a.S:9: no comment within 6 lines of the to_domain"}),
    {"wrpkru in a header: no compare",
     {{"rt/m.h", "// whoever jumped\n.macro switch_view die\n  wrpkru\n  nop\n  jne \\die\n"
                 ".endm\n"}},
     {"rt/m.h:3: wrpkru without its compare"}},
    {"wrpkru in a header: nobody asked",
     {{"rt/m.h", "// a view\n.macro switch_view die\n  wrpkru\n  cmpl $1, %eax\n  jne \\die\n"
                 ".endm\n"}},
     {"rt/m.h:3: no comment within 6 lines"}},
    {"wrpkru: without a word",
     {{"rt/a.S", "wrpkru; cmpl $1, %eax; jne g // jumped\n"}},
     {"rt/a.S:1: no comment in the 8 lines"}},

    sample("never returns: at the call", "  call g // never returns\n  ret\n",
           {"rt/a.S:8: g never returns"}),
    sample("never returns: by name", "  // g never returns\n  nop\n  call g\n",
           {"rt/a.S:10: g never"}),
    {"never returns: in the head",
     {{"rt/a.S", head + "  call g\n  ret\n" + tail},
      {"rt/b.S", "// Never returns.\n// Prototype: Callers: PKRU before: "
                 "PKRU after:\n" +
                     std::string{"// FROM: call\n"} +
                     "// PKRU: unknown\n.function g\n  ud2\n.end_function g\n"}},
     {"rt/a.S:8: g never returns"}},
};

} // namespace

std::span<const Sample> atlas_samples() {
    return samples;
}

} // namespace tree
