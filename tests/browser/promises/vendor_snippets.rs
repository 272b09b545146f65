//! The snippets that vendors hand out do with Consentry, after a yes, what they do without it, whether the site marked
//! them or not; before a yes they reach nobody. Each fake keeps its vendor's ways of loading.

use consentry_browser_tests::{Page, World, promises};
use loopback::Answer;
use serde_json::{Value, json};

promises![
    google_tag,
    tag_manager,
    facebook_pixel,
    facebook_sdk,
    twitter_widgets,
    youtube_player,
    matomo,
];

/// A vendor's snippet, and what the page is like once it has worked.
struct Snippet<'text> {
    name: &'text str,
    /// Markup in front of the scripts.
    body: &'text str,
    /// Scripts with an address, and after them the inline one.
    sources: Vec<String>,
    inline: String,
    /// An expression that is truthy once all has come.
    done: &'text str,
    /// An expression for all that the vendor made of the page.
    made: &'text str,
}

impl Snippet<'_> {
    /// The tags, with the attributes that hold them, if the site marks them.
    fn tags(&self, is_marked: bool) -> String {
        let (kind, source) =
            if is_marked { (format!(" type=text/plain data-service={}", self.name), "data-src") } else { (String::new(), "src") };
        let sources: String = self.sources.iter().map(|url| format!("<script{kind} {source}=\"{url}\"></script>")).collect();
        format!("{}{sources}<script{kind}>{}</script>", self.body, self.inline)
    }
}

#[track_caller]
fn same_after_a_yes(world: &World, snippet: &Snippet<'_>) -> Value {
    let name = snippet.name;
    world.visit(&Page::without_consentry().body(&snippet.tags(false)));
    world.until(snippet.done);
    let made = world.eval(snippet.made);
    let seen = |world: &World| -> Vec<String> {
        let mut paths = world.servers.seen().paths();
        paths.retain(|path| path.starts_with(name));
        paths.sort();
        paths
    };
    let asked = seen(world);
    assert!(!asked.is_empty(), "the fake has no ways");
    let mut config = Page::config_of_two();
    config["services"] = json!([{ "id": name, "category": "marketing", "label": name, "hosts": [format!("{name}.localhost"), format!("*.{name}.localhost")] }]);
    for is_marked in [false, true] {
        world.go_away();
        let page = Page::new().config(config.clone());
        // A scanner that reads ahead is no matter of the snippet: unmarked, its scripts come by a script of the site.
        let tags = if is_marked { snippet.tags(true) } else { late(&snippet.tags(false)) };
        world.visit(&page.body(&tags));
        world.notice();
        world.assert_silent();
        world.accept_all();
        world.until(snippet.done);
        assert_eq!(world.eval(snippet.made), made, "marked: {is_marked}");
        assert_eq!(seen(world), asked, "marked: {is_marked}");
        assert!(!world.said().iter().any(|line| line.starts_with("un")), "{:?}", world.said());
        world.run("localStorage.clear();", &[]);
    }
    made
}

/// The same tags, put into the page by a script of the site, one after the other.
fn late(tags: &str) -> String {
    format!(
        "<div id=late></div><script>for (const node of new DOMParser().parseFromString({}, 'text/html').body.childNodes) {{
           const own = node.localName === 'script' ? document.createElement('script') : document.importNode(node, true);
           if (node.localName === 'script') {{ own.async = false; for (const {{ name, value }} of node.attributes) own.setAttribute(name, value); own.textContent = node.textContent; }}
           document.querySelector('#late').append(own);
         }}</script>",
        json!(format!("<body>{tags}")).to_string().replace("</", "<\\/")
    )
}

/// A script of the vendor's.
fn file(world: &World, name: &str, path: &str, text: &str) -> String {
    world.fake(name, path, Answer::script(text))
}

/// Takes the queue over that the page has filled, and sends what is in it by an image each.
fn google_tag(world: &World) {
    let hit = world.fake("gtag", "/g/collect", Answer::pixel());
    let library = file(world, "gtag", "/gtag/js", &format!(
        "window.tagged = [...window.dataLayer].map((entry) => [...entry].slice(0, 2).join(' '));
         const send = (entry) => {{ if (entry[0] === 'event') new Image().src = '{hit}?en=' + entry[1]; }};
         window.dataLayer.forEach(send);
         window.dataLayer.push = (...entries) => {{ entries.forEach((entry) => {{ tagged.push([...entry].join(' ')); send(entry); }}); return Array.prototype.push.apply(window.dataLayer, entries); }};
         gtag('event', 'from_library');"
    ));
    let made = same_after_a_yes(world, &Snippet {
        name: "gtag",
        body: "",
        sources: vec![],
        inline: format!("window.dataLayer = window.dataLayer || []; function gtag() {{ dataLayer.push(arguments); }} gtag('config', 'G-1'); gtag('event', 'page_view');
          var s = document.createElement('script'); s.async = true; s.src = '{library}?id=G-1'; document.head.appendChild(s);"),
        done: "window.tagged && tagged.length === 3",
        made: "tagged",
    });
    assert_eq!(made, json!(["config G-1", "event page_view", "event from_library"]));
}

/// Puts itself before the first script, and its own tags before that.
fn tag_manager(world: &World) {
    let tag = file(world, "gtm", "/tag.js", "window.order.push('tag ' + document.currentScript.dataset.n); if (order.length === 4) order.push('all');");
    let container = file(world, "gtm", "/gtm.js", &format!(
        "window.order = ['container', String(!!document.currentScript && document.currentScript.async)];
         [1, 2].forEach((n) => {{ const first = document.getElementsByTagName('script')[0], script = document.createElement('script');
           script.async = false; script.dataset.n = n; script.src = '{tag}?n=' + n; first.parentNode.insertBefore(script, first); }});"
    ));
    let inline = format!(
        "(function (w, d, s, l, i) {{ w[l] = w[l] || []; w[l].push({{ 'gtm.start': 1, event: 'gtm.js' }}); var f = d.getElementsByTagName(s)[0],
          j = d.createElement(s), dl = l != 'dataLayer' ? '&l=' + l : ''; j.async = true; j.src = '{container}?id=' + i + dl; f.parentNode.insertBefore(j, f);
        }})(window, document, 'script', 'dataLayer', 'GTM-1');"
    );
    let made = same_after_a_yes(world, &Snippet { name: "gtm", body: "", sources: vec![], inline, done: "window.order && order.includes('all')", made: "[order, dataLayer]" });
    assert_eq!(made, json!([["container", "true", "tag 1", "tag 2", "all"], [{ "gtm.start": 1, "event": "gtm.js" }]]));
}

/// A stub that queues calls until the library takes its place; the library loads a second file with the site's settings.
fn facebook_pixel(world: &World) {
    let hit = world.fake("fbpixel", "/tr", Answer::pixel());
    let settings = file(world, "fbpixel", "/signals/config", "fbq.loaded = true; fbq.flush();");
    let library = file(world, "fbpixel", "/fbevents.js", &format!(
        "window.sent = []; const stub = window.fbq, queue = stub.queue;
         stub.callMethod = (...call) => {{ sent.push(call.join(' ')); if (call[0] === 'track') new Image().src = '{hit}?ev=' + call[1]; }};
         stub.flush = () => {{ while (queue.length) stub.callMethod(...queue.shift()); window.flushed = true; }};
         const script = document.createElement('script'); script.src = '{settings}'; script.onload = () => {{ window.configured = true; }};
         document.head.appendChild(script);"
    ));
    let inline = format!(
        "!function(f,b,e,v,n,t,s){{if(f.fbq)return;n=f.fbq=function(){{n.callMethod?n.callMethod.apply(n,arguments):n.queue.push(arguments)}};
          if(!f._fbq)f._fbq=n;n.push=n;n.loaded=!0;n.version='2.0';n.queue=[];t=b.createElement(e);t.async=!0;t.src=v;s=b.getElementsByTagName(e)[0];
          s.parentNode.insertBefore(t,s)}}(window,document,'script','{library}'); fbq('init', '123'); fbq('track', 'PageView');"
    );
    let made = same_after_a_yes(world, &Snippet {
        name: "fbpixel", body: "", sources: vec![], inline, done: "window.flushed && window.configured", made: "[sent, fbq.loaded]",
    });
    assert_eq!(made, json!([["init 123", "track PageView"], true]));
}

/// A callback global, a root element, widgets that become frames, and a frame that shakes hands by message.
fn facebook_sdk(world: &World) {
    let plugin = world.fake("fbsdk", "/plugins/like.php", Answer::html("<!doctype html><title>Like</title><script>parent.postMessage({ fb: 'hello' }, '*'); onmessage = ({ data }) => parent.postMessage({ fb: 'got ' + data }, '*');</script>"));
    let library = file(world, "fbsdk", "/en_US/sdk.js", &format!(
        "window.FB = {{ init: (options) => {{ window.inited = options.appId; if (options.xfbml) FB.XFBML.parse(); }}, XFBML: {{ parse: () => {{
           for (const like of document.querySelectorAll('.fb-like')) {{ const frame = document.createElement('iframe'); frame.title = 'Like'; frame.src = '{plugin}?href=' + encodeURIComponent(like.dataset.href); like.replaceChildren(frame); window.frameOf = frame; }} }} }} }};
         window.talk = []; addEventListener('message', ({{ data, source }}) => {{ if (!data.fb) return; talk.push(data.fb); if (data.fb === 'hello') source.postMessage('size', '*'); }});
         if (window.fbAsyncInit) fbAsyncInit();"
    ));
    let inline = format!(
        "window.fbAsyncInit = function () {{ FB.init({{ appId: '42', xfbml: true }}); }};
         (function (d, s, id) {{ var js, fjs = d.getElementsByTagName(s)[0]; if (d.getElementById(id)) return; js = d.createElement(s); js.id = id; js.src = '{library}'; fjs.parentNode.insertBefore(js, fjs); }}(document, 'script', 'facebook-jssdk'));"
    );
    let made = same_after_a_yes(world, &Snippet {
        name: "fbsdk", body: "<div id=fb-root></div><div class=fb-like data-href=\"https://own.example/page\"></div>", sources: vec![], inline,
        done: "window.talk && talk.length === 2", made: "[inited, talk, document.querySelectorAll('.fb-like iframe').length, !!document.querySelector('#facebook-jssdk')]",
    });
    assert_eq!(made, json!(["42", ["hello", "got size"], 1, true]));
}

/// A promise of readiness, and quotes that become frames.
fn twitter_widgets(world: &World) {
    let embed = world.fake("twitter", "/embed/Tweet.html", Answer::html("<!doctype html><title>Tweet</title><p>Tweet</p>"));
    let library = file(world, "twitter", "/widgets.js", &format!(
        "window.twttr.widgets = {{ load: () => document.querySelectorAll('blockquote.twitter-tweet').forEach((quote) => {{ const frame = document.createElement('iframe');
           frame.title = 'Post'; frame.src = '{embed}?id=' + quote.querySelector('a').href.split('/').pop(); quote.replaceWith(frame); frame.onload = () => {{ window.rendered = (window.rendered || 0) + 1; }}; }}) }};
         twttr.widgets.load(); twttr._e.forEach((call) => call(twttr));"
    ));
    let inline = format!(
        "window.twttr = (function (d, s, id) {{ var js, fjs = d.getElementsByTagName(s)[0], t = window.twttr || {{}}; if (d.getElementById(id)) return t;
          js = d.createElement(s); js.id = id; js.src = '{library}'; fjs.parentNode.insertBefore(js, fjs); t._e = []; t.ready = function (f) {{ t._e.push(f); }}; return t;
        }}(document, 'script', 'twitter-wjs')); twttr.ready(function (t) {{ window.readied = Object.keys(t).sort(); }});"
    );
    let made = same_after_a_yes(world, &Snippet {
        name: "twitter", body: "<blockquote class=twitter-tweet><p>Hello</p><a href=\"https://own.example/status/7\">7</a></blockquote>", sources: vec![], inline,
        done: "window.rendered === 1 && window.readied", made: "[readied, document.querySelectorAll('blockquote').length, document.querySelectorAll('iframe[title=Post]').length]",
    });
    assert_eq!(made, json!([["_e", "ready", "widgets"], 0, 1]));
}

/// A loader that loads the player, which calls a global by name and talks to its frame.
fn youtube_player(world: &World) {
    let embed = world.fake("youtube", "/embed/abc", Answer::html("<!doctype html><title>Video</title><script>onmessage = ({ data, source }) => { if (data.event === 'listening') source.postMessage({ yt: 'onReady' }, '*'); };</script>"));
    let player = file(world, "youtube", "/s/player/www-widgetapi.js", &format!(
        "YT.Player = function (id, {{ videoId, events }}) {{ const frame = document.createElement('iframe'); frame.id = id; frame.title = 'Video'; frame.src = '{}' + videoId + '?enablejsapi=1';
           addEventListener('message', ({{ data }}) => {{ if (data.yt === 'onReady') events.onReady({{ target: this }}); }});
           frame.onload = () => frame.contentWindow.postMessage({{ event: 'listening' }}, '*'); document.getElementById(id).replaceWith(frame); }};
         YT.loaded = 1; onYouTubeIframeAPIReady();",
        embed.trim_end_matches("abc")
    ));
    let loader = file(world, "youtube", "/iframe_api", &format!(
        "window.YT = window.YT || {{ loading: 0, loaded: 0 }}; if (!YT.loading) {{ YT.loading = 1; const a = document.createElement('script'); a.id = 'www-widgetapi-script'; a.src = '{player}'; a.async = true;
           const c = document.currentScript; if (c) {{ const n = c.nonce || c.getAttribute('nonce'); if (n) a.setAttribute('nonce', n); }}
           const b = document.getElementsByTagName('script')[0]; b.parentNode.insertBefore(a, b); }}"
    ));
    let inline = format!(
        "var tag = document.createElement('script'); tag.src = '{loader}'; var firstScriptTag = document.getElementsByTagName('script')[0]; firstScriptTag.parentNode.insertBefore(tag, firstScriptTag);
         window.onYouTubeIframeAPIReady = function () {{ window.player = new YT.Player('player', {{ videoId: 'abc', events: {{ onReady: function (event) {{ window.playing = event.target === player; }} }} }}); }};"
    );
    let made = same_after_a_yes(world, &Snippet {
        name: "youtube", body: "<div id=player></div>", sources: vec![], inline, done: "window.playing", made: "[playing, YT.loaded, document.querySelector('#player').localName]",
    });
    assert_eq!(made, json!([true, 1, "iframe"]));
}

/// A queue of calls by name, and a script before the first one; sends by beacon.
fn matomo(world: &World) {
    let hit = world.fake("matomo", "/matomo.php", Answer::new("text/plain", Vec::new()).status(204));
    let library = file(world, "matomo", "/matomo.js", &format!(
        "window.asked = []; const run = ([name, ...rest]) => {{ asked.push([name, ...rest].join(' ').replace(/http\\S+/, 'address')); if (/^track/.test(name)) window.beacon = navigator.sendBeacon('{hit}?action=' + name, ''); }};
         _paq.forEach(run); window._paq = {{ push: (...calls) => calls.forEach(run) }}; _paq.push(['trackEvent', 'library', 'ready']);"
    ));
    let base = library.trim_end_matches("matomo.js");
    let inline = format!(
        "var _paq = window._paq = window._paq || []; _paq.push(['trackPageView']); _paq.push(['enableLinkTracking']);
         (function () {{ var u = '{base}'; _paq.push(['setTrackerUrl', u + 'matomo.php']); _paq.push(['setSiteId', '1']);
           var d = document, g = d.createElement('script'), s = d.getElementsByTagName('script')[0]; g.async = true; g.src = u + 'matomo.js'; s.parentNode.insertBefore(g, s); }})();"
    );
    let made = same_after_a_yes(world, &Snippet { name: "matomo", body: "", sources: vec![], inline, done: "window.asked && asked.length === 5", made: "[asked, beacon]" });
    assert_eq!(made, json!([["trackPageView", "enableLinkTracking", "setTrackerUrl address", "setSiteId 1", "trackEvent library ready"], true]));
}
