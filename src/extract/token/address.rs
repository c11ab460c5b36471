//! Addresses: of the web, of mail, user names, hashtags.

use super::cursor::at;

/// Ends of bare domain names that are no words ("example.com").
const DOMAINS: [&str; 9] = [
    "com", "org", "net", "gov", "edu", "mil", "info", "co.uk", "co.nz",
];

/// The end of the web address, user name or hashtag that starts at `start`.
pub(super) fn end(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let first = rest.chars().next()?;
    match first {
        '@' | '#' => handle(text, start, first),
        'h' | 'H' | 'w' | 'W' | 'f' | 'F' => {
            let scheme = ["http://", "https://", "ftp://", "www."]
                .iter()
                .find(|scheme| starts_with_ignoring_case(rest, scheme))?;
            web(text, start + scheme.len())
        }
        _ => None,
    }
}

/// The end of a mail address that starts at `start`. `searched` is how far the text is known to hold no "@" that an
/// address could go on with, so that no stretch is read twice.
pub(super) fn mail(text: &str, start: usize, searched: &mut usize) -> Option<usize> {
    if start < *searched {
        return None;
    }
    let local = span(text, start, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
    });
    *searched = local;
    if local == start || at(text, local) != Some('@') {
        return None;
    }
    let domain = local + 1;
    let end = span(text, domain, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '.' | '-')
    });
    let host = text.get(domain..end)?.trim_end_matches(['.', '-']);
    host.contains('.').then_some(domain + host.len())
}

/// The end of a bare domain name whose last part starts behind the point at `point`.
pub(super) fn domain(text: &str, point: usize) -> Option<usize> {
    let rest = text.get(point + 1..)?;
    let suffix = DOMAINS.iter().find(|suffix| {
        rest.starts_with(**suffix)
            && !at(rest, suffix.len()).is_some_and(|c| c.is_alphanumeric() || c == '-')
    })?;
    let end = point + 1 + suffix.len();
    match at(text, end) {
        Some('/') => web(text, end).or(Some(end)),
        _ => Some(end),
    }
}

fn web(text: &str, body: usize) -> Option<usize> {
    let end = span(text, body, |c| {
        !c.is_whitespace()
            && !matches!(c, '"' | '“' | '”' | '‘' | '’' | '«' | '»' | '<' | '>' | '—')
    });
    let path = text
        .get(body..end)?
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')', ']', '…']);
    path.contains(char::is_alphanumeric)
        .then_some(body + path.len())
}

fn handle(text: &str, start: usize, first: char) -> Option<usize> {
    let body = start + first.len_utf8();
    let end = span(text, body, |c| c.is_alphanumeric() || c == '_');
    let name = text.get(body..end)?;
    // "#1" is a rank, not a tag.
    name.contains(char::is_alphabetic).then_some(end)
}

fn span(text: &str, start: usize, keep: impl Fn(char) -> bool) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    start + rest.find(|c| !keep(c)).unwrap_or(rest.len())
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.as_bytes()
        .get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
}
