//! Every key of the config that this version knows: the reader walks this table, and the JSON Schema is made from it.

use super::form::Form;
use crate::issue::Severity;

/// What a value must be.
#[derive(Debug)]
pub enum Shape {
    /// A text of a form.
    Text(Form),
    /// `true` or `false`.
    Flag,
    /// A whole number of days.
    Days(Days),
    /// One of a few words.
    Word(Words),
    /// A list of such values.
    List(&'static Self),
    /// An object with these keys.
    Object(Object),
    /// An object whose keys the site chooses, of a form, with such values.
    Dictionary(Form, &'static Self),
    /// A text of a form, or such a value.
    Or(Form, &'static Self),
}

/// A span of days, with the rule behind it.
#[derive(Debug)]
pub struct Days {
    /// The least.
    pub min: u32,
    /// The most.
    pub max: u32,
    /// The span in words and the rule behind it, for "must be …".
    pub rule: &'static str,
}

/// A choice of words.
#[derive(Debug)]
pub struct Words {
    /// Those that this version knows; the first is the default.
    pub known: &'static [&'static str],
    /// Those that it does not take yet.
    pub refused: &'static [&'static str],
    /// Why it does not.
    pub why: &'static str,
}

/// The keys of an object.
#[derive(Debug)]
pub struct Object {
    /// Those that this version knows.
    pub keys: &'static [Key],
    /// Those that it does not have yet.
    pub later: &'static [&'static str],
}

/// One key of an object.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What its value must be.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// How bad a mistake in it is; `None`: as bad as one beside it.
    pub severity: Option<Severity>,
}

/// What is said of a key or a word that the contract has and this version lacks.
pub const LATER: &str = "this version of Consentry does not have it yet";

const OBJECTION: &str = "legitimate interest is no ground for storing or reading under opt-in, the only regime that \
                         this version of Consentry has; use \"consent\"";

const fn key(name: &'static str, shape: Shape) -> Key {
    Key { name, shape, required: false, severity: None }
}

const fn required(name: &'static str, shape: Shape) -> Key {
    Key { name, shape, required: true, severity: None }
}

/// A mistake in it costs its default, not the start.
const fn lenient(name: &'static str, shape: Shape) -> Key {
    Key { name, shape, required: false, severity: Some(Severity::Warning) }
}

const fn object(keys: &'static [Key]) -> Shape {
    Shape::Object(Object { keys, later: &[] })
}

const fn words(known: &'static [&'static str]) -> Shape {
    Shape::Word(Words { known, refused: &[], why: LATER })
}

const ANY: Shape = Shape::Text(Form::Any);
const HOSTS: Shape = Shape::List(&Shape::Text(Form::Host));

/// A text, or one for each language.
const TEXTS: Shape = Shape::Or(Form::Any, &Shape::Dictionary(Form::Language, &ANY));

/// The whole config.
pub static CONFIG: Shape = Shape::Object(Object {
    keys: &[
        lenient("site", object(SITE)),
        required("policy", Shape::Object(Object { keys: POLICY, later: &["upcoming", "forbidden", "data"] })),
        key("categories", Shape::List(&Shape::Object(Object { keys: CATEGORY, later: &["counsel"] }))),
        key("services", Shape::List(&Shape::Or(Form::Id, &Shape::Object(SERVICE)))),
        key("gate", Shape::Object(Object { keys: GATE, later: &["unknownThirdParties", "workers", "counsel"] })),
        key("record", Shape::Object(Object { keys: RECORD, later: &["cookie", "log", "store", "counsel"] })),
        lenient("ui", object(UI)),
        lenient("lang", Shape::Text(Form::Language)),
        lenient("texts", Shape::Dictionary(Form::Language, &Shape::Dictionary(Form::Any, &ANY))),
    ],
    later: &["jurisdiction", "floor", "regimes", "age", "locked", "signals", "integrations", "counsel"],
});

const SITE: &[Key] = &[
    key("name", ANY),
    key("controller", ANY),
    key("contact", ANY),
    key("hosts", HOSTS),
    key(
        "policies",
        Shape::List(&object(&[
            required("url", Shape::Text(Form::Url)),
            key("places", Shape::List(&Shape::Text(Form::Place))),
            key("languages", Shape::List(&Shape::Text(Form::Language))),
            key("authoritative", Shape::Flag),
        ])),
    ),
    key(
        "links",
        object(&[
            key("rights", Shape::Text(Form::Url)),
            key("appeal", Shape::Text(Form::Url)),
            key("authority", Shape::Text(Form::Url)),
            key("dpo", Shape::Text(Form::Url)),
            key("unsubscribe", Shape::Text(Form::Url)),
        ]),
    ),
];

const POLICY: &[Key] = &[
    required("version", Shape::Text(Form::Version)),
    key("effective", Shape::Text(Form::Date)),
    key("updated", Shape::Text(Form::Date)),
    key("material", Shape::Flag),
];

const CATEGORY: &[Key] = &[
    required("id", Shape::Text(Form::Id)),
    key("label", TEXTS),
    key("description", TEXTS),
    key(
        "purposes",
        Shape::List(&object(&[
            required("id", Shape::Text(Form::Id)),
            required(
                "basis",
                Shape::Word(Words { known: &["consent", "necessary"], refused: &["objection"], why: OBJECTION }),
            ),
        ])),
    ),
];

/// A service that the config declares itself, or an entry of the catalog.
pub const SERVICE: Object = Object {
    keys: &[
        required("id", Shape::Text(Form::Id)),
        required("category", Shape::Text(Form::Id)),
        key("label", TEXTS),
        key("description", TEXTS),
        key("vendor", ANY),
        key("country", Shape::Text(Form::Country)),
        key("privacyPolicy", Shape::Text(Form::Url)),
        key("hosts", HOSTS),
        key("cookies", Shape::List(&object(COOKIE))),
        key("storage", Shape::List(&object(STORAGE))),
        key("purposes", Shape::List(&Shape::Text(Form::Id))),
        key("placeholder", object(&[key("title", ANY), key("text", ANY)])),
    ],
    later: &["uses", "serviceProvider", "ask", "educational", "hold", "counsel"],
};

const COOKIE: &[Key] = &[
    required("name", Shape::Text(Form::Name)),
    key("domain", Shape::Text(Form::Domain)),
    key("duration", ANY),
    key("purpose", ANY),
];

const STORAGE: &[Key] = &[
    required(
        "kind",
        Shape::Word(Words {
            known: &["localStorage", "sessionStorage"],
            refused: &["indexedDB", "cacheStorage"],
            why: LATER,
        }),
    ),
    required("key", Shape::Text(Form::Name)),
    key("duration", ANY),
    key("purpose", ANY),
];

const GATE: &[Key] = &[key(
    "level",
    Shape::Word(Words { known: &["marked"], refused: &["auto", "auto-csp", "sealed", "header"], why: LATER }),
)];

const RECORD: &[Key] = &[
    key("scope", Shape::Text(Form::Scope)),
    key("expiresDays", Shape::Object(Object { keys: EXPIRES_DAYS, later: &["counsel"] })),
    key("scriptGrants", Shape::Flag),
];

const EXPIRES_DAYS: &[Key] = &[
    key(
        "granted",
        Shape::Days(Days { min: 1, max: 395, rule: "1 to 395 days: a grant is not kept over 13 months (CNIL)" }),
    ),
    key(
        "refused",
        Shape::Days(Days {
            min: 183,
            max: 36_500,
            rule: "183 days or more: nobody is asked again within 6 months of a refusal (CNIL, Garante)",
        }),
    ),
];

const UI: &[Key] = &[
    key("layout", words(&["bar", "box"])),
    key("position", words(&["bottom", "top"])),
    key("reopen", words(&["button", "none"])),
    key(
        "theme",
        object(&[
            key("accent", Shape::Text(Form::Color)),
            key("background", Shape::Text(Form::Color)),
            key("text", Shape::Text(Form::Color)),
            key("radius", Shape::Text(Form::Length)),
        ]),
    ),
];
