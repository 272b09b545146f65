//! Reads `wasm-pack.toml`, the build recipe.

use toml::de::{DeTable, DeValue};

use crate::failure::{Failure, Result};
use crate::workspace::{Workspace, read};

/// The recipe's lists, by section and key.
pub(crate) struct Recipe {
    entries: Vec<(String, String, Entry)>,
}

enum Entry {
    List(Vec<String>),
    Number(u64),
}

impl Recipe {
    /// Reads the recipe of the checkout.
    pub(crate) fn read(workspace: &Workspace) -> Result<Recipe> {
        Recipe::parse(&read(&workspace.root.join("wasm-pack.toml"))?)
    }

    fn parse(text: &str) -> Result<Recipe> {
        let wrong = |what: &str| Failure::new(format!("wasm-pack.toml: {what}"));
        let table = DeTable::parse(text).map_err(|error| wrong(&error.to_string()))?;
        let mut entries = Vec::new();
        for (section, content) in table.get_ref() {
            let DeValue::Table(content) = content.get_ref() else {
                return Err(wrong(&format!("`{}` must be a section", section.get_ref())));
            };
            for (key, value) in content {
                let entry = entry(value.get_ref()).ok_or_else(|| {
                    wrong(&format!("{}.{}: must be a list of texts or a number", section.get_ref(), key.get_ref()))
                })?;
                entries.push((section.get_ref().to_string(), key.get_ref().to_string(), entry));
            }
        }
        Ok(Recipe { entries })
    }

    /// The list at `section.key`.
    pub(crate) fn list(&self, section: &str, key: &str) -> Result<&[String]> {
        self.entries
            .iter()
            .find_map(|(at, name, entry)| match entry {
                Entry::List(list) if at == section && name == key => Some(list.as_slice()),
                Entry::List(_) | Entry::Number(_) => None,
            })
            .ok_or_else(|| Failure::new(format!("wasm-pack.toml: {section}.{key} is missing")))
    }

    /// The compiler flags of the release recipe.
    pub(crate) fn flags(&self) -> Result<Vec<String>> {
        let mut flags = self.list("rustc", "flags")?.to_vec();
        flags.extend_from_slice(self.list("rustc", "module-flags")?);
        Ok(flags)
    }

    /// The numbers of a section, in order.
    pub(crate) fn numbers(&self, section: &str) -> Vec<(&str, u64)> {
        self.entries
            .iter()
            .filter_map(|(at, name, entry)| match entry {
                Entry::Number(number) if at == section => Some((name.as_str(), *number)),
                Entry::List(_) | Entry::Number(_) => None,
            })
            .collect()
    }
}

fn entry(value: &DeValue<'_>) -> Option<Entry> {
    if let DeValue::Integer(number) = value {
        return number.as_str().parse().ok().map(Entry::Number);
    }
    let items = value.as_array()?;
    let texts: Option<Vec<String>> = items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect();
    texts.map(Entry::List)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lists_and_numbers_in_order() -> Result {
        let recipe = Recipe::parse("[a]\nx = ['1', '2']\n[ceilings]\n'b.js' = 19_000\n'a.js' = 7\n")?;
        assert_eq!(recipe.list("a", "x")?, ["1", "2"]);
        assert!(recipe.list("a", "y").is_err());
        assert_eq!(recipe.numbers("ceilings").len(), 2);
        Ok(())
    }

    #[test]
    fn says_where_the_recipe_is_wrong() {
        let message = |text: &str| Recipe::parse(text).err().map(|failure| failure.to_string());
        assert_eq!(message("a = 1"), Some("wasm-pack.toml: `a` must be a section".to_owned()));
        assert_eq!(
            message("[a]\nb = true"),
            Some("wasm-pack.toml: a.b: must be a list of texts or a number".to_owned())
        );
    }
}
