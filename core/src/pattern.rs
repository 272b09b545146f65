//! Forms of text, written as patterns: a small part of what regular expressions can say, so that the JSON Schema takes
//! them as they are.
//!
//! Literals, `\` before a literal, `[a-z]`, `[^a-z]`, `( )`, `|`, and after each `?`, `*`, `+`, `{m}`, `{m,n}`. What is
//! repeated takes all it can and gives nothing back; of alternatives the first that fits is taken. Patterns are written
//! so that this makes no difference, and tests compare them with a full engine. It works on bytes, one pass per
//! alternative; other letters than ASCII can be excluded and repeated, but not counted.

type Rest<'t> = Option<&'t [u8]>;

/// Whether all of a text has the form.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    choice(&mut pattern.as_bytes(), Some(text.as_bytes())) == Some(b"")
}

/// Reads alternatives up to a `)` or the end. A `text` of `None` has failed already: the pattern is passed over.
fn choice<'t>(pattern: &mut &[u8], text: Rest<'t>) -> Rest<'t> {
    let mut found = None;
    loop {
        let mut rest = if found.is_none() { text } else { None };
        while !matches!(pattern.first(), None | Some(b'|' | b')')) {
            rest = repeated(pattern, rest);
        }
        found = found.or(rest);
        if pattern.first() != Some(&b'|') {
            return found;
        }
        take(pattern);
    }
}

fn repeated<'t>(pattern: &mut &[u8], text: Rest<'t>) -> Rest<'t> {
    let start = *pattern;
    let mut next = once(pattern, text);
    let (mut min, mut max) = (1, 1);
    if let Some(b'?' | b'*' | b'+' | b'{') = pattern.first() {
        (min, max) = match take(pattern) {
            b'?' => (0, 1),
            b'*' => (0, u32::MAX),
            b'+' => (1, u32::MAX),
            _ => span(pattern),
        };
    }
    let mut text = text?;
    let mut count = 0;
    while let (true, Some(rest)) = (count < max, next) {
        count += 1;
        text = rest;
        next = once(&mut { start }, Some(text));
    }
    if count >= min { Some(text) } else { None }
}

fn once<'t>(pattern: &mut &[u8], text: Rest<'t>) -> Rest<'t> {
    let mut sign = take(pattern);
    if sign == b'(' {
        let rest = choice(pattern, text);
        take(pattern);
        return rest;
    }
    let letter = text.and_then(|text| text.first()).copied();
    let mut hit = false;
    if sign == b'[' {
        let negated = pattern.first() == Some(&b'^');
        if negated {
            take(pattern);
        }
        loop {
            sign = take(pattern);
            if sign == b']' || pattern.is_empty() {
                break;
            }
            let low = literal(sign, pattern);
            let mut high = low;
            if let [b'-', end, ..] = *pattern
                && *end != b']'
            {
                take(pattern);
                let end = take(pattern);
                high = literal(end, pattern);
            }
            hit |= letter.is_some_and(|letter| (low..=high).contains(&letter));
        }
        hit ^= negated;
    } else {
        hit = letter == Some(literal(sign, pattern));
    }
    let (_, rest) = text?.split_first()?;
    if hit { Some(rest) } else { None }
}

/// `m}` or `m,n}`
fn span(pattern: &mut &[u8]) -> (u32, u32) {
    let min = number(pattern);
    let max = if pattern.first() == Some(&b',') {
        take(pattern);
        number(pattern)
    } else {
        min
    };
    take(pattern);
    (min, max)
}

fn literal(sign: u8, pattern: &mut &[u8]) -> u8 {
    if sign == b'\\' { take(pattern) } else { sign }
}

fn number(pattern: &mut &[u8]) -> u32 {
    let mut number: u32 = 0;
    while let Some(digit @ b'0'..=b'9') = pattern.first() {
        number = number.wrapping_mul(10).wrapping_add(u32::from(digit - b'0'));
        take(pattern);
    }
    number
}

fn take(pattern: &mut &[u8]) -> u8 {
    let (first, rest) = pattern.split_first().unwrap_or((&0, &[]));
    *pattern = rest;
    *first
}
