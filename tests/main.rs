//! All tests that use the library and the program from outside, as one binary.

mod layers;
