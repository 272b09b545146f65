//! Serves the demo and fake third parties on loopback, and counts what reaches them.
