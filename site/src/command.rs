//! The command line, the same natively and in Node: reads the arguments, finds the config, calls the command.

use crate::{
    archive, check, config::Config, decisions, desk::Desk, explain, gpc, header, owner::Site, page, rewrite, snippet,
};

/// Every command, in the order shown.
pub static COMMANDS: &[&Command] = &[
    &archive::COMMAND,
    &check::COMMAND,
    &decisions::COMMAND,
    &explain::COMMAND,
    &gpc::COMMAND,
    &header::COMMAND,
    &rewrite::COMMAND,
    &snippet::COMMAND,
];

/// Where a config is looked for.
const CONFIG: &str = "consentry.json";

/// Options that every command takes, each with a value.
const SHARED: &[&str] = &["config", "catalog"];

/// One command.
#[derive(Debug)]
pub struct Command {
    /// What it is called by.
    pub name: &'static str,
    /// What it does, for the list of all.
    pub summary: &'static str,
    /// How it is called, for `--help`.
    pub usage: &'static str,
    /// Its options, each with a value, beside those that every command has. Written `--name VALUE`.
    pub options: &'static [&'static str],
    /// Its options without a value.
    pub flags: &'static [&'static str],
    /// Carries it out.
    pub run: fn(&mut Call<'_>) -> Result<Code, Stop>,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Nothing is wrong.
    Well = 0,
    /// Something is wrong with what was looked at.
    Issues = 1,
    /// The command could not do what it was asked for.
    Usage = 2,
}

/// Why a command stopped early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// It was called wrongly.
    Usage(String),
    /// A file cannot be read or written.
    File(String),
    /// The config is broken: its issues, a line each.
    Config(String),
}

/// One call of a command.
pub struct Call<'a> {
    words: Vec<String>,
    options: Vec<(String, String)>,
    desk: &'a mut dyn Desk,
}

/// Runs the command line; the exit code.
pub fn run(arguments: &[String], desk: &mut dyn Desk) -> Code {
    let Some((name, rest)) = arguments.split_first() else {
        desk.complain(&usage());
        return Code::Usage;
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        let about = rest.first().and_then(|name| command(name)).map_or_else(usage, help);
        desk.say(&about);
        return Code::Well;
    }
    if matches!(name.as_str(), "--version" | "-v") {
        desk.say(concat!(env!("CARGO_PKG_VERSION"), "\n"));
        return Code::Well;
    }
    let Some(command) = command(name) else {
        desk.complain(&format!("consentry: there is no command \"{name}\"\n\n{}", usage()));
        return Code::Usage;
    };
    if rest.iter().any(|word| matches!(word.as_str(), "--help" | "-h")) {
        desk.say(&help(command));
        return Code::Well;
    }
    let stop = match parse(command, rest, desk) {
        Ok(mut call) => match (command.run)(&mut call) {
            Ok(code) => return code,
            Err(stop) => stop,
        },
        Err(stop) => stop,
    };
    let (text, code) = match stop {
        Stop::Usage(text) => (format!("consentry {name}: {text}\n\n{}", help(command)), Code::Usage),
        Stop::File(text) => (format!("consentry {name}: {text}\n"), Code::Usage),
        Stop::Config(text) => (text, Code::Issues),
    };
    desk.complain(&text);
    code
}

fn command(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().copied().find(|command| command.name == name)
}

fn usage() -> String {
    let mut text = "consentry COMMAND …\n\n".to_owned();
    for Command { name, summary, .. } in COMMANDS {
        text.push_str(&format!("  {name:<10}{summary}\n"));
    }
    text + "\nconsentry COMMAND --help says more. Exit codes: 0 all is well, 1 something is wrong, 2 called wrongly.\n"
}

fn help(command: &Command) -> String {
    format!(
        "{}\n\n--config FILE   the config, or a page that holds it (default: {CONFIG})\n--catalog FILE  known services of your own\n",
        command.usage
    )
}

fn parse<'a>(command: &Command, arguments: &[String], desk: &'a mut dyn Desk) -> Result<Call<'a>, Stop> {
    let (mut words, mut options) = (Vec::new(), Vec::new());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let Some(option) = argument.strip_prefix("--") else {
            words.push(argument.clone());
            continue;
        };
        let (name, value) = option.split_once('=').map_or((option, None), |(name, value)| (name, Some(value)));
        if command.flags.contains(&option) {
            options.push((option.to_owned(), String::new()));
            continue;
        }
        if !SHARED.iter().chain(command.options).any(|known| *known == name) {
            return Err(Stop::Usage(format!("there is no option --{name}")));
        }
        let value = value.map(ToOwned::to_owned).or_else(|| rest.next().cloned());
        options.push((name.to_owned(), value.ok_or_else(|| Stop::Usage(format!("--{name} needs a value")))?));
    }
    Ok(Call { words, options, desk })
}

impl Call<'_> {
    /// The word at a place among those that are no options.
    #[must_use]
    pub fn word(&self, at: usize) -> Option<String> {
        self.words.get(at).cloned()
    }

    /// All words from the first on.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Refuses more words than that.
    ///
    /// # Errors
    /// [`Stop::Usage`] if there are more.
    pub fn no_more(&self, count: usize) -> Result<(), Stop> {
        let surplus = self.words.get(count);
        surplus.map_or(Ok(()), |word| Err(Stop::Usage(format!("\"{word}\" is one word too many"))))
    }

    /// The value of an option; the last counts.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&str> {
        self.options.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Where to read and write.
    pub fn desk(&mut self) -> &mut dyn Desk {
        self.desk
    }

    /// Prints what was asked for.
    pub fn say(&mut self, text: &str) {
        self.desk.say(text);
    }

    /// Reads a text file.
    ///
    /// # Errors
    /// [`Stop::File`] if it cannot be read or is not UTF-8.
    pub fn text(&mut self, path: &str) -> Result<String, Stop> {
        let bytes = self.desk.read(path).map_err(|why| Stop::File(format!("{path}: {why}")))?;
        String::from_utf8(bytes).map_err(|_| Stop::File(format!("{path}: is not UTF-8")))
    }

    /// The catalog: `--catalog`, otherwise the one that ships with the command.
    ///
    /// # Errors
    /// [`Stop::File`] if it cannot be read.
    pub fn catalog(&mut self) -> Result<String, Stop> {
        match self.option("catalog").map(ToOwned::to_owned) {
            Some(path) => self.text(&path),
            None => self.desk.catalog().map_err(Stop::File),
        }
    }

    /// The config of a file, of `--config`, or of the file where it is looked for; broken or not.
    ///
    /// # Errors
    /// [`Stop::File`] if it cannot be read.
    pub fn config(&mut self, file: Option<&str>) -> Result<Config, Stop> {
        let path = file.or_else(|| self.option("config")).unwrap_or(CONFIG).to_owned();
        let bytes = self.desk.read(&path).map_err(|why| Stop::File(format!("{path}: {why}")))?;
        if page::is_page(&path) {
            let found = self.config_in(&path, &bytes)?;
            return found
                .ok_or_else(|| Stop::File(format!("{path}: has no script element with id \"consentry-config\"")));
        }
        let text = String::from_utf8(bytes).map_err(|_| Stop::File(format!("{path}: is not UTF-8")))?;
        let catalog = self.catalog()?;
        Ok(Config::read(&path, &text, &[&catalog]))
    }

    /// The config that a page holds in `#consentry-config`, with the services of its `#consentry-catalog`.
    ///
    /// # Errors
    /// [`Stop::File`] if the catalog cannot be read.
    pub fn config_in(&mut self, path: &str, html: &[u8]) -> Result<Option<Config>, Stop> {
        let Some(text) = page::json_of(html, "consentry-config") else { return Ok(None) };
        let (own, shipped) = (page::json_of(html, "consentry-catalog"), self.catalog()?);
        let catalogs: Vec<&str> = own.as_deref().into_iter().chain([shipped.as_str()]).collect();
        Ok(Some(Config::read(path, &text, &catalogs)))
    }

    /// The config that the command works with.
    ///
    /// # Errors
    /// [`Stop::File`] if it cannot be read, [`Stop::Config`] if it has errors.
    pub fn valid_config(&mut self) -> Result<Config, Stop> {
        let config = self.config(None)?;
        if config.is_broken() { Err(Stop::Config(check::report(&config))) } else { Ok(config) }
    }

    /// The site of a config, at the address of `--site`.
    ///
    /// # Errors
    /// [`Stop::Usage`] if `--site` is no address of a site.
    pub fn site(&self, config: &Config) -> Result<Site, Stop> {
        let wrong = || Stop::Usage("--site must be an address like https://www.example.com".into());
        Site::new(config, self.option("site")).ok_or_else(wrong)
    }
}
