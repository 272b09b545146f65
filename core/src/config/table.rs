//! Every key of the config that this version knows, as text: the reader walks it, and the JSON Schema is made from it.
//! As data structures it would be three times the bytes.
//!
//! An object is a letter and its keys: `key:shape`, `!key:shape` where it must be there, `?key:shape` where a mistake is
//! but a warning, since the default does.
//!
//! | Shape | A value must be |
//! |---|---|
//! | capital letter, or `1` | that object |
//! | `[x` | a list of `x` |
//! | `<lx` | an object whose keys the site chooses, of the form `l`, with values of the shape `x` |
//! | `(one\|two~three` | one of these words, the first by default; behind `~` what the contract has, but this version not yet |
//! | `~` | the same of a key |
//! | `/x` | a text, or `x` |
//! | `b` | `true` or `false` |
//! | `r`, `m`, `j` | a number of days: [`DAYS`], [`NOTICE`]; of years: [`YEARS`] |
//! | other letter | a text of that [`Form`](super::form::Form) |
//!
//! Three objects are more than their keys: in `C`, a category, all purposes share one basis; `S`, a service, may also be
//! the id of one in the catalog, whose entries are `E`.

/// The objects.
pub static OBJECTS: [&str; 26] = [
    "R?site:T !policy:P categories:[C services:[S gate:G record:D ?ui:U ?lang:l ?texts:<l<z2 \
     jurisdiction:/J floor:(opt-in|law regimes:[Z age:F locked:[O signals:N integrations:~ counsel:a",
    "Tname:a controller:a contact:a hosts:[h policies:[A links:L",
    "A!url:u places:[p languages:[l authoritative:b",
    "Lrights:u appeal:u authority:u dpo:u unsubscribe:u",
    "P!version:v effective:d updated:d material:b lastMaterial:d changes:/<la upcoming:M forbidden:[f data:[Q",
    "C!id:i label:/<la description:/<la purposes:[B uses:[(sale|share|targetedAds|profiling|sensitive serviceProvider:b ask:(once|each counsel:a",
    "B!id:q !basis:(consent|necessary|objection",
    "E!id:i !category:t label:/<la description:/<la vendor:a country:c privacyPolicy:u hosts:[h cookies:[K storage:[W \
     purposes:[q placeholder:H uses:[(sale|share|targetedAds|profiling|sensitive serviceProvider:b ask:(once|each permissions:[(geolocation|notifications|push educational:b hold:b counsel:a",
    "K!name:n domain:k duration:a purpose:/<la httpOnly:b",
    "W!kind:(localStorage|sessionStorage|indexedDB|cacheStorage !key:n domain:k duration:a purpose:/<la",
    "Htitle:/<la text:/<la",
    "Glevel:(auto|auto-csp|marked|sealed|header unknownThirdParties:(block|report|allow workers:(own|wrap worker:o counsel:a",
    "Dscope:s expiresDays:X scriptGrants:b cookie:1 log:V store:(local|session",
    "1domain:(host|auto",
    "Xgranted:r refused:r counsel:a",
    "Ulayout:(bar|box|compact|modal|inline position:(bottom|top reopen:(button|none optOut:(links|choices logo:o theme:Y",
    "Yaccent:x background:x text:x radius:y scheme:(auto|light|dark font:(auto|inherit",
    "Jmeta:a cookie:a",
    "Z!place:p !regime:(opt-in|opt-out|notice",
    "O!id:e by:a reason:/<la opens:b",
    "Fask:(years|bands thresholds:<wj secondThresholds:<wj parentalConsent:I counsel:a",
    "I!endpoint:o days:m",
    "V!url:o retentionDays:r",
    "Ngpc:(honor dnt:(ignore|asGpc|asReject",
    "M!announced:d !effective:d noticeDays:m kind:(policy|controller version:v controller:a summary:/<la",
    "Q!category:a label:/<la collected:b collectedBefore:b disclosed:b disclosedBefore:b sold:b soldBefore:b",
];

/// Days, from and to, that something is announced ahead.
pub const NOTICE: (u32, u32) = (1, 366);

/// Days, from and to, that a grant counts, or that nobody is asked again after a refusal; what of it is lawful, `law` says.
pub const DAYS: (u32, u32) = (1, 36_500);

/// Years, from and to, that a threshold of age can be.
pub const YEARS: (u32, u32) = (1, 21);

/// The keys of an object.
#[derive(Debug, Clone)]
pub struct Keys(&'static str);

/// One key of an object.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// `!`, `?`, or nothing of these.
    pub mark: u8,
    /// Its name.
    pub name: &'static str,
    /// Its shape.
    pub shape: &'static str,
}

impl Keys {
    /// The keys of the object that the table calls by a letter; `None` if it is no object.
    #[must_use]
    pub fn of(letter: u8) -> Option<Self> {
        let object = OBJECTS.iter().find(|object| object.as_bytes().first() == Some(&letter))?;
        object.get(1..).map(Self)
    }
}

impl Iterator for Keys {
    type Item = Key;

    fn next(&mut self) -> Option<Key> {
        let (key, rest) = cut(self.0, b' ');
        self.0 = rest;
        let (name, shape) = cut(key, b':');
        let mark = *name.as_bytes().first()?;
        let marked = usize::from(matches!(mark, b'!' | b'?'));
        Some(Key { mark, name: name.get(marked..)?, shape })
    }
}

/// What stands before a sign, and what behind it; all and nothing if it is not there.
pub(super) fn cut(text: &'static str, sign: u8) -> (&'static str, &'static str) {
    let at = text.bytes().position(|byte| byte == sign).unwrap_or(text.len());
    (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default())
}
