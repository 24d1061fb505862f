/// The entry for a function without a body in the tables of abstract classes. A call of one is a
/// bug.

extern "C" {

[[noreturn]] void __cxa_pure_virtual() {
    __builtin_trap();
}

[[noreturn]] void __cxa_deleted_virtual() {
    __builtin_trap();
}

} // extern "C"
