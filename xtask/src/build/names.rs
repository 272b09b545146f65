//! The short names that wasm-opt gave to imports and exports.

use crate::failure::{Failure, Result};

/// One import: the glue's function, the module and the name under which the wasm module asks for it.
#[derive(Debug, PartialEq)]
pub(crate) struct Import {
    /// The function in the glue.
    pub(crate) function: String,
    /// The name the wasm module uses.
    pub(crate) short: String,
}

/// The short names, as wasm-opt printed them.
#[derive(Debug)]
pub(crate) struct Names {
    /// The module that the imports are asked from.
    pub(crate) module: &'static str,
    /// What the module asks for.
    pub(crate) imports: Vec<Import>,
    /// What the module offers: long and short name.
    pub(crate) exports: Vec<(String, String)>,
}

impl Names {
    /// Reads lines of the form `["module", "long", "short"],` and `["long", "short"],`.
    pub(crate) fn parse(text: &str) -> Result<Names> {
        let mut names = Names { module: "a", imports: Vec::new(), exports: Vec::new() };
        for line in text.lines() {
            let words: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
            if !line.trim_start().starts_with('[') {
                continue;
            }
            match words.as_slice() {
                [_, function, short] => {
                    names.imports.push(Import { function: (*function).to_owned(), short: (*short).to_owned() });
                }
                [long, short] => names.exports.push(((*long).to_owned(), (*short).to_owned())),
                _ => return Err(Failure::new(format!("wasm-opt printed a name that cannot be read: {line}"))),
            }
        }
        // It sorts by use; the order here decides only the order of text.
        names.imports.sort_by(|one, other| one.short.cmp(&other.short));
        if names.exports.is_empty() { Err(Failure::new("wasm-opt printed no names")) } else { Ok(names) }
    }

    /// The names of a module that nothing was shortened in, from its glue.
    pub(crate) fn unchanged(glue: &str) -> Names {
        let name = |text: &str| -> String {
            text.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect()
        };
        let functions = glue.lines().filter_map(|line| line.strip_prefix("export function ")).map(name);
        let imports = functions.filter(|function| function.starts_with("__wb") && function != "__wbg_set_wasm");
        Names {
            module: "./consentry_bg.js",
            imports: imports.map(|function| Import { short: function.clone(), function }).collect(),
            exports: glue.split("wasm.").skip(1).map(name).map(|export| (export.clone(), export)).collect(),
        }
    }

    /// The short name of an export.
    pub(crate) fn export(&self, long: &str) -> Option<&str> {
        self.exports.iter().find(|(name, _)| name == long).map(|(_, short)| short.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "{\n \"imports\": [\n  [\"./x_bg.js\", \"__wbg_get\", \"b\"],\n  [\"./x_bg.js\", \"__wbg_a\", \"a\"]\n ],\n\"exports\": [\n  [\"memory\", \"J\"]\n ]\n}\n";

    #[test]
    fn reads_what_wasm_opt_prints() -> Result {
        let names = Names::parse(PRINTED)?;
        assert_eq!(names.export("memory"), Some("J"));
        let shorts: Vec<&str> = names.imports.iter().map(|import| import.short.as_str()).collect();
        assert_eq!(shorts, ["a", "b"]);
        Ok(())
    }

    #[test]
    fn reads_names_from_the_glue() {
        let glue = "export function open() { wasm.open(); }\nexport function __wbg_get(arg0) {}\n\
            export function __wbg_set_wasm(val) {}\n";
        let names = Names::unchanged(glue);
        assert_eq!(names.export("open"), Some("open"));
        assert_eq!(names.imports, [Import { function: "__wbg_get".to_owned(), short: "__wbg_get".to_owned() }]);
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        assert!(Names::parse("").is_err());
        assert!(Names::parse("  [\"a\", \"b\", \"c\", \"d\"]").is_err());
    }
}
