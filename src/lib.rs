//! The Workspace Console.
