//! A small site by hand.
