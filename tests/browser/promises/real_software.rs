//! Vue, jQuery and htmx do with Consentry exactly what they do without it, before a choice and after a grant.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![vue_is_the_same, jquery_is_the_same, htmx_is_the_same];

/// Puts a file of an npm package on the site and answers the tag that loads it.
fn software(world: &World, file: &str) -> String {
    let path = format!("/software/{file}");
    world.servers.page(&path, Answer::script(World::file(&format!("node_modules/{file}"))));
    format!("<script src=\"{path}\"></script>")
}

/// Runs the same page and script without Consentry, with it before a choice, and after a grant: all three must agree.
#[track_caller]
fn same(world: &World, page: &dyn Fn(Page) -> Page, script: &str) -> Value {
    let script = format!("const done = arguments[arguments.length - 1];
      const until = async (holds) => {{ for (let at = 0; !holds() && at < 300; at++) await new Promise((next) => setTimeout(next, 10)); return !!holds(); }};
      (async () => {{ {script} }})().then(done, (error) => done('failed: ' + error.stack));");
    let complaints = |world: &World| -> Vec<String> { world.said().into_iter().filter(|line| !line.contains("Consentry:")).collect() };
    world.visit(&page(Page::without_consentry()));
    let expected = world.run_async(&script, &[]);
    let said = complaints(world);
    assert!(!expected.to_string().contains("failed"), "{expected}");
    world.visit(&page(Page::new()));
    world.notice();
    assert_eq!(world.run_async(&script, &[]), expected, "before a choice");
    assert_eq!(complaints(world), said);
    world.accept_all();
    world.reload();
    world.ready();
    assert_eq!(world.run_async(&script, &[]), expected, "after a grant");
    assert_eq!(complaints(world), said);
    expected
}

fn vue_is_the_same(world: &World) {
    let vue = software(world, "vue/dist/vue.global.js");
    let app = "const { createApp, createSSRApp, ref, nextTick } = Vue;
      const items = ref(['a', 'b', 'c']), shown = ref(true), html = ref('<b>bold</b><img src=\"/own.gif\" alt>');
      const setup = () => ({ items, shown, html });
      const template = '<ul><li v-for=\"one in items\" :key=\"one\">{{ one }}</li></ul><div v-html=\"html\"></div><section v-if=\"shown\"><iframe title=\"Own\" src=\"/witness.js\"></iframe><teleport to=\"#away\"><i>teleported</i></teleport></section><input v-model=\"items[0]\">';
      const warnings = [];
      const app = createApp({ setup, template });
      app.config.warnHandler = (text) => warnings.push(text);
      app.mount('#app');
      const states = [document.querySelector('#app').innerHTML];
      items.value = ['c', 'x', 'a']; shown.value = false; html.value = '<i>it</i>';
      await nextTick(); states.push(document.querySelector('#app').innerHTML, document.querySelector('#away').innerHTML);
      shown.value = true; await nextTick(); states.push(document.querySelector('#away').innerHTML);
      app.unmount(); states.push(document.querySelector('#app').innerHTML);
      const served = createSSRApp({ setup: () => ({ count: ref(0) }), template: '<p>Served <b>{{ count }}</b></p><button @click=\"count++\">More</button>' });
      served.config.warnHandler = (text) => warnings.push(text);
      served.mount('#served');
      document.querySelector('#served button').click();
      await nextTick(); states.push(document.querySelector('#served').innerHTML);
      return { states, warnings };";
    let body = "<div id=\"app\"></div><div id=\"away\"></div><div id=\"served\"><!--[--><p>Served <b>0</b></p><button>More</button><!--]--></div>";
    world.servers.page("/own.gif", Answer::pixel());
    let found = same(world, &|page| page.body(body).body(&vue), app);
    assert_eq!([&found["warnings"], &json!(found["states"].as_array().map(Vec::len))], [&json!([]), &json!(6)]);
}

fn jquery_is_the_same(world: &World) {
    let jquery = software(world, "jquery/dist/jquery.js");
    world.servers.page("/data.json", Answer::json("{\"answer\":42}"));
    world.servers.page("/part.html", Answer::html("<p class=part>Part</p><script>window.inPart = (window.inPart || 0) + 1;</script>"));
    world.servers.page("/more.js", Answer::script("window.more = (window.more || 0) + 1;"));
    let script = "window.inPart = window.more = 0; const seen = [];
      $('#app').html('<p>One</p><script>window.inline = (window.inline || 0) + 1;<\\/script>');
      seen.push(window.inline);
      seen.push(await $.getJSON('/data.json'));
      await new Promise((done) => $('#app').load('/part.html', done));
      seen.push(window.inPart, $('#app .part').text());
      await $.getScript('/more.js'); seen.push(window.more);
      $('<script>').attr('src', '/more.js').appendTo('head'); await until(() => window.more === 2); seen.push(window.more);
      $(document).on('click', '.late', function () { seen.push($(this).data('id')); });
      $('#app').append('<button class=late data-id=7>Late</button>').find('.late').trigger('click');
      seen.push($('<img>', { src: '/own.gif', alt: '' }).appendTo('#app').attr('src'));
      $.post({ url: '/data.json', data: { a: 1 } }); await $.when($.ajax('/none.json').catch((answer) => seen.push(answer.status)));
      document.cookie = 'own=' + seen.length; seen.push(document.cookie.includes('own='), $('#app').children().length);
      return seen;";
    let found = same(world, &|page| page.body("<div id=\"app\"></div>").body(&jquery), script);
    assert_eq!(found.as_array().map(Vec::len), Some(11), "{found}");
}

fn htmx_is_the_same(world: &World) {
    let htmx = software(world, "htmx.org/dist/htmx.js");
    world.servers.page("/list.html", Answer::html("<ul><li>One</li><li>Two</li></ul><script>window.swapped = (window.swapped || 0) + 1;</script>"));
    world.servers.page("/form.html", Answer::html("<p id=answer>Thanks</p>"));
    let body = "<button id=\"get\" hx-get=\"/list.html\" hx-target=\"#list\">List</button><div id=\"list\"></div>
      <form hx-post=\"/form.html\" hx-target=\"#thanks\"><input name=\"a\" value=\"1\"><button id=\"send\">Send</button></form><div id=\"thanks\"></div>";
    let script = "document.querySelector('#get').click();
      const first = await until(() => document.querySelectorAll('#list li').length === 2 && window.swapped);
      document.querySelector('#send').click();
      const second = await until(() => document.querySelector('#answer'));
      return [first, second, window.swapped, [...document.querySelectorAll('#list li')].map((one) => one.textContent).join(), document.querySelector('#thanks').textContent];";
    let found = same(world, &|page| page.body(body).body(&htmx), script);
    assert_eq!(found, json!([true, true, 1, "One,Two", "Thanks"]));
}
