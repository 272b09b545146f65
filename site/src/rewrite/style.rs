//! The addresses in a style sheet or a `style` attribute.

use std::ops::Range;

use cssparser::{ParseError, Parser, ParserInput, Token};

/// Functions whose strings are addresses.
const ADDRESSING: [&str; 5] = ["url", "src", "image", "image-set", "-webkit-image-set"];

/// An address in a text, and what stands for it there: `url(…)` or a string with its quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// The address.
    pub(super) url: String,
}

/// Every address of a style sheet, in the order written.
pub(super) fn addresses(css: &str) -> Vec<Spot> {
    let mut input = ParserInput::new(css);
    let mut spots = Vec::new();
    walk(&mut Parser::new(&mut input), false, &mut spots);
    spots
}

#[expect(clippy::wildcard_enum_match_arm, reason = "two of thirty kinds of tokens are addresses")]
fn walk(parser: &mut Parser<'_, '_>, in_function: bool, spots: &mut Vec<Spot>) {
    let mut imports = false;
    // Up to its end a rule may name what looks like an address and is none.
    let mut names = false;
    loop {
        parser.skip_whitespace();
        let start = parser.position().byte_index();
        let Ok(token) = parser.next() else { return };
        let block = matches!(
            token,
            Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock
        );
        let addressing = !names
            && matches!(token, Token::Function(name) if ADDRESSING.iter().any(|known| name.eq_ignore_ascii_case(known)));
        let url = match token {
            Token::UnquotedUrl(address) if !names => Some(address.to_string()),
            Token::QuotedString(text) if in_function || imports => Some(text.to_string()),
            _ => None,
        };
        imports = matches!(token, Token::AtKeyword(name) if name.eq_ignore_ascii_case("import"));
        match token {
            Token::AtKeyword(name) => names = name.eq_ignore_ascii_case("namespace"),
            Token::Semicolon | Token::CurlyBracketBlock => names = false,
            _ => {}
        }
        if let Some(url) = url {
            spots.push(Spot { range: start..parser.position().byte_index(), url });
        }
        if block {
            let inner: Result<(), ParseError<'_, ()>> = parser.parse_nested_block(|inner| {
                walk(inner, addressing, spots);
                Ok(())
            });
            debug_assert!(inner.is_ok(), "nothing in here fails");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::addresses;

    fn found(css: &str) -> Vec<(String, String)> {
        addresses(css).into_iter().map(|spot| (css.get(spot.range).unwrap_or_default().into(), spot.url)).collect()
    }

    #[test]
    fn finds_every_way_to_write_an_address() {
        let css = "@import 'a'; @import url(b) print; @IMPORT URL( \"c\" );\n/* url(no) */\n\
                   @media print { a { background: red url(d) } } @font-face { src: local(\"no\"), url(e) format('no') }\n\
                   b { content: \"url(no)\"; cursor: image-set(\"f\" 1x, url(g) 2x); --x: url(\\68 ttp:i) }";
        let urls: Vec<String> = found(css).into_iter().map(|(_, url)| url).collect();
        assert_eq!(urls, ["a", "b", "c", "d", "e", "f", "g", "http:i"]);
    }

    #[test]
    fn a_namespace_is_no_address() {
        let css = "@namespace url(http://a/); @NAMESPACE svg url( \"http://b/\" ); @namespace 'c'; d { e: url(f) }";
        assert_eq!(found(css), [("url(f)".into(), "f".into())]);
        assert_eq!(found("@namespace x { a: url(b) } c { d: url(e) }").len(), 2);
    }

    #[test]
    fn says_what_stands_for_it() {
        let whole: Vec<String> =
            found("a { b: url( x ) , url( 'y' ) } @import  \"z\";").into_iter().map(|(text, _)| text).collect();
        assert_eq!(whole, ["url( x )", "'y'", "\"z\""]);
        assert_eq!(found("color: red"), []);
        assert_eq!(found("a { b: url(unfinished"), [("url(unfinished".into(), "unfinished".into())]);
    }
}
