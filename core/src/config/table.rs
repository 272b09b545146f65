//! Every key of the config that this version knows, as text: the reader walks it, and the JSON Schema is made from it.
//! As data structures it would be three times the bytes.
//!
//! | Written | A value must be |
//! |---|---|
//! | `{.key:shape!key:shape…}` | an object with these keys; `!` must be there; a mistake in `?` is a warning, its default is used |
//! | `[shape]` | a list |
//! | `<lx>` | an object whose keys the site chooses, of the form `l`, with values of the shape `x` |
//! | `(one\|two\|~three)` | one of these words, the first by default; `~`: the contract has it, this version not yet |
//! | `~` | the same of a key |
//! | `/shape` | a text, or such an object |
//! | `B{…}` | a category: all its purposes share one basis |
//! | `S` | a [`SERVICE`], or the id of one in the catalog |
//! | `b` | `true` or `false` |
//! | `g`, `r` | a number of days: [`GRANTED`], [`REFUSED`] |
//! | another letter | a text of that [`Form`](super::form::Form) |

/// The whole config.
pub const CONFIG: &str = "{\
    ?site:{\
        .name:a.controller:a.contact:a.hosts:[h]\
        .policies:[{!url:u.places:[p].languages:[l].authoritative:b}]\
        .links:{.rights:u.appeal:u.authority:u.dpo:u.unsubscribe:u}\
    }\
    !policy:{!version:v.effective:d.updated:d.material:b.upcoming:~.forbidden:~.data:~}\
    .categories:[B{\
        !id:I.label:/<la>.description:/<la>\
        .purposes:[{!id:q!basis:(consent|necessary|~objection)}]\
        .counsel:~\
    }]\
    .services:[S]\
    .gate:{.level:(marked|~auto-csp|~auto|~sealed|~header).unknownThirdParties:~.workers:~.counsel:~}\
    .record:{\
        .scope:s.expiresDays:{.granted:g.refused:r.counsel:~}.scriptGrants:b\
        .cookie:~.log:~.store:~.counsel:~\
    }\
    ?ui:{\
        .layout:(bar|box).position:(bottom|top).reopen:(button|none)\
        .theme:{.accent:x.background:x.text:x.radius:y}\
    }\
    ?lang:l\
    ?texts:<l<aa>>\
    .jurisdiction:~.floor:~.regimes:~.age:~.locked:~.signals:~.integrations:~.counsel:~}";

/// A service that the config declares itself, or an entry of the catalog.
pub const SERVICE: &str = "{\
    !id:I!category:C.label:/<la>.description:/<la>\
    .vendor:a.country:c.privacyPolicy:u.hosts:[h]\
    .cookies:[{!name:n.domain:k.duration:a.purpose:a}]\
    .storage:[{!kind:(localStorage|sessionStorage|~indexedDB|~cacheStorage)!key:n.duration:a.purpose:a}]\
    .purposes:[q].placeholder:{.title:a.text:a}\
    .uses:~.serviceProvider:~.ask:~.educational:~.hold:~.counsel:~}";

/// Days, from and to, that a grant counts.
pub const GRANTED: (u32, u32) = (1, 395);

/// Days, from and to, during which nobody is asked again after a refusal.
pub const REFUSED: (u32, u32) = (183, 36_500);

/// The keys of an object, given the table from its `{` on.
#[derive(Debug, Clone)]
pub struct Keys(&'static str);

/// One key of an object.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// `!`, `?` or `.`.
    pub mark: u8,
    /// The table from its shape on.
    pub shape: &'static str,
}

impl Keys {
    /// The keys of the object whose shape the table starts with.
    #[must_use]
    pub fn of(object: &'static str) -> Self {
        Self(object.get(1..).unwrap_or_default())
    }
}

impl Iterator for Keys {
    type Item = Key;

    fn next(&mut self) -> Option<Key> {
        let mark = *self.0.as_bytes().first().filter(|mark| **mark != b'}')?;
        let (name, shape) = self.0.split_at_checked(self.0.bytes().position(|byte| byte == b':')?)?;
        let mut depth = 0;
        let end = shape.bytes().position(|byte| {
            match byte {
                b'{' | b'[' | b'<' | b'(' => depth += 1,
                b'}' | b']' | b'>' | b')' => depth -= 1,
                _ => {}
            }
            depth < 0 || depth == 0 && matches!(byte, b'.' | b'!' | b'?')
        })?;
        self.0 = shape.get(end..)?;
        Some(Key { name: name.get(1..)?, mark, shape: shape.get(1..)? })
    }
}
