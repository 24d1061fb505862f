# Reads mutants (tests/mutants/README.md has the format) and applies them. The arguments are files of mutants.
#   -v action=list   a line for each mutant, tabs between: name, changed files, cases, ctests, the whole text
#   -v action=check the same, after a check that each edit has exactly one place under `tree` -v action=apply
#   -v mutant=NAME changes the files of one mutant under `tree` -v tree=FOLDER the sources, "." when nothing
#   is given
# Errors: one line each, with the file and the line to mend; the status is 1.

function complain(line, what) {
    print source ":" line ": mutant " name ": " what >"/dev/stderr"
    bad = 1
}

function load(file,    line, count) {
    if (file in lines_of) return
    while ((getline line <(tree "/" file)) > 0) text[file, ++count] = line
    close(tree "/" file)
    lines_of[file] = count + 0
}

# Whether the old lines of edit `e` are in its file from line `at` on.
function fits(e, at,    i) {
    if (at + old_count[e] - 1 > lines_of[file_of[e]]) return 0
    for (i = 1; i <= old_count[e]; ++i)
        if (text[file_of[e], at + i - 1] != old[e, i]) return 0
    return 1
}

# Reports why edit `e` has no place: one of its lines is not in the file, or they are not together.
function explain(e,    i, at) {
    for (i = 1; i <= old_count[e]; ++i) {
        for (at = 1; at <= lines_of[file_of[e]] && text[file_of[e], at] != old[e, i]; ++at);
        if (at > lines_of[file_of[e]]) {
            complain(old_line[e, i], file_of[e] " has no line `" old[e, i] "`; bring the mutant up to date")
            return
        }
    }
    complain(begin_of[e], file_of[e] " does not have these lines one after the other; bring the mutant up to date")
}

# Finds the one place of edit `e`.
function locate(e,    at, found) {
    if (old_count[e] == 0)
        return complain(begin_of[e], "an edit without an old line; add a line of context before or after it")
    load(file_of[e])
    if (lines_of[file_of[e]] == 0)
        return complain(begin_of[e], file_of[e] " is not there; name the file that has the line")
    for (at = 1; at <= lines_of[file_of[e]]; ++at) {
        if (!fits(e, at)) continue
        if (found)
            return complain(begin_of[e], file_of[e] " has `" old[e, 1] "` at lines " found " and " at \
                            "; add a line of context before or after it")
        found = at
    }
    if (!found) return explain(e)
    if ((file_of[e], found) in edit_at)
        return complain(begin_of[e], "two edits of one place; make them one")
    edit_at[file_of[e], found] = e
}

# Writes `file` with its edits made.
function write_file(file,    path, at, e, i) {
    path = tree "/" file
    printf "" >path
    for (at = 1; at <= lines_of[file]; ++at) {
        if (!((file, at) in edit_at)) {
            print text[file, at] >path
            continue
        }
        e = edit_at[file, at]
        for (i = 1; i <= new_count[e]; ++i) print new[e, i] >path
        at += old_count[e] - 1
    }
    close(path)
}

# Cuts the head of the mutant into its sentence, its cases and its ctests.
function read_head(    words, count, i, part) {
    cases = ctests = sentence = ""
    count = split(head, words, " ")
    for (i = 1; i <= count; ++i) {
        if (part == "" && words[i] == "killed" && words[i + 1] == "by") {
            part = "cases"
            ++i
        } else if (part == "cases" && words[i] == "in") part = "ctests"
        else if (part == "cases") cases = cases " " words[i]
        else if (part == "ctests") ctests = ctests " " words[i]
        else sentence = sentence " " words[i]
    }
    cases = substr(cases, 2)
    ctests = substr(ctests, 2)
}

function end_mutant(    e, i, count, files) {
    if (name == "") return
    read_head()
    if (sentence == "" || cases == "" || ctests == "")
        complain(begin, "the head is not `mutant NAME: SENTENCE killed by CASE... in CTEST...`")
    if (edits == 0) complain(begin, "it changes nothing; write FILE: and the lines")
    if (name in seen) complain(begin, "another mutant has this name; choose one of its own")
    seen[name] = 1
    split("", edit_at)
    if (action == "check" || action == "apply" && name == mutant)
        for (e = 1; e <= edits; ++e) locate(e)
    count = split(changed, files, " ")
    if (action == "apply" && name == mutant && !bad)
        for (i = 1; i <= count; ++i) write_file(files[i])
    if (action != "apply") print name "\t" changed "\t" cases "\t" ctests "\t" whole
    name = ""
}

BEGIN { if (tree == "") tree = "." }

FNR == 1 { end_mutant() }
/^#/ || /^$/ { next }

/^mutant [a-z0-9_]+: / {
    end_mutant()
    source = FILENAME
    begin = FNR
    name = substr($2, 1, length($2) - 1)
    head = substr($0, length("mutant " name ": ") + 1)
    whole = $0
    changed = ""
    edits = 0
    next
}

{ whole = whole " | " $0 }

# FILE: begins an edit.
/^[^ +-].*:$/ && name != "" {
    ++edits
    file_of[edits] = substr($0, 1, length($0) - 1)
    begin_of[edits] = FNR + 1
    old_count[edits] = new_count[edits] = 0
    if (index(" " changed " ", " " file_of[edits] " ") == 0)
        changed = changed (changed == "" ? "" : " ") file_of[edits]
    next
}

name != "" && edits == 0 && /^ / { head = head " " $0; next }

name != "" && edits > 0 && /^[ +-]/ {
    mark = substr($0, 1, 1)
    if (mark != "+") {
        old[edits, ++old_count[edits]] = substr($0, 2)
        old_line[edits, old_count[edits]] = FNR
    }
    if (mark != "-") new[edits, ++new_count[edits]] = substr($0, 2)
    next
}

{
    source = FILENAME
    complain(FNR, "`" $0 "` is no line of a mutant; tests/mutants/README.md has the format")
}

END {
    end_mutant()
    if (action == "apply" && !(mutant in seen)) {
        print "there is no mutant " mutant >"/dev/stderr"
        bad = 1
    }
    exit bad
}
