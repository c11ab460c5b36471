//! Markdown to prose.

use super::builder::Builder;
use super::plain;

pub(super) fn mask(builder: &mut Builder<'_>) {
    plain::mask(builder);
}
