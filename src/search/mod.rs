//! Searching, filtering and sorting what the console lists. Pure: plain values in, plain values out.

pub mod order;
