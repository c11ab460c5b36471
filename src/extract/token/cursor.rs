//! Characters around a byte offset.

/// The character that starts at `offset`.
pub(in crate::extract) fn at(text: &str, offset: usize) -> Option<char> {
    text.get(offset..)?.chars().next()
}

/// The character that ends at `offset`.
pub(in crate::extract) fn before(text: &str, offset: usize) -> Option<char> {
    text.get(..offset)?.chars().next_back()
}
