/// What classes, statics, variable arrays and calls that cannot return bring with them.
#include <stddef.h>
#include <stdint.h>

struct Shape {
    virtual int area() const = 0;
    virtual int edges() const { return 4; }
};
struct Square final : Shape {
    explicit Square(int edge) : edge_(edge) {}
    int area() const override { return edge_ * edge_; }
    int edge_;
};
struct Deleted {
    virtual int never() = delete;
    virtual int always() { return 1; }
};

int area_of(const Shape &shape) {
    return shape.area() + shape.edges();
}
int area_of_square(int edge) {
    return area_of(Square(edge));
}
int of_deleted() {
    return Deleted().always();
}

struct Resource {
    explicit Resource(int *count) : count_(count) { ++*count_; }
    ~Resource() { --*count_; }
    int *count_;
};
int twice(int *count) {
    const Resource first(count);
    const Resource second(count);
    return *count;
}

int static_in_a_function(int more) {
    static int count = 3;
    return count += more;
}
int static_of_a_value(int more) {
    static const int first = more;
    return first;
}

uint64_t large_frame(size_t i) {
    uint64_t words[4000] = {1, 2, 3};
    words[i] = i;
    return words[i / 2];
}
uint64_t of_variable_size(size_t count) {
    auto *words = static_cast<uint64_t *>(__builtin_alloca(count * sizeof(uint64_t)));
    for (size_t i = 0; i < count; ++i) {
        words[i] = i;
    }
    return words[count / 2];
}

[[noreturn]] void stop() {
    __builtin_trap();
}
int unreachable(int a) {
    if (a == 3) {
        stop();
    }
    if (a == 4) {
        __builtin_unreachable();
    }
    return a;
}

int many(int count, ...) {
    __builtin_va_list list;
    __builtin_va_start(list, count);
    int sum = 0;
    while (count-- != 0) {
        sum += __builtin_va_arg(list, int);
    }
    __builtin_va_end(list);
    return sum + many(2, 3, 4);
}
int member_by_pointer(const Shape &shape, int (Shape::*function)() const) {
    return (shape.*function)();
}
auto adder(int a) {
    return [a](int b) { return a + b; };
}
int added(int a, int b) {
    return adder(a)(b);
}
