//! What some clients get wrong, and what would cost a whole edit, put right.

use std::str::FromStr;

use serde_json::Value;
use tower_lsp::ls_types::Uri;

/// Repairs params: URIs that are not escaped, and lines and columns beyond 32 bits.
pub(super) fn repair(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(repair),
        Value::Object(members) => {
            for (name, value) in members {
                match (name.as_str(), &mut *value) {
                    ("uri" | "rootUri" | "scopeUri", Value::String(uri)) => repair_uri(uri),
                    ("line" | "character", Value::Number(number)) => {
                        if let Some(clamped) = clamp(number) {
                            *value = Value::from(clamped);
                        }
                    }
                    (_, value) => repair(value),
                }
            }
        }
        _ => {}
    }
}

fn clamp(number: &serde_json::Number) -> Option<u32> {
    if number.as_u64().is_some_and(|n| n <= u64::from(u32::MAX)) {
        return None;
    }
    // A cast from a float saturates.
    number.as_f64().map(|number| number as u32)
}

fn repair_uri(uri: &mut String) {
    if Uri::from_str(uri).is_ok() {
        return;
    }
    let escaped = escape(uri);
    if Uri::from_str(&escaped).is_ok() {
        tracing::debug!("escaped a URI");
        *uri = escaped;
    } else {
        tracing::debug!("a message holds something that is no URI");
    }
}

/// Percent-encodes what may not stand in a URI.
fn escape(uri: &str) -> String {
    const ALLOWED: &[u8] = b"-._~:/?#@!$&'()*+,;=";
    let bytes = uri.as_bytes();
    let mut escaped = String::with_capacity(uri.len() + 16);
    for (index, &byte) in bytes.iter().enumerate() {
        let escape_follows = || {
            bytes
                .get(index + 1..index + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        let stays = byte.is_ascii_alphanumeric()
            || ALLOWED.contains(&byte)
            || (byte == b'%' && escape_follows());
        if stays {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

/// A JSON text with U+FFFD for each escaped half of a surrogate pair; none if it holds no such half. An editor may leave
/// one in a text; U+FFFD is one UTF-16 unit too, so columns stay right.
pub(super) fn without_lone_surrogates(body: &[u8]) -> Option<Vec<u8>> {
    let mut repaired: Option<Vec<u8>> = None;
    let mut at = 0;
    while at < body.len() {
        if body[at] != b'\\' {
            at += 1;
            continue;
        }
        match escaped_unit(body, at) {
            None => at += 2,
            Some(unit) if is_high(unit) && escaped_unit(body, at + 6).is_some_and(is_low) => {
                at += 12
            }
            Some(unit) => {
                if is_high(unit) || is_low(unit) {
                    let repaired = repaired.get_or_insert_with(|| body.to_vec());
                    repaired[at + 2..at + 6].copy_from_slice(b"fffd");
                }
                at += 6;
            }
        }
    }
    repaired
}

fn escaped_unit(body: &[u8], at: usize) -> Option<u16> {
    let digits = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

fn is_high(unit: u16) -> bool {
    (0xD800..0xDC00).contains(&unit)
}

fn is_low(unit: u16) -> bool {
    (0xDC00..0xE000).contains(&unit)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(mut params: Value, expected: Value) {
        repair(&mut params);
        assert_eq!(params, expected);
    }

    fn check_text(text: &str, expected: &str) {
        let body = format!("[\"{text}\"]").into_bytes();
        let body = without_lone_surrogates(&body).unwrap_or(body);
        let value: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(value, json!([expected]));
    }

    #[test]
    fn escapes_uris() {
        assert_eq!(
            escape("file:///a b/[é].md"),
            "file:///a%20b/%5B%C3%A9%5D.md"
        );
        assert_eq!(escape("file:///a%20b/100%.md"), "file:///a%20b/100%25.md");
        check(
            json!({"textDocument": {"uri": "file:///a b", "text": "a b"}}),
            json!({"textDocument": {"uri": "file:///a%20b", "text": "a b"}}),
        );
    }

    #[test]
    fn leaves_good_uris_alone() {
        for uri in [
            "file:///a%20b",
            "untitled:Untitled-1",
            "FILE:///c%3A/a",
            "no uri",
        ] {
            check(json!([{"uri": uri}]), json!([{"uri": uri}]));
        }
    }

    #[test]
    fn clamps_positions() {
        check(
            json!([{"line": -1, "character": 9_007_199_254_740_991_u64}, {"line": 2, "character": 1.0}]),
            json!([{"line": 0, "character": u32::MAX}, {"line": 2, "character": 1}]),
        );
        check(
            json!({"line": "x", "text": -1}),
            json!({"line": "x", "text": -1}),
        );
    }

    #[test]
    fn mends_halves_of_surrogate_pairs_only() {
        check_text(r"a\ud83db", "a\u{fffd}b");
        check_text(r"\udc00\ud83d\ude00\ud83d", "\u{fffd}\u{1f600}\u{fffd}");
        check_text(r"\\ud83d\ud83d", "\\ud83d\u{fffd}");
        check_text(r"\u00e9", "é");
        check_text(r"\n", "\n");
    }
}
