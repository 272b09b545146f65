//! The preference center stands in the site's own page, too, as a part of its text: no dialog, nothing that holds the focus,
//! always as the decision is.

use consentry_browser_tests::{Kind, Page, SPACE, TAB, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![
    stands_in_the_text,
    by_keyboard_through_and_out,
    lives_with_the_decision,
    beside_the_dialog,
    comes_with_its_place,
    a_missing_file_is_said_there
];

const PLACE: &str = "<h1>Privacy</h1><h2>Your choices</h2><div data-consentry-embed><p>Settings need scripts.</p></div><p><a href=\"#next\" id=\"next\">Next</a></p><div style=\"height: 100vh\"></div>";
const READY: &str = "document.querySelector('[data-consentry-embed] .consentry-embed footer button')";

fn files(world: &World) -> usize {
    world.servers.site_requests().iter().filter(|one| one.path == "/consentry.preferences.js").count()
}

fn open(world: &World, body: &str) {
    world.visit(&Page::new().body(body));
    world.until(READY);
}

/// Keeps what is said aloud in `heard`.
const LISTEN: &str = "window.heard = []; new MutationObserver((changes) => { for (const { target } of changes) { const status = target.closest?.('[role=status]') || target.parentElement?.closest('[role=status]');
  if (status && status.textContent) heard.push(status.textContent); } }).observe(document, { subtree: true, childList: true, characterData: true });";

/// A click on what may lie under the notice.
fn click(world: &World, css: &str) {
    world.run("document.querySelector(arguments[0]).scrollIntoView({ block: 'center' });", &[css.into()]);
    world.click(css);
}

/// What a switch in the page says of itself.
fn is_on(world: &World, id: &str) -> Value {
    world.eval(&format!("document.querySelector('.consentry-embed [value={id}]').getAttribute('aria-checked')"))
}

fn stands_in_the_text(world: &World) {
    for (page, levels) in [
        (PLACE.to_owned(), json!(["H3", "H4"])),
        (PLACE.replace("<h2>Your choices</h2>", ""), json!(["H2", "H3"])),
        (PLACE.replace("<h2>Your choices</h2>", "<h2>A</h2><h3>B</h3><h4>C</h4><h5>D</h5>"), json!(["H5", "H6"])),
        ("<div data-consentry-embed></div>".to_owned(), json!(["H2", "H3"])),
    ] {
        open(world, &page);
        let found = "['#consentry-analytics\\\\.embed', '#consentry-tracker\\\\.embed'].map((one) => document.querySelector(one).tagName)";
        assert_eq!(world.eval(found), levels);
    }
    open(world, PLACE);
    let shape = "(() => { const one = document.querySelector('.consentry-embed'); const { position, display } = getComputedStyle(one);
      return [position, display, one.querySelectorAll('.consentry-close, dialog').length, !!document.querySelector('dialog'), one.contains(document.activeElement),
        one.parentNode.textContent.includes('Settings need scripts'), one.textContent.includes('_tr'), one.textContent.includes('You have not answered yet')]; })()";
    assert_eq!(world.eval(shape), json!(["static", "block", 0, false, false, false, true, true]));
    assert_eq!((world.eval("consentry.snapshot().view"), files(world)), (json!("notice"), 5));
    assert_eq!(world.eval("[...document.querySelectorAll('.consentry-embed [role=switch][aria-checked=true]')].length"), 0, "something is ticked beforehand");
    click(world, ".consentry-embed [value=analytics]");
    assert!(!world.has("analytics"), "granted before it was saved");
    world.run(LISTEN, &[]);
    click(world, ".consentry-embed footer button:last-child");
    world.until("consentry.has('analytics') && !consentry.has('marketing') && consentry.snapshot().view === 'none'");
    assert!(world.is("document.querySelector('.consentry-embed dl').textContent.includes('Saved a selection')"));
    // What the visitor had before them is part of the record.
    assert!(world.is("consentry.snapshot().record.entries.at(-1).screen === 'preferences'"));
    world.press_button("Withdraw everything");
    world.until("!consentry.has('analytics')");
    assert_eq!(world.eval("[document.activeElement.textContent, document.querySelector('.consentry-embed').contains(document.activeElement)]"), json!(["Your record", true]), "the focus is lost with the button");
    // Said although nothing changes by it, and nothing is said twice.
    click(world, ".consentry-embed footer button:last-child");
    world.until("heard.length > 2");
    assert_eq!(world.eval("heard"), json!(["Your choices are saved.", "Your permission is withdrawn.", "Your choices are saved."]));
}

fn by_keyboard_through_and_out(world: &World) {
    open(world, PLACE);
    world.reject_all();
    world.run("document.querySelector('h2').tabIndex = -1; document.querySelector('h2').focus();", &[]);
    let mut seen = Vec::new();
    for _ in 0..40 {
        world.press(TAB);
        let here = world.eval("document.activeElement.id || document.activeElement.value || document.activeElement.textContent");
        if here == "next" {
            break;
        }
        assert!(world.is("document.querySelector('.consentry-embed').contains(document.activeElement)"), "left by {here}, after {seen:?}");
        if here == "marketing" {
            world.press(SPACE);
            assert_eq!(is_on(world, "marketing"), "true");
        }
        if here == "Save choices" {
            world.press(SPACE);
            world.until("consentry.has('marketing') && !consentry.has('analytics')");
            assert!(world.is("document.activeElement.textContent === 'Save choices'"), "the focus moved");
        }
        seen.push(here);
    }
    assert!(seen.len() > 8 && world.is("document.activeElement.id === 'next'"), "{seen:?}");
}

fn lives_with_the_decision(world: &World) {
    open(world, PLACE);
    click(world, ".consentry-embed [value=marketing]");
    world.accept_all();
    assert_eq!((is_on(world, "analytics"), is_on(world, "tracker"), is_on(world, "marketing")), (json!("true"), json!("true"), json!("true")));
    world.run("consentry.withdraw('analytics');", &[]);
    world.until("document.querySelector('.consentry-embed [value=analytics]').getAttribute('aria-checked') === 'false'");
    let why = "document.getElementById('consentry-why-analytics.embed').textContent";
    assert!(world.is(&format!("{why}.startsWith('You withdrew')")), "{}", world.eval(why));
    // Another tab's answer.
    let here = world.window();
    let tab = world.new_tab();
    world.switch_to(&tab);
    world.open(&world.site("/page-0.html"));
    world.ready();
    world.run("consentry.withdraw();", &[]);
    world.switch_to(&here);
    world.until("document.querySelector('.consentry-embed [value=video]').getAttribute('aria-checked') === 'false'");
    world.run("localStorage.clear();", &[]);
    open(world, PLACE);
    // A lock takes the switch away, and its end brings it back.
    world.run("consentry.subject('ann', { locked: [{ id: 'video', by: 'the school' }] });", &[]);
    world.until("!document.querySelector('.consentry-embed [value=video]') && document.querySelector('.consentry-embed').textContent.includes('Kept off: the school')");
    world.run("consentry.subject(null);", &[]);
    world.until("document.querySelector('.consentry-embed [value=video]')");
}

fn beside_the_dialog(world: &World) {
    open(world, &format!("{PLACE}<button type=\"button\" data-consentry-open>Open</button>"));
    world.reject_all();
    click(world, ".consentry-embed [value=marketing]");
    world.press_button("Open");
    world.until("document.querySelector('dialog.consentry-preferences')?.matches(':modal')");
    let twice = "(() => { const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id); return ids.filter((id, at) => ids.indexOf(id) !== at); })()";
    assert_eq!(world.eval(twice), json!([]));
    // What is set in the page and not saved is not set in the dialog.
    assert_eq!(world.eval("document.querySelector('dialog [value=marketing]').getAttribute('aria-checked')"), "false");
    world.click("dialog [value=analytics]");
    world.click("dialog footer button:last-child");
    world.until("consentry.has('analytics') && !document.querySelector('dialog')");
    assert!(!world.has("marketing"));
    assert_eq!((is_on(world, "analytics"), is_on(world, "marketing")), (json!("true"), json!("true")));
    click(world, ".consentry-embed footer button:last-child");
    world.until("consentry.has('marketing') && consentry.has('analytics')");
}

fn comes_with_its_place(world: &World) {
    let video = world.widget("video", Kind::Iframe).marked("data-service=\"video\"");
    world.visit(&Page::new().body(&format!("<h1>Home</h1>{video}")));
    world.reject_all();
    world.settle();
    assert_eq!(files(world), 0, "loaded without a place");
    let enter = "const main = document.querySelector('main'); main.replaceChildren(); main.insertAdjacentHTML('beforeend', '<h1>Privacy</h1><div data-consentry-embed></div>');";
    for _ in 0..2 {
        world.run(enter, &[]);
        world.until(READY);
    }
    assert_eq!(files(world), 1);
    world.press_button("Accept all");
    world.until("consentry.has('marketing')");
}

fn a_missing_file_is_said_there(world: &World) {
    world.servers.page("/consentry.preferences.js", Answer::new("text/plain", "").status(404));
    world.visit(&Page::new().body(PLACE));
    world.until("document.querySelector('[data-consentry-embed]').textContent.startsWith('The settings did not load')");
    assert!(world.said().iter().any(|line| line.starts_with("error: Consentry") && line.contains("consentry.preferences.js")), "{:?}", world.said());
    world.accept_all();
    assert!(world.has("analytics"));
}
