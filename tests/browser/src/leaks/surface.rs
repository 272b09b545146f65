//! The rows of `leaks/surfaces.txt`.

use crate::engine::Engine;

/// The table itself; its preamble says what stands where.
const TABLE: &str = include_str!("../../leaks/surfaces.txt");
/// From this line on the rows are ones that the promised bounds do not count.
const BEYOND: &str = "# Beyond the reference";

/// One way to start a request.
#[derive(Clone, Debug)]
pub struct Surface {
    /// Its name, also the name of its third party.
    pub id: String,
    /// Where the request starts: `hint`, `element`, `style`, `script`, `frame`, `call`, `worker`, `own`.
    pub group: String,
    /// Whether its markup stands in the head.
    pub in_head: bool,
    /// The engines whose control reaches the third party.
    pub engines: Vec<Engine>,
    /// Whether the promised bounds count it.
    pub counted: bool,
    /// The markup of a page without consent manager.
    pub plain: String,
    /// The same with marks.
    pub marked: String,
    /// Files of the site's own that it leads to: ending and text.
    pub files: Vec<(String, String)>,
}

impl Surface {
    /// All rows, in the order of the table.
    ///
    /// # Panics
    /// When the table is not in its own form.
    #[must_use]
    pub fn all() -> Vec<Surface> {
        let (counted, beyond) = TABLE.split_once(BEYOND).unwrap_or((TABLE, ""));
        let rows = |part: &'static str, counted| part.split("\n## ").skip(1).map(move |row| read(row, counted));
        rows(counted, true).chain(rows(beyond, false)).collect()
    }

    /// Whether this engine knows the surface at all.
    #[must_use]
    pub fn known_to(&self, engine: Engine) -> bool {
        self.engines.contains(&engine)
    }
}

fn read(row: &str, counted: bool) -> Surface {
    let (title, body) = row.split_once('\n').unwrap_or((row, ""));
    let words: Vec<&str> = title.split(" | ").map(str::trim).collect();
    let [id, group, place, engines] = words[..] else { panic!("not a surface's title: {title}") };
    assert!(matches!(place, "head" | "body"), "{id}: neither head nor body");
    let mut parts = body.split("\n### ");
    let plain = parts.next().unwrap_or_default().trim().to_owned();
    let mut surface = Surface {
        id: id.into(),
        group: group.into(),
        in_head: place == "head",
        engines: Engine::ALL.into_iter().filter(|engine| engines.contains(letter(*engine))).collect(),
        counted,
        marked: inert(&plain),
        plain,
        files: Vec::new(),
    };
    for part in parts {
        let (title, text) = part.split_once('\n').unwrap_or((part, ""));
        match title.strip_prefix("file .") {
            Some(ending) => surface.files.push((ending.into(), text.trim().into())),
            None if title == "marked" => surface.marked = text.trim().into(),
            None => panic!("{id}: what is {title}?"),
        }
    }
    assert!(surface.marked.contains("{mark}"), "{id}: nothing is marked");
    surface
}

/// The engine's letter in the table.
pub(super) fn letter(engine: Engine) -> char {
    engine.name().chars().next().unwrap_or_default().to_ascii_uppercase()
}

/// Where no other mark is needed: an inert script, or a template around anything else.
fn inert(plain: &str) -> String {
    match plain.strip_prefix("<script>") {
        Some(rest) => format!("<script type=\"text/plain\" {{mark}}>{rest}"),
        None => format!("<template {{mark}}>{plain}</template>"),
    }
}
