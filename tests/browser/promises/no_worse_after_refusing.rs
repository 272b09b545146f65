//! Whoever refuses gets the same page as whoever accepts, less what third parties would have brought: nothing of the site's
//! own is missing, covered, shut off or asked for again.

use consentry_browser_tests::{Kind, Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![after_a_no_to_everything, after_an_opt_out];

/// The site's own content, with everything that a wall could take away.
const OWN: &str = "<main data-own><h1 data-own>Maps</h1><p data-own>All about maps. <a data-own href=\"#more\">More</a></p>
  <form data-own><label data-own>Name <input data-own name=\"name\"></label><button data-own type=\"button\" onclick=\"this.textContent = 'Sent'\">Send</button></form>
  <img data-own alt=\"A map\" width=\"40\" height=\"30\" src=\"/own.gif\"><p data-own id=\"more\" style=\"margin-top: 150vh\">The end</p></main>";

/// What a visitor can see and do of the site's own: words, boxes, and whether a click there arrives.
const SEEN: &str = "[...document.querySelectorAll('[data-own]')].map((one) => {
  one.scrollIntoView({ block: 'center' });
  const { width, height, left, top } = one.getBoundingClientRect();
  const hit = document.elementFromPoint(left + Math.min(width, 20) / 2, top + Math.min(height, 10) / 2);
  return [one.localName, one.textContent, Math.round(width), Math.round(height), !!hit && (one.contains(hit) || hit.contains(one)), !one.closest('[inert], [aria-hidden=true]'), getComputedStyle(one).visibility];
})";

/// What stands over or beside it, and whether the page can be scrolled.
const AROUND: &str = "(() => { scrollTo(0, 400); const scrolls = scrollY > 300; scrollTo(0, 0); return {
  scrolls, notice: consentry.snapshot().view, dialogs: document.querySelectorAll('dialog[open]').length,
  asking: consentry.snapshot().asking, buttons: [...document.querySelectorAll('#consentry-root button')].filter((one) => one.offsetParent !== null || one.getClientRects().length).map((one) => one.textContent || one.ariaLabel) }; })()";

struct Site<'a> {
    world: &'a World,
    place: &'static str,
}

impl Site<'_> {
    fn page(&self, third_parties: &str) -> Page {
        let mut config = Page::config_of_two();
        config["floor"] = "law".into();
        let tag = format!("<script src=\"/consentry.js\" data-jurisdiction=\"{}\"></script>", self.place);
        Page::new().config(config).tag(&tag).body(OWN).body(third_parties)
    }

    /// What there is after some answer, on the next page and the one after.
    fn after(&self, third_parties: &str, answer: impl FnOnce(&World)) -> (Value, Value) {
        let world = self.world;
        world.servers.page("/own.gif", Answer::pixel());
        world.run("try { localStorage.clear(); } catch {}", &[]);
        let address = world.publish(&self.page(third_parties));
        world.open(&address);
        world.ready();
        answer(world);
        world.until("consentry.snapshot().record");
        world.go_away();
        for _ in 0..2 {
            world.open(&address);
            world.ready();
            world.until("document.querySelector('#consentry-root button')");
        }
        world.click("main button");
        world.until("document.querySelector('main button').textContent === 'Sent'");
        world.click("main input");
        world.press("Ada");
        assert_eq!(world.eval("document.querySelector('main input').value"), "Ada");
        (world.eval(SEEN), world.eval(AROUND))
    }

    fn third_parties(&self) -> String {
        let one = |name: &str, kind| self.world.widget(name, kind).marked(&format!("data-service=\"{name}\""));
        [one("tracker", Kind::Script), one("video", Kind::Iframe)].concat()
    }
}

fn after_a_no_to_everything(world: &World) {
    let site = Site { world, place: "DE" };
    let accepted = site.after("", World::accept_all);
    let refused = site.after(&site.third_parties(), World::reject_all);
    world.assert_silent();
    assert_eq!(refused.0, accepted.0, "the site's own, as it was");
    assert_eq!((&refused.1["scrolls"], &refused.1["dialogs"], &refused.1["asking"]), (&json!(true), &json!(0), &json!([])));
    assert_eq!((&refused.1["notice"], &accepted.1["notice"]), (&json!("none"), &json!("none")), "asked again");
    assert_eq!(refused.1["buttons"], accepted.1["buttons"], "the way back, and nothing else");
}

fn after_an_opt_out(world: &World) {
    let site = Site { world, place: "US-CA" };
    let stayed = site.after("", |world| {
        world.run("consentry.withdraw('profiling');", &[]);
    });
    let out = site.after(&site.third_parties(), |world| {
        world.click(".consentry-aside a");
        world.until("consentry.snapshot().optOut.length === 3");
    });
    world.assert_silent();
    assert_eq!(out.0, stayed.0, "the site's own, as it was");
    assert_eq!((&out.1["scrolls"], &out.1["dialogs"], &out.1["asking"], &out.1["notice"]), (&json!(true), &json!(0), &json!([]), &json!("none")));
}
