package org.jacobean.formula;

/** One index of an element, counted from 1: a letter that runs, as i in w[i,j], or a number. */
public sealed interface Index {

    /**
     * A letter that runs from 1 to a size.
     *
     * @param name how it is written: {@code i}
     * @param size what it counts, by name: {@code n}
     */
    record Running(String name, String size) implements Index {

        @Override
        public String toString() {
            return name;
        }
    }

    /** A number, from 1. */
    record At(int number) implements Index {

        @Override
        public String toString() {
            return Integer.toString(number);
        }
    }

    /** Two numbers are what they are; a letter may stand for anything. */
    default boolean mayBe(Index other) {
        return !(this instanceof At && other instanceof At) || equals(other);
    }

    /** A letter of its own, which no formula uses: {@code i′}; a number stays. */
    default Index apart() {
        return this instanceof Running letter ? new Running(letter.name() + "′", letter.size()) : this;
    }

    static Running running(String name, String size) {
        return new Running(name, size);
    }

    static At at(int number) {
        return new At(number);
    }
}
