//! The page with every surface on it, and the third parties behind it.

use super::level::{Level, Markup};
use super::surface::Surface;
use crate::engine::Engine;
use crate::header;
use crate::world::World;
use consentry_site::{config::Config, owner::Site, page::json_of, rewrite::rewrite};
use loopback::{Answer, Doors};
use std::time::Duration;

/// Behind the tag: what comes up to here is sent first, and the rest when it has run.
const FLUSH: &str = "<script>fetch('/leaks/begun.html');</script><!-- flushed -->\n";
/// How long the rest waits at most.
const AHEAD: Duration = Duration::from_secs(5);
/// What is looked at must be seen: lazy images, backgrounds and fonts load only where they are painted.
const LOOK: &str = "<style>
.cell { position: absolute; inset: 40px auto auto 0; width: 160px; height: 90px; overflow: hidden }
#grant { position: fixed; inset: 0 0 auto auto; z-index: 9; padding: 9px }
</style>";
/// The visitor's way to say yes, and a sign that what the page does late has had its time.
const END: &str = "<button id=\"grant\" data-consentry-grant onclick=\"consentry.acceptAll()\">Grant</button>
<script>
addEventListener('load', () => setTimeout(() => {
  setTimeout(() => { window.settled = true; }, 400); // where nothing is painted
  requestAnimationFrame(() => requestAnimationFrame(() => { window.settled = true; }));
}, 800));
</script>";

/// The surfaces with a third party each.
#[derive(Debug)]
pub struct Sheet {
    /// All of them.
    pub surfaces: Vec<Surface>,
    /// What their third parties hear.
    pub doors: Doors,
    /// Whether the control also has what the engine is said not to know.
    doubting: bool,
}

impl Sheet {
    /// Opens the third parties and puts the site's own files on the site.
    #[must_use]
    pub fn new(world: &World, doubting: bool) -> Sheet {
        let surfaces = Surface::all();
        let doors = world.doors(surfaces.iter().map(|surface| surface.id.clone()));
        let sheet = Sheet { surfaces, doors, doubting };
        for surface in &sheet.surfaces {
            let own = format!("/leaks/own/{}", surface.id);
            let location = sheet.fill("{url}.png", surface);
            let redirect = Answer::new("text/plain", "").status(302).header("Location", location);
            world.servers.page(&format!("{own}.redirect"), redirect.header("Cache-Control", "no-store"));
        }
        sheet.place(world, |_, answer| answer);
        world.servers.page("/leaks/none.html", Answer::html("<!doctype html><title>Nothing</title>"));
        sheet
    }

    /// Puts the site's own files on the site.
    fn place(&self, world: &World, changed: fn(&str, Answer) -> Answer) {
        for surface in &self.surfaces {
            for (ending, text) in &surface.files {
                let answer = changed(ending, file(ending, &self.fill(text, surface)));
                world.servers.page(&format!("/leaks/own/{}.{ending}", surface.id), answer);
            }
        }
    }

    /// Puts the page of a level on the site, and returns its address.
    #[must_use]
    pub fn publish(&self, world: &World, level: &Level) -> String {
        let path = format!("/leaks/{}.html", level.name.replace([',', ' '], "-"));
        let mut html = self.page(level, world.engine);
        if level.markup == Markup::Rewritten {
            html = rewritten(&html);
        }
        let mut page = Answer::html(html);
        if level.gate == Some("header") {
            page = page.policy(header::policy);
            self.place(world, |ending, answer| if ending == "js" { answer } else { answer.policy(header::policy) });
        }
        if level.flushed {
            page = page.pause_after(FLUSH, "/leaks/begun.html", AHEAD);
        }
        world.servers.page(&path, page);
        world.site(&path)
    }

    /// Puts the page of a level without any surface on the site, and returns its address.
    #[must_use]
    pub(super) fn publish_empty(&self, world: &World, level: &Level) -> String {
        world.servers.page("/leaks/first.html", Answer::html(Self::head(level)));
        world.site("/leaks/first.html")
    }

    fn head(level: &Level) -> String {
        let mut page =
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Leaks</title>\n".to_owned();
        if let Some(config) = level.config() {
            if level.gate == Some("sealed") {
                page = page.replace("<title>", &format!("{}\n<title>", World::snippet(&config)));
            }
            page.push_str(&format!("<script type=\"application/json\" id=\"consentry-config\">{config}</script>\n"));
            page.push_str("<script src=\"/consentry.js\"></script>\n");
        }
        page
    }

    fn page(&self, level: &Level, engine: Engine) -> String {
        let shown = |surface: &&Surface| surface.known_to(engine) || self.doubting && level.is_control();
        let mut page = Self::head(level);
        if level.flushed {
            page.push_str(FLUSH);
        }
        page.push_str(LOOK);
        for surface in self.surfaces.iter().filter(shown).filter(|surface| surface.in_head) {
            page.push_str(&self.markup(surface, level));
        }
        page.push_str("</head>\n<body>\n");
        for surface in self.surfaces.iter().filter(shown) {
            // What stands in the head may want to be seen in the body, too.
            let inside = if surface.in_head { ".".to_owned() } else { self.markup(surface, level) };
            page.push_str(&format!("<div class=\"cell\" id=\"{}\">{inside}</div>\n", surface.id));
        }
        page + END + "\n</body>\n</html>\n"
    }

    fn markup(&self, surface: &Surface, level: &Level) -> String {
        let source = match level.markup {
            Markup::Plain | Markup::Rewritten => &surface.plain,
            Markup::Marked => &surface.marked,
        };
        self.fill(source, surface) + "\n"
    }

    fn fill(&self, text: &str, surface: &Surface) -> String {
        let host = self.doors.host(&surface.id);
        // Another path each time, so that nothing is taken from a cache.
        text.replace("{url}", &format!("http://{host}/{{{{random}}}}/a"))
            .replace("{port}", host.rsplit(':').next().unwrap_or_default())
            .replace("{origin}", &format!("http://{host}"))
            .replace("{host}", &host)
            .replace("{own}", &format!("/leaks/own/{}", surface.id))
            .replace("{mark}", "data-service=\"leak\"")
            .replace("{cell}", &format!("document.getElementById('{}')", surface.id))
            .replace("{id}", &surface.id)
    }

    /// The names of the surfaces on it that an engine knows.
    #[must_use]
    pub fn known(&self, engine: Engine) -> Vec<&str> {
        self.surfaces.iter().filter(|one| one.known_to(engine)).map(|one| one.id.as_str()).collect()
    }
}

fn file(ending: &str, text: &str) -> Answer {
    let answer = match ending {
        "js" => Answer::script(text),
        "css" => Answer::style(text),
        "svg" => Answer::new("image/svg+xml", text),
        "xml" => Answer::new("application/xml", text),
        _ => Answer::html(text),
    };
    answer.header("Cache-Control", "no-store")
}

/// The page as a site owner's build marks it, by the config that stands in it.
fn rewritten(html: &str) -> String {
    let config = json_of(html.as_bytes(), "consentry-config").expect("the page has a config");
    let config = Config::read("the leak page", &config, &[]);
    let site = Site::new(&config, None).expect("the config is right");
    let marked = rewrite(html.as_bytes(), &site, site.page("leaks/rewritten.html").as_ref()).html;
    String::from_utf8(marked.expect("there is something to mark")).expect("the page is UTF-8")
}
