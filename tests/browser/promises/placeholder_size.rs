//! A placeholder has the very place and size of the embed that it stands for, before and after, in a narrow page as in a wide
//! one, and nothing on the page moves when it comes or goes.

use consentry_browser_tests::{Page, SHIFTS, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![as_large_as_the_embed, what_has_no_placeholder, what_is_said_can_be_reached];

/// Embeds as sites have them; `A` stands for the address.
const EMBEDS: [&str; 16] = [
    "<iframe class=\"embed\" A width=\"420\" height=\"236\"></iframe>",
    "<iframe class=\"embed\" A width=\"420\" height=\"236\" frameborder=\"0\"></iframe>",
    "<iframe class=\"embed\" A style=\"border: 0; width: 100%; height: 180px\"></iframe>",
    "<iframe class=\"embed\" A style=\"display: block; width: 100%; height: auto; aspect-ratio: 16 / 9\"></iframe>",
    "<iframe class=\"embed\" A style=\"display: block; width: 50%; height: 200px; margin: 10px auto\"></iframe>",
    "<div style=\"position: relative; padding-bottom: 56.25%\"><iframe class=\"embed\" A style=\"position: absolute; inset: 0; width: 100%; height: 100%; border: 0\"></iframe></div>",
    "<div style=\"display: flex; gap: 8px\"><iframe class=\"embed\" A style=\"flex: 1 1 0; min-width: 0; height: 160px\"></iframe><b>Beside</b></div>",
    "<iframe class=\"embed\" A width=\"450\" height=\"35\" scrolling=\"no\" style=\"border: none; overflow: hidden; max-width: 100%\"></iframe>",
    "<iframe class=\"embed\" A width=\"640\" height=\"320\" style=\"border: 0; max-width: 100%\"></iframe>",
    "Before <iframe class=\"embed\" A width=\"150\" height=\"130\"></iframe> behind",
    "<iframe class=\"embed\" A style=\"box-sizing: border-box; width: 300px; height: 200px; padding: 10px; border: 5px solid\"></iframe>",
    "<iframe class=\"embed\" A style=\"float: inline-start; width: 40%; height: 150px\"></iframe>Beside it<br style=\"clear: both\">",
    "<div><iframe class=\"embed\" A style=\"height: 100%\"></iframe></div>",
    "<video class=\"embed\" A width=\"320\" height=\"180\" preload=\"none\" controls></video>",
    "<video class=\"embed\" A width=\"320\" height=\"180\" preload=\"none\" style=\"width: 100%; height: auto\"></video>",
    "<iframe class=\"embed\" A style=\"position: relative; left: 5%; transform: translateX(20px); width: 80%; height: 170px\"></iframe>",
];

/// What has moved, but for the notice, which comes on its own ground.
const MOVED: &str = "shifts.filter(([, ...what]) => !what.every(([node]) => node.includes('consentry-noti')))";

/// Where each embed, or what stands for it, and the words behind it are.
const PLACES: &str = "[...document.querySelectorAll('section')].map((one) => [one.querySelector('[data-consentry-place]') || one.querySelector('.embed'), one.querySelector('.behind')]
  .map((it) => { const { x, y, width, height } = it.getBoundingClientRect(); return [x, y + scrollY, width, height]; }))";

/// Which of two lists of places differ by more than what engines round.
const DIFFERENT: &str = "const [one, two] = arguments; return one.map((pair, at) => [at, pair, two[at]]).filter(([, a, b]) => a.flat().some((value, index) => Math.abs(value - b.flat()[index]) > 0.6));";

fn page(page: Page, embeds: &[&str], address: &str) -> Page {
    // Whoever has a scroll bar has it on all pages.
    let page = page.head("<style>html { overflow-y: scroll } section { width: 600px } section.narrow { width: 440px }</style>").head(SHIFTS);
    embeds.iter().fold(page, |page, embed| page.body(&format!("<section>{}<p class=\"behind\">Behind it</p></section>", embed.replace(" A ", &format!(" {address} ")))))
}

#[track_caller]
fn assert_places(world: &World, expected: &Value, what: &str) {
    let found = world.eval(PLACES);
    assert_eq!(world.run(DIFFERENT, &[found, expected.clone()]), json!([]), "{what}: embed and words behind it, here and without Consentry");
}

/// Makes all sections wide or narrow.
fn narrow(world: &World, narrow: bool) {
    world.run("for (const one of document.querySelectorAll('section')) one.classList.toggle('narrow', arguments[0]);", &[json!(narrow)]);
}

fn as_large_as_the_embed(world: &World) {
    let film = world.fake("video", "/film", Answer::html("<!doctype html><title>Film</title>"));
    world.visit(&page(Page::without_consentry(), &EMBEDS, &format!("src=\"{film}\" title=\"Film\"")));
    let wide = world.eval(PLACES);
    narrow(world, true);
    let slim = world.eval(PLACES);
    assert_ne!(wide, slim);
    world.visit(&page(Page::new(), &EMBEDS, &format!("data-service=\"video\" data-src=\"{film}\" title=\"Film\"")));
    world.notice();
    world.until(&format!("document.querySelectorAll('[data-consentry-place]').length === {}", EMBEDS.len()));
    assert_places(world, &wide, "before a choice");
    world.settle();
    assert_eq!(world.eval(MOVED), json!([]), "something moved when placeholders came");
    narrow(world, true);
    assert_places(world, &slim, "narrow");
    narrow(world, false);
    world.settle();
    world.run("shifts.length = 0;", &[]);
    world.accept_all();
    world.until("!document.querySelector('[data-consentry-place]')");
    assert_places(world, &wide, "after a yes");
    world.settle();
    assert_eq!(world.eval(MOVED), json!([]), "something moved when placeholders went");
}

/// Pictures, and widgets that a script makes of a piece of the page, keep the room that they have.
fn what_has_no_placeholder(world: &World) {
    let picture = "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='100'><rect width='200' height='100'/></svg>";
    let picture = world.fake("video", "/picture.svg", Answer::new("image/svg+xml", picture));
    let widgets = world.fake("video", "/widgets.js", Answer::script("window.ran = ['widgets'];"));
    let embeds = [
        "<img class=\"embed\" alt=\"\" A width=\"200\" height=\"100\">",
        "<img class=\"embed\" alt=\"A picture\" A width=\"200\" height=\"100\" style=\"display: inline-block; overflow: hidden\">",
        "<img class=\"embed\" alt=\"A picture\" A width=\"200\" height=\"100\" style=\"display: block\">",
        "<img class=\"embed\" alt=\"\" A width=\"200\" height=\"100\" style=\"display: block; width: 100%; height: auto\">",
        "<blockquote class=\"embed twitter-tweet\"><p>What was said</p>&mdash; Somebody <a href=\"/post\">today</a></blockquote>",
    ];
    world.visit(&page(Page::without_consentry(), &embeds, &format!("src=\"{picture}\"")).body(&format!("<script async src=\"{widgets}\"></script>")));
    world.until("window.ran && [...document.images].every((one) => one.complete)");
    let places = world.eval(PLACES);
    let script = format!("<script type=\"text/plain\" data-service=\"video\" async src=\"{widgets}\"></script>");
    world.visit(&page(Page::new(), &embeds, &format!("data-service=\"video\" data-src=\"{picture}\"")).body(&script));
    world.notice();
    world.until("document.readyState === 'complete'");
    world.settle();
    assert_places(world, &places, "before a choice");
    world.accept_all();
    world.until("window.ran && [...document.images].every((one) => one.src && one.complete)");
    assert_places(world, &places, "after a yes");
    world.settle();
    assert_eq!((world.eval(MOVED), world.eval("document.querySelectorAll('[data-consentry-place]').length")), (json!([]), json!(0)));
}

/// Where there is little room, what is said can be scrolled to, and a key gets to every button.
fn what_is_said_can_be_reached(world: &World) {
    let film = world.fake("video", "/film", Answer::html("<!doctype html><title>Film</title>"));
    let small = ["<iframe class=\"embed\" A width=\"300\" height=\"150\"></iframe>", "<iframe class=\"embed\" A width=\"450\" height=\"35\"></iframe>", "<iframe class=\"embed\" A width=\"90\" height=\"20\"></iframe>"];
    world.visit(&page(Page::new(), &small, &format!("data-service=\"video\" data-src=\"{film}\" title=\"Film\"")));
    world.notice();
    world.until("document.querySelectorAll('[data-consentry-place]').length === 3");
    let lost = "[...document.querySelectorAll('[data-consentry-placeholder]')].flatMap((box) => [...box.querySelectorAll('strong, span, a, button')].filter((one) => {
      one.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const [a, b] = [one, box].map((it) => it.getBoundingClientRect());
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top), width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      return height < 0.75 * Math.min(a.height, b.height) || width < 0.75 * Math.min(a.width, b.width);
    }).map((one) => one.outerHTML))";
    assert_eq!(world.eval(lost), json!([]));
    let small = "[...document.querySelectorAll('[data-consentry-placeholder] button')].filter((one) => one.offsetHeight < 24 || one.offsetWidth < 24).map((one) => one.outerHTML)";
    assert_eq!(world.eval(small), json!([]));
    // In the least of them, by a real click.
    world.run("document.querySelectorAll('section')[2].id = 'least';", &[]);
    world.click("#least button");
    world.wait_for("the film", |seen| seen.count("video") == 1);
    world.until("document.querySelectorAll('[data-consentry-place]').length === 2 && document.querySelector('#least iframe').src");
}
