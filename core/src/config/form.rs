//! The forms that a text of the config can be asked to have, and the names of the other shapes.

use crate::pattern;

/// A form of text.
#[derive(Debug, PartialEq, Eq)]
pub struct Form {
    /// The letter that the table calls it by.
    pub letter: u8,
    /// What a value must be, for "must be …".
    pub name: &'static str,
    /// How such a text is written, as a regular expression for the whole of it; empty for what is no text.
    pub pattern: &'static str,
}

/// What needs no care wherever it is put. The table calls it `i` where it must not be taken yet, `q` where the list
/// around it must not have it yet, and `t` where a category must have it, and `e` where a category or service must; with `f` that may be a host, too.
const ID: Form = Form { letter: b'i', name: "an id of a-z, 0-9 and -", pattern: "[a-z0-9][a-z0-9-]{0,63}" };

/// See [`crate::matching::HostPattern`].
pub const HOST: Form = Form {
    letter: b'h',
    name: "a host name",
    pattern: "((\\*\\.([a-z0-9_]+(-+[a-z0-9_]+)*\\.)+[a-z][a-z0-9]*(-+[a-z0-9]+)*|\\*\\.localhost\
              |([a-z0-9_]+(-+[a-z0-9_]+)*\\.)*[a-z][a-z0-9_]*(-+[a-z0-9_]+)*|([0-9]{1,3}\\.){3}[0-9]{1,3}|\\[[0-9a-f:]+\\])\
              (:[1-9][0-9]{0,4})?(/\\.*[!$&-)+-\\-0-;=@-\\[\\]_a-z~][!$&-)+-.0-;=@-\\[\\]_a-z~]*)*/?\
              |(/\\.*[!$&-)+-\\-0-;=@-\\[\\]_a-z~][!$&-)+-.0-;=@-\\[\\]_a-z~]*)+/?)",
};

/// All of them.
pub static FORMS: &[Form] = &[
    ID,
    Form { letter: b'q', ..ID },
    Form { letter: b't', ..ID },
    Form { letter: b'e', ..ID },
    HOST,
    Form { letter: b'f', ..HOST },
    Form { letter: b'a', name: "a string", pattern: "[^\0]*" },
    // A button or a sentence without words would hide what it stands for.
    Form { letter: b'2', name: "a string", pattern: "[^\0]+" },
    Form { letter: b'c', name: "a country like DE", pattern: "[A-Z]{2}" },
    Form {
        letter: b'd',
        name: "a date like 2026-11-01",
        pattern: "[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))\
                  |([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29",
    },
    // A cookie's domain, with or without a dot before it.
    Form { letter: b'k', name: "a domain", pattern: "\\.?([a-z0-9_]+(-+[a-z0-9_]+)*\\.)*[a-z0-9_]+(-+[a-z0-9_]+)*" },
    Form { letter: b'l', name: "a language tag like pt-BR", pattern: "[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*" },
    // A cookie or a storage key, `*` for any part of it. Alone it would stand for all that the site keeps.
    Form { letter: b'n', name: "a name that is more than *", pattern: "\\**[^*\0][^\0]*" },
    Form { letter: b'p', name: "a place like US-CA", pattern: "[A-Z]{2}(-[A-Z0-9]{1,3})?" },
    Form { letter: b'w', name: "a place like US-CA, or *", pattern: "\\*|[A-Z]{2}(-[A-Z0-9]{1,3})?" },
    // What is sent there is for the site alone, and what it answers is believed.
    Form { letter: b'o', name: "a path of this origin like /parent", pattern: "/([^\0- /\\\\\x7f][^\0- \\\\\x7f]*)?" },
    Form { letter: b's', name: "an id or nothing", pattern: "([a-z0-9][a-z0-9-]{0,63})?" },
    Form { letter: b'z', name: "a key of the texts", pattern: "[^\0]*" },
    // Browsers drop spaces and control characters from URLs and read `\` as `/`: none may hide a scheme.
    Form {
        letter: b'u',
        name: "an http(s), mailto or relative URL",
        pattern: "https?://[^\0- \\\\\x7f]+|mailto:[^\0- \\\\\x7f]+|[^\0- \\\\\x7f:/?#]*[/?#][^\0- \\\\\x7f]*|[^\0- \\\\\x7f:/?#]+",
    },
    Form { letter: b'v', name: "1 to 64 plain characters", pattern: "[ -~]{1,64}" },
    Form { letter: b'x', name: "a color like #1a2b3c", pattern: "#([0-9a-fA-F]{3}){1,2}" },
    Form { letter: b'y', name: "a length like 8px", pattern: "[0-9]{1,3}px" },
    Form { letter: b'b', name: "true or false", pattern: "" },
    Form { letter: b'r', name: "1 to 36500 days", pattern: "" },
    Form { letter: b'm', name: "1 to 366 days", pattern: "" },
    Form { letter: b'j', name: "1 to 21 years", pattern: "" },
    Form { letter: b'[', name: "a list", pattern: "" },
    Form { letter: b'<', name: "a text for each language", pattern: "" },
    Form { letter: b'(', name: "a string", pattern: "" },
];

/// What every other letter calls.
static OBJECT: Form = Form { letter: b'{', name: "an object", pattern: "" };

impl Form {
    /// The form that the table calls by a letter.
    #[must_use]
    pub fn of(letter: u8) -> &'static Self {
        FORMS.iter().find(|form| form.letter == letter).unwrap_or(&OBJECT)
    }

    /// Whether a text has this form.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        !self.pattern.is_empty() && pattern::fits(self.pattern, text)
    }
}
