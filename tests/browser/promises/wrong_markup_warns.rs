//! An element that is marked wrongly gets one console warning that says which.

use consentry_browser_tests::{Page, World, promises};

promises![each_mistake_is_said_once];

fn each_mistake_is_said_once(world: &World) {
    let runs = world.fake_script("tracker", "runs");
    let body = format!(
        "<script data-category=\"analytics\" src=\"{runs}\"></script>
         <script type=\"text/plain\" data-category=\"analytcs\" src=\"/a.js\"></script>
         <iframe data-service=\"vidoe\" data-src=\"/b.html\"></iframe>
         <iframe data-service=\"video\" src=\"/witness.js\"></iframe>
         <div data-category=\"anything\">a product list's own attribute</div>"
    );
    world.visit(&Page::new().body(&body));
    world.notice();
    world.run("document.querySelector('main').append(document.createElement('p'));", &[]);
    world.settle();
    let said: Vec<String> = world.said().into_iter().filter(|line| line.contains("Consentry: ")).collect();
    for word in ["runs.js", "analytcs", "vidoe", "witness.js"] {
        assert_eq!(said.iter().filter(|line| line.contains(word)).count(), 1, "{word} in {said:#?}");
    }
    assert!(said.iter().all(|line| line.starts_with("warn: ") && !line.contains("anything")), "{said:#?}");
}
